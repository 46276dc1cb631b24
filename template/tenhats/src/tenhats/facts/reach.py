"""The reach of the tests: which lines of the sources each of them executed.

Read from coverage.py's own data, whose form is described at
https://coverage.readthedocs.io/en/latest/dbschema.html; the contexts are the tests' ids.
"""

from __future__ import annotations

import functools
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tenhats.errors import Unavailable


@dataclass(frozen=True)
class Reached:
    """The lines of one file that one test executed, as the bits of a number written in hexadecimal."""

    path: str
    test: str
    bits: str


@dataclass(frozen=True)
class Reach:
    """Every file that some test executed a line of, test by test."""

    reached: tuple[Reached, ...] = ()

    @cached_property
    def by_test(self) -> dict[str, dict[str, int]]:
        """Of each test, without parameters, the lines of each file that it executed, as bits."""
        found: dict[str, dict[str, int]] = {}
        for each in self.reached:
            files = found.setdefault(each.test.partition("[")[0], {})
            files[each.path] = files.get(each.path, 0) | int(each.bits, 16)
        return found

    def of(self, tests: Iterable[str]) -> dict[str, int]:
        """The lines of each file that these tests, without parameters, executed together, as bits."""
        files: dict[str, int] = {}
        for test in tests:
            for path, bits in self.by_test.get(test, {}).items():
                files[path] = files.get(path, 0) | bits
        return files


def numbers(bits: int) -> list[int]:
    """The numbers of the lines whose bits are set, in order."""
    text = f"{bits:b}"
    return [at for at, bit in enumerate(reversed(text)) if bit == "1"]


def bits_of(lines: Iterable[int]) -> str:
    """Numbers of lines as bits, written in hexadecimal."""
    bits = 0
    for line in lines:
        bits |= 1 << line
    return f"{bits:x}"


def read_reach(data: Path, root: Path) -> Reach:
    """Read who executed what out of coverage.py's data.

    Raises:
        Unavailable: if the data cannot be read.
    """
    try:
        base = sqlite3.connect(f"{data.as_uri()}?mode=ro", uri=True)
        try:
            return Reach(tuple(_reached(base, os.path.realpath(root))))
        finally:
            base.close()
    except sqlite3.Error as error:
        raise Unavailable(f"coverage.py's data cannot be read: {error}") from None


def _reached(base: sqlite3.Connection, root: str) -> Iterator[Reached]:
    paths = {number: _within(path, root) for number, path in base.execute("select id, path from file")}
    tests = dict(base.execute("select id, context from context where context != ''"))
    together = (
        "select file_id, context_id, group_concat(fromno), group_concat(tono) from arc "
        "group by file_id, context_id"
    )
    for file, context, starts, ends in base.execute(together):
        path = paths[file]
        if path is not None and context in tests:
            yield Reached(path, tests[context], _bits(starts, ends))


@functools.lru_cache(maxsize=4096)
def _bits(starts: str, ends: str) -> str:
    """The lines at both ends of the jumps of one test in one file; many tests do the same there.

    Both ends, because the line before the first jump was executed too. What enters or leaves a function
    is negative.
    """
    bits = 0
    for number in map(int, {*starts.split(","), *ends.split(",")}):
        if number > 0:
            bits |= 1 << number
    return f"{bits:x}"


def _within(path: str, root: str) -> str | None:
    """The path from the project's root; None if the file is none of its own."""
    relative = os.path.relpath(Path(root, path).resolve(), root)
    return None if relative.startswith("..") else relative.replace(os.sep, "/")
