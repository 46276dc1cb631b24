"""The chain from a requirement to the lines that fulfil it: tests, outcomes, bite, functions; and back.

Pure: everything is joined from facts. A requirement is in exactly one state, and *proven* is the one
that says the most: a test bound to it ran, passed, and would have failed without the implementation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from tenhats.facts.behave import BehaveRun
from tenhats.facts.bite import Bite
from tenhats.facts.functions import Function, Functions
from tenhats.facts.reach import numbers
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks, Result, TestRun
from tenhats.formats.model import Feature, Requirement, Scenario

_FAILING = {"failed", "error", "xpassed"}


class State(StrEnum):
    """What is known of a requirement. The first that holds, in this order, is its state."""

    RETIRED = "retired"
    UNTESTED = "untested"
    FAILING = "failing"
    SKIPPED = "skipped"
    SUSPECT = "suspect"
    UNPROVEN = "unproven"
    PROVEN = "proven"

    @property
    def meaning(self) -> str:
        """The state in one sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    State.RETIRED: "it was withdrawn and promises nothing any more",
    State.UNTESTED: "no test is bound to it",
    State.FAILING: "a test that is bound to it fails",
    State.SKIPPED: "its tests were skipped, expected to fail, passed only when repeated, or never ran",
    State.SUSPECT: "its words changed after its tests, and nobody has looked again",
    State.UNPROVEN: "its tests pass, and would pass just as well if nothing were implemented",
    State.PROVEN: "a test of it ran, passed, and would have failed without the implementation",
}


@dataclass(frozen=True)
class Proof:
    """A test that is bound to a requirement: its outcome, and whether it bites; None if that is not known."""

    test: str
    path: str
    line: int
    outcome: str
    bites: bool | None = None


@dataclass(frozen=True)
class Part:
    """The part of a function that the passing tests of a requirement execute."""

    function: Function
    bits: int

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of the lines, in order."""
        return tuple(numbers(self.bits))


@dataclass(frozen=True)
class Traced:
    """A requirement or a scenario: where it stands, its state, its proofs, the lines that fulfil it.

    `red` is what its tests said before it was implemented, if that was recorded.
    """

    name: str
    feature: str
    kind: str
    path: str
    line: int
    text: str
    state: State
    proofs: tuple[Proof, ...] = ()
    parts: tuple[Part, ...] = ()
    red: str = ""

    @property
    def tests(self) -> tuple[str, ...]:
        """The ids of its tests."""
        return tuple(proof.test for proof in self.proofs)


def trace(
    specs: Specs,
    suite: TestSuite,
    run: TestRun,
    benchmarks: Benchmarks,
    behaved: BehaveRun,
    bite: Bite,
    functions: Functions,
    suspects: Collection[str] = (),
    red: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Traced]:
    """Yield every requirement and scenario, in the order of the specifications, retired ones last.

    Args:
        specs: The specifications.
        suite: The tests as they are written; without a run, their bindings are all that is known.
        run: What became of them, and the lines that they executed.
        benchmarks: What became of the benchmarks.
        behaved: What became of the scenarios that behave runs.
        bite: Which of them notice that nothing is implemented.
        functions: The functions of the sources.
        suspects: The names of the requirements whose words changed after their proofs.
        red: What the tests of a requirement said before it was implemented, by its name.
    """
    proofs = _proofs(specs, suite, [*run.results, *benchmarks.results, *behaved.results], bite)
    by_file = _own_lines(functions)
    for feature in specs.features:
        for each in feature.promises:
            own = tuple(proofs.get(each.name, ()))
            passing = (proof.test for proof in own if proof.outcome == "passed")
            parts = tuple(_parts(run.reach.of(passing), by_file))
            state = _state(own, is_suspect=each.name in suspects)
            yield replace(_traced(each, feature, state, own, parts), red=red.get(each.name, ""))
    for feature in specs.features:
        for gone in feature.withdrawn:
            yield _traced(gone, feature, State.RETIRED, tuple(proofs.get(gone.name, ())), ())


def serving(traced: Iterable[Traced]) -> dict[tuple[str, int], list[str]]:
    """Back from the sources: the names of the requirements that each function serves, by path and line."""
    found: dict[tuple[str, int], list[str]] = {}
    for each in traced:
        for part in each.parts:
            found.setdefault((part.function.path, part.function.line), []).append(each.name)
    return found


def _traced(
    each: Requirement | Scenario,
    feature: Feature,
    state: State,
    proofs: tuple[Proof, ...],
    parts: tuple[Part, ...],
) -> Traced:
    kind = each.kind if isinstance(each, Requirement) else "scenario"
    return Traced(each.name, feature.name, kind, each.path, each.line, each.text, state, proofs, parts)


def _proofs(specs: Specs, suite: TestSuite, results: Iterable[Result], bite: Bite) -> dict[str, list[Proof]]:
    """The tests of each name, those that are only written and those that ran."""
    outcomes: dict[str, set[str]] = {}
    bound: dict[str, dict[str, tuple[str, int]]] = {}
    for binding in suite.bindings:
        name = specs.resolve(binding.name) or binding.name
        bound.setdefault(name, {})[binding.test] = (binding.path, binding.line)
    for result in results:
        test = result.id.partition("[")[0]
        outcomes.setdefault(test, set()).add(result.outcome)
        for word in result.names:
            tests = bound.setdefault(specs.resolve(word) or word, {})
            tests.setdefault(test, (result.path, result.line))
    return {
        name: [
            Proof(test, path, line, _outcome(outcomes.get(test, set())), bite.verdicts.get(test))
            for test, (path, line) in tests.items()
        ]
        for name, tests in bound.items()
    }


def _outcome(outcomes: set[str]) -> str:
    """The outcome of a test with several cases: a failure outweighs all, a pass outweighs the rest."""
    failing = sorted(outcomes & _FAILING)
    if failing:
        return failing[0]
    return "passed" if "passed" in outcomes else min(outcomes, default="not run")


def _state(proofs: tuple[Proof, ...], *, is_suspect: bool) -> State:
    outcomes = {proof.outcome for proof in proofs}
    if not proofs:
        return State.UNTESTED
    if outcomes & _FAILING:
        return State.FAILING
    if "passed" not in outcomes:
        return State.SKIPPED
    if is_suspect:
        return State.SUSPECT
    bitten = any(proof.bites for proof in proofs if proof.outcome == "passed")
    return State.PROVEN if bitten else State.UNPROVEN


def _own_lines(functions: Functions) -> dict[str, list[Part]]:
    """All lines of each function, file by file; a line belongs to the innermost function it is in."""
    found: dict[str, list[Part]] = {}
    inner: dict[str, int] = {}
    for function in reversed(functions.functions):
        if function.first:
            taken = inner.get(function.path, 0)
            inner[function.path] = taken | function.bits
            found.setdefault(function.path, []).append(Part(function, function.bits & ~taken))
    return {path: parts[::-1] for path, parts in found.items()}


def _parts(reached: dict[str, int], by_file: dict[str, list[Part]]) -> Iterator[Part]:
    """The functions of which some line was executed."""
    for path, bits in sorted(reached.items()):
        for whole in by_file.get(path, ()):
            if lines := bits & whole.bits:
                yield Part(whole.function, lines)
