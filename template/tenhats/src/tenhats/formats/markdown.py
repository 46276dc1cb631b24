"""Markdown, line by line: which lines a person reads as text, and which are code or comment.

A specification is read by its lines, because findings speak by line. What must never be taken for
a requirement is marked: fenced code of either kind and any length, HTML comments, front matter,
quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]*)?(`{3,}|~{3,})([^\n]*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+([^\n]*))?$")
_FIELD = re.compile(r"[\w-]{1,60}[ \t]*:")
_TICKS = re.compile(r"`+")


@dataclass(frozen=True)
class Line:
    """One line of a page: its number from 1, its text, and whether it is quoted (`> …`)."""

    number: int
    text: str
    quoted: bool = False

    @property
    def indent(self) -> int:
        """How far the text is indented; a tab counts four."""
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip(" "))


@dataclass(frozen=True)
class Heading:
    """A heading: its level from 1 to 6 and its words."""

    number: int
    level: int
    text: str


@dataclass(frozen=True)
class Page:
    """The lines that a reader of the page sees, and the line of a fence or comment that is never closed.

    `front` is the front matter, which a reader does not see.
    """

    lines: tuple[Line, ...]
    unclosed: int | None = None
    front: tuple[Line, ...] = ()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The page's headings, in order."""
        return tuple(found for line in self.lines if (found := heading_of(line)))


def read_page(text: str) -> Page:
    """Read Markdown; lines of code, comments and front matter are left out."""
    lines: list[Line] = []
    fence, opened_at, in_comment = "", 0, False
    numbered = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
    front, body = _parted(list(numbered))
    for number, raw in body:
        line = raw.rstrip("\r")
        if fence:
            closing = line.strip()
            if closing and set(closing) == {fence[0]} and len(closing) >= len(fence):
                fence = ""
            continue
        if not in_comment:
            found = _FENCE.match(line)
            if found and not (found[1][0] == "`" and "`" in found[2]):
                fence, opened_at = found[1], number
                continue
        was_in_comment = in_comment
        line, in_comment = _without_comments(line, in_comment)
        if in_comment and not was_in_comment:
            opened_at = number
        lines.append(Line(number, line, quoted=line.lstrip().startswith(">")))
    return Page(tuple(lines), opened_at if fence or in_comment else None, front)


def heading_of(line: Line) -> Heading | None:
    """The heading that a line is, or None. Decoration such as `**` or `#` at its end is left out."""
    if line.quoted or "#" not in line.text[:4]:
        return None
    found = _HEADING.match(line.text)
    if not found:
        return None
    words = (found[2] or "").strip().rstrip("#").strip()
    return Heading(line.number, len(found[1]), words)


def without_code(text: str) -> str:
    """The text with its `code spans` blanked out, every column kept."""
    kept, position = [], 0
    for start, end in _code_spans(text):
        kept += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*kept, text[position:]])


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each code span begins and ends: a run of backticks, up to the next run of that length."""
    runs = [found.span() for found in _TICKS.finditer(text)]
    closing: dict[int, list[int]] = {}
    for start, end in reversed(runs):
        closing.setdefault(end - start, []).append(end)
    until = 0
    for start, end in runs:
        later = closing[end - start]
        while later and later[-1] <= max(end, until):
            later.pop()
        if start >= until and later:
            until = later[-1]
            yield start, until


def _parted(lines: list[tuple[int, str]]) -> tuple[tuple[Line, ...], list[tuple[int, str]]]:
    """The front matter, and the lines after it."""
    if len(lines) > 1 and lines[0][1].rstrip() == "---" and _FIELD.match(lines[1][1]):
        for index, (_, line) in enumerate(lines[1:200], 1):
            if line.rstrip() in {"---", "..."}:
                front = (Line(number, text.rstrip("\r")) for number, text in lines[1:index])
                return tuple(front), lines[index + 1 :]
    return (), lines


def _without_comments(line: str, in_comment: bool) -> tuple[str, bool]:
    """The line without what is in HTML comments, and whether one is still open at its end."""
    if not in_comment and "<!--" not in line:
        return line, False
    kept, position = [], 0
    visible = without_code(line)
    while position < len(line):
        if in_comment:
            end = line.find("-->", position)
            if end < 0:
                break
            position, in_comment = end + 3, False
        else:
            start = visible.find("<!--", position)
            if start < 0:
                kept.append(line[position:])
                break
            kept.append(line[position:start])
            position, in_comment = start + 4, True
    return "".join(kept), in_comment
