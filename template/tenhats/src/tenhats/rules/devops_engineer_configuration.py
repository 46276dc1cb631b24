"""What the DevOps engineer promises of configuration: it is written down, and no secret is in it."""

from __future__ import annotations

import re

from tenhats.facts.configuration import Configuration
from tenhats.facts.exposed import Exposed
from tenhats.gates import Gate
from tenhats.infrastructure.model import Value
from tenhats.rule import Findings, rule

_CONFIGURED = "Manages secrets and configurations"
_SECRET = re.compile(
    r"(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_KEY|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|ENCRYPTION_KEY)\Z",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"(?:\$.*|<.*|\{.*|\*+|[x.]+|none|null|true|false|\d{0,3}|/.*|.*(?:your|change|replace|example|placeholder|dummy|"
    r"fake|todo|insert|redacted|not-?set|unset).*)\Z",
    re.IGNORECASE | re.DOTALL,
)
# Known to everybody, so nothing leaks; it must only not be the one in production.
_KNOWN_TO_ALL = re.compile(
    r"(?:admin|root|postgres|postgresql|mysql|mongo|redis|rabbitmq|guest|minio|minioadmin|elastic|grafana|password|"
    r"passwd|pass|secret|test|testing|dev|devel|development|local|user|app|ci|build)"
    r"[\W_]?(?:admin|password|pass|pw|secret|user|key|token|dev|test|db|[0-9]{1,5})?\Z|.*[-_]dev(?:[-_].*)?\Z",
    re.IGNORECASE,
)


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
        kept = next((each for each in file.values if _holds_secret(each)), None)
        if is_own or kept:
            what = f"it sets {kept.name}" if kept else "it holds one machine's settings"
            findings.add(
                kept or file,
                f"{file.path} is not for git: {what}",
                f"git rm --cached {file.path}; add it to .gitignore; revoke what it gave away",
            )
    # A password that is the name of the user or of the database is a stand-in.
    open_to_all = {(each.path, each.value) for each in exposed.values if not _SECRET.search(each.name)}
    for each in findings.over(exposed.values, nothing=nothing):
        if not _holds_secret(each):
            continue
        message = f"{each.of} sets {each.name} to a value that stands here for everybody to read"
        if _KNOWN_TO_ALL.match(each.value) or (each.path, each.value) in open_to_all:
            findings.advise(
                each, message, f"see that no other place than your own machine uses it: ${{{each.name}}}"
            )
        else:
            findings.add(each, message, f"revoke it, and hand it over at run time: ${{{each.name}}}")
    return findings


def _holds_secret(value: Value) -> bool:
    return bool(_SECRET.search(value.name)) and not _NO_SECRET.match(value.value)
