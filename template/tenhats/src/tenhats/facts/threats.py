"""What documents say of threats, for the features and the applications that a network can reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenhats.contracts import kinds
from tenhats.fact import Project, fact
from tenhats.facts.contracts import Contracts
from tenhats.facts.doors import Doors
from tenhats.facts.specs import Specs, read_text
from tenhats.facts.tree import Tree

_REACHED = {"OpenAPI", "GraphQL", "Protocol Buffers"}
_HEADING = re.compile(r"(#{1,6})[ \t]+(.{1,200})")
_ABOUT = re.compile(r"threats?\b|security (?:considerations?|model|analysis|concerns?)|attack", re.IGNORECASE)
_ENTRY = re.compile(r"[ \t]{0,8}(?:[-*+]|\d{1,3}[.)]|\|)[ \t]{0,8}(?=.{0,400}\w)")
_FEWEST_WORDS = 6


@dataclass(frozen=True)
class Reached:
    """A feature, or a web application, that a network can reach, and the threats that are told of.

    `path` and `line` are those of the contract or of the application, `home` is the folder of the feature.
    """

    path: str
    feature: str
    kind: str
    home: str
    threats: int = 0
    line: int = 1


@dataclass(frozen=True)
class Threats:
    """Each feature with a contract that a network can reach; without any, the first web application."""

    reached: tuple[Reached, ...] = ()


@fact()
def read_threats(project: Project, tree: Tree, specs: Specs, contracts: Contracts, doors: Doors) -> Threats:
    """Look for threats in the Markdown files of each such feature, or else of the whole project."""
    first: dict[str, tuple[str, str]] = {}
    for each in contracts.contracts:
        if each.kind in _REACHED:
            first.setdefault(kinds.feature_of(each.path), (each.path, each.kind))
    found = []
    for feature in specs.features:
        if feature.home not in first:
            continue
        path, kind = first[feature.home]
        count = _told_in(project, tree, feature.home)
        found.append(Reached(path, feature.name, kind, feature.home, count))
    served = next((door for door in doors.doors if door.kind == "web application"), None)
    if served and not found:
        home = next((feature.home for feature in specs.features), "docs/")
        what = f"the {served.name} application"
        found.append(Reached(served.path, what, "HTTP", home, _told_in(project, tree, ""), served.line))
    return Threats(tuple(found))


def _told_in(project: Project, tree: Tree, home: str) -> int:
    """How many threats the Markdown files of a folder tell of."""
    return sum(
        threats_in(read_text(project.root, each, []) or "", is_model="threat" in each.rpartition("/")[2])
        for each in tree.files
        if each.startswith(home) and each.endswith(".md")
    )


def threats_in(text: str, *, is_model: bool) -> int:
    """How many entries, of a list or a table, stand under headings about threats, or in a threat model."""
    level, count = (1 if is_model else 0), 0
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            depth = len(heading[1])
            if _ABOUT.search(heading[2]) and not level:
                level = depth
            elif level and depth <= level and not is_model:
                level = depth if _ABOUT.search(heading[2]) else 0
        elif level and _ENTRY.match(line) and len(re.findall(r"\w+", line)) >= _FEWEST_WORDS:
            count += 1
    return count
