"""The sessions of the documentation: typed into Python, and held against what the page shows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.examples import Callables, Examples, read_examples
from tenhats.facts.sessions import Sessions, Statement, type_sessions
from tests.unit.made_up import ask, folder, hinted, is_silent, told, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-007")

SOURCE = """def greet(name: str) -> str:
    if not name:
        raise ValueError("blank")
    return f"Hi, {name}!"
"""
RAISED = "Traceback (most recent call last):\n  ...\nValueError: blank"
THERE = Callables(packages=frozenset({"greeter"}))
HERE = ProjectEnvironment(str(Path(sys.prefix)), sys.executable, "")


def typed(root: Path, session: str, environment: ProjectEnvironment = HERE) -> Sessions:
    """What becomes of a session on the third line of a page."""
    page = f"# A\n```python\n{session}\n```\n"
    here = folder(root, {"README.md": page, "src/greeter.py": SOURCE})
    tree = tree_of(here)
    return type_sessions(here, tree, read_examples(here, tree), THERE, environment)


@pytest.mark.parametrize(
    "session",
    [
        ">>> from greeter import greet\n>>> greet('Ada')\n'Hi, Ada!'",
        ">>> import greeter\n>>> greeter.greet('Ada')",
        ">>> from greeter import greet\n>>> greet('')\n" + RAISED,
        ">>> print('a\\n\\nb')\na\n\nb",
        ">>> list(range(20))\n[0, 1, ..., 19]",
        ">>> 1  # doctest: +SKIP\n2",
        ">>> class A:\n...     x = 1\n>>> A.x\n1",
    ],
)
def test_what_the_page_shows_may_come(tmp_path: Path, session: str) -> None:
    """Output that is left out, cut short or skipped is no mistake."""
    found = typed(tmp_path, session)
    assert {each.became for each in found.statements} <= {"as told", "skipped"}
    assert is_silent(ask("DOC005", Examples(), found))


@pytest.mark.parametrize("package", ["trial", "told", "growth", "secrets", "history"])
def test_nothing_of_ours_hides_a_package_of_the_project(tmp_path: Path, package: str) -> None:
    """Whatever our own files are called, the session has the project's."""
    page = f"# A\n```python\n>>> import {package}\n>>> {package}.GREETING\n'Hi!'\n```\n"
    here = folder(tmp_path, {"README.md": page, f"{package}/__init__.py": "GREETING = 'Hi!'\n"})
    tree = tree_of(here)
    found = type_sessions(here, tree, read_examples(here, tree), THERE, HERE)

    assert ["as told", "as told"] == [each.became for each in found.statements]


@pytest.mark.parametrize(
    ("session", "line", "message", "fix"),
    [
        (
            ">>> from greeter import greet\n>>> greet('Ada')\n'Hello, Ada!'",
            4,
            "`greet('Ada')` gives 'Hi, Ada!', not 'Hello, Ada!'",
            "write what comes: 'Hi, Ada!'",
        ),
        (
            ">>> from greeter import wave",
            3,
            "`from greeter import wave` raises ImportError: cannot import name 'wave' from 'greeter'",
            "correct the example, or mark it: # doctest: +SKIP",
        ),
        (
            ">>> import greeter\n>>> greeter.greet('A', 1)",
            4,
            "`greeter.greet('A', 1)` raises TypeError: greet() takes 1 positional argument but 2 were given",
            "correct the example, or mark it: # doctest: +SKIP",
        ),
        (
            ">>> import greeter\n>>> greeter.greet('A')\n" + RAISED,
            4,
            "`greeter.greet('A')` gives 'Hi, A!', not ValueError: blank",
            "write what comes: 'Hi, A!'",
        ),
    ],
)
def test_what_comes_otherwise_is_found(
    tmp_path: Path, session: str, line: int, message: str, fix: str
) -> None:
    """At the statement, with what came."""
    ((path, at, said),) = told(findings := ask("DOC005", Examples(), typed(tmp_path, session)))
    assert (path, at) == ("README.md", line)
    assert said.startswith(message[:80])
    assert findings.found[0].fix == fix


@pytest.mark.parametrize(
    "session",
    [
        ">>> import time\n>>> time.time()\n1700000000.5",
        ">>> object()\nobject",
        ">>> greet('Ada')\n'Hello'",
        ">>> import nobody_has_this",
        ">>> open('nowhere.txt')",
        ">>> import urllib.request\n>>> urllib.request.urlopen('http://localhost:9/')",
        ">>> import greeter._made",
    ],
)
def test_what_may_come_elsewhere_is_advice(tmp_path: Path, session: str) -> None:
    """Numbers, addresses, names that are not imported, other packages, files, the network."""
    findings = ask("DOC005", Examples(), typed(tmp_path, session))
    assert told(findings) == []
    assert len(findings.advised) == 1


def test_what_follows_a_surprise_is_advice(tmp_path: Path) -> None:
    """One mistake is one finding."""
    findings = ask("DOC005", Examples(), typed(tmp_path, ">>> 'a'\n'b'\n>>> 'c'\n'd'"))
    assert [line for _, line, _ in told(findings)] == [3]
    assert [line for _, line, _ in hinted(findings)] == [5]


def test_a_page_shares_one_session_and_leaves_the_project_alone(tmp_path: Path) -> None:
    """Files are written into a copy."""
    session = ">>> x = open('made.txt', 'w')\n```\nand\n```pycon\n>>> x.close()"
    assert [each.became for each in typed(tmp_path, session).statements] == ["as told", "as told"]
    assert not (tmp_path / "made.txt").exists()


def test_what_cannot_be_typed_is_unchecked(tmp_path: Path) -> None:
    """The project is not installed; the session ends Python. What came before it still counts."""
    broken = ProjectEnvironment("", "", "", error="no")
    assert typed(tmp_path, ">>> 1", broken).unseen == "the project could not be installed; see OPS007"
    found = typed(tmp_path, ">>> 1\n1\n>>> import os\n>>> os._exit(3)")
    assert found.unseen.startswith("the session of README.md ended with 3")
    assert len(found.statements) == 2
    assert ask("DOC005", Examples(), found).unseen == found.unseen


def test_long_output_is_cut() -> None:
    """A message has one line."""
    statement = Statement("README.md", 3, "f()\ng()", "differs", "a", "b" * 200, certain=True)
    ((_, _, message),) = told(ask("DOC005", Examples(), Sessions((statement,))))
    assert message == f"`f()` gives {'b' * 80}…, not a"
