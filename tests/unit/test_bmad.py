"""BMAD's product requirements, epics, stories, and who refers to which criterion."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats.formats import bmad
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Feature

pytestmark = pytest.mark.req("001-reading-specifications/FR-004")


def product(text: str, path: str = "docs/prd.md", feature: str = "prd") -> Feature:
    return bmad.product(read_page(text), path, feature)


def story(text: str, name: str = "1-1-greet") -> Feature:
    return bmad.story(read_page(text), f"docs/stories/{name}.md", name)


def requirements(text: str) -> list[tuple[str, str, int]]:
    return [(each.name.removeprefix("prd/"), each.kind, each.line) for each in product(text).requirements]


def criteria(text: str) -> list[tuple[str, int]]:
    return [(each.name.removeprefix("1-1-greet/"), each.line) for each in story(text).scenarios]


@pytest.mark.parametrize(
    ("line", "name", "kind"),
    [
        ("- **FR1:** Users can greet", "FR1", "FR"),
        ("- FR1: Users can greet", "FR1", "FR"),
        ("#### FR-1: Greeting", "FR-1", "FR"),
        ("### FR1: Greeting", "FR1", "FR"),
        ("**FR1.1**: greet", "FR1.1", "FR"),
        ("- **NFR12:** fast", "NFR12", "NFR"),
        ("- **SM-1**: many greet", "SM-1", "SM"),
        ("- **FR-UX1**: nice", "FR-UX1", "FR"),
        ("### CAP-1: Greeting", "CAP-1", "CAP"),
    ],
)
def test_requirements_of_both_generations_are_read(line: str, name: str, kind: str) -> None:
    """Bullets, headings, paragraphs; dotted and with domains."""
    assert requirements(f"# PRD\n\n{line}\n") == [(name, kind, 3)]


def test_kinds_of_the_authors_own_are_read() -> None:
    """Where an inventory of requirements numbers them from 1 on."""
    text = "## Requirements Inventory\n### Others\n- UX-1: a\n- UX-2: b\n- UJ-1: c\n- ARCH-1 d\n"
    assert [name for name, _, _ in requirements(text)] == ["UX-1", "UX-2"]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Traceability", []),
        ("7. Requirements Traceability Matrix", []),
        ("FR Coverage Map", []),
        ("Logging & Traceability", ["FR1"]),
        ("Traceability and logging", ["FR1"]),
    ],
)
def test_a_map_of_requirements_defines_none(heading: str, found: list[str]) -> None:
    """But a requirement may ask for traceability."""
    text = f"## {heading}\n\n| ID | Requirement |\n|---|---|\n| FR1 | a |\n"
    assert [name for name, _, _ in requirements(text) if name.startswith("FR")] == found


def test_requirements_without_ids_are_read_from_their_table() -> None:
    """Their words are their names; the heading says of what kind they are."""
    head = "| Area | Requirement | Status |\n|---|---|---|\n"
    rows = f"{head}| **A** | Greet | done |\n|  | Part | open |\n"
    text = f"## Functional Requirements\n\n{rows}\n## Risks\n\n{head}| x | y | z |\n"
    assert requirements(text) == [("Greet", "FR", 5), ("Part", "FR", 6)]
    assert requirements(f"## Non-Functional Requirements\n{head}| A | Fast | x |\n") == [("Fast", "NFR", 4)]


def test_a_range_is_no_definition_and_a_list_of_covered_ones_neither() -> None:
    """What an overview repeats is defined elsewhere."""
    assert requirements("FR1-FR15: Greeting\n### FRs Covered\n- FR26: toggles\n### Next\n- FR27: x\n") == [
        ("FR27", "FR", 5)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. **Given** a\n   **When** b\n2. **Given** c", [("AC1", 2), ("AC2", 4)]),
        ("- **AC1 (A):** a\n- **AC2:** b", [("AC1", 2), ("AC2", 3)]),
        ("1. **AC1**: a\n2. **AC2**: b", [("AC1", 2), ("AC2", 3)]),
        ("### AC-1: A\n- [x] a\n- [x] b\n### AC-2: B\n1. c", [("AC1", 2), ("AC2", 5)]),
        ("AC 1:\n**Given** a\n**When** b\n\nAC 2:\n**Given** c", [("AC1", 2), ("AC2", 6)]),
        ("**Given** a\n**When** b\n\n**Given** c", [("AC1", 2), ("AC2", 5)]),
        ("- [ ] a\n- [ ] b\n  - c", [("AC1", 2), ("AC2", 3)]),
        ("- Given a, when b, then c\n- Given d", [("AC1", 2), ("AC2", 3)]),
        ("> 1. a\n```\n1. b\n```\n1. c", [("AC1", 6)]),
    ],
)
def test_every_form_of_acceptance_criteria_is_read(text: str, found: list[tuple[str, int]]) -> None:
    """Under a heading; the strongest form counts."""
    assert criteria(f"## Acceptance Criteria\n{text}\n\n## Dev Notes\n1. note\n- AC9: no\n") == found


@pytest.mark.parametrize(
    "label", ["Acceptance Criteria", "验收标准", "受け入れ基準", "인수 조건", "Akzeptanzkriterien"]
)
def test_criteria_stand_under_a_bold_label_too(label: str) -> None:
    """In any of the languages, up to the next label."""
    assert criteria(f"**{label}:**\n1. a\n2. b\n\n**Notes:**\n1. c\n") == [("AC1", 2), ("AC2", 3)]


def test_an_acceptance_test_is_no_criterion() -> None:
    """Who tests it in the end is another matter."""
    assert criteria("### User Acceptance Testing\n- a\n### 用户验收测试\n- b\n") == []


def test_a_report_on_the_criteria_tells_none() -> None:
    """It says again what is asked above, with what came of it."""
    text = "## Acceptance Criteria\n1. a\n## QA Results\n### Acceptance Criteria Validation\n1. met\n2. met\n"
    assert criteria(text) == [("AC1", 2)]


def test_notes_beside_a_story_define_no_requirement() -> None:
    """They cite those of the product."""
    notes = "## Dev Notes\n### NFRs\n- **NFR2**: c\n"
    text = f"# Story 1.1: A\n- **FR-1**: a\n## Acceptance Criteria\n1. b\n{notes}"
    assert [each.name for each in story(text).requirements] == ["1-1-greet/FR-1"]


def test_a_story_that_cites_the_product_defines_nothing_anew() -> None:
    """What the product requirements define counts there."""
    prd, one = product("- **FR1:** a\n"), story("# Story 1.1: A\n- FR1: a\n- FR2: b\n## AC\n")
    _, settled = bmad.settled([prd, one])
    assert [each.name for each in settled.requirements] == ["1-1-greet/FR2"]


def test_an_epic_may_only_list_its_stories() -> None:
    """Each told in a file of its own; linked or not, bold or not."""
    text = "## Stories\n1. **✅ [Story 1.1: A](a.md)** - Done\n   - Story 9.9: part\n- Story 1.2: B\n"
    read = product(text, "docs/epics/epic-1.md", "epics/epic-1")
    found = [(each.name.removeprefix("epics/epic-1/"), each.line) for each in read.stories]
    assert found == [("1.1", 2), ("1.2", 4)]


def test_a_hardening_story_has_a_number_of_its_own() -> None:
    """`10.1-H` is not `10.1`."""
    read = product("### Story 10.1-H: A\n**Acceptance Criteria:**\n**Given** a\n")
    assert [each.name for each in read.stories] == ["prd/10.1-H"]


def test_a_number_may_have_a_dash() -> None:
    """`Story 10-1` is 10.1, as its file's name says it."""
    read = product("### Story 10-1: A\n**Acceptance Criteria:**\n**Given** a\n")
    assert [(each.name, each.title) for each in read.stories] == [("prd/10.1", "A")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(AC: 1)", ["AC1"]),
        ("(AC: #1, #3)", ["AC1", "AC3"]),
        ("(AC: 1-3)", ["AC1", "AC2", "AC3"]),
        ("(AC #2)", ["AC2"]),
        ("(covers AC #2 via a test)", ["AC2"]),
        ("(all AC)", ["AC1", "AC2", "AC3"]),
        ("(All ACs)", ["AC1", "AC2", "AC3"]),
        ("(AC: all)", ["AC1", "AC2", "AC3"]),
        ("(AC: 1, AC3)", ["AC1", "AC3"]),
        ("no AC at all", []),
        ("VAC 1 and 2", []),
    ],
)
def test_a_task_names_criteria(text: str, found: list[str]) -> None:
    """Alone, several, ranges, all."""
    read = story(
        f"## Acceptance Criteria\n1. a\n2. b\n3. c\n\n## Tasks / Subtasks\n- [x] Task 1: Do {text}\n"
    )
    (task,) = read.tasks
    assert (task.name, task.done) == ("1", True)
    assert [each.removeprefix("1-1-greet/") for each in task.refs] == found


def test_a_story_has_its_status_and_its_title() -> None:
    """Its own line is the heading's."""
    read = story("# Story 1.1: Greet\n\nStatus: ready-for-dev\n\n## Acceptance Criteria\n1. a\n")
    assert read.status is not None
    assert (read.status.line, read.status.text) == (3, "ready-for-dev")
    assert [(each.name, each.line, each.title) for each in read.stories] == [("1-1-greet/story", 1, "Greet")]


def test_the_stories_of_an_epic_are_read() -> None:
    """Decorated, translated, with letters."""
    text = (
        "## Epic 1\n### Story 1.1: A\n**Acceptance Criteria:**\n**Given** a\n"
        "## 🎯 Story R.2: B\n### AC\n## 故事 1.3: C\n**验收标准:**\n1. c\n"
    )
    read = product(text, "docs/epics.md", "epics")
    assert [(each.name, each.line) for each in read.stories] == [
        ("epics/1.1", 2),
        ("epics/R.2", 5),
        ("epics/1.3", 7),
    ]
    assert [(each.name, each.line) for each in read.scenarios] == [("epics/1.1.AC1", 4), ("epics/1.3.AC1", 9)]


def test_what_an_epic_repeats_is_told_once() -> None:
    """The product requirements and the story files speak; the sprint's status is the stories'."""
    prd = product("- **FR1:** a\n")
    epics = product("FR1: a\nFR2: b\n### Story 1.1: A\n### Story 1.2: B\n", "docs/epics.md", "epics")
    one = story("# Story 1.1: A\n## Acceptance Criteria\n1. a\n## Tasks\n- [ ] Task 1: (FR1, AC: 1)\n")
    status = bmad.status_file(
        "# head\ndevelopment_status:\n  epic-1: backlog\n  1-1-greet: done\nother:\n  x: y\n",
        "docs/sprint-status.yaml",
        "s",
    )
    settled = {each.name: each for each in bmad.settled([prd, epics, one, status])}
    assert set(settled) == {"prd", "epics", "1-1-greet"}
    assert [each.name for each in settled["epics"].requirements] == ["epics/FR2"]
    assert [each.name for each in settled["epics"].stories] == ["epics/1.2"]
    assert settled["1-1-greet"].tasks[0].refs == ("prd/FR1", "1-1-greet/AC1")
    assert settled["1-1-greet"].status is not None
    assert (settled["1-1-greet"].status.line, settled["1-1-greet"].status.text) == (4, "done")
    assert settled["1-1-greet"].status_again == one.status
    assert replace(settled["prd"], tasks=()) == prd


@given(
    st.lists(
        st.sampled_from(
            [
                "## Acceptance Criteria",
                "**Acceptance Criteria:**",
                "1. a",
                "- AC1: b",
                "**Given** c",
                "- [ ] d",
                "## Tasks",
                "### Story 1.1: e",
                "- [x] Task 1: f (AC: 1-3)",
                "```",
                "",
                "AC 1:",
                "  - g",
            ]
        ),
        max_size=30,
    )
)
def test_whatever_is_written_is_read(lines: list[str]) -> None:
    """Nothing raises, and every line is one of the file's."""
    text = "\n".join(lines)
    for read in (story(text), product(text)):
        found = [each.line for each in read.scenarios] + [each.line for each in read.tasks]
        assert all(1 <= line <= max(len(lines), 1) for line in found)
