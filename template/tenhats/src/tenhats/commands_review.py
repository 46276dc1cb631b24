"""The command `review`: record what a persona says of a feature's present words, or list what is due."""

from __future__ import annotations

import argparse
import datetime

from rich.console import Console

from tenhats.commands import FOUND, PASSED
from tenhats.errors import CannotRun, Unavailable, did_you_mean
from tenhats.fact import Project
from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.red import Red
from tenhats.facts.reviews import APPROVED, Review, Reviews, folder_of
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.formats.model import Feature
from tenhats.formats.words_digest import digests_of
from tenhats.gathering import compared_in, facts_of, traced_in
from tenhats.making.reviews import reviewer, write_review
from tenhats.personas import BY_NAME
from tenhats.reviewing import PROVER, all_due
from tenhats.trace import Traced


def review(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Record a review, or without a persona list those that are due."""
    if asked.name is None or asked.list:
        return _list_due(project, console)
    if asked.name not in BY_NAME:
        msg = f"There is no persona {asked.name}.{did_you_mean(asked.name, BY_NAME)}"
        raise CannotRun(msg)
    feature = _readable(facts_of(project, [Specs])[Specs], asked.feature)
    covered = list(feature.promises)
    red: dict[str, str] = {}
    if asked.name == PROVER and asked.verdict == APPROVED:
        traced = {each.name: each for each in traced_in(project)}
        unproven = [each for each in covered if traced[each.name].state in {"failing", "skipped"}]
        if unproven:
            return _refuse([traced[each.name] for each in unproven], console)
        covered = [each for each in covered if traced[each.name].state != "untested"]
        red = _red(project, [traced[each.name] for each in covered])
    path = f"{folder_of(feature)}/{asked.name}.toml"
    today, by = datetime.date.today().isoformat(), asked.by or reviewer(project.root)
    words = digests_of(covered, feature.name)
    write_review(project.root, Review(path, asked.name, asked.verdict, today, by, words, asked.note, red))
    _say(console, f"made {path}")
    for each in feature.promises:
        if each not in covered:
            _say(console, f"{each.path}:{each.line}: {each.name} has no test; the record does not cover it")
    return PASSED


def _red(project: Project, traced: list[Traced]) -> dict[str, str]:
    """What is known of the time before each requirement: seen now, or else recorded earlier."""
    red = facts_of(project, [], [Red])[Red]
    found = {}
    for each in traced:
        now = "" if isinstance(red, Unavailable) else red.of(each.tests)
        if said := now or each.red:
            found[each.name.removeprefix(f"{each.feature}/")] = said
    return found


def _refuse(unproven: list[Traced], console: Console) -> int:
    """Say which tests keep a test engineer from recording that the words are proven."""
    for each in unproven:
        tests = ", ".join(each.tests)
        _say(console, f"{each.path}:{each.line}: {each.name} is not proven: {each.state}: {tests}")
    _say(console, "nothing is recorded: make them pass first; nox -s gates -- --gate 3 says what is wrong")
    return FOUND


def _list_due(project: Project, console: Console) -> int:
    facts = facts_of(project, [Specs, TestSuite, Reviews], [EarlierSpecs, ChangedTests])
    owed = list(all_due(facts[Specs], facts[Reviews], compared_in(facts)))
    for each in owed:
        _say(console, f"{each.path}:{each.line}: {each.why}")
        _say(console, f"    fix: {each.fix}", style="dim")
    if isinstance(facts[EarlierSpecs], Unavailable):
        _say(console, f"not compared with the base: {facts[EarlierSpecs]}")
    _say(console, "1 review is due" if len(owed) == 1 else f"{len(owed) or 'no'} reviews are due")
    return FOUND if owed else PASSED


def _say(console: Console, text: str, style: str | None = None) -> None:
    console.print(text, style=style, highlight=False, markup=False, soft_wrap=True)


def _readable(specs: Specs, name: str | None) -> Feature:
    """The feature of that name.

    Raises:
        CannotRun: if there is none, or one of its files cannot be read.
    """
    features = {feature.name: feature for feature in specs.features}
    feature = features.get(name or "")
    home = feature.home if feature else f"/{name}/"
    for problem in specs.problems:
        if home in problem.path:
            where = f"{problem.path}:{problem.line}: {problem.message}"
            raise CannotRun(f"{where}. What cannot be read cannot be reviewed.")
    if feature is None:
        msg = f"There is no feature {name}." if name else "Name the feature that was reviewed."
        raise CannotRun(f"{msg}{did_you_mean(name or '', features)}")
    return feature
