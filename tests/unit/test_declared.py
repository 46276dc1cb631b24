"""Declared pipelines and models: run twice in copies, compared, held against their schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.declared import Ran, run_pipelines, run_trainings
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.guarded import Guarded
from tenhats.settings import Model, Pipeline
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-001")


HERE = ProjectEnvironment("env", sys.executable, "stamp")
SCHEMA = {"type": "object", "required": ["price"], "properties": {"price": {"type": "integer", "minimum": 0}}}


def run(tmp_path: Path, code: str, output: str = "out.csv", schema: str | None = None, **more: object) -> Ran:
    files = {"make.py": code, "row.json": json.dumps(SCHEMA), "src/known.py": "ANSWER = 42\n"}
    pipeline = Pipeline("orders", ("python", "make.py"), (output,), schema, 7)
    here = folder(tmp_path, files, pipelines=(pipeline,), **more)
    (ran,) = run_pipelines(here, tree_of(here), HERE).runs
    assert not list(tmp_path.glob(".tenhats/declared/*"))
    assert not (tmp_path / output).exists()
    return ran


def write(text: str, output: str = "out.csv") -> str:
    return f"import pathlib, known\npathlib.Path({output!r}).write_text({text!r})\n"


def guarded(tmp_path: Path, code: str, output: str, schema: str | None = "row.json") -> Guarded:
    (made,) = run(tmp_path, code, output, schema).outputs
    assert made.guarded
    return made.guarded


def test_the_same_bytes_twice_have_one_digest(tmp_path: Path) -> None:
    """Run where only copies are, with the sources to import from."""
    ran = run(tmp_path, write("price\n1\n"))
    assert (ran.name, ran.line, ran.error) == ("orders", 7, None)
    assert ran.outputs[0].digests[0] == ran.outputs[0].digests[1]


@pytest.mark.req("007-pipelines-and-models/US1.1")
@pytest.mark.parametrize("value", ["time.time_ns()", "hash('a')", "sorted({'a', 'b', 'c', 'd'}, key=hash)"])
def test_the_clock_and_the_hash_seed_are_found_out(tmp_path: Path, value: str) -> None:
    """Each run has another hash seed."""
    ran = run(tmp_path, f"import pathlib, time\npathlib.Path('out.csv').write_text(str({value}))\n")
    assert ran.outputs[0].digests[0] != ran.outputs[0].digests[1]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("raise SystemExit('no orders today')", "it ended with 1: no orders today"),
        ("", "it did not make out.csv"),
        ("import time; time.sleep(60)", "was stopped after 1 s"),
    ],
)
def test_a_run_that_fails_is_an_error(tmp_path: Path, code: str, error: str) -> None:
    """It ended badly, made nothing, or did not end."""
    ran = run(tmp_path, code, test_timeout=1.0)
    assert error in str(ran.error)
    assert ran.outputs == ()


@pytest.mark.req("007-pipelines-and-models/US1.2")
@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("out.csv", "price\n1\n-2\n"),
        ("out.json", '[{"price": 1}, {"price": -2}]'),
        ("out.jsonl", '{"price": 1}\n\n{"price": -2}\n'),
    ],
)
def test_every_row_is_held_against_the_schema(tmp_path: Path, output: str, text: str) -> None:
    """CSV's words are numbers where the schema says so."""
    made = guarded(tmp_path, write(text, output), output)
    assert (made.rows, made.unreadable) == (2, None)
    assert made.faults == ("row 2: price: -2 is less than the minimum of 0",)


def test_a_word_that_is_no_number_stays_a_word(tmp_path: Path) -> None:
    """And the schema says what it thinks of it."""
    made = guarded(tmp_path, write("price\nfree\n"), "out.csv")
    assert made.faults == ("row 1: price: 'free' is not of type 'integer'",)


@pytest.mark.parametrize(
    ("output", "text", "schema"),
    [("out.bin", "x", "row.json"), ("out.json", "{", "row.json"), ("out.csv", "price\n1\n", "missing.json")],
)
def test_what_cannot_be_held_against_a_schema_is_said(
    tmp_path: Path, output: str, text: str, schema: str
) -> None:
    """Another format, broken JSON, a schema that is missing: unreadable, not faultless."""
    made = guarded(tmp_path, write(text, output), output, schema)
    assert made.unreadable is not None
    assert made.faults == ()


def test_a_schema_that_is_none_is_said(tmp_path: Path) -> None:
    """A schema that its own library refuses judges nothing, and is no crash."""
    code = write("price\n1\n") + "pathlib.Path('row.json').write_text('{\"type\": 3}')\n"
    made = guarded(tmp_path, code, "out.csv")
    assert made.unreadable is not None


def test_a_project_that_is_not_installed_is_not_run(tmp_path: Path) -> None:
    """Unavailable, with the rule that says why; without pipelines nobody asks."""
    broken = ProjectEnvironment("env", "", "", "no solution")
    here = folder(tmp_path, {}, pipelines=(Pipeline("a", ("python",), ("b",), None, 1),))
    with pytest.raises(Unavailable, match="see OPS007"):
        run_pipelines(here, tree_of(here), broken)
    assert run_pipelines(folder(tmp_path, {}), tree_of(here), broken).runs == ()


def test_a_model_is_trained_twice(tmp_path: Path) -> None:
    """Its metrics are outputs like any other."""
    model = Model("churn", ("python", "train.py"), ("m.json",), None, 9)
    here = folder(tmp_path, {"train.py": write("{}", "m.json").replace(", known", "")}, models=(model,))
    (ran,) = run_trainings(here, tree_of(here), HERE).runs
    assert (ran.name, ran.line, ran.error) == ("churn", 9, None)
    assert ran.outputs[0].digests[0] == ran.outputs[0].digests[1]


def test_a_run_says_what_it_costs(tmp_path: Path) -> None:
    """Its seconds, the bytes that it held, and the rows of what it made."""
    code = "held = b'x' * 60_000_000\nimport time; time.sleep(0.2)\n" + write("price\n1\n2\n")
    ran = run(tmp_path, code)
    assert 0.2 <= ran.seconds < 60
    assert ran.peak is None or ran.peak > 60_000_000
    assert ran.rows == 2


def test_rows_are_those_of_the_inputs_if_there_are_any(tmp_path: Path) -> None:
    """A summary has fewer than what it is made from."""
    pipeline = Pipeline("orders", ("python", "make.py"), ("out.csv",), None, 7, inputs=("in.csv",))
    files = {"make.py": write("price\n1\n"), "in.csv": "a\n1\n2\n3\n", "src/known.py": ""}
    here = folder(tmp_path, files, pipelines=(pipeline,))
    assert run_pipelines(here, tree_of(here), HERE).runs[0].rows == 3
