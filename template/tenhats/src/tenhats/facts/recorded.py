"""A run of pytest, written down by a probe as it goes: what became of each test, and what broke the run."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.fact import Project
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


def room_of(project: Project, name: str) -> Path:
    """The folder of a run in the workshop, without what an earlier one left there."""
    room = project.workshop / name
    room.mkdir(parents=True, exist_ok=True)
    for old in room.iterdir():
        if old.is_file():
            old.unlink()
    return room


def run_recorded(
    project: Project,
    suite: TestSuite,
    command: list[str],
    room: Path,
    benchmarks: str,
    *,
    plugins: tuple[str, ...] = (),
    env: Mapping[str, str] | None = None,
) -> tuple[tuple[Result, ...], tuple[Breakage, ...]]:
    """Run the tests of the project, and return what became of each, in the order in which they ran.

    Args:
        project: The project under judgement.
        suite: The test suite as it is written.
        command: What starts pytest, and the options that differ from run to run.
        room: The folder for what the probe writes.
        benchmarks: `without` them, or the benchmarks `only`.
        plugins: Further plugins of pytest, by the names of their modules.
        env: Variables to add to the environment; a `PYTHONPATH` among them comes after the tooling.
    """
    record = room / _RECORD
    theirs = {**os.environ, **(env or {})}.get("PYTHONPATH")
    given = {
        **(env or {}),
        "TENHATS_RECORD": str(record),
        "TENHATS_BENCHMARKS": benchmarks,
        # The core that Python 3.14 uses by default drops the contexts.
        "COVERAGE_CORE": "ctrace",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(_TOOLING), theirs])),
    }
    tests = project.settings.tests
    loaded = ("tenhats.probes.tenhats_single", *plugins, "tenhats.probes.tenhats_record", "no:cacheprovider")
    arguments = [
        *(word for name in loaded for word in ("-p", name)),
        "--continue-on-collection-errors",
        "-q",
        *suite.folders,
    ]
    try:
        done = processes.run(
            [*command, *arguments], cwd=project.root, env=given, timeout=project.settings.test_timeout
        )
    except processes.TimedOut as error:
        return (), (_endless(suite, record, tests, str(error)),)
    if not record.exists():
        return (), (Breakage(tests, 1, f"pytest did not run: {_last_words(done)}"),)
    return _read_record(json.loads(record.read_text(encoding="utf-8")), project.root, suite, done)


def warnings_of(project: Project, room: Path) -> tuple[Shown, ...]:
    """The warnings that a run showed, and that come from the project's own lines, not from a library."""
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
        is_ours = place.is_absolute() and place.is_relative_to(root)
        path = place.relative_to(root).as_posix() if is_ours else test["path"]
        line = test["failed_line"] if is_ours or not place.is_absolute() else 0
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
