"""What a module imports, and when: as it is imported itself, or only later, in a function.

An import that the module can do without is left out: in a `try` that catches its failure, with
`suppress(ImportError)`, or under an `if`, such as those of TYPE_CHECKING, of a platform, of a version.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats.sources.names import dotted

_BLOCKS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.AsyncFor, ast.While)
_CATCHES = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


@dataclass(frozen=True)
class Import:
    """One import: the module that is named, the names taken from it, and how many dots stand before it.

    `later` is true of an import that runs only when a function is called.
    """

    line: int
    module: str
    names: tuple[str, ...] = ()
    level: int = 0
    later: bool = False


def imports_in(tree: ast.Module) -> Iterator[Import]:
    """Every import that the module, or a function of it, cannot do without."""
    waiting: list[tuple[ast.stmt, bool]] = [(node, False) for node in reversed(tree.body)]
    while waiting:
        node, later = waiting.pop()
        if isinstance(node, ast.Import):
            for each in node.names:
                yield Import(node.lineno, each.name, later=later)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(each.name for each in node.names)
            yield Import(node.lineno, node.module or "", names, node.level, later)
        else:
            inside = later or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            waiting += [(each, inside) for each in reversed(list(_needed(node)))]


def _needed(node: ast.stmt) -> Iterator[ast.stmt]:
    """The statements inside that run in any case."""
    if isinstance(node, ast.Try | ast.TryStar):
        if not any(_catches(each.type) for each in node.handlers):
            yield from (*node.body, *node.orelse)
        yield from node.finalbody
    elif isinstance(node, ast.With | ast.AsyncWith):
        if not any(_suppresses(each.context_expr) for each in node.items):
            yield from node.body
    elif isinstance(node, _BLOCKS):
        yield from node.body


def _catches(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    kinds: Iterable[ast.expr] = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(dotted(each, {}) in _CATCHES for each in kinds)


def _suppresses(context: ast.expr) -> bool:
    return isinstance(context, ast.Call) and any(_catches(each) for each in context.args)
