"""The performance engineer's rules, on made-up criteria and medians."""

from __future__ import annotations

import pytest

from tenhats.rules.performance_engineer import budgets
from tests.unit.made_up import (
    SPEC,
    ask,
    benchmarks,
    is_not_applicable,
    is_silent,
    required,
    requirement,
    result,
    suite,
    told,
)

NAME = "001-greeting/SC-001"
FAST = required(requirement("SC-001", "A greeting is made within 50 milliseconds", line=40))
UNTIMED = required(requirement("SC-001", "95 % of users succeed"))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("within 50 milliseconds", 0.05),
        ("in under 2 seconds", 2.0),
        ("in less than 0.5 s", 0.5),
        ("at most 20 µs", 20e-6),
        ("up to 3 minutes", 180.0),
        ("<= 100ms", 0.1),
        ("within 1,5 seconds", 1.5),
        ("within 1,000 ms", 1.0),
        ("within 12,500 ms", 12.5),
        ("under 10 seconds, in 90 % under 2 seconds", 2.0),
    ],
)
def test_a_promised_time_is_read(text: str, seconds: float) -> None:
    """Units, decimals and thousands are understood; the shortest time counts."""
    (budget,) = budgets(required(requirement("SC-001", text)))
    assert budget.seconds == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["95 % of users", "within 3 clicks", "SC-002 holds", "within 5 steps"])
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    """A number without a unit of time promises no time."""
    assert list(budgets(required(requirement("SC-001", text)))) == []


def test_a_functional_requirement_promises_no_time() -> None:
    """Only success criteria are budgets."""
    assert list(budgets(required(requirement(text="System MUST answer within 5 s")))) == []


def test_a_promised_time_without_a_benchmark_is_told_of() -> None:
    """The finding stands at the criterion, and its fix is the mark."""
    findings = ask("PRF001", FAST, suite(), benchmarks())
    message = f"{NAME} promises 50 ms, and no benchmark measures it"
    assert told(findings) == [(SPEC, 40, message)]
    assert f'@pytest.mark.req("{NAME}")' in findings.found[0].fix


def test_a_promised_time_with_a_benchmark_is_accepted() -> None:
    """A benchmark bound to the bare name will do."""
    assert is_silent(ask("PRF001", FAST, suite(), benchmarks(result("passed", "SC-001"))))


def test_without_promised_times_nothing_is_to_be_measured() -> None:
    """Criteria without a time are not applicable, for both rules."""
    assert is_not_applicable(ask("PRF001", UNTIMED, suite(), benchmarks()))
    assert is_not_applicable(ask("PRF002", UNTIMED, benchmarks(result("passed", "SC-001"))))


def test_a_time_that_is_not_kept_is_told_of_at_the_criterion() -> None:
    """The finding names the benchmark, its median and the promise."""
    run = benchmarks(result("passed", NAME), medians={"test_it": 0.2})
    message = "test_it takes 200 ms (median of 7), promised are 50 ms"
    assert told(ask("PRF002", FAST, run)) == [(SPEC, 40, message)]


def test_a_time_that_is_kept_is_accepted() -> None:
    """The promised time itself is still kept."""
    assert is_silent(ask("PRF002", FAST, benchmarks(result("passed", NAME), medians={"test_it": 0.05})))


@pytest.mark.parametrize("outcome", ["passed", "skipped", "xfailed", "failed"])
def test_a_benchmark_that_took_no_time_is_unchecked(outcome: str) -> None:
    """A benchmark that was skipped has not kept its time: nothing passes that was not looked at."""
    findings = ask("PRF002", FAST, benchmarks(result(outcome, NAME)))
    assert findings.found == []
    assert findings.unseen is not None
