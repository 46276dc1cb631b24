"""Trying tests with the project's functions switched off: what would they say if there were no code?

The source files are read as they are and nothing is written into the tree, so that even a run which
is killed leaves everything as it was. A test that is caught in a loop is ended, and the rest goes on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project

_TOOLING = Path(__file__).parents[2]
_TRIAL = Path(__file__).parents[1] / "probes" / "trial"
_MOST_RESTARTS = 50


@dataclass(frozen=True)
class Tried:
    """What became of a test: `passed`, `failed`, `too long`, `skipped`, `not imported` or `not run`."""

    id: str
    outcome: str
    why: str = ""

    @property
    def noticed(self) -> bool:
        """Whether the test would not have passed without the implementation."""
        return self.outcome in {"failed", "too long"}

    @property
    def ran(self) -> bool:
        """Whether the test was run at all, so that its outcome says something."""
        return self.outcome in {"passed", "failed", "too long"}


def try_tests(
    project: Project,
    python: str,
    tests: Iterable[str],
    *,
    off: str = "all",
    instead: Path | None = None,
    seconds: Mapping[str, float] | None = None,
) -> tuple[Tried, ...]:
    """Run the tests while functions are off, each within a time limit of its own.

    Args:
        project: The project under judgement.
        python: The interpreter of the project's environment.
        tests: The ids of the tests; one without parameters stands for all its cases.
        off: `all`, or one function, as `path:line` of its `def`; nothing if it is empty.
        instead: A folder of other sources, to be imported in the place of the project's own.
        seconds: How long each test takes when everything is on.

    Raises:
        Unavailable: if pytest does not come as far as to run the tests.
    """
    room = project.workshop / ("base-trial" if instead else "trial")
    room.mkdir(parents=True, exist_ok=True)
    record, plan = room / "record.jsonl", room / "plan.json"
    record.unlink(missing_ok=True)
    wanted = list(tests)
    limits = {test: limit_of(took) for test, took in (seconds or {}).items()}
    known: dict[str, Tried] = {}
    said = ""
    for _ in range(_MOST_RESTARTS):
        asked = {"tests": wanted, "done": list(known), "off": off, "record": str(record)}
        plan.write_text(json.dumps({**asked, "limits": limits, "limit": limit_of(0.0)}), encoding="utf-8")
        files = sorted({test.partition("::")[0] for test in wanted})
        timeout = project.settings.test_timeout
        said = run_pytest(project, python, "tenhats_trial", plan, files, timeout, instead)
        begun = _read(record, known)
        if begun is None:
            if not record.exists():
                raise Unavailable(f"the tests could not be tried: {said}")
            break
        known[begun] = Tried(begun, "too long", "it had to be ended from outside")
    seen = {*known, *(test.partition("[")[0] for test in known)}
    unseen = (Tried(test, "not run", said) for test in wanted if test not in seen)
    return (*known.values(), *unseen)


def limit_of(seconds: float) -> float:
    """The time limit of a test, in seconds: generous beside its usual time, short beside a test run."""
    return 1.0 + 4.0 * seconds


def run_pytest(
    project: Project,
    python: str,
    plugin: str,
    plan: Path,
    files: Sequence[str],
    timeout: float,
    instead: Path | None = None,
) -> str:
    """Run pytest over some test files, with sources that can be switched off, and return its last words."""
    env = {
        **switchable(project),
        "TENHATS_TRIAL": str(plan),
        "TENHATS_RECORD": str(plan),  # so that an unknown name does not end the run
        "TENHATS_INSTEAD": str(instead or ""),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(plan.parent / "hypothesis"),
        # For the pytest that a test starts too: to rewrite assertions it would read its plugins by itself.
        "PYTEST_ADDOPTS": f"{os.environ.get('PYTEST_ADDOPTS', '')} --assert=plain".strip(),
    }
    options = [
        *(
            "-p",
            "tenhats.probes.tenhats_single",
            "-p",
            "tenhats_bare",
            "-p",
            plugin,
            "-p",
            "no:cacheprovider",
            "-q",
        ),
        *("--continue-on-collection-errors", "--maxfail=0", "--tb=no", "--no-summary"),
        "-o",
        "faulthandler_timeout=0",
    ]
    try:
        done = processes.run(
            [python, "-m", "pytest", *options, *files], cwd=project.root, env=env, timeout=timeout
        )
    except processes.TimedOut as error:
        return str(error)
    return done.last_words


def switchable(project: Project) -> dict[str, str]:
    """The variables with which any Python program reads the sources so that they can be switched off."""
    places = [str(_TRIAL), str(_TOOLING), os.environ.get("PYTHONPATH", "")]
    return {
        "TENHATS_SOURCE": str(project.root / project.settings.source),
        "PYTHONPATH": os.pathsep.join(filter(None, places)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _read(record: Path, known: dict[str, Tried]) -> str | None:
    """Take up what is written down; return the test that had begun and did not end, if there is one."""
    begun = None
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    for line in lines:
        entry = json.loads(line)
        if "outcome" in entry:
            known[entry["id"]] = Tried(entry["id"], entry["outcome"], entry["why"])
            begun = None
        elif "id" in entry:
            begun = entry["id"]
    return begun if begun not in known else None
