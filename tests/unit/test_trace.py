"""From a requirement to its tests and what became of them."""

from __future__ import annotations

import pytest

from tenhats.trace import trace
from tests.unit.made_up import (
    benchmarks,
    bound,
    feature,
    ran,
    required,
    requirement,
    result,
    scenario,
    specs,
    story,
    suite,
)


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["passed"], "passed"),
        (["passed", "skipped"], "passed"),
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
    (traced,) = trace(required(requirement()), suite(bound("FR-001")), run, benchmarks())
    assert (traced.name, traced.line, traced.state) == ("001-greeting/FR-001", 10, state)
    assert traced.tests == ("tests/test_greeting.py::test_it",)


def test_a_requirement_without_tests_is_untested() -> None:
    """Whatever else ran."""
    (traced,) = trace(required(requirement()), suite(), ran(result("passed")), benchmarks())
    assert (traced.state, traced.tests) == ("untested", ())


def test_requirements_come_before_scenarios_and_benchmarks_count() -> None:
    """In the order of the specification; a test bound twice is named once."""
    found = specs(feature(requirement("SC-001", "within 1 ms"), stories=(story(scenario()),)))
    tests = suite(bound("SC-001", "001-greeting/SC-001"), bound("US1.1", id_="test_other"))
    timed = benchmarks(result("passed", "SC-001"))
    traced = list(trace(found, tests, ran(result("failed", "US1.1")), timed))
    assert [(each.name, each.state, len(each.tests)) for each in traced] == [
        ("001-greeting/SC-001", "passed", 1),
        ("001-greeting/US1.1", "failing", 1),
    ]
