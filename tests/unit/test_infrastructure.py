"""Dockerfiles, Compose files, manifests: what is read in them, and what their tools say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.ci import read_ci
from tenhats.facts.infrastructure import (
    ComposeSchema,
    Hadolint,
    Infrastructure,
    Manifests,
    compose_schema,
    hadolint,
    read_infrastructure,
    validate_manifests,
)
from tenhats.facts.pipelines import Pipelines, hold_against_schemas
from tests.unit.made_up import ask, complaint, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-004")


DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: greeter
"""
COMPOSE = "services:\n  web:\n    build: .\n    portz: []\n  db:\n    image: postgres\n"


def test_files_are_known_by_name_and_content(tmp_path: Path) -> None:
    """Those of the tests, of a specification and of CI are not among them, nor templates."""
    files = {
        "Dockerfile": "FROM a:1\n", "Dockerfile.j2": "", "tests/Dockerfile": "",
        "docker-compose.prod.yml": "a: 1", "k8s/web.yaml": DEPLOYMENT,
        "specs/a/contracts/web.yaml": DEPLOYMENT,
        "chart/templates/a.yaml": DEPLOYMENT.replace("greeter", "{{ x }}"),
        "chart/Chart.yaml": "name: a", "main.tf": "",
    }  # fmt: skip
    here = folder(tmp_path, files)
    found = read_infrastructure(here, tree_of(here))
    assert (found.dockerfiles, found.composed) == (("Dockerfile",), ("docker-compose.prod.yml",))
    assert (found.manifests, found.templates) == (("k8s/web.yaml",), ("chart/templates/a.yaml",))
    assert (found.charts, found.terraform) == (("chart/Chart.yaml",), ("main.tf",))


def test_without_infrastructure_no_tool_is_started(tmp_path: Path) -> None:
    """Nothing of the kind is not applicable, and costs nothing."""
    here = folder(tmp_path, {"README.md": "x"})
    found = read_infrastructure(here, tree_of(here))
    assert found == Infrastructure()
    assert is_not_applicable(ask("OPS010", hadolint(here, found)))
    assert is_not_applicable(ask("OPS011", found, validate_manifests(here, found)))
    assert is_not_applicable(ask("OPS012", found, compose_schema(here, found)))
    assert is_not_applicable(
        ask("OPS013", hold_against_schemas(here, tree_of(here), read_ci(here, tree_of(here))))
    )


@pytest.mark.req("008-deployment-and-security/SC-001")
def test_what_hadolint_says_is_handed_on() -> None:
    """What it only informs about is advice."""
    said = Hadolint(
        ("Dockerfile",), (complaint("Dockerfile", 2, "DL3006"),), (complaint("Dockerfile", 3, "DL3059"),)
    )
    findings = ask("OPS010", said)
    assert told(findings) == [("Dockerfile", 2, "DL3006: wrong")]
    assert hinted(findings) == [("Dockerfile", 3, "DL3059: wrong")]
    assert is_silent(ask("OPS010", Hadolint(("Dockerfile",))))


def test_what_the_api_of_kubernetes_refuses_is_handed_on(tmp_path: Path) -> None:
    """An image without a version, a container without a probe and a resource without a schema are advice."""
    here = folder(tmp_path, {"k8s/web.yaml": DEPLOYMENT})
    found = read_infrastructure(here, tree_of(here))
    said = Manifests(found.manifests, (complaint("k8s/web.yaml", 4),), (complaint("k8s/web.yaml", 2),))
    findings = ask("OPS011", found, said)
    assert [line for _, line, _ in told(findings)] == [4]
    assert [line for _, line, _ in hinted(findings)] == [2, 9, 9]


def test_a_manifest_that_is_no_yaml_is_told_of(tmp_path: Path) -> None:
    """At the line where it cannot be read further."""
    here = folder(tmp_path, {"k8s/web.yaml": "apiVersion: v1\nkind: Pod\n\tspec: 1\n"})
    found = read_infrastructure(here, tree_of(here))
    assert [(path, line) for path, line, _ in told(ask("OPS011", found, Manifests()))] == [
        ("k8s/web.yaml", 3)
    ]


def test_a_compose_file_is_held_against_the_schema(tmp_path: Path) -> None:
    """The key that it does not know has a line; images and health checks are advice."""
    here = folder(tmp_path, {"compose.yml": COMPOSE})
    found = read_infrastructure(here, tree_of(here))
    findings = ask("OPS012", found, compose_schema(here, found))
    assert [(path, line) for path, line, _ in told(findings)] == [("compose.yml", 4)]
    assert [line for _, line, _ in hinted(findings)] == [6, 2]
    assert is_silent(ask("OPS012", Infrastructure(), ComposeSchema(("compose.yml",))))


def test_a_workflow_is_held_against_the_schema(tmp_path: Path) -> None:
    """A misspelt key is told of at its line; GitLab's pipeline is looked at, too."""
    flow = "on: [push]\njobs:\n  a:\n    runs-on: x\n    timeout: 3\n    steps:\n      - run: b\n"
    here = folder(tmp_path, {".github/workflows/a.yml": flow, ".gitlab-ci.yml": "a:\n  script: [b]\n"})
    tree = tree_of(here)
    run = hold_against_schemas(here, tree, read_ci(here, tree))
    findings = ask("OPS013", run)
    assert (findings.looked_at, [(path, line) for path, line, _ in told(findings)]) == (
        2,
        [(".github/workflows/a.yml", 5)],
    )
    assert is_silent(ask("OPS013", Pipelines(("a.yml",))))
