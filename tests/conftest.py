"""What is dear is made once: the clone of the template, each render, the one real project."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.world import RealProject, clone_template, commit_all, render

Rendered = Callable[..., Path]

# A mark that names what no specification has ends the run before the first test.
pytest_plugins = ["tenhats.probes.known_names"]


@pytest.fixture(scope="session", autouse=True)
def isolated(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests from the settings of whoever runs them."""
    nobodys = tmp_path_factory.mktemp("settings") / "settings.yml"
    nobodys.write_text("{}\n")
    os.environ.update(
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_CONFIG_SYSTEM=os.devnull,
        GIT_AUTHOR_NAME="Ada Lovelace",
        GIT_AUTHOR_EMAIL="ada@example.org",
        GIT_COMMITTER_NAME="Ada Lovelace",
        GIT_COMMITTER_EMAIL="ada@example.org",
        COPIER_SETTINGS_PATH=str(nobodys),
    )


@pytest.fixture(scope="session")
def template(isolated: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the template as it stands here, tagged v1.0.0."""
    return clone_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def rendered(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """Render with the given answers; the same answers give the same folder, so only look at it."""
    known: dict[str, Path] = {}

    def look(**answers: object) -> Path:
        key = repr(sorted(answers.items()))
        if key not in known:
            known[key] = render(template, tmp_path_factory.mktemp("render"), **answers)
        return known[key]

    return look


@pytest.fixture(scope="session")
def real_project(template: Path, tmp_path_factory: pytest.TempPathFactory) -> RealProject:
    """A project with the default answers, committed; its environments are made on first use."""
    folder = render(template, tmp_path_factory.mktemp("with spaces") / "my project")
    commit_all(folder, "start")
    return RealProject(folder)
