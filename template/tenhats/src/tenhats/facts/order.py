"""Whether what a test says depends on the tests that ran before it: the suite is run from back to front.

That changes the places of every two tests, where a shuffle changes those of every second pair; so a test
that depends on another is found in the change that brings it, and a change that mends it is seen to do so.
What then fails is run again, alone on the machine, until it is known that it is the order, and which other
test it is. (A. Shi et al., “iFixFlakies: a framework for automatically fixing order-dependent flaky tests”,
ESEC/FSE 2019: a *brittle* fails alone, a *victim* after a *polluter*.)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.recorded import room_of, run_recorded
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import TestRun

_PLUGIN = "tenhats.probes.tenhats_order"
_MOST_LOOKED_INTO = 5
_FAILED = {"failed", "error"}

Run = Callable[[Sequence[str]], dict[str, str]]


@dataclass(frozen=True)
class Backwards:
    """What the tests said from back to front: their outcomes by id, as they ran; or why that is not known."""

    outcomes: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True)
class Dependent:
    """A test that passes in the usual order and fails from back to front.

    `cause` is `alone` if it fails alone, `after` if it fails after the test `other`, `order` if no single
    test explains it, and `unsteady` if it said something else when it was run again in the same order.
    """

    id: str
    cause: str
    other: str = ""


@dataclass(frozen=True)
class OrderDependence:
    """The tests whose outcome changed with the order."""

    tests: tuple[Dependent, ...] = ()


@fact(reads=("*",))
def run_backwards(
    project: Project, environment: ProjectEnvironment, suite: TestSuite, run: TestRun
) -> Backwards:
    """Run the suite once more, without coverage and benchmarks, if two tests of it pass."""
    if sum(each.outcome == "passed" for each in run.results) < 2:
        return Backwards()
    outcomes, trouble = _run(project, environment, suite)
    return Backwards(outcomes, trouble)


@fact(reads=("*",), alone=True)
def look_into_order(
    project: Project,
    environment: ProjectEnvironment,
    suite: TestSuite,
    run: TestRun,
    backwards: Backwards,
) -> OrderDependence:
    """Run again what failed from back to front, with nothing of ours beside it."""
    usual = [each.id for each in run.results]
    passed = {each.id for each in run.results if each.outcome == "passed"}
    turned = list(backwards.outcomes)
    suspects = [test for test in turned if test in passed and backwards.outcomes[test] in _FAILED]
    if not suspects:
        return OrderDependence()

    def again(tests: Sequence[str]) -> dict[str, str]:
        return _run(project, environment, suite, tests)[0]

    return OrderDependence(tuple(look_into(suspects, usual, turned, again)))


def look_into(
    suspects: Sequence[str], usual: Sequence[str], turned: Sequence[str], run: Run
) -> list[Dependent]:
    """Find out of each suspect whether it is the order that it depends on, and on which test.

    Args:
        suspects: The tests that passed in the usual order and failed in the other, as they ran there.
        usual: All tests in the usual order.
        turned: All tests in the other order.
        run: Runs tests in the order given and returns their outcomes by id.
    """
    in_turn = run(_until(turned, suspects))
    as_usual = run(_until(usual, suspects))
    found: list[Dependent] = []
    others: list[str] = []
    looked_into = 0
    for test in suspects:
        if in_turn.get(test) not in _FAILED or as_usual.get(test) != "passed":
            found.append(Dependent(test, "unsteady"))
        elif looked_into == _MOST_LOOKED_INTO:
            found.append(Dependent(test, "order"))
        else:
            looked_into += 1
            each = _explained(test, turned[: turned.index(test)], others, run)
            others += [each.other] if each.other and each.other not in others else []
            found.append(each)
    return found


def _until(order: Sequence[str], tests: Sequence[str]) -> Sequence[str]:
    """The tests in this order, up to the last of those that are asked for."""
    wanted = set(tests)
    last = max((place for place, test in enumerate(order) if test in wanted), default=-1)
    return order[: last + 1]


def _explained(test: str, before: Sequence[str], known: Sequence[str], run: Run) -> Dependent:
    """Why a test fails after these: what is known to spoil others is tried first, then halves of halves."""

    def fails_after(tests: Sequence[str]) -> bool:
        return run([*tests, test]).get(test) in _FAILED

    if fails_after(()):
        return Dependent(test, "alone")
    for other in known:
        if other in before and fails_after((other,)):
            return Dependent(test, "after", other)
    left = list(before)
    while len(left) > 1:
        half = len(left) // 2
        left = left[half:] if fails_after(left[half:]) else left[:half]
    if left and fails_after(left):
        return Dependent(test, "after", left[0])
    return Dependent(test, "order")


def _run(
    project: Project, environment: ProjectEnvironment, suite: TestSuite, tests: Sequence[str] = ()
) -> tuple[dict[str, str], str]:
    """Outcomes by id, in the order of the run: all tests from back to front, or these as they are given."""
    room = room_of(project, "again" if tests else "backwards")
    plan = room / "order.json"
    if tests:
        plan.write_text(json.dumps(list(tests)), encoding="utf-8")
    results, broken = run_recorded(
        project,
        suite,
        [environment.interpreter(), "-m", "pytest", "--maxfail=0", "--tb=short"],
        room,
        "without",
        plugins=(_PLUGIN,),
        env={"TENHATS_ORDER": str(plan) if tests else ""},
    )
    outcomes = {each.id: each.outcome for each in results}
    return outcomes, broken[0].message if broken and not outcomes else ""
