"""The files of a project: what git has or would have, else everything that is the project's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tenhats.facts.tree import look_at_tree
from tests.unit.made_up import folder, project, tree_of
from tests.world import commit_all

pytestmark = pytest.mark.req("006-verdicts/FR-002")


FILES = {"a.py": "1", "src/b.py": "2", ".gitignore": "*.log\n", "c.log": "3", ".venv/d.py": "4"}


def test_a_folder_without_git_is_walked(tmp_path: Path) -> None:
    """Environments, caches and builds are left out."""
    tree = tree_of(folder(tmp_path, {**FILES, ".tenhats/report.json": "{}", "node_modules/x.py": ""}))
    assert tree.files == (".gitignore", "a.py", "c.log", "src/b.py")
    assert (tree.commit, tree.has_git) == (None, False)


def test_git_says_what_belongs_to_the_project(tmp_path: Path) -> None:
    """Tracked and untracked files; not ignored ones, nor those that were deleted."""
    here = folder(tmp_path, {**FILES, ".gitignore": "*.log\n.venv\n", "gone.py": "5"})
    commit = commit_all(tmp_path, "start")
    (tmp_path / "gone.py").unlink()
    (tmp_path / "new file ä.py").write_text("6")
    tree = look_at_tree(here)
    assert tree.files == (".gitignore", "a.py", "new file ä.py", "src/b.py")
    assert (tree.commit, tree.has_git) == (commit, True)


def test_patterns_reach_across_folders(tmp_path: Path) -> None:
    """Several patterns, each file once, in order."""
    tree = tree_of(folder(tmp_path, {"a.py": "", "src/b.py": "", "src/c/d.py": "", "e.md": ""}))
    assert tree.matching("src/*.py", "*.md", "e.*") == ["e.md", "src/b.py", "src/c/d.py"]
    assert tree.matching("src/*.txt") == []


def test_a_digest_changes_with_names_and_contents(tmp_path: Path) -> None:
    """Of the files that the patterns fit, and of no other."""
    before = tree_of(folder(tmp_path, {"a.py": "1", "b.md": "2"}))
    assert before.digest(("*.py",)) == tree_of(folder(tmp_path, {"b.md": "3"})).digest(("*.py",))
    assert before.digest(("*.py",)) != tree_of(folder(tmp_path, {"a.py": "2"})).digest(("*.py",))
    assert before.digest(("*.py",)) != tree_of(folder(tmp_path, {"c.py": ""})).digest(("*.py",))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read_has_a_digest_of_its_own(tmp_path: Path) -> None:
    """It is not taken for an empty one."""
    tree = tree_of(folder(tmp_path, {"a.py": ""}))
    (tmp_path / "a.py").chmod(0)
    assert tree.digest_of("a.py").startswith("unreadable")


def test_a_file_that_is_gone_has_a_digest_of_its_own(tmp_path: Path) -> None:
    """A file may be deleted while the gates run."""
    tree = tree_of(folder(tmp_path, {"a.py": ""}))
    (tmp_path / "a.py").unlink()
    assert tree.digest_of("a.py").startswith("unreadable")


def test_the_workshop_is_in_the_project() -> None:
    """Where everything that the tooling makes is kept."""
    assert project(Path("x")).workshop == Path("x/.tenhats")
