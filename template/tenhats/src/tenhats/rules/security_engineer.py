"""What the security engineer promises: no known hole in code, dependencies, workflows or tree."""

from __future__ import annotations

from tenhats.facts.reviews import Reviews
from tenhats.facts.security import Advisories, Bandit, Secrets, Workflows
from tenhats.facts.specs import Specs
from tenhats.gates import Gate
from tenhats.rule import Findings, rule
from tenhats.rules.complaints import handed_on, unreviewed

_CODING = "Implements secure coding practices"


@rule("SEC001", gate=Gate.SECURITY, practice=_CODING)
def bandit_is_content(bandit: Bandit) -> Findings:
    """bandit finds nothing.

    Shell injection, weak digests, unsafe deserialisation, bound-to-all addresses: bandit reads the
    sources for what has hurt others. A line that must stand says why: `# nosec B602  because …`.
    https://bandit.readthedocs.io/
    """
    return handed_on(bandit, nothing="there is no source file", fix="write it the safe way")


@rule("SEC002", gate=Gate.SECURITY, practice="Manages dependencies vulnerabilities")
def dependencies_are_sound(advisories: Advisories) -> Findings:
    """No dependency has a known vulnerability.

    Asked of pip-audit, for every package in the project's environment. There are three answers: clean,
    vulnerable, and *unchecked* when the advisory service did not answer, answered with something else, took
    longer than three minutes, or could not be asked about a package. Unchecked is never taken for clean: a
    service that knows of no flaw in pip 1.0, which has many, is not asked any further.
    """
    findings = handed_on(
        advisories, nothing="no package is installed", fix="raise the version in pyproject.toml"
    )
    if advisories.unaudited:
        named = ", ".join(advisories.unaudited[:3])
        findings.could_not_see(f"{len(advisories.unaudited)} packages could not be audited: {named}")
    elif not advisories.files:
        findings.could_not_see("not one package was audited")
    return findings


@rule("SEC003", gate=Gate.SECURITY, practice=_CODING)
def no_secret_is_in_the_tree(secrets: Secrets) -> Findings:
    """No secret is in the tree.

    A key that was ever committed is a key that others have: revoke it, then remove it, and read it
    from the environment. A string that only looks like one is marked on its line:
    `# pragma: allowlist secret`. Looked at by detect-secrets, over everything that git has or would
    have; nothing is sent anywhere.
    """
    return handed_on(
        secrets,
        nothing="there is no file",
        fix="revoke it, remove it, read it from the environment",
    )


@rule("SEC004", gate=Gate.SECURITY, practice=_CODING)
def workflows_are_safe(workflows: Workflows) -> Findings:
    """Workflows are pinned and have no more rights than they need.

    A tag can be moved to other code overnight; a token with every right is stolen once. Actions are
    pinned by their commit, with the version in a comment, and permissions are named:

        permissions:
          contents: read
        …
        - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1

    Looked at by zizmor, without the network. https://docs.zizmor.sh/audits/
    """
    return handed_on(workflows, nothing="there is no GitHub workflow", fix="pin it and name the permissions")


@rule("SEC005", gate=Gate.SECURITY, practice="Conducts security reviews")
def the_security_engineer_has_reviewed(specs: Specs, reviews: Reviews) -> Findings:
    """What is being built has been reviewed by the security engineer, in its present words.

    What an attacker controls is decided by requirements, long before there is code to scan. Read them, then
    record what you say; the record remembers the words of every requirement and scenario:

        nox -s review -- security-engineer 001-greeting

    Asked as soon as work has begun: a task is ticked, or the status claims that the feature is approved,
    implemented, done or the like. A review with `--verdict changes-requested` stands as a finding until
    there is a better one. `nox -s review` lists what is due.
    """
    return unreviewed("security-engineer", specs, reviews)
