"""The decision records on disk, in the forms that MADR and its users give them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tenhats.facts.decisions import Decisions, read_decisions
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-003")


WHOLE = """---
status: accepted
date: 2026-11-22
---
# Keep prices in cents

## Context and Problem Statement

Floats lie.

## Considered Options

* floats
* cents

## Decision Outcome

Cents.

### Consequences

None.
"""


def read(tmp_path: Path, files: dict[str, str | bytes]) -> Decisions:
    here = folder(tmp_path, {f"docs/adr/{name}": text for name, text in files.items()})
    return read_decisions(here, tree_of(here))


def test_a_whole_record_is_read(tmp_path: Path) -> None:
    """Number, title, status with its line, date, the sections with words, the options."""
    (record,) = read(tmp_path, {"0007-cents.md": WHOLE, "template.md": "x"}).records
    assert (record.path, record.number, record.title) == ("docs/adr/0007-cents.md", 7, "Keep prices in cents")
    assert (record.status, record.status_line, record.date) == ("accepted", 2, "2026-11-22")
    assert record.sections == (
        "consequences",
        "considered options",
        "context and problem statement",
        "decision outcome",
    )
    assert record.options == 2


def test_a_section_without_words_is_not_filled(tmp_path: Path) -> None:
    """A heading alone, or a comment below it, says nothing."""
    empty = WHOLE.replace("Cents.", "<!-- what? -->").replace("None.", "")
    (record,) = read(tmp_path, {"0001-a.md": empty}).records
    assert record.sections == ("considered options", "context and problem statement")


@pytest.mark.req("005-code-and-documentation/SC-001")
@pytest.mark.parametrize(
    ("text", "status", "line"),
    [
        ("# A\n\n* Status: accepted\n* Date: 2026-11-22\n", "accepted", 3),
        ("# A\n\n**Status:** accepted\n", "accepted", 3),
        ("# A\n\n## Status\n\nAccepted\n", "Accepted", 5),
        ('---\nstatus: "superseded by ADR-0002"\n---\n# A\n', "superseded by ADR-0002", 2),
        ("---\nstatus: 'accepted'   \n---\n# A\n", "accepted", 2),
        ("# A\n\nNo word of it.\n", None, 1),
    ],
)
def test_every_form_of_a_status_is_read(tmp_path: Path, text: str, status: str | None, line: int) -> None:
    """In the front matter, in a list, in a section."""
    (record,) = read(tmp_path, {"0001-a.md": text}).records
    assert (record.status, record.status_line) == (status, line)


def test_the_index_names_records_and_dangling_links(tmp_path: Path) -> None:
    """Links with `./`; links to the web and to other folders are not the index's business."""
    index = "# D\n\n[a](0001-a.md) [b](./0002-b.md)\n[c](0009-c.md) [d](https://x.org/e.md) [f](../f.md)\n"
    found = read(tmp_path, {"index.md": index, "0001-a.md": WHOLE, "0002-b.md": WHOLE})
    assert found.index == "docs/adr/index.md"
    assert {"docs/adr/0001-a.md", "docs/adr/0002-b.md"} <= found.indexed
    assert [(each.line, each.message) for each in found.dangling] == [
        (4, "the index names 0009-c.md, which does not exist")
    ]


def test_a_record_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    """And is not read as an empty one."""
    found = read(tmp_path, {"0001-a.md": b"\xff\xfe"})
    assert found.records == ()
    assert [each.path for each in found.problems] == ["docs/adr/0001-a.md"]


def test_a_project_without_decisions_has_none(tmp_path: Path) -> None:
    """No folder, no records, no index."""
    assert read(tmp_path, {}) == Decisions()


def test_a_long_line_takes_no_longer_than_its_length(tmp_path: Path) -> None:
    """A status with a hundred thousand spaces and quotation marks is read at once."""
    started = time.process_time()
    found = read(tmp_path, {"0001-a.md": f'---\nstatus: {" " * 100_000}""x\n---\n# A\n'})
    assert time.process_time() - started < 3
    assert [each.title for each in found.records] == ["A"]


@pytest.mark.parametrize(
    "status",
    [
        "superseded by ADR-0012",
        "Superseded by [ADR 12](0012-x.md)",
        "superseded by 0012",
        "superseded by ADR-12",
    ],
)
def test_who_supersedes_whom_is_read(tmp_path: Path, status: str) -> None:
    """From the status of the old one and the text of the new one, in the forms that people write."""
    old = WHOLE.replace("status: accepted", f"status: {status}")
    for words in (
        "It supersedes [ADR-0007](0007-a.md).",
        "Supersedes 0007, of 2024-01-31",
        "supersedes: ADR 7",
    ):
        records = read(tmp_path, {"0007-a.md": old, "0012-x.md": f"{WHOLE}\n{words}\n"}).records
        assert (records[0].is_superseded, records[0].superseded_by) == (True, (12,))
        assert (records[1].is_superseded, records[1].supersedes) == (False, (7,))
