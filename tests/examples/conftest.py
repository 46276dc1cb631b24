"""Example projects, with a pipeline and a model or deployed: copied, run for real, and put to the rules."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tenhats.fact import Project
from tenhats.facts.cards import Cards, read_cards
from tenhats.facts.declared import Pipelines, Trainings, run_pipelines, run_trainings
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.sources import Lineages, read_lineages
from tenhats.facts.specs import Specs, read_specs
from tenhats.facts.tree import Tree, look_at_tree
from tenhats.measuring import measure
from tenhats.reports.terminal import Progress
from tenhats.rule import RULES, Findings
from tenhats.settings import read_settings

HERE = Path(__file__).parent
# The tests of an example are its own.
collect_ignore_glob = ["deployed/*"]


@dataclass(frozen=True)
class Example:
    """A copy of an example project, which may be changed."""

    root: Path

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace the only `old` in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def judged(self, prefix: str) -> dict[str, Findings]:
        """Run what is declared with our own interpreter, and ask the rules of one persona."""
        project = Project(self.root, read_settings(self.root))
        tree = look_at_tree(project)
        environment = ProjectEnvironment("env", sys.executable, "stamp")
        facts: dict[type, object] = {
            Project: project,
            Tree: tree,
            Specs: read_specs(project, tree),
            Cards: read_cards(project, tree),
            Lineages: read_lineages(project, tree),
        }
        if prefix == "DAT":
            facts[Pipelines] = run_pipelines(project, tree, environment)
        else:
            facts[Trainings] = run_trainings(project, tree, environment)
        return {
            code: rule.ask(**{name: facts[kind] for name, kind in rule.needs.items()})
            for code, rule in RULES.items()
            if code.startswith(prefix)
        }

    def asked(self, *codes: str) -> dict[str, Findings]:
        """Measure what these rules look at, as the gates do, and ask them."""
        project = Project(self.root, read_settings(self.root))
        wanted = [kind for code in codes for kind in RULES[code].needs.values()]
        with Progress() as progress:
            facts = measure(project, wanted, progress)
        return {
            code: RULES[code].ask(**{name: facts[kind] for name, kind in RULES[code].needs.items()})
            for code in codes
        }


@pytest.fixture
def example(tmp_path: Path) -> Callable[[str], Example]:
    """Copies an example project by its name."""

    def copy(name: str) -> Example:
        away = shutil.ignore_patterns("__pycache__", "build")
        return Example(Path(shutil.copytree(HERE / name, tmp_path / name, ignore=away)))

    return copy


def assert_noticed(spoiled: Example, prefix: str, code: str, words: str) -> None:
    """One of the persona's rules, the one of this code, says these words."""
    assert_told(spoiled.judged(prefix), code, words)


def assert_told(judged: dict[str, Findings], code: str, words: str) -> None:
    """The rule of this code says these words."""
    told = complaints(judged)
    assert any(each == code and words in message for each, message in told), told


def complaints(judged: dict[str, Findings]) -> list[tuple[str, str]]:
    """What the rules found, what they advise, and what they could not see, by their codes."""
    return [
        (code, said)
        for code, findings in judged.items()
        for said in (
            *(each.message for each in findings.found),
            *(f"advice: {each.message}" for each in findings.advised),
            *([f"unseen: {findings.unseen}"] if findings.unseen else []),
        )
    ]
