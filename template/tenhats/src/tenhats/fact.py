"""A fact is something read or measured about the project once, and then only looked at.

A fact is a type; the function that measures it names in its parameters the other facts it needs.
Facts are the only code that touches files, git and processes.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tenhats.settings import Settings
from tenhats.shelf import Shelf

Measure = TypeVar("Measure", bound=Callable[..., Any])


@dataclass(frozen=True)
class Project:
    """The project under judgement: where it is and what it asks of the gates.

    A `fresh` look uses nothing that was kept from earlier runs.
    """

    root: Path
    settings: Settings
    fresh: bool = False

    @property
    def workshop(self) -> Path:
        """The git-ignored folder where the tooling keeps what it makes."""
        return self.root / ".tenhats"


@dataclass(frozen=True)
class Source:
    """How a fact is had: what measures it, from which files, whether it must be alone."""

    kind: type[Any]
    measure: Callable[..., Any]
    reads: tuple[str, ...]
    keeps: float | None
    alone: bool

    @property
    def needs(self) -> dict[str, type[Any]]:
        """The facts that the measuring looks at, by parameter."""
        return {name: kind for name, kind in self._hints.items() if name != "return" and kind is not Shelf}

    @property
    def shelf(self) -> str | None:
        """The parameter that takes the pieces kept from the run before, if the fact is made of pieces."""
        return next((name for name, kind in self._hints.items() if kind is Shelf), None)

    @property
    def _hints(self) -> dict[str, Any]:
        return typing.get_type_hints(self.measure)


SOURCES: dict[type[Any], Source] = {}


def fact(
    *, reads: tuple[str, ...] = (), keeps: float | None = None, alone: bool = False
) -> Callable[[Measure], Measure]:
    """Make a function the one source of the fact that it returns.

    A function with a parameter of the type `Shelf` is handed the pieces of the fact that were kept.

    Args:
        reads: Patterns of the files that the fact depends on. A fact that names them is kept
            until one of them changes; a fact that names none is measured in every run.
        keeps: Seconds after which a kept fact is measured again all the same.
        alone: Whether nothing else may run beside it, because it takes times.
    """

    def register(measure: Measure) -> Measure:
        kind = typing.get_type_hints(measure)["return"]
        SOURCES[kind] = Source(kind, measure, reads, keeps, alone)
        return measure

    return register
