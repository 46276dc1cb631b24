"""The data engineer's rules, on made-up runs of a pipeline."""

from __future__ import annotations

from tenhats.facts.declared import Pipelines
from tests.unit.made_up import ask, is_not_applicable, is_silent, run_twice, told

DECLARED = ("pyproject.toml", 7)


def test_a_pipeline_that_comes_out_the_same_is_accepted() -> None:
    """Equal digests are proof enough."""
    assert is_silent(ask("DAT001", Pipelines((run_twice(),))))


def test_a_pipeline_that_comes_out_differently_is_told_of() -> None:
    """The finding stands where the pipeline is declared."""
    findings = ask("DAT001", Pipelines((run_twice(same=False),)))
    message = "the pipeline orders makes build/orders.csv differently each time"
    assert told(findings) == [(*DECLARED, message)]


def test_a_pipeline_that_does_not_run_is_told_of() -> None:
    """A pipeline that fails has not come out the same."""
    findings = ask("DAT001", Pipelines((run_twice(error="it ended with 1"),)))
    assert told(findings) == [(*DECLARED, "the pipeline orders does not run: it ended with 1")]


def test_rows_that_keep_to_the_schema_are_accepted() -> None:
    """Rows without faults pass."""
    assert is_silent(ask("DAT002", Pipelines((run_twice(),))))


def test_a_row_that_breaks_the_schema_is_told_of() -> None:
    """The row and the fault are named."""
    findings = ask("DAT002", Pipelines((run_twice(faults=("row 2: price: -1 is too small",)),)))
    assert told(findings) == [(*DECLARED, "build/orders.csv: row 2: price: -1 is too small")]


def test_a_pipeline_without_a_schema_is_told_of() -> None:
    """Data without a schema has not kept to it."""
    findings = ask("DAT002", Pipelines((run_twice(schema=None),)))
    assert told(findings) == [(*DECLARED, "the pipeline orders has no schema")]


def test_an_output_without_rows_is_told_of() -> None:
    """An empty file keeps to every schema, and passes none."""
    findings = ask("DAT002", Pipelines((run_twice(rows=0),)))
    assert told(findings) == [(*DECLARED, "build/orders.csv has no rows")]


def test_an_output_that_cannot_be_read_is_unchecked() -> None:
    """What could not be held against the schema is said, and is no pass."""
    findings = ask("DAT002", Pipelines((run_twice(rows=0, unreadable="orders.bin: not text"),)))
    assert findings.found == []
    assert findings.unseen == "orders.bin: not text"


def test_without_pipelines_there_is_nothing_to_run() -> None:
    """A project that declares none is not applicable, for both rules."""
    assert is_not_applicable(ask("DAT001", Pipelines()))
    assert is_not_applicable(ask("DAT002", Pipelines()))
