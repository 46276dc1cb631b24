"""What deploys, and whether a page says how to go back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.ci import read_ci
from tenhats.facts.deployments import (
    CLUSTER,
    IMAGE,
    INDEX,
    PLAN,
    PLATFORM,
    Deployment,
    Deployments,
    find_deployments,
)
from tenhats.facts.infrastructure import read_infrastructure
from tenhats.formats.way_back import WayBack, ways_back
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-010")

FLOW = ".github/workflows/release.yml"
JOB = "on: [push]\njobs:\n  release:\n    runs-on: x\n    steps:\n      - {step}\n"
PAGE = "# Ship\n\n## Roll back\n\n1. `git revert`\n"


def found_in(root: Path, **files: str) -> Deployments:
    """What deploys in a project of these files."""
    here = folder(root, {name.replace("__", "/"): text for name, text in files.items()})
    tree = tree_of(here)
    return find_deployments(here, tree, read_ci(here, tree), read_infrastructure(here, tree))


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("uses: pypa/gh-action-pypi-publish@release/v1", INDEX),
        ("run: uv publish", INDEX),
        ("run: kubectl apply -f k8s", CLUSTER),
        ("run: terraform apply -auto-approve", PLAN),
        ("run: flyctl deploy --remote-only", PLATFORM),
        ("run: docker push ghcr.io/acme/web", IMAGE),
        ("{uses: docker/build-push-action@v6, with: {push: true}}", IMAGE),
    ],
)
def test_a_job_that_deploys_is_known(tmp_path: Path, step: str, kind: str) -> None:
    """By what its steps run or use; at its own line."""
    found = found_in(tmp_path, **{FLOW: JOB.format(step=step)})
    assert (Deployment(FLOW, 3, kind, "the job release"),) == found.deployments


@pytest.mark.parametrize(
    "step",
    [
        "run: uv build",
        "run: mkdocs gh-deploy",
        "uses: actions/deploy-pages@v4",
        "{uses: docker/build-push-action@v6, with: {push: false}}",
        "{uses: pypa/gh-action-pypi-publish@v1, with: {repository-url: https://test.pypi.org/legacy/}}",
        "{run: kind create cluster && kubectl apply -f k8s}",
    ],
)
def test_a_job_that_deploys_nothing_is_not(tmp_path: Path, step: str) -> None:
    """Documentation, trials, and images that stay here."""
    assert Deployments() == found_in(tmp_path, **{FLOW: JOB.format(step=step)})


def test_gitlabs_jobs_and_files_are_known_too(tmp_path: Path) -> None:
    """Scripts, and what the files are for."""
    files = {".gitlab-ci.yml": "ship:\n  script: [helm upgrade web .]\n", "main.tf": "", "fly.toml": ""}
    assert [(".gitlab-ci.yml", "chart"), ("main.tf", PLAN), ("fly.toml", PLATFORM)] == [
        (each.path, each.kind) for each in found_in(tmp_path, **files).deployments
    ]


def test_no_page_is_told_of_once(tmp_path: Path) -> None:
    """At what deploys first; a changelog is no such page."""
    files = {
        FLOW: JOB.format(step="run: uv publish"),
        "main.tf": "",
        "CHANGELOG.md": PAGE,
        "specs/a.md": PAGE,
    }
    assert told(ask("OPS016", found_in(tmp_path, **files))) == [
        (FLOW, 3, "the job release publishes, and no page says how to go back")
    ]


def test_a_page_with_a_step_is_accepted(tmp_path: Path) -> None:
    """Wherever it stands; without a step it is told of."""
    flow = {FLOW: JOB.format(step="run: uv publish")}
    assert is_silent(ask("OPS016", found_in(tmp_path / "a", **flow, **{"docs/ship.md": PAGE})))
    empty = {"docs/ship.md": "# Roll back\n\nAsk Ada.\n\n## Later\n\nTODO `x`\n"}
    assert told(ask("OPS016", found_in(tmp_path / "b", **flow, **empty))) == [
        ("docs/ship.md", 1, "under “Roll back” there is neither a step nor a command")
    ]


def test_an_image_that_nothing_pushes_is_advice(tmp_path: Path) -> None:
    """It may only serve the developers."""
    findings = ask("OPS016", found_in(tmp_path, Dockerfile="FROM python:3.13\n"))
    assert ([], ["Dockerfile"]) == (findings.found, [path for path, _, _ in hinted(findings)])
    assert is_not_applicable(ask("OPS016", Deployments()))


@pytest.mark.parametrize(
    "title",
    [
        "Rollback", "How to roll back a release", "Reverting a deployment", "Downgrading", "Going back",
        "Restore the previous version", "Zurückrollen", "Retour arrière", "Revertir un despliegue",
        "Reverter a versão", "Ripristino della versione", "Откат релиза", "ロールバック手順", "回滚", "롤백",
    ],
)  # fmt: skip
def test_a_heading_is_known_in_each_language(title: str) -> None:
    """And so is one that is only bold."""
    assert [WayBack("a.md", 2, title, has_steps=True)] == ways_back(
        "a.md", f"\n## {title}\n\n```sh\nundo\n```\n"
    )
    assert [True] == [each.has_steps for each in ways_back("a.md", f"**{title}**:\n\n1. Undo it.\n")]


@pytest.mark.parametrize("title", ["Background", "Feedback", "Releases", "Setting up", "Ablauf"])
def test_another_heading_is_not(title: str) -> None:
    """However it sounds."""
    assert [] == ways_back("a.md", f"## {title}\n\n`roll`\n")


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    """What stands under smaller ones is its own."""
    text = "## Rollback\n\n{}\n\n### Package\n\n{}\n\n## More\n\n- step\n"
    assert [False] == [each.has_steps for each in ways_back("a.md", text.format("Words.", "Words."))]
    assert [True] == [each.has_steps for each in ways_back("a.md", text.format("Words.", "- Yank."))]


def test_restructuredtext_is_read(tmp_path: Path) -> None:
    """By its underlines."""
    text = "Ship\n====\n\nRoll back\n---------\n\n::\n\n    git revert\n\nMore\n----\n"
    assert [WayBack("a.rst", 4, "Roll back", has_steps=True)] == ways_back("a.rst", text)
