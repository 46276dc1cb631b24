"""Kiro's and cc-sdd's requirements and tasks: EARS criteria by their numbers, and who refers to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats.formats import kiro
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Feature, Task
from tenhats.formats.tasks import tasks_of

pytestmark = pytest.mark.req("001-reading-specifications/FR-003")


KNOWN = ("1.1", "1.2", "1.3", "2.1", "2.2")


def read(text: str) -> Feature:
    return kiro.requirements(read_page(text), ".kiro/specs/a/requirements.md", "a")


def criteria(text: str) -> list[tuple[str, int]]:
    return [(each.name.removeprefix("a/"), each.line) for each in read(text).requirements]


def tasks(text: str) -> list[Task]:
    return list(tasks_of(read_page(text), ".kiro/specs/a/tasks.md", "a", KNOWN))


def refs(line: str) -> list[str]:
    (one,) = tasks(f"- [ ] 1.1 Do\n  - {line}\n")
    return [each.removeprefix("a/") for each in one.refs]


def test_criteria_are_numbered_by_their_requirement() -> None:
    """Nested items belong to their criterion; the heading is a story."""
    found = read(
        "# Requirements Document\n\n## Introduction\n1. x\n\n## Requirements\n\n### Requirement 1: Greet\n\n"
        "**User Story:** As a user\n\n#### Acceptance Criteria\n\n"
        "1. WHEN asked, THE System SHALL greet:\n   - by name\n   - politely\n2. The system shall part\n"
    )
    assert [(each.name, each.line) for each in found.requirements] == [("a/1.1", 14), ("a/1.2", 17)]
    assert found.requirements[0].text == "WHEN asked, THE System SHALL greet: - by name - politely"
    assert [(each.name, each.title, each.scenarios) for each in found.stories] == [("a/1", "Greet", ())]
    assert found.title == "a"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("### Requirement 1: T", "1.1"),
        ("### Requirement 1", "1.1"),
        ("## Requirement 1 - T", "1.1"),
        ("### 要件 1: T", "1.1"),
        ("### 需求 1：T", "1.1"),
        ("### 요구사항 1: T", "1.1"),
        ("### 1. T", "1.1"),
        ("### US-1: T", "US-1.1"),
        ("### NFR-1: T", "NFR-1.1"),
    ],
)
def test_every_form_of_a_requirement_heading_is_read(heading: str, name: str) -> None:
    """Translated, coded, with a title or without."""
    assert criteria(f"{heading}\n\n#### Acceptance Criteria\n\n1. WHEN a THE b SHALL c\n") == [(name, 5)]


@pytest.mark.parametrize(
    "line", ["1. WHEN a", "1.1 WHEN a", "1.1. WHEN a", "- 1.1 WHEN a", "- WHEN a", "**1.1** WHEN a"]
)
def test_every_form_of_a_criterion_is_read(line: str) -> None:
    """Numbered simply or wholly, bulleted, bold."""
    assert criteria(f"### Requirement 1: T\n#### Acceptance Criteria\n{line}\n") == [("1.1", 3)]


def test_the_glossary_is_read() -> None:
    """Its terms with their lines."""
    found = read(
        "# R\n\n## Glossary\n\n- **System**: what greets\n- **User**: who is greeted\n\n"
        "## Requirements\n- **x**: y\n"
    )
    assert [(each.name, each.line, each.text) for each in found.terms] == [
        ("System", 5, "what greets"),
        ("User", 6, "who is greeted"),
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("_Requirements: 1.1, 2.1_", ["1.1", "2.1"]),
        ("_Requirements: 1.1-1.3_", ["1.1", "1.2", "1.3"]),
        ("_Requirements: 1.2–2.1_", ["1.2", "2.1"]),
        ("_Requirements: 2_", ["2.1", "2.2"]),
        ("_Requirements: All_", list(KNOWN)),
        ("_Requirements: All requirements_", list(KNOWN)),
        ("_Requirements: 9.9_", ["9.9"]),
        ("**Requirements**: 1.1", ["1.1"]),
        ("_要件: 1.1, 1.2_", ["1.1", "1.2"]),
        ("**Validates: Requirements 1.1, 2.1**", ["1.1", "2.1"]),
        ("_Requirements: All backend requirements_", []),
        ("_需求: 所有后端相关需求_", []),
        ("_需求: 所有需求_", list(KNOWN)),
        ("_Requirements: FR-001 to FR-003_", ["FR-001", "FR-002", "FR-003"]),
        ("takes 1.1 seconds", []),
    ],
)
def test_a_task_refers_to_criteria(line: str, found: list[str]) -> None:
    """Alone, by ranges, by the whole requirement, by “All”."""
    assert refs(line) == found


def test_tasks_bear_their_numbers_and_their_own_references() -> None:
    """A reference below a task is not that of the task before; optional and running tasks are tasks."""
    found = tasks(
        "- [x] 1. Group\n- [x] 1.1 (P) Do\n  - _Requirements: 1.1_\n\n"
        "- [ ]* 1.2 Test\n  - _Requirements: 1.2_\n"
        "\n## Coverage\n| 1.1 | x |\n- [-] 2 Go\n"
    )
    assert [(each.line, each.name, each.done, each.refs) for each in found] == [
        (1, "1", True, ()),
        (2, "1.1", True, ("a/1.1",)),
        (5, "1.2", False, ("a/1.2",)),
        (10, "2", False, ()),
    ]


def test_the_phase_is_the_status() -> None:
    """cc-sdd keeps it in spec.json."""
    found = kiro.phase('{\n  "phase": "tasks-generated"\n}', ".kiro/specs/a/spec.json", "a")
    assert found.status is not None
    assert (found.status.line, found.status.text) == (2, "tasks-generated")


@given(
    st.lists(
        st.sampled_from(
            [
                "### Requirement 1: A",
                "### 2. B",
                "#### Acceptance Criteria",
                "1. WHEN a",
                "1.1 b SHALL",
                "- c",
                "",
                "```",
            ]
        ),
        max_size=30,
    )
)
def test_whatever_is_written_is_read(lines: list[str]) -> None:
    """Every criterion stands on a line that could be one."""
    for _, line in criteria("\n".join(lines)):
        assert lines[line - 1] in {"1. WHEN a", "1.1 b SHALL", "- c"}
