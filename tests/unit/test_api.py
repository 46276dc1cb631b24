"""The public interface, read from the source alone, and the page made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.api import PublicApi, PublicObject, read_api
from tenhats.facts.pages import read_front_pages
from tenhats.facts.site import api_page
from tenhats.facts.toolrun import answer, within
from tenhats.processes import Completed
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-001")


CODE = '''"""Greet."""
import os
raise SystemExit("never imported")

class Greeter:
    """Greets."""
    name: str = "x"
    def greet(self, name: str, *, loud: bool = False) -> str:
        return name
    def _hidden(self): ...
    def __init__(self): ...

def part(): ...
def _hidden(): ...
'''


def read(tmp_path: Path, files: dict[str, str]) -> PublicApi:
    here = folder(tmp_path, files)
    return read_api(here, tree_of(here))


def test_what_is_public_is_read_without_importing(tmp_path: Path) -> None:
    """Modules, classes, functions and methods; nothing with an underscore, nothing imported."""
    api = read(tmp_path, {"src/greeter/__init__.py": CODE, "src/greeter/__main__.py": "x = 1\n"})
    assert [(each.name, each.kind, each.line, each.docstring) for each in api.objects] == [
        ("greeter", "module", 1, "Greet."),
        ("greeter.Greeter", "class", 5, "Greets."),
        ("greeter.Greeter.greet", "function", 8, None),
        ("greeter.part", "function", 13, None),
    ]
    assert api.objects[2].path == "src/greeter/__init__.py"
    assert api.objects[2].signature == "greet(name: str, *, loud: bool = False) -> str"


def test_a_module_that_is_a_single_file_is_read(tmp_path: Path) -> None:
    """Beside packages; without sources there is nothing public."""
    assert [each.name for each in read(tmp_path, {"src/one.py": '"""One."""\n'}).objects] == ["one"]
    assert read(tmp_path / "empty", {"README.md": "x"}) == PublicApi()


def test_sources_that_cannot_be_parsed_are_unavailable(tmp_path: Path) -> None:
    """Never an interface without objects."""
    with pytest.raises(Unavailable, match="the interface of src/greeter cannot be read"):
        read(tmp_path, {"src/greeter/__init__.py": "def (:\n"})


def test_the_page_of_the_interface_is_made_from_docstrings() -> None:
    """Sections become bold and their entries a list; code blocks stay as they are."""
    docstring = (
        "Return a greeting.\n\nArgs:\n    name: Who is greeted,\n        at length.\n\n"
        "Raises:\n    ValueError: if blank.\n\nExample:\n    >>> greet('Ada')\n"
    )
    page = api_page(
        PublicApi((PublicObject("src/g.py", 3, "g.greet", "function", "greet(name)", docstring),))
    )
    assert page.startswith("# Interface\n")
    assert "#### `g.greet`\n\n```python\ngreet(name)\n```\n\nReturn a greeting." in page
    assert "**Args:**\n\n- `name`: Who is greeted,\n  at length." in page
    assert "**Raises:**\n\n- `ValueError`: if blank." in page
    assert "    >>> greet('Ada')" in page
    assert page.endswith("*function in `src/g.py`*\n")


def test_front_pages_are_read_or_missed(tmp_path: Path) -> None:
    """Both are wanted; one that is no text is a problem."""
    here = folder(tmp_path, {"README.md": "# A\n\n```\nTODO: x\n```\n"})
    readme, changelog = read_front_pages(here, tree_of(here)).pages
    assert (readme.is_there, [each.text for each in readme.headings]) == (True, ["A"])
    assert "TODO: x" not in [line.text for line in readme.lines]
    assert (changelog.path, changelog.is_there) == ("CHANGELOG.md", False)
    here = folder(tmp_path, {"CHANGELOG.md": b"\xff"})
    assert [each.path for each in read_front_pages(here, tree_of(here)).problems] == ["CHANGELOG.md"]


def test_a_tools_answer_is_its_json() -> None:
    """Another ending, or prose, is unavailable with the tool's last words."""
    assert answer(Completed(1, "[1]", ""), "ruff") == [1]
    with pytest.raises(Unavailable, match=r"ruff ended with 2: no such option"):
        answer(Completed(2, "[]", "no such option"), "ruff")
    with pytest.raises(Unavailable, match=r"ruff did not answer in JSON: hello"):
        answer(Completed(0, "hello", ""), "ruff")


def test_a_tools_path_is_the_projects(tmp_path: Path) -> None:
    """Relative to the root, with forward slashes, whatever the tool says."""
    assert within(tmp_path, str(tmp_path / "src" / "a.py")) == "src/a.py"
    assert within(tmp_path, "./src/a.py") == "src/a.py"
    assert within(tmp_path, "/elsewhere/a.py") == "/elsewhere/a.py"
