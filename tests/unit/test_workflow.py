"""The two workflows: a step is reached when nothing of it, nor of any before it, is wrong."""

from __future__ import annotations

import pytest

from tenhats.personas import BY_NAME
from tenhats.rule import RULES, Finding
from tenhats.verdicts import Judgement, Outcome, Verdict
from tenhats.workflow import WORKFLOWS, progress, rules_of
from tests.unit.made_up import SPEC, feature, judged, outcome

pytestmark = pytest.mark.req("006-verdicts/FR-007")


EVERYTHING = {code: judged(code) for code in RULES}


def run(*changed: Judgement) -> Outcome:
    changes = {each.rule.code: each for each in changed}
    return outcome(*(EVERYTHING | changes).values())


def reached(workflow: str, outcome_: Outcome) -> list[bool]:
    return [each.reached for each in progress(workflow, feature(), outcome_)]


@pytest.mark.parametrize("workflow", sorted(WORKFLOWS))
def test_a_workflow_has_five_steps_that_somebody_leads(workflow: str) -> None:
    """Every lead is a persona, every rule exists, every step has a command."""
    steps = WORKFLOWS[workflow]
    assert len(steps) == len(reached(workflow, run())) == 5
    for step in steps:
        assert step.lead in {*BY_NAME, "all personas"}
        assert step.support in {*BY_NAME, ""}
        assert set(step.rules) <= {*RULES, "*"}
        assert step.command.startswith("nox -s ")


def test_a_board_needs_all_rules_for_its_last_step() -> None:
    """The last step is that no rule complains."""
    assert rules_of("bmad", RULES.values()) == list(RULES.values())


@pytest.mark.parametrize("workflow", sorted(WORKFLOWS))
def test_a_clean_feature_has_reached_every_step(workflow: str) -> None:
    """Five of five."""
    assert reached(workflow, run()) == [True] * 5


def test_a_missing_test_stops_a_feature_at_its_third_step() -> None:
    """And everything after it."""
    missing = Finding(SPEC, 10, "has no test", "write one")
    steps = list(progress("spec-kit", feature(), run(judged("TST001", Verdict.FAILED, missing))))
    assert [each.reached for each in steps] == [True, True, False, False, False]
    assert steps[2].missing == (("TST001", missing),)
    assert steps[4].missing == (("TST001", missing),)


def test_another_features_finding_does_not_stop_this_one() -> None:
    """But one of the project's own does."""
    other = Finding("specs/002-parting/spec.md", 3, "has no test", "write one")
    longer = Finding("specs/001-greeting-again/spec.md", 3, "has no test", "write one")
    own = Finding("tests/test_greeting.py", 3, "there is no FR-009.", "correct it")
    assert reached("bmad", run(judged("TST001", Verdict.FAILED, other, longer))) == [True] * 5
    assert reached("bmad", run(judged("TST002", Verdict.FAILED, own))) == [True, True, False, False, False]


def test_an_unchecked_rule_leaves_its_step_unreached() -> None:
    """Nothing is reached that was not looked at."""
    steps = list(progress("bmad", feature(), run(judged("DEV001", Verdict.UNCHECKED, reason="no pytest"))))
    assert [each.reached for each in steps] == [True, True, True, False, False]
    assert steps[3].unchecked == ("DEV001",)
