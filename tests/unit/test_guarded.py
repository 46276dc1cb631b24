"""The guards of an output: what they notice when a field is spoiled."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.guarded import Guarded, look_at_guards
from tenhats.facts.workroom import Room

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-002")


CHECK = ("python", "check.py", "{output}")
READS = "import json, sys\nrows = [json.loads(line) for line in open(sys.argv[1])]\n"
ROWS = '{"name": "Ada", "age": 36}\n{"name": "Zoë", "age": 7}\n'


def look(
    tmp_path: Path,
    text: str,
    properties: dict[str, Any] | None,
    check: str = "",
    name: str = "out.jsonl",
    **more: Any,
) -> Guarded:
    """Look at the guards of a file with this text; it is there unchanged afterwards."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "check.py").write_text(check, encoding="utf-8")
    (tmp_path / "row.json").write_text(
        json.dumps({"type": "object", "properties": properties, **more}), encoding="utf-8"
    )
    room = Room(tmp_path, ProjectEnvironment("env", sys.executable, "stamp"), "src", 1, 20)
    schema = None if properties is None else "row.json"
    guarded = look_at_guards(room, name, schema, CHECK if check else ())
    assert text == (tmp_path / name).read_text(encoding="utf-8")
    return guarded


@pytest.mark.req("007-pipelines-and-models/SC-001")
def test_a_field_of_which_the_schema_says_nothing_is_open(tmp_path: Path) -> None:
    """Whatever becomes of it."""
    guarded = look(tmp_path, ROWS, {"age": {"minimum": 0}})
    assert (("name",), ()) == (guarded.open, guarded.loose)


def test_a_field_that_must_only_be_there_is_loose(tmp_path: Path) -> None:
    """It may be anything."""
    guarded = look(tmp_path, ROWS, {"age": {"type": "integer"}}, required=["name", "age"])
    assert ((), ("name",)) == (guarded.open, guarded.loose)


@pytest.mark.parametrize(
    "rules", [{"type": "string"}, {"enum": ["Ada", "Zoë"]}, {"maxLength": 6}, {"not": {"type": "null"}}]
)
def test_a_field_that_is_guarded_is_neither(tmp_path: Path, rules: dict[str, Any]) -> None:
    """By its type, its values, its length, or that it may not be null."""
    guarded = look(tmp_path, ROWS, {"name": rules, "age": {"type": "integer"}})
    assert Guarded(rows=2) == guarded


def test_words_of_a_csv_file_are_spoiled_as_words(tmp_path: Path) -> None:
    """A number becomes a word; a word that may be any is open."""
    guarded = look(
        tmp_path,
        "name,age\nAda,36\n",
        {"name": {"type": "string"}, "age": {"type": "integer"}},
        name="out.csv",
    )
    assert ("name",) == guarded.open


def test_a_check_guards_what_the_schema_leaves(tmp_path: Path) -> None:
    """It sees the spoiled copy in the place of the output."""
    check = f"{READS}raise SystemExit(not all(row['name'] in ('Ada', 'Zoë') for row in rows))\n"
    assert Guarded(rows=2) == look(tmp_path, ROWS, {"age": {"minimum": 0}}, check)
    assert ("age",) == look(tmp_path, ROWS, None, check).open


def test_a_check_that_refuses_the_output_as_it_is(tmp_path: Path) -> None:
    """Its last words are kept, and nothing is spoiled."""
    guarded = look(tmp_path, ROWS, None, "raise SystemExit('two are too many')")
    assert "it ended with 1: two are too many" == guarded.refused
    assert () == guarded.open


def test_rows_without_names_are_spoiled_whole(tmp_path: Path) -> None:
    """A schema may be for numbers alone, or for anything."""
    assert Guarded(rows=2) == look(tmp_path, "[1, 2]", {}, name="out.json", type="integer")
    anything = ["integer", "string", "object", "null"]
    assert ("the row",) == look(tmp_path, "[1, 2]", {}, name="out.json", type=anything).open
