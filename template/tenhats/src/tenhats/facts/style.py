"""What ruff, its formatter, mypy and import-linter say of the code."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.toolrun import Complaint, ToolRun, answer, within
from tenhats.facts.tree import Tree

_PYTHON = ("*.py", "*.pyi", "pyproject.toml", "*ruff.toml")
_CLEAR = "C901,PLR0913,PLR0915,ASYNC210,ASYNC212,ASYNC220,ASYNC221,ASYNC222,ASYNC230,ASYNC251"
_BOUNDS = (
    "lint.mccabe.max-complexity = 20",
    "lint.pylint.max-args = 8",
    "lint.pylint.max-statements = 80",
    "target-version = 'py314'",
)


@dataclass(frozen=True)
class Lint(ToolRun):
    """What `ruff check` says."""


@dataclass(frozen=True)
class Clarity(ToolRun):
    """What ruff says of the sources under our own bounds, whatever the project's `ruff.toml` selects."""


@dataclass(frozen=True)
class Formatting(ToolRun):
    """What `ruff format` would change."""


@dataclass(frozen=True)
class Types(ToolRun):
    """What `mypy --strict` says."""


@dataclass(frozen=True)
class Layers(ToolRun):
    """What import-linter says; its files are the contracts it looked at."""


@fact(reads=_PYTHON)
def lint(project: Project, tree: Tree) -> Lint:
    """Run ruff over the whole project."""
    cache = f"--cache-dir={project.workshop / 'ruff'}"
    done = processes.tool("ruff", "check", "--output-format=json", cache, ".", cwd=project.root)
    return Lint(tuple(_code(project, tree)), _of_ruff(project, done))


@fact(reads=("*.py",))
def clarity(project: Project, tree: Tree) -> Clarity:
    """Ask ruff which functions do too much, and which hold up an event loop."""
    source = project.settings.source
    files = tuple(tree.matching(f"{source}/*.py"))
    if not files:
        return Clarity()
    bounds = [f"--config={bound}" for bound in _BOUNDS]
    cache = f"--cache-dir={project.workshop / 'ruff-clarity'}"
    command = ("check", "--isolated", f"--select={_CLEAR}", *bounds, "--output-format=json", cache, source)
    done = processes.tool("ruff", *command, cwd=project.root)
    ours = (each for each in _of_ruff(project, done) if each.path in files and each.code != "invalid-syntax")
    return Clarity(files, tuple(ours))


def _of_ruff(project: Project, done: processes.Completed) -> tuple[Complaint, ...]:
    return tuple(
        Complaint(
            within(project.root, each["filename"]),
            each["location"]["row"],
            each["code"] or "syntax",
            each["message"],
            (each.get("fix") or {}).get("message") or each.get("url") or "",
        )
        for each in answer(done, "ruff check")
    )


@fact(reads=_PYTHON)
def formatting(project: Project, tree: Tree) -> Formatting:
    """Ask ruff which files it would format otherwise."""
    cache = f"--cache-dir={project.workshop / 'ruff'}"
    done = processes.tool("ruff", "format", "--check", "--output-format=json", cache, ".", cwd=project.root)
    if done.code == 2 and not done.out.strip():
        raise Unavailable(f"ruff format ended with 2: {done.last_words}")
    seen: dict[str, Complaint] = {}
    for each in answer(done, "ruff format", expected=(0, 1, 2)):
        path = within(project.root, each["filename"])
        row = (each.get("location") or {}).get("row", 1)
        seen.setdefault(path, Complaint(path, row, "format", "this file is not formatted"))
    return Formatting(tuple(_code(project, tree)), tuple(seen.values()))


@fact(reads=("*.py", "*.pyi", "pyproject.toml", "mypy.ini"))
def types(project: Project, tree: Tree, environment: ProjectEnvironment) -> Types:
    """Run mypy in the project's own environment, where the types of its dependencies are."""
    python = environment.interpreter()
    code = _code(project, tree)
    if not code:
        return Types()
    folders = [
        folder
        for folder in (project.settings.source, project.settings.tests)
        if any(path.startswith(f"{folder}/") for path in code)
    ]
    cache = f"--cache-dir={project.workshop / 'mypy'}"
    command = [python, "-m", "mypy", "--strict", "--output=json", "--no-error-summary", cache, *folders]
    done = processes.run(command, cwd=project.root)
    complaints = []
    for line in done.out.splitlines():
        try:
            each = json.loads(line)
        except ValueError:
            raise Unavailable(f"mypy could not run: {done.last_words}") from None
        if each["severity"] == "error":
            path = within(project.root, each["file"])
            code_ = each.get("code") or "mypy"
            complaints.append(
                Complaint(path, max(each["line"], 1), code_, each["message"], each["hint"] or "")
            )
    if done.code not in {0, 1} and not complaints:
        raise Unavailable(f"mypy could not run: {done.last_words}")
    return Types(tuple(code), tuple(complaints))


@fact(reads=("*.py", "pyproject.toml", ".importlinter"))
def layers(project: Project, tree: Tree) -> Layers:
    """Hold the project's imports against the contracts in its configuration."""
    room = json.dumps({"source": project.settings.source, "cache": str(project.workshop / "imports")})
    done = processes.tool("tenhats.probes.layers", cwd=project.root, given=room)
    said = answer(done, "import-linter")
    if said.get("error"):
        raise Unavailable(f"import-linter could not run: {said['error']}")
    complaints = tuple(Complaint(**each) for each in said["complaints"])
    return Layers(tuple(said["contracts"]), complaints)


def _code(project: Project, tree: Tree) -> list[str]:
    """The Python files that are the project's own: its sources and its tests."""
    return tree.matching(f"{project.settings.source}/*.py", f"{project.settings.tests}/*.py")
