"""Whether a test tries many inputs: made by Hypothesis, written as cases, or gone through in a loop.

Read from the test itself. What cannot be counted, such as cases that a function makes, is many.
"""

from __future__ import annotations

import ast

_MANY = 5


def tries_many(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a test has at least five cases, or as many as Hypothesis makes."""
    cases = 1
    for decorator in function.decorator_list:
        name = _last(decorator)
        if name in {"given", "fuzz"}:
            return True
        if name == "parametrize":
            cases *= _cases(decorator)
    if cases >= _MANY:
        return True
    loops = (node for node in ast.walk(function) if isinstance(node, ast.For | ast.AsyncFor))
    return any(isinstance(each, ast.Assert | ast.Call) for loop in loops for each in ast.walk(loop))


def _cases(decorator: ast.expr) -> int:
    """How many cases a `parametrize` has."""
    if not isinstance(decorator, ast.Call):
        return 1
    named = {each.arg: each.value for each in decorator.keywords}
    values = decorator.args[1] if len(decorator.args) > 1 else named.get("argvalues")
    if isinstance(values, ast.List | ast.Tuple | ast.Set):
        starred = any(isinstance(each, ast.Starred) for each in values.elts)
        return _MANY if starred else len(values.elts)
    return _MANY


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
