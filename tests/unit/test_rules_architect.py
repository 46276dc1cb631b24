"""The architect's rules, on made-up decisions, imports and features."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenhats.facts.decisions import Decision, Decisions
from tenhats.facts.style import Layers
from tenhats.formats.model import Problem
from tests.unit.made_up import ask, complaint, feature, is_not_applicable, is_silent, specs, task, told

pytestmark = pytest.mark.req("005-code-and-documentation/FR-003")


PATH = "docs/adr/0001-cents.md"
SECTIONS = ("considered options", "consequences", "context and problem statement", "decision outcome")
RECORD = Decision(PATH, 1, "Cents", "accepted", 2, "2026-11-22", SECTIONS, 2)


def on_record(*records: Decision, **more: object) -> Decisions:
    indexed = frozenset(record.path for record in records)
    return Decisions(**{"records": records, "index": "docs/adr/index.md", "indexed": indexed, **more})  # type: ignore[arg-type]


def test_a_whole_decision_is_accepted() -> None:
    """A record with status, date, context, options, outcome and consequences is complete."""
    assert is_silent(ask("ARC001", on_record(RECORD)))


def test_a_decision_without_a_status_is_told_of() -> None:
    """A missing status is reported in the record, with the line to paste."""
    findings = ask("ARC001", on_record(replace(RECORD, status=None, status_line=1)))
    assert told(findings) == [(PATH, 1, "this decision has no status")]
    assert findings.found[0].fix == "add to the front matter: status: accepted"


def test_an_unknown_status_is_told_of_at_its_line() -> None:
    """A status that MADR does not know is reported where it stands."""
    findings = ask("ARC001", on_record(replace(RECORD, status="perhaps", status_line=2)))
    assert told(findings) == [(PATH, 2, "the status “perhaps” is not one of MADR's")]


def test_a_superseded_decision_is_accepted() -> None:
    """A status may go on after its first word."""
    assert is_silent(ask("ARC001", on_record(replace(RECORD, status="superseded by ADR-0002"))))


def test_each_part_that_a_decision_lacks_is_told_of() -> None:
    """Title, date, sections and a second option: each that is missing is a finding of its own."""
    findings = ask(
        "ARC001",
        on_record(replace(RECORD, title="", date="soon", sections=("considered options",), options=1)),
    )
    assert [message for _, _, message in told(findings)] == [
        "this decision has no title",
        "this decision has no date",
        "this decision says nothing under “## Context and Problem Statement”",
        "this decision says nothing under “## Decision Outcome”",
        "this decision says nothing under “### Consequences”",
        "one option is no choice",
    ]


def test_a_record_that_cannot_be_read_is_told_of() -> None:
    """A record that is no text does not pass for a complete one."""
    findings = ask("ARC001", on_record(problems=(Problem(PATH, 4, "it is not UTF-8", "save it as UTF-8"),)))
    assert told(findings) == [(PATH, 4, "it is not UTF-8")]


def test_without_decisions_there_is_nothing_to_complete() -> None:
    """A project without records is not applicable, with the folder named."""
    findings = ask("ARC001", Decisions())
    assert is_not_applicable(findings)
    assert findings.nothing == "there is no decision in docs/adr/"


def test_a_decision_in_the_index_is_accepted() -> None:
    """A record that the index names, under a number of its own, is on record."""
    assert is_silent(ask("ARC002", on_record(RECORD)))


def test_a_decision_outside_the_index_is_told_of() -> None:
    """The finding stands in the record and its fix is the link to paste."""
    findings = ask("ARC002", on_record(RECORD, indexed=frozenset()))
    assert told(findings) == [(PATH, 1, "the index docs/adr/index.md does not name this decision")]
    assert findings.found[0].fix == "add to docs/adr/index.md: [Cents](0001-cents.md)"


def test_two_decisions_under_one_number_are_told_of() -> None:
    """The second record of a number is the one to move."""
    second = replace(RECORD, path="docs/adr/0001-euros.md")
    findings = ask("ARC002", on_record(RECORD, second))
    assert told(findings) == [("docs/adr/0001-euros.md", 1, f"number 1 is taken by {PATH}")]


def test_a_link_of_the_index_that_leads_nowhere_is_told_of() -> None:
    """The finding stands at the index's own line."""
    dangling = Problem("docs/adr/index.md", 5, "the index names 0009-x.md, which does not exist", "delete it")
    findings = ask("ARC002", on_record(RECORD, dangling=(dangling,)))
    assert told(findings) == [("docs/adr/index.md", 5, "the index names 0009-x.md, which does not exist")]


def test_without_decisions_there_is_nothing_to_index() -> None:
    """A project without records is not applicable."""
    assert is_not_applicable(ask("ARC002", Decisions()))


def test_a_forbidden_import_is_told_of_where_it_stands() -> None:
    """The finding bears import-linter's place and words."""
    broken = complaint("src/greeter/a.py", 3, "imports", "this import breaks the contract “no circles”")
    findings = ask("ARC003", Layers(("no circles",), (broken,)))
    assert told(findings) == [
        ("src/greeter/a.py", 3, "imports: this import breaks the contract “no circles”")
    ]
    assert findings.found[0].fix.startswith("move what both need into a module of its own")


def test_imports_that_keep_to_the_contracts_are_accepted() -> None:
    """What was looked at are the contracts."""
    findings = ask("ARC003", Layers(("no circles",)))
    assert is_silent(findings)
    assert findings.looked_at == 1


def test_without_contracts_there_is_nothing_to_keep_to() -> None:
    """A project without contracts is not applicable."""
    assert is_not_applicable(ask("ARC003", Layers()))


def test_a_ticked_task_without_a_plan_is_told_of_at_the_task() -> None:
    """The finding stands at the first ticked task."""
    tasks = (task(done=False, line=4), task(done=True, line=5), task(done=True, line=6))
    findings = ask("ARC004", specs(feature(tasks=tasks)))
    where = ("specs/001-greeting/tasks.md", 5)
    assert told(findings) == [(*where, "001-greeting: a task is ticked, and there is no plan.md")]
    assert findings.found[0].fix == "write specs/001-greeting/plan.md first"


def test_a_planned_feature_is_accepted() -> None:
    """With a plan a task may be ticked; without a ticked task no plan is asked for."""
    planned = feature(tasks=(task(done=True),), plan="specs/001-greeting/plan.md")
    assert is_silent(ask("ARC004", specs(planned, feature(tasks=(task(done=False),)))))


def test_without_features_there_is_nothing_to_plan() -> None:
    """A project without features is not applicable."""
    assert is_not_applicable(ask("ARC004", specs()))
