"""Kiro's and cc-sdd's `requirements.md`, `design.md` and `tasks.md`.

The formats: https://kiro.dev/docs/specs/ and https://github.com/gotalab/cc-sdd. The acceptance
criteria, in EARS, are the requirements: criterion 2 of `### Requirement 1` is `feature/1.2`, as the
tasks call it. The requirement's own heading is the user story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenhats.formats import speckit, words
from tenhats.formats.blocks import item_of, label_of, sections_of, status_of, terms_of, version_of
from tenhats.formats.decided import decisions_of
from tenhats.formats.markdown import Heading, Line, Page, heading_of
from tenhats.formats.model import Feature, Requirement, Status, Story

_REQUIREMENT = re.compile(
    r"(?:Requirement|Req|User Story|Story|Anforderung|Exigence|Requisito|要件|要求|需求|요구\s?사항)"
    r"[\s-]{0,2}"
    r"(?P<number>\d{1,3})(?![.\d])\s*[:：.—–-]?\s*(?P<title>[^\n]*)$",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"(?P<number>(?:FR|NFR|US|TR|REQ|R|SEC|PERF)-?\d{1,3})(?![.\d])\s*[:：.—–-]?\s*(?P<title>[^\n]*)$"
)
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]?\s+(?P<title>[^\n]+)$")
_CRITERION = re.compile(
    r"(?:\*\*)?(?:AC[ -]?)?(?P<number>\d{1,3}\.\d{1,3})[.):：]?(?:\*\*)?[.):：]?\s+(?P<text>[^\n]+)$"
)
_CURRENT = re.compile(r"Current Behavio|Defect", re.IGNORECASE)
_EARS = re.compile(r"\b(?:SHALL|MUST)\b", re.IGNORECASE)
_PHASE = re.compile(r'"phase"\s{0,9}:\s{0,9}"(?P<phase>[^"\n]{1,80})"')
_TALK = ("Requirements Document:", "Requirements Document -", "Requirements:", "Requirements Document")
_MOST_INDENT = 3
_MOST_LINES = 40


@dataclass
class _Open:
    """The requirement heading that is being read."""

    line: int
    number: str
    title: str
    level: int
    kind: str
    accepting: bool = False
    numbered: bool = False
    count: int = 0


def requirements(page: Page, path: str, feature: str) -> Feature:
    """`requirements.md`, or `bugfix.md`."""
    found: list[Requirement] = []
    stories: list[Story] = []
    opened: _Open | None = None
    kind, skipping = "FR", False
    for index, line in enumerate(page.lines):
        heading = heading_of(line)
        if heading:
            begun = _begins(heading, page, index, kind) if heading.level > 1 else None
            if begun:
                opened = begun
                stories.append(Story(path, line.number, f"{feature}/{begun.number}", begun.title, None, ()))
            elif opened and heading.level <= opened.level:
                opened = None
            elif opened:
                opened.accepting = bool(words.ACCEPTANCE.search(heading.text))
            if heading.level <= 2:
                kind = "NFR" if words.NON_FUNCTIONAL.search(heading.text) else "FR"
            skipping = bool(_CURRENT.search(heading.text))
            continue
        label = label_of(line)
        if opened and label:
            opened.accepting = bool(words.ACCEPTANCE.search(label))
        elif not line.quoted and not skipping:
            one = _criterion(line, opened, path, feature, kind)
            if one:
                text = f"{one.text} {_rest(page, index + 1, line.indent)}".strip()
                found.append(Requirement(path, line.number, one.name, one.kind, text))
                if opened:
                    opened.count += 1
    return Feature(
        feature,
        path,
        _title(page, feature),
        sections_of(page, path),
        tuple(found),
        tuple(stories),
        format="kiro",
        status=status_of(page, path),
        terms=terms_of(page, path),
        version=version_of(page, path),
    )


def design(page: Page, path: str, feature: str) -> Feature:
    """`design.md`, which is the plan."""
    decisions = decisions_of(page, path, feature)
    return Feature(
        feature, path, speckit.title_of(page, feature), plan=path, format="kiro", decisions=decisions
    )


def phase(text: str, path: str, feature: str) -> Feature:
    """cc-sdd's `spec.json`: the phase that the feature has reached."""
    said = _PHASE.search(text)
    status = Status(path, text.count("\n", 0, said.start()) + 1, said["phase"]) if said else None
    return Feature(feature, path, feature, format="kiro", status=status)


def _begins(heading: Heading, page: Page, index: int, kind: str) -> _Open | None:
    found = _REQUIREMENT.match(heading.text)
    if found:
        return _Open(heading.number, found["number"], found["title"], heading.level, kind)
    found = _CODED.match(heading.text)
    if found:
        code = found["number"]
        known = next((each for each in ("NFR", "SEC", "PERF") if code.startswith(each)), kind)
        return _Open(heading.number, code, found["title"], heading.level, known)
    found = _NUMBERED.match(heading.text) if heading.level > 2 else None
    if found and _has_criteria(page, index, heading.level):
        return _Open(heading.number, found["number"], found["title"], heading.level, kind)
    return None


def _has_criteria(page: Page, index: int, level: int) -> bool:
    """Whether acceptance criteria stand under a heading that is only numbered."""
    for at in range(index + 1, len(page.lines)):
        below = heading_of(page.lines[at])
        if below and below.level <= level:
            return False
        said = below.text if below else label_of(page.lines[at])
        if said and words.ACCEPTANCE.search(said):
            return True
    return False


def _criterion(line: Line, opened: _Open | None, path: str, feature: str, kind: str) -> Requirement | None:
    """The criterion that begins on a line: `1. WHEN …`, `1.2 WHEN …`, `- WHEN … SHALL …`."""
    item = item_of(line)
    text = item.text if item else line.text.strip()
    whole = _CRITERION.match(text) if item is None or item.number is None else None
    if whole and (opened is None or opened.accepting or whole["number"].startswith(f"{opened.number}.")):
        number = whole["number"]
        if opened and not number.startswith(f"{opened.number.lstrip('FRNUSTEQPC-')}."):
            return None
        if opened and not opened.number.isdigit():
            number = f"{opened.number}.{number.partition('.')[2]}"
        return Requirement(
            path, line.number, f"{feature}/{number}", opened.kind if opened else kind, whole["text"]
        )
    if item is None or opened is None or line.indent > _MOST_INDENT:
        return None
    if item.number is not None and (opened.accepting or _EARS.search(item.text)):
        opened.numbered = True
        return Requirement(
            path, line.number, f"{feature}/{opened.number}.{item.number}", opened.kind, item.text
        )
    if item.number is None and opened.accepting and not opened.numbered and line.indent == 0:
        following = f"{feature}/{opened.number}.{opened.count + 1}"
        return Requirement(path, line.number, following, opened.kind, item.text)
    return None


def _rest(page: Page, start: int, indent: int) -> str:
    """The words of a criterion that stand on the next lines, nested items included."""
    rest: list[str] = []
    for line in page.lines[start : start + _MOST_LINES]:
        text = line.text.strip()
        if not text or heading_of(line) or (item_of(line) and line.indent <= indent):
            break
        if line.indent <= indent and _CRITERION.match(text):
            break
        rest.append(text)
    return " ".join(rest)


def _title(page: Page, fallback: str) -> str:
    title = speckit.title_of(page, fallback)
    for talk in _TALK:
        title = title.removeprefix(talk)
    return title.strip() or fallback
