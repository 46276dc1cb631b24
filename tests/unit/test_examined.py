"""Functions tried one by one: which are really examined, and what is not tried twice."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tenhats.facts.examined import examine
from tenhats.facts.functions import read_functions
from tenhats.facts.reach import Reach, Reached
from tests.unit.made_up import folder, ran, result, tree_of

CODE = """
def looked_at():
    return 1

def passed_through():
    return 2

def endless():
    return True

def unreached():
    return 3
"""
TESTS = """
import itertools
import made

def test_it():
    made.passed_through()
    assert made.looked_at() == 1

def test_waits():
    sum(range(3) if made.endless() else itertools.repeat(0))
"""
FILES = {
    "pyproject.toml": '[tool.pytest]\npythonpath = ["src"]\n',
    "src/made.py": CODE,
    "tests/test_made.py": TESTS,
}

IT, WAITS = "tests/test_made.py::test_it", "tests/test_made.py::test_waits"
REACH = Reach(
    (
        Reached("src/made.py", IT, f"{1 << 3 | 1 << 6:x}"),
        Reached("src/made.py", WAITS, f"{1 << 9:x}"),
    )
)
RESULTS = [replace(result("passed", "FR-001"), id=name) for name in (IT, WAITS)]


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly: load no plugin but ours."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def examined(root: Path, **changed: str) -> tuple[dict[str, str], int]:
    """What was said of each function, and how many were tried."""
    here = folder(root, {**FILES, **changed})
    tree = tree_of(here)
    tried = [0]
    found = examine(
        here,
        sys.executable,
        tree,
        read_functions(here, tree),
        ran(*RESULTS, reach=REACH),
        progress=lambda done, of: tried.append(of),
    )
    return {each.function.name: each.said for each in found}, tried[-1]


def test_what_nobody_notices_is_named(tmp_path: Path) -> None:
    """A function that is only passed through is; one without which a test never ends is noticed."""
    said, tried = examined(tmp_path)

    assert {
        "looked_at": "noticed",
        "passed_through": "unnoticed",
        "endless": "noticed",
        "unreached": "unreached",
    } == said
    assert 3 == tried


def test_only_what_changed_is_tried_again(tmp_path: Path) -> None:
    """What is known of the others is kept, and said again."""
    first, _ = examined(tmp_path)
    again, none = examined(tmp_path)
    changed = CODE.replace("return 2", "return 2 + 0")

    after, one = examined(tmp_path, **{"src/made.py": changed})

    assert (first, 0) == (again, none)
    assert (first, 1) == (after, one)


def test_a_broken_store_is_made_anew(tmp_path: Path) -> None:
    """What cannot be read is not known."""
    examined(tmp_path)
    (tmp_path / ".tenhats" / "examined.json").write_text("[", "utf-8")

    _, tried = examined(tmp_path)

    assert 3 == tried
