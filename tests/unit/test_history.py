"""Secrets that are gone from the tree and not from the history."""

from __future__ import annotations

from pathlib import Path

import pytest

import tenhats
from tenhats.facts.base import Base
from tenhats.facts.history import History, look_through_history
from tests.unit.made_up import ask, complaint, folder, hinted, is_not_applicable, is_silent, told, tree_of
from tests.world import commit_all

pytestmark = pytest.mark.req("008-deployment-and-security/FR-006")


KEY = "AKIA" + "Q7R2M5N8P3T6V9X1"


@pytest.mark.req("008-deployment-and-security/US2.1")
def test_a_secret_that_was_deleted_is_found_in_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since the base it is a finding, before it advice; what still stands is left to SEC003."""
    monkeypatch.setenv("PYTHONPATH", str(Path(tenhats.__file__).parents[1]))
    here = folder(tmp_path, {"a.txt": "x\n", ".gitignore": ".tenhats\n"})
    first = commit_all(tmp_path, "start")
    (tmp_path / "a.txt").write_text(f"x\nkey = {KEY}\n")
    second = commit_all(tmp_path, "add")
    (tmp_path / "a.txt").write_text("x\n")
    (tmp_path / "b.txt").write_text(f"key = {KEY}2\n")
    commit_all(tmp_path, "delete")

    since = look_through_history(here, tree_of(here), Base(first))
    message = f"AWS Access Key: a line that looks like it holds a secret was added by {second[:10]}"
    assert told(ask("SEC009", since)) == [("a.txt", 2, message)]
    assert since.commits == 3

    before = look_through_history(here, tree_of(here), Base(second))
    assert hinted(ask("SEC009", before)) == [("a.txt", 2, message)]


def test_a_line_that_was_moved_about_is_told_of_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the newest commit that has added it, also when what was seen is remembered."""
    monkeypatch.setenv("PYTHONPATH", str(Path(tenhats.__file__).parents[1]))
    here = folder(tmp_path, {"a.txt": f"key = {KEY}\n", ".gitignore": ".tenhats\n"})
    commit_all(tmp_path, "start")
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    moved = commit_all(tmp_path, "move")
    (tmp_path / "b.txt").unlink()
    last = commit_all(tmp_path, "delete")

    for _ in range(2):
        found = look_through_history(here, tree_of(here), Base(last))
        assert [("b.txt", moved[:10])] == [(each.path, each.message[-10:]) for each in found.older]
        assert (3, 0, 0) == (found.commits, found.recent_left, found.older_left)


def test_commits_that_time_did_not_reach_are_not_green() -> None:
    """Those since the base are unchecked, older ones advice."""
    assert (
        ask("SEC009", History(1, recent_left=2)).unseen
        == "2 commits since the base are not looked at: run again"
    )
    findings = ask("SEC009", History(1, older_left=3))
    assert [message for _, _, message in hinted(findings)] == ["3 older commits are not looked at yet"]
    assert is_silent(findings)
    assert is_not_applicable(ask("SEC009", History()))
    assert told(ask("SEC009", History(1, (complaint(),)))) == [("src/greeter/greeting.py", 3, "X1: wrong")]
