"""The trace for programs: JSON in the published shape, CSV, JUnit XML."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from tenhats.reports import trace_csv, trace_junit, trace_program
from tenhats.trace import State
from tests.unit.made_up import TESTS, chain, function, part, traces
from tests.world import ROOT

pytestmark = pytest.mark.req("004-proof/FR-008")


GREET, UNASKED = function("greet", 3, 9), function("unasked", 30, 33)
MADE = traces(
    chain("001-greeting/FR-001", State.PROVEN, part(GREET, 4, 5), tests=["test_a", "test_b"]),
    chain("001-greeting/FR-002", State.UNTESTED, text='=SUM(1) "a", <b> & \x0b'),
    chain("002-parting/SC-001", State.SKIPPED),
    functions=(GREET, UNASKED),
    commit="c0ffee",
)


def test_json_has_the_published_shape() -> None:
    """The schema in the reference describes what is written."""
    schema = json.loads((ROOT / "docs" / "reference" / "trace.schema.json").read_text("utf-8"))
    made = json.loads(trace_program.as_json(MADE))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(made, schema)
    assert schema["$id"] == made["schema"] == "tenhats/trace/1"


def test_json_has_no_key_that_the_schema_does_not_tell_of() -> None:
    """What is written is what is promised."""
    schema = json.loads((ROOT / "docs" / "reference" / "trace.schema.json").read_text("utf-8"))
    made = json.loads(trace_program.as_json(MADE))

    assert list(schema["properties"]) == list(made)
    for key in ("features", "requirements", "functions"):
        assert list(schema["properties"][key]["items"]["properties"]) == list(made[key][0])


def test_json_leads_there_and_back() -> None:
    """From a requirement to lines, from a function to requirements."""
    made = json.loads(trace_program.as_json(MADE))
    first = made["requirements"][0]

    assert {"id": f"{TESTS}::test_a", "path": TESTS, "line": 8, "outcome": "passed", "bites": True} == first[
        "tests"
    ][0]
    assert [{"path": GREET.path, "function": "greet", "line": 3, "lines": [4, 5]}] == first["parts"]
    assert [["001-greeting/FR-001"], []] == [each["requirements"] for each in made["functions"]]


def test_csv_has_a_row_for_each_test() -> None:
    """A requirement without tests has one row too; no cell is run by a spreadsheet."""
    rows = list(csv.DictReader(io.StringIO(trace_csv.as_csv(MADE), newline="")))

    assert [f"{TESTS}::test_a", f"{TESTS}::test_b", "", f"{TESTS}::test_it"] == [
        each["test"] for each in rows
    ]
    assert ("proven", "yes", "1", "2") == tuple(
        rows[0][key] for key in ("state", "bites", "functions", "lines")
    )
    assert rows[2]["text"].startswith("'=SUM(1)")
    assert set(trace_csv.COLUMNS) == set(rows[0])


def test_junit_has_a_case_for_each_requirement() -> None:
    """Only what is proven passes; the name of the requirement is a property."""
    whole = ET.fromstring(trace_junit.as_junit(MADE))  # noqa: S314  our own output

    assert [("001-greeting", "2", "1", "0"), ("002-parting", "1", "0", "1")] == [
        tuple(suite.attrib[key] for key in ("name", "tests", "failures", "skipped")) for suite in whole
    ]
    assert [
        "001-greeting/FR-001",
        "001-greeting/FR-002",
        "002-parting/SC-001",
    ] == [each.attrib["value"] for each in whole.iter("property") if each.attrib["name"] == "requirement"]
    assert ["untested: no test is bound to it"] == [each.attrib["message"] for each in whole.iter("failure")]
