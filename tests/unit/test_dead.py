"""Code that is of no use, and the rule that wants none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.dead import DeadCode, find_dead_code
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-008")

CODE = "src/greeter/a.py"


def dead(root: Path, code: str, **more: str) -> DeadCode:
    here = folder(
        root, {CODE: code, **{f"{name.replace('__', '/')}.py": text for name, text in more.items()}}
    )
    return find_dead_code(here, tree_of(here))


@pytest.mark.parametrize(
    ("code", "line", "kind", "name"),
    [
        ("x = 1\ndef _f() -> None:\n    _f()\n", 2, "function", "_f"),
        ("async def _f() -> None: ...\n", 1, "function", "_f"),
        ("class _C:\n    pass\n", 1, "class", "_C"),
        ("_LEAST = 1\n", 1, "constant", "_LEAST"),
        ("_LEAST: int = 1\n", 1, "constant", "_LEAST"),
    ],
)
def test_a_private_name_that_stands_nowhere_else_is_dead(
    tmp_path: Path, code: str, line: int, kind: str, name: str
) -> None:
    """A function that only calls itself is called by nobody."""
    findings = ask("DEV009", dead(tmp_path, code))
    assert told(findings) == [(CODE, line, f"nobody uses the private {kind} {name}")]


@pytest.mark.parametrize(
    "code",
    [
        "def _f() -> None: ...\n\n_f()\n",
        "def _f() -> None: ...\n\nCALLED = '_f'\n",
        "def _load_csv() -> None: ...\n\ndef load(kind): return globals()[f'_load_{kind}']()\n",
        "@app.get('/')\ndef _index() -> None: ...\n",
        "class _Json(Reader): ...\n",
        "class C:\n    def _missing_(self): ...\n",
        "_KEPT = patch()\n",
        "def __getattr__(name): ...\n",
        "def f(): ...\n",
        "if X:\n    def _f(): ...\nelse:\n    _f = None\n_f()\n",
    ],
)
def test_what_may_be_used_is_not_dead(tmp_path: Path, code: str) -> None:
    """By a text, a decorator, a base class, somebody else's rules, for what it does."""
    assert told(ask("DEV009", dead(tmp_path, code))) == []


def test_what_another_file_names_is_used(tmp_path: Path) -> None:
    """Whatever file of the project it is."""
    assert is_silent(
        ask("DEV009", dead(tmp_path, "def _f(): ...\n", tests__test_a="from greeter.a import _f\n"))
    )


def test_what_only_the_tooling_names_is_dead(tmp_path: Path) -> None:
    """It is no part of the project."""
    findings = ask("DEV009", dead(tmp_path, "def _f(): ...\n", tenhats__src__a="x = _f\n"))
    assert [line for _, line, _ in told(findings)] == [1]


def test_a_private_module_that_nobody_names_is_dead(tmp_path: Path) -> None:
    """Its first line is the place; a method is advice."""
    here = folder(tmp_path, {CODE: "class C:\n    def _f(self): ...\n", "src/greeter/_old.py": "x = 1\n"})
    findings = ask("DEV009", find_dead_code(here, tree_of(here)))
    assert told(findings) == [("src/greeter/_old.py", 1, "nobody uses the private module _old")]
    assert hinted(findings) == [(CODE, 2, "nobody uses the private method _f")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f():\n    return 1\n    print(2)\n", [(3, "return")]),
        (
            "for x in y:\n    if x:\n        continue\n        print(2)\n    else:\n        break\n",
            [(4, "continue")],
        ),
        ("def f():\n    raise ValueError\n    return 1\n    return 2\n", [(3, "raise")]),
        ("def f():\n    return\n    yield\n", []),
        ("def f():\n    if x:\n        return 1\n    return 2\n", []),
    ],
)
def test_what_stands_after_the_end_is_never_reached(
    tmp_path: Path, code: str, expected: list[tuple[int, str]]
) -> None:
    """A lone yield makes a generator, and is meant."""
    findings = ask("DEV009", dead(tmp_path, code))
    assert [(line, message.rpartition(" ")[2]) for _, line, message in told(findings)] == expected


def test_without_code_nothing_is_asked(tmp_path: Path) -> None:
    """What Python cannot parse is said elsewhere."""
    assert is_not_applicable(ask("DEV009", dead(tmp_path, "def (\n")))
