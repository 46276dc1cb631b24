"""Which lines each test executed, read from coverage.py's own data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.reach import numbers, read_reach
from tenhats.facts.testrun import run_tests
from tests.unit.made_up import reach
from tests.unit.test_testrun import HERE, on_disk

pytestmark = pytest.mark.req("004-proof/FR-003")


TEST = """
import pytest
from greeting import greet

@pytest.fixture
def greeting():
    return greet("Ada")

def test_set_up(greeting):
    assert greeting == "Hello"

@pytest.mark.parametrize("name", ["", None])
def test_cases(name):
    assert greet(name) == "Nobody"
"""


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly: load no plugin but the one for benchmarks."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_benchmark.plugin")


def test_each_test_has_the_lines_that_it_executed(tmp_path: Path) -> None:
    """Those of its set-up too; the cases of one test together; not those that importing executes."""
    here, read = on_disk(tmp_path, TEST)

    found = run_tests(here, HERE, read).reach.by_test

    assert {
        "tests/test_a.py::test_set_up": {"src/greeting.py": [2, 3]},
        "tests/test_a.py::test_cases": {"src/greeting.py": [2, 4]},
    } == {test: {path: numbers(bits) for path, bits in files.items()} for test, files in found.items()}


def test_several_tests_reach_what_any_of_them_does() -> None:
    """Their lines are joined, file by file."""
    found = reach(test_a=[1, 2], test_b=[2, 70])

    assert {"src/greeter/greeting.py": [1, 2, 70]} == {
        path: numbers(bits) for path, bits in found.of(found.by_test).items()
    }


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 100])
def test_data_that_cannot_be_read_is_not_taken_for_empty(tmp_path: Path, content: bytes) -> None:
    """It is said that it cannot be read."""
    (tmp_path / "coverage.db").write_bytes(content)

    with pytest.raises(Unavailable, match=r"coverage.py's data cannot be read"):
        read_reach(tmp_path / "coverage.db", tmp_path)
