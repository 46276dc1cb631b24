"""The workflow board: each feature, the step it has reached, what is missing for the next."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tenhats.facts.specs import Specs
from tenhats.verdicts import Outcome
from tenhats.workflow import Progress, progress

_SHOWN = 5


def print_board(console: Console, workflow: str, specs: Specs, outcome: Outcome) -> None:
    """Print the five steps of every feature, and under them what the next one wants."""
    for feature in specs.features:
        steps = list(progress(workflow, feature, outcome))
        table = Table(title=f"{feature.name}  {feature.title}", title_justify="left", box=None)
        for column in ("step", "lead", "support", "evidence", "reached"):
            table.add_column(column)
        for number, each in enumerate(steps, 1):
            table.add_row(
                f"{number} {each.step.title}",
                each.step.lead,
                each.step.support or "–",
                each.step.evidence,
                "[green]yes[/]" if each.reached else "[red]no[/]",
            )
        console.print(table)
        _print_next(console, steps)
        console.print()
    for problem in specs.problems:
        console.print(f"{problem.path}:{problem.line}: {problem.message}", highlight=False)
        console.print(f"    fix: {problem.fix}", style="dim", highlight=False)


def _print_next(console: Console, steps: list[Progress]) -> None:
    following = next((each for each in steps if not each.reached), None)
    if following is None:
        console.print("all five steps are reached", style="green")
        return
    console.print(
        f"next: {following.step.title}, led by the {following.step.lead}: {escape(following.step.command)}",
        style="bold",
        highlight=False,
    )
    for code, finding in following.missing[:_SHOWN]:
        place = f"{finding.path}:{finding.line}: {code} {finding.message}"
        console.print(f"  {escape(place)}", highlight=False, soft_wrap=True)
    if len(following.missing) > _SHOWN:
        console.print(f"  and {len(following.missing) - _SHOWN} more", style="dim")
    if following.unchecked:
        console.print(f"  not checked: {', '.join(following.unchecked)}", style="yellow")
