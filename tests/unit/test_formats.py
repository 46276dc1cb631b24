"""The table of formats, ids, and a project that has all four formats at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats import formats
from tenhats.facts.specs import Specs, read_specs
from tenhats.formats.ids import named_in
from tests.unit.made_up import ask, folder, is_silent, tree_of

pytestmark = pytest.mark.req("001-reading-specifications/FR-006")


PROJECT = {
    "specs/001-greeting/spec.md": "# Feature Specification: Greeting\n\n## User Scenarios & Testing\n"
    "### User Story 1 - Greet (Priority: P1)\n1. **Given** a, **When** b, **Then** c\n## Requirements\n"
    "- **FR-001**: System MUST greet\n## Success Criteria\n- **SC-001**: within 1 ms\n",
    "specs/001-greeting/tasks.md": "- [ ] T001 Do (FR-001)\n",
    "openspec/specs/parting/spec.md": "# parting Specification\n## Purpose\nPart.\n## Requirements\n"
    "### Requirement: Part\nThe system SHALL part and SHALL wave.\n"
    "#### Scenario: S\n- **WHEN** a\n- **THEN** b\n",
    "openspec/changes/add-hat/specs/parting/spec.md": "## ADDED Requirements\n"
    "### Requirement: Hat\nIt SHALL.\n",
    "openspec/changes/add-hat/tasks.md": "## 1. Do\n- [ ] 1.1 Do\n",
    "openspec/changes/archive/2026-01-01-old/specs/parting/spec.md": "nothing",
    ".kiro/specs/greeting/requirements.md": "# Requirements Document\n## Introduction\nx\n## Requirements\n"
    "### Requirement 1: T\n#### Acceptance Criteria\n1. WHEN a, the system shall b\n",
    ".kiro/specs/greeting/design.md": "# Design\n",
    ".kiro/specs/greeting/tasks.md": "- [x] 1. Do\n  - _Requirements: All_\n",
    "docs/prd.md": "# PRD\n- **FR1:** Users can greet\n",
    "docs/stories/1.1.greet.md": "# Story 1.1: Greet\nStatus: Done\n## Acceptance Criteria\n1. a\n"
    "## Tasks / Subtasks\n- [x] Task 1: b (AC: 1)\n",
    "docs/stories/README.md": "# Index\n",
}


def read(tmp_path: Path, files: dict[str, str]) -> Specs:
    here = folder(tmp_path, files)
    return read_specs(here, tree_of(here))


@pytest.mark.req("001-reading-specifications/US1.1", "001-reading-specifications/SC-001")
def test_a_project_with_all_four_formats_is_read_as_one(tmp_path: Path) -> None:
    """Every requirement with a qualified name of its own."""
    found = read(tmp_path, PROJECT)
    assert found.problems == ()
    assert {each.name: each.format for each in found.features} == {
        "001-greeting": "spec-kit",
        "parting": "openspec",
        "add-hat": "openspec",
        "greeting": "kiro",
        "prd": "bmad",
        "1.1.greet": "bmad",
    }
    assert found.names == {
        "001-greeting/FR-001",
        "001-greeting/SC-001",
        "001-greeting/US1.1",
        "parting/Part",
        "parting/Part: S",
        "add-hat/parting/Hat",
        "greeting/1.1",
        "prd/FR1",
        "1.1.greet/AC1",
    }
    assert {ref for one in found.features for task in one.tasks for ref in task.refs} <= found.names
    assert found.resolve("parting/Hat") == "add-hat/parting/Hat"
    assert found.resolve("FR1") == "prd/FR1"


@pytest.mark.parametrize(
    "code",
    [
        *("SPC001", "SPC002", "SPC003", "SPC004", "SPC005", "SPC008", "SPC014", "SPC015", "SPC017", "SPC019"),
        *("SPC021", "SPC022", "ARC004"),
    ],
)
def test_no_rule_asks_a_format_for_what_it_does_not_have(tmp_path: Path, code: str) -> None:
    """A good file of each format is good to every rule."""
    assert is_silent(ask(code, read(tmp_path, PROJECT)))


@pytest.mark.req("001-reading-specifications/US2.1")
@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("openspec/specs/a/spec.md", "# A\n\ntext\n", "no requirement was found in"),
        ("openspec/changes/b/specs/a/spec.md", "## ADDED Requirements\n", "no requirement was found in"),
        ("openspec/changes/b/tasks.md", "# Tasks\n\nnone\n", "no task was found in"),
        (".kiro/specs/a/requirements.md", "# R\n\ntext\n", "no requirement was found in"),
        (".kiro/specs/a/tasks.md", "- [ ] 1. Do\n", "no specification stands beside"),
        ("docs/prd.md", "# PRD\n\ntext\n", "no requirement was found in"),
        ("docs/stories/1.1.a.md", "# Story 1.1: A\n\ntext\n", "no requirement was found in"),
        ("_bmad-output/implementation-artifacts/sprint-status.yaml", "a: b\n", "no story was found in"),
        ("specs/001-a/tasks.md", "- [ ] T001 Do\n", "no specification stands beside"),
    ],
)
def test_a_file_that_yields_nothing_is_told_of(tmp_path: Path, path: str, text: str, said: str) -> None:
    """It looks like a specification, so silence would be a lie."""
    problems = read(tmp_path, {path: text}).problems
    assert [(each.path, each.message) for each in problems] == [(path, f"{said} {path}")]


@pytest.mark.parametrize(
    ("path", "text", "advice"),
    [
        ("specs/001-a.md", "# A\n\n- **FR-001**: MUST a\n", False),
        ("specs/001-a/requirements.md", "# A\n\n### Requirement 1: B\n1. WHEN c THE d SHALL e\n", False),
        (".specs/a/spec.md", "# A\n\n### Requirement: A\n", True),
        ("docs/specs/a/spec.md", "# A\n\n- **FR-001**: MUST a\n", True),
        ("apps/web/specs/001-a/spec.md", "# A\n\n- **FR-001**: MUST a\n", True),
        ("apps/web/.kiro/specs/a/requirements.md", "# A\n\n### Requirement 1\n1. a SHALL b\n", True),
    ],
)
def test_requirements_where_none_are_read_are_told_of(
    tmp_path: Path, path: str, text: str, advice: bool
) -> None:
    """In the folder of specifications it is a finding; elsewhere it may be meant so."""
    stray = [each for each in read(tmp_path, {path: text}).problems if each.path == path]
    assert [(each.message, each.advice) for each in stray] == [
        (f"{path} has requirements, and is not read", advice)
    ]
    assert stray[0].line >= 3
    assert stray[0].fix.startswith("move it to specs/NAME/spec.md")
    assert ('specs = "docs/specs"' in stray[0].fix) == path.startswith("docs/")
    assert any(not each.advice for each in read(tmp_path, {path: text}).problems)
    assert not [each for each in read(tmp_path, {path: "# Notes\n"}).problems if each.path == path]


@pytest.mark.parametrize(
    "path",
    [
        "tests/fixtures/specs/a/spec.md",
        "specs/001-a/checklists/requirements.md",
        "specs/README.md",
        "src/a.md",
    ],
)
def test_examples_and_checklists_are_no_stray_specifications(tmp_path: Path, path: str) -> None:
    """They cite requirements on purpose."""
    text = "- **FR-001**: MUST a\n"
    assert not [each for each in read(tmp_path, {path: text}).problems if each.path == path]


def test_a_page_of_plans_beside_another_format_is_only_advised_on(tmp_path: Path) -> None:
    """`docs/prd.md` may be something else where all specifications are Kiro's."""
    kiro = {path: text for path, text in PROJECT.items() if path.startswith(".kiro")}
    found = read(tmp_path, {**kiro, "docs/prd.md": "# PRD\n\ntext\n"})
    assert [(each.path, each.advice) for each in found.problems] == [("docs/prd.md", True)]
    research = read(tmp_path, {**PROJECT, "specs/001-greeting/research.md": "a\n```\nb\n"})
    assert [(each.line, each.advice) for each in research.problems] == [(2, True)]


def test_a_change_that_only_takes_away_is_read(tmp_path: Path) -> None:
    """It promises nothing, and is no problem."""
    text = "## REMOVED Requirements\n### Requirement: A\n**Reason**: old\n"
    found = read(tmp_path, {"openspec/changes/b/specs/a/spec.md": text})
    assert (found.problems, found.names) == ((), frozenset())
    assert [each.name for each in found.features[0].withdrawn] == ["b/a/A"]


def test_every_format_has_its_decisions(tmp_path: Path) -> None:
    """Where it writes them; an architecture alone is no specification."""
    spec = PROJECT["specs/001-greeting/spec.md"]
    files = {
        "specs/001-greeting/spec.md": f"{spec}\n## Clarifications\n- Q: Who? → A: All\n",
        "specs/001-greeting/research.md": "## 1. Threads\n\n**Decision**: One\n",
        "openspec/changes/add-hat/proposal.md": "# Add a hat\n",
        "openspec/changes/add-hat/specs/hat/spec.md": "## ADDED Requirements\n### Requirement: A\nb\n",
        "openspec/changes/add-hat/design.md": "## Decisions\n### 1. Felt\nIt lasts.\n",
        ".kiro/specs/kind/requirements.md": PROJECT[".kiro/specs/greeting/requirements.md"],
        ".kiro/specs/kind/design.md": "## Design\n### Decision: Wood\nIt burns.\n",
        "docs/architecture.md": "## Rules\n### AD-1 — One way\n- **Rule:** a\n",
        "docs/prd.md": PROJECT["docs/prd.md"],
    }
    found = read(tmp_path, files)
    assert sorted((each.name, each.line, each.text) for one in found.features for each in one.decisions) == [
        ("001-greeting/Threads", 3, "One"),
        ("001-greeting/Who?", len(spec.split("\n")) + 2, "All"),
        ("add-hat/Felt", 2, "It lasts."),
        ("architecture/AD-1", 2, "One way"),
        ("kind/Wood", 2, "It burns."),
    ]
    alone = read(tmp_path / "alone", {"docs/architecture.md": files["docs/architecture.md"]})
    assert (alone.features, len(alone.problems)) == ((), 1)


def test_features_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """The later format in the table bears its name in front."""
    kiro = {path: text for path, text in PROJECT.items() if path.startswith(".kiro")}
    spec = PROJECT["specs/001-greeting/spec.md"]
    found = read(tmp_path, {**kiro, "specs/greeting/spec.md": spec})
    assert {each.name for each in found.features} == {"greeting", "spec-kit/greeting"}
    assert "spec-kit/greeting/FR-001" in found.names


@pytest.mark.parametrize(
    ("path", "what", "feature"),
    [
        ("specs/001-a/spec.md", "specification", "001-a"),
        ("specs/20260101-120000-a/spec.md", "specification", "20260101-120000-a"),
        ("specs/x/001-a/plan.md", "plan", "x/001-a"),
        ("specs/001-a/research.md", "research", "001-a"),
        (".specify/specs/001-a/spec.md", "specification", "001-a"),
        ("kitty-specs/001-a/plan.md", "plan", "001-a"),
        ("docs/architecture.md", "architecture", "architecture"),
        ("_bmad-output/a/b/ARCHITECTURE-SPINE.md", "architecture", "ARCHITECTURE-SPINE"),
        ("openspec/specs/a/b/spec.md", "living specification", "a/b"),
        ("openspec/changes/c/specs/a/spec.md", "change delta", "c"),
        (".kiro/specs/a/spec.json", "phase", "a"),
        ("docs/PRD.md", "product requirements", "PRD"),
        ("docs/prd/1-goals.md", "part of the product requirements", "prd/1-goals"),
        ("docs/epics/epic-1.md", "epics", "epics/epic-1"),
        ("_bmad-output/planning-artifacts/epics.md", "epics", "epics"),
        ("_bmad-output/implementation-artifacts/1-1-a.md", "story", "1-1-a"),
        ("_bmad-output/implementation-artifacts/spec-a.md", "quick specification", "spec-a"),
    ],
)
def test_the_table_says_who_reads_what(path: str, what: str, feature: str) -> None:
    """And what the feature is called."""
    (found,) = formats.sort_out([path], "specs")
    assert (found.reader.what, found.feature) == (what, feature)


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "specs/README.md",
        "openspec/changes/archive/2026-a/specs/b/spec.md",
        "docs/stories/README.md",
        "docs/index.md",
        "src/specs/a/spec.md",
        "_bmad-output/planning-artifacts/prd-validation-report.md",
        "docs/epics/index.md",
        "docs/epics/epics-summary.md",
        "_bmad-output/planning-artifacts/epics/fr-coverage-map.md",
        "_bmad-output/planning-artifacts/epic-8-implementation-readiness-2026-01-25.md",
        "_bmad-output/planning-artifacts/EPIC-4-COMPLETION-SUMMARY.md",
        "_bmad-output/implementation-artifacts/1-2-code-review-2026-01-26.md",
    ],
)
def test_other_files_are_not_read(path: str) -> None:
    """Indexes, reports, archives, and whatever lies elsewhere."""
    assert formats.sort_out([path], "specs") == []


def test_the_table_is_printed() -> None:
    """`nox -s explain -- formats`, with every pattern."""
    page = formats.described("docs/specs")
    assert "docs/specs/<**>/spec.md" in page
    assert all(reader.what in page for reader in formats.READERS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FR-001 to FR-003", ["FR-001", "FR-002", "FR-003"]),
        ("FR-001 through FR-003", ["FR-001", "FR-002", "FR-003"]),
        ("FR-001-003", ["FR-001", "FR-002", "FR-003"]),
        ("FR-001–FR-003", ["FR-001", "FR-002", "FR-003"]),
        ("FR-001..FR-003", ["FR-001", "FR-002", "FR-003"]),
        ("FR-001→003", ["FR-001", "FR-002", "FR-003"]),
        ("FR-001~FR-003を満たす", ["FR-001", "FR-002", "FR-003"]),
        ("FR-001/002", ["FR-001", "FR-002"]),
        ("FR-001, 002 and SC-001", ["FR-001", "FR-002", "SC-001"]),
        ("FR-SYNC-01 to FR-SYNC-02", ["FR-SYNC-01", "FR-SYNC-02"]),
        ("FR-001, 3 times", ["FR-001"]),
        ("FR-001 - 3 things", ["FR-001"]),
        ("FR-003 to FR-001", ["FR-003", "FR-001"]),
        ("FR-001 to SC-003", ["FR-001", "SC-003"]),
        ("FR-1 to FR-99999", ["FR-1", "FR-99999"]),
        ("FR-XXX, RFC-001, AFR-1", []),
    ],
)
def test_ranges_are_written_out(text: str, found: list[str]) -> None:
    """In every form that was seen; nothing is made up."""
    assert list(named_in(text)) == found
