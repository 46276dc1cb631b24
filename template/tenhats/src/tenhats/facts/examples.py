"""The examples in the documentation: the code blocks of its pages, and what they may call by name."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.api import packages_of
from tenhats.facts.specs import read_file
from tenhats.facts.tree import Tree
from tenhats.formats.fences import Block, blocks_of
from tenhats.formats.model import Problem
from tenhats.sources.names import parsed

_PAGES = ("docs/*.md", "README.md", "CONTRIBUTING.md")


@dataclass(frozen=True)
class Span:
    """A piece of `code` within a sentence."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Examples:
    """Every code block and every span of code in the pages of `docs/`, the README and CONTRIBUTING."""

    blocks: tuple[Block, ...] = ()
    spans: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Callables:
    """What a reader can call: the words of the noxfile, the project's packages and its modules.

    `sessions` is None where there is no noxfile that can be parsed. Sessions may be made in a loop or in a
    file that the noxfile names, so every name and every text there may be one.
    """

    sessions: frozenset[str] | None = None
    packages: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()


@fact(reads=_PAGES)
def read_examples(project: Project, tree: Tree) -> Examples:
    """Read the pages."""
    blocks: list[Block] = []
    spans: list[Span] = []
    problems: list[Problem] = []
    for path in tree.matching(*_PAGES):
        page = read_file(project.root, path, problems)
        if page is None:
            continue
        blocks += blocks_of((project.root / path).read_text(encoding="utf-8-sig"), path)
        for line in page.lines:
            pieces = line.text.split("`")[1::2]
            spans += (Span(path, line.number, piece) for piece in pieces if piece.strip())
    return Examples(tuple(blocks), tuple(spans), tuple(problems))


@fact(reads=("*.py",))
def find_callables(project: Project, tree: Tree) -> Callables:
    """Read the names out of the noxfile and the paths of the sources."""
    source = project.settings.source
    files = tree.matching(f"{source}/*.py")
    return Callables(
        _sessions(project, tree),
        frozenset(packages_of(files, source)),
        frozenset(path.removeprefix(f"{source}/").removesuffix(".py").replace("/", ".") for path in files),
    )


def _sessions(project: Project, tree: Tree) -> frozenset[str] | None:
    if "noxfile.py" not in tree.files:
        return None
    words = _words(project, "noxfile.py")
    others = (_words(project, word) for word in words if word.endswith(".py") and word in tree.files)
    return words.union(*others) or None


def _words(project: Project, path: str) -> frozenset[str]:
    """Every name of a function and every text in a Python file; none if it cannot be parsed."""
    found: set[str] = set()
    for node in ast.walk(parsed((project.root / path).read_bytes()) or ast.Module([], [])):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= {node.name, node.name.replace("_", "-")}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return frozenset(found)
