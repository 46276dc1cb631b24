"""`nox -s bite`: which functions the requirements' tests really examine, function by function."""

from __future__ import annotations

import argparse
from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TextColumn

from tenhats.commands import FOUND, PASSED
from tenhats.errors import CannotRun, Unavailable
from tenhats.fact import Project
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.examined import NOT_RUN, UNNOTICED, UNREACHED, Examined, examine
from tenhats.facts.functions import Functions
from tenhats.facts.testrun import TestRun
from tenhats.facts.tree import Tree
from tenhats.gathering import facts_of
from tenhats.reports.console import SafeConsole

_SAID = {
    UNNOTICED: "nobody notices when it does nothing",
    NOT_RUN: "its tests could not be run without it",
    UNREACHED: "no test that is bound to a requirement executes it",
}


def bite(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Switch off one function after the other, run the bound tests that execute it, and say who noticed."""
    facts = facts_of(project, [Tree, Functions, TestRun, ProjectEnvironment])
    errors = SafeConsole(stderr=True)
    try:
        with Progress(TextColumn("{task.description}"), console=errors, transient=True) as progress:
            task = progress.add_task("")

            def tell(done: int, of: int) -> None:
                progress.update(task, description=f"tried {done} of {of} functions")

            examined = list(
                examine(
                    project,
                    facts[ProjectEnvironment].interpreter(),
                    facts[Tree],
                    facts[Functions],
                    facts[TestRun],
                    everything=asked.all,
                    progress=tell,
                )
            )
    except Unavailable as error:
        raise CannotRun(str(error)) from None
    broken = facts[TestRun].broken
    for each in broken:
        console.print(escape(f"{each.path}:{each.line}: {each.message}"), style="red", highlight=False)
    for function in examined:
        if function.said in _SAID:
            _print(function, console)
    counts = Counter(each.said for each in examined)
    summary = ", ".join(f"{count} {said}" for said, count in sorted(counts.items())) or "no function"
    console.print(f"{len(examined)} functions: {summary}", highlight=False)
    return FOUND if broken or counts[UNNOTICED] or counts[NOT_RUN] else PASSED


def _print(each: Examined, console: Console) -> None:
    function = each.function
    line = f"{function.path}:{function.line}: {function.name}: {_SAID[each.said]}"
    tests = f" ({', '.join(test.rpartition('::')[2] for test in each.tests[:3])})" if each.tests else ""
    style = "red" if each.said == UNNOTICED else "dim"
    console.print(escape(line + tests), style=style, highlight=False, soft_wrap=True)
