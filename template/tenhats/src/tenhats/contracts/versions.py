"""When a version has been raised far enough for a break: Semantic Versioning 2.0.0, points 4 and 8."""

from __future__ import annotations

import re

_NUMBERS = re.compile(r"(\d{1,9})(?:\.(\d{1,9}))?")
_BETWEEN = re.compile(r"[/:#?&=_-]")
_VERSION = re.compile(r"v\d{1,9}(?:\.\d{1,9}){0,2}|\d{1,9}(?:\.\d{1,9}){1,2}")


def numbers(version: str | None) -> tuple[int, int] | None:
    """The major and the minor number of a version; None if it has none."""
    found = _NUMBERS.search(version or "")
    return (int(found[1]), int(found[2] or 0)) if found else None


def allows_breaks(before: str | None, after: str | None) -> bool:
    """Whether the one version may break what the other promised: by its major, below 1.0 by its minor.

    What had no version is taken for 1.0.
    """
    was, now = numbers(before) or (1, 0), numbers(after)
    return now is not None and (now[0] > was[0] or (now[0] == was[0] == 0 and now[1] > was[1]))


def next_breaking(version: str | None) -> str:
    """The least version that may break what this one promises."""
    major, minor = numbers(version) or (1, 0)
    return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"


def in_address(address: str) -> str | None:
    """The version that an address names, such as `https://example.org/order/v2/item.json`; the last one."""
    for part in reversed(_BETWEEN.split(address)):
        bare = part.removesuffix(".json").removesuffix(".schema")
        if _VERSION.fullmatch(bare):
            return bare
    return None
