"""Measure what blocks in the public specifications against requirements that were labelled by hand.

The labels are in `answers/prose.toml`: paths and lines, none of the words. They are asked of the rules
themselves, on whole projects, so that what is measured is what a user sees.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from tenhats.fact import Project
from tenhats.facts.prose import read_prose
from tenhats.facts.specs import read_specs
from tenhats.facts.tree import Tree
from tenhats.rules import specification_engineer_prose as rules
from tests.corpus.readers import ANSWERS, CORPUS, whole_projects
from tests.corpus.scoring import Score, line, score

FORMATS = ("speckit", "openspec", "kiro", "bmad")
_RULES = (
    rules.no_loophole_is_left,
    rules.nothing_is_vague,
    rules.no_list_is_left_open,
    rules.who_does_what_is_said,
)

Place = tuple[str, int]


def labels() -> dict[Place, bool]:
    """Each labelled requirement, by its file and line: whether a careful reader would send it back."""
    sheet = tomllib.loads((ANSWERS / "prose.toml").read_text("utf-8"))
    return {
        (each["path"], at): marked
        for each in sheet["labelled"]
        for marked, lines in ((True, each["marked"]), (False, each["plain"]))
        for at in lines
    }


def blocked() -> tuple[set[Place], set[Place]]:
    """Every requirement of the corpus, and those of them that a rule stops."""
    every: set[Place] = set()
    stopped: set[Place] = set()
    for project, tree in whole_projects():
        asked, told = judged(project, tree, project.root.relative_to(CORPUS).as_posix())
        every |= asked
        stopped |= told
    return every, stopped


def judged(project: Project, tree: Tree, at: str) -> tuple[set[Place], set[Place]]:
    """Every requirement of a project, by its place under `at`, and those of them that a rule stops."""
    specs = read_specs(project, tree)
    prose = read_prose(specs)
    every = {(f"{at}/{each.path}", each.line) for each in specs.requirements}
    return every, {(f"{at}/{each.path}", each.line) for rule in _RULES for each in rule(prose, project).found}


def scores() -> dict[str, Score]:
    """A score for each format, and for all of them under an empty name."""
    every, stopped = blocked()
    known = {place: marked for place, marked in labels().items() if place in every}
    return {
        kind: score(
            (place in stopped, marked) for place, marked in known.items() if place[0].startswith(kind)
        )
        for kind in (*FORMATS, "")
    }


def table() -> Iterator[str]:
    """The lines of the report."""
    every, stopped = blocked()
    yield "Requirement prose in public specifications: what blocks, against labels by hand"
    for kind, made in scores().items():
        yield line(kind or "all", made)
    yield "-- requirements with something that blocks, of all"
    for kind in FORMATS:
        counts = [sum(path.startswith(kind) for path, _ in places) for places in (stopped, every)]
        yield f"{kind:34} {counts[0]:5} of {counts[1]}"
