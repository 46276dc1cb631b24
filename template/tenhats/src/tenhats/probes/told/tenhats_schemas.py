"""Tells the GraphQL schemas of modules, as SDL."""

from __future__ import annotations

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
    seen: set[int] = set()
    for module in modules:
        for each in vars(module).values():
            schema = _core(each, graphql)
            if schema is not None and id(schema) not in seen:
                seen.add(id(schema))
                yield {
                    "path": place_of(module, root)[0],
                    "name": _name_of(module, each),
                    "text": graphql.print_schema(schema),
                }


def _core(thing: Any, graphql: Any) -> Any:
    """The schema of graphql-core that a thing is, or is made of; None if it is none."""
    for each in (thing, getattr(thing, "graphql_schema", None), getattr(thing, "_schema", None)):
        if isinstance(each, graphql.GraphQLSchema):
            return each
    return None


def _name_of(module: ModuleType, thing: Any) -> str:
    return next(name for name, each in vars(module).items() if each is thing)
