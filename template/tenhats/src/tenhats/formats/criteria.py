"""Acceptance criteria as BMAD's stories write them: with ids, numbered, as Given/When/Then, or with boxes.

    - **AC1 (Greeting):** …        1. **AC1**: …        ### AC-1: Greeting
    1. **Given** …                 AC 1:  **Given** …   - [ ] …

The criteria stand under a heading or a bold label that speaks of acceptance. What a section holds is
told by the strongest form in it: ids, then numbers, then Given, then bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenhats.formats import words
from tenhats.formats.blocks import item_of, label_of
from tenhats.formats.markdown import Line, heading_of

_ID = re.compile(
    r"(?:\*\*|__)?AC[ -]{0,2}(?P<number>\d{1,3}(?:\.\d{1,3})?[a-z]?)(?![A-Za-z0-9])(?P<text>[^\n]*)$"
)
_MOST_INDENT = 3


@dataclass(frozen=True)
class Criterion:
    """A criterion: its line, its number as the author gave it or as it is counted, its words."""

    line: Line
    number: str
    text: str


def criteria_of(lines: Sequence[Line]) -> Iterator[Criterion]:
    """The acceptance criteria of one story's lines."""
    for form in (_section_by_heading, _section_by_label):
        within = list(form(lines))
        if within:
            yield from _read(within)
            return


def acceptance_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that speak of acceptance, which are no tasks."""
    sections = (*_section_by_heading(lines), *_section_by_label(lines))
    return frozenset(line.number for section in sections for line in section)


def _section_by_heading(lines: Sequence[Line]) -> Iterator[list[Line]]:
    found: list[Line] | None = None
    level = 0
    for line in lines:
        heading = heading_of(line)
        if heading and (found is None or heading.level <= level):
            if found is not None:
                yield found
            opens = _accepts(heading.text) and not words.TASKS.match(heading.text)
            found, level = ([], heading.level) if opens else (None, 0)
        elif found is not None:
            found.append(line)
    if found is not None:
        yield found


def _accepts(title: str) -> bool:
    return bool(words.ACCEPTANCE.search(title)) and not words.CHECKED.search(title)


def _section_by_label(lines: Sequence[Line]) -> Iterator[list[Line]]:
    found: list[Line] | None = None
    for line in lines:
        label = label_of(line)
        criterion = label is not None and _ID.match(label)
        if heading_of(line) or (label is not None and not criterion):
            if found is not None:
                yield found
            found = [] if label and _accepts(label) else None
        elif found is not None:
            found.append(line)
    if found is not None:
        yield found


def _read(sections: Sequence[Sequence[Line]]) -> Iterator[Criterion]:
    count, taken = 0, dict[str, int]()
    for order, section in enumerate(sections, 1):
        visible = [line for line in section if not line.quoted and line.text.strip()]
        for form in (_with_id, _numbered, _given, _bulleted):
            found = [(line, one) for line in visible if (one := form(line))]
            if found:
                for line, (given, text) in found:
                    count += 1
                    number = given or str(count)
                    number = f"{order}.{number}" if taken.get(number, order) < order else number
                    taken.setdefault(number, order)
                    yield Criterion(line, number, text)
                break


def _with_id(line: Line) -> tuple[str, str] | None:
    heading, item = heading_of(line), item_of(line)
    text = heading.text if heading else item.text if item else line.text.strip()
    found = _ID.match(text) if line.indent <= _MOST_INDENT else None
    return (found["number"], found["text"].strip(" *:：—–-")) if found else None


def _numbered(line: Line) -> tuple[str, str] | None:
    item = item_of(line)
    if item is None or item.number is None or line.indent > _MOST_INDENT:
        return None
    return item.number, item.text


def _given(line: Line) -> tuple[str, str] | None:
    item = item_of(line)
    text = item.text if item else line.text.strip()
    begins = words.GIVEN.match(text) if item else words.BOLD_GIVEN.match(text)
    return ("", text) if begins and line.indent <= _MOST_INDENT else None


def _bulleted(line: Line) -> tuple[str, str] | None:
    item = item_of(line)
    return ("", item.text) if item and item.number is None and line.indent <= 1 else None
