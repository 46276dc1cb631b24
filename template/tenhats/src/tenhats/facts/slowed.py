"""The benchmarks of today over the sources of today and those of the base, side by side, on this machine.

Times that were taken earlier, or elsewhere, say nothing: the machine has changed since. So both are taken
now, by turns, each in processes of their own, and the least time of a process counts: whatever disturbs a
measurement makes it longer. (J. Chen and J. Revels, “Robust benchmarking in noisy environments”, 2016; turns:
L. Bulej et al., “Duet benchmarking”, ICPE 2020.)
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tenhats.fact import Project, fact
from tenhats.facts.base import Base, copy_of, files_at
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.recorded import room_of
from tenhats.facts.suite import TestSuite, tests_of
from tenhats.facts.testrun import Benchmarks, time_benchmarks
from tenhats.facts.trial import switchable
from tenhats.facts.waivers import waiving_lines

NOISE = 1.1
"""What is slower by less than this factor in one of the turns is not looked at any further."""
_TURNS = 5


@dataclass(frozen=True)
class Paired:
    """The least times of one benchmark, in seconds, turn by turn: over the base's sources, and today's."""

    id: str
    before: tuple[float, ...]
    now: tuple[float, ...]

    @property
    def is_slower(self) -> bool:
        """Whether it was slower in every turn, by more than noise."""
        return all(now > NOISE * before for before, now in zip(self.before, self.now, strict=True))

    def and_then(self, later: Paired) -> Paired:
        """The turns of both."""
        return Paired(self.id, self.before + later.before, self.now + later.now)


@dataclass(frozen=True)
class Slowed:
    """Each benchmark that was at the base as well, and runs there; or the reason why none was compared.

    `waivers` are, by file, the lines of the tests that were waivers at the base already. `trouble` says why
    nothing was seen although there was something to compare.
    """

    base: str = ""
    pairs: tuple[Paired, ...] = ()
    waivers: dict[str, frozenset[str]] = field(default_factory=dict)
    reason: str = ""
    trouble: str = ""


@fact(reads=("*",), alone=True)
def compare_with_base(
    project: Project, environment: ProjectEnvironment, base: Base, suite: TestSuite, benchmarks: Benchmarks
) -> Slowed:
    """Time the benchmarks over both sources, once, and those that seem slower four times more."""
    source = f"{project.settings.source}/"
    timed = {test.id for test in suite.tests if test.is_timed}
    if not timed or not benchmarks.timings:
        return Slowed(reason="no benchmark takes a time")
    if base.commit is None:
        return Slowed(reason=base.reason)
    if not any(path.startswith(source) for path in base.changed):
        return Slowed(base.commit, reason=f"no source has changed since {base.commit[:10]}")
    known, waivers = _known(project, base, {name.partition("::")[0] for name in timed})
    wanted = [each.id for each in benchmarks.timings if each.id.partition("[")[0] in timed & known]
    if not wanted:
        return Slowed(base.commit, reason=f"no benchmark was there at {base.commit[:10]}")
    turns = _Turns(project, environment, suite, _sources(project, base))
    try:
        pairs, trouble = turns.all(wanted)
    finally:
        turns.clear()
    reason = "" if pairs else f"no benchmark runs on the sources of {base.commit[:10]}"
    return Slowed(base.commit, tuple(pairs), waivers, reason, trouble)


def _known(project: Project, base: Base, files: set[str]) -> tuple[set[str], dict[str, frozenset[str]]]:
    """The ids of the tests that these files had at the base, and the lines that were waivers there."""
    root = copy_of(project, base, files, "benchmarks")
    ids: set[str] = set()
    waivers = {}
    for path in files:
        with contextlib.suppress(OSError, SyntaxError, ValueError):
            text = (root / path).read_text(encoding="utf-8")
            ids |= {test.id for test in tests_of(text.encode(), path)}
            waivers[path] = waiving_lines(text)
    return ids, waivers


def _sources(project: Project, base: Base) -> tuple[Path, Path]:
    """The sources of the base and today's, both as copies: neither has an advantage."""
    source = project.settings.source
    there = [path for path in files_at(project, base) if path.startswith(f"{source}/")]
    before = copy_of(project, base, there, "timed") / source
    before.mkdir(parents=True, exist_ok=True)
    now = project.workshop / "base" / "timed-now"
    shutil.rmtree(now, ignore_errors=True)
    shutil.copytree(project.root / source, now, ignore=shutil.ignore_patterns("__pycache__"))
    return before, now


@dataclass(frozen=True)
class _Turns:
    """Takes the times of both sources, one after the other."""

    project: Project
    environment: ProjectEnvironment
    suite: TestSuite
    sources: tuple[Path, Path]

    def all(self, wanted: list[str]) -> tuple[list[Paired], str]:
        """The times of these benchmarks, as many turns as each needs, and what went wrong, if anything."""
        found, trouble = self._turn(wanted, 0)
        for turn in range(1, _TURNS):
            slower = [name for name, pair in found.items() if pair.is_slower]
            if not slower:
                break
            later, trouble = self._turn(slower, turn)
            if trouble:
                break
            found |= {name: found[name].and_then(pair) for name, pair in later.items()}
        return list(found.values()), trouble

    def _turn(self, wanted: list[str], turn: int) -> tuple[dict[str, Paired], str]:
        before, now = self.sources
        order = (before, now) if turn % 2 else (now, before)
        times: dict[Path, Mapping[str, float]] = {}
        for source in order:
            times[source], trouble = self._times(source, wanted, turn)
            if trouble:
                return {}, trouble
        both = times[before].keys() & times[now].keys()
        pairs = {
            name: Paired(name, (times[before][name],), (times[now][name],)) for name in wanted if name in both
        }
        return pairs, ""

    def _times(self, source: Path, wanted: list[str], turn: int) -> tuple[Mapping[str, float], str]:
        """The least time of each benchmark that runs over these sources."""
        env = switchable(self.project)
        del env["PYTHONDONTWRITEBYTECODE"]
        env |= {"TENHATS_INSTEAD": str(source), "PYTHONHASHSEED": str(turn)}
        files = tuple(dict.fromkeys(name.partition("[")[0] for name in wanted))
        run = time_benchmarks(
            self.project,
            replace(self.suite, folders=files),
            self.environment.interpreter(),
            room_of(self.project, "turns"),
            plugins=("tenhats.probes.tenhats_brief",),
            env=env,
        )
        ended = next((each.message for each in run.broken if not run.results), "")
        return {each.id: each.least for each in run.timings if each.least > 0}, ended

    def clear(self) -> None:
        """Remove the copies."""
        for source in self.sources:
            shutil.rmtree(source, ignore_errors=True)
