"""The security engineer's rules, on what their tools are made up to say."""

from __future__ import annotations

import pytest

from tenhats.facts.security import Advisories, Bandit, Secrets, Workflows
from tenhats.facts.toolrun import ToolRun
from tests.unit.made_up import ask, complaint, is_not_applicable, is_silent, told

pytestmark = pytest.mark.req("008-deployment-and-security/FR-008")


TOOLS = [("SEC001", Bandit), ("SEC003", Secrets), ("SEC004", Workflows)]


@pytest.mark.parametrize(("code", "kind"), TOOLS)
def test_what_a_tool_finds_is_handed_on(code: str, kind: type[ToolRun]) -> None:
    """The finding has the tool's code, place and words."""
    findings = ask(code, kind(("a.py",), (complaint("a.py", 3, "B602", "shell=True"),)))
    assert told(findings) == [("a.py", 3, "B602: shell=True")]
    assert findings.found[0].fix != ""


@pytest.mark.parametrize(("code", "kind"), TOOLS)
def test_a_tool_that_finds_nothing_is_content(code: str, kind: type[ToolRun]) -> None:
    """Files without complaints pass; without files it is not applicable."""
    assert is_silent(ask(code, kind(("a.py",))))
    assert is_not_applicable(ask(code, kind()))


def test_a_vulnerable_dependency_is_told_of() -> None:
    """The advisory's name and the remedy are handed on."""
    flaw = complaint("pyproject.toml", 5, "PYSEC-1", "yaml 5: unsafe load", "raise yaml to 6")
    findings = ask("SEC002", Advisories(("yaml",), (flaw,)))
    assert told(findings) == [("pyproject.toml", 5, "PYSEC-1: yaml 5: unsafe load")]
    assert findings.found[0].fix == "raise yaml to 6"


def test_sound_dependencies_are_accepted() -> None:
    """Packages without advisories pass."""
    assert is_silent(ask("SEC002", Advisories(("yaml",))))


def test_a_dependency_that_could_not_be_audited_is_unchecked() -> None:
    """One package that was not asked about is enough not to be green."""
    findings = ask("SEC002", Advisories(("yaml",), (), ("own (not on PyPI)",)))
    assert findings.found == []
    assert findings.unseen == "1 packages could not be audited: own (not on PyPI)"


def test_an_audit_of_nothing_is_unchecked() -> None:
    """An audit that asked about no package is never taken for clean."""
    assert ask("SEC002", Advisories()).unseen == "not one package was audited"
