"""Where the time of a benchmark goes: what cProfile saw of it, as frames that lie on each other.

cProfile knows who called whom, but no whole stacks. Where a function was called from several places, its
time and that of what it calls is shared out in proportion, as every flame graph made from cProfile does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

_Key: TypeAlias = tuple[str, int, str]
_SMALLEST = 0.005
_DEEPEST = 60
_WAITS = re.compile(
    r"_thread|lock|waitpid|select|poll|kqueue|_fork_exec|posix_spawn|posix\.read|'_io\.|'_socket\.|_winapi"
)
OURS, TESTS, WAITING, UNCLEAR, OTHER = "ours", "tests", "waiting", "unclear", "other"


@dataclass(frozen=True)
class Frame:
    """A function in the profile, called from the one below; `start` and `width` are parts of the whole."""

    name: str
    path: str
    line: int
    depth: int
    start: float
    width: float
    kind: str


@dataclass(frozen=True)
class Hot:
    """The function of the sources that takes the largest part by itself and by what it calls in C."""

    name: str
    path: str
    line: int
    part: float


@dataclass(frozen=True)
class Profile:
    """Where the time of one benchmark goes, in parts of its whole.

    `reached` says whether a function of the sources was called at all, `beside` is what the test does without
    any, `idle` is what its own functions and stand-ins take by themselves, and `unseen` what happens in other
    processes and threads, or in code that was generated and cannot be told to be anybody's.
    """

    id: str
    reached: bool
    beside: float
    idle: float
    unseen: float
    hot: Hot | None = None
    frames: tuple[Frame, ...] = ()


def read_profiles(
    said: Mapping[str, Any], root: Path, source: str, tests: tuple[str, ...]
) -> Iterator[Profile]:
    """The profiles that the probe has written down, by the ids of the benchmarks."""
    for name, functions in said.items():
        graph = _Graph(_Places(os.path.realpath(root), source, tests), functions)
        if graph.total > 0:
            yield graph.profile(name)


@dataclass(frozen=True)
class _Places:
    root: str
    source: str
    tests: tuple[str, ...]

    def path(self, file: str) -> str:
        """A file from the root of the project; empty for one that is elsewhere."""
        real = os.path.realpath(file) if Path(file).is_absolute() else ""
        inside = real.startswith(self.root + os.sep) and f"{os.sep}site-packages{os.sep}" not in real
        return os.path.relpath(real, self.root).replace(os.sep, "/") if inside else ""

    def kind(self, key: _Key) -> str:
        file, _, name = key
        path = self.path(file)
        if path.startswith(f"{self.source}/"):
            return OURS
        if path.startswith(tuple(f"{each}/" for each in self.tests)) or file.endswith(
            f"unittest{os.sep}mock.py"
        ):
            return TESTS
        if file == "~":
            return WAITING if _WAITS.search(name) else OTHER
        # What `dataclass` and the like make has no file: it may be the project's.
        return UNCLEAR if file.startswith("<") and not file.startswith("<frozen") else OTHER


@dataclass
class _Graph:
    """Who called whom, and how long that took."""

    places: _Places
    functions: Iterable[Mapping[str, Any]]
    own: dict[_Key, float] = field(default_factory=dict)
    whole: dict[_Key, float] = field(default_factory=dict)
    called: dict[_Key, dict[_Key, float]] = field(default_factory=dict)
    roots: list[_Key] = field(default_factory=list)

    def __post_init__(self) -> None:
        for each in self.functions:
            key = _key(each["function"])
            if "_lsprof.Profiler" in key[2]:
                continue
            self.own[key], self.whole[key] = each["own"], each["whole"]
            for caller, _, time in each["callers"]:
                self.called.setdefault(_key(caller), {})[key] = time
            # Called more often than by anybody: from outside.
            if each["calls"] > sum(calls for _, calls, _ in each["callers"]):
                self.roots.append(key)
        self.total = sum(self.whole[root] for root in self.roots)
        self.kinds = {key: self.places.kind(key) for key in self.own}

    @cached_property
    def reaching(self) -> set[_Key]:
        """The functions of the sources, and all that call them, directly or not."""
        callers: dict[_Key, list[_Key]] = {}
        for caller, called in self.called.items():
            for each in called:
                callers.setdefault(each, []).append(caller)
        found = {key for key, kind in self.kinds.items() if kind == OURS}
        waiting = list(found)
        while waiting:
            fresh = [key for key in callers.get(waiting.pop(), ()) if key not in found]
            found.update(fresh)
            waiting += fresh
        return found

    def profile(self, name: str) -> Profile:
        kinds = self.kinds
        parts = dict.fromkeys((OURS, TESTS, WAITING, UNCLEAR, OTHER), 0.0)
        for key, own in self.own.items():
            parts[kinds[key]] += own / self.total
        return Profile(
            name,
            any(kind == OURS for kind in kinds.values()),
            sum(self.whole[root] * self._beside(root, {}) for root in self.roots) / self.total,
            parts[TESTS],
            parts[WAITING] + parts[UNCLEAR],
            self._hot(),
            tuple(self._frames()),
        )

    def _beside(self, key: _Key, known: dict[_Key, float]) -> float:
        """The part of a function's time that leads to no function of the sources."""
        if self.kinds[key] != TESTS:
            return float(key not in self.reaching and self.kinds[key] not in {WAITING, UNCLEAR})
        if key not in known:
            known[key] = 0.0
            called = self.called.get(key, {}).items()
            time = self.own[key] + sum(took * self._beside(each, known) for each, took in called)
            known[key] = min(1.0, time / self.whole[key]) if self.whole[key] else 0.0
        return known[key]

    def _hot(self) -> Hot | None:
        def time(key: _Key) -> float:
            inner = self.called.get(key, {}).items()
            in_c = (took * self.own[each] / self.whole[each] for each, took in inner if self._is_c(each))
            return self.own[key] + sum(in_c)

        ours = [key for key, kind in self.kinds.items() if kind == OURS]
        if not ours:
            return None
        key = max(ours, key=time)
        return Hot(key[2], self.places.path(key[0]), key[1], min(1.0, time(key) / self.total))

    def _is_c(self, key: _Key) -> bool:
        return key[0] == "~" and self.whole[key] > 0

    def _frames(self) -> Iterator[Frame]:
        """The frames that are wide enough to be seen, from the first call on."""
        called = {root: self.whole[root] for root in self.roots}
        waiting = _laid(_Span(called, self.total, 0.0, 1.0))
        while waiting:
            key, start, width, above = waiting.pop()
            path = self.places.path(key[0])
            yield Frame(key[2], path, key[1], len(above), start, width, self.kinds[key])
            if len(above) < _DEEPEST and key in self.called:
                waiting += _laid(_Span(self.called[key], self.whole[key], start, width, above | {key}))


@dataclass(frozen=True)
class _Span:
    """Where the functions that one calls have their place: `whole` seconds are `width` wide."""

    called: Mapping[_Key, float]
    whole: float
    start: float
    width: float
    above: frozenset[_Key] = frozenset()


def _laid(span: _Span) -> list[tuple[_Key, float, float, frozenset[_Key]]]:
    """The functions side by side, the widest first; one that is below already is not laid again."""
    found = []
    start, end = span.start, span.start + span.width
    for key, took in sorted(span.called.items(), key=lambda pair: -pair[1]):
        width = min(took * span.width / span.whole, end - start) if span.whole else 0.0
        if width >= _SMALLEST and key not in span.above:
            found.append((key, start, width, span.above))
            start += width
    return found


def _key(function: Iterable[Any]) -> _Key:
    file, line, name = function
    return file, line, name
