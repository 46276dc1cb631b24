"""The advisory service: clean only if it was asked and answered."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.security import Bandit, Workflows, advisories, bandit, workflows
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-005")


HERE = ProjectEnvironment("env", sys.executable, "stamp")


@pytest.mark.req("008-deployment-and-security/US2.2")
def test_a_service_that_does_not_answer_is_unavailable(tmp_path: Path) -> None:
    """Within seconds, with its address; never taken for clean."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1/query"
        here = folder(tmp_path, {"pyproject.toml": ""}, advisories=url)
        with pytest.raises(Unavailable, match=rf"the advisory service {url} did not answer"):
            advisories(here, HERE)


@pytest.mark.parametrize("url", ["http://example.org/", "file:///etc/passwd", "ftp://example.org"])
def test_a_service_without_https_is_not_asked(tmp_path: Path, url: str) -> None:
    """Nor a file of this machine."""
    here = folder(tmp_path, {"pyproject.toml": ""}, advisories=url)
    with pytest.raises(Unavailable, match="must begin with https://"):
        advisories(here, HERE)


def test_a_project_that_is_not_installed_is_not_audited(tmp_path: Path) -> None:
    """There is nothing whose packages could be asked about."""
    here = folder(tmp_path, {"pyproject.toml": ""})
    with pytest.raises(Unavailable, match="see OPS007"):
        advisories(here, ProjectEnvironment("env", "", "", "no solution"))


def test_without_files_no_tool_is_started(tmp_path: Path) -> None:
    """Nothing to look at is nothing found, and not applicable."""
    here = folder(tmp_path, {"README.md": "x"})
    assert bandit(here, tree_of(here)) == Bandit()
    assert workflows(here, tree_of(here)) == Workflows()


def test_what_a_project_has_switched_off_in_bandit_is_not_told(tmp_path: Path) -> None:
    """bandit's own table in pyproject.toml counts, as it does for whoever calls bandit with it."""
    source = {"src/a.py": "import subprocess\n"}
    heard = folder(tmp_path / "heard", {"pyproject.toml": "", **source})
    quiet = folder(tmp_path / "quiet", {"pyproject.toml": '[tool.bandit]\nskips = ["B404"]\n', **source})

    assert [each.code for each in bandit(heard, tree_of(heard)).complaints] == ["B404"]
    assert bandit(quiet, tree_of(quiet)).complaints == ()
