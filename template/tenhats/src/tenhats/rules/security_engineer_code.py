"""What the security engineer promises of requirements, of threats, and of code that bandit does not judge."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenhats.facts.attacks import Attacks
from tenhats.facts.dangers import Dangers
from tenhats.facts.history import History
from tenhats.facts.specs import Specs
from tenhats.facts.threats import Threats
from tenhats.formats.model import Feature, Requirement
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.complaints import handed_on

_REQUIREMENTS = "Implements security requirements from specifications"
_REFUSES = re.compile(
    r"\b(?:reject|refus|den(?:y|ies|ied)\b|forbid|disallow|block(?:s|ed)?\b|"
    r"return(?:s|ed)?\b[^.]{0,30}\b40[13]\b)",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:prevent|prohibit|must not|shall not|never)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")
# Who is refused, or what for: in public specifications security stands among all other requirements.
_STRANGER = re.compile(
    r"unauthori[sz]|unauthenticated|not (?:be )?authenticated|permission|privilege|\b40[13]\b|"
    r"do(?:es)? not own|non-owner|another user|other users|tenant|non-admin|"
    r"CSRF|XSS|inject|(?:path|directory) traversal|malicious|attack|rate limit|cross-origin|brute.force|"
    r"without (?:a )?(?:valid )?(?:auth|token|credential|session)|"
    r"(?:invalid|expired|missing|forged|tampered|malformed|revoked|wrong|incorrect|unknown|stranger)"
    r"[^.]{0,40}(?:token|credential|password|signature|session|API key|auth)",
    re.IGNORECASE,
)


@rule("SEC006", gate=Gate.SECURITY, practice=_REQUIREMENTS)
def attacks_are_tried(specs: Specs, attacks: Attacks) -> Findings:
    """What a security requirement forbids is tried by a test.

    A test in which everybody behaves does not show that anything is refused. A security requirement that says
    what must be rejected, refused, prevented or must not be needs a test that does just that:

        @pytest.mark.req("001-greeting/SEC-001")
        def test_a_strangers_token_is_refused() -> None:
            with pytest.raises(PermissionError):
                open_account(token_of("mallory"))

    Looked at are requirements named `SEC-…` or `NFR-SEC-…`, those under a heading about security, and those
    whose words refuse a stranger: “reject expired tokens”, “return 403 to non-admins”. A test tries it if its
    source expects an error, a status from 400 to 451, a `not`, or speaks of a refusal. What must never
    happen, such as a password in a log, can be shown in other ways: there the rule only advises. Whether
    there is a test at all, and whether it passes, is asked of every requirement: TST001, DEV002.
    """
    findings = Findings()
    tried = {specs.resolve(name) for name in attacks.tried}
    read = {specs.resolve(name) for name in attacks.read}
    wanted = (each for feature in specs.features for each in _of_security(feature) if each.name in read)
    for each in findings.over(wanted, nothing="no security requirement has a test"):
        if each.name in tried:
            continue
        message = f"no test of {each.name} tries what it forbids: all expect that everything goes well"
        fix = f'@pytest.mark.req("{each.name}") on a test that expects the refusal'
        if _REFUSES.search(each.text):
            findings.add(each, message, fix)
        elif _NEVER.search(each.text):
            findings.advise(each, message, fix)
    return findings


def _of_security(feature: Feature) -> Iterator[Requirement]:
    for each in feature.requirements:
        above = [part for part in feature.sections if part.path == each.path and part.line < each.line]
        nearest = max(above, key=lambda part: part.line, default=None)
        titled = nearest is not None and "security" in nearest.title.lower()
        if each.concern == "security" or titled or _refuses_a_stranger(each.text):
            yield each


def _refuses_a_stranger(text: str) -> bool:
    return any(_REFUSES.search(each) and _STRANGER.search(each) for each in _SENTENCE.split(text))


@rule("SEC007", gate=Gate.SECURITY, practice=_REQUIREMENTS)
def threats_are_told_of(threats: Threats) -> Findings:
    """What a network can reach has its threats written down, each with its answer.

    Whoever can reach an interface can send it anything. A feature with a contract in OpenAPI, GraphQL or
    Protocol Buffers says what an attacker could do and what stands against it, in `plan.md` or any other
    document of the feature. Where no feature has a contract, but the sources make a web application, some
    document of the project does:

        ## Threats

        - A stranger guesses the numbers of accounts: they are random, SEC-001 refuses what is not one's own.

    Looked at are the entries of lists and tables under a heading such as Threats or Security Considerations,
    and those of `threat-model.md`. Whether the list is whole is asked of the reviewer, SEC005.
    https://cheatsheetseries.owasp.org/cheatsheets/Threat_Modeling_Cheat_Sheet.html
    """
    findings = Findings()
    for each in findings.over(threats.reached, nothing="nothing here can be reached by a network"):
        if not each.threats:
            message = f"{each.feature} can be reached by {each.kind}, and no document of it tells of a threat"
            findings.add(each, message, f"add to {each.home}plan.md: ## Threats, and a list: threat, answer")
    return findings


@rule("SEC008", gate=Gate.SECURITY, practice="Implements secure coding practices")
def no_way_in_is_written(dangers: Dangers) -> Findings:
    """No way of writing from OWASP's Top 10 is in the sources.

    A redirect to wherever the request says, a token read without its signature, a password under a quick
    digest: bandit does not know these. Told of is only what is dangerous as it stands, such as a value of the
    request that goes straight into a call:

        return redirect(url_for("home"))        # and not redirect(request.args["next"])

    Each finding has OWASP's category. What passes through a variable is for the reviewer.
    https://owasp.org/Top10/2021/
    """
    return handed_on(dangers, nothing="there is no source file", fix="write it the safe way")


@rule("SEC009", gate=Gate.SECURITY, practice="Implements secure coding practices")
def no_secret_is_in_the_history(history: History) -> Findings:
    """No commit of the present work has added a secret, even one that is gone again.

    What a later commit deletes is still in the history, and whoever clones has it. Before the work is merged
    the commit can be mended: revoke the secret, then take it out:

        git rebase --interactive main

    Looked at are the lines that commits since the base have added, with the detectors of SEC003, which tells
    of those that still stand. In older commits a secret is advice: revoke it; whether a history that others
    have is written anew is yours to decide. Older commits are looked at newest first, 10 seconds in a run,
    about a thousand commits, and remembered, so that after some runs the whole history has been seen. A
    strict run remembers nothing. `# pragma: allowlist secret` on its line says that it is none.
    """
    findings = Findings()
    for _ in findings.over(range(history.commits), nothing="there is no commit"):
        pass
    for each in history.recent:
        findings.add(each, f"{each.code}: {each.message}", "revoke it, then take it out of the commit")
    for each in history.older:
        findings.advise(each, f"{each.code}: {each.message}", "see that it is revoked")
    if history.recent_left:
        findings.could_not_see(f"{history.recent_left} commits since the base are not looked at: run again")
    if history.older_left:
        message = f"{history.older_left} older commits are not looked at yet"
        findings.advise(Place("pyproject.toml"), message, "nox -s security-engineer goes on where it stopped")
    return findings
