"""Dangerous ways of writing in the sources, each with OWASP's name for what it lets in."""

from __future__ import annotations

from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.toolrun import Complaint, ToolRun
from tenhats.facts.tree import Tree
from tenhats.sources.dangers import dangers_in
from tenhats.sources.names import parsed


@dataclass(frozen=True)
class Dangers(ToolRun):
    """The source files that were read, and the dangerous calls in them."""


@fact(reads=("*.py",))
def find_dangers(project: Project, tree: Tree) -> Dangers:
    """Parse every source file; nothing is imported."""
    files = tree.matching(f"{project.settings.source}/*.py")
    found = []
    for path in files:
        module = parsed((project.root / path).read_bytes())
        for danger, line in dangers_in(module) if module else ():
            found.append(Complaint(path, line, danger.name, f"{danger.what} ({danger.owasp})", danger.fix))
    return Dangers(tuple(files), tuple(found))
