"""The base that the present work is compared with, found in real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.base import Base, copy_of, files_at, find_base
from tenhats.facts.earlier import find_changed_tests, read_earlier_specs
from tenhats.facts.suite import read_suite
from tests.unit.made_up import folder, tree_of
from tests.world import commit_all, git

pytestmark = pytest.mark.req("004-proof/FR-005")


SPEC = "specs/001-a/spec.md"
FIRST = "# A\n\n- **FR-001**: System MUST greet\n"
SECOND = "# A\n\n- **FR-001**: System MUST shout\n"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that tests us may itself be working on a pull request."""
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)


def found(root: Path, **settings: str) -> Base:
    """The base of the project at `root`."""
    here = folder(root, {}, **settings)
    return find_base(here, tree_of(here))


def write(root: Path, path: str, text: str) -> None:
    """Write a file of the project."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def test_without_git_there_is_none(tmp_path: Path) -> None:
    """A folder that is no repository has no base, and that is said."""
    base = found(tmp_path)
    assert base.commit is None
    assert "no git repository" in base.reason


def test_the_first_commit_has_none(tmp_path: Path) -> None:
    """With one commit and a clean tree there is nothing earlier."""
    write(tmp_path, SPEC, FIRST)
    commit_all(tmp_path, "start")
    base = found(tmp_path)
    assert base.commit is None
    assert "one commit only" in base.reason


def test_uncommitted_work_is_compared_with_the_last_commit(tmp_path: Path) -> None:
    """Changed, deleted and new files are all named."""
    write(tmp_path, SPEC, FIRST)
    write(tmp_path, "gone.md", "x")
    first = commit_all(tmp_path, "start")
    write(tmp_path, SPEC, SECOND)
    write(tmp_path, "new file.md", "x")
    (tmp_path / "gone.md").unlink()
    assert Base(first, frozenset({SPEC, "gone.md", "new file.md"})) == found(tmp_path)


def test_a_clean_trunk_is_compared_with_the_commit_before(tmp_path: Path) -> None:
    """On main, with nothing changed, the last commit is what is judged."""
    write(tmp_path, SPEC, FIRST)
    first = commit_all(tmp_path, "start")
    write(tmp_path, SPEC, SECOND)
    commit_all(tmp_path, "shout")
    assert Base(first, frozenset({SPEC})) == found(tmp_path)


def test_a_branch_is_compared_with_where_it_left(tmp_path: Path) -> None:
    """Several commits of a branch are one piece of work, and what main did since is not part of it."""
    write(tmp_path, SPEC, FIRST)
    first = commit_all(tmp_path, "start")
    git(tmp_path, "switch", "--quiet", "--create", "work")
    for name in ("one.md", "two.md"):
        write(tmp_path, name, "x")
        commit_all(tmp_path, name)
    git(tmp_path, "switch", "--quiet", "main")
    write(tmp_path, "theirs.md", "x")
    commit_all(tmp_path, "theirs")
    git(tmp_path, "switch", "--quiet", "work")
    assert Base(first, frozenset({"one.md", "two.md"})) == found(tmp_path)


def test_a_named_base_must_exist(tmp_path: Path) -> None:
    """A misspelt base is not quietly replaced by another."""
    write(tmp_path, SPEC, FIRST)
    commit_all(tmp_path, "start")
    with pytest.raises(Unavailable, match=r"the base origin/develop does not exist here: fetch it"):
        found(tmp_path, base="origin/develop")


def test_a_shallow_clone_says_what_to_do(tmp_path: Path) -> None:
    """Where the history ends too early, the way to get it is named."""
    write(tmp_path / "far", SPEC, FIRST)
    commit_all(tmp_path / "far", "start")
    write(tmp_path / "far", SPEC, SECOND)
    commit_all(tmp_path / "far", "shout")
    git(tmp_path, "clone", "--quiet", "--depth=1", (tmp_path / "far").as_uri(), "near")
    with pytest.raises(Unavailable, match=r"shallow.*fetch-depth: 0"):
        found(tmp_path / "near")


def test_files_are_given_as_they_were(tmp_path: Path) -> None:
    """Also where the project is a folder of the repository, to the byte; a new file is not among them."""
    project = tmp_path / "sub folder"
    write(project, SPEC, FIRST.replace("\n", "\r\n"))
    commit_all(tmp_path, "start")
    write(project, SPEC, SECOND)
    write(project, "new.md", "x")
    here = folder(project, {})
    base = find_base(here, tree_of(here))
    copy = copy_of(here, base, [SPEC, "new.md"], "test")
    assert [SPEC] == files_at(here, base)
    assert FIRST.replace("\n", "\r\n").encode() == (copy / SPEC).read_bytes()
    assert not (copy / "new.md").exists()


def test_changed_features_are_read_as_they_were(tmp_path: Path) -> None:
    """The words of before are there, of the features that changed and of no other."""
    write(tmp_path, SPEC, FIRST)
    write(tmp_path, "specs/002-b/spec.md", FIRST)
    commit_all(tmp_path, "start")
    write(tmp_path, SPEC, SECOND)
    here = folder(tmp_path, {})
    earlier = read_earlier_specs(here, find_base(here, tree_of(here)))
    assert ["001-a"] == list(earlier.features)
    assert ["System MUST greet"] == [each.text for each in earlier.features["001-a"].requirements]


def test_changed_tests_are_found(tmp_path: Path) -> None:
    """A new one and one with other words, of test files only; not one that was only moved within its file."""
    write(tmp_path, "tests/test_a.py", "def test_one():\n    assert 1\n\ndef test_two():\n    assert 2\n")
    write(tmp_path, "tests/test_b.py", "def test_b(): ...\n")
    write(tmp_path, "tests/test_c.py", "def test_c(:\n")
    commit_all(tmp_path, "start")
    write(
        tmp_path,
        "tests/test_a.py",
        "def test_new(): ...\n\ndef test_two():\n    assert 2\n\ndef test_one():\n    assert 11\n",
    )
    write(tmp_path, "tests/test_c.py", "def test_c(): ...\n")
    here = folder(tmp_path, {})
    tree = tree_of(here)
    changed = find_changed_tests(here, find_base(here, tree), read_suite(here, tree))
    expected = {"tests/test_a.py::test_new", "tests/test_a.py::test_one", "tests/test_c.py::test_c"}
    assert expected == changed.ids


def test_without_a_base_no_test_has_changed(tmp_path: Path) -> None:
    """There is nothing that they could have changed from."""
    here = folder(tmp_path, {"tests/test_a.py": "def test_a(): ...\n"})
    tree = tree_of(here)
    assert not find_changed_tests(here, find_base(here, tree), read_suite(here, tree)).ids
