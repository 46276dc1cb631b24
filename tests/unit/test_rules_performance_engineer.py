"""The performance engineer's rules, on made-up criteria and medians."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.growth import Grown, Growths, measure_growths, slope
from tenhats.facts.profiled import Hot, Profile
from tenhats.rules.performance_engineer import budgets
from tenhats.settings import Growth, Pipeline
from tests.unit import made_up
from tests.unit.made_up import (
    SPEC,
    TESTS,
    ask,
    benchmarks,
    is_not_applicable,
    is_silent,
    project,
    required,
    requirement,
    result,
    suite,
    told,
)

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-006")


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
    assert len(list(budgets(required(requirement("SC-001", f"{text} within 5 s"))))) == 1


def test_a_functional_requirement_promises_no_time() -> None:
    """Only success criteria are budgets."""
    text = "System MUST answer within 5 s"
    assert list(budgets(required(requirement(text=text)))) == []
    assert len(list(budgets(required(requirement("SC-001", text))))) == 1


def test_a_promised_time_without_a_benchmark_is_told_of() -> None:
    """The finding stands at the criterion, and its fix is the mark."""
    findings = ask("PRF001", FAST, suite(), benchmarks(), project())
    message = f"{NAME} promises 50 ms, and no benchmark measures it"
    assert told(findings) == [(SPEC, 40, message)]
    assert f'@pytest.mark.req("{NAME}")' in findings.found[0].fix


def test_a_promised_time_with_a_benchmark_is_accepted() -> None:
    """A benchmark bound to the bare name will do."""
    assert is_silent(ask("PRF001", FAST, suite(), benchmarks(result("passed", "SC-001")), project()))


def test_a_time_that_a_pipeline_keeps_needs_no_benchmark() -> None:
    """Its run is the measurement."""
    named = Pipeline("orders", (), (), None, 7, requirements=("SC-001",))
    assert is_silent(ask("PRF001", FAST, suite(), benchmarks(), project(pipelines=(named,))))


def test_without_promised_times_nothing_is_to_be_measured() -> None:
    """Criteria without a time are not applicable, for both rules."""
    assert is_not_applicable(ask("PRF001", UNTIMED, suite(), benchmarks(), project()))
    assert is_not_applicable(ask("PRF002", UNTIMED, benchmarks(result("passed", "SC-001"))))


def test_a_time_that_is_not_kept_is_told_of_at_the_criterion() -> None:
    """The finding names the benchmark, its median and the promise."""
    run = benchmarks(result("passed", NAME), medians={"test_it": 0.2})
    message = "test_it takes 200 ms (median of 7), promised are 50 ms"
    assert told(ask("PRF002", FAST, run)) == [(SPEC, 40, message)]


def test_a_time_that_is_not_kept_names_the_hottest_function() -> None:
    """With its place and its part, where the benchmark was profiled."""
    hot = Profile(f"{TESTS}::test_it", True, 0, 0, 0, Hot("greet", "src/greeter/greeting.py", 3, 0.82))
    run = benchmarks(result("passed", NAME), medians={"test_it": 0.2}, profiles=(hot,))

    fix = "82% of it is greet (src/greeter/greeting.py:3); see where the time goes: nox -s profile -- test_it"
    assert fix == ask("PRF002", FAST, run).found[0].fix


def test_a_time_that_is_kept_is_accepted() -> None:
    """The promised time itself is still kept."""
    assert is_silent(ask("PRF002", FAST, benchmarks(result("passed", NAME), medians={"test_it": 0.05})))


@pytest.mark.parametrize("outcome", ["passed", "skipped", "xfailed", "failed"])
def test_a_benchmark_that_took_no_time_is_unchecked(outcome: str) -> None:
    """A benchmark that was skipped has not kept its time: nothing passes that was not looked at."""
    findings = ask("PRF002", FAST, benchmarks(result(outcome, NAME)))
    assert findings.found == []
    assert findings.unseen is not None


GROWTH = Growth("ranking", "greeter:rank", "tests.sizes:names", 1.0, "001-greeting/SC-004", 30)
SIZES = (100, 200, 400, 800)


def grown(exponent: float | None, **more: Any) -> Growths:
    """A measurement of the one declared growth."""
    times = tuple(0.001 * (size / 100) ** (exponent or 0) for size in SIZES)
    return Growths((Grown("ranking", exponent, SIZES, times, **more),))


def test_a_growth_beyond_its_promise_is_found() -> None:
    """With what was measured at each size."""
    given = made_up.project(growth=(GROWTH,))
    found = ask("PRF004", given, made_up.specs(), grown(2.0))

    assert [("pyproject.toml", 30)] == [each[:2] for each in told(found)]
    assert "power 2.00, promised is 1: 1 ms at 100, 4 ms at 200" in told(found)[0][2]


@pytest.mark.parametrize("exponent", [0.1, 1.0, 1.2])
def test_a_growth_within_its_promise_passes(exponent: float) -> None:
    """Also with the tolerance that caches of processors need."""
    assert is_silent(ask("PRF004", made_up.project(growth=(GROWTH,)), made_up.specs(), grown(exponent)))


def test_times_that_do_not_agree_are_unchecked() -> None:
    """And are no finding."""
    given = made_up.project(growth=(GROWTH,))
    found = ask("PRF004", given, made_up.specs(), grown(1.5, is_noise=True))

    assert ([], True) == (told(found), found.unseen is not None)


@pytest.mark.parametrize("words", ["in O(n log n)", "in time O(1)", "in time linear in the number of names"])
def test_a_promised_order_wants_a_measurement(words: str) -> None:
    """It is bound to the requirement by its `promise`."""
    given = made_up.required(made_up.requirement("SC-004", f"Names MUST be ranked {words}"))

    assert 1 == len(told(ask("PRF004", made_up.project(), given, Growths())))
    assert is_silent(ask("PRF004", made_up.project(growth=(GROWTH,)), given, grown(1.0)))


def test_without_a_growth_there_is_nothing_to_measure() -> None:
    """Most projects promise none."""
    assert is_not_applicable(ask("PRF004", made_up.project(), made_up.specs(), Growths()))


@pytest.mark.parametrize("power", [0, 1, 2])
def test_the_slope_is_the_power(power: int) -> None:
    """Of times that grow exactly so."""
    assert pytest.approx(power) == slope(SIZES, [0.01 * size**power for size in SIZES])


@pytest.mark.parametrize(("call", "least", "most"), [("linear", 0.6, 1.4), ("square", 1.6, 2.4)])
def test_the_probe_times_a_function(tmp_path: Path, call: str, least: float, most: float) -> None:
    """A loop, and a loop within a loop, are told apart."""
    source = (
        "def numbers(n):\n    return list(range(n))\n\n\n"
        "def linear(a):\n    return sum(x * 2 for x in a)\n\n\n"
        "def square(a):\n    return sum(x * y for x in a for y in a)\n"
    )
    growth = Growth("it", f"sized:{call}", "sized:numbers", 1.0, "", 1)
    project = made_up.folder(tmp_path, {"src/sized.py": source}, growth=(growth,))
    environment = ProjectEnvironment(str(tmp_path), sys.executable, "")

    (measured,) = measure_growths(project, environment).grown

    assert least < (measured.exponent or 0.0) < most


def test_a_function_that_is_not_there_is_a_trouble(tmp_path: Path) -> None:
    """It is told what Python says."""
    growth = Growth("it", "nowhere:f", "nowhere:g", 1.0, "", 1)
    environment = ProjectEnvironment(str(tmp_path), sys.executable, "")

    (measured,) = measure_growths(made_up.project(tmp_path, growth=(growth,)), environment).grown

    assert measured.exponent is None
    assert "nowhere" in measured.trouble
