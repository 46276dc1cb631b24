"""How much memory a benchmark takes: the most by which its process grows while it calls its function.

Only the benchmarks of requirements that give an amount of memory are weighed, each in processes of its own:
once by what the system says that the process holds, which knows of libraries in C as well, and once by what
Python allocates, which knows of pieces that fit into what was free already. The larger counts.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.recorded import room_of, run_recorded
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks

MEMORY = re.compile(r"\b(?:memory|ram|rss)\b", re.IGNORECASE)
"""What a text must say for a size in it to be one of memory."""
_SIZE = re.compile(r"\d ?(?:[kmg]i?b|(?:mega|giga)bytes?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Weight:
    """What a benchmark held at most, in bytes; `least` is what is sure of that, if it started programs.

    The peak that a system remembers of a program is never below what the one that started it held.
    """

    id: str
    peak: int
    least: int
    trouble: str = ""


@dataclass(frozen=True)
class Weighed:
    """Each benchmark of a requirement that gives an amount of memory, as weighed."""

    weights: tuple[Weight, ...] = ()


@fact(reads=("*",))
def weigh_benchmarks(
    project: Project, environment: ProjectEnvironment, specs: Specs, suite: TestSuite, benchmarks: Benchmarks
) -> Weighed:
    """Weigh each benchmark that is bound to a requirement with such an amount."""
    named = {each.name for each in specs.requirements if MEMORY.search(each.text) and _SIZE.search(each.text)}
    wanted = [each.id for each in benchmarks.results if named & {specs.resolve(name) for name in each.names}]
    return Weighed(tuple(_weight(project, environment, suite, each) for each in wanted))


def _weight(project: Project, environment: ProjectEnvironment, suite: TestSuite, name: str) -> Weight:
    resident, trouble = _run(project, environment, suite, name, traced="")
    if trouble:
        return Weight(name, 0, 0, trouble)
    traced, trouble = _run(project, environment, suite, name, traced="1")
    grown = max(each["grown"] for each in (*resident, *traced))
    children = [(each.get("child", 0), each.get("parent", 0)) for each in resident]
    child = max(peak for peak, _ in children)
    sure = max((peak for peak, parent in children if peak > parent), default=0)
    return Weight(name, max(grown, child), max(grown, sure), trouble)


def _run(
    project: Project, environment: ProjectEnvironment, suite: TestSuite, name: str, *, traced: str
) -> tuple[list[dict[str, Any]], str]:
    """What each call of a benchmark's function weighed, and what went wrong, if anything."""
    room = room_of(project, "weighed")
    report = room / "weights.json"
    results, broken = run_recorded(
        project,
        replace(suite, folders=(name,)),
        [environment.interpreter(), "-m", "pytest", "--benchmark-disable"],
        room,
        "only",
        plugins=("tenhats.probes.tenhats_weigh",),
        env={"TENHATS_WEIGH": str(report), "TENHATS_TRACED": traced},
    )
    outcome = next((each.outcome for each in results), broken[0].message if broken else "not run")
    weights = _read(report)
    return weights, "" if outcome == "passed" and weights else f"{name}: {outcome}"


def _read(report: Path) -> list[dict[str, Any]]:
    return list(json.loads(report.read_text(encoding="utf-8"))) if report.exists() else []
