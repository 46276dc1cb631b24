"""Sources whose functions can be switched off while the tests run, one of them or all.

Nothing is written anywhere: the source files are read as they are, and a line is put in memory before
the first statement of each function body: if this function is off, return. So signatures, types,
docstrings, decorators, constants and dataclasses stay, generators stay generators, and what is async
stays async. While one of the modules is being imported nothing is off, or nothing could be imported.

It runs in the project's own environment, so it knows nothing but the standard library.
"""

from __future__ import annotations

import ast
import builtins
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import CodeType, ModuleType

ALL = "all"
OFF = "TENHATS_OFF"
SOURCE = "TENHATS_SOURCE"
_NAME = "__tenhats_is_off__"
# Whoever tries the tests must go on, also where these very files are the sources.
_HERE = os.path.join(os.path.dirname(os.path.realpath(__file__)), "")


class Switch:
    """Which functions are off: none, all, or the one that is named by its file and line."""

    def __init__(self) -> None:
        self.off = ""
        self._importing = 0

    def __call__(self, function: str) -> bool:
        """Whether a function is off at this moment."""
        return bool(self.off) and not self._importing and self.off in {ALL, function}

    def __enter__(self) -> None:
        """A module begins to be imported."""
        self._importing += 1

    def __exit__(self, *error: object) -> None:
        """A module has been imported, or could not be."""
        self._importing -= 1

    def turn(self, off: str) -> None:
        """Switch off `all` functions, or one, here and in the programs that the tests start."""
        self.off = off
        os.environ[OFF] = off


SWITCH = Switch()


def install() -> None:
    """Read the modules under the sources' folder so that their functions can be switched off."""
    source = os.environ.get(SOURCE, "")
    if source and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        setattr(builtins, _NAME, SWITCH)
        sys.meta_path.insert(0, _Finder(source))


def found_after(
    finder: MetaPathFinder, fullname: str, path: Sequence[str] | None, target: ModuleType | None
) -> ModuleSpec | None:
    """Where a module is according to the finders that come after this one."""
    for other in sys.meta_path[sys.meta_path.index(finder) + 1 :]:
        find = getattr(other, "find_spec", None)
        spec: ModuleSpec | None = find(fullname, path, target) if find else None
        if spec is not None:
            return spec
    return None


class _Finder(MetaPathFinder):
    """Asks the other finders where a module is, and has those of the project read by us."""

    def __init__(self, source: str) -> None:
        self._source = os.path.join(os.path.realpath(source), "")

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = found_after(self, fullname, path, target)
        if spec and type(spec.loader) is SourceFileLoader and self._is_ours(spec.origin or ""):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec

    def _is_ours(self, path: str) -> bool:
        name = os.path.basename(path)
        is_test = name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"
        real = os.path.realpath(path)
        return real.startswith(self._source) and not real.startswith(_HERE) and not is_test


class _Loader(SourceFileLoader):
    """Compiles a module with a switch in each function; keeps no compiled file."""

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(self.get_data(self.path), self.path)
        module: CodeType = compile(_Switched(self.path).visit(tree), self.path, "exec", dont_inherit=True)
        return module

    def exec_module(self, module: ModuleType) -> None:
        with SWITCH:
            super().exec_module(module)


class _Switched(ast.NodeTransformer):
    """Puts a switch before the first statement of each function body that does something."""

    def __init__(self, path: str) -> None:
        self._path = os.path.realpath(path)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self._switch(node)
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AsyncFunctionDef:
        self._switch(node)
        return node

    def _switch(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.generic_visit(node)
        first = next((at for at, statement in enumerate(node.body) if does_something(statement)), None)
        if first is None:
            return
        asked = ast.Call(ast.Name(_NAME, ast.Load()), [ast.Constant(f"{self._path}:{node.lineno}")], [])
        guard = ast.copy_location(ast.If(asked, [ast.Return(None)], []), node.body[first])
        node.body.insert(first, ast.fix_missing_locations(guard))


def does_something(statement: ast.stmt) -> bool:
    """Whether a statement is more than a docstring, `...`, `pass` or `raise NotImplementedError`."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Raise) and statement.exc is not None:
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return not (isinstance(raised, ast.Name) and raised.id == "NotImplementedError")
    return not isinstance(statement, ast.Pass)
