"""The data engineer's rules, on made-up runs of a pipeline."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tenhats.facts.declared import Pipelines
from tenhats.facts.sources import Input, Lineage, Lineages
from tenhats.settings import Pipeline
from tests.unit.made_up import (
    ask,
    hinted,
    is_not_applicable,
    is_silent,
    project,
    required,
    requirement,
    run_twice,
    specs,
    told,
)

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-004")


DECLARED = ("pyproject.toml", 7)
LIMITED = required(requirement("SC-001", "It takes at most 20 ms per row and 40 MB of memory."))


def declared(**more: Any) -> Any:
    """A project with the pipeline `orders`."""
    return project(pipelines=(Pipeline("orders", ("run",), ("build/orders.csv",), "row.json", 7, **more),))


def ran(**more: Any) -> Pipelines:
    """The runs of that pipeline: three seconds, 50 MB, two rows."""
    return Pipelines((run_twice(**more),))


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


def test_a_check_may_stand_in_the_place_of_a_schema() -> None:
    """It need not be readable for us then, and what it refuses is told."""
    assert is_silent(ask("DAT002", ran(schema=None, unreadable="orders.parquet: only .csv")))
    findings = ask("DAT002", ran(refused="it ended with 1: order 3 comes twice"))
    message = "the check of orders refuses build/orders.csv: it ended with 1: order 3 comes twice"
    assert told(findings) == [(*DECLARED, message)]


@pytest.mark.parametrize("limit", [{"seconds": 3}, {"seconds_per_row": 1.5}, {"memory": 10}])
def test_a_pipeline_within_its_time_is_accepted(limit: dict[str, float]) -> None:
    """In all, by row, or with a limit of another kind."""
    assert is_silent(ask("DAT003", ran(), specs(), declared(**limit)))


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ({"seconds": 2}, "orders takes 3 s, its declaration allows 2 s"),
        ({"seconds_per_row": 1}, "orders takes 1.5 s for a row, its declaration allows 1 s"),
        ({}, "nothing says what the pipeline orders may cost"),
        ({"requirements": ("SC-007",)}, "no requirement is called SC-007"),
    ],
)
def test_a_pipeline_that_is_slow_or_without_limit_is_told_of(limit: dict[str, Any], message: str) -> None:
    """Where it is declared."""
    assert told(ask("DAT003", ran(), LIMITED, declared(**limit))) == [(*DECLARED, message)]


def test_a_criterion_limits_time_and_memory() -> None:
    """The finding stands at its line."""
    model = declared(requirements=("SC-001",))
    place = (LIMITED.requirements[0].path, LIMITED.requirements[0].line)
    message = "orders takes 1.5 s for a row, 001-greeting/SC-001 allows 0.02 s"
    assert told(ask("DAT003", ran(), LIMITED, model)) == [(*place, message)]
    message = "orders holds 50 MB, 001-greeting/SC-001 allows 40 MB"
    assert told(ask("DAT004", ran(), LIMITED, model)) == [(*place, message)]


def test_a_criterion_without_a_limit_is_told_of() -> None:
    """Naming it limits nothing."""
    loose = required(requirement("SC-001", "It is quick."))
    findings = ask("DAT003", ran(), loose, declared(requirements=("SC-001",)))
    assert [message for _, _, message in told(findings)] == [
        "SC-001 is to limit the pipeline orders, and names no limit"
    ]


def test_too_few_rows_show_nothing() -> None:
    """A short run is mostly start-up, and a promise for more rows than there are was not tried."""
    short = Pipelines((dataclasses.replace(run_twice(), seconds=0.3),))
    assert "most of it start-up" in str(
        ask("DAT003", short, LIMITED, declared(requirements=("SC-001",))).unseen
    )
    many = required(requirement("SC-001", "10,000 rows take at most 30 seconds."))
    findings = ask("DAT003", ran(), many, declared(requirements=("SC-001",)))
    assert "speaks of 10000 rows, the pipeline orders has 2" in str(findings.unseen)
    none = Pipelines((dataclasses.replace(run_twice(), rows=0),))
    assert "no rows to count" in str(ask("DAT003", none, specs(), declared(seconds_per_row=1)).unseen)


def test_a_pipeline_within_its_memory_is_accepted() -> None:
    """A system that does not say it is unchecked; without a limit there is nothing to hold."""
    assert is_silent(ask("DAT004", ran(), specs(), declared(memory=50)))
    silent = Pipelines((dataclasses.replace(run_twice(), peak=None),))
    assert "does not say how much memory" in str(ask("DAT004", silent, specs(), declared(memory=50)).unseen)
    assert is_not_applicable(ask("DAT004", ran(), specs(), declared(seconds=5)))


def test_fields_that_nothing_guards_are_told_of() -> None:
    """Those that must only be there are advised."""
    findings = ask("DAT005", ran(open=("total",), loose=("note",)))
    assert told(findings) == [(*DECLARED, "nothing notices what becomes of total in build/orders.csv")]
    assert hinted(findings) == [(*DECLARED, "note in build/orders.csv must be there, and may be anything")]


def test_guards_that_notice_are_accepted() -> None:
    """What could not be spoiled is unchecked, and so is what is refused as it is."""
    assert is_silent(ask("DAT005", ran()))
    assert "could not be spoiled" in str(ask("DAT005", ran(unreadable="a.bin: no rows")).unseen)
    assert "refused as it is" in str(ask("DAT005", ran(faults=("row 1: total: no",))).unseen)
    assert is_not_applicable(ask("DAT005", ran(schema=None)))


def lineages(*inputs: Input, untold: tuple[str, ...] = (), said: bool = True) -> Lineages:
    """The lineage of the pipeline `orders`."""
    return Lineages((Lineage("orders", 7, inputs if said else None, ("docs/data/orders.md",), untold),))


def test_sources_that_are_known_are_accepted() -> None:
    """With their versions, and a page that names them."""
    assert is_silent(ask("DAT006", lineages(Input("data/orders.csv"))))
    assert is_silent(ask("DAT006", lineages()))


def test_sources_that_are_not_known_are_told_of() -> None:
    """Not declared, without a version, or on no page."""
    assert told(ask("DAT006", lineages(said=False))) == [
        (*DECLARED, "the pipeline orders does not say what it reads")
    ]
    gone = lineages(Input("a.csv", "is not there"), untold=("a.csv", "b.csv"))
    assert told(ask("DAT006", gone)) == [
        (*DECLARED, "the input a.csv is not there"),
        (*DECLARED, "docs/data/orders.md does not name a.csv, b.csv"),
    ]
    pulled = ask("DAT006", lineages(Input("a.csv", unseen="a.csv is not here: dvc pull")))
    assert pulled.unseen == "a.csv is not here: dvc pull"


def test_without_pipelines_there_is_nothing_to_run() -> None:
    """A project that declares none is not applicable, for all rules."""
    assert is_not_applicable(ask("DAT001", Pipelines()))
    assert is_not_applicable(ask("DAT002", Pipelines()))
    assert is_not_applicable(ask("DAT003", Pipelines(), specs(), project()))
    assert is_not_applicable(ask("DAT004", Pipelines(), specs(), project()))
    assert is_not_applicable(ask("DAT005", Pipelines()))
    assert is_not_applicable(ask("DAT006", Lineages()))
