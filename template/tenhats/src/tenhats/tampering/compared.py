"""Two states of a test suite, compared: which proof is gone, and where it did not come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from tenhats.tampering import Weakening
from tenhats.tampering.assertions import MANY
from tenhats.tampering.noticed import CLOSE, EXACT, PART, Assertion, is_broader
from tenhats.tampering.pairing import Change, Pool, change_of, paired, weights_of
from tenhats.tampering.suites import PLATFORM, Module, Tested

_RESTORE = (
    "let it assert what it did; if the requirement changed, say so: # tenhats: ignore[TST010] because …"
)
_BACK = (
    "put the test back; if what it proved is no longer wanted, say so: # tenhats: ignore[TST010] because …"
)


def compare(old: Mapping[str, Module], new: Mapping[str, Module], gone: frozenset[str]) -> list[Weakening]:
    """What became weaker from the `old` modules to the `new` ones, by their paths.

    `gone` are names that the sources defined at the base and define no more.
    """
    return list(_Comparison(old, new, gone).found())


class _Comparison:
    """One comparison: tests are paired, then what they lost is sought among what was gained."""

    def __init__(self, old: Mapping[str, Module], new: Mapping[str, Module], gone: frozenset[str]) -> None:
        self._old = old
        self._new = new
        self._gone = gone
        before = {test.id: test for module in old.values() for test in module.tests.values()}
        after = {test.id: test for module in new.values() for test in module.tests.values()}
        pairs = paired(before, after)
        self._changes = [change_of(test, after.get(pairs.get(test.id, ""))) for test in before.values()]
        taken = set(pairs.values())
        self._added = [test for id_, test in after.items() if id_ not in taken]
        self._uncollected = {
            text: (module.path, *place) for module in new.values() for text, place in module.others.items()
        }
        self._places = dict(self._where_they_stood())

    def found(self) -> Iterator[Weakening]:
        """Every weakening, skips first."""
        yield from self._skips()
        yield from self._unbound()
        loosened: list[Weakening] = []
        for change in self._changes:
            if change.after is not None:
                loosened += _loosened(change, change.after)
        pool = Pool(each for change in self._changes for each in change.gained)
        pool.add(each for test in self._added for each in weights_of(test).values())
        for change in self._changes:
            change.lost = pool.left_of(change.lost)
        yield from loosened
        for change in self._changes:
            if change.after is None:
                yield from self._deleted(change)
            elif change.lost:
                yield from self._fewer(change, change.after)

    def _skips(self) -> Iterator[Weakening]:
        for change in self._changes:
            before, after = change.before, change.after
            if after is None or after.skip is None:
                continue
            if after.skip.rank > (before.skip.rank if before.skip else 0):
                yield Weakening(
                    "skipped",
                    after.path,
                    after.skip.line,
                    f"{after.name} ran at the base, and now: {_short(after.skip.text)}",
                    "let it run; if it cannot, say why: # tenhats: ignore[TST010] because …",
                    after.skip.rank > PLATFORM,
                    tuple(sorted(before.bound)),
                    after.id,
                )
        for path, module in self._new.items():
            earlier = self._old.get(path)
            if module.skip is None or earlier is None or not earlier.tests:
                continue
            if module.skip.rank > (earlier.skip.rank if earlier.skip else 0):
                yield Weakening(
                    "skipped",
                    path,
                    module.skip.line,
                    f"all {len(earlier.tests)} tests of this file ran, and now: {_short(module.skip.text)}",
                    "let them run; if they cannot, say why: # tenhats: ignore[TST010] because …",
                    module.skip.rank > PLATFORM,
                )

    def _unbound(self) -> Iterator[Weakening]:
        before = Counter(name for change in self._changes for name in change.before.bound)
        standing = (change.after for change in self._changes if change.after is not None)
        after = Counter(name for test in (*standing, *self._added) for name in test.bound)
        for change in self._changes:
            if change.after is None:
                continue
            for name in sorted(change.before.bound - change.after.bound):
                if after[name] < before[name]:
                    before[name] -= 1
                    yield Weakening(
                        "unbound",
                        change.after.path,
                        change.after.line,
                        f"{change.after.name} is no longer bound to {name}",
                        f'@pytest.mark.req("{name}")',
                        names=(name,),
                        test=change.after.id,
                    )

    def _deleted(self, change: Change) -> Iterator[Weakening]:
        before = change.before
        if not change.lost and before.live:
            return
        where = self._uncollected.get(before.body)
        names, still = tuple(sorted(before.bound)), not before.words & self._gone
        if where:
            path, name, line = where
            message = f"{before.name} is {name} in {path} now, which pytest does not collect"
            yield Weakening("deleted", path, line, message, _BACK, True, names, before.id)
            return
        path, line = self._places[before.id]
        message = f"the test {before.name} is deleted"
        message += "" if still else "; what it called is gone too"
        yield Weakening("deleted", path, line, message, _BACK, still, names, before.id)

    def _where_they_stood(self) -> Iterator[tuple[str, tuple[str, int]]]:
        """For each earlier test the one that came next and is still there, else the end of the file."""
        for path, earlier in self._old.items():
            module = self._new.get(path)
            place = (path, module.lines) if module else ("", 1)
            for id_ in reversed(earlier.tests):
                if module and id_ in module.tests:
                    place = (path, module.tests[id_].first)
                yield id_, place

    def _fewer(self, change: Change, after: Tested) -> Iterator[Weakening]:
        before = change.before
        lost = sum(each.rank * weight for each, weight in change.lost)
        won = sum(each.rank * weight for each, weight in change.gained)
        if won >= lost:
            return
        first = change.lost[0][0]
        helped = (after.words - before.words) & self._new[after.path].imported
        if after.cases < before.cases < MANY:
            message = f"{after.name} runs {after.cases} cases; it ran {before.cases}"
        elif first.key in after.dead:
            message = f"{after.name} can no longer fail at `{_short(first.key)}`: never reached, or swallowed"
        else:
            message = f"{after.name} no longer asserts `{_short(first.key)}`"
            message += f" and {len(change.lost) - 1} more" if len(change.lost) > 1 else ""
        certain = not helped and not before.words & self._gone
        names = tuple(sorted(before.bound))
        yield Weakening("fewer", after.path, after.line, message, _RESTORE, certain, names, after.id)


def _loosened(change: Change, after: Tested) -> Iterator[Weakening]:
    """Pair what a test lost with what it gained about the same thing; what is paired is settled.

    One comparison of a whole makes up for several of its parts, and the other way round.
    """
    lost, pairs = [], []
    for each, weight in change.lost:
        at = _best(each, change.gained)
        if at is None:
            lost.append((each, weight))
            continue
        first = change.gained[at][0]
        pairs.append((each, first))
        wanted = weight if first.subject == each.subject else weight * each.size
        while wanted > 0 and at is not None:
            other, there = change.gained[at]
            change.gained[at : at + 1] = [(other, there - wanted)] if there > wanted else []
            wanted -= there
            at = _best(each, change.gained)
        if wanted > 0 and weight < MANY:
            lost.append((each, wanted))
    change.lost = lost
    makes_up = any(each.rank >= PART for each, _ in change.gained)
    for one, other in pairs:
        kind, message, certain = _step(one, other)
        if kind and not (kind == "loosened" and makes_up):
            fix = _RESTORE if kind == "loosened" else "see that a requirement says so"
            names = tuple(sorted(change.before.bound))
            where = f"{after.name}: {message}"
            yield Weakening(kind, after.path, other.line, where, fix, certain, names, after.id)


def _best(lost: Assertion, gained: list[tuple[Assertion, int]]) -> int | None:
    """The place of the strongest gained assertion on the same subject, else on the same root."""
    same = [
        (lost.subject == each.subject, lost.exceptions == each.exceptions, each.rank) for each, _ in gained
    ]
    fitting = [at for at, (each, _) in enumerate(gained) if each.root == lost.root]
    return max(fitting, key=lambda at: same[at], default=None)


def _step(one: Assertion, other: Assertion) -> tuple[str, str, bool]:
    """What became of an assertion: the kind of step, or nothing; the words; whether it is sure."""
    was, now = _short(one.key), _short(other.key)
    if one.op == other.op == "raises":
        if is_broader(other.exceptions, one.exceptions):
            return "loosened", f"`{was}` became `{now}`, which lets more exceptions through", True
        if other.rank < one.rank:
            return "loosened", f"`{was}` became `{now}`, without its match", True
        return "", "", False
    if one.key.replace("not ", "", 1) == other.key.replace("not ", "", 1):
        return "expected", f"`{was}` became `{now}`", False
    if other.rank < one.rank:
        is_same = one.subject in other.subject or other.subject in one.subject
        is_style = one.rank == CLOSE and one.key.endswith(" True") and one.subject == other.key
        certain = is_same and not is_style and one.rank - other.rank >= 2
        return "loosened", f"`{was}` became `{now}`, which notices less", certain
    if one.op == other.op and one.number is not None and other.number is not None:
        is_wider = other.number > one.number
        if one.rank == other.rank < EXACT and (one.op in {"Lt", "LtE"} or "approx" in one.key) and is_wider:
            return "loosened", f"`{was}` became `{now}`: the bound is wider", True
        if one.op in {"Gt", "GtE"} and other.number < one.number:
            return "loosened", f"`{was}` became `{now}`: the bound is wider", True
    if one.rank == other.rank == EXACT and one.subject == other.subject:
        return "expected", f"`{was}` became `{now}`", False
    return "", "", False


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:67]}…"
