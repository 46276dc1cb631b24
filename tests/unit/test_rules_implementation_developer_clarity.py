"""The implementation developer's rules on functions that can be followed and types that arrive."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.style import Clarity
from tenhats.facts.style import clarity as look_at_clarity
from tenhats.facts.typed import TypedPackage, TypedPackages, find_typed_packages
from tests.unit.made_up import (
    ask,
    complaint,
    folder,
    function,
    hinted,
    is_not_applicable,
    is_silent,
    told,
    tree_of,
)

pytestmark = pytest.mark.req("005-code-and-documentation/FR-004")


GREETING = "src/greeter/greeting.py"


def test_what_cannot_be_followed_is_told_of() -> None:
    """Too many parameters are advice."""
    findings = ask(
        "DEV007",
        Clarity((GREETING,), (complaint(code="C901"), complaint(code="ASYNC251"), complaint(code="PLR0913"))),
    )
    assert told(findings) == [(GREETING, 3, "C901: wrong"), (GREETING, 3, "ASYNC251: wrong")]
    assert hinted(findings) == [(GREETING, 3, "PLR0913: wrong")]
    assert "asyncio.to_thread" in findings.found[1].fix


def test_what_can_be_followed_is_accepted() -> None:
    """Without sources it is not applicable."""
    assert is_silent(ask("DEV007", Clarity((GREETING,))))
    assert is_not_applicable(ask("DEV007", Clarity()))


def test_our_bounds_hold_whatever_the_project_selects(tmp_path: Path) -> None:
    """20 paths and a wait outside an event loop pass, 21 and a wait within one do not."""

    def branches(n: int) -> str:
        return (
            "def f(n):\n"
            + "".join(f"    if n == {each}:\n        n = 1\n" for each in range(n))
            + "    return n\n"
        )

    here = folder(
        tmp_path,
        {
            "ruff.toml": 'lint.select = ["E"]\n',
            "src/a.py": branches(19),
            "src/b.py": branches(20),
            "src/c.py": "import time\nasync def f():\n    time.sleep(1)\ndef g():\n    time.sleep(1)\n",
            "src/d.py": branches(20).replace("(n):", "(n):  # noqa: C901  it is a table", 1),
            "src/e.py": "type A[T] = list[T]\n",
            "tests/test_b.py": branches(20),
        },
    )
    found = look_at_clarity(here, tree_of(here))
    assert [(each.path, each.line, each.code) for each in found.complaints] == [
        ("src/b.py", 1, "C901"),
        ("src/c.py", 3, "ASYNC251"),
    ]
    assert "src/e.py" in found.files


def typed(*, is_marked: bool, claimed: bool = True) -> TypedPackages:
    package = TypedPackage("src/greeter/__init__.py", "greeter", is_marked, (function("bare", 9),))
    return TypedPackages((package,), claimed)


def test_types_that_do_not_arrive_are_told_of() -> None:
    """Where they are claimed; elsewhere it is advice, as are functions without any."""
    message = "greeter has type hints, and no py.typed tells of them"
    assert told(ask("DEV008", typed(is_marked=False))) == [("src/greeter/__init__.py", 1, message)]
    assert is_silent(ask("DEV008", typed(is_marked=False, claimed=False)))
    assert is_silent(ask("DEV008", typed(is_marked=True)))
    assert hinted(ask("DEV008", typed(is_marked=True))) == [(GREETING, 9, "bare has no type hints")]
    assert is_not_applicable(ask("DEV008", TypedPackages()))


def test_packages_with_hints_are_found(tmp_path: Path) -> None:
    """Those most of whose public functions have some; private and inner functions do not count."""
    code = (
        "def a(x: int): ...\ndef b() -> int:\n    def inner(x): ...\n    return 1\n"
        "def c(x): ...\ndef _d(x): ...\n"
    )
    here = folder(
        tmp_path,
        {
            "pyproject.toml": '[project]\nclassifiers = ["Typing :: Typed"]\n',
            "src/hinted/__init__.py": code,
            "src/hinted/py.typed": "",
            "src/bare/__init__.py": "def a(x): ...\n",
            "src/bare/inner/__init__.py": code,
        },
    )
    found = find_typed_packages(here, tree_of(here))
    assert found.claimed
    assert [(each.name, each.folder, each.is_marked) for each in found.packages] == [
        ("hinted", "src/hinted", True),
    ]
    assert [each.name for each in found.packages[-1].bare] == ["c"]
