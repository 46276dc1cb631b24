"""How pytest is told to collect, in each file that it would ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.pytestconfig import PytestConfig, read_config
from tests.unit.made_up import folder

pytestmark = pytest.mark.req("004-proof/FR-001")


INI = (
    "[{}]\npython_files = check_*.py\n    more_*.py\ntestpaths = a b/\n"
    "addopts = -q --ignore c/ --ignore-glob=*_old\n"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", INI.format("pytest")),
        (".pytest.ini", INI.format("pytest")),
        ("tox.ini", INI.format("pytest")),
        ("setup.cfg", INI.format("tool:pytest")),
        (
            "pyproject.toml",
            '[tool.pytest.ini_options]\npython_files = "check_*.py more_*.py"\ntestpaths = ["a", "b/"]\n'
            'addopts = "-q --ignore c/ --ignore-glob=*_old"\n',
        ),
        (
            "pyproject.toml",
            '[tool.pytest]\npython_files = ["check_*.py", "more_*.py"]\ntestpaths = ["a", "b/"]\n'
            'addopts = ["-q", "--ignore", "c/", "--ignore-glob=*_old"]\n',
        ),
        (
            "pytest.toml",
            '[pytest]\npython_files = ["check_*.py", "more_*.py"]\ntestpaths = ["a", "b"]\n'
            'addopts = ["--ignore=c", "--ignore-glob", "*_old"]\n',
        ),
    ],
)
def test_every_file_that_pytest_asks_is_read(tmp_path: Path, name: str, text: str) -> None:
    """Lists as TOML has them, or as words."""
    config = read_config(folder(tmp_path, {name: text}).root)
    assert config == PytestConfig(
        files=("check_*.py", "more_*.py"), paths=("a", "b"), ignored=("c",), ignored_globs=("*_old",)
    )


def test_the_first_file_that_says_something_decides(tmp_path: Path) -> None:
    """An empty pytest.ini decides too; a pyproject.toml without the table does not."""
    files = {"pyproject.toml": "[project]\n", "tox.ini": "[pytest]\npython_functions = should\n"}
    assert read_config(folder(tmp_path, files).root).functions == ("should",)
    assert read_config(folder(tmp_path, {"pytest.ini": ""}).root) == PytestConfig()


@pytest.mark.parametrize("text", ["[tool.pytest", "\udcff"])
def test_a_file_that_cannot_be_read_leaves_the_defaults(tmp_path: Path, text: str) -> None:
    """pytest will refuse it itself, and DEV001 hands that on."""
    content = text.encode("utf-8", "surrogateescape")
    assert read_config(folder(tmp_path, {"pyproject.toml": content}).root) == PytestConfig()


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("tests/test_a.py", True),
        ("tests/deep/test_a.py", True),
        ("tests/.hidden/test_a.py", False),
        ("tests/build/test_a.py", False),
        ("tests_of_others/test_a.py", False),
        ("src/test_a.py", False),
    ],
)
def test_some_folders_are_never_looked_into(path: str, is_there: bool) -> None:
    """Those that pytest leaves out by itself."""
    assert PytestConfig().is_within(path, "tests") == is_there


@pytest.mark.parametrize(
    ("pattern", "path", "is_file"),
    [
        ("test_*.py", "tests/test_a.py", True),
        ("test_*.py", "tests/test_a/b.py", False),
        ("tests/*.py", "tests/a.py", True),
        ("tests/*.py", "my_tests/a.py", False),
        ("tests/*.py", "deep/tests/a.py", True),
    ],
)
def test_a_pattern_with_a_folder_is_held_against_the_path(pattern: str, path: str, is_file: bool) -> None:
    """One without against the file's own name."""
    assert PytestConfig(files=(pattern,)).is_file(path) == is_file
