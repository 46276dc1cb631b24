"""How a project is laid out, and the rule that wants it as Python's tools expect."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tenhats.facts.package import Package
from tenhats.facts.structure import Structure, read_structure
from tenhats.facts.tree import Tree
from tests.unit.made_up import ask, folder, hinted, is_silent, told

pytestmark = pytest.mark.req("005-code-and-documentation/FR-008")

GOOD = '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "greeter"\nrequires-python = ">=3.11"\n'
WHEEL = Package("greeter-1.0-py3-none-any.whl", packages=("greeter",))


def laid_out(root: Path, files: dict[str, str], pyproject: str = GOOD) -> Structure:
    kept = {"pyproject.toml": pyproject, "LICENSE": "", "src/greeter/__init__.py": "", **files}
    return read_structure(folder(root, kept), Tree(root, tuple(sorted(kept)), has_git=True))


def test_a_good_layout_passes(tmp_path: Path) -> None:
    """The one of the template."""
    structure = laid_out(tmp_path, {"tests/test_a.py": "", "src/greeter/data/a.txt": ""})
    assert structure.packages == ("src/greeter",)
    assert is_silent(ask("ARC009", structure, WHEEL))


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        (GOOD.replace("[build-system]", "[tool.x]"), 1, "[build-system]"),
        (GOOD.replace("requires-python", "description"), 3, "requires-python"),
    ],
)
def test_what_every_tool_asks_for_is_there(tmp_path: Path, text: str, line: int, name: str) -> None:
    """What builds the package, and for which Python."""
    ((path, at, message),) = told(ask("ARC009", laid_out(tmp_path, {}, text), WHEEL))
    assert (path, at) == ("pyproject.toml", line)
    assert message.startswith(f"there is no {name}")


def test_what_is_no_package_is_built_by_nothing(tmp_path: Path) -> None:
    """uv and Poetry can be told so; a requirement of Python may be dynamic."""
    text = '[project]\nname = "a"\ndynamic = ["requires-python"]\n[tool.uv]\npackage = false\n'
    assert is_silent(ask("ARC009", laid_out(tmp_path, {}, text), WHEEL))


def test_what_a_tool_has_built_is_not_kept(tmp_path: Path) -> None:
    """One finding for a folder; a page of the documentation may be called dist."""
    made = {
        "src/greeter/__pycache__/a.cpython-311.pyc": "",
        "src/greeter/__pycache__/b.cpython-311.pyc": "",
        "src/greeter.egg-info/PKG-INFO": "",
        "dist/greeter-1.0.tar.gz": "",
        "docs/dist/index.md": "",
    }
    findings = ask("ARC009", laid_out(tmp_path, made), WHEEL)
    assert [path for path, _, _ in told(findings)] == [
        "dist/greeter-1.0.tar.gz",
        "src/greeter.egg-info/PKG-INFO",
        "src/greeter/__pycache__/a.cpython-311.pyc",
    ]
    assert findings.found[2].fix == "git rm -r --cached src/greeter/__pycache__, and add it to .gitignore"


def test_a_folder_that_is_imported_is_a_package(tmp_path: Path) -> None:
    """One that nobody imports may be data, and is advice."""
    files = {
        "src/greeter/rules/a.py": "",
        "src/greeter/samples/b.py": "",
        "src/greeter/c.py": "import os\nfrom .rules import a\n",
    }
    findings = ask("ARC009", laid_out(tmp_path, files), WHEEL)
    assert told(findings) == [
        (
            "src/greeter/rules/a.py",
            1,
            "src/greeter/rules/ has no __init__.py, though src/greeter/c.py:2 imports from it",
        )
    ]
    assert [path for path, _, _ in hinted(findings)] == ["src/greeter/samples/b.py"]


def test_the_folder_of_the_sources_is_no_package(tmp_path: Path) -> None:
    """Else everything can be imported as src, whether it is installed or not."""
    findings = ask("ARC009", laid_out(tmp_path, {"src/__init__.py": ""}), WHEEL)
    assert [path for path, _, _ in told(findings)] == ["src/__init__.py"]


def test_a_licence_is_there(tmp_path: Path) -> None:
    """What is private may do without."""
    structure = replace(laid_out(tmp_path, {}), has_licence=False)
    assert told(ask("ARC009", structure, WHEEL)) == [
        ("pyproject.toml", 1, "there is no LICENSE: nobody may use this")
    ]
    private = ask("ARC009", replace(structure, is_private=True), WHEEL)
    assert (told(private), len(private.advised)) == ([], 1)


def test_the_wheel_installs_what_is_the_projects_own(tmp_path: Path) -> None:
    """A folder called tests is everybody's; without a wheel nobody knows."""
    structure = laid_out(tmp_path, {})
    findings = ask("ARC009", structure, replace(WHEEL, packages=("greeter", "tests"), line=7))
    assert told(findings) == [("pyproject.toml", 7, "the wheel installs tests, which may be anybody's")]
    unbuilt = ask("ARC009", structure, Package(None, build_error="no"))
    assert unbuilt.unseen == "there is no wheel to look into; see OPS001"


def test_tests_in_the_package_and_a_working_setup_are_advice(tmp_path: Path) -> None:
    """Some have reasons for them."""
    files = {
        "src/greeter/tests/test_a.py": "",
        "setup.py": "import subprocess\nfrom setuptools import setup\nsubprocess.run(['make'])\nsetup()\n",
    }
    findings = ask("ARC009", laid_out(tmp_path, files), WHEEL)
    assert [(path, line) for path, line, _ in hinted(findings)] == [
        ("src/greeter/tests/test_a.py", 1),
        ("src/greeter/tests/test_a.py", 1),
        ("setup.py", 3),
    ]
