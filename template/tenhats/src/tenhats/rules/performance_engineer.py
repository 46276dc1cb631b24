"""What the performance engineer promises: a promised time is measured, and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenhats.fact import Project
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks
from tenhats.formats.model import Requirement
from tenhats.gates import Gate
from tenhats.rule import Findings, rule

_UNITS = {
    "nanosecond": 1e-9, "ns": 1e-9, "microsecond": 1e-6, "us": 1e-6, "µs": 1e-6, "μs": 1e-6,
    "millisecond": 1e-3, "msec": 1e-3, "ms": 1e-3, "second": 1.0, "sec": 1.0, "s": 1.0,
    "minute": 60.0, "min": 60.0,
}  # fmt: skip
_TIME = re.compile(
    r"(?:within|under|below|less than|at most|no more than|in|≤|<=?|up to|faster than)\s{0,3}"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,9}(?:[.,]\d{1,6})?)\s{0,2}[- ]?"
    r"(?P<unit>nanosecond|microsecond|millisecond|second|minute|msec|sec|min|ns|us|µs|μs|ms|s)s?\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r",(?=\d{3}(?:,|$))")


@dataclass(frozen=True)
class Budget:
    """A success criterion that promises a time, in seconds."""

    criterion: Requirement
    seconds: float


def budgets(specs: Specs) -> Iterator[Budget]:
    """The success criteria that name a time, each with the shortest time it names."""
    for each in specs.requirements:
        times = [
            _number(found["number"]) * _UNITS[found["unit"].lower()] for found in _TIME.finditer(each.text)
        ]
        if each.kind in {"SC", "PERF"} and times:
            yield Budget(each, min(times))


def _number(text: str) -> float:
    """A number with a point or a comma before its decimals, or a comma between its thousands."""
    return float(_THOUSANDS.sub("", text).replace(",", "."))


@rule("PRF001", gate=Gate.PERFORMANCE, practice="Creates performance benchmarks")
def times_have_benchmarks(
    specs: Specs, suite: TestSuite, benchmarks: Benchmarks, project: Project
) -> Findings:
    """Every success criterion that names a time has a benchmark.

    A promised time that nobody measures is decoration. Bind a test that uses the `benchmark` fixture
    of pytest-benchmark:

        @pytest.mark.req("001-greeting/SC-001")
        def test_speed(benchmark: BenchmarkFixture) -> None:
            benchmark(greet, "Ada")

    A criterion that a declared pipeline names as its `requirement` is measured there (DAT003).
    """
    findings = Findings()
    measured = {specs.resolve(name) for result in benchmarks.results for name in result.names}
    measured |= {specs.resolve(name) for each in project.settings.pipelines for name in each.requirements}
    for budget in findings.over(budgets(specs), nothing="no success criterion names a time"):
        if budget.criterion.name not in measured:
            findings.add(
                budget.criterion,
                f"{budget.criterion.name} promises {said(budget.seconds)}, and no benchmark measures it",
                f'@pytest.mark.req("{budget.criterion.name}") on a test with the benchmark fixture',
            )
    return findings


@rule("PRF002", gate=Gate.PERFORMANCE, practice="Identifies performance bottlenecks")
def times_are_kept(specs: Specs, benchmarks: Benchmarks) -> Findings:
    """Every benchmark meets its success criterion.

    The median of the measured rounds is held against the time that the criterion names. The
    benchmarks run by themselves, after every other tool has ended. Where the benchmark was profiled, the
    finding names the function that takes most of its time.
    """
    findings = Findings()
    medians = {timing.id: timing for timing in benchmarks.timings}
    promised = {budget.criterion.name: budget for budget in budgets(specs)}
    pairs = [
        (result, promised[name])
        for result in benchmarks.results
        for word in result.names
        if (name := specs.resolve(word)) in promised
    ]
    for result, budget in findings.over(pairs, nothing="no benchmark is bound to a promised time"):
        timing = medians.get(result.id)
        if timing and timing.median > budget.seconds:
            name = result.id.rpartition("::")[2]
            findings.add(
                budget.criterion,
                f"{name} takes {said(timing.median)} (median of {timing.rounds}), "
                f"promised are {said(budget.seconds)}",
                f"{_hot(benchmarks, result.id)}see where the time goes: nox -s profile -- {name}",
            )
        elif timing is None:
            findings.could_not_see(f"{result.id} {result.outcome} without taking a time")
    return findings


def _hot(benchmarks: Benchmarks, benchmark: str) -> str:
    """The function that takes most of the time of a benchmark, if it was profiled."""
    hot = next((each.hot for each in benchmarks.profiles if each.id == benchmark), None)
    return f"{hot.part:.0%} of it is {hot.name} ({hot.path}:{hot.line}); " if hot else ""


def said(seconds: float) -> str:
    """A time in the unit that suits it."""
    for unit, factor in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= factor:
            return f"{seconds / factor:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
