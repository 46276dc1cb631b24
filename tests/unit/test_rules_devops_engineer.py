"""The DevOps engineer's rules, on made-up packages, CI files and pins."""

from __future__ import annotations

import pytest

from tenhats.facts.ci import Call, Ci
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.package import Command, Fault, Metadata, Package
from tenhats.facts.upkeep import Leftover, Merges, Pin, Pins
from tenhats.formats.model import Problem
from tests.unit.made_up import ask, is_not_applicable, is_silent, told

pytestmark = pytest.mark.req("008-deployment-and-security/FR-007")


WHEEL = Package("greeter-1-py3-none-any.whl", packages=("greeter",), line=20)
WORKFLOW = ".github/workflows/gates.yml"
ALL = frozenset(range(1, 9))


def test_a_wheel_that_builds_is_accepted() -> None:
    """A wheel with a package in it passes."""
    assert is_silent(ask("OPS001", WHEEL))


def test_a_wheel_that_does_not_build_is_told_of() -> None:
    """The builder's last words are handed on."""
    findings = ask("OPS001", Package(None, build_error="no such backend", line=20))
    assert told(findings) == [("pyproject.toml", 20, "the wheel does not build: no such backend")]


def test_an_empty_wheel_is_told_of() -> None:
    """A wheel without a package delivers nothing."""
    assert told(ask("OPS001", Package("x.whl", line=20))) == [
        ("pyproject.toml", 20, "the wheel holds no package")
    ]


def test_commands_that_answer_are_accepted() -> None:
    """The wheel and each command are looked at."""
    findings = ask("OPS002", Package("x.whl", commands=(Command("greet", 0, ""),)))
    assert is_silent(findings)
    assert findings.looked_at == 2


def test_a_command_that_does_not_answer_is_told_of() -> None:
    """The finding stands where the command is declared."""
    command = Command("greet", 1, "No module named 'click'", line=14)
    findings = ask("OPS002", Package("x.whl", commands=(command,)))
    message = "`greet --help` ends with 1: No module named 'click'"
    assert told(findings) == [("pyproject.toml", 14, message)]


def test_a_wheel_that_does_not_install_is_told_of() -> None:
    """The installer's last words are handed on."""
    findings = ask("OPS002", Package("x.whl", install_error="nothing provides clikc"))
    assert told(findings) == [
        ("pyproject.toml", 1, "the wheel does not install by itself: nothing provides clikc")
    ]


def test_without_a_wheel_the_commands_are_unchecked() -> None:
    """A wheel that was not built is not said to install."""
    findings = ask("OPS002", Package(None, build_error="no such backend"))
    assert (findings.looked_at, findings.found) == (0, [])
    assert findings.unseen == "there is no wheel to install; see OPS001"


def test_faulty_metadata_is_told_of_at_its_line() -> None:
    """The finding says what the standard does not allow."""
    fault = Fault("pyproject.toml", 4, "project.version: must be pep440")
    findings = ask("OPS003", Metadata(("project",), (fault,)))
    assert told(findings) == [("pyproject.toml", 4, "project.version: must be pep440")]


def test_valid_metadata_is_accepted() -> None:
    """Tables without faults pass; an empty file is not applicable."""
    assert is_silent(ask("OPS003", Metadata(("project",), ())))
    assert is_not_applicable(ask("OPS003", Metadata((), ()))) is False
    assert ask("OPS003", Metadata((), ())).looked_at == 0


def test_ci_that_runs_every_gate_is_accepted() -> None:
    """All at once will do, and so will one gate after the other."""
    each = tuple(Call(WORKFLOW, 9, frozenset({gate}), strict=True) for gate in ALL)
    assert is_silent(ask("OPS004", Ci((WORKFLOW,), (Call(WORKFLOW, 9, ALL, strict=True),))))
    assert is_silent(ask("OPS004", Ci((WORKFLOW,), each)))


def test_gates_that_ci_does_not_run_are_told_of() -> None:
    """The finding names them and stands at the call."""
    findings = ask("OPS004", Ci((WORKFLOW,), (Call(WORKFLOW, 9, ALL - {5, 6}, strict=True),)))
    assert told(findings) == [(WORKFLOW, 9, "CI does not run gate 5, 6 strictly")]


def test_ci_that_is_not_strict_is_told_of() -> None:
    """Without --strict an unchecked gate would be green."""
    findings = ask("OPS004", Ci((WORKFLOW,), (Call(WORKFLOW, 9, ALL, strict=False),)))
    assert told(findings) == [(WORKFLOW, 9, "CI does not run gate 1, 2, 3, 4, 5, 6, 7, 8 strictly")]


def test_ci_that_runs_no_gate_is_told_of() -> None:
    """A workflow that does something else is not enough."""
    assert told(ask("OPS004", Ci((WORKFLOW,)))) == [
        (WORKFLOW, 1, "CI does not run gate 1, 2, 3, 4, 5, 6, 7, 8 strictly")
    ]


def test_a_project_without_ci_is_told_of() -> None:
    """No CI at all is a failure, not “not applicable”."""
    findings = ask("OPS004", Ci())
    assert told(findings) == [(WORKFLOW, 1, "there is no CI configuration")]


def test_ci_that_cannot_be_read_is_told_of() -> None:
    """A workflow that is not YAML runs nothing, and is one finding."""
    problem = Problem(WORKFLOW, 3, f"{WORKFLOW} is not YAML", "mend its syntax")
    findings = ask("OPS004", Ci((WORKFLOW,), problems=(problem,)))
    assert told(findings) == [(WORKFLOW, 3, f"{WORKFLOW} is not YAML")]


def test_an_unfinished_merge_is_told_of() -> None:
    """The finding stands at the marker."""
    findings = ask("OPS005", Merges(3, (Leftover("a.txt", 2, "a conflict that is not resolved"),)))
    assert told(findings) == [("a.txt", 2, "here is a conflict that is not resolved")]


def test_finished_merges_are_accepted() -> None:
    """Files without markers pass; without files nothing was looked at."""
    assert is_silent(ask("OPS005", Merges(3, ())))
    assert is_not_applicable(ask("OPS005", Merges(0, ())))


@pytest.mark.parametrize(
    "line", ["ruff==0.17.6", "validate-pyproject[all]==0.27", "x == 1 ; python_version < '3'"]
)
def test_an_exact_pin_is_accepted(line: str) -> None:
    """Extras and markers do not make a pin less exact."""
    assert is_silent(ask("OPS006", Pins((Pin("tenhats/pyproject.toml", 9, line),))))


@pytest.mark.parametrize("line", ["ruff", "ruff>=0.17", "ruff==0.17,<1", "ruff==0.17.*", "ruff @ https://x"])
def test_a_loose_pin_is_told_of(line: str) -> None:
    """Whatever may change by itself is not one version."""
    findings = ask("OPS006", Pins((Pin("tenhats/pyproject.toml", 9, line),)))
    assert told(findings) == [("tenhats/pyproject.toml", 9, f"“{line}” is not one version")]


def test_without_pins_there_is_nothing_to_pin() -> None:
    """A project without the tools' file is not applicable."""
    assert is_not_applicable(ask("OPS006", Pins(())))


def test_a_project_that_installs_is_accepted() -> None:
    """An environment without an error passes."""
    assert is_silent(ask("OPS007", ProjectEnvironment("envs", "python", "stamp")))


def test_a_project_that_does_not_install_is_told_of() -> None:
    """The finding stands at the dependencies, with the installer's last words."""
    findings = ask("OPS007", ProjectEnvironment("envs", "python", "", "no solution found", 12))
    message = "the project cannot be installed: no solution found"
    assert told(findings) == [("pyproject.toml", 12, message)]
