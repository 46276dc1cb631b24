"""The correctness properties that a design states: what holds for any input, and which criteria it is for.

Kiro writes them into `design.md`, under headings such as `### Property 1: Nothing is lost`, with a line
`**Validates: Requirements 1.1, 1.2**`. https://kiro.dev/docs/specs/correctness/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.formats.markdown import heading_of, read_page

_PROPERTY = re.compile(r"(?:Correctness )?Property (?P<number>\d{1,3})\b", re.IGNORECASE)
_VALIDATES = re.compile(r"\W{0,4}Validates\b.{0,20}?\bRequirements?\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d{1,3}\.\d{1,3}\b")
_FOR_ANY = re.compile(r"\bfor (?:any|every|all)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Invariant:
    """A property that a design states, and the names of the criteria that it is for."""

    path: str
    line: int
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Invariants:
    """Every stated property that says of what it is true for any."""

    invariants: tuple[Invariant, ...] = ()


@fact(reads=("*/design.md",))
def read_invariants(project: Project, tree: Tree) -> Invariants:
    """Read the designs in Kiro's folder."""
    found: list[Invariant] = []
    for path in tree.matching(".kiro/specs/*/design.md"):
        text = (project.root / path).read_text(encoding="utf-8", errors="replace")
        found += invariants_in(text, path, path.split("/")[2])
    return Invariants(tuple(found))


def invariants_in(text: str, path: str, feature: str) -> Iterator[Invariant]:
    """The properties of one design."""
    line, title, is_for_any = 0, "", False
    names: list[str] = []
    for each in read_page(text).lines:
        if heading := heading_of(each):
            if line and is_for_any:
                yield Invariant(path, line, title, tuple(names))
            begins = _PROPERTY.match(heading.text)
            line, title, is_for_any, names = each.number if begins else 0, heading.text, False, []
        elif line:
            is_for_any = is_for_any or bool(_FOR_ANY.search(each.text))
            if _VALIDATES.match(each.text):
                names += [f"{feature}/{number}" for number in _NUMBER.findall(each.text)]
    if line and is_for_any:
        yield Invariant(path, line, title, tuple(names))
