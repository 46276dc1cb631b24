"""The time that the project's builds are given, so that it does not matter when they happen.

https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree

_VARIABLE = "SOURCE_DATE_EPOCH"
_RECIPES = (".github/workflows/*", ".gitlab-ci.yml", "Makefile", "justfile", "tox.ini", "noxfile.py", "*.sh")


@dataclass(frozen=True)
class Epoch:
    """Whether one of the recipes by which the project is built settles the time."""

    is_settled: bool = False

    @property
    def stamp(self) -> str:
        """What a build depends on."""
        return f"epoch: {self.is_settled}"

    @property
    def variables(self) -> dict[str, str]:
        """What a build finds in its environment: a day, if the recipes settle one."""
        return {_VARIABLE: "1000000000"} if self.is_settled else {}


@fact(reads=_RECIPES)
def read_epoch(project: Project, tree: Tree) -> Epoch:
    """Look for the variable in the files of CI, in the noxfile and the like."""
    return Epoch(
        any(_VARIABLE.encode() in (project.root / path).read_bytes() for path in tree.matching(*_RECIPES))
    )
