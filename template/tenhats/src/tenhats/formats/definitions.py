"""Where a page defines a requirement, by its id: spec-kit's pages and BMAD's.

- **FR-001**: The library MUST …        ### FR-001: Greet a person
| FR-001 | The library MUST … |         **FR-001**: The library MUST …

One that is struck out, or whose text begins with “retired”, is defined no more, and its id stays taken.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenhats.formats import ids, words
from tenhats.formats.blocks import begins_item
from tenhats.formats.markdown import Line, Page, heading_of
from tenhats.formats.model import Requirement

_B = r"(?:\*\*|__)"
_NOTE = r"(?:\s{0,2}[(（\[][^()（）\[\]\n]{0,80}[)）\]]){0,2}"


@dataclass(frozen=True)
class _Forms:
    """The forms in which a requirement of certain kinds is defined."""

    looks: re.Pattern[str]
    bold: re.Pattern[str]
    plain: re.Pattern[str]
    paragraph: re.Pattern[str]
    row: re.Pattern[str]
    titled: re.Pattern[str]


_START = r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?"


@functools.lru_cache(maxsize=64)
def _forms(kinds: str) -> _Forms:
    one, start = ids.pattern(kinds), _START
    text = r"\s*(?P<text>[^\n]*)$"
    return _Forms(
        re.compile(rf"(?:{kinds})-?[A-Z0-9]"),
        re.compile(rf"{start}{_B}{one}{_NOTE}\s{{0,2}}(?:[:：]?{_B}\s{{0,2}}[:：—–-]?|[:：—–]|\s-\s){text}"),
        re.compile(rf"{start}{one}{_NOTE}(?:\s{{0,2}}[:：]|\s{{1,2}}[—–-]\s){text}"),
        re.compile(rf"{_B}?{one}{_NOTE}{_B}?\s{{0,2}}[:：](?:\*\*|__)?{text}"),
        re.compile(rf"[ \t]*\|\s{{0,9}}{_B}?{one}{_B}?\s*\|(?P<text>[^\n]*)$"),
        re.compile(rf"{_B}?{one}{_NOTE}{_B}?\s{{0,2}}[:：.—–-]?{text}"),
    )


_BMAD = _forms(ids.BMAD_KINDS)
_NO_KIND = "US|HU|UC|UJ|ADR|EC|KE|OQ|EPIC|STORY|TASK|RISK"
"""Ids of stories, questions, decisions and the like, which are no requirements."""
_FIRST = re.compile(
    rf"{_START}(?P<bold>{_B})?(?P<kind>(?!(?:{_NO_KIND})-)[A-Z]{{2,6}})(?:-[A-Z]{{2,12}})?-0{{0,3}}1"
    r"(?(bold)(?![A-Za-z0-9])|\s{0,2}[:：])"
)
_MOST_LINES = 40
_STRUCK = re.compile(rf"(?:{_START})?{_B}?~~")


@dataclass(frozen=True)
class Defined:
    """The requirements of a page, and those that it has retired."""

    requirements: tuple[Requirement, ...] = ()
    retired: tuple[Requirement, ...] = ()


def requirements_of(page: Page, path: str, feature: str) -> tuple[Requirement, ...]:
    """Every requirement that a page of spec-kit's defines."""
    return defined_in(page, path, feature).requirements


def defined_in(page: Page, path: str, feature: str) -> Defined:
    """Every requirement the page defines: bullets, headings, table rows, paragraphs.

    Besides the known kinds, those are read that the author numbers from 1 on under a heading that speaks of
    requirements, such as `UX-001`.
    """
    others = sorted({*ids.TRANSLATED, *_kinds_of(page.lines)} - {*ids.OWN})
    return _defined(page, path, feature, _forms(ids.alternatives(ids.OWN, others)))


def bmad_defined_in(page: Page, path: str, feature: str) -> Defined:
    """The same with the ids of BMAD: `FR1.1`, `SM-1`, `CAP-1` and the like."""
    others = sorted({*ids.TRANSLATED, *_kinds_of(page.lines)} - {*ids.BMAD})
    return _defined(page, path, feature, _forms(ids.alternatives(ids.BMAD, others)))


def _kinds_of(lines: Sequence[Line]) -> Iterator[str]:
    """The letters of ids that begin at 1 in a section on requirements."""
    level = 0
    for line in lines:
        heading = heading_of(line)
        if heading and (not level or heading.level <= level):
            level = heading.level if heading.level > 1 and words.REQUIREMENTS.search(heading.text) else 0
        found = _FIRST.match(line.text) if level and not line.quoted else None
        if found:
            yield found["kind"]


def _defined(page: Page, path: str, feature: str, forms: _Forms) -> Defined:
    """The requirements of certain kinds.

    A table that only repeats ids which are defined elsewhere, or a section on coverage, defines none.
    """
    found = list(_definitions(page.lines, forms))
    elsewhere = {match["id"] for _, match, _, is_row in found if not is_row}
    table_of: dict[str, int] = {}
    kept: list[Requirement] = []
    retired: list[Requirement] = []
    table = last = 0
    for line, match, follows, is_row in found:
        if is_row:
            table = table if line.number == last + 1 else line.number
            last = line.number
            if match["id"] in elsewhere or table_of.setdefault(match["id"], table) != table:
                continue
        text = f"{match['text'].strip(' |')} {follows}".strip()
        kind = ids.kind_of(match["kind"])
        which = retired if _is_retired(line, text) else kept
        which.append(Requirement(path, line.number, f"{feature}/{match['id']}", kind, text))
    return Defined(tuple(kept), tuple(retired))


def _is_retired(line: Line, text: str) -> bool:
    struck = _STRUCK.match(line.text) or (text.startswith("~~") and text.endswith("~~"))
    return bool(struck or words.RETIRED.match(text))


def _definitions(lines: Sequence[Line], forms: _Forms) -> Iterator[tuple[Line, re.Match[str], str, bool]]:
    retold = told = 0
    for index, line in enumerate(lines):
        heading = heading_of(line) if line.text[:4].lstrip(" ")[:1] == "#" else None
        if heading and (not retold or heading.level <= retold):
            retold = heading.level if words.RETOLD.search(heading.text) else 0
        if heading and (not told or heading.level <= told):
            told = heading.level if words.SCENARIOS.search(heading.text) else 0
        if retold or line.quoted or not forms.looks.search(line.text[:120]):
            continue
        if heading:
            found = forms.titled.match(heading.text) if heading.level > 1 else None
            found = None if found and told and found["kind"] == "SC" else found
            follows = _paragraph_after(lines, index + 1) if found else ""
            is_row = False
        else:
            text = line.text.replace("~~", "") if _STRUCK.match(line.text) else line.text
            found = forms.bold.match(text) or forms.plain.match(text)
            found = found or forms.paragraph.match(text)
            is_row = found is None
            follows = _continuation(lines, index + 1, line.indent) if found else ""
            found = found or forms.row.match(text)
        if found and not (found["kind"] == "AC" and words.GIVEN.search(found["text"])):
            yield line, found, follows, is_row


def _continuation(lines: Sequence[Line], start: int, indent: int) -> str:
    """The rest of a list item's first paragraph."""
    rest: list[str] = []
    for line in lines[start : start + _MOST_LINES]:
        text = line.text.strip()
        if not text or heading_of(line) or text.startswith(("|", "---")):
            break
        if begins_item(line) or _BMAD.paragraph.match(text):
            break
        rest.append(text)
    return " ".join(rest)


def _paragraph_after(lines: Sequence[Line], start: int) -> str:
    for index in range(start, min(start + 3, len(lines))):
        if lines[index].text.strip():
            if heading_of(lines[index]):
                return ""
            return f"{lines[index].text.strip()} {_continuation(lines, index + 1, 0)}"
    return ""
