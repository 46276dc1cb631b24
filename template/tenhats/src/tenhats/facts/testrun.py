"""What the tests did when they ran: the outcome of each, and the lines that were executed.

The benchmarks run by themselves, after everything else, because they take times.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.profiled import Profile, read_profiles
from tenhats.facts.reach import Reach, bits_of, read_reach
from tenhats.facts.recorded import Breakage, Result, Shown, room_of, run_recorded, warnings_of
from tenhats.facts.suite import TestSuite

__all__ = [
    "Benchmarks",
    "Breakage",
    "Measured",
    "Result",
    "Shown",
    "TestRun",
    "Timing",
    "run_benchmarks",
    "run_tests",
    "time_benchmarks",
]


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
    """The median and the least time of one benchmark, in seconds."""

    id: str
    median: float
    rounds: int
    least: float = 0.0


@dataclass(frozen=True)
class Benchmarks:
    """The run of the benchmarks: as tests, their times, and where these go."""

    results: tuple[Result, ...] = ()
    broken: tuple[Breakage, ...] = ()
    timings: tuple[Timing, ...] = ()
    profiles: tuple[Profile, ...] = ()


@fact(reads=("*",))
def run_tests(project: Project, environment: ProjectEnvironment, suite: TestSuite) -> TestRun:
    """Run every test but the benchmarks, under coverage with branches."""
    python = environment.interpreter()
    is_there = any((project.root / folder).exists() for folder in suite.folders)
    if not is_there or (not suite.tests and not suite.unreadable):
        return TestRun()
    room = room_of(project, "tests")
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
    results, broken = run_recorded(project, suite, [python, *measured, "-m", "pytest"], room, "without")
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
    return TestRun(results, broken, _coverage(report), reach, written, warnings_of(project, room))


def _sources(project: Project) -> dict[str, str]:
    """A digest of each source file, by its path from the root."""
    found = {}
    for file in sorted((project.root / project.settings.source).rglob("*")):
        # An installer writes beside the sources when it likes; that is none of the tests' doing.
        is_made = any(part == "__pycache__" or part.endswith(".egg-info") for part in file.parts)
        if file.is_file() and not is_made:
            path = file.relative_to(project.root).as_posix()
            found[path] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


@fact(reads=("*",), alone=True)
def run_benchmarks(project: Project, environment: ProjectEnvironment, suite: TestSuite) -> Benchmarks:
    """Run the tests that use the `benchmark` fixture, and nothing beside them."""
    python = environment.interpreter()
    if not any(test.is_timed for test in suite.tests):
        return Benchmarks()
    room = room_of(project, "benchmarks")
    profiles = room / "profiles.json"
    plugins, env = ("tenhats.probes.tenhats_profile",), {"TENHATS_PROFILE": str(profiles)}
    run = time_benchmarks(project, suite, python, room, plugins=plugins, env=env)
    if not profiles.exists():
        return run
    said = json.loads(profiles.read_text(encoding="utf-8"))
    return replace(
        run, profiles=tuple(read_profiles(said, project.root, project.settings.source, suite.folders))
    )


def time_benchmarks(
    project: Project,
    suite: TestSuite,
    python: str,
    room: Path,
    *,
    plugins: tuple[str, ...] = (),
    env: Mapping[str, str] | None = None,
) -> Benchmarks:
    """Run the benchmarks of the suite's folders, and nothing beside them, and return their times."""
    report = room / "benchmarks.json"
    options = [
        "--benchmark-max-time=0.3",
        "--benchmark-warmup=off",
        "--benchmark-disable-gc",
        f"--benchmark-storage={room}",
    ]
    command = [python, "-m", "pytest", "--benchmark-only", f"--benchmark-json={report}", *options]
    results, broken = run_recorded(project, suite, command, room, "only", plugins=plugins, env=env)
    timings = []
    if report.exists() and report.stat().st_size:
        for entry in json.loads(report.read_text(encoding="utf-8"))["benchmarks"]:
            stats = entry["stats"]
            timings.append(Timing(entry["fullname"], stats["median"], stats["rounds"], stats["min"]))
    return Benchmarks(results, broken, tuple(timings))


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
