"""A rule is a question put to facts.

Its parameters name the facts it looks at, its docstring is its page in the manual, and what it
returns says how much it looked at: a rule that saw nothing has not passed.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeVar

from tenhats import rules
from tenhats.gates import Gate
from tenhats.personas import BY_PREFIX, Persona

Thing = TypeVar("Thing")


class Placed(Protocol):
    """Anything that stands somewhere: a requirement, a test, a tool's complaint."""

    @property
    def path(self) -> str:
        """The file, from the project's root, with forward slashes."""

    @property
    def line(self) -> int:
        """The line, counted from 1."""


@dataclass(frozen=True)
class Place:
    """A line of a file."""

    path: str
    line: int = 1


@dataclass(frozen=True)
class Finding:
    """A rule's complaint: where, what is wrong, how to mend it.

    `stale` are waivers, as lines of text, that were there before what is complained of was done.
    """

    path: str
    line: int
    message: str
    fix: str
    stale: frozenset[str] = frozenset()


@dataclass
class Findings:
    """What one rule saw: how many things, which are wrong, which are worth a look, what was not seen."""

    looked_at: int = 0
    found: list[Finding] = field(default_factory=list)
    advised: list[Finding] = field(default_factory=list)
    nothing: str = "there is nothing of the kind in this project"
    unseen: str | None = None

    def over(self, things: Iterable[Thing], *, nothing: str) -> Iterator[Thing]:
        """Go through `things`, counting them; `nothing` is the reason if there are none."""
        self.nothing = nothing
        for thing in things:
            self.looked_at += 1
            yield thing

    def add(self, place: Placed, message: str, fix: str, *, stale: frozenset[str] = frozenset()) -> None:
        """Complain about what stands at `place`; the waivers among the `stale` lines do not count."""
        self.found.append(Finding(place.path, place.line, message, fix, stale))

    def advise(self, place: Placed, message: str, fix: str) -> None:
        """Say what is worth a look at `place`; advice never fails anybody."""
        self.advised.append(Finding(place.path, place.line, message, fix))

    def could_not_see(self, reason: str) -> None:
        """Say that something was there which could not be looked at."""
        self.unseen = reason


@dataclass(frozen=True)
class Rule:
    """A question with a stable code; it belongs to one persona, one gate, one practice."""

    code: str
    gate: Gate
    practice: str
    ask: Callable[..., Findings]

    @property
    def persona(self) -> Persona:
        """The persona whose prefix the code bears."""
        return BY_PREFIX[self.code[:3]]

    @property
    def page(self) -> str:
        """The rule's page in the manual, as Markdown: its docstring."""
        return inspect.cleandoc(self.ask.__doc__ or "")

    @property
    def title(self) -> str:
        """The first line of the page, without its full stop."""
        return self.page.partition("\n")[0].rstrip(".")

    @property
    def needs(self) -> dict[str, type[Any]]:
        """The facts the rule looks at, by parameter."""
        hints = typing.get_type_hints(self.ask)
        return {name: kind for name, kind in hints.items() if name != "return"}


class _Rules(Mapping[str, Rule]):
    """Every rule by its code. A persona's modules are imported when one of its rules is first asked for."""

    def __init__(self) -> None:
        self.registered: dict[str, Rule] = {}

    def of(self, prefix: str) -> list[str]:
        """The codes of the persona whose prefix it is; none if it is nobody's."""
        if prefix in BY_PREFIX:
            home = BY_PREFIX[prefix].name.replace("-", "_")
            for module in sorted(Path(rules.__path__[0]).glob(f"{home}*.py")):
                import_module(f"{rules.__name__}.{module.stem}")
        return [code for code in self.registered if code[:3] == prefix]

    def __getitem__(self, code: str) -> Rule:
        if code not in self.registered:
            self.of(code[:3])
        return self.registered[code]

    def __iter__(self) -> Iterator[str]:
        return iter([code for prefix in BY_PREFIX for code in self.of(prefix)])

    def __len__(self) -> int:
        return len(list(iter(self)))


RULES = _Rules()


def rule(
    code: str, *, gate: Gate, practice: str
) -> Callable[[Callable[..., Findings]], Callable[..., Findings]]:
    """Make a function from facts to findings a rule, under `code`, for good.

    Raises:
        ValueError: if the code is taken or the practice is not one of its persona's four.
    """

    def register(ask: Callable[..., Findings]) -> Callable[..., Findings]:
        if code in RULES.registered:
            msg = f"the code {code} is taken by {RULES[code].ask.__name__}"
            raise ValueError(msg)
        if practice not in BY_PREFIX[code[:3]].practices:
            msg = f"{code}: {practice!r} is not a practice of the {BY_PREFIX[code[:3]].title}"
            raise ValueError(msg)
        RULES.registered[code] = Rule(code, gate, practice, ask)
        return ask

    return register
