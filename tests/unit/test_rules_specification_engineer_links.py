"""The specification engineer's rules between files, on made-up features."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tenhats.facts.tree import Tree
from tenhats.formats.model import Feature, Scenario, Status, Task
from tests.unit.made_up import (
    PLAN,
    SPEC,
    TASKS,
    ask,
    feature,
    hinted,
    is_not_applicable,
    is_silent,
    reference,
    requirement,
    scenario,
    specs,
    story,
    task,
    told,
)

pytestmark = pytest.mark.req("002-judging-specifications/FR-004")


def with_tasks(*tasks: Task, **more: Any) -> Feature:
    """A feature of four requirements and these tasks."""
    musts = (requirement(f"FR-00{number}", line=10 + number) for number in range(1, 5))
    return feature(*musts, requirement("SC-001", line=30), tasks=tasks, **more)


def tree(*files: str) -> Tree:
    """These files."""
    return Tree(Path("nowhere"), files)


def test_requirements_that_tasks_name_are_accepted() -> None:
    """Success criteria need no task."""
    one = with_tasks(task("FR-001", "FR-002", "FR-003", "FR-004", done=False))
    findings = ask("SPC014", specs(one))
    assert is_silent(findings)
    assert hinted(findings) == []


def test_a_requirement_that_no_task_names_is_told_of() -> None:
    """At its own line, with what to add to a task."""
    findings = ask("SPC014", specs(with_tasks(task("FR-001", "FR-003", "FR-004", done=True))))
    assert told(findings) == [(SPEC, 12, "001-greeting/FR-002 is reached by no task")]
    assert findings.found[0].fix == "add it to the task that does it: (FR-002)"


def test_a_task_list_that_names_few_is_advised_once() -> None:
    """spec-kit's own template asks for no references."""
    findings = ask("SPC014", specs(with_tasks(task("FR-001", done=True), task(done=True, line=6))))
    assert told(findings) == []
    assert hinted(findings) == [(TASKS, 5, "the tasks of 001-greeting name 1 of its 4 requirements")]


def test_what_a_review_added_reaches_nothing() -> None:
    """It was found after the tasks were done."""
    names = ("FR-001", "FR-002", "FR-003", "FR-004")
    added = task(*names, done=True, text="[Review][Patch] Mend it")
    findings = ask("SPC014", specs(with_tasks(added)))
    assert hinted(findings) == [(TASKS, 5, "the tasks of 001-greeting name 0 of its 4 requirements")]


def test_a_story_of_bmad_is_asked_for_its_criteria() -> None:
    """Its requirements are those of the product, which other stories reach."""
    criteria = (scenario("AC1"), scenario("AC2", line=21), scenario("AC1.1", line=22))
    one = with_tasks(task("AC1", done=True), stories=(story(*criteria),), format="bmad")
    findings = ask("SPC014", specs(one))
    assert told(findings) == [(SPEC, 21, "001-greeting/AC2 is reached by no task")]
    assert findings.found[0].fix.endswith("(AC: 2)")


@pytest.mark.parametrize("one", [with_tasks(), replace(with_tasks(task(done=True)), format="openspec")])
def test_without_tasks_or_ids_nothing_is_asked(one: Feature) -> None:
    """A feature without a task list, and OpenSpec, which has no ids."""
    assert is_not_applicable(ask("SPC014", specs(one)))


@pytest.mark.parametrize(
    "known",
    [
        reference("FR-001"),
        reference("FR-1", "FR-1 is kept"),
        reference("FR-003", "FR-001 to FR-004"),
        reference("NFR-001"),
        reference("FR-009", "as in spec 002, FR-009"),
        reference("FR-009", "as in 002-parting/FR-009"),
        reference("1.1", "**Requirements**: 1.1 or later"),
    ],
    ids=lambda each: each.text,
)
def test_references_that_lead_somewhere_are_accepted(known: object) -> None:
    """An id in other digits, a range, a kind of the plan's own, an id of another feature."""
    one = feature(requirement(), requirement("FR-002"), references=(known,))
    other = feature(requirement("FR-009", feature="002-parting"), name="002-parting")
    assert is_silent(ask("SPC015", specs(one, other)))


def test_a_reference_to_nothing_is_told_of() -> None:
    """At the line that names it, with the nearest name."""
    one = feature(requirement(), requirement("FR-012"), references=(reference("FR-013"),))
    findings = ask("SPC015", specs(one))
    assert told(findings) == [(PLAN, 7, "001-greeting has no FR-013. Did you mean FR-012?")]


@pytest.mark.parametrize("name", ["002-parting/FR-008", "003-gone/FR-009"])
def test_a_qualified_reference_to_nothing_is_told_of(name: str) -> None:
    """Whether the other feature lacks the id, or there is no such feature."""
    one = feature(requirement(), references=(reference(name.partition("/")[2], f"see {name}"),))
    other = feature(requirement("FR-009", feature="002-parting"), name="002-parting")
    (found,) = told(ask("SPC015", specs(one, other)))
    assert found == (PLAN, 7, f"there is no {name}. Did you mean 002-parting/FR-009?")


def test_a_criterion_that_a_story_does_not_have_is_told_of() -> None:
    """BMAD's tasks name criteria by their number."""
    one = feature(stories=(story(scenario("AC1")),), tasks=(task("AC1", "AC7", done=True),), format="bmad")
    assert told(ask("SPC015", specs(one))) == [(TASKS, 5, "001-greeting has no AC7. Did you mean AC1?")]


def test_a_criterion_of_kiro_that_is_not_there_is_told_of() -> None:
    """Numbers are names in Kiro's format, and a number may mean all of a requirement's criteria."""
    criteria = tuple(replace(requirement(), name=f"001-greeting/{number}") for number in ("1.1", "1.2"))
    whole = story(name="001-greeting/1")
    references = (reference("1"), reference("1.2"), reference("1.3"))
    one = feature(*criteria, stories=(whole,), references=references, format="kiro")
    assert [message for _, _, message in told(ask("SPC015", specs(one)))] == [
        "001-greeting has no 1.3. Did you mean 1.2?"
    ]


def test_where_nothing_is_named_there_is_nothing_to_ask() -> None:
    """A feature whose files name no requirement."""
    assert is_not_applicable(ask("SPC015", specs(feature(requirement()))))


@pytest.mark.parametrize(
    "text",
    [
        "Write `greet` in `src/greeter/greeting.py`",
        "[P] [US1] Create greeting.py in lib/greeter/greeting.py",
        "**Step 1**: Add src/greeter/GREETING.py",
    ],
)
def test_a_file_that_is_there_is_accepted(text: str) -> None:
    """In the folder that the task names or in another, however its letters are cased."""
    one = feature(tasks=(task(done=True, text=text),))
    assert is_silent(ask("SPC016", specs(one), tree("src/greeter/greeting.py")))


def test_a_file_that_a_ticked_task_did_not_make_is_told_of() -> None:
    """Once a task, with what can be done about it."""
    text = "Create [src/greeter/shout.py](src/greeter/shout.py)"
    findings = ask("SPC016", specs(feature(tasks=(task(done=True, text=text),))), tree("README.md"))
    assert told(findings) == [(TASKS, 5, "T001 is ticked, and there is no src/greeter/shout.py")]


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("Create src/greeter/shout.py", False),
        ("Delete src/greeter/shout.py", True),
        ("Create src/greeter/shout.py (removed again)", True),
        ("Run src/greeter/shout.py", True),
        ("Create src/*/shout.py and src/<package>/shout.py", True),
        ("Create build/greeter/shout.py", True),
        ("Add a link to https://example.org/src/shout.py", True),
        ("Create src/greeter/", True),
    ],
)
def test_what_need_not_be_there_is_not_asked_for(text: str, done: bool) -> None:
    """Open tasks, removals, patterns, what a build makes, addresses, folders."""
    one = feature(tasks=(task(done=done, text=text),))
    assert is_not_applicable(ask("SPC016", specs(one), tree("README.md")))


def test_a_file_that_another_task_removes_is_not_asked_for() -> None:
    """A later feature may take away what an earlier one made."""
    made = task(done=True, text="Create src/greeter/shout.py")
    gone = task(done=True, text="Delete shout and its tests")
    assert is_silent(ask("SPC016", specs(feature(tasks=(made, gone))), tree("README.md")))


def test_a_feature_that_was_given_up_is_not_asked() -> None:
    """Its files went with it."""
    made = task(done=True, text="Create src/greeter/shout.py")
    one = feature(tasks=(made,), status=Status(SPEC, 4, "Superseded by 002"))
    assert is_not_applicable(ask("SPC016", specs(one), tree("README.md")))


def test_scenarios_are_names_too() -> None:
    """A task or a plan may name a scenario of a story."""
    one = feature(
        stories=(story(Scenario(SPEC, 20, "001-greeting/AC-01", "")),), references=(reference("AC-1"),)
    )
    assert is_silent(ask("SPC015", specs(one)))
