"""The specification engineer's rules on what is said twice, on made-up features."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tenhats.formats.model import Status, Term
from tests.unit.made_up import (
    SPEC,
    ask,
    feature,
    hinted,
    is_not_applicable,
    is_silent,
    requirement,
    scenario,
    specs,
    story,
    task,
    told,
)

pytestmark = pytest.mark.req("002-judging-specifications/FR-003")


DONE = task(done=True)
OPEN = task(done=False, line=9)
SPRINT = "_bmad-output/sprint-status.yaml"


def status(text: str) -> Status:
    """A status on line 4."""
    return Status(SPEC, 4, text)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("Implemented", (DONE,)),
        ("✅ **Complete** (2026-01-31)", (DONE,)),
        ("In Progress", (DONE, OPEN)),
        ("Draft", (DONE, OPEN)),
        ("Implemented (web only)", (DONE, OPEN)),
        ("Done", (DONE, replace(OPEN, text="Measure it (optional)"))),
        ("Done", (DONE, replace(OPEN, has_box=False))),
        (
            "Done",
            (DONE, replace(OPEN, text="Measure it (deferred)"), replace(OPEN, name="", text="on a phone")),
        ),
    ],
)
def test_a_status_that_claims_no_more_is_accepted(text: str, tasks: tuple[object, ...]) -> None:
    """Limited claims and tasks that were put off included."""
    findings = ask("SPC019", specs(feature(status=status(text), tasks=tasks)))
    assert is_silent(findings)
    assert hinted(findings) == []


@pytest.mark.parametrize("text", ["Implemented", "✅ Done", "completed 2026-01-31", "已完成"])
def test_a_status_with_open_tasks_is_told_of(text: str) -> None:
    """At the status, with the first open task."""
    findings = ask("SPC019", specs(feature(status=status(text), tasks=(DONE, OPEN))))
    message = f"001-greeting is “{text}”, and 1 of its 2 tasks are open: T001 on line 9 of tasks.md"
    assert told(findings) == [(SPEC, 4, message)]


def test_a_finished_feature_without_tasks_is_told_of() -> None:
    """Nobody can see what was done."""
    findings = ask("SPC019", specs(feature(status=status("Implemented"))))
    assert told(findings) == [(SPEC, 4, "001-greeting is “Implemented”, and has no tasks")]


def test_two_files_that_disagree_are_told_of() -> None:
    """At the story's own line; what the sprint's status says is named with its place."""
    sprint = Status(SPRINT, 12, "done")
    one = feature(status=sprint, status_again=status("review"), tasks=(OPEN,), format="bmad")
    findings = ask("SPC019", specs(one))
    assert told(findings) == [(SPEC, 4, f"001-greeting is “review” here and “done” in {SPRINT}:12")]


def test_two_files_that_agree_are_accepted() -> None:
    """In whatever letters."""
    one = feature(
        status=Status(SPRINT, 12, "done"), status_again=status("Done"), tasks=(DONE,), format="bmad"
    )
    assert is_silent(ask("SPC019", specs(one)))


def test_a_phase_without_its_tasks_is_told_of() -> None:
    """cc-sdd says how far the files are generated."""
    findings = ask("SPC019", specs(feature(status=status("tasks-generated"), format="kiro")))
    assert told(findings) == [(SPEC, 4, "001-greeting is said to be “tasks-generated”, and has no tasks")]


def test_a_finished_draft_is_advised() -> None:
    """Claiming too little blocks nobody."""
    findings = ask("SPC019", specs(feature(status=status("Draft"), tasks=(DONE,))))
    assert told(findings) == []
    assert hinted(findings) == [(SPEC, 4, "every task of 001-greeting is done, and it calls itself a draft")]


def test_without_a_status_nothing_is_claimed() -> None:
    """Most of Kiro's and OpenSpec's features have none."""
    assert is_not_applicable(ask("SPC019", specs(feature())))


def test_a_term_with_two_explanations_is_told_of() -> None:
    """At the second, with the place of the first."""
    terms = (
        Term(SPEC, 50, "Greeting", "one line"),
        Term(SPEC, 51, "Name", "1 to 100 characters"),
        Term(SPEC, 52, "greeting", "a wave"),
    )
    one = feature(requirement(text="System MUST make a greeting of a name"), terms=terms)
    findings = ask("SPC021", specs(one))
    assert told(findings) == [(SPEC, 52, f"“greeting” is explained on line 50 of {SPEC} in other words")]


def test_a_term_that_nothing_uses_is_advised() -> None:
    """A scenario counts as a use, and so does a plural."""
    terms = (Term(SPEC, 50, "Names", "words"), Term(SPEC, 51, "Wave", "a gesture"))
    one = feature(requirement(), stories=(story(scenario()),), terms=terms)
    findings = ask("SPC021", specs(one))
    assert told(findings) == []
    assert hinted(findings) == [(SPEC, 51, "no requirement or scenario of 001-greeting uses “Wave”")]


@pytest.mark.parametrize(
    ("name", "text", "used"),
    [
        ("Pull Request (PR)", "System MUST comment on the PR", True),
        ("DAO (Data Access Object)", "Each data access object MUST have a test", True),
        ("Score Gauge", "ScoreGauge MUST be round", True),
        ("Wave_Form", "Two wave-forms MUST be drawn", True),
        ("Wave/Curve", "Each curve MUST be drawn", True),
        ("Pull Request (PR)", "System MUST print the product", False),
        ("Wave ()", "System MUST greet", False),
    ],
)
def test_a_term_is_known_by_each_of_its_names(name: str, text: str, *, used: bool) -> None:
    """What stands in parentheses, either side of a slash, other spaces; a short one inside a word is none."""
    one = feature(requirement(text=text), terms=(Term(SPEC, 50, name, "a thing"),))
    assert (hinted(ask("SPC021", specs(one))) == []) is used


def test_an_acronym_that_is_never_written_out_is_advised_once() -> None:
    """Where it first stands."""
    first, second = requirement(text="System MUST ask the ZKM"), requirement("FR-002", "ZKM MUST answer")
    findings = ask("SPC021", specs(feature(first, second)))
    message = "001-greeting/FR-001: no file of the feature says what ZKM stands for"
    assert hinted(findings) == [(SPEC, 10, message)]
    assert is_silent(findings)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("System MUST answer with JSON over HTTP", {}),
        ("System MUST ask the ZKM", {"explained": frozenset({"ZKM"})}),
        ("System MUST ask the ZKM", {"terms": (Term(SPEC, 50, "ZKM", "a museum"),)}),
        ("System MUST be WARM, and warm means 20 degrees", {}),
        ("System MUST print `ZKM`", {}),
        ("System MUST log it as an ERROR", {}),
    ],
)
def test_acronyms_that_are_known_are_accepted(text: str, more: dict[str, Any]) -> None:
    """Everyday ones, explained ones, capitals for emphasis, code."""
    assert hinted(ask("SPC021", specs(feature(requirement(text=text), **more)))) == []


def test_without_requirements_there_are_no_terms_to_ask_for() -> None:
    """A feature that is only a plan."""
    assert is_not_applicable(ask("SPC021", specs(feature())))
