"""Code that cannot be of use: private names that stand only where they are defined, lines never reached.

A name counts as used if its word stands anywhere else in the project, in whatever kind of file, be it within
a text: what is called by its name at run time is used as well.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.sources.names import parsed

_WORD = re.compile(rb"(?<!\w)_[A-Za-z]\w{0,100}")
_MOST_BYTES = 1_000_000
_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue)


@dataclass(frozen=True)
class Unused:
    """A private function, class, constant, method or module whose name stands nowhere else."""

    path: str
    line: int
    name: str
    kind: str


@dataclass(frozen=True)
class Unreached:
    """The first statement after one that leaves its block, such as `return`."""

    path: str
    line: int
    after: str


@dataclass(frozen=True)
class DeadCode:
    """What is dead in the sources, and how many private names and blocks were looked at."""

    unused: tuple[Unused, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    looked_at: int = 0


@dataclass(frozen=True)
class _Defined:
    what: Unused
    own: int
    """How often the name stands in its own definition."""


@fact(reads=("*",))
def find_dead_code(project: Project, tree: Tree) -> DeadCode:
    """Read the sources, and count the private words of all files."""
    defined: list[_Defined] = []
    unreached: list[Unreached] = []
    blocks = 0
    for path in tree.matching(f"{project.settings.source}/*.py"):
        source = (project.root / path).read_bytes()
        module = parsed(source)
        if module is None:
            continue
        stem = path.rpartition("/")[2].removesuffix(".py")
        if _is_private(stem):
            defined.append(_Defined(Unused(path, 1, stem, "module"), 0))
        defined += _definitions(module, path, source.split(b"\n"))
        for block in _blocks(module):
            blocks += 1
            unreached += _unreached(block, path)
    words = _words(project, tree) if defined else Counter()
    own: Counter[str] = Counter()
    for each in defined:
        own[each.what.name] += each.own
    unused = (each.what for each in defined if words[each.what.name] <= own[each.what.name])
    begun = tuple(word for word in words if word.endswith("_"))
    return DeadCode(
        tuple(each for each in unused if not each.name.startswith(begun)),
        tuple(unreached),
        len(defined) + blocks,
    )


def _is_private(name: str) -> bool:
    """Whether a name is for its own package; `_such_` are called by somebody else's rules."""
    return name.startswith("_") and not name.startswith("__") and not name.endswith("_")


def _words(project: Project, tree: Tree) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in tree.files:
        file = project.root / path
        if not path.startswith("tenhats/") and file.stat().st_size <= _MOST_BYTES:
            found.update(word.decode() for word in _WORD.findall(file.read_bytes()) if word.isascii())
    return found


def _definitions(module: ast.Module, path: str, lines: list[bytes]) -> Iterator[_Defined]:
    """The private names that a module and its classes define, but those that a decorator may hand on."""
    for node in module.body:
        for name, kind in _named(node):
            yield _defined(node, name, kind, path, lines)
        for each in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                for name, _ in _named(each):
                    yield _defined(each, name, "method", path, lines)


def _named(node: ast.stmt) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        # A class with bases may be found by them, as an entry of a registry is.
        is_handed_on = bool(node.decorator_list) or (
            isinstance(node, ast.ClassDef) and bool(node.bases or node.keywords)
        )
        if _is_private(node.name) and not is_handed_on:
            yield node.name, "class" if isinstance(node, ast.ClassDef) else "function"
        return
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    # What is called may be called for what it does, and the name only keeps it.
    if isinstance(node, ast.Assign | ast.AnnAssign) and not isinstance(node.value, ast.Call):
        yield from (
            (each.id, "constant") for each in targets if isinstance(each, ast.Name) and _is_private(each.id)
        )


def _defined(node: ast.stmt, name: str, kind: str, path: str, lines: list[bytes]) -> _Defined:
    text = b"\n".join(lines[node.lineno - 1 : node.end_lineno])
    own = sum(word == name.encode() for word in _WORD.findall(text))
    return _Defined(Unused(path, node.lineno, name, kind), own)


def _blocks(module: ast.Module) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(module):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block:
                yield block


def _unreached(block: list[ast.stmt], path: str) -> Iterator[Unreached]:
    for before, after in pairwise(block):
        if isinstance(before, _ENDS):
            # A `yield` that is never reached makes a function a generator.
            rest = block[block.index(after) :]
            if not any(
                isinstance(each, ast.Yield | ast.YieldFrom) for node in rest for each in ast.walk(node)
            ):
                yield Unreached(path, after.lineno, type(before).__name__.lower())
            return
