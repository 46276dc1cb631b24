"""The version that a specification gives itself, what its status claims, and the digest of its words."""

from __future__ import annotations

import pytest

from tenhats import formats
from tenhats.formats.blocks import version_key, version_of
from tenhats.formats.claims import has_begun, is_draft
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Status, Version
from tenhats.formats.words_digest import digests_of, normalised, words_digest
from tests.unit.made_up import SPEC, feature, requirement, task

pytestmark = pytest.mark.req("001-reading-specifications/FR-007")


def version(text: str) -> tuple[str, int] | None:
    """The version of a page and its line."""
    found = version_of(read_page(text), SPEC)
    return (found.text, found.line) if found else None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**Version**: 1.2.0", "1.2.0"),
        ("**Version:** 1.2", "1.2"),
        ("Version: 1.2", "1.2"),
        ("- **Version**: v2", "v2"),
        ("**Version**: `1.0.0-draft`", "1.0.0-draft"),
        ("**Version**: 1.0.0 | **Ratified**: 2026-01-02 | **Last Amended**: 2026-01-02", "1.0.0"),
        ("**Created**: 2026-01-02 | **Version**: 1.0.0", "1.0.0"),
        ("| **Version** | 1.4 |", "1.4"),
        ("**Spec Version**: 0.3", "0.3"),
        ("**Document Version:** 1.1", "1.1"),
        ("**Version**: 2026.1", "2026.1"),
        ("**バージョン**: 1.0", "1.0"),
        ("**版本**：1.2", "1.2"),
        ("**Versión**: 3.0.1", "3.0.1"),
    ],
)
def test_a_version_is_read_as_people_write_it(line: str, text: str) -> None:
    """Bold or not, in a list, in a row, beside something else, in the languages that are read."""
    assert (text, 3) == version(f"# Greeting\n\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "**Version**: 2026-01-02",
        "**Version**: Draft",
        "**Spec Version**: Draft",
        "**Language/Version**: Python 3.12",
        "**API Version**: 3.1",
        "- **FR-001**: Version: 1.2 MUST be refused",
        "The file says Version: 1.0",
        "> **Version**: 1.0",
        "| Version | Date |",
        "**Version**: 10.0.0.0.0.1",
        "**Version**: 1234",
        "Version: 1/2",
    ],
)
def test_what_is_no_version_is_none(line: str) -> None:
    """A date, a word, the version of something else, a number in running text."""
    assert version(f"# Greeting\n\n{line}\n") is None
    assert version(f"# Greeting\n\n{line}\n\n**Version**: 1.2\n") == ("1.2", 5)


def test_the_front_matter_has_a_version_too() -> None:
    """As a field, quoted or not."""
    assert ("1.2.0", 2) == version('---\nversion: "1.2.0"\n---\n# Greeting\n')


@pytest.mark.parametrize("rows", [["0.9", "1.10", "1.2"], ["1.10", "1.2", "0.9"]])
def test_a_change_log_says_its_highest_version(rows: list[str]) -> None:
    """People add to it at the top or at the bottom."""
    table = "".join(f"| 2026-01-02 | {row} | changed | Ada |\n" for row in rows)
    text = (
        f"# Story\n\n## Change Log\n\n| Date | Version | Description | Author |\n|---|---|---|---|\n{table}"
    )
    found = version(text)
    assert found is not None
    assert found[0] == "1.10"


def test_a_table_elsewhere_is_no_change_log() -> None:
    """Versions of tools stand in tables too; only under its own heading it is one."""
    text = "# Story\n\n## Stack\n\n| Tool | Version |\n|---|---|\n| Python | 3.12 |\n"
    assert version(text) is None
    assert version(text.replace("Stack", "Change Log")) == ("3.12", 7)


@pytest.mark.parametrize(
    ("lower", "higher"),
    [("1.2.0", "1.3.0"), ("1.9", "1.10"), ("1.0.0-draft", "1.0.0"), ("v1", "2.0"), ("1.0", "1.0.1")],
)
def test_versions_are_ordered_by_their_numbers(lower: str, higher: str) -> None:
    """Not as texts; a draft of a version comes before it."""
    assert version_key(lower) < version_key(higher)
    assert version_key("1.0") == version_key("1.0.0")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("specs/001-a/spec.md", "# A\n\n**Version**: 1.0.0\n\n- **FR-001**: It MUST greet\n"),
        (".kiro/specs/a/requirements.md", "# A\n\n**Version**: 1.0.0\n"),
        ("openspec/specs/a/spec.md", "# A\n\n**Version**: 1.0.0\n"),
        ("docs/prd.md", "# A\n\n**Version**: 1.0.0\n"),
        ("docs/stories/1.1.story.md", "# A\n\n**Version**: 1.0.0\n"),
    ],
)
def test_every_reader_reads_it(path: str, text: str) -> None:
    """Whatever the format."""
    (file,) = formats.sort_out([path], "specs")
    assert file.reader.page is not None
    assert file.reader.page(read_page(text), path, "a").version == Version(path, 3, "1.0.0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("System MUST greet.", "System MUST greet"),
        ("System **MUST** greet", "system must  greet"),
        ("*System* MUST\tgreet", "__System__ MUST greet!"),
        ("System MUST print `Hello`.", "system must print `Hello`"),
        ("系统必须问候。", "系统必须问候"),
    ],
)
def test_words_are_the_same_in_another_dress(one: str, other: str) -> None:
    """Case, white space, emphasis and the full stop mean nothing; a word does."""
    assert normalised(one) == normalised(other)
    assert words_digest(requirement(text=one)) == words_digest(requirement(text=other))
    assert words_digest(requirement(text=one)) != words_digest(requirement(text=f"{other} twice"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("System MUST greet", "System MUST NOT greet"),
        ("System MUST print `Hello`", "System MUST print `hello`"),
        ("System MUST accept `*`", "System MUST accept ``"),
        ("at most 100 names", "at most 10.0 names"),
    ],
)
def test_words_that_mean_something_else_differ(one: str, other: str) -> None:
    """What stands in code is kept to the letter."""
    assert words_digest(requirement(text=one)) != words_digest(requirement(text=other))


def test_digests_bear_the_names_without_the_feature() -> None:
    """So that they stay when the feature's folder is renamed; sixteen hexadecimal digits each."""
    found = digests_of([requirement()], "001-greeting")
    assert ["FR-001"] == list(found)
    assert len(found["FR-001"]) == 16


@pytest.mark.parametrize(
    ("status", "draft", "begun"),
    [
        ("Draft", True, False),
        ("initialized", True, False),
        ("requirements-generated", True, False),
        ("Approved", False, True),
        ("✅ **COMPLETE", False, True),
        ("implementation-complete", False, True),
        ("Implemented (web)", False, True),
        ("Ready for implementation", False, False),
        ("Not yet implemented", False, False),
        ("READY FOR DEVELOPMENT", False, False),
        ("superseded (was: done)", False, False),
        (None, False, False),
    ],
)
def test_a_status_claims_something_or_nothing(status: str | None, *, draft: bool, begun: bool) -> None:
    """As people write it in public specifications."""
    said = feature(status=Status(SPEC, 4, status) if status else None)
    assert (draft, begun) == (is_draft(said), has_begun(said))


def test_a_ticked_task_says_more_than_the_status() -> None:
    """Drafts are often built, and their status forgotten."""
    said = feature(status=Status(SPEC, 4, "Draft"), tasks=(task(done=True),))
    assert (False, True) == (is_draft(said), has_begun(said))
