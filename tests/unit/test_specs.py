"""The specifications on disk: every feature read, and what cannot be read said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tenhats.facts.specs import MOST_BYTES, Specs, read_specs
from tenhats.shelf import Piece, Shelf
from tests.unit.made_up import feature, folder, requirement, specs, tree_of

pytestmark = pytest.mark.req("001-reading-specifications/FR-006")


GOOD = "# Feature Specification: Greeting\n\n- **FR-001**: System MUST greet\n"


def read(tmp_path: Path, files: dict[str, str | bytes], **settings: object) -> Specs:
    here = folder(tmp_path, files, **settings)
    return read_specs(here, tree_of(here))


def problems(found: Specs) -> list[tuple[str, int, str]]:
    return [(each.path, each.line, each.message) for each in found.problems]


def test_a_feature_is_read_from_its_folder(tmp_path: Path) -> None:
    """Specification, plan and tasks; the feature is named by its folder."""
    found = read(
        tmp_path,
        {
            "specs/001-greeting/spec.md": GOOD,
            "specs/001-greeting/plan.md": "# Plan\n\n[NEEDS CLARIFICATION: where?]\n",
            "specs/001-greeting/tasks.md": "- [x] T001 write\n",
            "specs/README.md": "no feature",
        },
    )
    assert found.problems == ()
    (one,) = found.features
    assert (one.name, one.title, one.plan) == ("001-greeting", "Greeting", "specs/001-greeting/plan.md")
    assert one.names == {"001-greeting/FR-001"}
    assert [(each.path, each.line) for each in one.questions] == [("specs/001-greeting/plan.md", 3)]
    assert [(each.name, each.done) for each in one.tasks] == [("T001", True)]


def test_specifications_are_looked_for_where_the_settings_say(tmp_path: Path) -> None:
    """In another folder, and in folders of folders."""
    found = read(tmp_path, {"docs/specs/a/001-x/spec.md": GOOD}, specs="docs/specs")
    assert [each.name for each in found.features] == ["a/001-x"]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "specs/001-a/spec.md is empty"),
        (b" \n\t\n", 1, "specs/001-a/spec.md is empty"),
        (b"# A\n\n\xe9t\xe9\n", 3, "specs/001-a/spec.md is not UTF-8: byte 0xe9 on line 3"),
        ("# A".encode("utf-16"), 1, "specs/001-a/spec.md is not UTF-8: byte 0xff on line 1"),
        (b"x" * (MOST_BYTES + 1), 1, "specs/001-a/spec.md has 1.0 MB; nobody reads a specification of"),
        (b"# A\n\ntext\n", 1, "no requirement was found in specs/001-a/spec.md"),
        (GOOD.encode() + b"\n```\ncode", 5, "this code block or comment is never closed"),
        (GOOD.encode() + b"\n<!--\n- **FR-002**: MUST", 5, "this code block or comment is never closed"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    """Never taken for a specification without requirements."""
    ((path, at, said),) = problems(read(tmp_path, {"specs/001-a/spec.md": content}))
    assert (path, at) == ("specs/001-a/spec.md", line)
    assert said.startswith(message)


def test_a_plan_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """The feature itself is read all the same."""
    found = read(tmp_path, {"specs/001-a/spec.md": GOOD, "specs/001-a/plan.md": b"\xff"})
    assert [each.name for each in found.features] == ["001-a"]
    assert [path for path, _, _ in problems(found)] == ["specs/001-a/plan.md"]


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    """Nor are Windows' line ends."""
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    found = read(tmp_path, {"specs/001-a/spec.md": windows})
    assert problems(found) == []
    assert found.names == {"001-a/FR-001"}


def test_no_specification_at_all_is_a_problem(tmp_path: Path) -> None:
    """A project without specifications has not passed its first gate."""
    assert problems(read(tmp_path, {"README.md": "x"})) == [
        ("specs/", 1, "there is no specification under specs/")
    ]


def test_a_bare_name_means_the_only_one_that_has_it() -> None:
    """A whole name means itself; an ambiguous one means nothing."""
    one = feature(requirement("FR-001"), requirement("FR-002"))
    other = feature(requirement("FR-001", feature="002-b"), name="002-b")
    found = specs(one, other)
    assert found.resolve("001-greeting/FR-001") == "001-greeting/FR-001"
    assert found.resolve("FR-002") == "001-greeting/FR-002"
    assert found.resolve("FR-001") is None
    assert found.resolve("FR-009") is None


PLAIN: dict[str, str | bytes] = {
    "specs/001-a/spec.md": GOOD,
    "specs/001-a/tasks.md": "- [ ] T001 do FR-001\n",
    "specs/002-b/spec.md": b"\xff",
}
CHANGED: list[dict[str, str | bytes]] = [
    {},
    {"specs/001-a/spec.md": GOOD.replace("FR-001", "FR-002")},
    {"specs/001-a/tasks.md": "- [x] T001 do FR-001\n"},
    {"specs/002-b/spec.md": GOOD},
    {"specs/003-c/spec.md": GOOD},
]


@pytest.mark.parametrize("change", CHANGED)
def test_what_was_kept_is_read_as_what_is_there(tmp_path: Path, change: dict[str, str | bytes]) -> None:
    """With a change of any file, the features and the problems are those of a first look."""
    file = tmp_path / "pieces"
    for files in (PLAIN, change):
        here = folder(tmp_path / "project", files)
        shelf = Shelf(file, "base")
        found = read_specs(here, tree_of(here), shelf)
        shelf.keep()
        assert found == read_specs(here, tree_of(here))
        assert found.features[0].name == "001-a"


def test_only_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    """What the others say is kept, problems and all."""
    file = tmp_path / "pieces"
    here = folder(tmp_path / "project", PLAIN)
    shelf = Shelf(file, "base")
    read_specs(here, tree_of(here), shelf)
    shelf.keep()
    made: list[str] = []

    class Watched(Shelf):
        def had(self, kind: type[Piece], key: str, make: Callable[[], Piece]) -> Piece:
            return super().had(kind, key, lambda: made.append(key) or make())  # type: ignore[func-returns-value]

    read_specs(here, tree_of(here), Watched(file, "base"))
    assert made == []
    folder(tmp_path / "project", {"specs/002-b/spec.md": GOOD})
    read_specs(here, tree_of(here), Watched(file, "base"))
    assert len(made) == 1
