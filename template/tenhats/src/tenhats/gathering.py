"""The facts that a command needs without asking a rule, and the trace that is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenhats.errors import CannotRun, Unavailable
from tenhats.fact import Project
from tenhats.facts.behave import BehaveRun
from tenhats.facts.bite import Bite
from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.functions import Functions
from tenhats.facts.reviews import Reviews
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks, TestRun
from tenhats.facts.tree import Tree
from tenhats.measuring import measure
from tenhats.reports import terminal, trace_program
from tenhats.reviewing import Compared, compared
from tenhats.trace import Traced, trace
from tenhats.traces import Traces


def facts_of(
    project: Project, wanted: list[type[Any]], welcome: Sequence[type[Any]] = ()
) -> Mapping[type[Any], Any]:
    """The wanted facts; what cannot be measured ends the command, unless it is only welcome.

    Raises:
        CannotRun: with the reason, if one of the wanted is not to be had.
    """
    with terminal.Progress() as progress:
        facts = measure(project, [*wanted, *welcome], progress)
    for kind in wanted:
        if isinstance(facts[kind], Unavailable):
            raise CannotRun(str(facts[kind]))
    return facts


def traced_in(project: Project) -> list[Traced]:
    """Every requirement and scenario with its state, its proofs and the lines that fulfil it."""
    joined = [Specs, TestSuite, TestRun, Benchmarks, BehaveRun, Bite, Functions]
    facts = facts_of(project, [*joined, Reviews], [EarlierSpecs, ChangedTests])
    suspects = {each.promise.name for each in compared_in(facts) if each.why}
    specs, suite, run, benchmarks, behaved, bite, functions = (facts[kind] for kind in joined)
    red = {
        f"{feature}/{name}": said
        for (_, feature), review in facts[Reviews].kept.items()
        for name, said in review.red.items()
    }
    return list(trace(specs, suite, run, benchmarks, behaved, bite, functions, suspects, red))


def traces_of(project: Project) -> Traces:
    """The whole trace, and back from the sources; it is kept in `.tenhats/trace.json` as well.

    Raises:
        CannotRun: if a fact that it is made of is not to be had.
    """
    traced = tuple(traced_in(project))
    facts = facts_of(project, [Tree, Specs, TestRun, Functions])
    traces = Traces(
        facts[Specs].features,
        traced,
        facts[Functions].functions,
        tuple(facts[Tree].matching(f"{project.settings.source}/*.py")),
        facts[TestRun].reach,
        facts[Tree].commit,
    )
    project.workshop.mkdir(exist_ok=True)
    (project.workshop / "trace.json").write_text(trace_program.as_json(traces), encoding="utf-8")
    return traces


def compared_in(facts: Mapping[type[Any], Any]) -> Iterator[Compared]:
    """The words of each promise beside those of before; without a base, only beside what is recorded."""
    earlier, changed = facts[EarlierSpecs], facts[ChangedTests]
    if isinstance(earlier, Unavailable) or isinstance(changed, Unavailable):
        earlier, changed = EarlierSpecs({}), ChangedTests()
    return compared(facts[Specs], facts[TestSuite], earlier, changed, facts[Reviews])
