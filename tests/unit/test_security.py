"""The advisory service: clean only if it was asked and answered."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.security import Advisories, Bandit, Workflows, advisories, bandit, workflows
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


FLAW = {"id": "PYSEC-1", "summary": "It leaks.", "affected": [
    {"package": {"name": "leaky", "ecosystem": "PyPI"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}]}]}  # fmt: skip
KNOWN = json.dumps({"vulns": [{"id": "PYSEC-0", "affected": []}]})


@pytest.fixture
def service() -> Iterator[ThreadingHTTPServer]:
    """A stand-in for the advisory service on the loopback; `answers` are its status and body, by package."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = server.answers[asked["package"]["name"]]  # type: ignore[attr-defined]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def audited(
    root: Path, service: ThreadingHTTPServer, canary: tuple[int, str], leaky: tuple[int, str]
) -> Advisories:
    """An audit of one package, by a service that gives these answers."""
    service.answers = {"pip": canary, "leaky": leaky}  # type: ignore[attr-defined]
    place = root / "env/lib/python3/site-packages/leaky-1.0.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: leaky\nVersion: 1.0\n")
    url = f"http://127.0.0.1:{service.server_address[1]}/v1/query"
    text = '[project]\nname = "greeter"\ndependencies = [\n  "leaky-tools",\n  "leaky>=1",\n]\n'
    here = folder(root, {"pyproject.toml": text}, advisories=url)
    return advisories(here, ProjectEnvironment(str(root / "env"), sys.executable, "stamp"))


def test_a_flaw_is_told_of_where_the_package_is_asked_for(
    tmp_path: Path, service: ThreadingHTTPServer
) -> None:
    """And not where another has a name that begins alike; a clean answer is one, too."""
    found = audited(tmp_path / "a", service, (200, KNOWN), (200, json.dumps({"vulns": [FLAW]})))
    assert [(5, "PYSEC-1", "leaky 1.0: It leaks.", "raise leaky to 2")] == [
        (each.line, each.code, each.message, each.fix) for each in found.complaints
    ]
    assert Advisories(("leaky",)) == audited(tmp_path / "b", service, (200, KNOWN), (200, "{}"))


@pytest.mark.parametrize(
    ("canary", "leaky", "why"),
    [
        ((500, "down"), (200, "{}"), "did not answer: Internal Server Error"),
        ((200, "<html>"), (200, "{}"), "did not answer"),
        ((200, "{}"), (200, "{}"), "knows of no flaw in pip 1.0, so it knows too little"),
        ((200, "[]"), (200, "{}"), "knows too little"),
        ((200, KNOWN), (500, "down"), "pip-audit did not finish asking http"),
        ((200, KNOWN), (200, "<html>"), "pip-audit did not finish asking http"),
        ((200, KNOWN), (200, json.dumps({"vulns": [{**FLAW, "schema_version": "2.0"}]})),
         "could not read an answer of .*Unsupported OSV schema"),
    ],
)  # fmt: skip
def test_a_broken_answer_is_never_taken_for_clean(
    tmp_path: Path, service: ThreadingHTTPServer, canary: tuple[int, str], leaky: tuple[int, str], why: str
) -> None:
    """Not at the first question, and not between others."""
    with pytest.raises(Unavailable, match=why):
        audited(tmp_path, service, canary, leaky)


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
