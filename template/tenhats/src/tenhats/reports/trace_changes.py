"""What a change did to the requirements, for somebody at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from tenhats.changes import Change, Kind
from tenhats.reports.trace_terminal import style_of

_SIGNS = {Kind.GAINED: ("+", "green"), Kind.REWORDED: ("~", "yellow"), Kind.LOST: ("-", "red")}


def print_changes(console: Console, changes: Sequence[Change]) -> None:
    """Print each requirement that differs, with its words before and after, and the sum."""
    for each in changes:
        sign, style = _SIGNS[each.kind]
        line = Text(f"{sign} ", style).append(f"{each.name}  ", "bold").append(each.kind.value, style)
        if each.state:
            line.append(", ").append(each.state.value, style_of(each.state))
        console.print(line.append(f"  {each.path}:{each.line}", "dim"), highlight=False, soft_wrap=True)
        for words, was in ((each.before, "red"), (each.after, "green")):
            if words:
                mark = "-" if was == "red" else "+"
                console.print(Text(f"    {mark} {words}", was), highlight=False, soft_wrap=True)
    counts = Counter(each.kind for each in changes)
    tally = ", ".join(f"{counts[kind]} {kind}" for kind in Kind if counts[kind])
    console.print(f"since the base: {tally or 'no requirement differs'}", highlight=False)
