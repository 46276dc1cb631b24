"""What became of the scenarios that behave runs, where the project has some."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Breakage, Result
from tenhats.facts.tree import Tree

_IMPORTS_BEHAVE = re.compile(rb"^\s{0,20}(?:from|import)\s{1,9}behave\b", re.MULTILINE)
_MISSING = (
    "behave is not installed beside the project, so its scenarios were not run: add it to [dependency-groups]"
)


@dataclass(frozen=True)
class BehaveRun:
    """One run of behave in each folder that has steps for it; `unseen` says why there was none."""

    results: tuple[Result, ...] = ()
    broken: tuple[Breakage, ...] = ()
    unseen: str | None = None


@fact(reads=("*",))
def run_behave(project: Project, environment: ProjectEnvironment, suite: TestSuite, tree: Tree) -> BehaveRun:
    """Run behave where feature files stand beside a folder `steps` that imports it."""
    return act(project, environment.interpreter(), suite, tree)


def act(
    project: Project, python: str, suite: TestSuite, tree: Tree, env: Mapping[str, str] | None = None
) -> BehaveRun:
    """Run behave once in each folder that has steps for it, with these variables in the environment."""
    results: list[Result] = []
    broken: list[Breakage] = []
    for home in _homes(project.root, tree):
        room = project.workshop / "behave"
        room.mkdir(parents=True, exist_ok=True)
        report = room / "report.json"
        report.unlink(missing_ok=True)
        asked = ["--format", "json", "--outfile", str(report), "--no-summary", "--no-color", home]
        command = [python, "-m", "behave", *asked]
        try:
            timeout = project.settings.test_timeout
            done = processes.run(command, cwd=project.root, env=env, timeout=timeout)
        except processes.TimedOut as error:
            broken.append(Breakage(home, 1, f"behave did not end: {error}"))
            continue
        if "No module named behave" in done.err:
            return BehaveRun(unseen=_MISSING)
        features = _read(report)
        if features is None:
            broken.append(Breakage(home, 1, f"behave did not run: {done.last_words}"))
            continue
        results.extend(_result(each, suite) for feature in features for each in _scenarios(feature))
    return BehaveRun(tuple(results), tuple(broken))


def _homes(root: Path, tree: Tree) -> list[str]:
    """The folders in which behave is to be run."""
    homes = []
    for path in tree.matching("steps/*.py", "*/steps/*.py"):
        home = path[: f"/{path}".rindex("/steps/")].rstrip("/") or "."
        has_features = bool(tree.matching(f"{home}/*.feature"))
        if home not in homes and has_features and _IMPORTS_BEHAVE.search((root / path).read_bytes()):
            homes.append(home)
    return homes


def _read(report: Path) -> list[dict[str, Any]] | None:
    try:
        return list(json.loads(report.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def _scenarios(feature: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (each for each in feature.get("elements", ()) if each.get("type") == "scenario")


def _result(scenario: Mapping[str, Any], suite: TestSuite) -> Result:
    """A scenario's outcome, out of its steps': behave's own word for the last before a rule is missing."""
    place = scenario["location"].replace("\\", "/")
    path, _, line = place.rpartition(":")
    name = scenario["name"].partition(" -- @")[0]
    outcome, message, seconds = "passed" if scenario["steps"] else "skipped", "", 0.0
    for step in scenario["steps"]:
        result = step.get("result") or {}
        status = result.get("status", "skipped")
        seconds += result.get("duration", 0.0)
        if status == "passed":
            continue
        line = step["location"].rpartition(":")[2]
        outcome = "skipped" if status in {"skipped", "untested"} else "failed"
        told = result.get("error_message", "")
        said = (told if isinstance(told, str) else "\n".join(told)).partition("\n")[0]
        step_is = "is not written" if status == "undefined" else f"is {status}"
        message = said or f"the step {step_is}: {step['keyword']} {step['name']}"
        break
    return Result(
        f"{path}::{name}", path, int(line), suite.scenarios.get(place, ()), outcome, message, seconds
    )
