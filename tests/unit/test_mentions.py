"""What any file mentions: requirements by name, acronyms that it writes out."""

from __future__ import annotations

import pytest

from tenhats.formats.markdown import read_page
from tenhats.formats.mentions import explained_in, references_of

pytestmark = pytest.mark.req("001-reading-specifications/FR-008")


def named(text: str, *known: str) -> list[tuple[int, str]]:
    found = references_of(read_page(text), "plan.md", "001-a", known)
    return [(each.line, each.name) for each in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The check keeps FR-001 and SC-002.", ["FR-001", "SC-002"]),
        ("- [ ] 1. Do\n  - _Requirements: 1.1, 2.2_", ["1.1", "2.2"]),
        ("**Validates: Requirements 1.1, 1.2**", ["1.1", "1.2"]),
        ("*Validates:* Requirement 2", ["2.1", "2.2"]),
        ("**Validates**: Requirements 2.1-2.2", ["2.1", "2.2"]),
        ("> FR-001 is quoted", []),
        ("```\nFR-001\n```", []),
        ("A validated form", []),
    ],
)
def test_each_name_is_found_once_a_line(text: str, names: list[str]) -> None:
    """By ids, by Kiro's numbers, a whole requirement's criteria by its number; not in code or quotations."""
    assert [name.removeprefix("001-a/") for _, name in named(text, "1.1", "1.2", "2.1", "2.2")] == names


def test_a_reference_has_its_line() -> None:
    """The same name on two lines is two references."""
    assert named("FR-001, FR-001\n\nFR-001") == [(1, "001-a/FR-001"), (3, "001-a/FR-001")]


@pytest.mark.parametrize(
    "text",
    [
        "by Server-Sent Events (SSE)",
        "by **Server-Sent Events** (**SSE**)",
        "by SSE (Server-Sent Events)",
        "- **SSE**: events that a server sends",
        "SSE — events that a server sends",
    ],
)
def test_an_acronym_is_written_out_in_many_ways(text: str) -> None:
    """Before it, after it, or as a glossary does."""
    assert explained_in(read_page(text)) == {"SSE"}


@pytest.mark.parametrize("text", ["by SSE, as always", "by SSE (2)", "(SSE)"])
def test_an_acronym_by_itself_is_not_written_out(text: str) -> None:
    """Nor is one with only a number after it."""
    assert explained_in(read_page(text)) == frozenset()
