"""Declared pipelines and models: run twice in copies, compared, held against their schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.declared import Card, Ran, empty_sections, read_cards, run_pipelines, run_trainings
from tenhats.facts.environment import ProjectEnvironment
from tenhats.settings import Model, Pipeline
from tests.unit.made_up import folder, tree_of

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


def test_the_same_bytes_twice_have_one_digest(tmp_path: Path) -> None:
    """Run where only copies are, with the sources to import from."""
    ran = run(tmp_path, write("price\n1\n"))
    assert (ran.name, ran.line, ran.error) == ("orders", 7, None)
    assert ran.outputs[0].digests[0] == ran.outputs[0].digests[1]


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
    (made,) = run(tmp_path, write(text, output), output, "row.json").outputs
    assert (made.rows, made.unreadable) == (2, None)
    assert made.faults == ("row 2: price: -2 is less than the minimum of 0",)


def test_a_word_that_is_no_number_stays_a_word(tmp_path: Path) -> None:
    """And the schema says what it thinks of it."""
    (made,) = run(tmp_path, write("price\nfree\n"), schema="row.json").outputs
    assert made.faults == ("row 1: price: 'free' is not of type 'integer'",)


@pytest.mark.parametrize(
    ("output", "text", "schema"),
    [("out.bin", "x", "row.json"), ("out.json", "{", "row.json"), ("out.csv", "price\n1\n", "missing.json")],
)
def test_what_cannot_be_held_against_a_schema_is_said(
    tmp_path: Path, output: str, text: str, schema: str
) -> None:
    """Another format, broken JSON, a schema that is missing: unreadable, not faultless."""
    (made,) = run(tmp_path, write(text, output), output, schema).outputs
    assert made.unreadable is not None
    assert made.faults == ()


def test_a_schema_that_is_none_is_said(tmp_path: Path) -> None:
    """A schema that its own library refuses judges nothing, and is no crash."""
    code = write("price\n1\n") + "pathlib.Path('row.json').write_text('{\"type\": 3}')\n"
    (made,) = run(tmp_path, code, schema="row.json").outputs
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


CARD = "# Churn\n\n## Intended Use\n\nx\n\n## Training Data\n\nx\n\n## Metrics\n\nx\n\n## Limitations\n\nx\n"


def test_a_card_is_read_with_its_empty_sections(tmp_path: Path) -> None:
    """A heading without words, or with a comment, is empty."""
    assert list(empty_sections(CARD)) == []
    assert list(empty_sections("# Churn\n\n## Metrics\n<!-- soon -->\n## Limitations\nnone")) == [
        "intended use",
        "training data",
        "metrics",
    ]
    models = (
        Model("a", (), (), "docs/a.md", 3),
        Model("b", (), (), "docs/b.md", 4),
        Model("c", (), (), None, 5),
    )
    here = folder(tmp_path, {"docs/a.md": CARD}, models=models)
    assert read_cards(here, tree_of(here)).cards == (
        Card("a", "docs/a.md", 1, is_there=True),
        Card("b", "pyproject.toml", 4, is_there=False),
        Card("c", "pyproject.toml", 5, is_there=False),
    )
