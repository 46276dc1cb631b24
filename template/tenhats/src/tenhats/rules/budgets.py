"""What a requirement's words allow a run: seconds, seconds for each row, bytes of memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenhats.facts.specs import Specs
from tenhats.facts.weighed import MEMORY
from tenhats.formats.model import Requirement
from tenhats.rule import Placed
from tenhats.rules.quantities import NUMBER, SECONDS

_UNITS = "|".join(sorted(map(re.escape, SECONDS), key=len, reverse=True))
_ROWS = r"(?:rows?|records?|lines?|events?|messages?|entr(?:y|ies))"
_TIME = re.compile(
    rf"(?<![\w.,-])(?P<number>{NUMBER})[ -]?(?P<unit>{_UNITS})s?(?![\w-])"
    rf"(?P<per> ?(?:per|/|for each|for every|an?|each|every) ?(?:(?P<rows>{NUMBER}) )?{_ROWS}\b)?",
    re.IGNORECASE,
)
_SIZE = re.compile(
    rf"(?<![\w.,-])(?P<number>{NUMBER})[ -]?(?P<unit>[kmg]i?b|(?:mega|giga)bytes?)\b", re.IGNORECASE
)
_LIMIT = re.compile(
    r"(?:at most|no more than|less than|within|under|below|up to|exceeds?|exceeding|≤|<=?) {0,2}$",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"(?<![\w.,-])(?P<number>{NUMBER}) (?:[a-z]{{1,20}} )?{_ROWS}\b", re.IGNORECASE)
_BYTES = {
    "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 2.0**10, "mib": 2.0**20, "gib": 2.0**30,
    "megabyte": 1e6, "gigabyte": 1e9,
}  # fmt: skip


@dataclass(frozen=True)
class Budget:
    """What a run may cost at most, and where that stands; a total holds for so many `rows`, if it says so."""

    place: Placed
    by: str
    seconds: float | None = None
    seconds_per_row: float | None = None
    memory: float | None = None
    rows: int = 0

    @property
    def is_any(self) -> bool:
        """Whether anything is limited at all."""
        return any(each is not None for each in (self.seconds, self.seconds_per_row, self.memory))


def named(specs: Specs, names: Sequence[str]) -> Iterator[tuple[str, Requirement | None]]:
    """The requirements of these names, each as it was written; None where no specification has it."""
    known = {each.name: each for each in specs.requirements}
    for name in names:
        yield name, known.get(specs.resolve(name) or "")


def budget_of(requirement: Requirement) -> Budget:
    """The limits that a requirement's words name, the strictest of each kind."""
    text = requirement.text
    per_row, total = [], []
    for found in _TIME.finditer(text):
        seconds = _number(found["number"]) * SECONDS[found["unit"].lower()]
        if found["per"]:
            per_row.append(seconds / max(1.0, _number(found["rows"] or "1")))
        else:
            total.append(seconds)
    sizes = list(_SIZE.finditer(text)) if MEMORY.search(text) else []
    # A file of 1 GB in at most 50 MB: the size that limits is the one that says so.
    sizes = [
        found for found in sizes if _LIMIT.search(text, max(0, found.start() - 20), found.start())
    ] or sizes
    rows = [int(_number(found["number"])) for found in _COUNT.finditer(text)]
    return Budget(
        requirement,
        requirement.name,
        min(total, default=None),
        min(per_row, default=None),
        min((_number(found["number"]) * _bytes(found["unit"]) for found in sizes), default=None),
        max(rows, default=0) if total else 0,
    )


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _bytes(unit: str) -> float:
    return _BYTES[unit.lower().removesuffix("s")]
