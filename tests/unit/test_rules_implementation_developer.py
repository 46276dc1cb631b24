"""The implementation developer's rules, on made-up runs and tools."""

from __future__ import annotations

import pytest

from tenhats.facts.style import Formatting, Lint, Types
from tenhats.facts.testrun import Breakage
from tenhats.rule import Findings
from tests.unit.made_up import (
    SPEC,
    TESTS,
    ask,
    behaved,
    benchmarks,
    bound,
    complaint,
    function,
    functions,
    is_not_applicable,
    is_silent,
    ran,
    reach,
    required,
    requirement,
    result,
    suite,
    told,
)

pytestmark = pytest.mark.req("005-code-and-documentation/FR-004")


GREETING = required(requirement())
BOUND = suite(bound("FR-001"))


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("failed", "failed: assert 1 == 2"),
        ("error", "broke in its set-up: assert 1 == 2"),
        ("xpassed", "was expected to fail and passed: assert 1 == 2"),
        ("not run", "not run: assert 1 == 2"),
    ],
)
def test_a_test_that_does_not_pass_is_told_of(outcome: str, said: str) -> None:
    """The finding says what became of the test, and stands where it failed."""
    run = ran(result(outcome, message="assert 1 == 2", line=30))
    assert told(ask("DEV001", suite(), run, benchmarks(), behaved())) == [(TESTS, 30, f"test_it {said}")]


def test_a_benchmark_that_fails_is_told_of() -> None:
    """The benchmarks are tests too."""
    findings = ask(
        "DEV001", suite(), ran(result()), benchmarks(result("failed", id_="test_speed")), behaved()
    )
    assert told(findings) == [(TESTS, 8, "test_speed failed")]


def test_a_file_that_cannot_be_collected_is_told_of_once() -> None:
    """Both runs stumble over it; Python's own line is the better one."""
    broken = (Breakage(TESTS, 1, "SyntaxError"),)
    findings = ask(
        "DEV001",
        suite(unreadable=((TESTS, 5, "invalid syntax"),)),
        ran(broken=broken),
        benchmarks(broken=broken),
        behaved(),
    )
    assert told(findings) == [(TESTS, 5, "cannot be run: invalid syntax")]


@pytest.mark.parametrize("outcome", ["passed", "skipped", "xfailed"])
def test_tests_that_pass_are_accepted(outcome: str) -> None:
    """A skipped test is no failure; whether it proves anything is asked by DEV002."""
    assert is_silent(ask("DEV001", suite(), ran(result(outcome)), benchmarks(), behaved()))


def test_without_tests_nothing_can_fail() -> None:
    """A project without tests is not applicable; TST001 speaks of the requirements."""
    assert is_not_applicable(ask("DEV001", suite(), ran(), benchmarks(), behaved()))


@pytest.mark.parametrize("outcome", ["skipped", "xfailed"])
def test_a_requirement_whose_tests_prove_nothing_is_told_of(outcome: str) -> None:
    """Skipped and expected to fail prove nothing."""
    findings = ask("DEV002", GREETING, ran(result(outcome, "FR-001")), benchmarks(), BOUND, behaved())
    message = f"001-greeting/FR-001 is not proven: its tests are {outcome}"
    assert told(findings) == [(SPEC, 10, message)]


def test_a_requirement_whose_test_never_ran_is_told_of() -> None:
    """A bound test that pytest did not collect proves nothing."""
    findings = ask("DEV002", GREETING, ran(), benchmarks(), BOUND, behaved())
    assert told(findings) == [(SPEC, 10, "001-greeting/FR-001 is not proven: its tests are never run")]


def test_one_test_that_passed_proves_a_requirement() -> None:
    """Another one may be skipped; a benchmark will do."""
    run = ran(result("skipped", "FR-001"))
    assert is_silent(ask("DEV002", GREETING, run, benchmarks(result("passed", "FR-001")), BOUND, behaved()))


def test_a_failing_test_is_told_of_once() -> None:
    """DEV001 speaks of a failing test; DEV002 does not repeat it."""
    assert (
        ask("DEV002", GREETING, ran(result("failed", "FR-001")), benchmarks(), BOUND, behaved()).found == []
    )


SCENARIO = suite(scenarios={"features/a.feature:3": ("FR-001",)})


def test_a_scenario_that_behave_ran_is_a_test() -> None:
    """It fails like one, and proves like one."""
    failed = ask("DEV001", suite(), ran(), benchmarks(), behaved(result("failed", id_="by name")))
    assert told(failed) == [(TESTS, 8, "by name failed")]
    assert is_silent(ask("DEV002", GREETING, ran(), benchmarks(), BOUND, behaved(result("passed", "FR-001"))))


def test_without_behave_its_scenarios_are_unchecked() -> None:
    """What only they prove is neither proven nor complained of; all else is judged."""
    missing = behaved(unseen="behave is not installed")
    tests = ask("DEV001", suite(), ran(result("failed")), benchmarks(), missing)
    assert (len(tests.found), tests.unseen) == (1, "behave is not installed")
    both = suite(bound("FR-001"), bound("FR-002"), scenarios=SCENARIO.scenarios)
    specified = required(requirement(), requirement("FR-002", line=11))
    proofs = ask("DEV002", specified, ran(), benchmarks(), both, missing)
    assert [line for _, line, _ in told(proofs)] == [11]
    assert proofs.unseen == "behave is not installed"


def test_a_file_that_nobody_tried_to_run_is_told_of_too() -> None:
    """A feature file that cannot be parsed is a failure even if nothing runs it."""
    broken = suite(unreadable=(("features/a.feature", 2, "expected: #TagLine"),))
    findings = ask("DEV001", broken, ran(), benchmarks(), behaved())
    assert told(findings) == [("features/a.feature", 2, "cannot be run: expected: #TagLine")]


def test_without_bound_tests_nothing_is_to_be_proven() -> None:
    """A requirement without a test is TST001's concern."""
    assert is_not_applicable(ask("DEV002", GREETING, ran(), benchmarks(), suite(), behaved()))


def test_what_ruff_finds_is_handed_on() -> None:
    """The finding has ruff's code, place and remedy."""
    found = complaint("src/a.py", 3, "F401", "`os` imported but unused", "Remove unused import")
    findings = ask("DEV003", Lint(("src/a.py",), (found,)))
    assert told(findings) == [("src/a.py", 3, "F401: `os` imported but unused")]
    assert findings.found[0].fix == "Remove unused import"


def test_an_unformatted_file_is_told_of() -> None:
    """The fix is the command."""
    found = complaint("src/a.py", 2, "format", "this file is not formatted")
    findings = ask("DEV004", Formatting(("src/a.py",), (found,)))
    assert told(findings) == [("src/a.py", 2, "format: this file is not formatted")]
    assert findings.found[0].fix == "ruff format"


def test_what_mypy_finds_is_handed_on() -> None:
    """The finding has mypy's code and place."""
    findings = ask("DEV005", Types(("src/a.py",), (complaint("src/a.py", 7, "arg-type", "no"),)))
    assert told(findings) == [("src/a.py", 7, "arg-type: no")]


@pytest.mark.parametrize(("code", "kind"), [("DEV003", Lint), ("DEV004", Formatting), ("DEV005", Types)])
def test_a_tool_without_complaints_is_content(code: str, kind: type[Lint]) -> None:
    """A tool that looked at a file and found nothing passes; without files it is not applicable."""
    assert is_silent(ask(code, kind(("src/a.py",))))
    assert is_not_applicable(ask(code, kind()))


def served(*, by: str = "FR-001", executed: tuple[int, ...] = (4,), name: str = "greet") -> Findings:
    """What DEV006 finds of one function whose body is lines 4 to 6."""
    names = (by,) if by else ()
    run = ran(result("passed", *names), reach=reach(test_it=executed))
    return ask("DEV006", functions(function(name, 3, 6)), run)


def test_a_function_that_a_bound_test_executes_serves() -> None:
    """Nothing is said of it."""
    assert is_silent(served())


def test_a_function_that_serves_nothing_is_named() -> None:
    """At its own line, and how it is executed all the same."""
    assert [("src/greeter/greeting.py", 3, "greet serves no requirement: it is executed by no test")] == told(
        served(executed=(9,))
    )
    assert "by tests that are bound to no requirement only" in told(served(by=""))[0][2]


def test_a_function_that_is_not_public_is_only_worth_a_look() -> None:
    """It may be a part of one that serves."""
    found = served(executed=(9,), name="_greet")

    assert [] == told(found)
    assert ["src/greeter/greeting.py"] == [each.path for each in found.advised]


def test_a_function_of_a_bound_test_that_fails_serves_all_the_same() -> None:
    """Somebody asks for it; that the test fails is said elsewhere."""
    run = ran(result("failed", "FR-001"), reach=reach(test_it=(4,)))

    assert is_silent(ask("DEV006", functions(function("greet", 3, 6)), run))


def test_what_a_file_that_was_not_collected_may_execute_is_unchecked() -> None:
    """A broken test file is one mistake, not one for each function that its tests execute."""
    broken = (Breakage("tests/test_greeting.py", 1, "ImportError: no module named that"),)
    run = ran(result("passed", "FR-001"), reach=reach(test_it=(4,)), broken=broken)

    found = ask("DEV006", functions(function("greet", 3, 6), function("leave", 8, 9)), run)

    assert [] == told(found)
    why = "1 of 2 functions are executed by no test that ran, and tests/test_greeting.py could not be run"
    assert why == found.unseen


def test_a_run_that_nobody_measured_says_nothing_of_functions() -> None:
    """They are unchecked, not unasked for."""
    found = ask("DEV006", functions(function()), ran(result("passed", "FR-001")))

    assert "no test run was measured by coverage.py" == found.unseen
