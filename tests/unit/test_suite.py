"""The test suite as it is written: which tests, bound to what, asserting anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenhats.facts import suite
from tenhats.facts.collecting import Collector
from tenhats.facts.modules import Modules
from tenhats.facts.pytestconfig import PytestConfig
from tenhats.facts.testfile import index_of
from tests.unit.made_up import folder, recorded, tree_of

pytestmark = pytest.mark.req("004-proof/FR-001")


HEAD = "import pytest\nfrom unittest import TestCase, mock\n"


def found_in(source: str, path: str) -> list[suite.Test]:
    index = index_of(source)
    modules = Modules(lambda _: index, {path}, ("",))
    return list(Collector(PytestConfig(), modules).tests(path, index))


def read(source: str) -> list[suite.Test]:
    return found_in(HEAD + source, "tests/test_a.py")


def asserts(body: str) -> bool:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return read(f"def test_it(mocker=None):\n{lines}")[0].asserts


def test_a_test_has_its_place_and_its_bindings() -> None:
    """The binding stands at the name, the test at its function."""
    source = '@pytest.mark.req("001-a/FR-001", "FR-002")\ndef test_it():\n    assert 1\n'
    (found,) = read(source)
    assert (found.path, found.line, found.id) == ("tests/test_a.py", 4, "tests/test_a.py::test_it")
    assert found.bindings == (
        suite.Binding("tests/test_a.py", 3, "001-a/FR-001", found.id),
        suite.Binding("tests/test_a.py", 3, "FR-002", found.id),
    )


def test_the_digest_of_a_test_is_that_of_its_own_text() -> None:
    """Its decorators and comments belong to it; what stands around it does not, nor does its place."""
    source = "@pytest.mark.slow\ndef test_it():\n    assert f()  # why\n"
    (found,) = read(source)
    assert found.digest == read(f"\n\ndef f(): ...\n\n{source}\nx = 1\n")[0].digest
    for other in (source.replace("slow", "fast"), source.replace("why", "how"), source.replace("f()", "g()")):
        assert found.digest != read(other)[0].digest


def test_names_on_lines_of_their_own_are_placed_there() -> None:
    """Each name of a long mark has its own line."""
    (found,) = read('@pytest.mark.req(\n    "FR-001",\n    "FR-002",\n)\ndef test_it(): ...\n')
    assert [(each.line, each.name) for each in found.bindings] == [(4, "FR-001"), (5, "FR-002")]


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ("def test_a(): ...\nasync def test_b(): ...\ndef helper(): ...\n", ["test_a", "test_b"]),
        ("class TestA:\n    def test_b(self): ...\n    def help(self): ...\n", ["TestA::test_b"]),
        ("class TestA:\n    class TestB:\n        def test_c(self): ...\n", ["TestA::TestB::test_c"]),
        ("class A(TestCase):\n    def test_b(self): ...\n", ["A::test_b"]),
        ("class A:\n    def test_b(self): ...\n", []),
        ("def outer():\n    def test_inner(): ...\n", []),
    ],
)
def test_tests_are_found_as_pytest_finds_them(source: str, ids: list[str]) -> None:
    """Functions, methods of test classes, nested classes; nothing inside a function."""
    assert [each.id.removeprefix("tests/test_a.py::") for each in read(source)] == ids


@pytest.mark.parametrize(
    "body",
    [
        "assert x == 1",
        "with pytest.raises(ValueError): f()",
        "with pytest.warns(UserWarning): f()",
        "self.assertEqual(1, x)",
        "mocker.assert_called_once_with(1)",
        "pytest.fail('no')",
        "if x:\n    assert x",
        "assert_close(x, y)",
    ],
)
def test_what_can_fail_asserts(body: str) -> None:
    """`assert`, expected errors, unittest's and mock's methods, functions that are named so."""
    assert asserts(body)


@pytest.mark.parametrize("body", ["pass", "print('fine')", "assert True", "assert 1", "assert 'x'", "f(x)"])
def test_what_cannot_fail_does_not_assert(body: str) -> None:
    """A constant that is true asserts nothing."""
    assert not asserts(body)


def test_a_helper_of_the_module_may_assert() -> None:
    """Also through another one, and in circles."""
    source = "def one(x):\n    two(x)\ndef two(x):\n    one(x)\n    assert x\ndef test_it():\n    one(1)\n"
    assert [each.asserts for each in read(source)] == [True]


def test_the_benchmark_fixture_asserts() -> None:
    """It measures, and a rule holds the time against its promise."""
    (found,) = read("def test_it(benchmark):\n    benchmark(f)\n")
    assert (found.asserts, found.is_timed) == (True, True)


def test_tests_of_one_name_are_told_apart() -> None:
    """That one class's test asserts says nothing of another's."""
    source = (
        "class TestA:\n    def test_it(self):\n        assert f()\n"
        "class TestB:\n    def test_it(self):\n        f()\n"
    )
    assert [each.asserts for each in read(source)] == [True, False]


def test_only_what_pytest_would_collect_is_read(tmp_path: Path) -> None:
    """By the file's own name, not by its folder's; a file that cannot be parsed is told of."""
    test = "def test_it(): assert f()\n"
    here = folder(
        tmp_path,
        {
            "tests/test_a.py": test,
            "tests/deep/b_test.py": test,
            "tests/test_data/sample.py": test,
            "tests/helper.py": test,
            "tests/test_broken.py": "x = 1\ndef test_it(:\n",
            "tests/test_nul.py": b"\0",
            "src/test_c.py": test,
        },
    )
    read_ = suite.read_suite(here, tree_of(here))
    assert [each.path for each in read_.tests] == ["tests/deep/b_test.py", "tests/test_a.py"]
    assert [(path, line) for path, line, _ in read_.unreadable] == [
        ("tests/test_broken.py", 2),
        ("tests/test_nul.py", 1),
    ]


PROJECT = """
import pytest
from unittest import TestCase


@pytest.mark.req("FR-001")
def test_passes():
    assert True

@pytest.mark.req("FR-002", "FR-003")
@pytest.mark.req("FR-004")
def test_fails():
    assert 1 == 2, "one is not two"

@pytest.mark.skip
@pytest.mark.req("FR-005")
def test_skipped(): ...

@pytest.mark.xfail
@pytest.mark.req("FR-006")
def test_xfailed():
    assert False

@pytest.mark.xfail
def test_xpassed(): ...

@pytest.mark.xfail(strict=True)
def test_xpassed_strictly(): ...

@pytest.fixture
def broken():
    raise RuntimeError("no set-up")

def test_error(broken): ...

@pytest.fixture
def breaks():
    yield
    raise RuntimeError("no tear-down")

def test_breaks_late(breaks): ...

@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.req("FR-007"))])
def test_many(x):
    assert x == 1

@pytest.mark.req("FR-008")
class TestClass:
    pytestmark = [pytest.mark.req("FR-009")]

    @pytest.mark.req("FR-010")
    def test_inside(self): ...

    class TestInner:
        def test_deep(self): ...

class Old(TestCase):
    @pytest.mark.req("FR-011")
    def test_old(self):
        self.assertTrue(True)

async_mark = pytest.mark.req

@async_mark("FR-012")
def test_alias(): ...
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the plugin writes down of a run over PROJECT."""
    root = tmp_path_factory.mktemp("recorded")
    (root / "pyproject.toml").write_text('[tool.pytest]\nfilterwarnings = ["error"]\nstrict_markers = true\n')
    (root / "tests").mkdir()
    (root / "tests/test_all.py").write_text(PROJECT)
    (root / "tests/test_broken.py").write_text("import os\nimport no_such_module\n")
    (root / "tests/test_syntax.py").write_text("x = 1\ndef test_it(:\n")
    _, record = recorded(root, "tests", "--continue-on-collection-errors")
    return record


def test_a_run_writes_down_every_outcome(record: dict[str, Any]) -> None:
    """Passed, failed, skipped, xfailed, xpassed, error: before, in and after the test."""
    outcomes = {each["id"].removeprefix("tests/test_all.py::"): each["outcome"] for each in record["tests"]}
    assert outcomes == {
        "test_passes": "passed",
        "test_fails": "failed",
        "test_skipped": "skipped",
        "test_xfailed": "xfailed",
        "test_xpassed": "xpassed",
        "test_xpassed_strictly": "failed",
        "test_error": "error",
        "test_breaks_late": "error",
        "test_many[1]": "passed",
        "test_many[2]": "failed",
        "TestClass::test_inside": "passed",
        "TestClass::TestInner::test_deep": "passed",
        "Old::test_old": "passed",
        "test_alias": "passed",
    }
    assert record["exit"] == 1


def test_a_run_writes_down_where_and_why_a_test_failed(record: dict[str, Any]) -> None:
    """The line of the assertion, its first words, and where the test begins."""
    (failed,) = [each for each in record["tests"] if each["id"].endswith("test_fails")]
    lines = PROJECT.split("\n")
    assert lines[failed["failed_line"] - 1].strip().startswith("assert 1 == 2")
    assert failed["message"].startswith("AssertionError: one is not two")
    assert failed["path"] == "tests/test_all.py"


def test_a_run_writes_down_what_could_not_be_collected(record: dict[str, Any]) -> None:
    """With the line that broke it."""
    broken = {each["path"]: each for each in record["broken"]}
    assert set(broken) == {"tests/test_broken.py", "tests/test_syntax.py"}
    assert "no_such_module" in broken["tests/test_broken.py"]["message"]
    assert broken["tests/test_broken.py"]["line"] == 2


def test_what_is_written_and_what_is_run_agree(record: dict[str, Any]) -> None:
    """The index read from the source binds the same tests to the same requirements as the run."""
    run = {(each["id"].partition("[")[0], name) for each in record["tests"] for name in each["names"]}
    written = {
        (binding.test, binding.name)
        for test in found_in(PROJECT, "tests/test_all.py")
        for binding in test.bindings
    }
    assert written == run
