"""What a change did to the requirements: gained, lost, reworded, since the base."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tenhats.formats.model import Feature, Requirement, Scenario
from tenhats.trace import State
from tenhats.traces import Traces


class Kind(StrEnum):
    """How a requirement differs from what it was at the base."""

    GAINED = "gained"
    REWORDED = "reworded"
    LOST = "lost"


@dataclass(frozen=True)
class Change:
    """One requirement that is new, gone, or says something else; `before` and `after` are its words.

    The place is where it stands, or, if it is gone, where it stood at the base.
    """

    kind: Kind
    name: str
    path: str
    line: int
    before: str = ""
    after: str = ""
    state: State | None = None

    @property
    def is_gone(self) -> bool:
        """Whether it stands nowhere any more."""
        return self.kind is Kind.LOST


def changes_of(traces: Traces, earlier: Mapping[str, Feature], changed: Collection[str]) -> list[Change]:
    """Every requirement and scenario that differs, in the order of the features; what is gone comes last.

    Args:
        traces: What is specified now.
        earlier: The features at the base of which a file has changed since, by their names.
        changed: The paths that differ from the base.
    """
    now = {feature.name: feature for feature in traces.features}
    found: list[Change] = []
    for feature in traces.features:
        before = earlier.get(feature.name)
        if before or feature.path in changed or any(each.path in changed for each in feature.promises):
            found += _changes_in(feature, _promises(before), traces)
    for name, feature in earlier.items():
        left = _promises(now.get(name))
        found += [
            Change(Kind.LOST, gone.name, gone.path, gone.line, before=_flat(gone.text))
            for gone in feature.promises
            if gone.name not in left
        ]
    return found


def _changes_in(
    feature: Feature, before: Mapping[str, Requirement | Scenario], traces: Traces
) -> Iterator[Change]:
    for each in feature.promises:
        old = before.get(each.name)
        was, words = _flat(old.text) if old else "", _flat(each.text)
        if old and was == words:
            continue
        kind = Kind.REWORDED if old else Kind.GAINED
        state = traces.by_name[each.name].state
        yield Change(kind, each.name, each.path, each.line, was, words, state)


def _promises(feature: Feature | None) -> dict[str, Requirement | Scenario]:
    return {each.name: each for each in feature.promises} if feature else {}


def _flat(text: str) -> str:
    return " ".join(text.split())
