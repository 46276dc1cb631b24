"""A test module as it is compared: each test with its assertions, how often it runs, what skips it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tenhats.facts.suite import tests_of
from tenhats.tampering.assertions import MANY, Function, assertions_of, length_of
from tenhats.tampering.noticed import Assertion, last_name

PLATFORM, CONDITION, ALWAYS = 1, 2, 3
"""Ranks of a skip: on some platforms or versions; on another condition; always, or it may fail."""

_PLATFORM_WORDS = (
    "sys.", "platform", "version", "os.name", "py3", "pypy", "implementation", "windows", "win32", "macos",
)  # fmt: skip
_SKIPPING = {"skip": ALWAYS, "xfail": ALWAYS, "skipif": CONDITION, "skipIf": CONDITION}
_SKIPPING |= {"skipUnless": CONDITION, "expectedFailure": ALWAYS}
_CALLED = {"skip": CONDITION, "xfail": CONDITION, "importorskip": CONDITION, "skipTest": CONDITION}


@dataclass(frozen=True)
class Skip:
    """Something that keeps a test from running, or lets it fail."""

    rank: int
    line: int
    text: str


@dataclass(frozen=True)
class Tested:
    """One test. `first` is the line of its first decorator, `words` are the names that it uses."""

    id: str
    path: str
    line: int
    first: int
    body: str
    cases: int
    live: tuple[Assertion, ...]
    dead: frozenset[str]
    skip: Skip | None
    bound: frozenset[str]
    words: frozenset[str]

    @property
    def name(self) -> str:
        """Its own name, without those of its classes."""
        return self.id.rpartition("::")[2]


@dataclass(frozen=True)
class Module:
    """One file under the tests' folder. `others` has the bodies of functions that are no tests."""

    path: str
    tests: dict[str, Tested] = field(default_factory=dict)
    others: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    skip: Skip | None = None
    imported: frozenset[str] = frozenset()
    lines: int = 1


def read_module(source: str, path: str) -> Module:
    """Read one module; one that pytest would not collect has no tests.

    Raises:
        SyntaxError: if Python cannot parse it.
    """
    tree = ast.parse(source)
    name = path.rpartition("/")[2]
    collected = name.startswith("test_") or name.endswith("_test.py")
    bindings = {
        test.id: frozenset(each.name for each in test.bindings)
        for test in (tests_of(source, path) if collected and not _is_off(tree.body) else ())
    }
    reader = _Reader(tree, path, bindings)
    reader.read(tree.body, path, (), None)
    return Module(
        path,
        reader.tests,
        reader.others,
        _module_skip(tree.body),
        frozenset(_imported(tree)),
        source.count("\n") + 1,
    )


class _Reader:
    """Goes through the classes and functions of one module."""

    def __init__(self, tree: ast.Module, path: str, bindings: Mapping[str, frozenset[str]]) -> None:
        self._path = path
        self._bindings = bindings
        self._helpers = {
            node.name: node
            for node in ast.walk(tree)
            if isinstance(node, Function) and not node.name.startswith("test")
        }
        self._literals = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        self.tests: dict[str, Tested] = {}
        self.others: dict[str, tuple[str, int]] = {}

    def read(
        self, body: Iterable[ast.stmt], prefix: str, decorators: tuple[ast.expr, ...], off: Skip | None
    ) -> None:
        """Read the definitions of a module or of a class, which bears these decorators."""
        for node in body:
            if isinstance(node, ast.ClassDef):
                own = (*decorators, *node.decorator_list, *_pytestmark(node.body))
                never = Skip(ALWAYS, node.lineno, "__test__ = False") if _is_off(node.body) else off
                self.read(node.body, f"{prefix}::{node.name}", own, never)
            elif isinstance(node, Function):
                id_ = f"{prefix}::{node.name}"
                if id_ in self._bindings and off is None:
                    self.tests[id_] = self._test(node, id_, (*decorators, *node.decorator_list))
                else:
                    self.others[body_of(node)] = (node.name, node.lineno)

    def _test(self, node: Function, id_: str, decorators: tuple[ast.expr, ...]) -> Tested:
        asserted = assertions_of(node, self._helpers)
        return Tested(
            id_,
            self._path,
            node.lineno,
            min((each.lineno for each in node.decorator_list), default=node.lineno),
            body_of(node),
            self._cases(decorators),
            asserted.live,
            asserted.dead,
            _hardest([*_skipped_by(decorators), *_skipped_in(node)]),
            self._bindings[id_],
            frozenset(words_of(node)),
        )

    def _cases(self, decorators: Iterable[ast.expr]) -> int:
        """How many times parametrising makes a test run."""
        times = 1
        for each in decorators:
            if isinstance(each, ast.Call) and last_name(each.func) == "parametrize" and len(each.args) > 1:
                values = each.args[1]
                if isinstance(values, ast.Name):
                    values = self._literals.get(values.id, values)
                times = min(MANY, times * _different(values))
        return times


def _different(values: ast.expr) -> int:
    """How many cases a list has; one that is written twice proves nothing twice."""
    if isinstance(values, ast.List | ast.Tuple) and length_of(values) < MANY:
        return len({ast.dump(each) for each in values.elts})
    return length_of(values)


def body_of(node: Function) -> str:
    """What a function takes and does, whatever its name, decorators and docstring."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return "\n".join(ast.dump(part) for part in (node.args, *body))


def words_of(node: ast.AST) -> Iterator[str]:
    """Every name that is used in a node."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.Attribute):
            yield each.attr
        elif isinstance(each, ast.arg):
            yield each.arg


def _imported(tree: ast.Module) -> Iterator[str]:
    """The names that a module has from other modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]


def _is_off(body: Iterable[ast.stmt]) -> bool:
    """Whether a module or class says `__test__ = False`."""
    return any(
        isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "__test__" for target in node.targets)
        and isinstance(node.value, ast.Constant)
        and not node.value.value
        for node in body
    )


def _pytestmark(body: Iterable[ast.stmt]) -> list[ast.expr]:
    """The marks that a module or class puts on all its tests."""
    found: list[ast.expr] = []
    for node in body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            is_list = isinstance(node.value, ast.List | ast.Tuple)
            found += node.value.elts if is_list else [node.value]  # type: ignore[attr-defined]
    return found


def _module_skip(body: list[ast.stmt]) -> Skip | None:
    """What skips a whole module: its `pytestmark`, or a call at its top."""
    called = [
        skip
        for node in body
        if isinstance(node, ast.Expr | ast.Assign | ast.If)
        for skip in _skip_calls(node, on_platform=False)
    ]
    return _hardest([*_skipped_by(_pytestmark(body)), *called])


def _skipped_by(decorators: Iterable[ast.expr]) -> Iterator[Skip]:
    """What the decorators skip; a mark on one case of a parametrised test counts too."""
    for decorator in decorators:
        called = {id(node.func) for node in ast.walk(decorator) if isinstance(node, ast.Call)}
        for node in ast.walk(decorator):
            call = node if isinstance(node, ast.Call) else None
            target = call.func if call else node
            name = last_name(target)
            if name not in _SKIPPING or id(node) in called or (not call and not _is_mark(target)):
                continue
            rank = _SKIPPING[name]
            condition = call.args[0] if call and call.args else None
            if condition is not None and (name in {"skipif", "skipIf", "skipUnless"} or name == "xfail"):
                is_fixed = isinstance(condition, ast.Constant) and not isinstance(condition.value, str)
                rank = ALWAYS if is_fixed else _rank_of(ast.unparse(condition))
            yield Skip(rank, node.lineno, ast.unparse(node))  # type: ignore[attr-defined]


def _is_mark(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and last_name(node.value) in {"mark", "unittest"}


def _skipped_in(function: Function) -> Iterator[Skip]:
    """The skips that a test calls; at the top of its body they skip it always."""
    for statement in function.body:
        top = isinstance(statement, ast.Expr | ast.Raise | ast.Assign)
        for skip in _skip_calls(statement, on_platform=False):
            if top and "importorskip" not in skip.text:
                yield Skip(ALWAYS, skip.line, skip.text)
            else:
                yield skip


def _skip_calls(node: ast.AST, *, on_platform: bool) -> Iterator[Skip]:
    if isinstance(node, ast.If):
        on_platform = on_platform or _rank_of(ast.unparse(node.test)) == PLATFORM
    if isinstance(node, ast.Call):
        name = last_name(node.func)
        owner = last_name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if name in _CALLED and (owner in {"pytest", "self", ""} or name == "importorskip"):
            yield Skip(PLATFORM if on_platform else _CALLED[name], node.lineno, ast.unparse(node))
    if isinstance(node, ast.Raise) and node.exc and "SkipTest" in ast.unparse(node.exc):
        yield Skip(PLATFORM if on_platform else CONDITION, node.lineno, ast.unparse(node))
    for child in ast.iter_child_nodes(node):
        yield from _skip_calls(child, on_platform=on_platform)


def _rank_of(condition: str) -> int:
    lowered = condition.lower()
    return PLATFORM if any(word in lowered for word in _PLATFORM_WORDS) else CONDITION


def _hardest(skips: list[Skip]) -> Skip | None:
    return max(skips, key=lambda skip: skip.rank, default=None)
