"""The packages of the sources that have type hints, and whether they tell their users so."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from tenhats.fact import Project, fact
from tenhats.facts.functions import Function, functions_of
from tenhats.facts.tree import Tree


@dataclass(frozen=True)
class TypedPackage:
    """A package most of whose public functions have hints; `bare` are those that have none at all."""

    path: str
    name: str
    is_marked: bool
    bare: tuple[Function, ...] = ()

    @property
    def folder(self) -> str:
        """The folder of the package."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class TypedPackages:
    """Every such package, and whether `pyproject.toml` claims that they are typed."""

    packages: tuple[TypedPackage, ...] = ()
    claimed: bool = False


@fact(reads=("*.py", "*py.typed", "pyproject.toml"))
def find_typed_packages(project: Project, tree: Tree) -> TypedPackages:
    """Look at each package that stands right under the sources' folder."""
    depth = len(PurePosixPath(project.settings.source).parts)
    found = []
    for path in tree.matching(f"{project.settings.source}/*/__init__.py"):
        if path.count("/") != depth + 1:
            continue
        folder = path.rpartition("/")[0]
        hinted, bare = _counted(project, tree.matching(f"{folder}/*.py"))
        if hinted > len(bare):
            is_marked = f"{folder}/py.typed" in tree.files
            found.append(TypedPackage(path, folder.rpartition("/")[2], is_marked, tuple(bare)))
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    claims = tomllib.loads(text).get("project", {}).get("classifiers", [])
    return TypedPackages(tuple(found), "Typing :: Typed" in claims)


def _counted(project: Project, modules: list[str]) -> tuple[int, list[Function]]:
    """How many public functions have hints, and those that have none though they could."""
    hinted, bare = 0, []
    for path in modules:
        source = (project.root / path).read_bytes()
        public = {each.line: each for each in functions_of(source, path) if each.is_public}
        for node in _functions(ast.parse(source)) if public else ():
            if node.lineno not in public:
                continue
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if node.returns or any(each.annotation for each in arguments):
                hinted += 1
            elif [each for each in arguments if each.arg not in {"self", "cls"}]:
                bare.append(public[node.lineno])
    return hinted, bare


def _functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module and of its classes; what stands within one is nobody else's."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        elif not isinstance(child, ast.expr):
            yield from _functions(child)
