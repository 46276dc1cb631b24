"""The pipelines of CI, held against the schemas of GitHub and GitLab."""

from __future__ import annotations

from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.ci import Ci
from tenhats.facts.infrastructure import against_schema
from tenhats.facts.toolrun import Complaint, ToolRun
from tenhats.facts.tree import Tree

_SCHEMAS = {
    ".github/workflows/": "vendor.github-workflows",
    ".github/dependabot.yml": "vendor.dependabot",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


@dataclass(frozen=True)
class Pipelines(ToolRun):
    """What the schemas do not allow in the files of CI."""


@fact(reads=(".github/*", ".gitlab-ci.yml"))
def hold_against_schemas(project: Project, tree: Tree, ci: Ci) -> Pipelines:
    """Ask check-jsonschema about each file that is YAML; of the others OPS004 tells."""
    broken = {problem.path for problem in ci.problems}
    files = [path for path in (*ci.files, *tree.matching(".github/dependabot.yml")) if path not in broken]
    complaints: list[Complaint] = []
    for place, schema in _SCHEMAS.items():
        mine = tuple(path for path in files if path.startswith(place))
        complaints += against_schema(project, schema, mine)
    return Pipelines(tuple(files), tuple(complaints))
