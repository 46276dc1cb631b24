"""The caches that the sources keep in the process: what bounds them, and who sees that they can go stale.

Read from the source. Where it cannot be told whether a cache is bounded, it counts as bounded.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tenhats.fact import Project, fact
from tenhats.facts.suite import TestSuite
from tenhats.facts.tree import Tree
from tenhats.sources.names import parsed

_Def: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

_CACHE_WORD = re.compile(r"(?:^|_)(?:cache|caches|memo|memoized|memos)(?:$|_)", re.IGNORECASE)
_STALE = re.compile(r"cache_clear|cache_info|stale|expir|invalidat|evict", re.IGNORECASE)
_EVICTS = {"pop", "popitem", "clear", "cache_clear"}
_EMPTY = {"dict", "defaultdict", "OrderedDict"}
_FINITE = {"bool", "None", "Literal", "type", "Type", "Enum", "IntEnum", "StrEnum", "Flag", "LiteralString"}
_CHANGES = {
    "open", "read_text", "read_bytes", "getenv", "environ", "urlopen", "check_output", "iterdir", "listdir",
    "execute", "fetchone", "fetchall", "now", "today", "getmtime", "stat",
}  # fmt: skip


@dataclass(frozen=True)
class Cache:
    """A cache: where it stands, what keeps it, and what bounds it.

    `kind` is `function`, `method`, `dict` or `cachetools`. `reads` is what it takes from outside that may
    change, if that was seen; `watched` says whether a test looks at that.
    """

    path: str
    line: int
    name: str
    kind: str
    is_bounded: bool
    reads: str = ""
    watched: bool = False


@dataclass(frozen=True)
class Caches:
    """Every cache of the sources, in the order in which they stand."""

    caches: tuple[Cache, ...] = ()


@fact(reads=("*.py",))
def find_caches(project: Project, tree: Tree, suite: TestSuite) -> Caches:
    """Look through the sources, and where there is a cache through the tests."""
    found: list[Cache] = []
    finite = set(_FINITE)
    modules = []
    for path in tree.matching(f"{project.settings.source}/*.py"):
        source = (project.root / path).read_bytes()
        has_enum = b"Enum" in source or b"Flag" in source
        if not has_enum and not re.search(rb"cache|memo", source, re.IGNORECASE):
            continue
        module = parsed(source)
        if not module:
            continue
        modules.append((path, module))
        finite |= {
            node.name
            for node in ast.walk(module)
            if isinstance(node, ast.ClassDef)
            if any(_last(base).endswith(("Enum", "Flag")) for base in node.bases)
        }
    for path, module in modules:
        found += caches_of(module, path, finite)
    if not any(each.reads for each in found):
        return Caches(tuple(found))
    tests = [
        (project.root / path).read_text(encoding="utf-8", errors="replace")
        for path in tree.matching(*(f"{folder}/*.py" for folder in suite.folders))
    ]
    watching = [text for text in tests if _STALE.search(text)]
    return Caches(tuple(_watched(each, watching) for each in found))


def _watched(cache: Cache, tests: Iterable[str]) -> Cache:
    watched = any(cache.name.rpartition(".")[2] in text for text in tests)
    return Cache(cache.path, cache.line, cache.name, cache.kind, cache.is_bounded, cache.reads, watched)


def caches_of(module: ast.Module, path: str, finite: set[str]) -> list[Cache]:
    """The caches of one module; `finite` are the names of types that have few values."""
    names = _imported(module)
    found = list(_decorated(module, path, names, finite))
    found += _dicts(module, path)
    return sorted(found, key=lambda each: each.line)


def _imported(module: ast.Module) -> dict[str, str]:
    """What the names of the module that make a cache mean: `lru_cache`, `cache` or `cached`."""
    found: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module in {"functools", "cachetools"}:
            for alias in node.names:
                if alias.name in {"lru_cache", "cache", "cached"}:
                    found[alias.asname or alias.name] = alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in {"functools", "cachetools"}:
                    home = alias.asname or alias.name
                    found.update((f"{home}.{each}", each) for each in ("lru_cache", "cache", "cached"))
    return found


def _decorated(module: ast.Module, path: str, names: dict[str, str], finite: set[str]) -> Iterator[Cache]:
    methods = {
        id(each): node.name
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        for each in node.body
    }
    for node in ast.walk(module):
        if not isinstance(node, _Def):
            continue
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            made = names.get(_written(call.func if call else decorator))
            if made is None:
                continue
            owner = methods.get(id(node), "")
            static = any(_last(each) == "staticmethod" for each in node.decorator_list)
            parameters = _parameters(node, is_method=bool(owner) and not static)
            bounded = not _is_unbounded(made, call) or _is_finite(parameters, finite)
            kind = "method" if owner and not static else "function"
            if made == "cached":
                kind = "cachetools"
            name = f"{owner}.{node.name}" if owner else node.name
            yield Cache(path, decorator.lineno, name, kind, bounded, _reads(node))


def _is_unbounded(made: str, call: ast.Call | None) -> bool:
    if made == "cache":
        return True
    given = _given(call, "maxsize" if made == "lru_cache" else "cache")
    if made == "lru_cache":
        return isinstance(given, ast.Constant) and given.value is None
    empty_call = isinstance(given, ast.Call) and _written(given.func) == "dict"
    return empty_call or isinstance(given, ast.Dict)


def _given(call: ast.Call | None, keyword: str) -> ast.expr | None:
    if call is None:
        return None
    if call.args:
        return call.args[0]
    return next((each.value for each in call.keywords if each.arg == keyword), None)


def _parameters(node: _Def, *, is_method: bool) -> list[ast.arg]:
    given = node.args
    plain = [*given.posonlyargs, *given.args]
    starred = [each for each in (given.vararg, given.kwarg) if each]
    return [*(plain[1:] if is_method else plain), *given.kwonlyargs, *starred]


def _is_finite(parameters: Sequence[ast.arg], finite: set[str]) -> bool:
    """Whether a function can be called in few ways only: its annotations say so of each parameter."""
    return all(each.annotation and _has_few_values(each.annotation, finite) for each in parameters)


def _has_few_values(node: ast.expr, finite: set[str]) -> bool:
    if isinstance(node, ast.BinOp):
        return _has_few_values(node.left, finite) and _has_few_values(node.right, finite)
    if isinstance(node, ast.Subscript):
        outer = _last(node.value)
        return outer in finite or (outer == "Optional" and _has_few_values(node.slice, finite))
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            try:
                return _has_few_values(ast.parse(node.value, mode="eval").body, finite)
            except SyntaxError:
                return False
        return node.value is None
    return _last(node) in finite


def _reads(node: _Def) -> str:
    """The first thing in a function that reads what may change outside of the process."""
    names = (_last(each) for each in ast.walk(node) if isinstance(each, ast.Name | ast.Attribute))
    return next((name for name in names if name in _CHANGES), "")


def _dicts(module: ast.Module, path: str) -> Iterator[Cache]:
    """The dictionaries of the module that are named as caches, and that functions add to."""
    made = {name: node for name, node in _globals(module) if _CACHE_WORD.search(name)}
    if not made:
        return
    written: set[str] = set()
    kept: set[str] = set()
    for function in ast.walk(module):
        if not isinstance(function, _Def):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
                name = node.value.id
                if isinstance(node.ctx, ast.Store) and not isinstance(node.slice, ast.Constant):
                    written.add(name)
                elif isinstance(node.ctx, ast.Del):
                    kept.add(name)
            elif isinstance(node, ast.Call):
                target = node.func.value if isinstance(node.func, ast.Attribute) else None
                if isinstance(target, ast.Name) and isinstance(node.func, ast.Attribute):
                    written |= {target.id} if node.func.attr == "setdefault" else set()
                    kept |= {target.id} if node.func.attr in _EVICTS else set()
                # Handed to somebody else, or measured: there may be a bound.
                kept |= {each.id for each in node.args if isinstance(each, ast.Name)}
            elif isinstance(node, ast.Global):
                kept |= set(node.names)
    for name, node in made.items():
        if name in written:
            yield Cache(path, node.lineno, name, "dict", name in kept)


def _globals(module: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """The module's names that begin as an empty dictionary, unless its keys are types."""
    for node in module.body:
        if isinstance(node, ast.AnnAssign):
            if "[type" in ast.unparse(node.annotation).lower():
                continue
            targets: list[ast.expr] = [node.target]
            value = node.value
        elif isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        else:
            continue
        empty = isinstance(value, ast.Dict) and not value.keys
        called = isinstance(value, ast.Call) and _last(value.func) in _EMPTY
        if empty or called:
            yield from ((each.id, node) for each in targets if isinstance(each, ast.Name))


def _written(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_written(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _last(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        return _last(node.func)
    if isinstance(node, ast.Subscript):
        return _last(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
