"""What the tests did when they ran: the outcome of each, and the lines that were executed.

The benchmarks run by themselves, after everything else, because they take times.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.reach import Reach, bits_of, read_reach
from tenhats.facts.suite import TestSuite
from tenhats.facts.toolrun import within

# Not the folder of the probes: `secrets` and `site` there would hide the standard library's.
_TOOLING = Path(__file__).parents[2]
_NO_TESTS = 5
_RECORD = "record.json"


@dataclass(frozen=True)
class Result:
    """What became of one test; `outcome` is pytest's word, or `error`, `xfailed`, `xpassed`."""

    id: str
    path: str
    line: int
    names: tuple[str, ...]
    outcome: str
    message: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Breakage:
    """A file that could not be collected, or a run that did not end by itself."""

    path: str
    line: int
    message: str


@dataclass(frozen=True)
class Shown:
    """A warning that the run shows, at the line of the project that it comes from."""

    path: str
    line: int
    kind: str
    message: str


@dataclass(frozen=True)
class Measured:
    """How much of one source file the tests executed; `first_missing` is a line, or None.

    `executed` and `unexecuted` are the lines of statements, as the bits of a number written in hexadecimal.
    """

    path: str
    statements: int
    covered: int
    branches: int
    covered_branches: int
    first_missing: int | None
    missing: int
    executed: str = "0"
    unexecuted: str = "0"


@dataclass(frozen=True)
class TestRun:
    """One run of the test suite, benchmarks left out.

    `written` are the source files that it changed, `warnings` those that it shows and that come from the
    project's own lines, and not from a library.
    """

    results: tuple[Result, ...] = ()
    broken: tuple[Breakage, ...] = ()
    files: tuple[Measured, ...] = ()
    reach: Reach = field(default_factory=Reach)
    written: tuple[str, ...] = ()
    warnings: tuple[Shown, ...] = ()

    @property
    def coverage(self) -> float:
        """Executed statements and branches, as a percentage of all; coverage.py's own sum."""
        total = sum(file.statements + file.branches for file in self.files)
        done = sum(file.covered + file.covered_branches for file in self.files)
        return 100.0 * done / total if total else 0.0


@dataclass(frozen=True)
class Timing:
    """The median time of one benchmark, in seconds."""

    id: str
    median: float
    rounds: int


@dataclass(frozen=True)
class Benchmarks:
    """The run of the benchmarks: as tests, and their times."""

    results: tuple[Result, ...] = ()
    broken: tuple[Breakage, ...] = ()
    timings: tuple[Timing, ...] = ()


@fact(reads=("*",))
def run_tests(project: Project, environment: ProjectEnvironment, suite: TestSuite) -> TestRun:
    """Run every test but the benchmarks, under coverage with branches."""
    python = environment.interpreter()
    is_there = any((project.root / folder).exists() for folder in suite.folders)
    if not is_there or (not suite.tests and not suite.unreadable):
        return TestRun()
    room = _room(project, "tests")
    data = room / "coverage.db"
    measured = [
        "-m",
        "coverage",
        "run",
        "--branch",
        f"--data-file={data}",
        f"--source={project.settings.source}",
    ]
    before = _sources(project)
    results, broken = _pytest(project, suite, [python, *measured, "-m", "pytest"], room, "without")
    after = _sources(project)
    written = tuple(path for path, content in before.items() if after.get(path) != content)
    report = room / "coverage.json"
    if any(room.glob(f"{data.name}.*")):
        # The project's own settings ask for a file a process.
        processes.run([python, "-m", "coverage", "combine", f"--data-file={data}", "-q"], cwd=project.root)
    if data.exists():
        wanted = ["-m", "coverage", "json", f"--data-file={data}", "-o", str(report), "-q"]
        done = processes.run([python, *wanted], cwd=project.root)
        if done.code and not report.exists() and results:
            raise Unavailable(f"coverage could not be read: {done.last_words}")
    reach = read_reach(data, project.root) if data.exists() and report.exists() else Reach()
    return TestRun(results, broken, _coverage(report), reach, written, _warnings(project, room))


def _warnings(project: Project, room: Path) -> tuple[Shown, ...]:
    try:
        record = json.loads((room / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    own = [project.root / project.settings.source, project.root / project.settings.tests]
    return tuple(
        Shown(within(project.root, each["path"]), each["line"], each["kind"], each["message"])
        for each in record["warnings"]
        if any((project.root / each["path"]).is_relative_to(folder) for folder in own)
    )


def _sources(project: Project) -> dict[str, str]:
    """A digest of each source file, by its path from the root."""
    found = {}
    for file in sorted((project.root / project.settings.source).rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            path = file.relative_to(project.root).as_posix()
            found[path] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


@fact(reads=("*",), alone=True)
def run_benchmarks(project: Project, environment: ProjectEnvironment, suite: TestSuite) -> Benchmarks:
    """Run the tests that use the `benchmark` fixture, and nothing beside them."""
    python = environment.interpreter()
    if not any(test.is_timed for test in suite.tests):
        return Benchmarks()
    room = _room(project, "benchmarks")
    report = room / "benchmarks.json"
    short = [
        "--benchmark-max-time=0.3",
        "--benchmark-warmup=off",
        "--benchmark-disable-gc",
        f"--benchmark-storage={room}",
    ]
    command = [python, "-m", "pytest", "--benchmark-only", f"--benchmark-json={report}", *short]
    results, broken = _pytest(project, suite, command, room, "only")
    timings = []
    if report.exists() and report.stat().st_size:
        for entry in json.loads(report.read_text(encoding="utf-8"))["benchmarks"]:
            stats = entry["stats"]
            timings.append(Timing(entry["fullname"], stats["median"], stats["rounds"]))
    return Benchmarks(results, broken, tuple(timings))


def _room(project: Project, name: str) -> Path:
    room = project.workshop / name
    room.mkdir(parents=True, exist_ok=True)
    for old in room.iterdir():
        if old.is_file():
            old.unlink()
    return room


def _pytest(
    project: Project, suite: TestSuite, command: list[str], room: Path, benchmarks: str
) -> tuple[tuple[Result, ...], tuple[Breakage, ...]]:
    record = room / _RECORD
    env = {
        "TENHATS_RECORD": str(record),
        "TENHATS_BENCHMARKS": benchmarks,
        # The core that Python 3.14 uses by default drops the contexts.
        "COVERAGE_CORE": "ctrace",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_TOOLING), os.environ.get("PYTHONPATH")])),
    }
    tests = project.settings.tests
    arguments = [
        "-p",
        "tenhats.probes.tenhats_single",
        "-p",
        "tenhats.probes.tenhats_record",
        "-p",
        "no:cacheprovider",
        "--continue-on-collection-errors",
        "-q",
        *suite.folders,
    ]
    try:
        done = processes.run(
            [*command, *arguments], cwd=project.root, env=env, timeout=project.settings.test_timeout
        )
    except processes.TimedOut as error:
        return (), (_endless(suite, record, tests, str(error)),)
    if not record.exists():
        return (), (Breakage(tests, 1, f"pytest did not run: {_last_words(done)}"),)
    return _read_record(json.loads(record.read_text(encoding="utf-8")), project.root, suite, done)


def _endless(suite: TestSuite, record: Path, tests: str, error: str) -> Breakage:
    """What to say of a run that did not end: where possible, at the test that was running."""
    hint = "raise test-timeout in [tool.tenhats] if it is only slow"
    try:
        begun = record.with_name(f"{record.name}.begun").read_text(encoding="utf-8")
    except OSError:
        return Breakage(tests, 1, f"the test run did not end: {error}; {hint}")
    name = begun.partition("[")[0]
    line = next((test.line for test in suite.tests if test.id == name), 1)
    return Breakage(begun.partition("::")[0], line, f"{begun} did not end: {error}; {hint}")


def _read_record(
    record: dict[str, Any], root: Path, suite: TestSuite, done: processes.Completed
) -> tuple[tuple[Result, ...], tuple[Breakage, ...]]:
    results = []
    for test in record["tests"]:
        place = Path(test["failed_path"] or test["path"])
        within = place.is_absolute() and place.is_relative_to(root)
        path = place.relative_to(root).as_posix() if within else test["path"]
        line = test["failed_line"] if within or not place.is_absolute() else 0
        results.append(
            Result(
                test["id"],
                path,
                line or test["line"],
                (*test["names"], *suite.scenarios.get(test["scenario"], ())),
                test["outcome"],
                test["message"],
                test["seconds"],
            )
        )
    broken = [Breakage(each["path"], each["line"], each["message"]) for each in record["broken"]]
    if record["exit"] not in {0, 1, _NO_TESTS} and not broken:
        broken.append(Breakage("pyproject.toml", 1, f"pytest ended early: {_last_words(done)}"))
    return tuple(results), tuple(broken)


def _last_words(done: processes.Completed) -> str:
    """What pytest said last, without what coverage.py says after it."""
    kept = [line for line in done.err.splitlines() if not re.search(r"CoverageWarning|self\._warn\(", line)]
    return processes.Completed(done.code, done.out, "\n".join(kept)).last_words


def _coverage(report: Path) -> tuple[Measured, ...]:
    if not report.exists():
        return ()
    files = []
    for path, entry in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        summary = entry["summary"]
        lines = [*entry["missing_lines"], *(abs(branch[0]) for branch in entry.get("missing_branches", []))]
        files.append(
            Measured(
                path.replace(os.sep, "/"),
                summary["num_statements"],
                summary["covered_lines"],
                summary.get("num_branches", 0),
                summary.get("covered_branches", 0),
                min(lines, default=None),
                len(entry["missing_lines"]),
                bits_of(entry["executed_lines"]),
                bits_of(entry["missing_lines"]),
            )
        )
    return tuple(files)
