"""How Tenhats itself is developed: `nox -l` lists what there is.

What a generated project gets is `template/noxfile.py`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.sessions = ["lint", "tests"]
nox.options.reuse_venv = "yes"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = True

TENHATS = Path("template/tenhats")
CODE = ["--config=ruff.toml", "noxfile.py", "tests", "benchmarks", "template/noxfile.py", str(TENHATS)]


def install(session: nox.Session, *groups: str) -> None:
    """Install our own groups, and the gate tools at the versions that a project gets."""
    ours = nox.project.load_toml("pyproject.toml")
    tools = tomllib.loads((TENHATS / "pyproject.toml").read_text(encoding="utf-8"))
    session.install(
        "-c",
        str(TENHATS / "constraints.txt"),
        *nox.project.dependency_groups(ours, *groups),
        *tools["project"]["dependencies"],
        *tools["dependency-groups"]["project"],
        *tools["dependency-groups"]["offered"],
    )


@nox.session
def tests(session: nox.Session) -> None:
    """Run our tests: the tooling in place, renders, a real project, updates, planted defects."""
    install(session, "tests")
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff and mypy over the tooling, the tests and the benchmarks."""
    install(session, "tests", "lint")
    session.run("ruff", "check", *CODE)
    session.run("ruff", "format", "--check", *CODE)
    session.run("mypy", "-p", "tenhats")
    session.run("mypy", "tests", "benchmarks", "noxfile.py", "template/noxfile.py")
