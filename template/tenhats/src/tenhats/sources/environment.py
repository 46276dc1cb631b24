"""The names that a module reads from the environment.

Known are `os.environ` and `os.getenv`, the fields of pydantic's `BaseSettings`, and the callables of
environs, django-environ and python-decouple. A name put together while the program runs cannot be known.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tenhats.sources.names import dotted, imported, text_in

_SETTINGS = {"pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.v1.BaseSettings"}
_READERS = {"environs.Env", "environ.Env", "environ.FileAwareEnv", "environs.EnvConfig"}
_CALLS = {"os.getenv", "os.environ.get", "os.environ.pop", "os.environ.setdefault", "decouple.config"}


def names_read(tree: ast.Module) -> Iterator[tuple[str, int, bool]]:
    """Each name that is read, with the line, and whether a settings class has a default for it."""
    names = imported(tree)
    readers = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        and dotted(node.value.func, names) in _READERS
        for target in node.targets
        if isinstance(target, ast.Name)
    }  # fmt: skip
    # Of a call that stands alone nobody looks at the answer: it sets or removes.
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            name = text_in(node.slice)
            if name and dotted(node.value, names) == "os.environ":
                yield name, node.lineno, False
        elif isinstance(node, ast.Call) and node.args and id(node) not in alone:
            called = dotted(node.func, names)
            name = text_in(node.args[0])
            if name and (called in _CALLS or called.partition(".")[0] in readers):
                yield name, node.lineno, False
        elif isinstance(node, ast.ClassDef) and any(dotted(base, names) in _SETTINGS for base in node.bases):
            yield from _fields(node)


def _fields(settings: ast.ClassDef) -> Iterator[tuple[str, int, bool]]:
    """The variables behind the fields: the alias if there is one, or else the prefix and the name."""
    prefix = ""
    for node in ast.walk(settings):
        if isinstance(node, ast.keyword) and node.arg == "env_prefix":
            prefix = text_in(node.value) or ""
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            prefix = (text_in(node.value) or "") if node.targets[0].id == "env_prefix" else prefix
    for node in settings.body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        name = node.target.id
        if name.startswith("_") or name == "model_config" or "ClassVar" in ast.unparse(node.annotation):
            continue
        for each in _aliases(node.value) or [f"{prefix}{name}".upper()]:
            yield each, node.lineno, not _is_required(node.value)


def _is_required(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        first = value.args[0] if value.args else None
        has_default = any(keyword.arg in {"default", "default_factory"} for keyword in value.keywords)
        return not has_default and (first is None or _is_ellipsis(first))
    return value is None or _is_ellipsis(value)


def _is_ellipsis(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is ...


def _aliases(value: ast.expr | None) -> list[str]:
    if not isinstance(value, ast.Call):
        return []
    for keyword in value.keywords:
        if keyword.arg in {"validation_alias", "alias", "env"}:
            given = keyword.value
            parts = given.args if isinstance(given, ast.Call) else [given]
            # Of several names any one will do; the first is the one to document.
            return [name for name in map(text_in, parts) if name][:1]
    return []
