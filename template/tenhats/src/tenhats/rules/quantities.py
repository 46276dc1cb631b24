"""Numbers with their units, as sentences give them, so that two sentences can be held against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping

SECONDS = {
    "nanosecond": 1e-9, "microsecond": 1e-6, "µs": 1e-6, "ms": 1e-3, "msec": 1e-3, "millisecond": 1e-3,
    "s": 1.0, "sec": 1.0, "second": 1.0, "min": 60.0, "minute": 60.0, "h": 3600.0, "hr": 3600.0,
    "hour": 3600.0,
}  # fmt: skip
_OTHERS = {
    "%": "%", "percent": "%", "character": "characters", "char": "characters", "byte": "bytes", "kb": "KB",
    "mb": "MB", "gb": "GB", "px": "px", "pixel": "px", "day": "days", "week": "weeks", "month": "months",
    "year": "years", "item": "items", "request": "requests", "user": "users", "attempt": "attempts",
    "file": "files", "line": "lines", "word": "words", "row": "rows", "entry": "entries",
    "entries": "entries", "record": "records",
    "token": "tokens",  # nosec B105: a unit, no password
}  # fmt: skip
NUMBER = r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:\.\d{1,6})?"
_UNITS = "|".join(sorted(map(re.escape, {**SECONDS, **_OTHERS}), key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?<![\w.,-])(?P<first>{NUMBER})(?:[ \t]?(?:to|and|or|-|–|through)[ \t]?(?P<last>{NUMBER}))?[ \t]?-?"
    rf"(?P<unit>{_UNITS})s?(?![\w-])",
    re.IGNORECASE,
)


def quantities_in(text: str) -> Mapping[str, frozenset[float]]:
    """The numbers that a text gives in each unit; all times are in seconds."""
    found: dict[str, set[float]] = {}
    for match in _QUANTITY.finditer(text):
        unit = match["unit"].lower()
        factor = SECONDS.get(unit, 1.0)
        name = "seconds" if unit in SECONDS else _OTHERS[unit]
        numbers = (float(match[part].replace(",", "")) * factor for part in ("first", "last") if match[part])
        found.setdefault(name, set()).update(round(number, 9) for number in numbers)
    return {name: frozenset(numbers) for name, numbers in found.items()}
