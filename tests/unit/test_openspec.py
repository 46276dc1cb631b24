"""OpenSpec's living specifications and deltas: requirements and scenarios by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats.formats import openspec
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Feature

pytestmark = pytest.mark.req("001-reading-specifications/FR-002")


LIVING = """# greeting Specification

## Purpose
Greet.

## Requirements
### Requirement: Greet by name
The system SHALL greet.
It SHALL be polite.

#### Scenario: A name is given
- **WHEN** a name is given
- **THEN** it is greeted

#### Scenario: No name
- **WHEN** no name is given
- **THEN** the world is greeted

### Requirement: Part
The system MUST part.
"""


def living(text: str) -> Feature:
    return openspec.specification(read_page(text), "openspec/specs/greeting/spec.md", "greeting")


def delta(text: str) -> Feature:
    path = "openspec/changes/add-x/specs/greeting/spec.md"
    return openspec.delta(read_page(text), path, "add-x")


def test_requirements_are_named_by_their_words() -> None:
    """With the line of the heading, and the words up to the first scenario."""
    found = living(LIVING)
    assert (found.title, found.format) == ("greeting", "openspec")
    assert [(each.name, each.line) for each in found.requirements] == [
        ("greeting/Greet by name", 7),
        ("greeting/Part", 19),
    ]
    assert found.requirements[0].text == "The system SHALL greet. It SHALL be polite."


def test_scenarios_belong_to_their_requirement() -> None:
    """Each is named by its requirement and its own words; its steps are its text."""
    found = living(LIVING)
    assert [(each.name, each.line) for each in found.scenarios] == [
        ("greeting/Greet by name: A name is given", 11),
        ("greeting/Greet by name: No name", 15),
    ]
    assert found.scenarios[0].text == "- **WHEN** a name is given - **THEN** it is greeted"


def test_a_delta_says_what_becomes_of_requirements() -> None:
    """Added and changed ones are promises; removed and renamed ones are withdrawn."""
    found = delta(
        "## ADDED Requirements\n### Requirement: A\nIt SHALL.\n#### Scenario: S\n- **WHEN** x\n"
        "## MODIFIED Requirements\n### Requirement: B\nIt SHALL.\n"
        "## REMOVED Requirements\n### Requirement: C\n**Reason**: old\n- `### Requirement: D`\n"
        "## RENAMED Requirements\n- FROM: `### Requirement: E`\n- TO: `### Requirement: F`\n"
    )
    assert [each.name for each in found.requirements] == ["add-x/greeting/A", "add-x/greeting/B"]
    assert [(each.name, each.line) for each in found.withdrawn] == [
        ("add-x/greeting/C", 10),
        ("add-x/greeting/E", 14),
    ]


def test_what_is_quoted_or_fenced_is_no_requirement() -> None:
    """An example of the format is no specification."""
    assert (
        living("```\n### Requirement: A\n```\n> ### Requirement: B\n<!--\n### Requirement: C\n-->\n").names
        == set()
    )


def test_a_heading_without_a_name_is_none() -> None:
    """There is nothing to call it."""
    assert living("## Requirements\n### Requirement:\n").names == set()


@given(
    st.lists(
        st.sampled_from([*LIVING.split("\n"), "```", "## REMOVED Requirements", "- FROM: `A`"]), max_size=30
    )
)
def test_whatever_is_written_is_read(lines: list[str]) -> None:
    """Every name stands on the line it gives."""
    for found in (living("\n".join(lines)), delta("\n".join(lines))):
        for each in found.promises:
            assert each.name.rpartition(": ")[2].rpartition("/")[2] in lines[each.line - 1]
