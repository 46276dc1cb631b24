"""What stands in bound tests in place of the project's own code, and which of it is new since the base."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tenhats.fact import Project, fact
from tenhats.facts.base import Base, copy_of
from tenhats.facts.suite import TestSuite, tests_of
from tenhats.facts.tree import Tree
from tenhats.tampering.doubles import Double, Sources, definitions_of, doubles_of

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Doubles:
    """The stand-ins of all bound tests, and how many bound tests there are."""

    doubles: tuple[Double, ...] = ()
    bound: int = 0


@fact(reads=("*.py",))
def find_doubles(project: Project, base: Base, suite: TestSuite, tree: Tree) -> Doubles:
    """Read every test file that has a bound test; a changed one also as it was at the base."""
    sources = _sources(project, tree)
    bound = [test for test in suite.tests if test.bindings]
    paths = sorted({test.path for test in bound})
    found = _read(project.root, paths, sources)
    changed = [path for path in paths if path in base.changed] if base.commit else []
    known: set[tuple[str, str]] = set()
    there: set[str] = set()
    if changed:
        old = copy_of(project, base, changed, "doubles")
        known = {(each.test, each.what) for each in _read(old, changed, sources)}
        there = {each for path in changed for each in _if_parsed(_ids(path), old / path) or ()}
    return Doubles(
        tuple(
            replace(each, is_new=each.test in there and (each.test, each.what) not in known) for each in found
        ),
        len(bound),
    )


def _sources(project: Project, tree: Tree) -> Sources:
    folder = project.settings.source
    modules = {}
    for path in tree.matching(f"{folder}/*.py"):
        name = path.removeprefix(f"{folder}/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        defined = _if_parsed(definitions_of, project.root / path)
        modules[name] = defined or {}
    return Sources(modules)


def _read(root: Path, paths: Iterable[str], sources: Sources) -> list[Double]:
    def of(path: str) -> list[Double]:
        return _if_parsed(lambda text: list(doubles_of(text, path, sources)), root / path) or []

    return [each for path in paths for each in of(path)]


def _ids(path: str) -> Callable[[str], list[str]]:
    return lambda text: [test.id for test in tests_of(text, path)]


def _if_parsed(read: Callable[[str], Thing], path: Path) -> Thing | None:
    """What is read from a file; None if it is not there or is no Python, which other rules tell of."""
    try:
        return read(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, SyntaxError, ValueError):
        return None
