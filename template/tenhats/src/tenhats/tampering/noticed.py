"""What one assertion would notice: what it is about, and how exactly.

`assert`, unittest's methods, pytest's expected errors, the methods of mocks, and functions that are
called like assertions.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

EXACT, CLOSE, RAISES, PART, PRESENCE = 5, 4, 3, 2, 1
"""Ranks: equals; nearly equals, or is empty; raises; is among or is less; is there or is of a type."""

_LOOSE = {ast.NotEq, ast.IsNot, ast.NotIn}
_RAISING = {"raises", "warns", "deprecated_call", "assertRaises", "assertWarns"}
_RAISING_LIKE = {"assertRaisesRegex", "assertWarnsRegex"}
_UNITTEST = {
    "assertEqual": ast.Eq, "assertEquals": ast.Eq, "assertIs": ast.Eq, "assertListEqual": ast.Eq,
    "assertDictEqual": ast.Eq, "assertTupleEqual": ast.Eq, "assertSetEqual": ast.Eq,
    "assertSequenceEqual": ast.Eq, "assertMultiLineEqual": ast.Eq, "assertCountEqual": ast.Eq,
    "assertNotEqual": ast.NotEq, "assertIsNot": ast.NotEq, "assertIn": ast.In, "assertNotIn": ast.NotIn,
    "assertLess": ast.Lt, "assertLessEqual": ast.LtE, "assertGreater": ast.Gt,
    "assertGreaterEqual": ast.GtE,
}  # fmt: skip
_WRAPPERS = {"len", "str", "repr", "list", "set", "sorted", "tuple", "dict", "type", "sum", "int", "bool"}
_OPAQUE = ("assert", "check", "expect", "verify", "fail")


@dataclass(frozen=True)
class Assertion:
    """One thing that a test would notice.

    `key` is its text, `shape` its text without names and constants, `subject` what it is about, `root`
    the name in it. `size` is how many values it compares at once, `times` how often it runs.
    """

    key: str
    shape: str
    subject: str
    root: str
    rank: int
    line: int
    times: int = 1
    size: int = 1
    op: str = ""
    number: float | None = None
    exceptions: frozenset[str] = frozenset()


def last_name(node: ast.AST) -> str:
    """The last word of a dotted name; nothing if it is none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def asserted(test: ast.expr, line: int) -> Iterator[Assertion]:
    """What `assert test` notices."""
    match test:
        case ast.Constant():
            if not test.value:
                yield _made(test, "", PART, line)
        case ast.BoolOp(op=ast.And()):
            for part in test.values:
                yield from asserted(part, line)
        case ast.BoolOp():
            yield from _one_of(test, line)
        case ast.UnaryOp(op=ast.Not()):
            yield from _denied(test, line)
        case ast.Compare():
            left = test.left
            for op, right in zip(test.ops, test.comparators, strict=True):
                yield from _compared(left, op, right, line)
                left = right
        case ast.Call() if last_name(test.func) in {"isinstance", "hasattr", "callable", "issubclass"}:
            yield _made(test, test.args[0] if test.args else test, PRESENCE, line)
        case ast.Call(func=ast.Attribute(value=subject, attr="startswith" | "endswith")):
            yield _made(test, subject, PART, line)
        case _:
            yield _made(test, test, PRESENCE, line)


def _one_of(test: ast.BoolOp, line: int) -> Iterator[Assertion]:
    """What `or` notices: nothing, if one of its parts always holds."""
    if not any(isinstance(part, ast.Constant) and part.value for part in test.values):
        first = next(asserted(test.values[0], line), None)
        yield _made(test, first.subject if first else "", PART, line)


def _denied(test: ast.UnaryOp, line: int) -> Iterator[Assertion]:
    """What `not` notices: that something is empty, or is not of a type."""
    subject = test.operand
    if isinstance(subject, ast.Call) and last_name(subject.func) in {"isinstance", "any"}:
        yield _made(test, subject.args[0] if subject.args else subject, PRESENCE, line)
    elif not isinstance(subject, ast.Constant):
        yield _made(test, subject, CLOSE, line)


def _compared(left: ast.expr, op: ast.cmpop, right: ast.expr, line: int) -> Iterator[Assertion]:
    is_exact = isinstance(op, ast.Eq | ast.Is)
    both = isinstance(left, ast.Tuple | ast.List) and isinstance(right, ast.Tuple | ast.List)
    if is_exact and both and len(left.elts) == len(right.elts):  # type: ignore[attr-defined]
        for one, other in zip(left.elts, right.elts, strict=True):  # type: ignore[attr-defined]
            yield from _compared(one, op, other, line)
        return
    turned = _is_literal(left) and not _is_literal(right)
    subject, expected = (right, left) if turned else (left, right)
    whole = ast.Compare(left, [op], [right])
    rank = EXACT if is_exact else PRESENCE if type(op) in _LOOSE else PART
    is_true = isinstance(expected, ast.Constant) and expected.value is True
    if is_exact and (is_true or _is_empty(expected) or _approx(expected)):
        rank = CLOSE
    name = type(op).__name__
    if turned:
        name = {"Lt": "Gt", "LtE": "GtE", "Gt": "Lt", "GtE": "LtE"}.get(name, name)
    number = _tolerance(_approx(expected)) if _approx(expected) else _number(expected)
    size = _leaves(expected) if rank == EXACT else 1
    yield _made(whole, subject, rank, line, op=name, number=number, size=size)


def asserted_by_call(call: ast.Call, name: str) -> Iterator[Assertion]:
    """What a call of unittest's, pytest's or a mock's own assertions notices."""
    arguments = call.args
    if name in _RAISING or name in _RAISING_LIKE:
        kinds = arguments[0].elts if arguments and isinstance(arguments[0], ast.Tuple) else arguments[:1]
        exceptions = frozenset(map(last_name, kinds))
        has_match = name in _RAISING_LIKE or any(each.arg == "match" for each in call.keywords)
        rank = RAISES + 1 if has_match else RAISES
        # With a match it says as much as an assertion on the message beside it.
        size = 2 if has_match else 1
        yield _made(call, "raises", rank, call.lineno, op="raises", exceptions=exceptions, size=size)
    elif name in _UNITTEST and len(arguments) >= 2:
        yield from _compared(arguments[0], _UNITTEST[name](), arguments[1], call.lineno)
    elif name == "assertAlmostEqual" and len(arguments) >= 2:
        yield _made(call, arguments[0], CLOSE, call.lineno)
    elif name in {"assertTrue", "assert_"} and arguments:
        yield from asserted(arguments[0], call.lineno)
    elif name == "assertFalse" and arguments:
        yield from asserted(ast.UnaryOp(ast.Not(), arguments[0]), call.lineno)
    elif name == "assertIsNone" and arguments:
        yield _made(call, arguments[0], EXACT, call.lineno)
    elif name in {"assertIsNotNone", "assertIsInstance"} and arguments:
        yield _made(call, arguments[0], PRESENCE, call.lineno)
    elif name.startswith("assert_called") or name in {"assert_any_call", "assert_has_calls"}:
        rank = EXACT if name.endswith("with") else PART if arguments else PRESENCE
        subject = call.func.value if isinstance(call.func, ast.Attribute) else call
        yield _made(call, subject, rank, call.lineno, op="called")
    elif name.startswith(_OPAQUE):
        yield _made(call, arguments[0] if arguments else call, EXACT, call.lineno)


def _made(
    whole: ast.expr,
    subject: ast.expr | str,
    rank: int,
    line: int,
    *,
    op: str = "",
    number: float | None = None,
    size: int = 1,
    exceptions: frozenset[str] = frozenset(),
) -> Assertion:
    about = subject if isinstance(subject, str) else ast.unparse(subject)
    root = about if isinstance(subject, str) else _root(subject)
    return Assertion(
        ast.unparse(whole), shape_of(whole), about, root, rank, line, 1, size, op, number, exceptions
    )


def shape_of(node: ast.AST) -> str:
    """A node without its constants and its names, those of functions and attributes left."""
    parts: list[str] = []
    called = {id(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute):
            parts.append(each.attr)
        elif isinstance(each, ast.Name):
            parts.append(each.id if id(each) in called else "_")
        elif isinstance(each, ast.Constant):
            parts.append("_")
        elif not isinstance(each, ast.expr_context | ast.Tuple | ast.List | ast.Dict | ast.JoinedStr):
            parts.append(type(each).__name__)
    return " ".join(dict.fromkeys(parts))


def _root(node: ast.AST) -> str:
    """The name at the bottom of `name.part["key"]`; of a call, the function's."""
    while True:
        match node:
            case ast.Attribute(value=ast.Name(), attr="value"):
                # The message of an expected exception: `str(caught.value)`.
                return "raises"
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Await(value=inner):
                node = inner
            case ast.Call(func=ast.Name(id=name), args=[inner, *_]) if name in _WRAPPERS:
                node = inner
            case ast.Call(func=inner):
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return ast.unparse(node)


def _is_literal(node: ast.expr) -> bool:
    return not any(isinstance(each, ast.Name) for each in ast.walk(node))


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is not None and not node.value
    if isinstance(node, ast.Dict):
        return not node.values
    return isinstance(node, ast.List | ast.Tuple) and not node.elts


def _approx(node: ast.expr) -> ast.Call | None:
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    return next((each for each in calls if last_name(each.func) == "approx"), None)


def _tolerance(call: ast.Call | None) -> float:
    """The widest tolerance that is written; pytest's own, 1e-6, if none is."""
    written = [*call.args[1:], *(each.value for each in call.keywords)] if call else []
    return max((value for each in written if (value := _number(each)) is not None), default=1e-6)


def _number(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    return None


def _leaves(node: ast.expr) -> int:
    """How many values a literal, or a call that makes an object, holds."""
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts) | ast.Dict(values=parts):
            return max(1, sum(map(_leaves, parts)))
        case ast.Call():
            return max(1, len(node.args) + len(node.keywords))
        case _:
            return 1


def is_broader(new: frozenset[str], old: frozenset[str]) -> bool:
    """Whether an expectation of `new` exceptions lets through what one of `old` would not."""
    if new == old or not old:
        return False
    return new > old or all(any(_covers(wide, kind) for wide in new) for kind in old)


def _covers(wide: str, kind: str) -> bool:
    one, other = getattr(builtins, wide, None), getattr(builtins, kind, None)
    if wide in {"Exception", "BaseException"}:
        return True
    is_known = isinstance(one, type) and isinstance(other, type)
    return wide == kind or (is_known and issubclass(other, one))  # type: ignore[arg-type]
