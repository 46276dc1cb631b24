"""What the data engineer promises of runs: the time that they take and the memory that they hold."""

from __future__ import annotations

from collections.abc import Iterator

from tenhats.fact import Project
from tenhats.facts.declared import Pipelines, Ran
from tenhats.facts.specs import Specs
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.budgets import Budget, budget_of, named
from tenhats.rules.data_engineer import NO_PIPELINE
from tenhats.settings import Pipeline

_FAILED = "{} does not run; see DAT001"
# Starting an interpreter and importing a library for data takes up to this long: a shorter run that breaks
# what is promised for a row says nothing of a row.
_START_UP = 2.0


@rule("DAT003", gate=Gate.PERFORMANCE, practice="Designs efficient data pipelines")
def pipelines_keep_to_their_time(pipelines: Pipelines, specs: Specs, project: Project) -> Findings:
    """Every pipeline has a budget, and keeps to the time in it.

    A pipeline that nobody gave a limit grows until it does not end before morning. Name the criterion that
    limits it, or the limit itself:

        [tool.tenhats.pipelines.orders]
        requirement = "002-orders/SC-002"   # … within 2 milliseconds per row, in at most 200 MB of memory
        seconds-per-row = 0.002
        seconds = 60

    The faster of two runs counts, from start to end, while nothing else of ours runs. Its rows are those of
    the `inputs` that are `.csv`, `.json` or `.jsonl`, else those of the outputs. A limit for a row that is
    broken by a run of less than two seconds is unchecked: most of that is start-up. So is a limit that the
    criterion gives for more rows than there are.
    """
    findings = Findings()
    for ran, declared in findings.over(_declared(pipelines, project), nothing=NO_PIPELINE):
        if ran.error:
            findings.could_not_see(_FAILED.format(ran.name))
            continue
        limits = list(_budgets(declared, specs))
        for name, requirement in named(specs, declared.requirements):
            if requirement is None:
                findings.add(ran, f"no requirement is called {name}", "name one that is in a specification")
            elif not budget_of(requirement).is_any:
                findings.add(
                    requirement,
                    f"{name} is to limit the pipeline {ran.name}, and names no limit",
                    "write: within 2 milliseconds per row, in at most 200 MB of memory",
                )
        if not limits and not declared.requirements:
            findings.add(
                ran,
                f"nothing says what the pipeline {ran.name} may cost",
                'add: requirement = "002-orders/SC-002", or seconds-per-row = 0.002 and peak-memory-mb = 200',
            )
        for limit in limits:
            _hold_time(findings, ran, limit)
    return findings


def _hold_time(findings: Findings, ran: Ran, limit: Budget) -> None:
    if limit.seconds is not None:
        if ran.seconds > limit.seconds:
            message = f"{ran.name} takes {ran.seconds:.3g} s, {limit.by} allows {limit.seconds:.3g} s"
            findings.add(limit.place, message, "profile it: python -m cProfile -s cumulative …")
        elif ran.rows < limit.rows:
            few = f"{limit.by} speaks of {limit.rows} rows, the pipeline {ran.name} has {ran.rows}"
            findings.could_not_see(f"{few}: declare an input with as many")
    if limit.seconds_per_row is None:
        return
    if not ran.rows:
        findings.could_not_see(f"{ran.name} has no rows to count: declare inputs that are .csv or .jsonl")
    elif ran.seconds / ran.rows <= limit.seconds_per_row:
        return
    elif ran.seconds < _START_UP:
        few = f"{ran.name} takes {ran.seconds:.2g} s for {ran.rows} rows, most of it start-up"
        findings.could_not_see(f"{few}: declare an input with more rows")
    else:
        findings.add(
            limit.place,
            f"{ran.name} takes {ran.seconds / ran.rows:.3g} s for a row, "
            f"{limit.by} allows {limit.seconds_per_row:.3g} s",
            "profile it: python -m cProfile -s cumulative …",
        )


@rule("DAT004", gate=Gate.PERFORMANCE, practice="Optimizes for memory and performance")
def pipelines_keep_to_their_memory(pipelines: Pipelines, specs: Specs, project: Project) -> Findings:
    """Every pipeline keeps to the memory that it is allowed.

    What fits today's file dies of tomorrow's. The limit stands in a criterion, or in the declaration:

        [tool.tenhats.pipelines.orders]
        requirement = "002-orders/SC-002"   # … in at most 200 MB of memory
        peak-memory-mb = 200

    Measured is the most that the largest process of a run held at one time, as the system remembers it
    (`ru_maxrss`); megabytes are 10⁶ bytes. An interpreter alone takes some 10 MB, one with polars some 100.
    """
    findings = Findings()
    limited = [
        (ran, limit)
        for ran, declared in _declared(pipelines, project)
        for limit in _budgets(declared, specs)
        if limit.memory is not None
    ]
    for ran, limit in findings.over(limited, nothing="no pipeline has a limit of memory"):
        if ran.error:
            findings.could_not_see(_FAILED.format(ran.name))
        elif ran.peak is None:
            findings.could_not_see("this system does not say how much memory a program held")
        elif limit.memory is not None and ran.peak > limit.memory:
            findings.add(
                limit.place,
                f"{ran.name} holds {ran.peak / 1e6:.0f} MB, {limit.by} allows {limit.memory / 1e6:.0f} MB",
                "read in pieces, take only the columns you need, write as you go",
            )
    return findings


def _declared(pipelines: Pipelines, project: Project) -> Iterator[tuple[Ran, Pipeline]]:
    """Each run with what is declared of it."""
    known = {each.name: each for each in project.settings.pipelines}
    for ran in pipelines.runs:
        yield ran, known[ran.name]


def _budgets(declared: Pipeline, specs: Specs) -> Iterator[Budget]:
    """The limits of a pipeline: those of its declaration, and those of the requirements that it names."""
    own = Budget(
        Place("pyproject.toml", declared.line),
        "its declaration",
        declared.seconds,
        declared.seconds_per_row,
        None if declared.memory is None else declared.memory * 1e6,
    )
    found = [budget_of(each) for _, each in named(specs, declared.requirements) if each]
    yield from (each for each in (own, *found) if each.is_any)
