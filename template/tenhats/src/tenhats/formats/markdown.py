"""Markdown, line by line: which lines a person reads as text, and which are code or comment.

A specification is read by its lines, because findings speak by line. What must never be taken for
a requirement is marked: fenced code of either kind and any length, HTML comments, front matter,
quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tenhats.formats.nesting import Nesting, may_go_on

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

    @cached_property
    def headed(self) -> tuple[tuple[int, Heading], ...]:
        """The places of the headings among the lines, and the headings, in order."""
        return tuple((at, found) for at, line in enumerate(self.lines) if (found := heading_of(line)))

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The page's headings, in order."""
        return tuple(heading for _, heading in self.headed)


def read_page(text: str) -> Page:
    """Read Markdown; lines of code, comments and front matter are left out."""
    numbered = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
    front, body = _parted([(number, raw.rstrip("\r")) for number, raw in numbered])
    closing = _closing([line for _, line in body]) if "<!--" in text else [False] * len(body)
    nesting = Nesting()
    lines: list[Line] = []
    opened_at, in_comment, depth = 0, False, 0
    for (number, raw), closes in zip(body, closing, strict=True):
        if in_comment and nesting.leaves(raw, depth):
            in_comment = False
        if in_comment:
            nesting.skip()
        else:
            was_code = nesting.fence is not None
            where = nesting.step(raw)
            if where.code:
                opened_at = opened_at if was_code and not where.opens else number
                continue
        was_in_comment = in_comment
        line, in_comment = _without_comments(raw, in_comment)
        if in_comment and not was_in_comment:
            opened_at, depth = number, nesting.depth if where.html else 0
            if not closes and not where.html:
                line, in_comment = raw, False
        lines.append(Line(number, line, quoted=where.quoted))
    unclosed = in_comment or (nesting.fence is not None and not nesting.in_container)
    return Page(tuple(lines), opened_at if unclosed else None, front)


def _closing(lines: list[str]) -> list[bool]:
    """For each line, whether `-->` comes after it and before its paragraph ends."""
    found = [False] * len(lines)
    for index in range(len(lines) - 2, -1, -1):
        following = lines[index + 1]
        found[index] = may_go_on(following) and ("-->" in following or found[index + 1])
    return found


def heading_of(line: Line) -> Heading | None:
    """The heading that a line is, or None. Decoration such as `**` or `#` at its end is left out."""
    if "#" not in line.text[:4] or line.quoted:
        return None
    found = _HEADING.match(line.text)
    if not found:
        return None
    words = (found[2] or "").strip().rstrip("#").strip()
    return Heading(line.number, len(found[1]), words)


def without_code(text: str) -> str:
    """The text with its `code spans` blanked out, every column kept."""
    if "`" not in text:
        return text
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
