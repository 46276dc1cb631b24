"""What pages are made of in every format: the paths, the openings, the lines, and marks to repeat."""

from __future__ import annotations

_ACCEPTANCE = "## Acceptance Criteria"

PATHS = {
    "specs/001-a/spec.md": ("## Requirements", "## Glossary"),
    "specs/001-a/tasks.md": ("## Tasks",),
    "openspec/specs/a/spec.md": ("## Requirements", "## Glossary"),
    "openspec/changes/a/specs/b/spec.md": ("## REMOVED Requirements", "## RENAMED Requirements"),
    ".kiro/specs/a/requirements.md": ("### Requirement 1: a\n#### Acceptance Criteria", _ACCEPTANCE),
    ".kiro/specs/a/tasks.md": ("## Tasks",),
    "docs/prd.md": ("## Requirements", "### Story 1.1: a\n**Acceptance Criteria:**"),
    "docs/epics.md": ("### Story 1.1: a\n**Acceptance Criteria:**",),
    "docs/stories/1.1.a.md": ("## Tasks", _ACCEPTANCE),
    "docs/sprint-status.yaml": ("development_status:",),
}
"""A path for each reader that reads much, and the openings under which it reads most."""

LINES = (
    "- **FR-001**: System MUST a",
    "- **FR-{n}**: System should a\n- **FR-001**: System MUST a",
    "- **SC-{n}**: a is fast",
    "| FR-{n} | a |",
    "### 1. a",
    "### User Story {n} - a (Priority: P1)\n1. **Given** a, **When** b, **Then** c",
    "### Requirement: {n}\nThe system SHALL a\n#### Scenario: {n}",
    "### Requirement {n}: a\n#### Acceptance Criteria\n1. WHEN a THE b SHALL c",
    "## Acceptance Criteria\n1. a",
    "**Acceptance Criteria:**\n1. a\n- [ ] Task {n} (AC: all)",
    "{n}. WHEN a THE b SHALL c",
    "1.{n} WHEN a THE b SHALL c",
    "- [ ] T{n} a FR-{n} to FR-900",
    "- [ ] 1.{n} a\n  - _Requirements: All_",
    "- [ ] 1.{n} a\n  - _Requirements: 1.1, 1.{n}, 1.2-1.9_",
    "- [ ] {n}. a (AC: 1, 2, 3)",
    "### Task {n}: a FR-001",
    "### Story 1.{n}: a\n**Given** a\n**When** b\n**Then** c",
    "- FROM: `### Requirement: {n}`\n- TO: `### Requirement: a`",
    "**Term {n}**: a",
    "[NEEDS CLARIFICATION: {n}]",
    "> quoted",
    "  1-{n}-a: done",
    "<!-- a -->",
    "`a`",
    "```",
    "---",
    "a",
    "",
)

NASTY = (
    "*", "_", "`", "(", ")", "[", "]", "<", "|", "-", "#", ">", "~", ":", "：", "—", '"', "“", "'", "’", "\\",
    " ", "\t", "\r", "\0", "0", "9", "a", "A", "é", "要", "必", "가", "\u2028", "\ufeff", "\U0001f600",
    "**", "__", "- ", "1. ", "1.", "<!--", "-->", "```", "(a", "[a](", "a.", "a_", "aA", "a/", "a-", "A-",
    "1.1-", "FR-", "FR-001 ", "FR-001, 002, ", "FR-001-", "AC1 ", "US1 ", "(AC: all) ", "All ",
    "Given ", "**Given** ", "When ", "if ",
    "should ", "must be ", "and/or ", "etc. ", "it ", "user-friendly ", "NEEDS CLARIFICATION [", "1.1, ",
)  # fmt: skip
"""What gets a careless reader or pattern going when it is repeated."""


def page_of(opening: str, line: str, size: int) -> str:
    """A page with `size` lines of one kind under an opening."""
    return f"# A\n\n{opening}\n" + "".join(line.replace("{n}", str(at)) + "\n" for at in range(1, size + 1))
