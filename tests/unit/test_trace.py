"""From a requirement to the lines that fulfil it, and what is known of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenhats.facts import suite as suite_fact
from tenhats.facts import testrun
from tenhats.facts.specs import Specs
from tenhats.trace import State, Traced, serving, trace
from tests.unit.made_up import (
    behaved,
    benchmarks,
    bite,
    bound,
    feature,
    function,
    functions,
    ran,
    reach,
    required,
    requirement,
    result,
    scenario,
    specs,
    story,
    suite,
)

pytestmark = pytest.mark.req("004-proof/FR-008")


def traced(
    of: Specs,
    tests: suite_fact.TestSuite,
    run: testrun.TestRun,
    timed: testrun.Benchmarks | None = None,
    **noticed: bool | None,
) -> list[Traced]:
    """The trace where one function is reached by nobody in particular."""
    return list(
        trace(of, tests, run, timed or benchmarks(), behaved(), bite(**noticed), functions(function()))
    )


@pytest.mark.req("004-proof/SC-001")
@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["passed"], "proven"),
        (["passed", "skipped"], "proven"),
        (["skipped"], "skipped"),
        (["xfailed"], "skipped"),
        ([], "skipped"),
        (["passed", "failed"], "failing"),
        (["error"], "failing"),
        (["xpassed"], "failing"),
    ],
)
def test_a_state_is_that_of_the_worst_test_that_says_anything(outcomes: list[str], state: str) -> None:
    """One failure outweighs all; what was skipped proves nothing."""
    run = ran(*(result(outcome, "FR-001") for outcome in outcomes))

    (one,) = traced(required(requirement()), suite(bound("FR-001")), run, test_it=True)

    assert ("001-greeting/FR-001", 10, state) == (one.name, one.line, one.state)
    assert ("tests/test_greeting.py::test_it",) == one.tests


@pytest.mark.parametrize("noticed", [False, None])
def test_a_test_that_does_not_bite_proves_nothing(noticed: bool | None) -> None:
    """Nor does one of which it is not known."""
    run = ran(result("passed", "FR-001"))

    (one,) = traced(required(requirement()), suite(bound("FR-001")), run, test_it=noticed)

    assert State.UNPROVEN == one.state


def test_one_biting_test_is_enough() -> None:
    """A requirement with two tests is proven if one of them would have failed."""
    run = ran(result("passed", "FR-001"), result("passed", "FR-001", id_="test_other"))
    tests = suite(bound("FR-001"), bound("FR-001", id_="test_other"))

    (one,) = traced(required(requirement()), tests, run, test_it=False, test_other=True)

    assert State.PROVEN == one.state
    assert [False, True] == [proof.bites for proof in one.proofs]


@pytest.mark.parametrize(("outcome", "state"), [("passed", "suspect"), ("failed", "failing")])
def test_reworded_requirements_are_suspect(outcome: str, state: str) -> None:
    """However well their tests bite; a test that fails is more than suspect."""
    run = ran(result(outcome, "FR-001"))
    facts = (
        required(requirement()),
        suite(bound("FR-001")),
        run,
        benchmarks(),
        behaved(),
        bite(test_it=True),
        functions(),
    )

    (one,) = trace(*facts, suspects={"001-greeting/FR-001"})

    assert state == one.state


def test_what_was_recorded_of_the_time_before_is_told() -> None:
    """With the requirement that it was recorded for."""
    facts = (required(requirement()), suite(), ran(), benchmarks(), behaved(), bite(), functions())

    (one,) = trace(*facts, red={"001-greeting/FR-001": "c0ffee: failed"})

    assert "c0ffee: failed" == one.red


def test_a_requirement_without_tests_is_untested() -> None:
    """Whatever else ran."""
    (one,) = traced(required(requirement()), suite(), ran(result("passed")))

    assert (State.UNTESTED, ()) == (one.state, one.tests)


def test_what_was_withdrawn_is_retired() -> None:
    """It comes last, and needs no test."""
    gone = replace(requirement("FR-002"), line=30)

    *_, last = traced(specs(feature(requirement(), withdrawn=(gone,))), suite(), ran())

    assert ("001-greeting/FR-002", State.RETIRED) == (last.name, last.state)


def test_requirements_come_before_scenarios_and_benchmarks_count() -> None:
    """A success criterion that a benchmark measured is proven by it, if the benchmark bites."""
    both = specs(feature(requirement("SC-001"), stories=(story(scenario()),)))
    timed = benchmarks(result("passed", "SC-001"))

    first, second = traced(both, suite(bound("SC-001", timed=True)), ran(), timed=timed, test_it=True)

    assert ("001-greeting/SC-001", State.PROVEN) == (first.name, first.state)
    assert ("001-greeting/US1.1", State.UNTESTED) == (second.name, second.state)


@pytest.mark.req("004-proof/US1.1")
def test_the_lines_that_passing_tests_execute_fulfil_a_requirement() -> None:
    """Each line belongs to the innermost function; what failing tests execute counts for nothing."""
    run = ran(
        result("passed", "FR-001"),
        result("failed", "FR-002", id_="test_other"),
        reach=reach(test_it=[4, 5, 8], test_other=[4]),
    )
    inner, outer = function("greet.inner", 7, 8), function("greet", 3, 9)
    facts = (
        required(requirement(), requirement("FR-002")),
        suite(bound("FR-001"), bound("FR-002", id_="test_other")),
        run,
        benchmarks(),
        behaved(),
        bite(test_it=True),
        functions(outer, inner),
    )

    found = list(trace(*facts))

    assert [("greet", (4, 5)), ("greet.inner", (8,))] == [
        (part.function.name, part.lines) for part in found[0].parts
    ]
    assert () == found[1].parts
    assert {
        ("src/greeter/greeting.py", 3): ["001-greeting/FR-001"],
        ("src/greeter/greeting.py", 7): ["001-greeting/FR-001"],
    } == serving(found)
