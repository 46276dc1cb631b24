"""Health checks of web applications: what they ask, whether it is there, and whether a test asks it, too."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tenhats.facts.doors import Door, find_doors
from tenhats.facts.health import Asked, Deployed, Health, look_at_health
from tenhats.facts.infrastructure import read_infrastructure
from tenhats.infrastructure.model import Check
from tenhats.sources.routes import leads_to, routes_of
from tests.unit.made_up import ask, bound, folder, hinted, is_not_applicable, is_silent, suite, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-010")

APP = """from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
def health():
    return "ok"
"""
IMAGE = """FROM python:3.13
HEALTHCHECK CMD curl -f http://localhost:8000/health || exit 1
CMD ["uvicorn", "greeter.web:app"]
"""
TEST = "def test_it(client):\n    assert client.get('/health').status_code == 200\n"
DOOR = Door("web application", "FastAPI", "src/greeter/web.py", 3)
POD = """apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
        - image: ghcr.io/acme/greeter-api:1.0
          readinessProbe:
            httpGet: {path: /ready}
          livenessProbe:
            exec:
              command: [curl, "http://localhost:80/live"]
        - image: postgres:17
          readinessProbe:
            httpGet: {path: /db}
"""


def health_of(root: Path, **files: str) -> Health:
    """What is found of a project with a web application and these further files."""
    named = {
        "pyproject.toml": '[project]\nname = "greeter"\n',
        "src/greeter/web.py": APP,
        "tests/test_greeting.py": TEST,
        **{name.replace("__", "/"): text for name, text in files.items()},
    }
    here = folder(root, named)
    tree = tree_of(here)
    return look_at_health(here, tree, find_doors(here, tree), read_infrastructure(here, tree), suite(bound()))


def test_a_check_that_is_answered_is_accepted(tmp_path: Path) -> None:
    """The route is there, and a test asks it."""
    found = health_of(tmp_path, Dockerfile=IMAGE)
    assert (Asked("Dockerfile", 2, "/health", is_there=True, is_tried=True),) == found.asked
    assert is_silent(ask("OPS015", found))


def test_a_route_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    """Whoever asks it is told that the program is dead."""
    found = health_of(tmp_path, Dockerfile=IMAGE.replace("/health", "/healthz"))
    assert told(ask("OPS015", found)) == [
        ("Dockerfile", 2, "the application has no route /healthz, which this asks")
    ]


def test_a_route_that_no_test_asks_is_told_of_once(tmp_path: Path) -> None:
    """However many checks ask it."""
    twice = IMAGE.replace("CMD [", "HEALTHCHECK CMD curl http://localhost/health\nCMD [")
    found = health_of(
        tmp_path, Dockerfile=twice, tests__test_greeting=TEST, **{"tests__test_greeting.py": ""}
    )
    assert told(ask("OPS015", found)) == [
        ("Dockerfile", 2, "no test asks /health at the front door, as this does")
    ]


def test_an_application_that_nothing_asks_is_told_of(tmp_path: Path) -> None:
    """A check in a file that is not read counts, and is advice."""
    bare = IMAGE.replace("HEALTHCHECK", "#")
    findings = ask("OPS015", health_of(tmp_path / "a", Dockerfile=bare))
    message = "this deploys the FastAPI of src/greeter/web.py; nothing asks whether it works"
    assert told(findings) == [("Dockerfile", 1, message)]
    fly = {"fly.toml": "[[http_service.checks]]\npath = '/health'\n"}
    findings = ask("OPS015", health_of(tmp_path / "b", Dockerfile=bare, **fly))
    assert ([], 1) == (findings.found, len(hinted(findings)))


def test_probes_of_our_own_image_are_read(tmp_path: Path) -> None:
    """By its name; those of other images are for others."""
    found = health_of(tmp_path, **{"k8s__web.yaml": POD})
    assert [("/ready", 9), ("/live", 10)] == [(each.route, each.line) for each in found.asked]
    assert (Deployed("k8s/web.yaml", 7),) == found.deployed


def test_what_is_built_here_is_asked_by_compose(tmp_path: Path) -> None:
    """An image of other people, or of another language, has routes of its own."""
    compose = (
        "services:\n"
        "  web:\n    build: {context: back}\n    healthcheck: {test: curl http://localhost/health}\n"
        "  front:\n    build: front\n    healthcheck: {test: curl http://localhost/front}\n"
    )
    front = "FROM node:24\nHEALTHCHECK CMD curl http://localhost/other\n"
    files = {"compose.yml": compose, "back__Dockerfile": "FROM python:3.13\n", "front__Dockerfile": front}
    assert ["/health"] == [each.route for each in health_of(tmp_path, **files).asked]


def test_an_image_of_another_program_is_not_asked(tmp_path: Path) -> None:
    """It has sources of its own beside it, and so routes of its own."""
    files = {
        "worker__Dockerfile": IMAGE.replace("/health", "/other"),
        "worker__main.py": "",
        "Dockerfile": IMAGE,
    }
    assert ["/health"] == [each.route for each in health_of(tmp_path, **files).asked]


def test_a_check_without_a_path_is_advice() -> None:
    """A program that hangs may pass it."""
    found = Health((DOOR,), (Deployed("Dockerfile"),), others=(Check("Dockerfile", 3, ""),))
    findings = ask("OPS015", found)
    assert ([], [3]) == (findings.found, [line for _, line, _ in hinted(findings)])


def test_what_is_no_deployed_application_is_not_asked(tmp_path: Path) -> None:
    """Neither a command nor an application that nothing deploys."""
    assert is_not_applicable(ask("OPS015", Health()))
    assert is_not_applicable(ask("OPS015", health_of(tmp_path)))


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("@app.get('/health')\ndef a(): ...", "/api/v1/health"),
        ("router = APIRouter(prefix='/health')", "/health/"),
        ("app.add_url_rule('/ping', view_func=ping)", "/ping"),
        ("urlpatterns = [path('healthz/', ok)]", "/healthz"),
        ("urlpatterns = [re_path(r'^healthz/?$', ok)]", "/healthz/"),
        ("urlpatterns = [path('', home)]", "/"),
        ("@app.get('/{full_path:path}')\ndef a(): ...", "/whatever/it/is"),
        ("app.add_route('/of/{name}/state', Of())", "/of/web/state?full=1"),
        ("app.mount(f'{base}/live', live)", "/live"),
    ],
)
def test_a_route_is_found(source: str, path: str) -> None:
    """In each framework's way, wherever it is mounted."""
    assert leads_to(path, routes_of(ast.parse(source)).named)


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("@app.get('/health')\ndef a(): ...", "/healthz"),
        ("@app.get('/health/live')\ndef a(): ...", "/live"),
        ("@items.get('/{id}')\ndef a(): ...", "/health"),
        ("status = {}.get('status')", "/state"),
        ("@app.get('/a')\ndef a(): ...", "/"),
    ],
)
def test_a_route_that_is_not_there_is_not_found(source: str, path: str) -> None:
    """Neither by a part of a step, nor by a parameter alone."""
    assert not leads_to(path, routes_of(ast.parse(source)).named)


@pytest.mark.parametrize(
    "source",
    ["from healthcheck import HealthCheck", "urlpatterns = [path('', include('django_prometheus.urls'))]"],
)
def test_packages_that_bring_routes_are_believed(source: str) -> None:
    """What they are is not in the sources."""
    assert routes_of(ast.parse(source)).brings


@pytest.mark.parametrize(
    "test",
    [
        "def test_it(client):\n    client.get(reverse('core:health-check'))\n",
        "def test_it(client):\n    client.get(f'{BASE}/health-check')\n",
        "PATHS = ['/health-check']\n\ndef test_it(client):\n    [client.get(each) for each in PATHS]\n",
        "schema = schemathesis.from_asgi('/openapi.json', 1)\n\ndef test_it(case):\n    schema()\n",
    ],
)
def test_a_test_may_ask_in_other_words(tmp_path: Path, test: str) -> None:
    """By the name of the route, through a constant, or every route there is."""
    image = IMAGE.replace("/health", "/health-check")
    app = APP.replace("/health", "/health-check")
    files = {"src__greeter__web.py": app, "tests__test_greeting.py": test}
    assert [True] == [each.is_tried for each in health_of(tmp_path, Dockerfile=image, **files).asked]


def test_tests_of_other_languages_count(tmp_path: Path) -> None:
    """They ask all the same."""
    files = {"tests__test_greeting.py": "", "tests__smoke.hurl": "GET http://localhost/health\n"}
    assert [True] == [each.is_tried for each in health_of(tmp_path, Dockerfile=IMAGE, **files).asked]
