"""The infrastructure that the project describes, and what the tools of its formats say of it.

Each tool is heavy, and is installed apart once there is a file for it. Terraform, Pulumi and Helm have facts
of their own; here their files are only found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.contracts.documents import Document, Faulty, parse_all, text_of
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.on_demand import equipped, program
from tenhats.facts.toolrun import Complaint, ToolRun, answer
from tenhats.facts.tree import Tree
from tenhats.formats.model import Problem
from tenhats.infrastructure import compose, dockerfile, kubernetes
from tenhats.infrastructure.model import Parts

_YAML = ("*.yml", "*.yaml")
_DOCKER = ("*Dockerfile*", "*Containerfile*", "*.dockerfile")
TERRAFORM, PULUMI, CHARTS = ("*.tf",), ("*Pulumi.yaml", "*Pulumi.yml"), ("*Chart.yaml",)
FOUND_BY = (*_YAML, *_DOCKER, *TERRAFORM, *PULUMI, *CHARTS)
_NOT_FOR_A_CLUSTER = (".github/", "tenhats/", "tests/")
_CHECK = Path(__file__).parents[1] / "probes" / "manifests.py"


@dataclass(frozen=True)
class Infrastructure:
    """The files by their kinds, what stands in them, and those that cannot be read.

    `templates` are YAML only once they are filled in, by Helm or the like.
    """

    dockerfiles: tuple[str, ...] = ()
    composed: tuple[str, ...] = ()
    manifests: tuple[str, ...] = ()
    terraform: tuple[str, ...] = ()
    pulumi: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    parts: Parts = field(default_factory=Parts)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Hadolint(ToolRun):
    """What hadolint says of the Dockerfiles; `mild` is what it only informs of, or cannot always be done."""

    mild: tuple[Complaint, ...] = ()


@dataclass(frozen=True)
class ComposeSchema(ToolRun):
    """What the schema of the Compose specification does not allow in the Compose files."""


@dataclass(frozen=True)
class Manifests(ToolRun):
    """What the API of Kubernetes does not allow; `unknown` are resources that it has no schema for."""

    unknown: tuple[Complaint, ...] = ()


@fact(reads=FOUND_BY)
def read_infrastructure(project: Project, tree: Tree) -> Infrastructure:
    """Read Dockerfiles, Compose files and manifests; not those of tests and specifications."""
    dockerfiles = [
        path for path in tree.matching(*_DOCKER) if dockerfile.is_dockerfile(path) and _ours(project, path)
    ]
    parts = Parts()
    problems: list[Problem] = []
    composed: list[str] = []
    manifests: list[str] = []
    templates: list[str] = []
    for path in dockerfiles:
        text = (project.root / path).read_text(encoding="utf-8", errors="replace")
        parts += dockerfile.read(path, text)
    for path in tree.matching(*_YAML):
        if not _ours(project, path):
            continue
        try:
            documents = _documents(project.root, path)
        except _IsTemplate:
            templates.append(path)
            continue
        except Faulty as fault:
            problems.append(Problem(path, fault.line, fault.message, "mend its syntax"))
            documents = []
        if compose.is_compose(path):
            composed.append(path)
            for each in documents[:1]:
                parts += compose.read(each)
        elif any(map(kubernetes.is_manifest, documents)):
            manifests.append(path)
            for each in filter(kubernetes.is_manifest, documents):
                parts += kubernetes.read(each)
    return Infrastructure(
        dockerfiles=tuple(dockerfiles),
        composed=tuple(composed),
        manifests=tuple(manifests),
        terraform=ours_of(project, tree, *TERRAFORM),
        pulumi=ours_of(project, tree, *PULUMI),
        charts=ours_of(project, tree, *CHARTS),
        templates=tuple(templates),
        parts=parts,
        problems=tuple(problems),
    )


def ours_of(project: Project, tree: Tree, *patterns: str) -> tuple[str, ...]:
    """The files of these patterns that describe infrastructure; not those of tests and specifications."""
    return tuple(path for path in tree.matching(*patterns) if _ours(project, path))


class _IsTemplate(Exception):
    """A file that is YAML only once Helm or the like has filled it in."""


# At the beginning of a line or of a value; in quotes it is for Prometheus or Argo, and YAML all the same.
_TEMPLATE = re.compile(r"^[ \t-]{0,80}(?:[\w./-]{1,80}:[ \t]{1,10})?\{\{", re.MULTILINE)


def _documents(root: Path, path: str) -> list[Document]:
    """The documents of a YAML file that may concern us: a Compose file, or one that looks like a manifest."""
    try:
        text = text_of((root / path).read_bytes())
    except (Faulty, OSError):
        return []
    if not (compose.is_compose(path) or kubernetes.looks_like_a_manifest(text)):
        return []
    if _TEMPLATE.search(text):
        raise _IsTemplate
    return parse_all(path, text)


def _ours(project: Project, path: str) -> bool:
    return not path.startswith(
        (*_NOT_FOR_A_CLUSTER, f"{project.settings.specs}/", f"{project.settings.tests}/")
    )


@fact(reads=(*_DOCKER, ".hadolint.yaml", ".hadolint.yml"))
def hadolint(project: Project, infrastructure: Infrastructure) -> Hadolint:
    """Run hadolint over the Dockerfiles; the project's own `.hadolint.yaml` holds."""
    files = infrastructure.dockerfiles
    if not files:
        return Hadolint()
    tool = program(equipped(project, "docker", "hadolint, which reads Dockerfiles"), "hadolint")
    said = answer(processes.run([tool, "--format=json", *files], cwd=project.root), "hadolint")
    told = [
        (each, Complaint(each["file"], each["line"], each["code"], each["message"], _page(each["code"])))
        for each in said
        if each["code"] not in _SAID_ELSEWHERE
    ]
    mild = tuple(what for each, what in told if _is_mild(each))
    return Hadolint(files, tuple(what for each, what in told if not _is_mild(each)), mild)


# A secret in ENV or ARG is OPS009's to tell, with the same words for every format.
_SAID_ELSEWHERE = {"DL3064"}
# Versions of a distribution's packages vanish from its servers: a pin breaks the build it should keep.
# DL3025 is also said of the command of HEALTHCHECK, which needs a shell for `|| exit 1`.
_CANNOT_ALWAYS = {
    "DL3003", "DL3008", "DL3013", "DL3016", "DL3018", "DL3025", "DL3028", "DL3033", "DL3041",
}  # fmt: skip


def _is_mild(said: dict[str, Any]) -> bool:
    return said["level"] not in {"error", "warning"} or said["code"] in _CANNOT_ALWAYS


def _page(code: str) -> str:
    home = (
        "https://www.shellcheck.net/wiki/"
        if code.startswith("SC")
        else "https://github.com/hadolint/hadolint/wiki/"
    )
    return f"see {home}{code}"


@fact(reads=_YAML)
def compose_schema(project: Project, infrastructure: Infrastructure) -> ComposeSchema:
    """Hold the Compose files against the schema that check-jsonschema brings along."""
    broken = {problem.path for problem in infrastructure.problems}
    files = tuple(path for path in infrastructure.composed if path not in broken)
    faults = against_schema(project, "vendor.compose-spec", files)
    return ComposeSchema(infrastructure.composed, faults)


@fact(reads=_YAML)
def validate_manifests(project: Project, infrastructure: Infrastructure) -> Manifests:
    """Hold the manifests against the API of Kubernetes, by the schemas of kubernetes-validate."""
    files = infrastructure.manifests
    if not files:
        return Manifests()
    tool = equipped(project, "kubernetes", "kubernetes-validate, which knows the API of Kubernetes")
    resources = [
        each for path in files for each in _documents(project.root, path) if kubernetes.is_manifest(each)
    ]
    asked = json.dumps([each.data for each in resources])
    done = processes.run([str(tool.python), str(_CHECK)], cwd=project.root, given=asked)
    complaints: list[Complaint] = []
    unknown: list[Complaint] = []
    for each, said in zip(resources, answer(done, "kubernetes-validate"), strict=True):
        kind = f"{each.data['kind']} {each.data['apiVersion']}"
        if said is None:
            unknown.append(Complaint(each.path, each.line(["kind"]), "schema", f"{kind} has no schema here"))
        elif said:
            steps, message = said
            complaints.append(Complaint(each.path, each.line(steps), kind, message))
    return Manifests(files, tuple(complaints), tuple(unknown))


def against_schema(project: Project, schema: str, files: tuple[str, ...]) -> tuple[Complaint, ...]:
    """What a schema that check-jsonschema brings along does not allow in these files; nothing is fetched.

    Raises:
        Unavailable: if check-jsonschema does not answer.
    """
    if not files:
        return ()
    done = processes.tool(
        "check_jsonschema", "--builtin-schema", schema, "--output-format=json", *files, cwd=project.root
    )
    said = answer(done, "check-jsonschema")
    if unread := said.get("parse_errors"):
        msg = f"check-jsonschema could not read {unread[0]['filename']}: {unread[0]['message']}"
        raise Unavailable(msg)
    return tuple(_wrong(project.root, said.get("errors", ())))


def _wrong(root: Path, errors: list[dict[str, Any]]) -> Iterator[Complaint]:
    for each in errors:
        best = each.get("best_deep_match") or each
        path, line = each["filename"], 1
        steps = [int(key) if key.isdigit() else key for key in _KEY.findall(best["path"])]
        try:
            document = next(iter(parse_all(path, text_of((root / path).read_bytes()))), None)
            line = document.line([*steps, *_UNEXPECTED.findall(best["message"])]) if document else 1
        except (Faulty, OSError) as error:
            msg = f"{path} changed while it was looked at: {error}"
            raise Unavailable(msg) from None
        yield Complaint(path, line, "schema", best["message"][:200])


# `$.jobs.x.steps[0]`; a key with a dot in it only makes the line less exact.
_KEY = re.compile(r"[^.\[\]$\"']+")
_UNEXPECTED = re.compile(r"\('([^']{1,80})' was unexpected\)")
