"""Tells the GraphQL schemas of modules, as SDL."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from tenhats_models import place_of  # type: ignore[import-not-found]


def told(modules: Iterable[ModuleType], root: str) -> Iterator[dict[str, str]]:
    """Every GraphQL schema that a module holds: graphql-core's, strawberry's, graphene's."""
    graphql = sys.modules.get("graphql")
    if graphql is None:
        return
    found: dict[int, tuple[Any, ModuleType, str]] = {}
    for module in modules:
        for name, each in vars(module).items():
            schema = _core(each, graphql)
            # Others import it; it stands where it is made.
            if schema is not None and (id(schema) not in found or _makes(module, name)):
                found[id(schema)] = schema, module, name
    for schema, module, name in found.values():
        path, _ = place_of(module, root)
        yield {"path": path, "name": name, "text": graphql.print_schema(schema)}


def _core(thing: Any, graphql: Any) -> Any:
    """The schema of graphql-core that a thing is, or is made of; None if it is none."""
    for each in (thing, getattr(thing, "graphql_schema", None), getattr(thing, "_schema", None)):
        if isinstance(each, graphql.GraphQLSchema):
            return each
    return None


def _makes(module: ModuleType, name: str) -> bool:
    """Whether a module gives a name its value, and does not only import it."""
    try:
        source = inspect.getsource(module)
    except OSError:
        return False
    return re.search(rf"^{re.escape(name)}\s{{0,9}}[:=]", source, re.MULTILINE) is not None
