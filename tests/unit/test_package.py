"""The package's metadata, and what is installed to develop it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tenhats.facts.environment import ProjectEnvironment, development_requirements
from tenhats.facts.package import read_metadata
from tests.unit.made_up import folder

pytestmark = pytest.mark.req("008-deployment-and-security/FR-001")


GOOD = '[project]\nname = "greeter"\nversion = "1.0"\n'
ALWAYS = {"pytest": "pytest==9.2.0", "mypy": "mypy==2.4.1"}
OFFERED = {"hypothesis": "hypothesis==6.170.15"}


def faults(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    found = read_metadata(folder(tmp_path, {"pyproject.toml": text})).faults
    return [(each.line, each.message) for each in found]


def test_valid_metadata_has_no_faults(tmp_path: Path) -> None:
    """The least that the standard asks for."""
    assert faults(tmp_path, GOOD) == []


@pytest.mark.req("008-deployment-and-security/US1.1")
@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        (GOOD.replace("1.0", "one"), 3, "project.version"),
        (f'{GOOD}dependencies = ["a b c"]\n', 4, "project.dependencies"),
        ('[tool.x]\nversion = "a"\n\n[project]\nname = "x"\nversion = "one"\n', 6, "project.version"),
    ],
)
def test_faulty_metadata_is_placed_at_its_key(tmp_path: Path, text: str, line: int, key: str) -> None:
    """Inside its own table."""
    ((at, message),) = faults(tmp_path, text)
    assert at == line
    assert message.startswith(key)


def test_a_project_without_a_project_table_is_faulty(tmp_path: Path) -> None:
    """Nothing says what it is."""
    assert faults(tmp_path, "[tool.x]\ny = 1\n") == [
        (1, "there is no [project] table: nothing says what this is")
    ]


def wanted(text: str, *groups: str) -> list[str]:
    return development_requirements(tomllib.loads(text), groups or ("dev",), ALWAYS, OFFERED)


def test_our_pins_are_installed_where_the_project_has_no_wish() -> None:
    """What the gates need, always; what is offered, only if it is asked for."""
    assert wanted("") == ["mypy==2.4.1", "pytest==9.2.0"]
    assert wanted('[dependency-groups]\ndev = ["pytest", "Hypothesis", "rich"]\n') == [
        "rich",
        "hypothesis==6.170.15",
        "mypy==2.4.1",
        "pytest==9.2.0",
    ]


@pytest.mark.parametrize("wish", ["pytest>=8", "PyTest[testing]", "pytest @ https://example.org/pytest.whl"])
def test_the_projects_own_wish_wins(wish: str) -> None:
    """A guest does not say which version the host may use."""
    assert wanted(f'[dependency-groups]\ndev = ["{wish}"]\n') == [wish, "mypy==2.4.1"]


def test_a_dependency_of_the_project_is_a_wish_too() -> None:
    """A project may itself depend on what the gates need."""
    assert wanted('[project]\ndependencies = ["mypy<2"]\n') == ["pytest==9.2.0"]


def test_groups_include_others_and_may_be_missing() -> None:
    """As the standard says; a group that the project does not have is not asked for."""
    text = '[dependency-groups]\ndev = [{include-group = "docs"}]\ndocs = ["mkdocs"]\n'
    assert wanted(text, "dev", "none")[0] == "mkdocs"


@pytest.mark.parametrize(
    "text",
    [
        '[dependency-groups]\ndev = [{include-group = "gone"}]\n',
        "[dependency-groups]\ndev = [3]\n",
        '[dependency-groups]\ndev = [{include-group = "dev"}]\n',
    ],
)
def test_malformed_groups_are_told_of(text: str) -> None:
    """Missing, of the wrong kind, in a circle."""
    with pytest.raises((LookupError, TypeError, ValueError), match=r"group|3"):
        wanted(text)


def test_an_environment_knows_its_programs() -> None:
    """Beside its interpreter."""
    assert ProjectEnvironment("e", "e/bin/python", "s").scripts == Path("e/bin")
