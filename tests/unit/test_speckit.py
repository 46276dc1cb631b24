"""spec-kit's files as people write them: requirements, stories, scenarios, questions, tasks."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats.formats import speckit
from tenhats.formats.definitions import defined_in
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Requirement, Story

pytestmark = pytest.mark.req("001-reading-specifications/FR-001")


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "speckit"


def requirements(text: str) -> list[Requirement]:
    return list(speckit.requirements_of(read_page(text), "spec.md", "001-a"))


def names(text: str) -> list[str]:
    return [each.name.removeprefix("001-a/") for each in requirements(text)]


def stories(text: str) -> list[Story]:
    return list(speckit.stories_of(read_page(text), "spec.md", "001-a"))


def scenario_names(text: str) -> list[str]:
    return [each.name.removeprefix("001-a/") for story in stories(text) for each in story.scenarios]


def questions(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.text) for each in speckit.questions_of(read_page(text), "spec.md")]


def test_a_requirement_has_its_place_name_kind_and_words() -> None:
    """The name is qualified by the feature; the line is the bullet's own."""
    (found,) = requirements("# A\n\n- **FR-001**: System MUST greet\n")
    assert found == Requirement("spec.md", 3, "001-a/FR-001", "FR", "System MUST greet")


@pytest.mark.parametrize(
    "line",
    [
        "- **FR-001**: System MUST x",
        "* **FR-001**: System MUST x",
        "1. **FR-001**: System MUST x",
        "  - **FR-001**: System MUST x",
        "- **FR-001:** System MUST x",
        "- **FR-001** System MUST x",
        "- **FR-001** — System MUST x",
        "- **FR-001 (US1)**: System MUST x",
        "- __FR-001__: System MUST x",
        "- FR-001: System MUST x",
        "- FR-001 - System MUST x",
        "FR-001: System MUST x",
        "**FR-001**: System MUST x",
        "- **FR-001**：System MUST x",
        "| FR-001 | System MUST x |",
        "| **FR-001** | System MUST x |",
        "### FR-001: System MUST x",
        "#### **FR-001** — System MUST x",
        "- **FR-001**: System MUST x\r",
    ],
)
def test_every_form_of_a_definition_is_read(line: str) -> None:
    """Bullets, numbers, headings, table rows and paragraphs; bold or plain; any dash or colon."""
    (found,) = requirements(f"{line}\n")
    assert (found.name, found.kind, found.text) == ("001-a/FR-001", "FR", "System MUST x")


@pytest.mark.parametrize(
    ("id_", "kind"),
    [
        ("FR-001", "FR"),
        ("FR001", "FR"),
        ("FR-1", "FR"),
        ("FR-001a", "FR"),
        ("FR-AUTH-001", "FR"),
        ("NFR-001", "NFR"),
        ("SC-001", "SC"),
        ("SEC-001", "SEC"),
        ("PERF-001", "PERF"),
        ("REQ-12", "REQ"),
        ("RF-001", "FR"),
        ("RNF-02", "NFR"),
        ("EF-001", "FR"),
        ("CE-001", "SC"),
        ("CS-001", "SC"),
    ],
)
def test_every_form_of_an_id_is_read(id_: str, kind: str) -> None:
    """With letters, with a domain, without a dash, of every kind; bold or plain."""
    for line in (f"- **{id_}**: MUST x", f"- {id_}: MUST x"):
        (found,) = requirements(line)
        assert (found.name, found.kind) == (f"001-a/{id_}", kind)


@pytest.mark.parametrize(
    "text",
    [
        "```\n- **FR-001**: MUST\n```",
        "~~~markdown\n- **FR-001**: MUST\n~~~",
        "````\n```\n- **FR-001**: MUST\n```\n````",
        "<!-- - **FR-001**: MUST -->",
        "<!--\n- **FR-001**: MUST\n-->",
        "> - **FR-001**: MUST",
        "As FR-001 says, names are greeted",
        "- see FR-001 and FR-002",
        "- [ ] T001 meet FR-001",
        "# FR-001: a title is no requirement",
        "- `FR-001`: code is no requirement",
    ],
)
def test_what_only_mentions_a_requirement_defines_none(text: str) -> None:
    """Code, comments, quotations and running text define nothing."""
    assert names(text) == []


def test_a_kind_of_the_authors_own_is_read() -> None:
    """Where a section on requirements numbers it from 1 on; not stories, questions and the like."""
    own = "## Requirements\n### Screen\n- **UX-001**: MUST a\n- **UX-02**: MUST b\n- **EC-001**: c\n"
    assert names(own) == ["UX-001", "UX-02"]
    assert names("## Notes\n- **UX-001**: MUST a\n") == []
    assert names("## Requirements\n- **SHA-256**: MUST a\n- **RFC-001**: b\n") == ["RFC-001"]
    assert names("- **RFC-001**: a\n- **CSV-001**: b\n") == []


def test_a_scenario_is_no_success_criterion() -> None:
    """Under a heading that speaks of scenarios, `SC-01` is one."""
    assert names("## User Scenarios\n### SC-01: A\n## Success Criteria\n### SC-02: B\n") == ["SC-02"]


def test_a_requirement_goes_on_in_the_next_lines() -> None:
    """The words of the whole item are read, and not those of the next one."""
    text = "- **FR-001**: System MUST greet\n  by name\n- **FR-002**: System MUST part\n\nMUST not be read"
    assert [each.text.strip() for each in requirements(text)] == [
        "System MUST greet by name",
        "System MUST part",
    ]


def test_a_requirement_as_a_heading_has_the_words_below_it() -> None:
    """The paragraph under the heading belongs to it."""
    (found,) = requirements("### FR-001: Greeting\n\nSystem MUST greet\nby name\n\nmore")
    assert found.text == "Greeting System MUST greet by name"


def test_a_byte_order_mark_and_windows_lines_change_nothing() -> None:
    """A specification saved on Windows reads as any other."""
    text = "- **FR-001**: System MUST x\n- **FR-002**: System MUST y\n"
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert requirements(windows) == requirements(text)


@pytest.mark.parametrize(
    "heading",
    [
        "### User Story 1 - Greet (Priority: P1)",
        "### User Story 1 — Greet (Priority: P1)",
        "### User Story 1: Greet (P1)",
        "#### Story 1 - Greet (Priority: P1) 🎯",
        "### US1 - Greet (Priority: P1)",
        "### US-1: Greet (Priority: P1)",
        "### User Story 1 (P1) — Greet",
        "### User Story - Greet (Priority: P1)",
        "### HU-1: Greet (P1)",
        "### Historia de Usuario 1 — Greet (Prioridad: P1)",
        "### História de Usuário 1 - Greet (Prioridade: P1)",
        "### Пользовательская история 1: Greet (Приоритет: P1)",
    ],
)
def test_every_form_of_a_story_is_read(heading: str) -> None:
    """Any dash, any level, with its priority."""
    (found,) = stories(f"# Spec\n\n{heading}\n\n1. **Given** a, **When** b, **Then** c\n")
    assert (found.line, found.name, found.priority) == (3, "001-a/US1", "P1")
    assert found.title.startswith("Greet")
    assert [(each.line, each.name) for each in found.scenarios] == [(5, "001-a/US1.1")]


def test_scenarios_bear_the_authors_numbers() -> None:
    """Numbered as written; bullets are counted."""
    numbered = "### User Story 2 - A\n\n1. **Given** a\n3. Given b\n\n"
    listed = "### User Story 3 - B\n\n- Given c\n- **Given** d\n"
    assert scenario_names(numbered + listed) == ["US2.1", "US2.3", "US3.1", "US3.2"]


def test_a_scenario_on_several_lines_is_one() -> None:
    """The steps below it are its words."""
    first = "1. **Given** a name\n   **When** I ask\n   - **Then** I am greeted\n"
    (found,) = stories(f"### User Story 1 - A\n\n{first}2. **Given** b\n")
    assert [each.name for each in found.scenarios] == ["001-a/US1.1", "001-a/US1.2"]
    assert found.scenarios[0].text == "**Given** a name **When** I ask - **Then** I am greeted"


def test_a_story_may_bear_a_letter() -> None:
    """One that was put in later."""
    assert scenario_names(
        "### User Story 5a - A\n1. **Given** a\n### User Story 5b - B\n1. **Given** a\n"
    ) == [
        "US5a.1",
        "US5b.1",
    ]


@pytest.mark.parametrize(
    "steps",
    [
        "1. **Given** a\n2. **When** b\n3. **Then** c\n4. **And** d\n",
        "- **Given** a\n\n- **When** b\n\n- **Then** c\n",
        "1. **鉴于** a\n2. **当** b\n3. **那么** c\n",
        "**Given** a,\n**When** b,\n**Then** c\n",
    ],
)
def test_steps_of_their_own_are_one_scenario(steps: str) -> None:
    """Numbered or apart, they go on until Then was said."""
    assert scenario_names(f"### User Story 1 - A\n{steps}") == ["US1.1"]
    two = f"### User Story 1 - A\n{steps}\n- **Given** x, **When** y, **Then** z\n"
    assert scenario_names(two) == ["US1.1", "US1.2"]


def test_a_scenario_that_begins_with_when_is_one() -> None:
    """After one that is finished."""
    text = "### User Story 1 - A\n1. **Given** a, **When** b, **Then** c\n2. **When** d, **Then** e\n"
    assert scenario_names(text) == ["US1.1", "US1.2"]


def test_criteria_without_given_are_scenarios() -> None:
    """If they stand under acceptance, and nothing there begins with Given."""
    text = "### User Story 1 - A\n- Other\n\n**Acceptance Scenarios:**\n\n- a → b\n  - at once\n- c\n"
    assert scenario_names(text) == ["US1.1", "US1.2"]
    assert scenario_names(f"{text}- **Given** d, **Then** e\n\n**Notes**:\n- e\n") == ["US1.1"]


def test_a_story_ends_with_its_section() -> None:
    """Edge cases and requirements are no scenarios of the last story."""
    story = "## User Scenarios & Testing\n### User Story 1 - A\n1. **Given** a\n"
    assert scenario_names(f"{story}### Edge Cases\n- When the name is blank\n") == ["US1.1"]
    assert scenario_names(f"{story}## Requirements\n- When a name is given, System MUST greet\n") == ["US1.1"]


def test_scenarios_under_a_heading_of_their_own_belong_to_the_story() -> None:
    """As in spec-kit's older template: the primary story is story 1."""
    text = "### Primary User Story\nAs a user\n### Acceptance Scenarios\n1. **Given** a\n2. **Given** b\n"
    assert scenario_names(text) == ["US1.1", "US1.2"]


def test_quoted_and_fenced_scenarios_are_none() -> None:
    """An example is no promise."""
    assert scenario_names("### User Story 1 - A\n> 1. **Given** a\n```\n1. **Given** b\n```\n") == []


def test_an_open_question_is_read_with_its_words() -> None:
    """With words, without, and two on one line."""
    text = "a [NEEDS CLARIFICATION: who?]\n[NEEDS CLARIFICATION] and [NEEDS CLARIFICATION: when?]\n"
    assert questions(text) == [(1, "who?"), (2, ""), (2, "when?")]


def test_an_open_value_of_a_plan_is_a_question() -> None:
    """spec-kit's plan leaves values open without brackets."""
    assert questions("**Storage**: NEEDS CLARIFICATION") == [(1, "**Storage**: NEEDS CLARIFICATION")]


@pytest.mark.parametrize(
    "text",
    [
        "- [x] No [NEEDS CLARIFICATION] markers remain",
        "- [ ] No [NEEDS CLARIFICATION] markers remain",
        "Mark it `[NEEDS CLARIFICATION: x]`",
        'Write "[NEEDS CLARIFICATION: x]"',
        "> [NEEDS CLARIFICATION: x]",
        "```\n[NEEDS CLARIFICATION: x]\n```",
        "<!-- [NEEDS CLARIFICATION: x] -->",
        "## ⚡ Quick Guidelines\nuse [NEEDS CLARIFICATION: x]\n### more\n[NEEDS CLARIFICATION: y]",
        "## Review & Acceptance Checklist\n[NEEDS CLARIFICATION: x]",
    ],
)
def test_a_question_that_is_only_quoted_is_not_open(text: str) -> None:
    """Checklists, guidelines, code and quotations repeat the words without asking."""
    assert questions(text) == []


def test_a_question_after_a_checklist_is_open() -> None:
    """The next section of the same level is the author's own again."""
    assert questions("## Checklist\nx\n## Requirements\n[NEEDS CLARIFICATION: y]") == [(4, "y")]


def test_tasks_are_read_with_their_box() -> None:
    """Ticked in either case, with an id or without."""
    page = read_page("- [x] T001 [P] Write\n- [X] **T002** Run\n- [ ] Part\n- T003 no box\n")
    found = [(each.line, each.name, each.done) for each in speckit.tasks_of(page, "tasks.md")]
    assert found == [(1, "T001", True), (2, "T002", True), (3, "", False)]


def test_sections_and_title_lose_their_decoration() -> None:
    """`*(mandatory)*` and `Feature Specification:` are spec-kit's words, not the author's."""
    page = read_page("# Feature Specification: Greeting\n\n## Requirements *(mandatory)*\n## Notes (x)\n")
    assert speckit.title_of(page, "001-a") == "Greeting"
    titles = [(each.line, each.title) for each in speckit.sections_of(page, "spec.md")]
    assert titles == [(1, "Feature Specification: Greeting"), (3, "Requirements"), (4, "Notes (x)")]
    assert speckit.title_of(read_page("text"), "001-a") == "001-a"


PIECES = st.sampled_from(
    [
        "- **FR-001**: MUST x",
        "FR-2: y",
        "| SC-003 | z |",
        "### FR-AUTH-004",
        "```",
        "~~~",
        "````",
        "<!--",
        "-->",
        "> - **FR-005**: q",
        "### User Story 1 - A",
        "1. **Given** a",
        "[NEEDS CLARIFICATION",
        "---",
        "",
        "\t",
        "text",
        "- [x] T001",
        "## Edge Cases",
        "\ufeff",
        "\u2028- **FR-006**: x",
        "`",
        "\x0c",
    ]
)


@given(st.lists(PIECES, max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_whatever_is_written_is_read(pieces: list[str], end: str) -> None:
    """The reader never stumbles, and every name stands on the line it gives."""
    text = end.join(pieces)
    page, lines = read_page(text), text.split("\n")
    for each in speckit.requirements_of(page, "spec.md", "001-a"):
        assert each.name.removeprefix("001-a/") in lines[each.line - 1]
    for story in speckit.stories_of(page, "spec.md", "001-a"):
        assert "Story" in lines[story.line - 1]
        assert all("Given" in lines[each.line - 1] for each in story.scenarios)
    for question in speckit.questions_of(page, "spec.md"):
        assert "NEEDS" in lines[question.line - 1]
    assert all("[x]" in lines[task.line - 1] for task in speckit.tasks_of(page, "tasks.md"))


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text: str) -> None:
    """Not even nonsense raises, and what is read stands on a line that there is."""
    page = read_page(text)
    speckit.title_of(page, "f")
    lines = [
        *(each.line for each in speckit.sections_of(page, "p")),
        *(each.line for each in speckit.requirements_of(page, "p", "f")),
        *(each.line for each in speckit.stories_of(page, "p", "f")),
        *(each.line for each in speckit.questions_of(page, "p")),
        *(each.line for each in speckit.tasks_of(page, "p")),
    ]
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@pytest.mark.req("001-reading-specifications/US1.2")
@given(st.lists(PIECES.filter(lambda piece: "`" not in piece and "~" not in piece), max_size=20))
def test_nothing_in_a_fence_is_a_requirement(pieces: list[str]) -> None:
    """Whatever stands between two fences is code."""
    assert requirements("\n".join(["~~~~~", *pieces, "~~~~~"])) == []


@pytest.mark.parametrize(
    "before", ["", "- **FR-001", "- **FR-001** ", "| FR-001", "### FR-001", "## ", "1. **Given** "]
)
@pytest.mark.parametrize(
    "unit", ["*", "(", " ", "|", "`", "[NEEDS CLARIFICATION", '"', "**a**: ", "FR-001: ", "："]
)
def test_a_long_line_takes_no_longer_than_its_length(before: str, unit: str) -> None:
    """200 000 nasty characters after any beginning are read at once."""
    page = read_page("### User Story 1\n" + before + unit * (200_000 // len(unit)) + "x")
    started = time.process_time()
    speckit.sections_of(page, "p")
    speckit.requirements_of(page, "p", "f")
    found = speckit.stories_of(page, "p", "f")
    speckit.questions_of(page, "p")
    speckit.tasks_of(page, "p")
    assert time.process_time() - started < 5
    assert [each.name for each in found] == ["f/US1"]


@pytest.mark.req("001-reading-specifications/SC-002")
def test_a_long_page_takes_no_longer_than_its_length() -> None:
    """Twenty thousand lines of one paragraph are read at once, and so is what follows them."""
    page = read_page("a line of a paragraph without end\n" * 20_000 + "\n- **FR-001**: It MUST greet\n")
    started = time.process_time()
    found = speckit.requirements_of(page, "p", "f")
    speckit.stories_of(page, "p", "f")
    assert time.process_time() - started < 5
    assert [each.name for each in found] == ["f/FR-001"]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of public specifications is not here")
def test_public_specifications_are_read() -> None:
    """Every id that a bullet of a public specification defines is found, at its line."""
    read = 0
    for path in sorted(CORPUS.rglob("spec.md")):
        text = path.read_text(encoding="utf-8-sig")
        found = requirements(text)
        stories(text)
        questions(text)
        lines = text.split("\n")
        assert all(each.name.removeprefix("001-a/") in lines[each.line - 1] for each in found), path
        defined = set(re.findall(r"^\s*[-*]\s+\*\*((?:FR|SC|NFR)-\d+)\*\*", text, re.MULTILINE))
        assert defined <= {each.name.removeprefix("001-a/") for each in found}, path
        read += bool(defined)
    assert read > 10


@pytest.mark.parametrize(
    "line",
    [
        "**Independent Test**: Run it",
        "**Independent Test:** Run it",
        "- **Independent Test** (manual): Run it",
        "Independent Test: Run it",
        "**Independent Test**:\nRun it",
        "**独立テスト**：Run it",
    ],
)
def test_a_story_says_how_it_can_be_tried(line: str) -> None:
    """On the label's line or in the paragraph after it."""
    (found,) = stories(f"### User Story 1 - Greet (Priority: P1)\n\n{line}\n")
    assert found.independent_test == "Run it"


def test_a_story_without_an_independent_test_has_none() -> None:
    """The test of one story is not that of the next."""
    first, second = stories("### US1 - A\n**Independent Test**: Run it\n### US2 - B\nwords\n")
    assert (first.independent_test, second.independent_test) == ("Run it", None)


def test_edge_cases_are_the_lines_under_their_heading() -> None:
    """Without blank lines, quotations and headings."""
    text = "### Edge Cases\n\nWords.\n\n- A blank name\n> quoted\n#### More\n- Two\n### Other\n- Three\n"
    found = speckit.edge_cases_of(read_page(text), "spec.md")
    assert [(each.line, each.text) for each in found] == [(3, "Words."), (5, "- A blank name"), (8, "- Two")]


@pytest.mark.parametrize(
    "line",
    [
        "- ~~**FR-002**: System MUST shout~~",
        "- **~~FR-002~~**: System MUST shout",
        "- **FR-002**: ~~System MUST shout~~",
        "- **FR-002**: [RETIRED] System MUST shout",
        "- **FR-002**: *(removed 2026-11-24)*",
        "- **FR-002**: Withdrawn. See FR-001.",
        "- **FR-002**: Superseded by FR-001",
    ],
)
def test_a_requirement_that_is_struck_out_is_retired(line: str) -> None:
    """It promises nothing any more, and its id stays taken."""
    page = read_page(f"# F\n\n## Requirements\n\n- **FR-001**: System MUST greet\n{line}\n")

    found = defined_in(page, "spec.md", "001-a")

    assert ["001-a/FR-001"] == [each.name for each in found.requirements]
    assert [("001-a/FR-002", 6)] == [(each.name, each.line) for each in found.retired]


@pytest.mark.parametrize(
    "text", ["Removed items MUST be kept", "System MUST ~~shout~~ greet", "Withdrawn money MUST count"]
)
def test_a_requirement_about_what_was_removed_is_not_retired(text: str) -> None:
    """Only a note of its own retires a requirement."""
    page = read_page(f"# F\n\n## Requirements\n\n- **FR-001**: {text}\n")

    assert () == defined_in(page, "spec.md", "001-a").retired
