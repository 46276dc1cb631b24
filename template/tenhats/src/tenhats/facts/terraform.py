"""Terraform and Pulumi: whether the files can be read, and whether what they name is there.

python-hcl2 is installed apart on the day that there is a file for it. Nothing asks a provider: that needs its
program, and the network.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.contracts.documents import Document, Faulty, parse, text_of
from tenhats.fact import Project, fact
from tenhats.facts.infrastructure import PULUMI, TERRAFORM, Infrastructure, ours_of
from tenhats.facts.on_demand import equipped
from tenhats.facts.toolrun import Complaint, ToolRun, answer
from tenhats.facts.tree import Tree
from tenhats.infrastructure import pulumi, terraform
from tenhats.infrastructure.model import Value

_STACKS = ("*Pulumi.*.yaml", "*Pulumi.*.yml")
_LOCKS, _AS_JSON = ("*.terraform.lock.hcl",), ("*.tf.json",)
_READ = Path(__file__).parents[1] / "probes" / "terraform.py"
_IN_JSON = "what this declares is not read, so that no name of its folder is held against it"
# Cookiecutter's and Copier's signs: Terraform only once it is filled in.
_OF_A_TEMPLATE = ("{{", "{%")


@dataclass(frozen=True)
class Terraform(ToolRun):
    """What is wrong with modules and projects, what their attributes are set to, and what is not read.

    `mild` is said of modules that somebody else may complete.
    """

    mild: tuple[Complaint, ...] = ()
    values: tuple[Value, ...] = ()
    templates: tuple[str, ...] = ()


@fact(reads=(*TERRAFORM, *PULUMI, *_STACKS, *_LOCKS, *_AS_JSON))
def read_terraform(project: Project, tree: Tree, infrastructure: Infrastructure) -> Terraform:
    """Read every module and project; without one, nothing is installed."""
    files = infrastructure.terraform
    complaints: list[Complaint] = []
    values: list[Value] = []
    templates: list[str] = []
    texts = {path: (project.root / path).read_text(encoding="utf-8", errors="replace") for path in files}
    said = _ask(project, texts) if texts else {}
    for path, each in said.items():
        if "error" not in each:
            continue
        if any(sign in texts[path] for sign in _OF_A_TEMPLATE):
            templates.append(path)
        else:
            complaints.append(Complaint(path, each["line"], "syntax", each["error"]))
    # A folder that could not be read whole declares more than was seen.
    unread = {posixpath.dirname(path) for path, each in said.items() if "error" in each}
    in_json = ours_of(project, tree, *_AS_JSON)
    unread |= {posixpath.dirname(path) for path in in_json}
    whole = {path: each for path, each in said.items() if posixpath.dirname(path) not in unread}
    modules = terraform.modules_of(whole)
    locked = {posixpath.dirname(path) or "." for path in tree.matching(*_LOCKS)}
    complaints += terraform.complaints(modules, locked)
    values += terraform.values(terraform.modules_of(said))
    projects = tuple(path for path in infrastructure.pulumi if not pulumi.is_stack(path))
    stacks = ours_of(project, tree, *_STACKS)
    for document in _documents(project, (*projects, *stacks), complaints):
        if pulumi.is_stack(document.path):
            values += pulumi.values(document)
        else:
            complaints += pulumi.complaints(document)
    mild = tuple(each for each in complaints if each.code == terraform.OPEN)
    mild += tuple(
        Complaint(path, 1, terraform.OPEN, _IN_JSON, "let CI run: terraform validate") for path in in_json
    )
    grave = tuple(each for each in complaints if each.code != terraform.OPEN)
    return Terraform((*files, *projects, *stacks), grave, mild, tuple(values), tuple(templates))


def _ask(project: Project, texts: Mapping[str, str]) -> Any:
    tool = equipped(project, "terraform", "python-hcl2, which reads Terraform")
    done = processes.run([str(tool.python), str(_READ)], cwd=project.root, given=json.dumps(texts))
    return answer(done, "python-hcl2")


def _documents(project: Project, paths: tuple[str, ...], complaints: list[Complaint]) -> Iterator[Document]:
    for path in paths:
        try:
            yield parse(path, text_of((project.root / path).read_bytes()))
        except Faulty as fault:
            complaints.append(Complaint(path, fault.line, "syntax", fault.message))
