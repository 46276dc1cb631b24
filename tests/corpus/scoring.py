"""How often a judge was right: precision, recall, F1, and Matthews' correlation, which chance leaves at 0."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """How often the judge was right."""

    found: int
    false: int
    missed: int
    rest: int

    @property
    def precision(self) -> float:
        """Of what was flagged, how much is labelled."""
        return share(self.found, self.found + self.false)

    @property
    def recall(self) -> float:
        """Of what is labelled, how much was flagged."""
        return share(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return share(2 * self.precision * self.recall, self.precision + self.recall)

    @property
    def mcc(self) -> float:
        """Matthews' correlation: 0 is no better than chance."""
        sides = (self.found + self.false) * (self.found + self.missed)
        others = (self.rest + self.false) * (self.rest + self.missed)
        return share(self.found * self.rest - self.false * self.missed, math.sqrt(sides * others))

    @property
    def rows(self) -> int:
        """How many were judged."""
        return self.found + self.false + self.missed + self.rest

    @property
    def base(self) -> float:
        """How much is labelled: the precision of flagging everything."""
        return share(self.found + self.missed, self.rows)


def share(part: float, whole: float) -> float:
    """The part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0


def score(pairs: Iterable[tuple[bool, bool]]) -> Score:
    """The score of pairs: flagged, labelled."""
    counts = {(flagged, labelled): 0 for flagged in (True, False) for labelled in (True, False)}
    for pair in pairs:
        counts[pair] += 1
    return Score(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def line(name: str, made: Score) -> str:
    """A line of a report."""
    numbers = f"{made.precision:5.3f} {made.recall:5.3f} {made.f1:5.3f} {made.mcc:+6.3f}"
    return f"{name:34} {made.rows:5} {made.base:6.3f}   {numbers}"
