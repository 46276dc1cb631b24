"""Tests tried with every function switched off: what notices, what does not, what could not be tried."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.fact import Project
from tenhats.facts.trial import Tried, try_tests
from tests.unit.made_up import folder, surroundings

pytestmark = pytest.mark.req("004-proof/FR-004")


CONFIG = '[tool.pytest]\npythonpath = ["src"]\nstrict_config = true\n'


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly: load no plugin but ours."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def on_disk(root: Path, code: str, tests: str, **files: str) -> Project:
    """A project of one module and one test file."""
    return folder(root, {"pyproject.toml": CONFIG, "src/made.py": code, "tests/test_made.py": tests, **files})


def tried(project: Project, *names: str, off: str = "all") -> dict[str, str]:
    """The outcome of each test, by its name."""
    found = try_tests(project, sys.executable, [f"tests/test_made.py::{name}" for name in names], off=off)
    return {each.id.partition("::")[2]: each.outcome for each in found}


@pytest.mark.req("004-proof/US2.1")
def test_what_asserts_notices_and_what_does_not_proves_nothing(tmp_path: Path) -> None:
    """A test that only calls, one that tests its own copy, one that asserts that a mock was called."""
    code = "def double(n):\n    '''Twice.'''\n    return 2 * n\n"
    tests = """
from unittest.mock import Mock
import made

def double(n):
    return 2 * n

def test_asserts():
    assert made.double(2) == 4

def test_only_calls():
    made.double(2)

def test_its_own_copy():
    assert double(2) == 4

def test_the_mock():
    mock = Mock()
    mock(made.double(2))
    mock.assert_called_once()
"""
    names = ("test_asserts", "test_only_calls", "test_its_own_copy", "test_the_mock")

    found = tried(on_disk(tmp_path, code, tests), *names)

    assert dict(zip(names, ("failed", "passed", "passed", "passed"), strict=True)) == found


EVERY_KIND = '''
"""Each kind of function."""
import asyncio
import functools
from dataclasses import dataclass
from typing import overload

@dataclass
class Kept:
    """Its generated methods stay."""
    number: int = 7

LIMIT = 3

def marked(function):
    @functools.wraps(function)
    def wrapper(*given):
        return function(*given)
    return wrapper

class Made:
    """Something."""

    def __init__(self):
        self.on = True

    @property
    def size(self):
        return 1

    @classmethod
    def make(cls):
        return cls

    @staticmethod
    def twice(n):
        return 2 * n

@overload
def same(thing: int) -> int: ...
@overload
def same(thing: str) -> str: ...
def same(thing):
    return thing

@marked
def decorated(n):
    return n

def counting():
    yield 1

async def waited():
    await asyncio.sleep(0)
    return 1

async def counted():
    yield 1

def one_line(n): return n
'''

TESTS_OF_EVERY_KIND = """
import asyncio
import made

async def all_of(them):
    return [each async for each in them]

def test_init():
    assert made.Made().on

def test_property():
    assert made.Made().size == 1

def test_class_method():
    assert made.Made.make() is made.Made

def test_static_method():
    assert made.Made.twice(2) == 4

def test_overload():
    assert made.same(1) == 1

def test_decorated():
    assert made.decorated(1) == 1

def test_generator():
    assert list(made.counting()) == [1]

def test_async():
    assert asyncio.run(made.waited()) == 1

def test_async_generator():
    assert asyncio.run(all_of(made.counted())) == [1]

def test_one_line():
    assert made.one_line(1) == 1

def test_what_stays():
    assert (made.Kept().number, made.LIMIT, made.Made.__doc__) == (7, 3, "Something.")
    assert list(made.counting()) == []
"""


def test_every_kind_of_function_is_switched_off(tmp_path: Path) -> None:
    """And dataclasses, constants and docstrings stay; a generator still is one."""
    kinds = (
        "init property class_method static_method overload decorated generator async async_generator one_line"
    )
    names = [f"test_{kind}" for kind in kinds.split()]

    found = tried(on_disk(tmp_path, EVERY_KIND, TESTS_OF_EVERY_KIND), *names, "test_what_stays")

    assert {**dict.fromkeys(names, "failed"), "test_what_stays": "passed"} == found


def test_what_importing_calls_stays_whole(tmp_path: Path) -> None:
    """At collection, and also where a module is imported by a test only; otherwise nothing could be tried."""
    table = "def squares():\n    return {n: n * n for n in range(3)}\n\nTABLE = squares()\nTWO = TABLE[2]\n"
    tests = (
        "def test_late():\n    import late\n    assert late.TWO == 4\n\n"
        "def test_again():\n    import late\n    assert late.squares()[2] == 4\n"
    )
    here = on_disk(tmp_path, "", tests, **{"src/late.py": table})

    assert {"test_late": "passed", "test_again": "failed"} == tried(here, "test_late", "test_again")


def test_an_import_error_is_no_proof(tmp_path: Path) -> None:
    """Only a test that ran can notice anything."""
    tests = "def test_it():\n    import no_such_module\n"

    (found,) = try_tests(on_disk(tmp_path, "", tests), sys.executable, ["tests/test_made.py::test_it"])

    assert ("not imported", False, False) == (found.outcome, found.ran, found.noticed)
    assert "no_such_module" in found.why


def test_programs_that_a_test_starts_do_nothing_either(tmp_path: Path) -> None:
    """The command of a project is tried like its functions."""
    code = "def main():\n    print('hello')\n\nif __name__ == '__main__':\n    main()\n"
    tests = """
import subprocess, sys

def test_prints():
    done = subprocess.run([sys.executable, "src/made.py"], capture_output=True, text=True)
    assert done.stdout == "hello\\n"

def test_module():
    done = subprocess.run([sys.executable, "-m", "made"], capture_output=True, text=True, cwd="src")
    assert (done.stdout, done.stderr) == ("hello\\n", "")

def test_ends():
    assert subprocess.run([sys.executable, "-m", "made"], cwd="src").returncode == 0
"""
    names = ("test_module", "test_ends")

    assert {"test_module": "failed", "test_ends": "passed"} == tried(on_disk(tmp_path, code, tests), *names)


def test_a_plugin_of_a_pytest_that_a_test_starts_does_nothing_either(tmp_path: Path) -> None:
    """Although pytest would rewrite the assertions of its plugins, and so read their sources by itself."""
    code = "def pytest_report_header():\n    return 'made it'\n"
    tests = """
import subprocess, sys

def test_header():
    command = [sys.executable, "-m", "pytest", "-p", "made", "--collect-only", "no_tests"]
    assert "made it" in subprocess.run(command, cwd="src", capture_output=True, text=True).stdout
"""
    here = on_disk(tmp_path, code, tests, **{"src/no_tests/__init__.py": ""})
    names = ["tests/test_made.py::test_header"]

    outcomes = [
        each.outcome
        for off in ("", "all")
        for each in try_tests(here, sys.executable, names, off=off, seconds={names[0]: 10})
    ]

    assert ["passed", "failed"] == outcomes


def test_a_subtest_notices_for_its_test(tmp_path: Path) -> None:
    """Whoever runs it: unittest, or pytest's own fixture."""
    code = "def one():\n    return 1\n"
    tests = """
import unittest
import made

class MadeTests(unittest.TestCase):
    def test_case(self):
        with self.subTest("one"):
            self.assertEqual(made.one(), 1)
        with self.subTest("two"):
            self.assertTrue(2)

def test_fixture(subtests):
    with subtests.test("one"):
        assert made.one() == 1

def test_only_passes(subtests):
    with subtests.test("one"):
        made.one()
"""
    names = ("MadeTests::test_case", "test_fixture", "test_only_passes")

    found = tried(on_disk(tmp_path, code, tests), *names)

    assert dict(zip(names, ("failed", "failed", "passed"), strict=True)) == found


def test_a_loop_is_ended_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Whether it runs Python code, which can be interrupted, or nothing but C, which cannot."""
    code = "def done():\n    return True\n\ndef numbers():\n    return range(3)\n"
    tests = """
import itertools
import made

def test_waits():
    while not made.done():
        pass

def test_waits_in_c():
    numbers = made.numbers()
    sum(itertools.repeat(0) if numbers is None else numbers)

def test_after():
    assert made.done()
"""
    names = ("test_waits", "test_waits_in_c", "test_after")

    found = tried(on_disk(tmp_path, code, tests), *names)

    assert {"test_waits": "too long", "test_waits_in_c": "too long", "test_after": "failed"} == found


def test_one_function_can_be_off_alone(tmp_path: Path) -> None:
    """It is named by its file and the line of its `def`."""
    code = "def one():\n    return 1\n\ndef two():\n    return 2\n"
    tests = (
        "import made\n\ndef test_one():\n    assert made.one()\n\ndef test_two():\n    assert made.two()\n"
    )
    here = on_disk(tmp_path, code, tests)

    off = f"{os.path.realpath(tmp_path / 'src/made.py')}:4"

    assert {"test_one": "passed", "test_two": "failed"} == tried(here, "test_one", "test_two", off=off)


def test_nothing_in_the_tree_is_touched(tmp_path: Path) -> None:
    """Not even a compiled file is left beside the sources."""

    def state() -> dict[str, str]:
        return {
            path.relative_to(tmp_path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in tmp_path.rglob("*")
            if path.is_file() and ".tenhats" not in path.parts
        }

    here = on_disk(
        tmp_path, "def one():\n    return 1\n", "import made\n\ndef test_it():\n    assert made.one()\n"
    )
    before = state()
    tried(here, "test_it")

    assert before == state()


def test_the_projects_own_options_do_not_cut_it_short(tmp_path: Path) -> None:
    """`-x` in its configuration would stop at the first test that notices."""
    here = on_disk(
        tmp_path,
        "def one():\n    return 1\n",
        "import made\n\ndef test_a():\n    assert made.one()\n\ndef test_b():\n    assert made.one()\n",
        **{"pyproject.toml": f'{CONFIG}addopts = ["-x"]\n'},
    )

    assert {"test_a": "failed", "test_b": "failed"} == tried(here, "test_a", "test_b")


def test_a_suite_that_cannot_start_is_unavailable(tmp_path: Path) -> None:
    """And it is said what pytest said."""
    here = on_disk(tmp_path, "", "", **{"tests/conftest.py": "import no_such_module\n"})

    with pytest.raises(Unavailable, match=r"could not be tried: .*no_such_module"):
        try_tests(here, sys.executable, ["tests/test_made.py::test_it"])


def test_only_what_ran_says_anything() -> None:
    """A skipped test is no proof that the implementation is needed."""
    assert [True, False, False] == [Tried("a", said).noticed for said in ("too long", "skipped", "passed")]


def test_a_run_that_is_killed_has_changed_nothing(tmp_path: Path) -> None:
    """Nothing is written into the tree, so nothing has to be put back."""
    here = on_disk(
        tmp_path,
        "def one():\n    return 1\n",
        "import time\nimport made\n\ndef test_it():\n    open('begun', 'w').close()\n    time.sleep(30)\n",
    )
    before = {path: path.read_bytes() for path in (tmp_path / "src").rglob("*") if path.is_file()}
    code = (
        "from pathlib import Path\nfrom tenhats.fact import Project\nfrom tenhats.settings import Settings\n"
        "from tenhats.facts.trial import try_tests\nimport sys\n"
        f"project = Project(Path({str(here.root)!r}), Settings())\n"
        "try_tests(project, sys.executable, ['tests/test_made.py::test_it'], "
        "seconds={'tests/test_made.py::test_it': 20})\n"
    )
    running = subprocess.Popen([sys.executable, "-c", code], env=surroundings())
    until = time.monotonic() + 60
    while not (tmp_path / "begun").exists() and running.poll() is None and time.monotonic() < until:
        time.sleep(0.05)

    running.kill()
    running.wait()

    assert (tmp_path / "begun").exists()
    assert before == {path: path.read_bytes() for path in (tmp_path / "src").rglob("*") if path.is_file()}
