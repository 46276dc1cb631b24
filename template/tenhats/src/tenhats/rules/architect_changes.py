"""What the architect promises of changes: interfaces keep their word, what is new was decided."""

from __future__ import annotations

import re

from packaging.version import InvalidVersion, Version

from tenhats.facts.additions import Additions
from tenhats.facts.decisions import FOLDER, Decision, Decisions
from tenhats.facts.interface import Breakage, SinceRelease
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_RECORDS = "Documents architectural decisions (ADRs)"
_BROKEN = re.compile(r"\b(?:break(?:s|ing)?|incompatib\w{2,8}|removed|removes|removal)\b", re.IGNORECASE)


@rule("ARC006", gate=Gate.IMPLEMENTATION, practice="Defines clear API contracts and interfaces")
def interface_keeps_its_word(since: SinceRelease) -> Findings:
    """What the last release offered is still there, or the version says that it is not.

    Others have built on the released interface: a function that is gone, a parameter that is gone, new
    without a default, moved, or taken in another way, stops their programs. Keep it, give the new parameter
    a default, or say it with the version: the next major one, before 1.0.0 the next minor one.

        [project]
        version = "2.0.0"

    A changelog whose unreleased section says what is removed or breaking has said it too, until the release
    is made. Compared by griffe with the newest tag that is a version (`v1.2.0`); nothing with an underscore
    before its name is promised. Where nothing was released, the same is advice on what has changed since the
    base. Another default, another position of a parameter that has one, a base class less are advice as well,
    and so is the loss of a constant or a type that no `__all__` offers.
    https://semver.org/ (items 4, 8) and https://mkdocstrings.github.io/griffe/guide/users/checking/
    """
    findings = Findings(looked_at=since.modules, nothing=since.reason)
    if since.reason:
        return findings
    told = since.release is not None and _says_so(since.version, since.release)
    told = told or bool(_BROKEN.search(since.announced))
    for each in since.breakages if not told else ():
        message = f"{each.name} {each.what}; {since.compared_with} had it otherwise"
        if each.certain and since.release:
            findings.add(each, message, _way_out(each, since))
        else:
            findings.advise(each, message, "see that nobody relies on what was, or say so in CHANGELOG.md")
    return findings


def _says_so(now: str | None, release: str) -> bool:
    """Whether the version tells that something was broken since the release."""
    try:
        ours, theirs = Version(now or ""), Version(release)
    except InvalidVersion:
        return False
    return ours.major > theirs.major or (ours.major == theirs.major == 0 and ours.minor > theirs.minor)


def _way_out(each: Breakage, since: SinceRelease) -> str:
    release = Version(since.release or "0")
    following = f"{release.major + 1}.0.0" if release.major else f"0.{release.minor + 1}.0"
    where = f"pyproject.toml:{since.line}" if since.version else "the next release"
    return f'keep {each.name} as it was, or say it with the version, in {where}: version = "{following}"'


@rule("ARC007", gate=Gate.DOCUMENTATION, practice=_RECORDS)
def superseded_decisions_lead_on(decisions: Decisions) -> Findings:
    """A superseded decision and the one that supersedes it name each other.

    Whoever finds the old record must be led to what holds now, and whoever reads the new one must see what
    it undoes. The old one says so in its status, the new one in its text:

        status: superseded by ADR-0012

        This decision supersedes [ADR-0007](0007-keep-prices-in-floats.md).

    Looked at in every record of `docs/adr/` that says it of itself or of another.
    """
    findings = Findings()
    by_number = {each.number: each for each in decisions.records}
    told = [each for each in decisions.records if each.is_superseded or each.supersedes]
    for record in findings.over(told, nothing="no decision was superseded"):
        status = Place(record.path, record.status_line)
        if record.is_superseded and not record.superseded_by:
            findings.add(status, "superseded, but by which decision?", "status: superseded by ADR-0000")
        for number in record.superseded_by if record.is_superseded else ():
            other = by_number.get(number)
            if other is None:
                findings.add(status, f"there is no decision {number}", "name the one that holds now")
            elif record.number not in other.supersedes:
                message = f"this decision does not say that it supersedes {_called(record)}"
                findings.add(other, message, f"add: This decision supersedes {_link(record)}.")
        for number in record.supersedes:
            old = by_number.get(number)
            if old is None:
                findings.add(record, f"there is no decision {number} to supersede", "correct the number")
            elif not old.is_superseded:
                message = f"{_called(record)} supersedes this decision, whose status is “{old.status}”"
                fix = f"status: superseded by {_called(record)}"
                findings.add(Place(old.path, old.status_line), message, fix)
    return findings


def _called(record: Decision) -> str:
    return f"ADR-{record.number:04d}"


def _link(record: Decision) -> str:
    return f"[{_called(record)}]({record.path.rpartition('/')[2]})"


@rule("ARC008", gate=Gate.DOCUMENTATION, practice=_RECORDS)
def new_dependencies_were_decided(decisions: Decisions, additions: Additions) -> Findings:
    """A new dependency and a new package have a decision record.

    What a project depends on, and which packages it consists of, is hard to undo and shows nowhere why. A
    requirement that has come into `[project] dependencies` since the base, and a package that has come beside
    the others in the sources, is named by a record in `docs/adr/` that is not rejected:

        nox -s adr -- "Read prices with httpx"

    Development dependencies are no decisions about the architecture, and another version is none either.
    Asked only where there are records.
    """
    findings = Findings(nothing=additions.reason or "no dependency and no package is new since the base")
    if not decisions.records:
        findings.nothing = f"there is no decision in {FOLDER}/"
        return findings
    standing = [each for each in decisions.records if not (each.status or "").lower().startswith("rejected")]
    said = [_words(f"{each.title} {each.text}") for each in standing]
    for new in additions.new:
        findings.looked_at += 1
        if not any(_named(new.name, text) for text in said):
            message = f"the {new.kind} {new.name} is new, and no decision names it"
            findings.add(new, message, f'nox -s adr -- "Use {new.name}", and say what else was considered')
    return findings


def _words(text: str) -> str:
    """A text in which a package's name can be found however it is written: `ruamel.yaml`, `ruamel_yaml`."""
    return re.sub(r"[-_.\s]+", "-", text.lower())


def _named(name: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(_words(name))}(?![a-z0-9])", text) is not None
