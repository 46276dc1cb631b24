"""What the performance engineer promises of memory: what a criterion allows is measured, and kept."""

from __future__ import annotations

from tenhats.fact import Project
from tenhats.facts.specs import Specs
from tenhats.facts.testrun import Benchmarks
from tenhats.facts.weighed import Weighed, Weight
from tenhats.formats.model import Requirement
from tenhats.gates import Gate
from tenhats.rule import Findings, rule
from tenhats.rules.budgets import budget_of

_KINDS = {"SC", "PERF"}


@rule("PRF007", gate=Gate.PERFORMANCE, practice="Creates performance benchmarks")
def memory_is_kept(project: Project, specs: Specs, benchmarks: Benchmarks, weighed: Weighed) -> Findings:
    """Every success criterion that limits memory is measured, and kept.

    What holds a whole file in memory is fast until the file is larger than the machine. Bind a benchmark
    with an input of the size that the criterion speaks of, which a fixture makes:

        - **SC-003**: A file of 1 million names is greeted with at most 50 MB of memory.

        @pytest.mark.req("001-greeting/SC-003")
        def test_memory(benchmark: BenchmarkFixture, names: Path) -> None:
            benchmark(greet_all, names)

    Counted is the most by which the process grows while `benchmark` calls its function once: as the system
    says it, with libraries in C, or as Python allocates, whichever is more. Of a program that the benchmark
    starts, all that it holds counts. Where that cannot be told, because the tests themselves hold more, it is
    *unchecked*: declare the program as a pipeline and name the criterion there (DAT004). Megabytes are 10⁶
    bytes.
    """
    findings = Findings()
    limited = [
        (each, memory)
        for each in specs.requirements
        if each.kind in _KINDS and (memory := budget_of(each).memory) is not None
    ]
    elsewhere = {specs.resolve(name) for each in project.settings.pipelines for name in each.requirements}
    weights = {each.id: each for each in weighed.weights}
    for criterion, memory in findings.over(limited, nothing="no success criterion limits memory"):
        bound = [
            each.id
            for each in benchmarks.results
            if criterion.name in {specs.resolve(name) for name in each.names}
        ]
        if not bound and criterion.name not in elsewhere:
            findings.add(
                criterion,
                f"{criterion.name} allows {memory / 1e6:.3g} MB of memory, and no benchmark measures it",
                f'@pytest.mark.req("{criterion.name}") on a test with the benchmark fixture',
            )
        for name in bound:
            _hold(findings, criterion, memory, weights.get(name) or Weight(name, 0, 0, f"{name} was not run"))
    return findings


def _hold(findings: Findings, criterion: Requirement, memory: float, weight: Weight) -> None:
    name = weight.id.rpartition("::")[2]
    if weight.trouble:
        findings.could_not_see(f"the memory of a benchmark could not be measured: {weight.trouble}")
    elif weight.least > memory:
        findings.add(
            criterion,
            f"{name} takes {weight.least / 1e6:.3g} MB, {criterion.name} allows {memory / 1e6:.3g} MB",
            "read in pieces, give on what is done, write as you go; tracemalloc shows which line it is",
        )
    elif weight.peak > memory:
        findings.could_not_see(
            f"{name} starts a program, which may hold less than the tests themselves: declare it as a "
            f'pipeline with requirement = "{criterion.name}"'
        )
