"""From a requirement to its tests and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks, TestRun

_FAILING = {"failed", "error", "xpassed"}


@dataclass(frozen=True)
class Traced:
    """A requirement or a scenario: where it stands, its tests, and the state they give it."""

    name: str
    path: str
    line: int
    text: str
    state: str
    tests: tuple[str, ...]


def trace(specs: Specs, suite: TestSuite, run: TestRun, benchmarks: Benchmarks) -> Iterator[Traced]:
    """Yield every requirement and scenario, in the order of the specifications.

    A state is one of: `passed`, `failing`, `skipped` (its tests were skipped, expected to fail, or
    never ran), `untested`.
    """
    tests: dict[str, list[str]] = {}
    for binding in suite.bindings:
        tests.setdefault(specs.resolve(binding.name) or binding.name, []).append(binding.test)
    outcomes: dict[str, set[str]] = {}
    for result in (*run.results, *benchmarks.results):
        for word in result.names:
            outcomes.setdefault(specs.resolve(word) or word, set()).add(result.outcome)
    for each in specs.promises:
        bound = tuple(dict.fromkeys(tests.get(each.name, ())))
        state = _state(bool(bound), outcomes.get(each.name, set()))
        yield Traced(each.name, each.path, each.line, each.text, state, bound)


def _state(bound: bool, outcomes: set[str]) -> str:
    if not bound:
        return "untested"
    if outcomes & _FAILING:
        return "failing"
    return "passed" if "passed" in outcomes else "skipped"
