"""The routes that a module of a web application names, and whether a path leads to one of them.

Prefixes are put together while the program runs, so a path is held against routes from its end: `/api/health`
leads to `"/health"`, wherever that is mounted.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tenhats.sources.names import imported

# Calls and decorators whose first argument is a route even without a slash before it.
_TAKES_A_ROUTE = {
    "path", "re_path", "url", "route", "get", "post", "head", "api_route", "add_route", "add_url_rule",
    "add_api_route", "Route", "Mount", "mount", "add_get", "view",
}  # fmt: skip
_NAMED_SO = {"prefix", "url_prefix", "path", "rule", "url_path"}
# Packages of these names bring routes along that no module names.
_BRINGS = re.compile(r"health|probe|heartbeat|dockerflow|watchman|prometheus|instrumentator|exporter|metrics")
_MOST_LETTERS = 300
# What FastAPI has by itself.
BUILT_IN = ("/docs", "/redoc", "/openapi.json")
_ANY, _REST = "*", "**"
_OPEN = re.compile(r"[{<(*\[\\:]")


@dataclass(frozen=True)
class Routes:
    """The routes that one module names, and whether it takes in a package that brings more."""

    named: tuple[str, ...] = ()
    brings: bool = False


def routes_of(module: ast.Module) -> Routes:
    """Read one module."""
    named: dict[str, None] = {}
    brings = any(_BRINGS.search(name) for name in imported(module).values())
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.startswith("/"):
                named[node.value] = None
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _TAKES_A_ROUTE and node.args:
                named.update(dict.fromkeys(_texts(node.args[0])))
            if name == "include" and node.args:
                brings = brings or any(_BRINGS.search(text) for text in _texts(node.args[0]))
            for each in node.keywords:
                if each.arg in _NAMED_SO:
                    named.update(dict.fromkeys(_texts(each.value)))
    return Routes(tuple(each for each in named if len(each) <= _MOST_LETTERS), brings)


def _texts(node: ast.expr) -> list[str]:
    return [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


def leads_to(path: str, routes: Iterable[str]) -> bool:
    """Whether a path ends as one of the routes does; the path `/` wants a route that is empty or `/`."""
    asked = _parts(path)
    return any(_fits(asked, _parts(route)) for route in routes)


def _fits(asked: list[str], route: list[str]) -> bool:
    if _REST in route:
        before = route[: route.index(_REST)]
        return len(before) <= len(asked) and all(
            each in {_ANY, step} for each, step in zip(before, asked, strict=False)
        )
    if not route or not asked:
        return route == asked
    if all(each == _ANY for each in route):
        return False
    last = asked[-len(route) :]
    return len(last) == len(route) and all(
        each in {_ANY, step} for each, step in zip(route, last, strict=True)
    )


def _parts(route: str) -> list[str]:
    """The steps of a route; a parameter fits any step, and one that takes a whole path any number."""
    bare = route.partition("#")[0].removeprefix("^").removesuffix("$").removesuffix("/?")
    if "://" in bare:
        bare = "/" + bare.partition("://")[2].partition("/")[2]
    bare = bare if _OPEN.search(bare) else bare.partition("?")[0]
    steps = []
    for step in bare.split("/"):
        if ":path}" in step or "<path:" in step or step in {".*", "(.*)"}:
            steps.append(_REST)
        elif step:
            steps.append(_ANY if _OPEN.search(step) else step)
    return steps
