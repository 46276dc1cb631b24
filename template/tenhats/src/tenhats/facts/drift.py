"""What a model's monitor says: of the data that the model was made from, and of data that has drifted.

Drifted data is made of the reference: the numbers moved by five standard deviations, or the words replaced
by one that was never there. Whole numbers stay whole, and dates stay as they are.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tenhats import processes
from tenhats.facts.tables import Table, read_table
from tenhats.facts.workroom import Room

_FAR = 5
NUMBERS, WORDS = "numbers", "words"


@dataclass(frozen=True)
class Said:
    """What a monitor said of one file: whether it raised an alarm, or broke instead."""

    of: str
    alarm: bool
    broke: str | None = None


@dataclass(frozen=True)
class Watched:
    """What a monitor said of its reference and of each kind of drift; `unseen` if there was no trying it."""

    reference: str
    quiet: Said | None = None
    drifted: tuple[Said, ...] = ()
    unseen: str | None = None


def try_monitor(room: Room, command: Sequence[str], reference: str) -> Watched:
    """Hand the monitor its own reference, and then a copy for each kind of drift."""
    try:
        table = read_table(room.folder / reference)
    except (OSError, ValueError) as error:
        return Watched(reference, unseen=f"{reference}: {error}")
    copies = list(_drifted(table))
    if not copies:
        return Watched(reference, unseen=f"{reference} has neither numbers nor words that could drift")
    quiet = _ask(room, command, reference, reference, "itself")
    said = []
    for kind, copy in copies:
        current = f"tenhats-drifted-{kind}{reference[reference.rindex('.') :]}"
        (room.folder / current).write_text(copy.text(), encoding="utf-8")
        said.append(_ask(room, command, reference, current, kind))
    return Watched(reference, quiet, tuple(said))


def _ask(room: Room, command: Sequence[str], reference: str, current: str, of: str) -> Said:
    words = [word.replace("{reference}", reference).replace("{current}", current) for word in command]
    try:
        done = room.run(words)
    except processes.TimedOut as error:
        return Said(of, alarm=False, broke=str(error))
    broke = done.last_words if "Traceback (most recent call last)" in done.err else None
    return Said(of, alarm=bool(done.code) and not broke, broke=broke)


def _drifted(table: Table) -> Iterator[tuple[str, Table]]:
    """A copy for each kind of drift that the fields allow."""
    columns = {name: _values(table, name) for name in table.fields}
    numbers = {name: moved for name, values in columns.items() if (moved := _moved(values))}
    words = {
        name
        for name, values in columns.items()
        if name not in numbers
        and values
        and all(isinstance(each, str) and not _is_date(each) for each in values)
    }
    if numbers:
        yield (
            NUMBERS,
            _with(table, lambda name, value: _shifted(value, numbers[name]) if name in numbers else value),
        )
    if words:
        yield WORDS, _with(table, lambda name, value: "never-seen" if name in words else value)


def _with(table: Table, change: Callable[[str, Any], Any]) -> Table:
    """The table with every value changed; what is empty stays so."""
    rows = [
        {name: value if value is None or value == "" else change(name, value) for name, value in row.items()}
        for row in table.rows
        if isinstance(row, dict)
    ]
    return table.with_rows(rows)


def _values(table: Table, name: str) -> list[Any]:
    found = (row.get(name) for row in table.rows if isinstance(row, dict))
    return [each for each in found if each is not None and each != ""]


def _moved(values: list[Any]) -> float:
    """How far the numbers of a column are moved; 0 if it is no column of numbers."""
    numbers = [_number(each) for each in values]
    known = [each for each in numbers if each is not None]
    if not known or len(known) < len(numbers):
        return 0.0
    spread = statistics.pstdev(known)
    return float(math.ceil(_FAR * spread) if spread > 1 else _FAR * spread or max(1.0, _FAR * abs(known[0])))


def _shifted(value: Any, by: float) -> Any:
    """A number moved, written as it was: as text, whole, or with decimals."""
    number = _number(value)
    if number is None:
        return value
    if isinstance(value, int) or (isinstance(value, str) and "." not in value and "e" not in value.lower()):
        whole = round(number) + math.ceil(by)
        return str(whole) if isinstance(value, str) else whole
    return str(number + by) if isinstance(value, str) else number + by


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    with suppress(ValueError, TypeError):
        number = float(value)
        return number if math.isfinite(number) else None
    return None


def _is_date(text: str) -> bool:
    with suppress(ValueError):
        datetime.fromisoformat(text)
        return True
    return False
