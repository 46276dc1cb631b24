"""What the data engineer promises of data: the same twice, guarded, and from known sources."""

from __future__ import annotations

from tenhats.facts.declared import Pipelines, Ran
from tenhats.facts.sources import Lineages
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

NO_PIPELINE = "no pipeline is declared in [tool.tenhats.pipelines]"


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
    return same_twice(pipelines.runs, "pipeline", NO_PIPELINE)


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

    Every row of every output (`.csv`, `.json`, `.jsonl`) is held against it. A check of your own, with
    pandera, Great Expectations or anything else, may stand beside a schema or in its place. It gets the
    output's path, and must end with 0:

        check = ["python", "-m", "mypackage.checks", "{output}"]
    """
    findings = Findings()
    for ran in findings.over(pipelines.runs, nothing=NO_PIPELINE):
        if not ran.schema and not any(output.guarded for output in ran.outputs):
            findings.add(
                ran, f"the pipeline {ran.name} has no schema", 'add: schema = "path/to/row.schema.json"'
            )
        for output in ran.outputs:
            guarded = output.guarded
            if guarded is None:
                continue
            if guarded.unreadable and ran.schema:
                findings.could_not_see(guarded.unreadable)
            if guarded.refused:
                message = f"the check of {ran.name} refuses {output.name}: {guarded.refused}"
                findings.add(ran, message, "mend the pipeline, or the check")
            for fault in guarded.faults[:20]:
                findings.add(Place(ran.path, ran.line), f"{output.name}: {fault}", "mend the pipeline")
            if not guarded.rows and not guarded.unreadable:
                findings.add(ran, f"{output.name} has no rows", "mend the pipeline")
    return findings


@rule("DAT005", gate=Gate.IMPLEMENTATION, practice="Implements data quality checks")
def spoiled_data_is_noticed(pipelines: Pipelines) -> Findings:
    """A schema or check notices when a field is spoiled.

    A schema that accepts anything guards nothing. Say of every field what it must be:

        {
          "type": "object",
          "required": ["order", "total"],
          "properties": {
            "order": { "type": "string", "minLength": 1 },
            "total": { "type": "number", "minimum": 0 }
          }
        }

    Each output is spoiled field by field, in every row: the value taken away, of another type, far too low,
    far too high, at last the field left out. The schema or the `check` must refuse one of these copies. That
    only a missing field is noticed, whatever its value, is advice.
    """
    findings = Findings()
    outputs = [
        (ran, output.name, output.guarded)
        for ran in pipelines.runs
        for output in ran.outputs
        if output.guarded
    ]
    for ran, name, guarded in findings.over(
        outputs, nothing="no output of a pipeline has a schema or a check"
    ):
        if guarded.unreadable:
            findings.could_not_see(f"it could not be spoiled: {guarded.unreadable}")
        elif guarded.faults or guarded.refused:
            findings.could_not_see(f"{name} is refused as it is; see DAT002")
        for field in guarded.open:
            findings.add(
                ran,
                f"nothing notices what becomes of {field} in {name}",
                f'say in the schema what it is: "{field}": {{ "type": "string", "minLength": 1 }}',
            )
        for field in guarded.loose:
            findings.advise(
                ran,
                f"{field} in {name} must be there, and may be anything",
                f'say in the schema what it is: "{field}": {{ "type": "string", "minLength": 1 }}',
            )
    return findings


@rule("DAT006", gate=Gate.DOCUMENTATION, practice="Creates reproducible data workflows")
def sources_are_written_down(lineages: Lineages) -> Findings:
    """Every pipeline says from which version of which data it is made.

    In a year somebody asks where a number comes from. Declare what goes in, `[]` for nothing:

        [tool.tenhats.pipelines.orders]
        inputs = ["data/orders.csv", "https://example.org/rates.csv#sha256=9f86d081…"]
        lineage = "docs/data/orders.md"

    An input is in git; or DVC's pointer (`data/orders.csv.dvc`, `dvc.lock`) names its digest; or its address
    ends in one, as in a requirement of pip. The page, by itself any of `docs/data/*.md`, names every input
    and every output by its path and says where it comes from.
    """
    findings = Findings()
    for each in findings.over(lineages.lineages, nothing=NO_PIPELINE):
        if each.inputs is None:
            findings.add(
                each,
                f"the pipeline {each.pipeline} does not say what it reads",
                'add: inputs = ["data/orders.csv"], or inputs = [] if it reads nothing',
            )
            continue
        for source in each.inputs:
            if source.wrong:
                findings.add(each, f"the input {source.name} {source.wrong}", _mending(source.name))
            if source.unseen:
                findings.could_not_see(source.unseen)
        if each.untold:
            where = " and ".join(each.pages) or "docs/data/*.md"
            findings.add(
                each,
                f"{where} does not name {', '.join(each.untold)}",
                f"write docs/data/{each.pipeline}.md: where each input comes from, what each output is",
            )
    return findings


def _mending(source: str) -> str:
    if "://" in source:
        return f"add its digest: {source}#sha256=…"
    return f"git add {source}, or dvc add {source}"
