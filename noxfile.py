"""How Tenhats itself is developed: `nox -l` lists what there is.

What a generated project gets is `template/noxfile.py`. Its sessions are here as well: `nox -s gates` judges
Tenhats by the gates of a project, with the same tooling, which `tenhats` is a link to.
"""

from __future__ import annotations

import os
import runpy
import tomllib
from pathlib import Path

import nox

runpy.run_path("template/noxfile.py")

nox.options.sessions = ["lint", "tests"]
nox.options.reuse_venv = "yes"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = True

TENHATS = Path("template/tenhats")
_BENCHMARKS = (["specifications"], ["binding"], ["trace"], ["planted"], ["defects"])
CODE = [
    "--config=ruff.toml",
    "noxfile.py",
    "tests",
    "benchmarks",
    "docs",
    "template/noxfile.py",
    str(TENHATS),
]


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
    """Run our tests: renders, a real project, updates, planted defects. `gates` runs the unit tests."""
    install(session, "tests")
    session.run("pytest", *(session.posargs or ["tests", "--ignore=tests/unit"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff and mypy over the tooling, the tests and the benchmarks."""
    install(session, "tests", "lint")
    session.run("ruff", "check", *CODE)
    session.run("ruff", "format", "--check", *CODE)
    session.run("mypy", "-p", "tenhats")
    session.run("mypy", "tests", "benchmarks", "docs", "noxfile.py")
    session.run("mypy", "template/noxfile.py")


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Follow the matrix of the trace in a real browser; skipped where there is no Chromium."""
    install(session, "tests", "browser")
    session.run("pytest", "-o", "addopts=-ra", "tests/browser", *session.posargs)


@nox.session(default=False)
def benchmarks(session: nox.Session) -> None:
    """Measure the gates; after `--`: specifications, binding, trace, planted or defects, to measure that."""
    install(session, "tests")
    what, *options = session.posargs if session.posargs[:1] in _BENCHMARKS else ["gates", *session.posargs]
    places = {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(TENHATS / "src")])}
    session.run("python", "-m", f"benchmarks.{what}", *options, env=places)


@nox.session(default=False)
def corpus(session: nox.Session) -> None:
    """Measure readers and judges on public specifications and on requirements labelled by people."""
    install(session, "tests")
    places = {"PYTHONPATH": os.pathsep.join([".", str(TENHATS / "src")])}
    session.run("python", "-m", "tests.corpus.readers", env=places)
    session.run("python", "-m", "tests.corpus.judges", env=places)


@nox.session(default=False, name="real-code")
def real_code(session: nox.Session) -> None:
    """Try the chain on public packages and their own tests; needs the network."""
    install(session, "tests")
    places = {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), str(TENHATS / "src")])}
    session.run("python", "-m", "benchmarks.real_code", *session.posargs, env=places)


@nox.session(default=False)
def fuzz(session: nox.Session) -> None:
    """Spoil public specifications, and time readers and judges on what makes careless ones slow."""
    install(session, "tests")
    session.run("pytest", "tests/fuzz/mutilated.py", "tests/fuzz/growth.py", *session.posargs)


@nox.session(default=False)
def examples(session: nox.Session) -> None:
    """Run the examples that need heavy libraries or tools: pipelines, models, services, images, Terraform."""
    install(session, "tests", "examples")
    files = [f"tests/examples/{name}.py" for name in ("with_libraries", "with_tools", "served")]
    session.run("pytest", *files, *session.posargs)


@nox.session(default=False)
def site(session: nox.Session) -> None:
    """Make the reference from the code and build the site into `site/`, strictly."""
    install(session, "tests")
    session.run("python", "docs/make_reference.py", env={"PYTHONPATH": str(TENHATS / "src")})
    session.run("mkdocs", "build", "--strict", env={"NO_MKDOCS_2_WARNING": "1"})


@nox.session(default=False)
def pins(session: nox.Session) -> None:
    """Write `constraints.txt` anew from the tools' exact versions; needs uv."""
    head = "\n".join(
        line for line in (TENHATS / "constraints.txt").read_text("utf-8").splitlines() if line.startswith("#")
    )
    wanted = ["--universal", "--python-version=3.11", "--no-header", "--no-annotate", "--no-emit-index-url"]
    made = session.run(
        "uv",
        "pip",
        "compile",
        *wanted,
        str(TENHATS / "pyproject.toml"),
        silent=True,
        external=True,
        log=False,
    )
    (TENHATS / "constraints.txt").write_text(f"{head}\n{made}", "utf-8")
