"""`nox -s profile`: where the time of the benchmarks goes, in words and as flame graphs."""

from __future__ import annotations

import argparse
import re

from rich.console import Console

from tenhats.commands import FOUND, PASSED
from tenhats.fact import Project
from tenhats.facts.profiled import Profile
from tenhats.facts.testrun import Benchmarks
from tenhats.gathering import facts_of
from tenhats.reports.flame import flame_graph
from tenhats.rules.performance_engineer import said


def profile(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Tell of each benchmark, the slowest first, which function takes most of its time, and draw it."""
    found = [
        (each, time)
        for each, time in slowest_first(facts_of(project, [Benchmarks])[Benchmarks])
        if not asked.names or any(name in each.id for name in asked.names)
    ]
    folder = project.workshop / "profile"
    folder.mkdir(parents=True, exist_ok=True)
    for each, time in found:
        place = folder / f"{re.sub(r'[^0-9A-Za-z_.-]+', '-', each.id.rpartition('/')[2])}.svg"
        place.write_text(flame_graph(each), encoding="utf-8")
        hot = each.hot
        where = (
            f"{hot.part:.0%} in {hot.name} ({hot.path}:{hot.line})" if hot else "nothing of the sources seen"
        )
        line = f"{each.id}: {time}, {where}; {place.relative_to(project.root).as_posix()}"
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    if not found:
        console.print("no benchmark of that name was profiled", highlight=False)
    return PASSED if found else FOUND


def slowest_first(benchmarks: Benchmarks) -> list[tuple[Profile, str]]:
    """The profiles, each with its benchmark's median time, the longest first."""
    medians = {each.id: each.median for each in benchmarks.timings}
    known = [each for each in benchmarks.profiles if each.id in medians]
    return [(each, said(medians[each.id])) for each in sorted(known, key=lambda each: -medians[each.id])]
