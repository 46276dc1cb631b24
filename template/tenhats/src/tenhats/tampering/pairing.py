"""Which test of before is which test of now, what it lost, and what of that came back elsewhere."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tenhats.tampering.assertions import MANY
from tenhats.tampering.noticed import EXACT, PRESENCE, Assertion
from tenhats.tampering.suites import Tested

_SIMILAR = 0.8
"""How alike two names must be, as difflib counts, for a test to have been renamed and changed at once."""
_MOST_COMPARED = 100


@dataclass
class Change:
    """A test at both ends; `after` is None if it is nowhere. What it lost, by key, and what it gained."""

    before: Tested
    after: Tested | None
    lost: list[tuple[Assertion, int]]
    gained: list[tuple[Assertion, int]]


class Pool:
    """What was gained anywhere, from which what was lost elsewhere is taken."""

    def __init__(self, gained: Iterable[tuple[Assertion, int]]) -> None:
        self._keys: Counter[str] = Counter()
        self._shapes: Counter[str] = Counter()
        self.add(gained)

    def add(self, gained: Iterable[tuple[Assertion, int]]) -> None:
        """Put more into the pool."""
        for each, weight in gained:
            self._keys[each.key] += weight
            self._shapes[each.shape] += weight

    def left_of(self, lost: list[tuple[Assertion, int]]) -> list[tuple[Assertion, int]]:
        """What of the lost is not in the pool, by its text or at least by its shape; it is taken out."""
        left = []
        for each, weight in lost:
            by_key = min(weight, self._keys[each.key])
            self._keys[each.key] -= by_key
            self._shapes[each.shape] -= by_key
            by_shape = max(0, min(weight - by_key, self._shapes[each.shape]))
            self._shapes[each.shape] -= by_shape
            rest = weight - by_key - by_shape
            if rest > 0 and not (weight >= MANY and by_key + by_shape):
                left.append((each, rest))
        return left


def paired(before: Mapping[str, Tested], after: Mapping[str, Tested]) -> dict[str, str]:
    """Which test is which: by id, else by body, by name in another place, by a similar name in its file."""
    pairs = {id_: id_ for id_ in before if id_ in after}
    free = [test for id_, test in after.items() if id_ not in pairs]
    taken: set[str] = set()
    for attribute in ("body", "name"):
        there: dict[str, list[str]] = {}
        for test in free:
            there.setdefault(getattr(test, attribute), []).append(test.id)
        for id_, test in before.items():
            found = [each for each in there.get(getattr(test, attribute), ()) if each not in taken]
            if id_ not in pairs and found:
                same = [each for each in found if each.endswith(f"::{test.name}")]
                pairs[id_] = (same or found)[0]
                taken.add(pairs[id_])
    left = [test for test in free if test.id not in taken][:_MOST_COMPARED]
    for id_, test in [each for each in before.items() if each[0] not in pairs][:_MOST_COMPARED]:
        here = {each.name: each.id for each in left if each.path == test.path and each.id not in taken}
        for name in difflib.get_close_matches(test.name, here, 1, _SIMILAR):
            pairs[id_] = here[name]
            taken.add(here[name])
    return pairs


def change_of(before: Tested, after: Tested | None) -> Change:
    """What a test lost and gained from the one state to the other, by the texts of its assertions."""
    old, new = weights_of(before), weights_of(after) if after else {}
    lost = []
    told = {each.root for each, _ in new.values() if each.rank > PRESENCE}
    equal = {each.subject for each, _ in new.values() if each.rank == EXACT}
    for key, (each, weight) in old.items():
        standing = new[key][1] if key in new else 0
        # That something is there at all follows from whatever else is said about it.
        is_absence = each.op in {"NotIn", "NotEq"}
        is_implied = each.rank == PRESENCE and (each.subject in equal if is_absence else each.root in told)
        if standing < weight and not is_implied and not (weight >= MANY and standing):
            lost.append((each, weight - standing))
    gained = [
        (each, (weight - (old[key][1] if key in old else 0)) * each.size)
        for key, (each, weight) in new.items()
        if weight > (old[key][1] if key in old else 0)
    ]
    return Change(before, after, lost, gained)


def weights_of(test: Tested) -> dict[str, tuple[Assertion, int]]:
    """Each assertion of a test by its text, and how often the test makes it."""
    found: dict[str, tuple[Assertion, int]] = {}
    for each in test.live:
        known = found[each.key][1] if each.key in found else 0
        found[each.key] = (each, min(MANY, known + each.times * test.cases))
    return found
