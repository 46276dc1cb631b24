"""The inputs of a pipeline, their versions, and the pages that tell of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tenhats.facts.sources import Input, inputs_of, read_lineages
from tenhats.facts.tree import Tree
from tenhats.settings import Pipeline
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-003")


ROWS = b"a\n1\n"
MD5 = hashlib.md5(ROWS, usedforsecurity=False).hexdigest()
ADDRESS = "https://example.org/rates.csv"


def one(tmp_path: Path, name: str, known: tuple[str, ...], files: dict[str, str | bytes]) -> Input:
    """What is seen of one input, where git knows these files."""
    folder(tmp_path, files)
    (found,) = inputs_of(tmp_path, Tree(tmp_path, known), [name])
    return found


def test_an_input_that_git_knows_has_a_version(tmp_path: Path) -> None:
    """A file, or a folder of files."""
    assert Input("data/a.csv") == one(tmp_path, "data/a.csv", ("data/a.csv",), {"data/a.csv": ROWS})
    assert Input("data") == one(tmp_path, "data", ("data/a.csv",), {})


def test_an_address_needs_a_digest(tmp_path: Path) -> None:
    """As in a requirement of pip."""
    good = f"{ADDRESS}#sha256={hashlib.sha256(ROWS).hexdigest()}"
    assert Input(good) == one(tmp_path, good, (), {})
    assert Input(ADDRESS, "is an address without a digest") == one(tmp_path, ADDRESS, (), {})


@pytest.mark.parametrize(
    ("files", "wrong", "unseen"),
    [
        ({"a.csv": ROWS, "a.csv.dvc": f"outs:\n- md5: {MD5}\n  path: a.csv\n"}, None, None),
        ({"a.csv": ROWS, "dvc.lock": f"- path: a.csv\n  md5: {MD5}\n"}, None, None),
        (
            {"a.csv": b"other", "a.csv.dvc": f"- md5: {MD5}\n"},
            "is not the version that a.csv.dvc names",
            None,
        ),
        ({"a.csv.dvc": f"- md5: {MD5}\n"}, None, "a.csv is not here: dvc pull"),
        ({"a.csv": ROWS}, "is there, but neither git nor a pointer of DVC knows its version", None),
        ({}, "is not there", None),
    ],
)
def test_an_input_that_git_does_not_know_needs_a_pointer(
    tmp_path: Path, files: dict[str, str | bytes], wrong: str | None, unseen: str | None
) -> None:
    """DVC's file beside it or its lock, with the digest of what is there."""
    known = tuple(name for name in files if name != "a.csv")
    assert Input("a.csv", wrong, unseen) == one(tmp_path, "a.csv", known, files)


def test_pages_name_inputs_and_outputs(tmp_path: Path) -> None:
    """Any page under docs/data, or the one that is declared; an address without its digest."""
    address = f"{ADDRESS}#sha256={'a' * 64}"
    pipelines = (
        Pipeline("a", (), ("out.csv",), None, 3, inputs=("in.csv", address)),
        Pipeline("b", (), ("out.csv",), None, 4, inputs=(), lineage="NOTES.md"),
        Pipeline("c", (), ("other.csv",), None, 5),
    )
    files = {"docs/data/a.md": f"From `in.csv` and {ADDRESS} comes `out.csv`.\n", "NOTES.md": "Nothing.\n"}
    here = folder(tmp_path, files, pipelines=pipelines)
    a, b, c = read_lineages(here, tree_of(here)).lineages
    assert (("docs/data/a.md",), ()) == (a.pages, a.untold)
    assert (("NOTES.md",), ("out.csv",), ()) == (b.pages, b.untold, b.inputs)
    assert (("other.csv",), None) == (c.untold, c.inputs)
