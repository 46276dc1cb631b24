"""What a training leaves: metrics, shared rows, a record."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.trained import Record, Recorded, look_at_record, metrics_in, shared_rows
from tenhats.facts.workroom import Room
from tenhats.settings import Model, Split
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-005")


SPLIT = Split("train.csv", "test.csv")
ROWS = "a\n1\n"


def room(tmp_path: Path, files: dict[str, str | bytes]) -> Room:
    folder(tmp_path, files)
    return Room(tmp_path, ProjectEnvironment("env", sys.executable, "stamp"), "src", 1, 20)


def test_metrics_are_the_numbers_of_json_and_toml(tmp_path: Path) -> None:
    """By their keys; what is no number, or cannot be read, is left out."""
    said = {"test": {"accuracy": 0.9, "ok": True}, "n": 3, "name": "x", "curve": [1, 2]}
    here = room(
        tmp_path, {"m.json": json.dumps(said), "m.toml": "[val]\nf1 = 0.5\n", "x.json": "{", "m.bin": b"\xff"}
    )
    found = metrics_in(here, ("m.json", "m.toml", "x.json", "m.bin", "gone.json"))
    assert {"test.accuracy": 0.9, "n": 3.0, "val.f1": 0.5} == found


def test_rows_of_both_sets_are_counted(tmp_path: Path) -> None:
    """Whole, or by a column; repeats within the training data say how many are chance."""
    here = room(tmp_path, {"train.csv": "id,x\n1,a\n2,b\n3,b\n4,c\n", "test.csv": "id,x\n2,b\n1,d\n"})
    whole = shared_rows(here, SPLIT)
    assert (1, 2, 0.0) == (whole.rows, whole.tests, whole.by_chance)
    assert 2 == shared_rows(here, Split("train.csv", "test.csv", "id")).rows
    repeated = room(tmp_path, {"train.csv": "x\na\na\nb\nc\n", "test.csv": "x\na\nd\n"})
    assert (1, 1.0) == (shared_rows(repeated, SPLIT).rows, shared_rows(repeated, SPLIT).by_chance)


def test_sets_that_cannot_be_compared_are_said(tmp_path: Path) -> None:
    """A file that is not there, no rows, no such column."""
    here = room(tmp_path, {"train.csv": "x\na\n", "test.csv": "x\n"})
    assert "train.csv or gone.csv" in str(shared_rows(here, Split("train.csv", "gone.csv")).unseen)
    assert "has no rows" in str(shared_rows(here, SPLIT).unseen)
    assert "a row has no id" in str(shared_rows(here, Split("train.csv", "train.csv", "id")).unseen)


def test_a_record_names_digests_of_any_kind(tmp_path: Path) -> None:
    """Of the inputs, and of the code that trains."""
    md5 = hashlib.md5(ROWS.encode(), usedforsecurity=False).hexdigest()
    address = f"https://example.org/a.csv#sha256={'AB' * 32}"
    files: dict[str, str | bytes] = {
        "a.csv": ROWS,
        "b.csv": "other",
        "src/shop/train.py": "pass\n",
        "dvc.lock": f"md5: {md5}\nrates: {'ab' * 32}\n",
    }
    project = folder(tmp_path, files)
    inputs = ("a.csv", "b.csv", "gone.csv", address)
    model = Model("m", ("python", "-m", "shop.train"), (), None, 3, inputs=inputs, record="dvc.lock")
    found = look_at_record(project, tree_of(project), room(tmp_path, {}), model)
    assert (
        Record(
            "dvc.lock",
            True,
            True,
            (
                Recorded("a.csv", True),
                Recorded("b.csv", False),
                Recorded("gone.csv", None),
                Recorded(address, True),
                Recorded("src/shop/train.py", False, is_code=True),
            ),
        )
        == found
    )


def test_a_record_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Neither kept nor written."""
    project = folder(tmp_path, {"a.csv": ROWS})
    model = Model("m", ("python",), (), None, 3, inputs=("a.csv",), record="build/r.json")
    assert Record("build/r.json", is_there=False) == look_at_record(
        project, tree_of(project), room(tmp_path, {}), model
    )
