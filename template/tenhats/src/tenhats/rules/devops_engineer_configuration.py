"""What the DevOps engineer promises of configuration: it is written down, and no secret is in it."""

from __future__ import annotations

from tenhats.facts.configuration import Configuration
from tenhats.facts.exposed import Exposed
from tenhats.gates import Gate
from tenhats.rule import Findings, rule
from tenhats.rules.secrets import holds_secret, tell_of_secrets

_CONFIGURED = "Manages secrets and configurations"


@rule("OPS008", gate=Gate.DEPLOYMENT, practice=_CONFIGURED)
def configuration_is_written_down(configuration: Configuration) -> Findings:
    """What the program reads from the environment is written down, and nothing else.

    Whoever deploys the program sets what `.env.example` names. A variable that is missing there is found when
    the program stops, at night; one that nobody reads any more is set for ever. Each name stands there with a
    value that is safe to publish, or with none:

        # The database; the password comes from the vault.
        DATABASE_URL=postgresql://localhost/greeter

    Read are `os.environ`, `os.getenv`, the fields of pydantic's `BaseSettings`, environs, django-environ and
    python-decouple, in the sources; what the system or CI sets by itself does not count. Where there is no
    `.env.example`, a page that names the variable will do; a field of a class that has a default is advice. A
    variable of `.env.example` is in use, too, if any other file of the project names it.
    """
    findings = Findings()
    nothing = "nothing is read from the environment"
    written = {each.name.upper() for each in configuration.written} | configuration.documented
    where = configuration.samples[0] if configuration.samples else ".env.example"
    for each in findings.over(configuration.read, nothing=nothing):
        name = each.name.upper()
        if name not in written:
            missing = (
                f"{where} does not name it"
                if configuration.samples
                else "no page and no .env.example names it"
            )
            tell = findings.advise if each.has_default else findings.add
            tell(each, f"{name} is read from the environment, and {missing}", f"add to {where}: {name}=")
    read = {each.name.upper() for each in configuration.read} | configuration.used
    for each in findings.over(configuration.written, nothing=nothing):
        if each.name.upper() not in read:
            findings.add(each, f"nothing reads {each.name}", "delete the line, or read it")
    return findings


@rule("OPS009", gate=Gate.DEPLOYMENT, practice=_CONFIGURED)
def no_secret_is_configuration(exposed: Exposed) -> Findings:
    """No secret is in a file of the environment, an image, a Compose file or a manifest.

    What `ENV` or `ARG` sets can be read in every copy of the image; what a Compose file or a manifest sets,
    by everybody who has the repository. Hand a secret over when the program starts, and only there:

        services:
          web:
            environment:
              API_TOKEN: ${API_TOKEN}

    `.env` is never committed, nor one for a place of its own, such as `.env.production`, if it sets a secret.
    A secret is known by its variable's name: PASSWORD, SECRET, TOKEN, KEY and the like at its end. A value
    that everybody knows, such as `postgres`, is advice. Looked at: `.env` files that git has or would have,
    `ENV` and `ARG`, `environment` and `args` of Compose, `env` and Secrets of Kubernetes.
    https://docs.docker.com/build/building/secrets/
    """
    findings = Findings()
    nothing = "no file sets a variable"
    for file in findings.over(exposed.files, nothing=nothing):
        is_own = file.path.rpartition("/")[2] in {".env", ".env.local"}
        kept = next((each for each in file.values if holds_secret(each)), None)
        if is_own or kept:
            what = f"it sets {kept.name}" if kept else "it holds one machine's settings"
            findings.add(
                kept or file,
                f"{file.path} is not for git: {what}",
                f"git rm --cached {file.path}; add it to .gitignore; revoke what it gave away",
            )
    tell_of_secrets(exposed.values, findings, nothing=nothing)
    return findings
