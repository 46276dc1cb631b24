"""What each command does, from the facts to the exit code."""

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

from tenhats import engine, workflow
from tenhats.errors import CannotRun, did_you_mean
from tenhats.fact import Project
from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.reviews import Reviews
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.gates import Gate
from tenhats.gathering import compared_in, facts_of, traced_in
from tenhats.making.agents import make_agents
from tenhats.making.documents import last_retrospective, make_decision, make_retrospective, make_spec
from tenhats.personas import BY_NAME
from tenhats.reports import board, manual, program, pull_request, scanner, terminal
from tenhats.reports.brief import brief
from tenhats.reports.console import SafeConsole
from tenhats.reports.retrospective import retrospective
from tenhats.reviewing import all_due
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
    outcome, seconds = _judge(project, rules)
    _keep(project, outcome, whole=len(rules) == len(RULES))
    return _tell(outcome, seconds, asked, console)


def persona(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Ask the rules of one persona."""
    if asked.name not in BY_NAME:
        msg = f"There is no persona {asked.name}.{did_you_mean(asked.name, BY_NAME)}"
        raise CannotRun(msg)
    rules = [rule for rule in _chosen(asked) if rule.persona.name == asked.name]
    outcome, seconds = _judge(project, rules)
    return _tell(outcome, seconds, asked, console)


def show_board(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Show how far each feature has come in a workflow."""
    rules = workflow.rules_of(asked.workflow, RULES.values())
    outcome, _ = _judge(project, rules)
    specs = facts_of(project, [Specs])[Specs]
    board.print_board(console, asked.workflow, specs, outcome)
    return PASSED if specs.features else FOUND


def new_spec(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Make the next specification."""
    made = make_spec(project.root, project.settings.specs, " ".join(asked.title))
    return _made(made, "write it, then: nox -s specification-engineer", console)


def new_decision(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Make the next decision record."""
    made = make_decision(project.root, " ".join(asked.title))
    return _made(made, "write it, then: nox -s architect", console)


def new_retrospective(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Make the page of a retrospective, with the figures since the last one."""
    report = project.workshop / "report.json"
    if not report.exists():
        raise CannotRun("There is no report yet: run nox -s gates first.")
    facts = facts_of(project, [Specs, TestSuite, Reviews], [EarlierSpecs, ChangedTests])
    compared = list(compared_in(facts))
    last, today = last_retrospective(project.root), datetime.date.today().isoformat()
    page = retrospective(
        today,
        last,
        [run for run in history(project) if run["when"][:10] >= (last or "")],
        json.loads(report.read_text(encoding="utf-8")),
        [each.promise.name for each in compared if each.why],
        [f"{each.persona} {each.feature}" for each in all_due(facts[Specs], facts[Reviews], compared)],
    )
    path = make_retrospective(project.root, today, page)
    return _made([path], "answer its questions together, and commit it", console)


def agents(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Make the agents' files from the prompts, or with `--check` only say which are out of step."""
    if asked.check:
        rules = engine.choose(["DOC004"])
        outcome, seconds = _judge(project, rules)
        return _tell(outcome, seconds, asked, console)
    made = list(make_agents(project.root))
    for path in made:
        console.print(f"made {path}", highlight=False)
    console.print(f"{len(made)} of the agents' files were out of step", highlight=False)
    return PASSED


def explain(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Print a page of the manual."""
    page = manual.explain(asked.word)
    if console.is_terminal and asked.word.upper() in RULES:
        from rich.markdown import Markdown

        console.print(Markdown(page))
    else:
        console.print(page, highlight=False, markup=False, soft_wrap=True, end="")
    return PASSED


def make_brief(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Print what one persona needs to know about one feature."""
    if asked.name not in BY_NAME:
        msg = f"There is no persona {asked.name}.{did_you_mean(asked.name, BY_NAME)}"
        raise CannotRun(msg)
    specs = facts_of(project, [Specs])[Specs]
    features = {feature.name: feature for feature in specs.features}
    if asked.feature not in features:
        msg = f"There is no feature {asked.feature}.{did_you_mean(asked.feature, features)}"
        raise CannotRun(msg)
    persona_ = BY_NAME[asked.name]
    rules = [rule for rule in RULES.values() if rule.persona is persona_]
    outcome, _ = _judge(project, rules)
    feature = features[asked.feature]
    home = project.root / feature.home
    documents = {
        path.relative_to(project.root).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(home.rglob("*") if home.is_dir() else [home])
        if path.is_file() and path.suffix in {".md", ".json", ".yaml", ".yml"}
    }
    try:
        prompt = (project.root / persona_.prompt).read_text(encoding="utf-8")
    except OSError:
        raise CannotRun(f"{persona_.prompt} is not there. Restore it, or run copier update.") from None
    page = brief(persona_, prompt, feature, documents, traced_in(project), outcome)
    write_or_print(page, asked.output, console)
    return PASSED


def _chosen(asked: argparse.Namespace) -> list[Rule]:
    words = [word.strip() for word in ",".join(asked.only).split(",") if word.strip()]
    rules = engine.choose(words)
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


def _judge(project: Project, rules: Iterable[Rule]) -> tuple[Outcome, float]:
    started = time.perf_counter()
    with terminal.Progress() as progress:
        outcome = engine.judge(project, rules, progress)
    return outcome, time.perf_counter() - started


def _tell(outcome: Outcome, seconds: float, asked: argparse.Namespace, console: Console) -> int:
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


def _made(paths: list[str], following: str, console: Console) -> int:
    for path in paths:
        console.print(f"made {path}", highlight=False)
    console.print(following, highlight=False)
    return PASSED
