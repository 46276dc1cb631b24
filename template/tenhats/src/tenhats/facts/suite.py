"""The test suite as it is written: which tests there are, what each is bound to, what it asserts.

Read from the source, without running or importing anything: ten thousand tests take a second.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree

_ASSERTING = ("assert", "fail")
_EXPECTING = {"raises", "warns", "deprecated_call", "assertRaises", "assertWarns", "benchmark"}


@dataclass(frozen=True)
class Binding:
    """A test's word that it proves the requirement `name`; the place is that of the mark."""

    path: str
    line: int
    name: str
    test: str


@dataclass(frozen=True)
class Test:
    """A test function: its id as pytest gives it, without parameters, and what it says it proves.

    `digest` is of its source, decorators included.
    """

    path: str
    line: int
    id: str
    bindings: tuple[Binding, ...]
    asserts: bool
    is_timed: bool = False
    digest: str = ""


@dataclass(frozen=True)
class TestSuite:
    """Every test of the project, and every test file that Python cannot parse."""

    tests: tuple[Test, ...] = ()
    unreadable: tuple[tuple[str, int, str], ...] = ()

    @property
    def bindings(self) -> list[Binding]:
        """Every binding of every test."""
        return [binding for test in self.tests for binding in test.bindings]

    @cached_property
    def bound_names(self) -> frozenset[str]:
        """The names that some test is bound to, as the tests write them."""
        return frozenset(binding.name for binding in self.bindings)


@fact(reads=("*.py",))
def read_suite(project: Project, tree: Tree) -> TestSuite:
    """Parse every test file under the tests' folder."""
    tests: list[Test] = []
    unreadable: list[tuple[str, int, str]] = []
    folder = project.settings.tests
    for path in tree.files:
        if not is_test_file(path, folder):
            continue
        try:
            source = (project.root / path).read_bytes()
            tests.extend(tests_of(source, path))
        except SyntaxError as error:
            unreadable.append((path, error.lineno or 1, error.msg))
        except ValueError as error:
            unreadable.append((path, 1, str(error)))
    return TestSuite(tuple(tests), tuple(unreadable))


def is_test_file(path: str, folder: str) -> bool:
    """Whether pytest would collect a file; `folder` is that of the tests."""
    name = path.rpartition("/")[2]
    named = name.startswith("test_") or name.endswith("_test.py")
    return path.startswith(f"{folder}/") and name.endswith(".py") and named


def tests_of(source: bytes | str, path: str) -> Iterator[Test]:
    """Yield the tests of one module.

    Raises:
        SyntaxError: if the module cannot be parsed.
    """
    module = ast.parse(source)
    text = source.decode("utf-8", "replace") if isinstance(source, bytes) else source
    reader = _Module(module, path, text.splitlines())
    yield from reader.tests()


class _Module:
    """One parsed test module: its names for the mark, and which of its functions assert."""

    def __init__(self, module: ast.Module, path: str, lines: Sequence[str]) -> None:
        self._module = module
        self._path = path
        self._lines = lines
        self._functions = {
            node.name: node
            for node in ast.walk(module)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        self._known: dict[ast.AST, bool] = {}

    def tests(self) -> Iterator[Test]:
        """The module's test functions and the methods of its test classes."""
        yield from self._tests_in(self._module.body, self._path, _marks_for_all(self._module.body))

    def _tests_in(
        self, body: Iterable[ast.stmt], prefix: str, marks: list[tuple[str, int]]
    ) -> Iterator[Test]:
        for node in body:
            if isinstance(node, ast.ClassDef) and _is_test_class(node):
                own = [*marks, *_marks(node.decorator_list), *_marks_for_all(node.body)]
                yield from self._tests_in(node.body, f"{prefix}::{node.name}", own)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
                name = f"{prefix}::{node.name}"
                bindings = tuple(
                    Binding(self._path, line, word, name)
                    for word, line in [*marks, *_marks(node.decorator_list)]
                )
                asserts, timed = self._asserts(node), "benchmark" in _parameters(node)
                yield Test(self._path, node.lineno, name, bindings, asserts, timed, self._digest(node))

    def _digest(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
        first = min(each.lineno for each in (*function.decorator_list, function))
        own = self._lines[first - 1 : function.end_lineno]
        return hashlib.sha256("\n".join(own).strip().encode("utf-8", "replace")).hexdigest()[:16]

    def _asserts(self, function: ast.AST) -> bool:
        """Whether a function asserts something, itself or through a function of its module."""
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            if function in self._known:
                return self._known[function]
            self._known[function] = False
            found = "benchmark" in _parameters(function) or any(
                self._is_assertion(node) for node in ast.walk(function)
            )
            self._known[function] = found
            return found
        return False

    def _is_assertion(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Assert):
            return not (isinstance(node.test, ast.Constant) and bool(node.test.value))
        if not isinstance(node, ast.Call):
            return False
        name = _last_name(node.func)
        if name in _EXPECTING or name.startswith(_ASSERTING):
            return True
        called = self._functions.get(name)
        return called is not None and self._asserts(called)


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    return {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}


def _is_test_class(node: ast.ClassDef) -> bool:
    return node.name.startswith("Test") or any("TestCase" in _last_name(base) for base in node.bases)


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _marks_for_all(body: Iterable[ast.stmt]) -> list[tuple[str, int]]:
    """The names in the `pytestmark` of a module or a class."""
    return [
        mark
        for node in body
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)
        for mark in _marks([node.value])
    ]


def _marks(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, int]]:
    """The names in every `…mark.req("name", …)` of the nodes, each with its line."""
    for node in nodes:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and _last_name(call.func) == "req":
                for argument in call.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value, argument.lineno
