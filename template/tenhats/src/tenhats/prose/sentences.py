"""Where a word stands: in which sentence, in parentheses, beside what obliges or in an explanation of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

_END = re.compile(r"[.!?](?=\s)|[。！？;；\n]")
_STATEMENT_END = re.compile(r"(?<![.(]\w)[.!?](?=\s+[*_(]{0,3}[A-ZÀ-ÖØ-Þ`])|[。！？]")
_BRACKET = re.compile(r"[(（)）]")
_OPENING = " \t\n*_-•>#([“\"'"
_BEFORE_AN_OPENING = ".!?:;。！？\n|/–—"


class Sentences:
    """The sentences of a text.

    A statement is a sentence with the lists that belong to it: a line end or a semicolon does not end
    it. Where some statements of a text oblige, the others explain.
    """

    def __init__(self, prose: str, duties: Iterable[int]) -> None:
        """`duties` are the places of the words that oblige."""
        self._prose = prose
        self.ends = [found.start() for found in _END.finditer(prose)]
        self._statements = [found.start() for found in _STATEMENT_END.finditer(prose)]
        self._obliging = {bisect_right(self._statements, at) for at in duties}
        self._cell = prose.find(" | ")
        self._brackets = [found.start() for found in _BRACKET.finditer(prose)]
        self._depths = _depths(prose, self._brackets)

    def of(self, at: int) -> int:
        """The number of the sentence at a place."""
        return bisect_right(self.ends, at)

    def explains(self, at: int) -> bool:
        """Whether the statement at a place obliges nobody, beside another one that does."""
        return bool(self._obliging) and bisect_right(self._statements, at) not in self._obliging

    def noted(self, at: int) -> bool:
        """Whether a place is in a cell of a table beside the one that holds the requirement."""
        return 0 <= self._cell < at

    def bracketed(self, at: int) -> bool:
        """Whether a place is in parentheses."""
        before = bisect_right(self._brackets, at)
        return before > 0 and self._depths[before - 1] > 0

    def opens(self, at: int) -> bool:
        """Whether a sentence, an item or a label begins at a place."""
        before = at - 1
        while before >= 0 and self._prose[before] in _OPENING:
            if self._prose[before] == "\n":
                return True
            before -= 1
        return before < 0 or self._prose[before] in _BEFORE_AN_OPENING

    def around(self, at: int) -> tuple[int, int]:
        """Where the sentence at a place begins and ends."""
        number = self.of(at)
        begin = self.ends[number - 1] + 1 if number else 0
        return begin, self.ends[number] if number < len(self.ends) else len(self._prose)


def _depths(prose: str, brackets: list[int]) -> list[int]:
    """How deep in parentheses the text is after each bracket."""
    depth, depths = 0, []
    for at in brackets:
        depth = depth + 1 if prose[at] in "(（" else max(0, depth - 1)
        depths.append(depth)
    return depths
