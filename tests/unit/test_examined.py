"""Functions tried one by one: which are really examined, and what is not tried twice."""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from tenhats import examination
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.examined import examine
from tenhats.facts.functions import Functions, read_functions
from tenhats.facts.reach import Reach, Reached
from tenhats.facts.testrun import Breakage, Result
from tenhats.facts.testrun import TestRun as Run
from tenhats.facts.tree import Tree
from tests.unit.made_up import folder, ran, result, tree_of

pytestmark = pytest.mark.req("004-proof/FR-004")


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


def examined(
    root: Path, *results: Result, reach: Reach = REACH, changed: Mapping[str, str] = FILES
) -> tuple[dict[str, str], int]:
    """What was said of each function, and how many were tried."""
    here = folder(root, {**FILES, **changed})
    tree = tree_of(here)
    tried = [0]
    found = examine(
        here,
        sys.executable,
        tree,
        read_functions(here, tree),
        ran(*(results or RESULTS), reach=reach),
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

    after, one = examined(tmp_path, changed={"src/made.py": changed})

    assert (first, 0) == (again, none)
    assert (first, 1) == (after, one)


def test_a_broken_store_is_made_anew(tmp_path: Path) -> None:
    """What cannot be read is not known."""
    examined(tmp_path)
    (tmp_path / ".tenhats" / "examined.json").write_text("[", "utf-8")

    _, tried = examined(tmp_path)

    assert 3 == tried


SUBTESTS = """
import unittest
import made

class MadeTests(unittest.TestCase):
    def test_case(self):
        with self.subTest(number=1):
            self.assertEqual(made.looked_at(), 1)

def test_fixture(subtests):
    with subtests.test("number"):
        assert made.passed_through() == 2
"""


def test_what_only_a_subtest_notices_is_noticed(tmp_path: Path) -> None:
    """pytest fails the test around it only while it reports, which nobody does here."""
    case, fixture = "tests/test_made.py::MadeTests::test_case", "tests/test_made.py::test_fixture"
    reach = Reach(
        (Reached("src/made.py", case, f"{1 << 3:x}"), Reached("src/made.py", fixture, f"{1 << 6:x}"))
    )
    results = [replace(result("passed", "FR-001"), id=name) for name in (case, fixture)]

    said, _ = examined(tmp_path, *results, reach=reach, changed={"tests/test_made.py": SUBTESTS})

    assert ("noticed", "noticed") == (said["looked_at"], said["passed_through"])


def test_each_test_has_a_limit_of_its_own(tmp_path: Path) -> None:
    """One that never ends is ended in its own time, however slow the others are that run the function."""
    slow = replace(result("passed", "FR-001"), id=IT, seconds=600.0)
    quick = replace(result("passed", "FR-001"), id=WAITS, seconds=0.0)
    reach = Reach(tuple(Reached("src/made.py", name, f"{1 << 9:x}") for name in (IT, WAITS)))
    started = time.monotonic()

    said, _ = examined(tmp_path, slow, quick, reach=reach)

    assert "noticed" == said["endless"]
    assert 60 > time.monotonic() - started


def test_a_test_file_that_was_not_run_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its tests would have noticed is not known, so it is not all well."""
    here = folder(tmp_path, FILES)
    here.workshop.mkdir()
    run = ran(broken=(Breakage("tests/test_made.py", 3, "ImportError: no module"),))
    facts = {
        Tree: tree_of(here),
        Functions: Functions(),
        Run: run,
        ProjectEnvironment: ProjectEnvironment("env", sys.executable, "stamp"),
    }
    monkeypatch.setattr(examination, "facts_of", lambda project, kinds: facts)
    said = io.StringIO()

    code = examination.bite(here, argparse.Namespace(all=False), Console(file=said))

    assert 1 == code
    assert "tests/test_made.py:3: ImportError: no module\n0 functions: no function\n" == said.getvalue()
