"""What the commands do that make or show a page: a specification, a record, a board, a brief."""

from __future__ import annotations

import argparse
import datetime
import json

from rich.console import Console

from tenhats import engine, workflow
from tenhats.commands import FOUND, PASSED, history, judge, tell, write_or_print
from tenhats.errors import CannotRun, did_you_mean
from tenhats.fact import Project
from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.reviews import Reviews
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.gathering import compared_in, facts_of, traced_in
from tenhats.making.agents import make_agents
from tenhats.making.documents import last_retrospective, make_decision, make_retrospective, make_spec
from tenhats.personas import BY_NAME
from tenhats.reports import board
from tenhats.reports.brief import brief
from tenhats.reports.retrospective import retrospective
from tenhats.reviewing import all_due
from tenhats.rule import RULES


def show_board(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Show how far each feature has come in a workflow."""
    rules = workflow.rules_of(asked.workflow, RULES.values())
    outcome, _ = judge(project, rules)
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
        outcome, seconds = judge(project, rules)
        return tell(outcome, seconds, asked, console)
    made = list(make_agents(project.root))
    for path in made:
        console.print(f"made {path}", highlight=False)
    console.print(f"{len(made)} of the agents' files were out of step", highlight=False)
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
    outcome, _ = judge(project, engine.choose([persona_.prefix]))
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


def _made(paths: list[str], following: str, console: Console) -> int:
    for path in paths:
        console.print(f"made {path}", highlight=False)
    console.print(following, highlight=False)
    return PASSED
