"""The trace as a whole, and the way back: from any function or line of the sources to the requirements."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tenhats.facts.functions import Function
from tenhats.facts.reach import Reach
from tenhats.formats.model import Feature
from tenhats.trace import State, Traced, serving


@dataclass(frozen=True)
class Served:
    """A function, and the names of the requirements that it serves."""

    function: Function
    names: tuple[str, ...]

    @property
    def is_asked_for(self) -> bool:
        """Whether a requirement needs it, or nobody can expect one to: it is private, or does nothing."""
        return bool(self.names) or not self.function.is_public or not self.function.first


@dataclass(frozen=True)
class Place:
    """A line of the sources: the function it is in, whom both serve, and which tests execute the line."""

    path: str
    line: int
    served: Served | None
    names: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Traces:
    """Every feature, every requirement and scenario with its chain, every function and source file."""

    features: tuple[Feature, ...]
    traced: tuple[Traced, ...]
    functions: tuple[Function, ...] = ()
    files: tuple[str, ...] = ()
    reach: Reach = field(default_factory=Reach)
    commit: str | None = None

    @cached_property
    def by_name(self) -> dict[str, Traced]:
        """Each requirement by its name; of two of one name, the first."""
        return {each.name: each for each in reversed(self.traced)}

    @cached_property
    def served(self) -> tuple[Served, ...]:
        """Every function, in the order of the sources."""
        names = serving(self.traced)
        return tuple(
            Served(each, tuple(dict.fromkeys(names.get((each.path, each.line), ()))))
            for each in self.functions
        )

    @cached_property
    def by_file(self) -> dict[str, list[Served]]:
        """The functions of each source file, in their order."""
        found: dict[str, list[Served]] = {path: [] for path in self.files}
        for each in self.served:
            found.setdefault(each.function.path, []).append(each)
        return found

    def at(self, path: str, line: int) -> Place:
        """Back from one line; it belongs to the innermost function that it is in."""
        around = [each for each in self.by_file[path] if each.function.line <= line <= each.function.last]
        innermost = max(around, key=lambda each: each.function.line, default=None)
        files = self.reach.by_test.items()
        tests = tuple(sorted(test for test, lines in files if lines.get(path, 0) >> line & 1))
        names = tuple(
            each.name
            for each in self.traced
            if any(part.function.path == path and part.bits >> line & 1 for part in each.parts)
        )
        return Place(path, line, innermost, names, tests)

    def only(self, shown: Collection[Traced]) -> Traces:
        """These requirements, their features, and the functions that serve them."""
        features = {each.feature for each in shown}
        needed = {part.function for each in shown for part in each.parts}
        return Traces(
            tuple(each for each in self.features if each.name in features),
            tuple(shown),
            tuple(each for each in self.functions if each in needed),
            self.files,
            self.reach,
            self.commit,
        )


def is_good(traced: Iterable[Traced]) -> bool:
    """Whether each of these is proven, or retired."""
    return all(each.state in {State.PROVEN, State.RETIRED} for each in traced)
