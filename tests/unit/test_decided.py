"""Decisions, in the forms in which the formats write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats.formats.decided import decisions_of
from tenhats.formats.markdown import read_page

pytestmark = pytest.mark.req("001-reading-specifications/FR-007")


def decided(text: str) -> list[tuple[str, int, str]]:
    found = decisions_of(read_page(text), "a.md", "a")
    return [(each.name.removeprefix("a/"), each.line, each.text) for each in found]


@pytest.mark.parametrize(
    "item",
    [
        "- Q: Who is greeted? → A: Everybody",
        "- Q: Who is greeted? -> A: Everybody",
        "1. **Q**: Who is greeted? **A**: Everybody",
        "- Q1: Who is greeted?\n  - A1: Everybody",
        "- **Q:** Who is greeted?\n  **A:** Everybody",
    ],
)
@pytest.mark.parametrize(
    "heading", ["## Clarifications\n### Session 2026-01-01", "## 澄清", "## Aclaraciones"]
)
def test_an_answered_question_is_a_decision(heading: str, item: str) -> None:
    """On one line or two; its name is the question."""
    line = heading.count("\n") + 2
    assert decided(f"{heading}\n{item}\n") == [("Who is greeted?", line, "Everybody")]
    assert decided(f"## Notes\n{item}\n") == []


@pytest.mark.parametrize(
    "said",
    ["**Decision**: One", "- **Decision:** One", "Decision: One", "**Decisión**: One", "**决策**：One"],
)
def test_what_is_called_a_decision_is_one(said: str) -> None:
    """Its name is the heading that it answers, without its number."""
    assert decided(f"## 1. How many?\n\n{said}\n\n**Rationale**: b\n") == [("How many?", 3, "One")]


@pytest.mark.parametrize(
    "heading",
    [
        "### Decision: One way",
        "### Decision 1: One way",
        "## Freshness Decision 2 - One way",
        "### 决策 1: One way",
    ],
)
def test_a_heading_may_name_a_decision(heading: str) -> None:
    """Its text is the line that says Decision, or the first paragraph."""
    assert decided(f"{heading}\n\nWhy\nnot.\n\nmore\n") == [("One way", 1, "Why not.")]
    assert decided(f"{heading}\n\nWhy\n\n**Decision**: So.\n") == [("One way", 1, "So.")]


@pytest.mark.parametrize(("id_", "dash"), [("AD-1", " —"), ("ADR-001", ":"), ("D3", "."), ("AD-12", " -")])
def test_a_decision_may_have_an_id(id_: str, dash: str) -> None:
    """Then that is its name."""
    assert decided(f"### {id_}{dash} One way\n\n- **Rule:** a\n") == [(id_, 1, "One way")]


def test_what_stands_under_decisions_is_one_each() -> None:
    """Headings, numbered items, bold ones; not what is said about them."""
    assert decided("## Key Decisions\n### 1. A\nx\n#### Why\ny\n### B\n## C\n### D\n") == [
        ("A", 2, "x"),
        ("B", 6, ""),
    ]
    assert decided("## Decisions\n1. **A**\n- Rationale: b\n- **Alternatives**: c\n2. D\n- **E**: f\n") == [
        ("A", 2, "**A**"),
        ("D", 5, "D"),
        ("E", 6, "**E**: f"),
    ]
    assert decided("## Decisions needed\n1. A\n### Decision Priority Analysis\n") == []


def test_quoted_and_fenced_decisions_are_none() -> None:
    """An example decides nothing."""
    assert decided("> **Decision**: a\n```\n**Decision**: b\n```\n<!-- ### Decision: c -->\n") == []


@given(
    st.lists(
        st.sampled_from(
            [
                "## Decisions",
                "## Clarifications",
                "### AD-1 — a",
                "- Q: a → A: b",
                "**Decision**: c",
                "1. **d**",
                "",
                "e",
            ]
        ),
        max_size=12,
    )
)
def test_whatever_is_written_is_read(lines: list[str]) -> None:
    """In order, each on a line of the page, and with a name."""
    found = decided("\n".join(lines))
    assert [line for _, line, _ in found] == sorted({line for _, line, _ in found})
    assert all(name and 1 <= line <= len(lines) for name, line, _ in found)


@pytest.mark.parametrize(
    "unit", ["Q: ", "A: ", "→ ", "**", "Decision ", "Decision: ", "a ", "- ", "1. ", "(", "A1"]
)
def test_a_long_line_takes_no_longer_than_its_length(unit: str) -> None:
    """Twenty thousand characters of anything."""
    started = time.process_time()
    for before in ("- Q: ", "### Decision: ", "### ", "**Decision**: ", "1. **"):
        decided(f"## Decisions\n## Clarifications\n{before}{unit * (20_000 // len(unit))}x\n")
    assert time.process_time() - started < 2
