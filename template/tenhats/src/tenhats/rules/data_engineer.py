"""What the data engineer promises: the same data twice, and data that keeps to its schema."""

from __future__ import annotations

from tenhats.facts.declared import Pipelines, Ran
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_NONE = "no pipeline is declared in [tool.tenhats.pipelines]"


@rule("DAT001", gate=Gate.IMPLEMENTATION, practice="Creates reproducible data workflows")
def pipelines_are_reproducible(pipelines: Pipelines) -> Findings:
    """A pipeline run twice gives the same bytes.

    What cannot be made again cannot be checked. Declare the pipeline:

        [tool.tenhats.pipelines.orders]
        run = ["python", "-m", "mypackage.orders"]
        outputs = ["build/orders.csv"]
        schema = "specs/002-orders/contracts/orders.schema.json"

    It is run twice, each time in a fresh copy of the project and with another hash seed; every output
    must come out with the same digest. The usual culprits are the clock, the order of a set or of a
    folder's files, and random numbers without a seed.
    """
    return same_twice(pipelines.runs, "pipeline", _NONE)


def same_twice(runs: tuple[Ran, ...], what: str, nothing: str) -> Findings:
    """Complain about each run that failed and each output that two runs make differently."""
    findings = Findings()
    for ran in findings.over(runs, nothing=nothing):
        if ran.error:
            message = f"the {what} {ran.name} does not run: {ran.error}"
            findings.add(ran, message, "run it by hand in a fresh clone")
        for output in ran.outputs:
            if output.digests[0] != output.digests[1]:
                findings.add(
                    ran,
                    f"the {what} {ran.name} makes {output.name} differently each time",
                    "fix the order, the clock and the seed",
                )
    return findings


@rule("DAT002", gate=Gate.IMPLEMENTATION, practice="Implements data quality checks")
def outputs_keep_to_their_schema(pipelines: Pipelines) -> Findings:
    """Every output of a pipeline keeps to its schema.

    Data without a schema is checked by whoever uses it, too late. Name a JSON Schema for one row:

        schema = "specs/002-orders/contracts/orders.schema.json"

    Every row of every output (`.csv`, `.json`, `.jsonl`) is held against it.
    """
    findings = Findings()
    for ran in findings.over(pipelines.runs, nothing=_NONE):
        if not ran.schema:
            findings.add(
                ran, f"the pipeline {ran.name} has no schema", 'add: schema = "path/to/row.schema.json"'
            )
        for output in ran.outputs:
            if output.unreadable:
                findings.could_not_see(output.unreadable)
            for fault in output.faults[:20]:
                findings.add(Place(ran.path, ran.line), f"{output.name}: {fault}", "mend the pipeline")
            if ran.schema and not output.rows and not output.unreadable:
                findings.add(ran, f"{output.name} has no rows", "mend the pipeline")
    return findings
