"""The test engineer's rules, on made-up specifications, suites and runs."""

from __future__ import annotations

import pytest

from tests.unit.made_up import (
    SPEC,
    TESTS,
    ask,
    benchmarks,
    bound,
    feature,
    is_not_applicable,
    is_silent,
    measured,
    project,
    ran,
    required,
    requirement,
    result,
    scenario,
    specs,
    story,
    suite,
    told,
)

pytestmark = pytest.mark.req("004-proof/FR-009")


GREETING = required(requirement())
TRIED = specs(feature(stories=(story(scenario("US1.1"), scenario("US1.2", line=21)),)))


def test_a_requirement_without_a_test_is_told_of_at_the_requirement() -> None:
    """The fix is the mark to paste."""
    findings = ask("TST001", GREETING, suite(bound()))
    assert told(findings) == [(SPEC, 10, "001-greeting/FR-001 has no test")]
    assert findings.found[0].fix == '@pytest.mark.req("001-greeting/FR-001")'


def test_a_requirement_with_a_test_is_accepted() -> None:
    """The whole name will do, and so will the bare one while it is the only one."""
    assert is_silent(ask("TST001", GREETING, suite(bound("001-greeting/FR-001"))))
    assert is_silent(ask("TST001", GREETING, suite(bound("FR-001"))))


def test_a_bare_name_that_two_features_have_binds_neither() -> None:
    """An ambiguous binding is no binding."""
    both = specs(feature(requirement()), feature(requirement(feature="002-parting"), name="002-parting"))
    assert len(ask("TST001", both, suite(bound("FR-001"))).found) == 2


def test_without_requirements_there_is_nothing_to_test() -> None:
    """A project without requirements is not applicable."""
    assert is_not_applicable(ask("TST001", specs(), suite(bound())))


def test_a_mistyped_name_is_told_of_at_the_mark() -> None:
    """The nearest name is offered."""
    findings = ask("TST002", GREETING, suite(bound("001-greeting/FR-011")))
    message = "there is no 001-greeting/FR-011. Did you mean 001-greeting/FR-001?"
    assert told(findings) == [(TESTS, 7, message)]


def test_an_ambiguous_name_is_told_of() -> None:
    """The features that have it are named."""
    both = specs(feature(requirement()), feature(requirement(feature="002-parting"), name="002-parting"))
    findings = ask("TST002", both, suite(bound("FR-001")))
    assert told(findings) == [(TESTS, 7, "FR-001 is ambiguous: 001-greeting/FR-001, 002-parting/FR-001")]
    assert findings.found[0].fix == 'name the feature too: "001-greeting/FR-001"'


def test_names_that_exist_are_accepted() -> None:
    """Scenarios are names too."""
    assert is_silent(ask("TST002", TRIED, suite(bound("001-greeting/US1.2", "US1.1"))))


def test_a_bare_tag_that_nothing_has_is_advice() -> None:
    """It may be the key of another system; with a feature before it, it cannot. Words never block."""
    tests = (
        bound("SEC-77", by="tag"),
        bound("001-greeting/FR-077"),
        bound("Given a\nThen b", by="words"),
        bound("FR-001", by="tag"),
    )
    findings = ask("TST002", GREETING, suite(*tests))
    assert [each.message.partition(".")[0] for each in findings.found] == ["there is no 001-greeting/FR-077"]
    assert [each.message for each in findings.advised] == ["there is no SEC-77."]
    assert findings.looked_at == 3


def test_the_words_of_a_scenario_bind_it() -> None:
    """Case, Markdown, quotation marks, white space and punctuation around words make no difference."""
    words = "GIVEN a  name\nWhen 'asked'.\nThen `greeted`!"
    findings = ask("TST004", specs(feature(stories=(story(scenario()),))), suite(bound(words, by="words")))
    assert is_silent(findings)


def test_words_that_two_scenarios_have_bind_neither() -> None:
    """Nobody can say which was meant."""
    tests = suite(bound("Given a name\nWhen asked\nThen greeted", by="words"))
    assert len(ask("TST004", TRIED, tests).found) == 2


def test_a_scenario_without_a_then_asserts_nothing() -> None:
    """If it is bound by a tag; one whose words nobody specified may do as it likes."""
    tests = (bound("FR-001", asserts=False, by="tag"), bound("Given a\nWhen b", asserts=False, by="words"))
    assert len(ask("TST003", suite(*tests)).found) == 1


def test_a_name_that_only_a_run_shows_is_told_of_at_the_test() -> None:
    """The nearest name is offered; what the source shows is left to TST002."""
    run = ran(result("passed", "001-greeting/FR-001", "001-greeting/FR-011", "FR-099"))
    findings = ask("TST013", GREETING, suite(bound("FR-099")), run, benchmarks())
    assert told(findings) == [
        (TESTS, 8, "there is no 001-greeting/FR-011. Did you mean 001-greeting/FR-001?")
    ]


def test_names_that_exist_are_accepted_when_tests_run() -> None:
    """Of benchmarks too."""
    findings = ask("TST013", GREETING, suite(), ran(), benchmarks(result("passed", "FR-001")))
    assert is_silent(findings)


def test_if_no_test_that_ran_is_bound_no_name_is_looked_at() -> None:
    """An unbound run is not applicable; one bound test makes it so."""
    assert is_not_applicable(ask("TST013", GREETING, suite(), ran(result()), benchmarks()))
    assert is_silent(ask("TST013", GREETING, suite(), ran(result("passed", "FR-001")), benchmarks()))


def test_without_bindings_there_is_no_name_to_check() -> None:
    """A suite that binds nothing is not applicable."""
    assert is_not_applicable(ask("TST002", GREETING, suite(bound())))


def test_a_bound_test_that_asserts_nothing_is_told_of_at_the_test() -> None:
    """A test that is not bound may do as it likes."""
    tests = (bound("FR-001", asserts=False), bound(asserts=False, id_="test_other"))
    findings = ask("TST003", suite(*tests))
    assert told(findings) == [(TESTS, 8, "test_it asserts nothing")]


def test_a_bound_test_that_asserts_is_accepted() -> None:
    """One assertion is enough."""
    assert is_silent(ask("TST003", suite(bound("FR-001"))))


def test_without_bound_tests_no_assertion_is_asked_for() -> None:
    """Unbound tests are not applicable; beside a bound one they are not counted."""
    assert is_not_applicable(ask("TST003", suite(bound(asserts=False))))
    assert ask("TST003", suite(bound(asserts=False), bound("FR-001"))).looked_at == 1


def test_a_scenario_without_a_test_is_told_of_at_the_scenario() -> None:
    """Each scenario is asked for by its number."""
    findings = ask("TST004", TRIED, suite(bound("001-greeting/US1.1")))
    assert told(findings) == [(SPEC, 21, "001-greeting/US1.2 has no test")]
    assert findings.found[0].fix == '@pytest.mark.req("001-greeting/US1.2")'


def test_scenarios_with_tests_are_accepted() -> None:
    """One test may try two scenarios."""
    assert is_silent(ask("TST004", TRIED, suite(bound("US1.1", "001-greeting/US1.2"))))


def test_without_scenarios_there_is_nothing_to_try() -> None:
    """A specification without scenarios is not applicable; SPC004 speaks of the story."""
    assert is_not_applicable(ask("TST004", GREETING, suite()))


def test_too_little_coverage_is_told_of_at_the_first_gap() -> None:
    """Each file with a gap is named, and a file without is not."""
    run = ran(files=(measured(covered=4, first=6), measured("src/greeter/__init__.py")))
    findings = ask("TST005", project(coverage=80), run)
    message = (
        "coverage is 70.0 %, wanted 80 %; 6 lines of src/greeter/greeting.py are never run, the first is this"
    )
    assert told(findings) == [("src/greeter/greeting.py", 6, message)]


def test_enough_coverage_is_accepted() -> None:
    """The threshold itself is enough."""
    assert is_silent(ask("TST005", project(coverage=80), ran(files=(measured(covered=8, first=6),))))


def test_a_run_that_was_not_measured_is_unchecked() -> None:
    """Where coverage.py saw no file, nobody can say how much was covered."""
    assert ask("TST005", project(), ran()).unseen == "no test run was measured by coverage.py"
