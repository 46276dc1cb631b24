"""What our gates are compared with: how each fresh project is made, and what its check command is.

Each is made as its own manual says, with its default answers, and gets the same small feature
(`benchmarks/feature.py`). Its tools are those of the day of the template's last commit: they are not pinned,
and what is newer may be red about a fresh project. Everything is installed into a folder that is thrown away.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.world import Ended, RealProject, clone_template, commit_all, git, render

from benchmarks import feature, hooks

PATIENCE = 1200
GIVEN_UP = 124
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FOR_COPIER = ("uv>=0.12,<0.13", "copier", "copier-templates-extensions", "copier-template-extensions")
_CONFTEST = '''

def pytest_configure(config: pytest.Config) -> None:
    """Make the mark of the requirements known."""
    config.addinivalue_line("markers", "req(*names): what a test proves")
'''


class CannotRunError(Exception):
    """A project cannot be made here, or its check command does not end; the text says why."""


@dataclass(frozen=True)
class Rival:
    """A template, or a tool for specifications: where it is from, what is run, what that blames.

    `asks` says in words what is run. `blames` finds in what that prints the name of each part that was red.
    """

    name: str
    source: str
    asks: str
    check: tuple[tuple[str, ...], ...]
    blames: str
    answers: Mapping[str, str] = field(default_factory=dict)
    setup: tuple[tuple[str, ...], ...] = ()
    append: Mapping[str, str] = field(default_factory=dict)
    tools: tuple[str, ...] = ()
    files: Callable[[], Mapping[str, str]] = lambda: feature.FILES
    reads_only_specifications: bool = False


OURS = Rival(
    "tenhats",
    "this repository",
    "`nox -s gates`",
    ((sys.executable, "-m", "nox", "-s", "gates"),),
    r"^(?!advice: ).+:\d+: ([A-Z]{3}\d{3}) ",
)
TEMPLATES = (
    Rival(
        "cookie",
        "https://github.com/scientific-python/cookie",
        "`nox`: its hooks over all files, Pylint, the tests",
        (("nox", "-R"),),
        r"^(\S.*?)\.{3,}[^.]*Failed$|^nox > \* (pylint|tests): failed",
        {
            "project_name": feature.PACKAGE,
            "org": "ada",
            "full_name": "Ada Lovelace",
            "email": "ada@example.org",
            "license": "BSD",
            "backend": "hatch",
            "docs": "sphinx",
            "vcs": "true",
        },
        # The first run puts the file of hooks, which was written anew, in the form that one of them wants.
        (("sh", "-c", "nox || nox -R"),),
        tools=("nox", "prek"),
    ),
    Rival(
        "copier-uv",
        "https://github.com/pawamoy/copier-uv",
        "`make check` and `make test`",
        (("make", "check"), ("make", "test")),
        r"✗ ?(.+?) \(\d+\)$",
        {"project_name": feature.PACKAGE, "project_description": "A trial."},
        (("python3", "scripts/make.py", "setup"),),
        {"docs/reference/api.md": "\n## ::: trial.wave.wave\n"},
    ),
    Rival(
        "simple-modern-uv",
        "https://github.com/jlevy/simple-modern-uv",
        "`make lint-check` and `make test`",
        (("make", "lint-check"), ("make", "test")),
        r"Command '\['([\w-]+)'|\*\*\* \[Makefile:\d+: (test)\]",
        {"package_name": feature.PACKAGE},
        (("make", "install"), ("git", "add", "uv.lock")),
    ),
)
SPECIFICATION_TOOLS = (
    Rival(
        "reqcov",
        "reqcov on PyPI",
        "`pytest --junitxml` and `reqcov check`",
        (("pytest", "--quiet", "--junitxml=reports/junit.xml"), ("reqcov", "check", "--no-report")),
        r"^- `([A-Z_]+)`|^(FAILED)",
        tools=("reqcov", "pytest"),
        setup=(("reqcov", "init"),),
        files=feature.as_reqcov,
        reads_only_specifications=True,
    ),
    Rival(
        "openspec",
        "@fission-ai/openspec on npm",
        "`openspec validate --specs --strict`",
        (("openspec", "validate", "--specs", "--strict", "--no-interactive"),),
        r"✗ \[(?:ERROR|WARNING)\] (.{1,60})",
        files=feature.as_openspec,
        reads_only_specifications=True,
    ),
)
RIVALS = (OURS, *TEMPLATES, *SPECIFICATION_TOOLS)


@dataclass(frozen=True)
class Trial:
    """A project that is compared: it is green, and a defect can be planted into it."""

    rival: Rival
    project: RealProject
    env: Mapping[str, str]
    versions: str

    def check(self) -> tuple[bool, list[str], str]:
        """Run the check command; tell whether it was green, what it blamed, and what it printed."""
        green, said = True, ""
        for command in self.rival.check:
            ended = _run(command, self.project, self.env)
            if ended.code == GIVEN_UP:
                msg = f"{' '.join(command)} did not end within {PATIENCE} seconds"
                raise CannotRunError(msg)
            green = green and ended.code == 0
            said += ended.out + ended.err
        found = re.finditer(self.rival.blames, _COLOUR.sub("", said), re.MULTILINE)
        blamed = [next(filter(None, each.groups())).strip() for each in found]
        return green, [] if green else sorted(set(blamed)), said


def made(rival: Rival, home: Path, clones: Mapping[str, str]) -> Trial:
    """Make a fresh project in a folder, put the feature into it, and commit it.

    Raises:
        CannotRunError: If a command fails that the template's manual wants.
    """
    tools = home / "tools"
    env = {
        "PATH": os.pathsep.join([str(tools / "bin"), os.environ["PATH"]]),
        "PREK_HOME": str(home / "prek"),
        "PYTHON_VERSIONS": "",
        "OPENSPEC_TELEMETRY": "0",
    }
    root = home / "project"
    if rival is OURS:
        versions = "as it stands here"
        render(clone_template(home / "template"), root, project_name=feature.PACKAGE.title())
    elif rival.reads_only_specifications:
        versions = _of_a_registry(rival, home, root)
    else:
        versions = _from_template(rival, home, clones.get(rival.name, rival.source), env)
    project = RealProject(root)
    for command in rival.setup:
        must(command, project, env)
    add_feature(rival, project)
    commit_all(root, "the feature")
    return Trial(rival, project, env, versions)


def must(command: tuple[str, ...], project: RealProject, env: Mapping[str, str]) -> None:
    """Run a command, which has to succeed."""
    ended = _run(command, project, env)
    if ended.code:
        msg = f"{' '.join(command)} ended with {ended.code}: {(ended.out + ended.err).strip()[-200:]}"
        raise CannotRunError(msg)


def _run(command: tuple[str, ...], project: RealProject, env: Mapping[str, str]) -> Ended:
    return project.run("timeout", str(PATIENCE), *command, env=env)


def _from_template(rival: Rival, home: Path, source: str, env: dict[str, str]) -> str:
    at_home = RealProject(home)
    git(home, "clone", "--quiet", source, "template")
    commit, day = git(home / "template", "log", "-1", "--format=%h %cs", "--date=short").split()
    _installed(home, *_FOR_COPIER, *rival.tools)
    env["UV_EXCLUDE_NEWER"] = f"{day}T23:59:59Z"
    answers = [f"--data={name}={answer}" for name, answer in rival.answers.items()]
    copy = ("copier", "copy", "--quiet", "--defaults", "--trust", "--vcs-ref=HEAD")
    must((*copy, *answers, "template", "project"), at_home, env)
    hooks.from_packages(home / "project" / ".pre-commit-config.yaml")
    commit_all(home / "project", "start")
    return f"commit {commit} of {day}, with what its tools were then"


def _of_a_registry(rival: Rival, home: Path, root: Path) -> str:
    root.mkdir()
    commit_all(root, "start")
    if rival.tools:
        _installed(home, *rival.tools)
        listed = subprocess.check_output(["uv", "pip", "freeze", "-p", str(home / "tools")], text=True)
        return ", ".join(line for line in listed.split() if line.startswith(rival.name))
    install = ["npm", "install", "--silent", "--prefix", str(home / "tools"), "@fission-ai/openspec"]
    subprocess.run(install, check=True, capture_output=True)
    (home / "tools" / "bin").symlink_to("node_modules/.bin")
    version = subprocess.check_output([home / "tools" / "bin" / "openspec", "--version"], text=True)
    return f"{rival.name} {version.strip()}"


def _installed(home: Path, *packages: str) -> None:
    python = home / "tools" / "bin" / "python"
    subprocess.run(["uv", "venv", "--quiet", str(home / "tools")], check=True)
    subprocess.run(["uv", "pip", "install", "--quiet", "--python", str(python), *packages], check=True)


def add_feature(rival: Rival, project: RealProject) -> None:
    """Write the feature into a project, and make the mark of its tests known where it is not."""
    for path, text in rival.files().items():
        project.write(path, text)
    for path, text in rival.append.items():
        project.write(path, project.read(path) + text)
    if rival is not OURS and feature.TESTS in rival.files():
        path = "tests/conftest.py"
        text = project.read(path) if (project.root / path).exists() else feature.HEAD + '"""All tests."""\n'
        head = "" if "annotations" in text else "\nfrom __future__ import annotations\n"
        typed = "\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import pytest\n"
        project.write(path, text + head + typed + _CONFTEST)
