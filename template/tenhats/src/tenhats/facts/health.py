"""What asks a deployed web application whether it works: which paths, and whether it has them.

Read from Dockerfiles, Compose files, manifests, the sources and the tests; nothing is started.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from tenhats.fact import Project, fact
from tenhats.facts.doors import Door, Doors
from tenhats.facts.entering import WEB, Part, ways_in
from tenhats.facts.infrastructure import Infrastructure
from tenhats.facts.suite import TestSuite
from tenhats.facts.tree import Tree
from tenhats.infrastructure.model import Check
from tenhats.shelf import NOTHING_KEPT, Shelf
from tenhats.sources.names import parsed
from tenhats.sources.routes import BUILT_IN, Routes, leads_to, routes_of

# Whatever else may ask: other platforms' files, charts, smoke tests of CI.
_MAY_ASK = (
    "*.yml", "*.yaml", "*.toml", "*.tf", "*.hcl", "*.json", "*.tpl", "*.j2", "*.sh", "*.conf", "*.cfg",
    "*Procfile", "*Caddyfile", "*Makefile", "*justfile",
)  # fmt: skip
_ASKS = re.compile(
    r"health[_-]?check|(?:liveness|readiness|startup)_?Probe|/healthz?\b|/readyz\b", re.IGNORECASE
)
_NOWHERE = ("tenhats/", "docs/", "specs/", ".bmad", ".specify/", ".claude/", ".kiro/")
# Tests that are not written in Python, but ask all the same.
_OTHER_TESTS = ("*.feature", "*.ts", "*.js", "*.http", "*.hurl", "*.robot", "*.sh", "*.yaml", "*.yml")
_MOST_BYTES = 300_000
# These ask every path of the interface by themselves.
_ASKS_EVERYTHING = {"schemathesis", "from_asgi", "from_wsgi", "call_and_validate"}
_LETTERS = re.compile(r"[^a-z0-9]+")
_LEAST_LETTERS = 4


@dataclass(frozen=True)
class Deployed:
    """A Dockerfile, or the line of a manifest, that deploys the application."""

    path: str
    line: int = 1


@dataclass(frozen=True)
class Asked:
    """A path that a health check asks, whether the application has it, and whether a test asks it."""

    path: str
    line: int
    route: str
    is_there: bool
    is_tried: bool


@dataclass(frozen=True)
class Health:
    """The web applications, where they are deployed, and what asks whether they work.

    `others` ask a port or run a command. `elsewhere` is a file of another kind that speaks of a health check.
    """

    applications: tuple[Door, ...] = ()
    deployed: tuple[Deployed, ...] = ()
    asked: tuple[Asked, ...] = ()
    others: tuple[Check, ...] = ()
    elsewhere: str | None = None


@fact(reads=("*",))
def look_at_health(
    project: Project,
    tree: Tree,
    doors: Doors,
    infrastructure: Infrastructure,
    suite: TestSuite,
    shelf: Shelf = NOTHING_KEPT,
) -> Health:
    """Hold what health checks ask against the routes of the sources and the tests."""
    applications = tuple(each for each in doors.doors if each.kind != "command")
    parts, manifests = infrastructure.parts, set(infrastructure.manifests)
    if not applications or not (parts.python or manifests):
        return Health(applications)
    names = _names(project, doors)
    python = {path for path in parts.python if _is_of_the_sources(path, project, tree, suite)}
    deployed = [Deployed(path) for path in parts.python if path in python]
    deployed += [
        Deployed(each.path, each.line)
        for each in parts.images
        if each.path in manifests and _is_ours(each.name, names)
    ]
    checks = [each for each in parts.checks if each.of in python or _is_ours(each.of, names)]
    http = list({(each.path, each.line, each.route): each for each in checks if each.route}.values())
    others = tuple(each for each in checks if not each.route)
    if not deployed or not http:
        read = {*infrastructure.dockerfiles, *infrastructure.composed, *manifests}
        elsewhere = None if checks or not deployed else _elsewhere(project, tree, read)
        return Health(applications, tuple(deployed), others=others, elsewhere=elsewhere)
    routes = [*_routes(project, tree, shelf)]
    named = [*BUILT_IN, *(route for each in routes for route in each.named)]
    brings = any(each.brings for each in routes)
    tests = _Tests(project, tree, suite, shelf)
    asked = (
        Asked(each.path, each.line, each.route, brings or leads_to(each.route, named), tests.ask(each.route))
        for each in http
    )
    return Health(applications, tuple(deployed), tuple(asked), others)


def _is_of_the_sources(dockerfile: str, project: Project, tree: Tree, suite: TestSuite) -> bool:
    """Whether a Dockerfile builds the sources, and not another program that stands beside it."""
    home = dockerfile[: dockerfile.rfind("/") + 1]
    source = f"{project.settings.source}/"
    if source.startswith(home):
        return True
    ours = (source, *(f"{each}/" for each in suite.folders))
    return all(path.startswith(ours) for path in tree.matching(f"{home}*.py"))


def _names(project: Project, doors: Doors) -> set[str]:
    """What an image of this project may be called: as the project, or as a package of it."""
    document = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    name = str(document.get("project", {}).get("name", ""))
    return {bare for each in (name, *doors.packages) if len(bare := _bare(each)) >= _LEAST_LETTERS}


def _is_ours(image: str, names: set[str]) -> bool:
    bare = _bare(image.partition("@")[0].rpartition("/")[2].partition(":")[0])
    return any(name in bare for name in names)


def _bare(text: str) -> str:
    return _LETTERS.sub("", text.lower())


def _routes(project: Project, tree: Tree, shelf: Shelf) -> Iterator[Routes]:
    for path in tree.matching(f"{project.settings.source}/*.py"):
        source = (project.root / path).read_bytes()
        key = hashlib.sha256(b"routes" + source).hexdigest()
        yield shelf.had(Routes, key, partial(_read, source))


def _read(source: bytes) -> Routes:
    module = parsed(source)
    return routes_of(module) if module else Routes()


def _elsewhere(project: Project, tree: Tree, read: set[str]) -> str | None:
    for path in tree.matching(*_MAY_ASK):
        file = project.root / path
        if path in read or path.startswith(_NOWHERE) or file.stat().st_size > _MOST_BYTES:
            continue
        if _ASKS.search(file.read_text(encoding="utf-8", errors="ignore")):
            return path
    return None


class _Tests:
    """Answers whether a test asks a path, going in by the front door."""

    def __init__(self, project: Project, tree: Tree, suite: TestSuite, shelf: Shelf) -> None:
        ways = ways_in(project, tree, suite.folders, shelf)
        parts = (ways.of(each.id.rpartition("::")[2].partition("[")[0], each.path) for each in suite.tests)
        self._parts = [each for each in parts if WEB in each.ways or _ASKS_EVERYTHING & each.names]
        homes = tuple(f"{each}/" for each in suite.folders)
        files = [each for each in tree.matching(*_OTHER_TESTS) if each.startswith(homes)]
        self._texts = [(project.root / each).read_text(encoding="utf-8", errors="ignore") for each in files]

    def ask(self, route: str) -> bool:
        """Whether one does: by its path, or by the name of the route, as `reverse` takes it."""
        path = route.partition("?")[0]
        name = _bare(path.rstrip("/").rpartition("/")[2])
        return any(self._asks(each, path, name) for each in self._parts) or any(
            path in text for text in self._texts
        )

    @staticmethod
    def _asks(part: Part, path: str, name: str) -> bool:
        if _ASKS_EVERYTHING & part.names or leads_to(path, part.texts):
            return True
        words = (*part.texts, *part.names)
        return len(name) >= _LEAST_LETTERS and any(name in _bare(each) for each in words)
