"""What puts the program where its users are, and what the pages say of going back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tenhats.contracts.documents import Faulty, parse, text_of
from tenhats.fact import Project, fact
from tenhats.facts.ci import Ci
from tenhats.facts.infrastructure import FOUND_BY, Infrastructure
from tenhats.facts.tree import Tree
from tenhats.formats.way_back import WayBack, ways_back

INDEX, CLUSTER, CHART, PLAN, IMAGE, PLATFORM = "index", "cluster", "chart", "plan", "image", "platform"

# What a step runs or uses, and what that changes. Pages of documentation are nobody's deployment.
_DOES = {
    kind: re.compile("|".join(patterns))
    for kind, patterns in {
        INDEX: (
            r"gh-action-pypi-publish", r"\btwine upload\b", r"\bsemantic-release (?:publish|version)\b",
            r"\b(?:uv|poetry|hatch|flit|pdm|maturin|npm) publish\b",
        ),
        CHART: (r"\bhelm (?:upgrade|install)\b", r"\bhelmfile (?:apply|sync)\b"),
        CLUSTER: (
            r"\bkubectl (?:apply|rollout restart|set image|replace)\b", r"/k8s-deploy@",
            r"\bargocd app sync\b",
        ),
        PLAN: (
            r"\b(?:terraform|tofu|terragrunt) apply\b", r"\bpulumi up\b", r"pulumi/actions@",
            r"\b(?:cdk|sam|cloudformation) deploy\b",
        ),
        PLATFORM: (
            r"amazon-ecs-deploy-task-definition",
            r"\baws (?:ecs update-service|lambda update-function-code)\b",
            r"deploy-cloudrun@", r"deploy-appengine@", r"\bgcloud (?:run|app|functions) deploy\b",
            r"azure/(?:webapps-deploy|functions-action|container-apps-deploy-action)@", r"\baz webapp up\b",
            r"heroku-deploy@", r"\bgit push \S{0,40}heroku\b", r"\brailway up\b", r"\bansible-playbook\b",
            r"\b(?:fly|flyctl|eb|serverless|sls|kamal|docker stack) deploy\b",
        ),
        IMAGE: (r"\b(?:docker|podman)(?: image)? push\b", r"\bdocker buildx build [^\n]{0,200}--push\b"),
    }.items()
}  # fmt: skip
# A cluster that lives as long as the job is there to try things.
_TRIES = re.compile(r"kind-action|\bkind create\b|minikube|\bk3d\b|k3s|microk8s")
_BUILDS_AN_IMAGE = "docker/build-push-action@"
# Files that only a platform reads which deploys what they describe.
_OF_A_PLATFORM = (
    "fly.toml", "render.yaml", "Procfile", "serverless.yml", "serverless.yaml", "railway.json",
    "railway.toml", "cdk.json", "samconfig.toml", "config/deploy.yml",
)  # fmt: skip
_PAGES = ("*.md", "*.rst")
_NO_PAGES = ("tenhats/", "personas/", "specs/", "tests/", ".")
_NO_PAGE = {"CHANGELOG.md", "CHANGES.md", "HISTORY.md", "CHANGELOG.rst", "AGENTS.md", "CLAUDE.md"}
_CI_FILES = (".github/*", ".gitlab-ci.yml")


@dataclass(frozen=True)
class Deployment:
    """A job of CI, or a file, that puts something where its users are; `kind` is what that changes."""

    path: str
    line: int
    kind: str
    what: str


@dataclass(frozen=True)
class Deployments:
    """What deploys; the Dockerfiles; and, where something does, the headings about going back."""

    deployments: tuple[Deployment, ...] = ()
    images: tuple[str, ...] = ()
    ways_back: tuple[WayBack, ...] = ()


@fact(reads=(*_CI_FILES, *_PAGES, *_OF_A_PLATFORM, *FOUND_BY))
def find_deployments(project: Project, tree: Tree, ci: Ci, infrastructure: Infrastructure) -> Deployments:
    """Read the jobs of CI, the kinds of the files, and the pages if something is deployed."""
    found = [each for path in ci.files for each in _jobs(project, path)]
    for paths, kind, what in (
        (infrastructure.manifests, CLUSTER, "a manifest of Kubernetes"),
        (infrastructure.terraform + infrastructure.pulumi, PLAN, "infrastructure as code"),
        (infrastructure.charts, CHART, "a chart of Helm"),
        (tree.matching(*_OF_A_PLATFORM), PLATFORM, "a file of a platform"),
    ):
        found += [Deployment(path, 1, kind, what) for path in paths]
    if not found and not infrastructure.dockerfiles:
        return Deployments()
    back = [
        each
        for path in tree.matching(*_PAGES)
        if not path.startswith(_NO_PAGES) and path.rpartition("/")[2] not in _NO_PAGE
        for each in ways_back(path, (project.root / path).read_text(encoding="utf-8", errors="replace"))
    ]
    return Deployments(tuple(found), infrastructure.dockerfiles, tuple(back))


def _jobs(project: Project, path: str) -> Iterator[Deployment]:
    """The jobs of one file of CI that deploy; a file that cannot be read is told of by OPS004."""
    try:
        document = parse(path, text_of((project.root / path).read_bytes()))
    except Faulty:
        return
    is_github = path.startswith(".github")
    jobs = document.data.get("jobs") if is_github else document.data
    for name, job in jobs.items() if isinstance(jobs, dict) else ():
        if not isinstance(job, dict) or job.get("if") is False:
            continue
        line = document.line(("jobs", name) if is_github else (name,))
        steps = list(_steps(job))
        kind = next((kind for text in steps if (kind := _does(text))), None)
        if kind and not any(map(_TRIES.search, steps)):
            yield Deployment(path, line, kind, f"the job {name}")


def _does(text: str) -> str | None:
    return next((kind for kind, pattern in _DOES.items() if pattern.search(text)), None)


def _steps(job: dict[str, Any]) -> Iterator[str]:
    """What each step runs or uses; an action that builds an image pushes it only if it is told so."""
    steps = job.get("steps")
    for step in steps if isinstance(steps, list) else ():
        if not isinstance(step, dict):
            continue
        uses, given = str(step.get("uses") or ""), step.get("with")
        options = given if isinstance(given, dict) else {}
        if uses.startswith(_BUILDS_AN_IMAGE) and options.get("push") not in {None, False, "false"}:
            yield "docker push"
        elif "test.pypi.org" not in str(options):
            yield uses
        yield str(step.get("run") or "")
    script = job.get("script")
    yield from [script] if isinstance(script, str) else map(str, script if isinstance(script, list) else ())
