"""The functions of the sources: where each begins and ends, and whether it does anything.

Read from the source alone, nothing is imported. A file that Python cannot parse has none: the type
checker and the tests say what is wrong with it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.probes.trial.tenhats_switch import does_something
from tenhats.sources.names import parsed


@dataclass(frozen=True)
class Function:
    """A function or method: the line of its `def`, its first line that does something, and its last.

    One that does nothing, such as an overload or an abstract method, has 0 for its first line.
    """

    path: str
    line: int
    name: str
    first: int
    last: int

    @property
    def is_public(self) -> bool:
        """Whether a user may call it: no part of its name, nor its module's, begins with an underscore."""
        module = self.path.rpartition("/")[2].removesuffix(".py")
        parts = [*self.name.split("."), module]
        return not any(part.startswith("_") and not part.endswith("__") for part in parts)

    @property
    def bits(self) -> int:
        """The lines of its body, as bits."""
        return ((1 << (self.last + 1)) - (1 << self.first)) if self.first else 0


@dataclass(frozen=True)
class Functions:
    """Every function of every source file, in the order in which they stand."""

    functions: tuple[Function, ...] = ()


@fact(reads=("*.py",))
def read_functions(project: Project, tree: Tree) -> Functions:
    """Parse every source file."""
    found: list[Function] = []
    for path in tree.matching(f"{project.settings.source}/*.py"):
        found += functions_of((project.root / path).read_bytes(), path)
    return Functions(tuple(found))


def functions_of(source: bytes, path: str) -> list[Function]:
    """The functions of one file; none if Python cannot parse it."""
    module = parsed(source)
    return list(_functions_in(module, path, "")) if module else []


def _functions_in(node: ast.AST, path: str, within: str) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{within}{child.name}"
            does = next((each for each in child.body if does_something(each)), None)
            yield Function(
                path, child.lineno, name, does.lineno if does else 0, child.end_lineno or child.lineno
            )
            yield from _functions_in(child, path, f"{name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions_in(child, path, f"{within}{child.name}.")
        else:
            yield from _functions_in(child, path, within)
