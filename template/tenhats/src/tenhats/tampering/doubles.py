"""What stands in a test in place of the code that it is about: patches, mocks, copies."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from tenhats.facts.suite import tests_of
from tenhats.tampering.assertions import Function, assertions_of
from tenhats.tampering.noticed import EXACT, Assertion, last_name
from tenhats.tampering.suites import body_of, words_of

_MOCKS = {"Mock", "MagicMock", "AsyncMock", "NonCallableMock", "create_autospec", "patch", "stub"}
_COUNTS = (".called", ".call_count", ".await_count")


@dataclass(frozen=True)
class Double:
    """One stand-in. `kind` is `called`, `called-with`, `copy`, `unit` or `part`; `what` is its name."""

    kind: str
    path: str
    line: int
    test: str
    what: str
    is_new: bool = False


@dataclass(frozen=True)
class Sources:
    """The functions and classes that the project itself defines, by the dotted names of modules."""

    modules: Mapping[str, Mapping[str, ast.AST]] = field(default_factory=dict)

    @cached_property
    def functions(self) -> frozenset[str]:
        """The names of all functions, without those of their modules."""
        modules = self.modules.values()
        return frozenset(
            name for defined in modules for name, node in defined.items() if isinstance(node, Function)
        )

    def defines(self, dotted: str) -> str | None:
        """The module that defines what `dotted` names, a method included; None if none of ours does."""
        module, _, name = dotted.rpartition(".")
        while module:
            if module in self.modules:
                return module if name.partition(".")[0] in self.modules[module] else None
            module, _, word = module.rpartition(".")
            name = f"{word}.{name}"
        return None


def definitions_of(source: str) -> dict[str, ast.AST]:
    """The functions and classes at the top of a module.

    Raises:
        SyntaxError: if Python cannot parse it.
    """
    body = ast.parse(source).body
    return {node.name: node for node in body if isinstance(node, Function | ast.ClassDef)}


def doubles_of(source: str, path: str, sources: Sources) -> Iterator[Double]:
    """The stand-ins in the tests of one module that are bound to a requirement.

    Raises:
        SyntaxError: if Python cannot parse it.
    """
    tree = ast.parse(source)
    imports = dict(_imports(tree))
    by_line = {(node.name, node.lineno): node for node in ast.walk(tree) if isinstance(node, Function)}
    helpers = {name: node for (name, _), node in by_line.items() if not name.startswith("test")}
    bound = [test for test in tests_of(source, path) if test.bindings]
    used: set[str] = set()
    for test in bound:
        function = by_line[test.id.rpartition("::")[2], test.line]
        used |= set(words_of(function))
        live = assertions_of(function, helpers).live
        mocks = _mocks_of(function)
        if live and all(_is_about_calls(each, mocks) for each in live):
            kind = (
                "called-with"
                if any(each.rank == EXACT and each.op == "called" for each in live)
                else "called"
            )
            yield Double(kind, path, live[0].line, test.id, live[0].subject)
        yield from _patches(function, test.id, path, imports, sources)
    yield from _copies(tree, path, imports, sources, used)


def _is_about_calls(each: Assertion, mocks: set[str]) -> bool:
    return each.root in mocks and (each.op == "called" or each.subject.endswith(_COUNTS))


def _mocks_of(function: Function) -> set[str]:
    """The names in a test that are mocks of its own making, or that `@patch` hands it."""
    made: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and _makes_a_mock(node.value):
            made |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.withitem) and isinstance(node.optional_vars, ast.Name):
            made |= {node.optional_vars.id} if _makes_a_mock(node.context_expr) else set()
    handed = sum(_makes_a_mock(each) for each in function.decorator_list)
    parameters = [each.arg for each in function.args.args if each.arg not in {"self", "cls"}]
    return made | set(parameters[:handed])


def _makes_a_mock(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = last_name(node.func)
    inner = last_name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    return name in _MOCKS or (name == "object" and inner == "patch")


def _patches(
    function: Function, test: str, path: str, imports: Mapping[str, str], sources: Sources
) -> Iterator[Double]:
    """The functions of the project that a test replaces; a `unit` is all of the project that it calls."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    by_attribute = {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}
    called = sources.functions & {last_name(node.func) for node in calls}
    about = {module for word in words_of(function) if (module := sources.defines(imports.get(word, "")))}
    about |= {imports[word] for word in words_of(function) if imports.get(word) in sources.modules}
    for call in calls:
        dotted = _patched(call, imports)
        module = sources.defines(dotted) if dotted else None
        if dotted and module:
            name = dotted.rpartition(".")[2]
            is_unit = name in by_attribute and called <= {name}
            if is_unit or module in about:
                yield Double("unit" if is_unit else "part", path, call.lineno, test, dotted)


def _patched(call: ast.Call, imports: Mapping[str, str]) -> str | None:
    """The dotted name of what a call of `patch` or `monkeypatch.setattr` replaces."""
    name, arguments = last_name(call.func), call.args
    inner = last_name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    first = arguments[0] if arguments else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str) and name in {"patch", "setattr"}:
        return first.value
    if (name == "setattr" and inner == "monkeypatch") or (name == "object" and inner == "patch"):
        word = arguments[1] if len(arguments) > 1 else None
        if first is not None and isinstance(word, ast.Constant) and isinstance(word.value, str):
            head, _, rest = ast.unparse(first).partition(".")
            owner = ".".join(filter(None, (imports.get(head, head), rest)))
            return f"{owner}.{word.value}"
    return None


def _copies(
    tree: ast.Module, path: str, imports: Mapping[str, str], sources: Sources, used: set[str]
) -> Iterator[Double]:
    """The functions and classes of a test module that do what one of the project does, by its name.

    One that calls the project's own code, be it through others of the module, is a way to it and no copy.
    """
    own = [node for node in tree.body if isinstance(node, Function | ast.ClassDef)]
    leads = {word for word, dotted in imports.items() if dotted in sources.modules or sources.defines(dotted)}
    while more := {
        node.name for node in own if node.name not in leads and not leads.isdisjoint(words_of(node))
    }:
        leads |= more
    for node in own:
        if node.name in imports or node.name in leads or node.name not in used:
            continue
        for module, defined in sources.modules.items():
            real = defined.get(node.name)
            if real is not None and _is_alike(node, real):
                yield Double("copy", path, node.lineno, f"{path}::{node.name}", f"{module}.{node.name}")


def _is_alike(one: ast.AST, other: ast.AST) -> bool:
    if isinstance(one, Function) and isinstance(other, Function):
        names = [[each.arg for each in node.args.args] for node in (one, other)]
        return body_of(one) == body_of(other) or (bool(names[0]) and names[0] == names[1])
    if isinstance(one, ast.ClassDef) and isinstance(other, ast.ClassDef):
        methods = [
            {each.name for each in node.body if isinstance(each, Function) and not each.name.startswith("__")}
            for node in (one, other)
        ]
        return bool(methods[0]) and methods[0] <= methods[1]
    return False


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each imported name, and the dotted name that it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield alias.asname or top, alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module or ''}.{alias.name}".lstrip(".")
