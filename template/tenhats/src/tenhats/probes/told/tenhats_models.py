"""Tells the data models of modules, each as its own library writes it as a JSON Schema.

Pydantic's models and dataclasses, and msgspec's structs. Where a field stands is read from the source.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import inspect
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

# What these libraries call a model is a document of a database.
_STORED = {"beanie", "odmantic", "redis_om"}


def told(modules: Iterable[ModuleType], root: str, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Every model of the project that is loaded; those that have one of the `names` with their schemas."""
    wanted = set(names)
    for model in _models(modules, root):
        path, line = place_of(model, root)
        fields, checked = _fields(model, root), _checked(model)
        says = {"name": model.__name__, "path": path, "line": line, "fields": fields, "checked": checked}
        schemas: dict[str, Any] = {"taken": None, "given": None, "why": ""}
        if plain(model.__name__) in wanted:
            try:
                schemas |= {"taken": _schema(model, "validation"), "given": _schema(model, "serialization")}
            except Exception as error:
                schemas["why"] = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:300]}"
        yield {**says, **schemas}


def plain(name: str) -> str:
    """A name without case and separators."""
    return re.sub(r"[\W_]", "", name).lower()


def place_of(thing: Any, root: str) -> tuple[str, int]:
    """The file, from the root, and the line of a class or a function; "" if it is none of the project's."""
    try:
        thing = inspect.unwrap(thing)
        path = os.path.realpath(inspect.getsourcefile(thing) or "")
        line = inspect.getsourcelines(thing)[1]
    except (OSError, TypeError, ValueError):
        return "", 1
    if not path.startswith(root + os.sep):
        return "", 1
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    return (
        ("", 1) if "site-packages" in inside or inside.startswith((".tenhats/", ".venv/")) else (inside, line)
    )


def _models(modules: Iterable[ModuleType], root: str) -> Iterator[type[Any]]:
    seen: set[type[Any]] = set()
    pydantic, msgspec = sys.modules.get("pydantic"), sys.modules.get("msgspec")
    found: list[type[Any]] = []
    if pydantic and str(pydantic.VERSION) >= "2":
        found += _below(pydantic.BaseModel)
    if msgspec:
        found += _below(msgspec.Struct)
    for module in modules:
        found += [each for each in vars(module).values() if _is_pydantic_dataclass(each)]
    for each in found:
        if each not in seen and "[" not in each.__name__ and not _is_stored(each) and place_of(each, root)[0]:
            seen.add(each)
            yield each


def _below(base: Any) -> Iterator[type[Any]]:
    left, seen = [base], {base}
    while left:
        for each in type.__subclasses__(left.pop()):
            if each not in seen:
                seen.add(each)
                left.append(each)
                yield each


def _is_pydantic_dataclass(thing: Any) -> bool:
    return (
        isinstance(thing, type)
        and dataclasses.is_dataclass(thing)
        and hasattr(thing, "__pydantic_core_schema__")
    )


def _is_stored(model: type[Any]) -> bool:
    config = getattr(model, "model_config", None) or {}
    homes = {base.__module__.partition(".")[0] for base in model.__mro__}
    return bool(config.get("table")) or bool(homes & _STORED)


def _schema(model: type[Any], mode: str) -> dict[str, Any]:
    if hasattr(model, "model_json_schema"):
        return dict(model.model_json_schema(mode=mode))
    if hasattr(model, "__struct_fields__"):
        return dict(sys.modules["msgspec"].json.schema(model))
    return dict(sys.modules["pydantic"].TypeAdapter(model).json_schema(mode=mode))


def _fields(model: type[Any], root: str) -> dict[str, list[Any]]:
    """Where each field stands, by every name that a schema may give it; the nearest class counts."""
    places: dict[str, list[Any]] = {}
    for base in model.__mro__:
        path, _ = place_of(base, root)
        if path:
            for name, line in _annotated(Path(root, path), base.__qualname__).items():
                places.setdefault(name, [path, line])
    found = dict(places)
    known = getattr(model, "model_fields", None) or getattr(model, "__pydantic_fields__", None) or {}
    for name, field in known.items():
        for alias in (field.alias, field.validation_alias, field.serialization_alias):
            first = getattr(alias, "choices", [alias])[0]
            if isinstance(first, str) and name in places:
                found.setdefault(first, places[name])
    for name, encoded in zip(
        getattr(model, "__struct_fields__", ()), getattr(model, "__struct_encode_fields__", ()), strict=False
    ):
        if name in places:
            found.setdefault(encoded, places[name])
    return found


def _checked(model: type[Any]) -> list[str]:
    """The fields that functions check, of which no schema tells; `*` where one checks the whole."""
    decorators = getattr(model, "__pydantic_decorators__", None)
    if decorators is None:
        return []
    found = {name for each in decorators.field_validators.values() for name in each.info.fields}
    if decorators.model_validators or decorators.root_validators:
        found.add("*")
    for name, field in (getattr(model, "__pydantic_fields__", None) or {}).items():
        if any(type(each).__name__.endswith("Validator") for each in field.metadata):
            found.add(name)
    aliases = {
        alias
        for name, field in (getattr(model, "__pydantic_fields__", None) or {}).items()
        for alias in (field.alias, field.validation_alias, field.serialization_alias)
        if name in found and isinstance(alias, str)
    }
    return sorted(found | aliases)


@functools.lru_cache(maxsize=512)
def _module(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def _annotated(path: Path, qualified: str) -> dict[str, int]:
    """The lines of the annotated names, and of the functions, of a class."""
    body: list[ast.stmt] = _module(path).body
    for name in qualified.split("."):
        named = (each for each in _flat(body) if isinstance(each, ast.ClassDef) and each.name == name)
        found = next(named, None)
        if found is None:
            return {}
        body = found.body
    lines: dict[str, int] = {}
    for each in body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            lines[each.target.id] = each.lineno
        elif isinstance(each, ast.FunctionDef):
            lines[each.name] = each.lineno
    return lines


def _flat(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for each in body:
        yield each
        if isinstance(each, ast.If | ast.Try):
            yield from _flat(each.body)
            yield from _flat(each.orelse)
