"""The workflow board: each feature, the step it has reached, what is missing for the next."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from tenhats.facts.specs import Specs
from tenhats.verdicts import Outcome
from tenhats.workflow import Progress, progress

_SHOWN = 5


def print_board(console: Console, workflow: str, specs: Specs, outcome: Outcome) -> None:
    """Print the five steps of every feature, and under them what the next one wants."""
    for feature in specs.features:
        steps = list(progress(workflow, feature, outcome))
        console.print(escape(f"{feature.name}  {feature.title}"), style="bold", highlight=False)
        for number, each in enumerate(steps, 1):
            _print_step(console, number, each)
        _print_next(console, steps)
        console.print()
    for problem in specs.problems:
        place = f"{problem.path}:{problem.line}: {problem.message}"
        console.print(escape(place), highlight=False, soft_wrap=True)
        console.print(f"    fix: {escape(problem.fix)}", style="dim", highlight=False, soft_wrap=True)


def _print_step(console: Console, number: int, each: Progress) -> None:
    step = each.step
    sign = "[green]reached[/]" if each.reached else "[red]not yet[/]"
    support = f", with the {step.support}" if step.support else ""
    console.print(f"  {sign}  {number} {step.title}: {step.evidence}", highlight=False, soft_wrap=True)
    console.print(f"           {step.lead}{support}", style="dim", highlight=False, soft_wrap=True)


def _print_next(console: Console, steps: list[Progress]) -> None:
    following = next((each for each in steps if not each.reached), None)
    if following is None:
        console.print("  all five steps are reached", style="green")
        return
    console.print(
        f"  next: {following.step.title} ({following.step.lead}): {escape(following.step.command)}",
        style="bold",
        highlight=False,
        soft_wrap=True,
    )
    for code, finding in following.missing[:_SHOWN]:
        place = f"{finding.path}:{finding.line}: {code} {finding.message}"
        console.print(f"    {escape(place)}", highlight=False, soft_wrap=True)
    if len(following.missing) > _SHOWN:
        console.print(f"    and {len(following.missing) - _SHOWN} more", style="dim")
    if following.unchecked:
        console.print(f"    not checked: {', '.join(following.unchecked)}", style="yellow")
