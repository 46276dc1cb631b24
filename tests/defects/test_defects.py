"""Every rule is proven by a planted defect: it alone turns red, at the right place."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tenhats.rule import RULES
from tests.defects.planted import DEFECTS, Defect
from tests.world import RealProject, findings, verdicts

NEEDS_A_SERVICE = {"SEC002"}


def line_of(project: RealProject, path: str, words: str) -> int | None:
    """The line of the file on which the words stand; the first if there are none."""
    if not words:
        return None
    lines = project.read(path).splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_every_rule_has_a_defect() -> None:
    """A rule without a planted defect does not ship."""
    assert {defect.code for defect in DEFECTS} | NEEDS_A_SERVICE == set(RULES)


def test_a_clean_project_has_no_finding(real_project: RealProject) -> None:
    """Without a defect nothing is red, and only the advisory service may be unchecked."""
    report = real_project.gates()

    assert findings(report) == set()
    assert verdicts(report, "unchecked") <= {"SEC002"}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect.code} {defect.what}")
def test_defect_is_found(real_project: RealProject, defect: Defect) -> None:
    """Exactly the rule that the defect was planted for turns red, at the right file and line."""
    with real_project.changed() as project:
        defect.change(project)
        line = line_of(project, defect.path, defect.at)
        report = project.gates()

    found = findings(report)
    assert {defect.code} == verdicts(report, "failed")
    assert any((code, path) == (defect.code, defect.path) for code, path, _ in found), found
    assert line is None or (defect.code, defect.path, line) in found


class Service(BaseHTTPRequestHandler):
    """A stand-in for the advisory service, which knows of flaws in the packages named."""

    flawed: frozenset[str] = frozenset()

    def do_POST(self) -> None:
        """Answer a query in the form of OSV."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = json.loads(body)
        name = asked["package"]["name"]
        named = name if name in self.flawed or (name, asked["version"]) == ("pip", "1.0") else None
        flaw = (
            '{"vulns": [{"id": "PYSEC-2026-1", "summary": "it leaks", "details": "It leaks.", '
            '"published": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z", '
            '"affected": [{"package": {"name": "%s", "ecosystem": "PyPI"}, '
            '"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}]}]}]}'
        )
        answer = (flaw % named if named else "{}").encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    """The address of a stand-in for the advisory service, on the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()


def asking(project: RealProject, service: str) -> None:
    """Let the project ask the stand-in."""
    project.replace("pyproject.toml", "[tool.tenhats]\n", f'[tool.tenhats]\nadvisories = "{service}"\n')


def test_vulnerable_dependency_is_found(
    real_project: RealProject, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dependency with a known flaw turns SEC002 red, and only it, where the package is named."""
    monkeypatch.setattr(Service, "flawed", frozenset({"hypothesis"}))
    with real_project.changed() as project:
        asking(project, service)
        line = line_of(project, "pyproject.toml", '"hypothesis"')
        report = project.gates("--fresh", "--gate", "5")

    assert {("SEC002", "pyproject.toml", line)} == findings(report)
    assert "99" in next(rule for rule in report["rules"] if rule["findings"])["findings"][0]["fix"]


def test_clean_dependencies_pass(real_project: RealProject, service: str) -> None:
    """When the service answers and knows of nothing, SEC002 has passed and says of how many."""
    with real_project.changed() as project:
        asking(project, service)
        report = project.gates("--fresh", "--only", "SEC002")

    assert {"SEC002"} == verdicts(report, "passed")
    assert report["rules"][0]["looked_at"] > 5


def test_silent_service_is_unchecked(real_project: RealProject) -> None:
    """When nobody answers, SEC002 is unchecked, says so, and fails a strict run."""
    with real_project.changed() as project:
        asking(project, "http://127.0.0.1:9/v1/query")
        report = project.gates("--only", "SEC002")
        strict = project.tenhats("gates", "--only", "SEC002", "--strict")

    assert {"SEC002"} == verdicts(report, "unchecked")
    assert "did not answer" in report["rules"][0]["reason"]
    assert strict.code == 1
