"""Waivers: where they stand, which rules they name, which reason they give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.waivers import Waiver, Waivers
from tenhats.rule import Finding

pytestmark = pytest.mark.req("006-verdicts/FR-005")


def waiver(tmp_path: Path, text: str, line: int, code: str = "SPC003") -> Waiver | None:
    (tmp_path / "a.md").write_text(text)
    return Waivers(tmp_path).of(code, Finding("a.md", line, "wrong", "mend it"))


def said(found: Waiver | None) -> tuple[int, str] | None:
    """Where a waiver stands, and its reason."""
    return (found.line, found.reason) if found else None


@pytest.mark.parametrize(
    "comment",
    [
        "# tenhats: ignore[SPC003] as the law says",
        "<!-- tenhats: ignore[SPC003] as the law says -->",
        "text <!-- tenhats: ignore[SPC003] as the law says --> text".removesuffix(" text"),
        "# tenhats: ignore[SPC001, SPC003] as the law says",
    ],
)
def test_a_waiver_is_found_in_any_comment(tmp_path: Path, comment: str) -> None:
    """In Python, TOML, YAML and Markdown, for one rule or several."""
    assert (2, "as the law says") == said(waiver(tmp_path, f"one\n{comment}\n", 2))


def test_a_waiver_counts_on_its_line_and_the_next(tmp_path: Path) -> None:
    """Not two lines further down, nor above."""
    text = "one\n# tenhats: ignore[SPC003] because\nthree\nfour\n"
    assert [waiver(tmp_path, text, line) is not None for line in (1, 2, 3, 4)] == [False, True, True, False]


def test_a_waiver_without_a_reason_has_an_empty_one(tmp_path: Path) -> None:
    """The engine does not let it count."""
    assert (1, "") == said(waiver(tmp_path, "<!-- tenhats: ignore[SPC003] -->", 1))


def test_a_waiver_names_its_rules(tmp_path: Path) -> None:
    """Another rule's is none, and a prefix waives nothing."""
    assert waiver(tmp_path, "# tenhats: ignore[SPC004] because", 1) is None
    assert waiver(tmp_path, "# tenhats: ignore[SPC] because", 1) is None
    assert waiver(tmp_path, "# tenhats: ignore because", 1) is None
    assert said(waiver(tmp_path, "# tenhats: ignore[SPC004] because", 1, "SPC004")) == (1, "because")


@pytest.mark.parametrize("path", ["missing.md", "specs/", "."])
def test_a_place_that_is_no_file_has_no_waiver(tmp_path: Path, path: str) -> None:
    """A finding may stand at a file that is missing; a file beside it has its own."""
    (tmp_path / "specs").mkdir()
    assert Waivers(tmp_path).of("SPC003", Finding(path, 1, "wrong", "mend it")) is None
    assert said(waiver(tmp_path, "# tenhats: ignore[SPC003] because", 1)) == (1, "because")


def test_a_file_that_is_not_utf8_is_read_all_the_same(tmp_path: Path) -> None:
    """A waiver in a Latin-1 file counts."""
    (tmp_path / "a.md").write_bytes(b"\xe9\n# tenhats: ignore[SPC003] because\n")
    found = Waivers(tmp_path).of("SPC003", Finding("a.md", 2, "wrong", "mend it"))
    assert (2, "because") == said(found)
