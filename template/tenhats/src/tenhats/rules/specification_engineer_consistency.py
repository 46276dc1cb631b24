"""What the specification engineer promises of what is said twice: both say the same.

A status that the evidence bears out, one meaning for one term. ISO 29148 5.2.6 “consistent”; INCOSE GtWR
R36 “consistent terms”, R37 “acronyms”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tenhats.facts.specs import Specs
from tenhats.formats.claims import says_done
from tenhats.formats.model import Feature, Status, Task, Term
from tenhats.gates import Gate
from tenhats.prose.literals import blanked
from tenhats.rule import Findings, rule

_VERSIONED = "Maintains specification versioning"
_MODELLED = "Creates data models and validation rules"
_PUT_OFF = re.compile(
    r"\b(?:optional|defer|waiv|future|skip|postpone|not needed|n/a|out of scope|follow[- ]up|post-\w|later)"
    r"|~~",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[(（)）/]")
_JOINT = re.compile(r"[\s_-]+")
_SHORT = 4
# Its first letter comes before the look behind it, so that the search leaps from capital to capital.
_ACRONYM = re.compile(r"(?P<word>[A-Z](?<![\w/-].)[A-Z]{1,5})(?![\w-]|/[A-Z])")
_EVERYDAY = {
    "MUST", "SHALL", "SHOULD", "MAY", "CAN", "WILL", "NOT", "AND", "OR", "IF", "THEN", "WHEN", "WHILE",
    "WHERE", "THE", "ELSE", "ALL", "ANY", "NONE", "ONLY", "NEVER", "NO", "FOR", "GIVEN", "UNLESS",
    "EXCEPT", "FR", "NFR", "SC", "AC", "US", "REQ", "TBD", "TODO", "NULL", "TRUE", "FALSE", "OK", "GET",
    "POST", "PUT", "PATCH", "DELETE", "HEAD", "README", "MVP", "AI", "AM", "ANSI", "API", "APP", "AWS",
    "ASCII", "BOM", "CI", "CD", "CLI", "CPU", "CRUD", "CSS", "CSV", "CORS", "DB", "DNS", "DOM", "EOF",
    "FAQ", "FTP", "GB", "GIF", "GMT", "GPU", "GUI", "HTML", "HTTP", "HTTPS", "ID", "IDE", "IDS", "IO",
    "IP", "ISO", "IT", "JPEG", "JPG", "JS", "JSON", "JWT", "KB", "LLM", "MB", "MD", "MIME", "MS", "NET",
    "OS", "PC", "PDF", "PHP", "PM", "PNG", "POSIX", "PR", "QA", "RAM", "REPL", "REST", "RFC", "RGB",
    "SDK", "SMS", "SQL", "SSH", "SSL", "SVG", "TB", "TCP", "TLS", "TOML", "TS", "TTL", "TV", "TXT",
    "UDP", "UI", "URI", "URL", "USA", "USB", "USD", "UTC", "UTF", "UUID", "UX", "VM", "VPN", "VS",
    "WCAG", "WAV", "WIFI", "XML", "YAML", "ZIP", "EUR", "EU", "UK", "DE", "EN", "EST", "PST", "LF",
    "CRLF", "ARIA", "MCP", "RSS", "SAML", "SSO", "OAUTH", "PII", "GDPR", "AA", "AAA", "PATH", "SELECT",
    "INSERT", "UPDATE", "FROM", "JOIN", "TABLE", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "NOTICE",
    "READY", "DONE", "ADDED", "BLOCKED", "DEBE", "DEBEN", "DEVE", "DOIT", "MUSS", "PIN", "QR", "FPS", "ML",
}  # fmt: skip


@rule("SPC019", gate=Gate.SPECIFICATIONS, practice=_VERSIONED)
def status_is_borne_out(specs: Specs) -> Findings:
    """No status claims more than there is to show.

    A feature that calls itself implemented while tasks are open misleads everybody who plans with it.
    Finish the tasks, say in a task that it was put off, or say how far the feature is:

        **Status**: In Progress

    Blocking: “Implemented”, “Complete”, “Done” and the like with open tasks (those that say optional,
    deferred or waived are not counted), or in spec-kit's format without a task list; a BMAD story that its
    own file and `sprint-status.yaml` disagree about being done; cc-sdd's `tasks-generated` without tasks.
    A status with more words, “Implemented (web only)”, is taken as limited. A finished feature that
    still calls itself a draft is advised.
    """
    findings = Findings()
    nothing = "no feature has a status"
    for feature in findings.over((one for one in specs.features if one.status), nothing=nothing):
        claims = [each for each in (feature.status_again, feature.status) if each]
        done = [each for each in claims if says_done(each)]
        if done and len(done) < len(claims):
            _tell_apart(findings, feature, *claims)
        elif done:
            _ask_for_evidence(findings, feature, done[0])
        elif feature.format == "kiro" and claims[0].text.startswith("tasks-") and not feature.tasks:
            message = f"{feature.name} is said to be “{claims[0].text}”, and has no tasks"
            findings.add(claims[0], message, f"write {feature.home}tasks.md")
        elif claims[0].text.lower() == "draft" and feature.tasks and all(task.done for task in feature.tasks):
            message = f"every task of {feature.name} is done, and it calls itself a draft"
            findings.advise(claims[0], message, "write: **Status**: Implemented")
    return findings


def _tell_apart(findings: Findings, feature: Feature, own: Status, sprint: Status) -> None:
    """A BMAD story's own file and the sprint's status disagree about its being done."""
    findings.add(
        own,
        f"{feature.name} is “{own.text}” here and “{sprint.text}” in {sprint.path}:{sprint.line}",
        "make both say the same",
    )


def _ask_for_evidence(findings: Findings, feature: Feature, done: Status) -> None:
    """What is said to be done has tasks, and none of them is open."""
    boxes = [task for task in feature.tasks if task.has_box]
    pending = list(_pending(boxes))
    if pending:
        first = (
            f"{pending[0].name or 'one'} on line {pending[0].line} of {pending[0].path.rpartition('/')[2]}"
        )
        findings.add(
            done,
            f"{feature.name} is “{done.text}”, and {len(pending)} of its {len(boxes)} tasks "
            f"are open: {first}",
            "finish and tick them, or say how far it is",
        )
    elif not feature.tasks and feature.format == "spec-kit":
        message = f"{feature.name} is “{done.text}”, and has no tasks"
        findings.add(done, message, f"write {feature.home}tasks.md, or say how far it is")


def _pending(boxes: Iterable[Task]) -> Iterator[Task]:
    """The open tasks, without those that were put off and the nameless steps after them."""
    put_off = False
    for task in boxes:
        if task.done:
            put_off = False
        elif _PUT_OFF.search(task.text):
            put_off = True
        elif not put_off or task.name:
            put_off = False
            yield task


@rule("SPC021", gate=Gate.SPECIFICATIONS, practice=_MODELLED)
def terms_mean_one_thing(specs: Specs) -> Findings:
    """Every term means one thing.

    Two explanations of one word are two words. Keep one, and write acronyms out where they first stand:

        ## Glossary

        - **Greeting**: one line of text that holds exactly one name.

        - **FR-008**: The server MUST send each change as a Server-Sent Event (SSE).

    Blocking: a term that one feature explains twice, in different words. Advising: a term that no
    requirement or scenario of its feature uses; an acronym in a requirement that no file of the feature
    writes out. Everyday ones (API, URL, JSON, UTC) and capitals for emphasis are not asked for. BMAD's
    files explain more than terms under such headings, so their glossaries are not looked at.
    """
    findings = Findings()
    wanted = [one for one in specs.features if one.requirements]
    for feature in findings.over(wanted, nothing="there is no feature with requirements"):
        said = " ".join([each.text for each in feature.promises] if feature.terms else ()).lower()
        joined_up = _JOINT.sub("", said)
        first: dict[str, Term] = {}
        for term in feature.terms if feature.format != "bmad" else ():
            before = first.setdefault(term.name.lower(), term)
            if before is not term and term.text and before.text and before.text != term.text:
                message = f"“{term.name}” is explained on line {before.line} of {before.path} in other words"
                findings.add(term, message, "keep one explanation, or give the second its own name")
            elif before is term and not _is_spoken(term, said, joined_up):
                message = f"no requirement or scenario of {feature.name} uses “{term.name}”"
                findings.advise(term, message, "use it, or leave it out")
        _advise_acronyms(findings, feature)
    return findings


def _is_spoken(term: Term, said: str, joined_up: str) -> bool:
    """Whether a sentence has the term, under one of its names: “Pull Request (PR)”, “ScoreGauge”.

    A short name has to stand alone, a long one may have other spaces, hyphens and endings.
    """
    for name in _NAMES.split(term.name.lower()):
        bare = _JOINT.sub("", name).removesuffix("s")
        if len(bare) > _SHORT and bare in joined_up:
            return True
        if 0 < len(bare) <= _SHORT and re.search(rf"(?<!\w){re.escape(bare)}s?(?!\w)", said):
            return True
    return False


def _advise_acronyms(findings: Findings, feature: Feature) -> None:
    """One advice an acronym, where it first stands in a requirement."""
    explained = {*feature.explained, *(term.name.upper() for term in feature.terms), *_EVERYDAY}
    words: set[str] | None = None
    for each in feature.requirements:
        if explained.issuperset(_ACRONYM.findall(each.text)):
            continue
        words = _small(feature) if words is None else words
        for found in _ACRONYM.finditer(blanked(each.text)):
            word = found["word"]
            if word not in explained and word.lower() not in words:
                explained.add(word)
                message = f"{each.name}: no file of the feature says what {word} stands for"
                findings.advise(each, message, f"write it out once: … ({word})")


def _small(feature: Feature) -> set[str]:
    """The short words that the requirements write small: in capitals they are emphasis."""
    return set(
        re.findall(r"[a-z]{2,6}", " ".join(_ACRONYM.sub(" ", each.text) for each in feature.requirements))
    )
