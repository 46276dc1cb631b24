"""What the commands do that judge, from the facts to the exit code; and what all commands share."""

from __future__ import annotations

import argparse
import datetime
import io
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console

from tenhats import engine
from tenhats.errors import CannotRun, did_you_mean
from tenhats.fact import Project
from tenhats.gates import Gate
from tenhats.personas import BY_NAME
from tenhats.reports import manual, program, pull_request, scanner, terminal
from tenhats.reports.console import SafeConsole
from tenhats.rule import RULES, Rule
from tenhats.verdicts import Outcome, Verdict

PASSED, FOUND, CANNOT_RUN = 0, 1, 2

_FORMATS = {
    "json": program.as_json,
    "markdown": pull_request.as_markdown,
    "sarif": scanner.as_sarif,
}


def gates(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Ask all rules, or the chosen ones, and say what became of them."""
    rules = _chosen(asked)
    outcome, seconds = judge(project, rules)
    _keep(project, outcome, whole=not (asked.only or asked.gate))
    return tell(outcome, seconds, asked, console)


def persona(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Ask the rules of one persona."""
    if asked.name not in BY_NAME:
        msg = f"There is no persona {asked.name}.{did_you_mean(asked.name, BY_NAME)}"
        raise CannotRun(msg)
    rules = [rule for rule in _chosen(asked, BY_NAME[asked.name].prefix) if rule.persona.name == asked.name]
    outcome, seconds = judge(project, rules)
    return tell(outcome, seconds, asked, console)


def explain(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Print a page of the manual."""
    page = manual.explain(asked.word)
    if console.is_terminal and asked.word.upper() in RULES:
        from rich.markdown import Markdown

        console.print(Markdown(page))
    else:
        console.print(page, highlight=False, markup=False, soft_wrap=True, end="")
    return PASSED


def _chosen(asked: argparse.Namespace, *unless: str) -> list[Rule]:
    """The rules that are asked for, or else those that `unless` names, or else all."""
    words = [word.strip() for word in ",".join(asked.only).split(",") if word.strip()]
    rules = engine.choose(words or unless)
    if asked.gate:
        wanted = {_gate(word) for word in ",".join(asked.gate).split(",")}
        rules = [rule for rule in rules if rule.gate in wanted]
        if not rules:
            raise CannotRun("No rule is left: --gate and --only have none in common.")
    return rules


def _gate(word: str) -> Gate:
    known = {str(gate.value): gate for gate in Gate} | {gate.label: gate for gate in Gate}
    if word not in known:
        msg = f"There is no gate {word}; they are 1 to 8.{did_you_mean(word, known)}"
        raise CannotRun(msg)
    return known[word]


def judge(project: Project, rules: Iterable[Rule]) -> tuple[Outcome, float]:
    """The verdicts of the rules, and in how many seconds they were had."""
    started = time.perf_counter()
    with terminal.Progress() as progress:
        outcome = engine.judge(project, rules, progress)
    return outcome, time.perf_counter() - started


def tell(outcome: Outcome, seconds: float, asked: argparse.Namespace, console: Console) -> int:
    """Write the report that is asked for, and return the exit code."""
    if asked.format == "text" and not asked.output:
        terminal.print_outcome(console, outcome, seconds)
    else:
        text = _FORMATS[asked.format](outcome) if asked.format in _FORMATS else _as_text(outcome, seconds)
        write_or_print(text, asked.output, console)
        if asked.output:
            terminal.print_outcome(console, outcome, seconds)
    if outcome.crashed:
        return CANNOT_RUN
    failing = {Verdict.FAILED, Verdict.UNCHECKED} if asked.strict else {Verdict.FAILED}
    return FOUND if outcome.verdict in failing else PASSED


def _as_text(outcome: Outcome, seconds: float) -> str:
    text = io.StringIO()
    terminal.print_outcome(SafeConsole(width=120, no_color=True, emoji=False, file=text), outcome, seconds)
    return text.getvalue()


def write_or_print(text: str, output: str | None, console: Console) -> None:
    """Write a report into a file, or print it."""
    if output is None:
        console.print(text, highlight=False, markup=False, soft_wrap=True, end="")
        return
    path = Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _keep(project: Project, outcome: Outcome, *, whole: bool) -> None:
    """Write the report and, after a run of all gates, a line of history."""
    project.workshop.mkdir(exist_ok=True)
    (project.workshop / "report.json").write_text(program.as_json(outcome), encoding="utf-8")
    if whole:
        run = {
            "when": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M"),
            "commit": outcome.commit,
            "verdict": outcome.verdict.value,
            "findings": sum(len(judged.findings) for judged in outcome.judgements),
        }
        with (project.workshop / "history.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(run) + "\n")


def history(project: Project) -> list[dict[str, Any]]:
    """The runs of all gates on this machine, oldest first."""
    try:
        lines = (project.workshop / "history.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]
    except (OSError, ValueError):
        return []
