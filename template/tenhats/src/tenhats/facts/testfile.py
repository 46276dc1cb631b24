"""One test file as it is written: its tests, their marks, and what other files may take from it.

Pure: from a source to an index that can be kept by the source's digest. What another module gives is only
named in it, and is looked up when the files are put together, in `facts/collecting.py`. One walk over the
tree; bodies are looked into only to see whether a test can fail.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from tenhats.facts.marks import Mark, Names
from tenhats.facts.variety import tries_many

_ASSERTING = ("assert", "fail")
_EXPECTING = {"raises", "warns", "deprecated_call", "assertRaises", "assertWarns", "benchmark"}
_NOT_A_TEST = {"fixture", "property", "cached_property"}
_SCENARIO = "pytest_bdd:scenario"

_Def: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function or method that may be a test; `calls` is what it calls, if it asserts nothing itself.

    `digest` is of its source, decorators included. `varied` says whether it tries many inputs.
    """

    name: str
    line: int
    marks: tuple[Mark, ...] = ()
    asserts: bool = False
    is_timed: bool = False
    calls: tuple[str, ...] = ()
    digest: str = ""
    varied: bool = False


@dataclass(frozen=True)
class Class:
    """A class that may hold tests; `wanted` is its `__test__`, if it has one."""

    name: str
    line: int
    bases: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    wanted: bool | None = None
    is_made: bool = False


@dataclass(frozen=True)
class FileIndex:
    """All that matters of one file; `error` is a line and a message if it cannot be parsed."""

    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    marks: tuple[Mark, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    given: dict[str, tuple[Mark, ...]] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    ignored_globs: tuple[str, ...] = ()
    error: tuple[int, str] | None = None

    @property
    def defined(self) -> tuple[Function | Class, ...]:
        """The functions and classes that the file itself defines."""
        return (*self.functions, *self.classes)


def index_of(source: bytes | str) -> FileIndex:
    """Read one file; of a file that cannot be parsed only the error is told."""
    try:
        module = ast.parse(source)
    except SyntaxError as error:
        return FileIndex(error=(error.lineno or 1, error.msg))
    except ValueError as error:
        return FileIndex(error=(1, str(error)))
    text = source.decode("utf-8", "replace") if isinstance(source, bytes) else source
    return _Reader(module, text.splitlines()).index()


@dataclass
class _Scope:
    """What a module or a class body has defined so far."""

    functions: dict[str, Function] = field(default_factory=dict)
    classes: dict[str, Class] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    wanted: bool | None = None
    is_made: bool = False
    hidden: dict[str, ast.expr | None] = field(default_factory=dict)


class _Reader:
    """Goes through one module in the order in which Python would run it."""

    def __init__(self, module: ast.Module, lines: Sequence[str]) -> None:
        self._module = module
        self._lines = lines
        self._names = Names()
        self._stars: list[str] = []
        self._named: dict[str, _Def] | None = None
        self._asserting: dict[_Def, bool] = {}

    def index(self) -> FileIndex:
        """The module's index."""
        scope = _Scope()
        self._block(self._module.body, scope, "")
        texts, given = {}, {}
        for name, value in self._names.known.items():
            text = self._names.text(value)
            if text is not None:
                texts[name] = text
            elif isinstance(value, ast.Call | ast.List | ast.Tuple) and (
                marks := tuple(self._names.marks(value))
            ):
                given[name] = marks
        return FileIndex(
            tuple(scope.functions.values()),
            tuple(scope.classes.values()),
            scope.marks,
            texts,
            {name: marks for name, marks in given.items() if marks},
            self._names.imports,
            tuple(self._stars),
            self._names.texts("collect_ignore"),
            self._names.texts("collect_ignore_glob"),
        )

    def _block(self, body: Iterable[ast.stmt], scope: _Scope, within: str) -> None:
        for node in body:
            if isinstance(node, _Def):
                self._function(node, scope)
            elif isinstance(node, ast.ClassDef):
                scope.functions.pop(node.name, None)
                scope.classes[node.name] = self._class(node, within)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                self._assignment(node, scope, within)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    name = alias.asname or alias.name.partition(".")[0]
                    self._names.imports[name] = f"{alias.name if alias.asname else name}:"
                    self._names.known.pop(name, None)
            elif isinstance(node, ast.ImportFrom):
                self._import_from(node)
            else:
                for inner in ("body", "handlers", "orelse", "finalbody"):
                    for each in getattr(node, inner, ()):
                        self._block(each.body if inner == "handlers" else [each], scope, within)

    def _function(self, node: _Def, scope: _Scope) -> None:
        scope.classes.pop(node.name, None)
        scope.functions.pop(node.name, None)
        if node.name in {"__init__", "__new__"}:
            scope.is_made = True
        if any(_last_name(each) in _NOT_A_TEST for each in node.decorator_list):
            return
        marks = tuple(mark for each in node.decorator_list for mark in self._names.marks(each))
        parameters = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
        asserts = self._asserts(node) or any(
            self._names.reference(each) == _SCENARIO for each in node.decorator_list
        )
        timed = "benchmark" in parameters
        calls = () if asserts else tuple(self._calls(node))
        digest = self._digest(node)
        scope.functions[node.name] = Function(
            node.name, node.lineno, marks, asserts, timed, calls, digest, tries_many(node)
        )

    def _digest(self, function: _Def) -> str:
        first = min(each.lineno for each in (*function.decorator_list, function))
        own = self._lines[first - 1 : function.end_lineno]
        return hashlib.sha256("\n".join(own).strip().encode("utf-8", "replace")).hexdigest()[:16]

    def _calls(self, function: _Def) -> Iterator[str]:
        calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
        yield from dict.fromkeys(filter(None, map(self._names.reference, calls)))

    def _class(self, node: ast.ClassDef, within: str) -> Class:
        scope = _Scope()
        self._block(node.body, scope, f"{within}{node.name}.")
        for name, value in scope.hidden.items():
            if value is None:
                self._names.known.pop(name, None)
            else:
                self._names.known[name] = value
        own = tuple(mark for each in node.decorator_list for mark in self._names.marks(each))
        bases = tuple(self._names.reference(base) or _last_name(base) for base in node.bases)
        return Class(
            node.name,
            node.lineno,
            bases,
            own + scope.marks,
            tuple(scope.functions.values()),
            tuple(scope.classes.values()),
            scope.wanted,
            scope.is_made,
        )

    def _assignment(self, node: ast.Assign | ast.AnnAssign, scope: _Scope, within: str) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if not isinstance(target, ast.Name) or node.value is None:
                continue
            if target.id == "pytestmark":
                scope.marks = tuple(self._names.marks(node.value))
            elif target.id == "__test__" and isinstance(node.value, ast.Constant):
                scope.wanted = bool(node.value.value)
            else:
                if within:
                    scope.hidden.setdefault(target.id, self._names.known.get(target.id))
                    self._names.known[f"{within}{target.id}"] = node.value
                self._names.known[target.id] = node.value

    def _import_from(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                self._stars.append(module)
            else:
                name = alias.asname or alias.name
                self._names.imports[name] = f"{module}:{alias.name}"
                self._names.known.pop(name, None)

    def _asserts(self, function: _Def) -> bool:
        """Whether a function asserts something, itself or through a function of its module."""
        if function not in self._asserting:
            self._asserting[function] = False
            arguments = (*function.args.args, *function.args.kwonlyargs)
            self._asserting[function] = (
                any(type(each) is ast.Assert and not _is_true(each.test) for each in function.body)
                or any(argument.arg == "benchmark" for argument in arguments)
                or any(self._can_fail(node) for node in ast.walk(function))
            )
        return self._asserting[function]

    def _can_fail(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Assert):
            return not _is_true(node.test)
        if not isinstance(node, ast.Call):
            return False
        name = _last_name(node.func)
        if name in _EXPECTING or name.startswith(_ASSERTING):
            return True
        if self._named is None:
            self._named = {each.name: each for each in ast.walk(self._module) if isinstance(each, _Def)}
        called = self._named.get(name)
        return called is not None and self._asserts(called)


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(node.value)


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
