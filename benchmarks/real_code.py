"""The chain from requirements to functions, tried on packages that know nothing of it.

    nox -s real-code                             prints tables in Markdown
    nox -s real-code -- humanize --keep /tmp/it  only this package, and the project stays there

Each package is fetched by its name and version and adopted as a user would do it: the tooling beside
it, two tables in `pyproject.toml`, a specification, and the tests bound to it. Here the specification
has one requirement for each public function, worded as the first sentence of its docstring, and the
tests are bound by their names. Nothing of the packages is kept in this repository.
"""

from __future__ import annotations

import argparse
import ast
import json
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tenhats.fact import Project
from tenhats.facts.bite import Bite
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.examined import NOT_RUN, UNNOTICED, UNREACHED, Examined, examine
from tenhats.facts.functions import Functions
from tenhats.facts.testrun import TestRun
from tenhats.facts.tree import Tree
from tenhats.gathering import traced_in
from tenhats.measuring import measure
from tenhats.settings import read_settings

TOOLING = Path("template/tenhats")
BINDING = Path(__file__).with_name("bound_by_name.py")
FEATURE = "001-as-documented"


@dataclass(frozen=True)
class Package:
    """A package to try: the folder of its sources, the modules of its public functions, its tests' needs.

    `meant` gives the functions of a test, or of a class of tests, that is not named after one.
    """

    name: str
    version: str
    source: str
    modules: tuple[str, ...]
    needs: tuple[str, ...] = ()
    meant: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


PACKAGES = (
    Package(
        "humanize",
        "4.12.3",
        "src",
        tuple(f"src/humanize/{name}.py" for name in ("filesize", "i18n", "lists", "number", "time")),
        ("freezegun",),
        {
            "TestActivate": ("activate",),
            "test_default_locale_path_defined__spec__": ("activate",),
            "test_default_locale_path_none__spec__": ("activate",),
            "test_default_locale_path_undefined__file__": ("activate",),
            "test_i18n": ("activate", "deactivate"),
            "test_langauge_codes": ("activate",),
        },
    ),
    Package(
        "more-itertools",
        "10.7.0",
        "more_itertools",
        ("more_itertools/more.py", "more_itertools/recipes.py"),
        meant={
            "DiscreteFourierTransformTests": ("dft", "idft"),
            "JoinMappingTests": ("join_mappings",),
            "PrimeFunctionTests": ("is_prime", "nth_prime"),
            "StripFunctionTests": ("lstrip", "rstrip", "strip"),
        },
    ),
)


@dataclass(frozen=True)
class Took:
    """Seconds on the clock and seconds of processors; on a busy machine only these can be compared."""

    wall: float
    work: float

    @classmethod
    def now(cls) -> Took:
        """Since the beginning of this process, those that it has started and waited for included."""
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return cls(time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in used))

    def __sub__(self, earlier: Took) -> Took:
        return Took(self.wall - earlier.wall, self.work - earlier.work)

    def __str__(self) -> str:
        return f"{self.wall:.1f} ({self.work:.1f})"


class Times:
    """Told of each fact that is measured: how long it took. Here one waits for the other."""

    def __init__(self) -> None:
        self.took: dict[str, Took] = {}
        self._begun: dict[str, Took] = {}

    def started(self, fact: str) -> None:
        """The measuring of a fact has begun."""
        self._begun[fact] = Took.now()

    def finished(self, fact: str, seconds: float, *, kept: bool) -> None:
        """A fact is there; what was kept was never begun."""
        self.took[fact] = Took.now() - self._begun.get(fact, Took.now())


def main() -> None:
    """Try each package and print what was found."""
    parser = argparse.ArgumentParser(description="Try the chain on packages that know nothing of it.")
    parser.add_argument("names", nargs="*", help="only these packages")
    parser.add_argument("--keep", type=Path, help="a folder to leave the projects in")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            if not asked.names or package.name in asked.names:
                print(f"\n## {package.name} {package.version}\n", flush=True)
                root = adopted(package, (asked.keep or Path(folder)).resolve())
                print("\n".join(found_in(root)), flush=True)


def adopted(package: Package, home: Path) -> Path:
    """Fetch a package, make it a project that is judged, and return its folder."""
    fetched = home / "fetched"
    fetch = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:", f"--dest={fetched}"]
    subprocess.run([sys.executable, *fetch, f"{package.name}=={package.version}"], check=True)
    stem = f"{package.name.replace('-', '_')}-{package.version}"
    root = home / stem
    shutil.rmtree(root, ignore_errors=True)
    with tarfile.open(fetched / f"{stem}.tar.gz") as archive:
        archive.extractall(home, filter="data")
    shutil.copytree(TOOLING, root / "tenhats", ignore=shutil.ignore_patterns("__pycache__"))
    with (root / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[dependency-groups]\ndev = {json.dumps(['pytest', *package.needs])}\n")
        file.write(f'\n[tool.tenhats]\nsource = "{package.source}"\n')
    specify(package, root)
    return root


def specify(package: Package, root: Path) -> None:
    """Write the specification, and what binds the tests to it."""
    promised = dict(each for module in package.modules for each in documented(root / module))
    ids = {name: f"FR-{number:03}" for number, name in enumerate(promised, 1)}
    lines = [f"- **{ids[name]}**: `{name}`: {words}" for name, words in promised.items()]
    spec = root / "specs" / FEATURE / "spec.md"
    spec.parent.mkdir(parents=True)
    text = f"# Feature Specification: {package.name}\n\n## Requirements\n\n### Functional Requirements\n\n"
    spec.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")
    bound = {"requirements": {name: f"{FEATURE}/{ids[name]}" for name in ids}, "meant": dict(package.meant)}
    (root / "tests" / "bound.json").write_text(json.dumps(bound), encoding="utf-8")
    shutil.copy(BINDING, root / "tests" / "conftest.py")


def documented(module: Path) -> Iterator[tuple[str, str]]:
    """The public functions and classes of a module, each with the first sentence of its docstring."""
    body = ast.parse(module.read_bytes()).body
    listed = [names for each in body if (names := _listed(each))]
    for each in body:
        if not isinstance(each, ast.FunctionDef | ast.ClassDef) or each.name.startswith("_"):
            continue
        words = " ".join((ast.get_docstring(each) or "").split("\n\n")[0].split())
        if words and (not listed or each.name in listed[0]):
            yield each.name, f"{words.partition('. ')[0].rstrip('.')}."


def _listed(statement: ast.stmt) -> list[str]:
    """The names that a statement puts into `__all__`."""
    if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
        return [str(name) for name in ast.literal_eval(statement.value)]
    return []


def found_in(root: Path) -> Iterator[str]:
    """Measure the project, run the commands that a user would run, and yield what to print."""
    project = Project(root, read_settings(root))
    times = Times()
    facts = measure(project, [Bite, TestRun, Functions, Tree, ProjectEnvironment], times)
    for kind, value in facts.items():
        if isinstance(value, Exception):
            sys.exit(f"{kind.__name__}: {value}")
    python = facts[ProjectEnvironment].interpreter()
    plain, failed = timed(root, python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    if failed:
        sys.exit(f"the tests fail as they are: pytest ended with {failed}")
    by_one, ended = timed(root, sys.executable, "tenhats", "bite", "--all")
    run, bite = facts[TestRun], facts[Bite]
    yield from table("what", "number", _numbers(project, run, bite))
    yield from table(
        "what",
        "seconds (of processor)",
        {
            "the tests as they are": plain,
            "the tests under coverage.py, with the lines of each": times.took["TestRun"],
            "the bound tests, every function off": times.took["Bite"],
            "`nox -s bite`, function by function": by_one,
        },
    )
    yield from _commands(root, ended)
    yield "Tests that pass although every function is off:\n"
    yield from (f"- `{each.id}`" for each in bite.tried if each.outcome == "passed")
    yield "\nTests that never ended then:\n"
    yield from (f"- `{each.id}`" for each in bite.tried if each.outcome == "too long")
    examined = list(examine(project, python, facts[Tree], facts[Functions], run))
    yield from _examined(examined)


def _numbers(project: Project, run: TestRun, bite: Bite) -> dict[str, object]:
    traced = traced_in(project)
    states = Counter(each.state.value for each in traced)
    tried = Counter(each.outcome for each in bite.tried)
    whole = Counter(bite.verdicts.values())
    return {
        "tests that ran": len(run.results),
        "… bound to a requirement": sum(bool(each.names) for each in run.results),
        **{f"… tried with every function off: {said}": count for said, count in tried.most_common()},
        "tests, their cases taken together, that notice": whole[True],
        "… that prove nothing": whole[False],
        "… that could not be tried": whole[None],
        "requirements": len(traced),
        **{f"… {state}": count for state, count in states.most_common()},
    }


def _commands(root: Path, ended: int) -> Iterator[str]:
    """The commands of the chain, each with how long it takes and its exit code."""
    yield "| command | seconds (of processor) | exit code |\n|---|--:|--:|"
    for words in (["trace"], ["gates", "--only", "TST007,DEV006"]):
        took, code = timed(root, sys.executable, "tenhats", *words)
        yield f"| `{' '.join(words)}`, nothing changed | {took} | {code} |"
    yield f"| `bite --all` | | {ended} |\n"


def _examined(examined: list[Examined]) -> Iterator[str]:
    said = Counter(each.said for each in examined)
    yield ""
    yield from table("functions", "number", {"all": len(examined), **dict(said.most_common())})
    for what in (UNNOTICED, UNREACHED, NOT_RUN):
        yield f"{what}:\n"
        for each in examined:
            if each.said == what:
                tests = ", ".join(f"`{test.partition('::')[2]}`" for test in each.tests[:4])
                yield f"- `{each.function.path}:{each.function.line}` `{each.function.name}` {tests}"
        yield ""


def table(left: str, right: str, rows: Mapping[str, object]) -> Iterator[str]:
    """Yield a table in Markdown, a line at a time."""
    yield f"| {left} | {right} |\n|---|--:|"
    yield from (f"| {name} | {value} |" for name, value in rows.items())
    yield ""


def timed(root: Path, *command: str) -> tuple[Took, int]:
    """Run a command in the project; return how long it took, and its exit code."""
    started = Took.now()
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    return Took.now() - started, done.returncode


if __name__ == "__main__":
    main()
