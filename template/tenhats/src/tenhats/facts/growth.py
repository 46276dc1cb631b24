"""How the time of a function grows with its input: measured at n, 2n, 4n and 8n, as an exponent.

A time that grows as n to the power of k is a line of slope k when both are drawn logarithmically. Each
step from a size to the next gives a slope, and the middle one counts: unlike the line of least squares it
is not moved by one size at which the machine was busy, or at which a processor's cache was full.
"""

from __future__ import annotations

import json
import math
import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tenhats import processes
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.settings import Growth

_PROBE = Path(__file__).parents[1] / "probes" / "growth.py"
_LIMIT = 90.0
TOLERANCE = 0.25
"""How far a measured exponent may be above the promised one: memory that no longer fits into a processor's
cache makes what is linear look steeper, by up to 0.2 over a factor of eight."""


@dataclass(frozen=True)
class Grown:
    """One declared growth, as measured: the exponent; or why there is none; `is_noise` if it may be noise."""

    name: str
    exponent: float | None
    sizes: tuple[int, ...] = ()
    times: tuple[float, ...] = ()
    trouble: str = ""
    is_noise: bool = False


@dataclass(frozen=True)
class Growths:
    """Every declared growth, as measured."""

    grown: tuple[Grown, ...] = ()


@fact(reads=("*.py", "pyproject.toml"), alone=True)
def measure_growths(project: Project, environment: ProjectEnvironment) -> Growths:
    """Time each declared function, and once more where the exponent is above what is promised."""
    return Growths(tuple(_measured(project, environment, each) for each in project.settings.growth))


def _measured(project: Project, environment: ProjectEnvironment, growth: Growth) -> Grown:
    first = _once(project, environment, growth)
    if first.exponent is None or first.exponent <= growth.exponent + TOLERANCE:
        return first
    second = _once(project, environment, growth)
    if second.exponent is None:
        return second
    return min(first, second, key=lambda each: each.exponent or 0.0)


def _once(project: Project, environment: ProjectEnvironment, growth: Growth) -> Grown:
    root = project.root
    places = (root / project.settings.source, root, os.environ.get("PYTHONPATH", ""))
    try:
        done = processes.run(
            [environment.interpreter(), str(_PROBE)],
            cwd=root,
            env={"PYTHONPATH": os.pathsep.join(str(each) for each in places if each), "PYTHONSAFEPATH": "1"},
            given=json.dumps({"call": growth.call, "input": growth.input}),
            timeout=_LIMIT,
        )
    except processes.TimedOut as error:
        return Grown(growth.name, None, trouble=str(error))
    if done.code:
        return Grown(growth.name, None, trouble=f"it could not be timed: {done.last_words}")
    said = json.loads(done.out.splitlines()[-1])
    sizes, times = tuple(said["sizes"]), tuple(said["times"])
    return Grown(growth.name, slope(sizes, times), sizes, times, is_noise=not said["steady"])


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The exponent with which the times grow with the sizes: the middle one of those of all steps."""
    steps = zip(sizes, sizes[1:], times, times[1:], strict=False)
    return statistics.median(
        math.log(max(later, 1e-9) / max(earlier, 1e-9)) / math.log(large / small)
        for small, large, earlier, later in steps
    )
