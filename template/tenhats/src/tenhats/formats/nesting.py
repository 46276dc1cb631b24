"""Which block of a Markdown page a line belongs to: fences, quotations, and the list items they stand in.

As CommonMark 0.31 has it (https://spec.commonmark.org/), as far as a specification's reader needs it: a
fence that is indented belongs to a list item or is none, and ends with it; a quotation goes on in the
lines that continue its paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_MARKER = re.compile(r"(?P<mark>[-*+]|(?P<number>\d{1,9})[.)])(?P<space> +|$)")
_RULE = re.compile(r"(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_SETEXT = re.compile(r"(?:=+|-+) *$")
_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
_ATX = re.compile(r"#{1,6}(?: |$)")
_SIGNS = frozenset("`~<#*-_")
"""What a heading, a rule, a fence and a comment begin with."""

_QUOTE = 0
_CODE = 4
"""So many columns make an indented line code, and no block of its own."""

_MOST_DEPTH = 24
"""What is nested deeper is text: nobody writes it, and a line takes no longer than its length."""


@dataclass(frozen=True)
class Where:
    """What a line is: code or a fence's edge, one that opens a fence, quoted, an HTML comment's start."""

    code: bool = False
    opens: bool = False
    quoted: bool = False
    html: bool = False


_TEXT, _QUOTED = Where(), Where(quoted=True)


@dataclass(frozen=True)
class _Fence:
    mark: str
    length: int
    depth: int


class Nesting:
    """The blocks that are open, line after line. A container is a quotation, or a list item's width."""

    def __init__(self) -> None:
        self._open: list[int] = []
        self._paragraph = False
        self.fence: _Fence | None = None

    @property
    def in_container(self) -> bool:
        """Whether the open fence stands in a list item or a quotation, with which it ends."""
        return self.fence is not None and self.fence.depth > 0

    @property
    def depth(self) -> int:
        """How many containers are open."""
        return len(self._open)

    def leaves(self, raw: str, depth: int) -> bool:
        """Whether a line is outside what began in so many containers."""
        return self._matched(raw.expandtabs(4))[0] < depth

    def skip(self) -> None:
        """Take a line of a comment, which ends the paragraph."""
        self._paragraph = False

    def step(self, raw: str) -> Where:
        """Take the next line."""
        line = raw.expandtabs(4)
        matched, at = self._matched(line)
        if self.fence:
            if matched >= self.fence.depth:
                return self._in_fence(line[at:])
            self.fence = None
        everything = matched == len(self._open)
        begun, at = self._begun(line, at, interrupting=everything and self._paragraph)
        rest = line[at:]
        text = rest.lstrip(" ")
        indent = len(rest) - len(text)
        if not everything and not begun and self._goes_on(text, indent):
            return _QUOTED if _QUOTE in self._open else _TEXT
        self._open[matched:] = begun
        fresh = bool(begun) or not everything
        going_on = self._paragraph and not fresh
        self._paragraph = False
        where = _QUOTED if _QUOTE in self._open else _TEXT
        if not text or (indent >= _CODE and not going_on):
            return where
        fence = _fence_in(text) if indent < _CODE else None
        if fence:
            self.fence = _Fence(fence["marks"][0], len(fence["marks"]), len(self._open))
            return replace(where, code=True, opens=True)
        starts = indent < _CODE and _begins_block(text)
        self._paragraph = not (starts or (going_on and indent < _CODE and _SETEXT.match(text)))
        return replace(where, html=True) if indent < _CODE and text.startswith("<!--") else where

    def _matched(self, line: str) -> tuple[int, int]:
        """How many open containers a line goes on with, and the column after them."""
        at = 0
        for count, width in enumerate(self._open):
            rest = line[at:]
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            if width == _QUOTE:
                if indent >= _CODE or not text.startswith(">"):
                    return count, at
                at += indent + 1 + text[1:].startswith(" ")
            elif not text:
                continue
            elif indent >= width:
                at += width
            else:
                return count, at
        return len(self._open), at

    def _in_fence(self, rest: str) -> Where:
        """A line of code, or the fence's end."""
        text = rest.strip(" ")
        indent = len(rest) - len(rest.lstrip(" "))
        if self.fence and text and indent < _CODE and set(text) == {self.fence.mark}:
            self.fence = None if len(text) >= self.fence.length else self.fence
        return Where(code=True)

    def _begun(self, line: str, at: int, *, interrupting: bool) -> tuple[list[int], int]:
        """The containers that begin on a line, and the column after them."""
        begun: list[int] = []
        while len(begun) < _MOST_DEPTH - len(self._open):
            rest = line[at:]
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            if indent >= _CODE or not text or text[0].isalpha():
                return begun, at
            if text[0] == ">":
                begun.append(_QUOTE)
                at += indent + 1 + text[1:].startswith(" ")
            else:
                found = None if _RULE.match(text) else _MARKER.match(text)
                content = text[found.end() :] if found else ""
                if not found or (interrupting and (not content or found["number"] not in {None, "1"})):
                    return begun, at
                space = len(found["space"])
                width = indent + len(found["mark"]) + (space if content and space <= _CODE else 1)
                begun.append(width)
                at += width
            interrupting = False
        return begun, at

    def _goes_on(self, text: str, indent: int) -> bool:
        """Whether a line continues the paragraph of containers that it does not repeat."""
        return self._paragraph and bool(text) and (indent >= _CODE or not _begins_block(text))


def may_go_on(raw: str) -> bool:
    """Whether a line may continue a paragraph: it is not blank, and begins no block of its own."""
    text = raw.expandtabs(4).lstrip(" ")
    return bool(text) and text[0] != ">" and not (_begins_block(text) or _MARKER.match(text))


def _begins_block(text: str) -> bool:
    """Whether a heading, a rule, a fence or a comment begins, none of which is a paragraph."""
    if text[:1] not in _SIGNS:
        return False
    return text.startswith("<!--") or bool(_ATX.match(text) or _RULE.match(text) or _fence_in(text))


def _fence_in(text: str) -> re.Match[str] | None:
    """The fence that a line opens; one of backticks has none of them after it."""
    found = _FENCE.match(text)
    return None if found and found["marks"][0] == "`" and "`" in found["info"] else found
