"""Tells the operations of web applications: FastAPI's whole description, Flask's and Django's routes.

Each operation says in `x-tenhats-at` where its function stands.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any

from tenhats_models import place_of  # type: ignore[import-not-found]

_FACTORIES = ("create_app", "make_app", "build_app", "get_app", "create_application", "app_factory")
_ARGUMENT = re.compile(r"<(?:[^<>:]{1,200}:)?([^<>:]{1,200})>")
_AT = "x-tenhats-at"
_HTTP = ("get", "put", "post", "delete", "patch")


def told(modules: Iterable[ModuleType], root: str, settings: str) -> Iterator[dict[str, Any]]:
    """Every application of the modules, as an OpenAPI description; `whole` if it has schemas too."""
    for kind, source, tell in (("FastAPI", "fastapi", _fastapi), ("Flask", "flask", _flask)):
        library = sys.modules.get(source)
        if library:
            found = _instances(modules, getattr(library, kind))
            for module, app in _outermost(found):
                description = tell(app, root)
                yield {
                    "kind": kind,
                    "path": place_of(module, root)[0],
                    "whole": kind == "FastAPI",
                    "document": description,
                }
    if settings:
        yield {"kind": "Django", "path": "", "whole": False, "document": _django(root)}


def _instances(modules: Iterable[ModuleType], kind: type[Any]) -> list[tuple[ModuleType, Any]]:
    """The applications that the modules hold; where one holds none, what its factory makes."""
    found: dict[int, tuple[ModuleType, Any]] = {}
    for module in modules:
        held = [each for each in vars(module).values() if isinstance(each, kind)]
        for app in held or _made(module, kind):
            found.setdefault(id(app), (module, app))
    return list(found.values())


def _made(module: ModuleType, kind: type[Any]) -> list[Any]:
    """What `create_app()` or the like makes: Flask's own command looks for it in the same way."""
    for name in _FACTORIES:
        factory = getattr(module, name, None)
        if inspect.isfunction(factory) and factory.__module__ == module.__name__ and _needs_nothing(factory):
            made = factory()
            if isinstance(made, kind):
                return [made]
    return []


def _needs_nothing(function: Callable[..., Any]) -> bool:
    parameters = inspect.signature(function).parameters.values()
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return all(each.default is not each.empty or each.kind in kinds for each in parameters)


def _outermost(found: list[tuple[ModuleType, Any]]) -> list[tuple[ModuleType, Any]]:
    """Those that are not mounted in another, which tells them too."""
    inside = {id(inner) for _, app in found for _, inner in _mounted(app)}
    return [(module, app) for module, app in found if id(app) not in inside]


def _mounted(app: Any) -> Iterator[tuple[str, Any]]:
    for route in getattr(app, "routes", ()):
        inner = getattr(route, "app", None)
        if hasattr(inner, "openapi") and hasattr(inner, "routes"):
            yield route.path, inner


def _fastapi(app: Any, root: str) -> dict[str, Any]:
    from fastapi.openapi import utils  # type: ignore[import-not-found, unused-ignore]

    original = getattr(utils, "get_openapi_operation_metadata", None)
    if original is None:
        return dict(app.openapi())

    def with_place(*, route: Any, **more: Any) -> Any:
        return {**original(route=route, **more), _AT: place_of(route.endpoint, root)}

    utils.get_openapi_operation_metadata = with_place
    try:
        app.openapi_schema = None
        document = dict(app.openapi())
        app.openapi_schema = None
    finally:
        utils.get_openapi_operation_metadata = original
    for prefix, inner in _mounted(app):
        part = _fastapi(inner, root)
        paths = {prefix + path: item for path, item in part.get("paths", {}).items()}
        document["paths"] = {**paths, **document.get("paths", {})}
        schemas = part.get("components", {}).get("schemas", {})
        own = document.setdefault("components", {})
        own["schemas"] = {**schemas, **own.get("schemas", {})}
    return document


def _flask(app: Any, root: str) -> dict[str, Any]:
    operations = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.rpartition(".")[2] == "static":
            continue
        view = app.view_functions.get(rule.endpoint)
        view = getattr(view, "view_class", view)
        methods = [each for each in (rule.methods or ()) if each not in {"HEAD", "OPTIONS"}]
        operations.append((_ARGUMENT.sub(r"{\1}", rule.rule), methods, place_of(view, root)))
    return _described(operations)


def _described(operations: Iterable[tuple[str, Iterable[str], tuple[str, int]]]) -> dict[str, Any]:
    """Operations as an OpenAPI description of nothing but their names and places."""
    paths: dict[str, dict[str, Any]] = {}
    for path, methods, at in operations:
        item = paths.setdefault(path, {})
        for method in methods:
            item[method.lower()] = {_AT: at}
    return {"openapi": "3.1.0", "paths": paths}


def _django(root: str) -> dict[str, Any]:
    from django.urls import get_resolver  # type: ignore[import-not-found, unused-ignore]

    return _described(_of_patterns(get_resolver().url_patterns, "/", root))


def _of_patterns(
    patterns: Iterable[Any], before: str, root: str
) -> Iterator[tuple[str, Iterable[str], tuple[str, int]]]:
    for each in patterns:
        path = before + _template(each.pattern)
        if hasattr(each, "url_patterns"):
            if getattr(each, "app_name", None) != "admin":
                yield from _of_patterns(each.url_patterns, path, root)
            continue
        view = each.callback
        owner = getattr(view, "view_class", None) or getattr(view, "cls", None)
        place = next((found for one in _writers(view, owner) if (found := place_of(one, root))[0]), None)
        # A suffix for the format, which the REST framework adds, is no operation of its own.
        if place and not path.rstrip("/").endswith("{format}"):
            yield path, _methods(view, owner), place


def _writers(view: Any, owner: Any) -> Iterator[Any]:
    """What may have been written for a view: a class, the function itself, or what `@api_view` was put on."""
    yield owner or view
    for name in _HTTP:
        handler = getattr(owner, name, None)
        if inspect.isfunction(handler):
            yield inspect.getclosurevars(handler).nonlocals.get("func")


def _template(pattern: Any) -> str:
    """A pattern of Django as a path of OpenAPI."""
    text = str(pattern)
    if hasattr(pattern, "_route"):
        return _ARGUMENT.sub(r"{\1}", text)
    from django.contrib.admindocs.views import (  # type: ignore[import-not-found, unused-ignore]
        simplify_regex,
    )

    return _ARGUMENT.sub(r"{\1}", str(simplify_regex(text)).removeprefix("/"))


def _methods(view: Any, owner: Any) -> Iterable[str]:
    """The methods that a view answers; none are told where it does not say."""
    actions = getattr(view, "actions", None)
    if actions:
        return list(actions)
    if owner is not None:
        names = getattr(owner, "http_method_names", _HTTP)
        return [each for each in names if each in _HTTP and hasattr(owner, each)]
    while view is not None:
        # What `require_http_methods` was given is kept nowhere else.
        kept = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in kept:
            return [each.lower() for each in kept["request_method_list"] if each != "HEAD"]
        view = getattr(view, "__wrapped__", None)
    return ["x-any"]
