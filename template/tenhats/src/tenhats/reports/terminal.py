"""The report for somebody at a terminal, and what they see while they wait."""

from __future__ import annotations

import threading
import time
from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tenhats.gates import Gate
from tenhats.personas import PERSONAS
from tenhats.reports.console import SafeConsole
from tenhats.verdicts import Judgement, Outcome, Verdict

_STYLES = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "bold red",
    Verdict.UNCHECKED: "bold yellow",
    Verdict.NOT_APPLICABLE: "dim",
}
_SIGNS = {
    Verdict.PASSED: ("✓", "+"),
    Verdict.FAILED: ("✗", "X"),
    Verdict.UNCHECKED: ("?", "?"),
    Verdict.NOT_APPLICABLE: ("–", "-"),
}

_MOST_ADVICE = 5


class Progress:
    """Tells, on standard error, what is being measured: live in a terminal, else line by line."""

    def __init__(self) -> None:
        self._console = console = SafeConsole(stderr=True, emoji=False)
        self._started: dict[str, float] = {}
        self._lock = threading.Lock()
        self._live = Live(get_renderable=self._running, console=console, transient=True, refresh_per_second=8)

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()

    def started(self, fact: str) -> None:
        """The measuring of a fact has begun."""
        with self._lock:
            self._started[fact] = time.perf_counter()

    def finished(self, fact: str, seconds: float, *, kept: bool) -> None:
        """A fact is there; quick ones and kept ones are not worth a line."""
        with self._lock:
            self._started.pop(fact, None)
        if not self._console.is_terminal and not kept and seconds >= 0.1:
            self._console.print(f"measured {fact} in {seconds:.1f} s", highlight=False)

    def _running(self) -> Text:
        now = time.perf_counter()
        with self._lock:
            running = [f"{fact} {now - begun:.1f} s" for fact, begun in self._started.items()]
        return Text("measuring " + ", ".join(running) if running else "", style="dim")


def print_outcome(console: Console, outcome: Outcome, seconds: float) -> None:
    """Print every finding, the table of personas and gates, and the verdict."""
    _print_findings(console, outcome)
    _print_advice(console, outcome)
    console.print(_table(console, outcome))
    _print_reasons(console, outcome, Verdict.PASSED)
    _print_reasons(console, outcome, Verdict.UNCHECKED)
    _print_reasons(console, outcome, Verdict.NOT_APPLICABLE)
    _print_verdict(console, outcome, seconds)


def _print_findings(console: Console, outcome: Outcome) -> None:
    for judged in outcome.judgements:
        for each in judged.findings:
            place = f"{escape(each.path)}:{each.line}:"
            console.print(
                f"[bold]{place}[/] [red]{judged.rule.code}[/] {escape(each.message)}",
                highlight=False,
                soft_wrap=True,
            )
            console.print(f"    fix: {escape(each.fix)}", highlight=False, soft_wrap=True, style="dim")
    if outcome.verdict is Verdict.FAILED:
        console.print()


def _print_advice(console: Console, outcome: Outcome) -> None:
    """Print what is worth a look: the first few of each rule, or all if only one was asked."""
    most = _MOST_ADVICE if len(outcome.judgements) > 1 else None
    for judged in outcome.judgements:
        code = judged.rule.code
        lines = [f"{each.path}:{each.line}: {code} {each.message}: {each.fix}" for each in judged.advice]
        shown = lines[:most]
        if len(shown) < len(lines):
            shown.append(
                f"{code}: {len(lines) - len(shown)} more; all of them: nox -s gates -- --only {code}"
            )
        for line in shown:
            console.print(f"advice: {escape(line)}", highlight=False, soft_wrap=True, style="dim")


def _table(console: Console, outcome: Outcome) -> Table:
    asked = [gate for gate in Gate if any(judged.rule.gate is gate for judged in outcome.judgements)]
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("persona", no_wrap=True)
    for gate in asked:
        table.add_column(f" {gate.value} ", justify="center")
    for persona in PERSONAS:
        row = [outcome.at(persona.name, gate) for gate in asked]
        if any(row):
            table.add_row(persona.name, *(_sign(console, verdict) for verdict in row))
    table.add_section()
    table.add_row("gate", *(_sign(console, outcome.of_gate(gate)) for gate in asked), style="bold")
    return table


def _sign(console: Console, verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("")
    fancy, plain = _SIGNS[verdict]
    utf8 = (console.encoding or "").lower().startswith("utf")
    return Text(fancy if utf8 else plain, style=_STYLES[verdict])


def _print_reasons(console: Console, outcome: Outcome, verdict: Verdict) -> None:
    """Say why, once for all the rules that have one reason."""
    reasons: dict[str, list[Judgement]] = {}
    for judged in outcome.judgements:
        if judged.verdict is verdict and judged.reason:
            reasons.setdefault(judged.reason, []).append(judged)
    for reason, judgements in reasons.items():
        codes = ", ".join(judged.rule.code for judged in judgements)
        console.print(
            f"{verdict.value}: {codes}: {escape(reason)}",
            highlight=False,
            soft_wrap=True,
            style=_STYLES[verdict],
        )


def _print_verdict(console: Console, outcome: Outcome, seconds: float) -> None:
    asked = [gate for gate in Gate if any(judged.rule.gate is gate for judged in outcome.judgements)]
    console.print()
    for verdict in Verdict:
        named = [f"{gate.value} {gate.label}" for gate in asked if outcome.of_gate(gate) is verdict]
        if named:
            console.print(
                f"{verdict.value}: {', '.join(named)}",
                style=_STYLES[verdict],
                highlight=False,
                soft_wrap=True,
            )
    count = sum(len(judged.findings) for judged in outcome.judgements)
    rules = len(outcome.judgements)
    tally = f"{rules} rule{'s' * (rules != 1)}, {count} finding{'s' * (count != 1)}"
    console.print(
        f"verdict: {outcome.verdict.value} ({tally}, {seconds:.1f} s)",
        style=_STYLES[outcome.verdict],
        highlight=False,
    )
