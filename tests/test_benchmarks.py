"""What the benchmarks of defects plant can be planted, is told apart, and is for rules that exist."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from benchmarks import hooks
from benchmarks.catalogue import mistakes
from benchmarks.rivals import OURS, add_feature

from tenhats.rule import RULES
from tests.world import RealProject, commit_all, git


@pytest.fixture
def trial(rendered: Callable[..., Path], tmp_path: Path) -> RealProject:
    """A project of ours with the feature that the mistakes are planted into."""
    shutil.copytree(rendered(project_name="Trial"), tmp_path / "trial")
    project = RealProject(tmp_path / "trial")
    add_feature(OURS, project)
    commit_all(project.root, "the feature")
    return project


def test_every_mistake_has_a_place_in_a_fresh_project(trial: RealProject) -> None:
    """Each of them changes something, or commits something, and is taken out again."""
    before = git(trial.root, "rev-parse", "HEAD")
    without_effect = []
    for mistake in mistakes():
        with trial.changed():
            mistake.change(trial)
            if not git(trial.root, "status", "--porcelain") and before == git(
                trial.root, "rev-parse", "HEAD"
            ):
                without_effect.append(mistake.what)

    assert without_effect == []
    assert git(trial.root, "status", "--porcelain") == ""


def test_mistakes_are_told_apart_by_their_words() -> None:
    """What was found is kept under the words, so no two mistakes have the same."""
    words = [mistake.what for mistake in mistakes()]

    assert sorted(set(words)) == sorted(words)


def test_mistakes_name_rules_that_exist() -> None:
    """The rules that are meant to see a mistake are rules."""
    assert {code for mistake in mistakes() for code in mistake.rules} <= set(RULES)


def test_hooks_come_from_packages_of_the_same_version(tmp_path: Path) -> None:
    """A hook keeps its settings, and is installed from the package instead of the repository."""
    path = tmp_path / ".pre-commit-config.yaml"
    given = {"id": "ruff-check", "args": ["--fix"]}
    repository = {"repo": "https://example.org/ruff-pre-commit", "rev": "v0.16.1", "hooks": [given]}
    path.write_text(yaml.safe_dump({"exclude": "x", "repos": [repository]}), encoding="utf-8")

    hooks.from_packages(path)

    made = yaml.safe_load(path.read_text(encoding="utf-8"))
    (hook,) = made["repos"][0]["hooks"]
    assert (made["exclude"], made["repos"][0]["repo"]) == ("x", "local")
    assert (hook["id"], hook["args"]) == ("ruff-check", ["--fix"])
    assert (hook["entry"], hook["additional_dependencies"]) == (
        "ruff check --force-exclude",
        ["ruff==0.16.1"],
    )
