"""The assertions of a test: those of its body, and those of the functions of its module that it calls.

What can never run, or whose failure is swallowed, is no assertion.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tenhats.tampering.noticed import Assertion, asserted, asserted_by_call, last_name

MANY = 1000
"""How often something runs that runs an unknown number of times."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
_MOST_STATEMENTS = 5000


@dataclass(frozen=True)
class Asserted:
    """The assertions of one test, and the keys of those that cannot fail: never reached, or swallowed."""

    live: tuple[Assertion, ...]
    dead: frozenset[str]


def assertions_of(function: Function, helpers: Mapping[str, Function]) -> Asserted:
    """What a test asserts, itself and through functions of its module."""
    reader = _Reader(helpers)
    reader.called(function, 1, dead=False)
    return Asserted(tuple(reader.live), frozenset(each.key for each in reader.dead))


class _Reader:
    """One test, read from its first statement to its last."""

    def __init__(self, helpers: Mapping[str, Function]) -> None:
        self._helpers = helpers
        self._inside: set[str] = set()
        self._budget = _MOST_STATEMENTS
        self.live: list[Assertion] = []
        self.dead: list[Assertion] = []

    def called(self, function: Function, times: int, *, dead: bool) -> None:
        """Read the body of a function, unless it is being read already."""
        if function.name in self._inside or self._budget <= 0:
            return
        self._inside.add(function.name)
        self._body(function.body, times, dead)
        self._inside.discard(function.name)

    def _body(self, statements: Iterable[ast.stmt], times: int, dead: bool) -> None:
        for statement in statements:
            self._budget -= 1
            self._statement(statement, times, dead)
            dead = dead or isinstance(statement, ast.Return | ast.Raise | ast.Continue | ast.Break)

    def _statement(self, node: ast.stmt, times: int, dead: bool) -> None:
        match node:
            case ast.Assert():
                self._add(asserted(node.test, node.lineno), times, dead)
                self._calls(node.test, times, dead)
            case ast.If() | ast.While():
                self._calls(node.test, times, dead)
                known = node.test.value if isinstance(node.test, ast.Constant) else None
                never = isinstance(node.test, ast.Constant) and not known
                self._body(node.body, times, dead or never)
                self._body(node.orelse, times, dead or (isinstance(node, ast.If) and bool(known)))
            case ast.For() | ast.AsyncFor():
                self._calls(node.iter, times, dead)
                self._body(node.body, min(MANY, times * length_of(node.iter)), dead)
                self._body(node.orelse, times, dead)
            case ast.Try() | ast.TryStar():
                self._body(node.body, times, dead or any(map(_swallows, node.handlers)))
                for part in (*(each.body for each in node.handlers), node.orelse, node.finalbody):
                    self._body(part, times, dead)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    self._calls(item.context_expr, times, dead)
                self._body(node.body, times, dead or any(map(_suppresses, node.items)))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._body(node.body, times, dead)
            case ast.Match():
                for case in node.cases:
                    self._body(case.body, times, dead)
            case _:
                self._calls(node, times, dead)

    def _calls(self, node: ast.AST, times: int, dead: bool) -> None:
        for call in ast.walk(node):
            if not isinstance(call, ast.Call):
                continue
            name = last_name(call.func)
            if name in self._helpers:
                self.called(self._helpers[name], times, dead=dead)
            else:
                self._add(asserted_by_call(call, name), times, dead)

    def _add(self, found: Iterable[Assertion], times: int, dead: bool) -> None:
        for each in found:
            (self.dead if dead else self.live).append(replace(each, times=times))


def length_of(node: ast.AST | None) -> int:
    """How many elements a literal has; `MANY` if that cannot be read from the source."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return MANY if any(isinstance(each, ast.Starred) for each in node.elts) else len(node.elts)
    if isinstance(node, ast.Call) and last_name(node.func) == "range" and len(node.args) == 1:
        stop = node.args[0]
        if isinstance(stop, ast.Constant) and isinstance(stop.value, int):
            return max(0, min(MANY, stop.value))
    return MANY


def _swallows(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes a failed assertion and says nothing."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {last_name(kind) if kind else "BaseException" for kind in kinds}
    if not names & {"AssertionError", "Exception", "BaseException"}:
        return False
    return not any(
        isinstance(node, ast.Raise | ast.Assert)
        or (isinstance(node, ast.Call) and last_name(node.func).startswith(("fail", "assert", "skip")))
        for statement in handler.body
        for node in ast.walk(statement)
    )


def _suppresses(item: ast.withitem) -> bool:
    call = item.context_expr
    return (
        isinstance(call, ast.Call)
        and last_name(call.func) == "suppress"
        and bool({last_name(kind) for kind in call.args} & {"AssertionError", "Exception", "BaseException"})
    )
