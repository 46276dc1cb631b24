"""What a schema allows, whatever way it is written: references followed, `allOf` put together.

`nullable: true`, `type: [string, "null"]` and `anyOf: [{…}, {type: "null"}]` are one and the same here;
so are `const` and an `enum` of one, and the two ways in which a bound is exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tenhats.contracts.references import Library, Node

_BOUNDS = {
    "maximum": "max",
    "maxLength": "max-length",
    "maxItems": "max-items",
    "maxProperties": "max-properties",
    "maxContains": "max-contains",
    "minimum": "min",
    "minLength": "min-length",
    "minItems": "min-items",
    "minProperties": "min-properties",
    "minContains": "min-contains",
}
_EXCLUSIVE = {"exclusiveMaximum": "maximum", "exclusiveMinimum": "minimum"}
_WORDS = ("pattern", "format", "multipleOf", "uniqueItems", "title")
OTHERS = {
    "not": "not",
    "if": "if",
    "then": "then",
    "else": "else",
    "contains": "contains",
    "prefixItems": "prefix-items",
    "propertyNames": "property-names",
    "patternProperties": "pattern-property",
    "dependentRequired": "dependent-required",
    "dependentSchemas": "dependent-schema",
    "unevaluatedItems": "unevaluated-items",
    "unevaluatedProperties": "unevaluated-properties",
    "contentSchema": "content-schema",
    "contentEncoding": "content-encoding",
    "contentMediaType": "content-media-type",
    "discriminator": "discriminator",
    "x-extensible-enum": "x-extensible-enum",
}
"""The keywords of which only the text is compared, and what a change's name calls them."""
_TYPES: dict[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array"}
_ANNOTATIONS = {"description", "summary", "title", "example", "examples", "$comment", "deprecated"}


@dataclass(frozen=True, order=True)
class Bound:
    """The least or the greatest that is allowed, or itself no more; and the keyword that says so."""

    value: float
    strict: bool = False
    word: str = ""


@dataclass(frozen=True)
class Shape:
    """What a schema allows. `types` is None where any is, and has no null: that is `nullable`."""

    node: Node
    types: frozenset[str] | None = None
    nullable: bool = True
    properties: Mapping[str, Node] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    closed: bool = False
    more: Node | None = None
    items: Node | None = None
    values: frozenset[str] | None = None
    bounds: Mapping[str, Bound] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    union: str = ""
    branches: tuple[Node, ...] = ()
    read_only: bool = False
    write_only: bool = False
    unseen: tuple[str, ...] = ()


class Shapes:
    """The shapes of the schemas of a library, each made once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._made: dict[object, Shape] = {}

    def of(self, node: Node) -> Shape:
        """The shape of the schema at a place. Inside of itself, a schema allows anything."""
        if node.key not in self._made:
            self._made[node.key] = Shape(node)
            self._made[node.key] = self._put_together(node)
        return self._made[node.key]

    def _put_together(self, node: Node) -> Shape:
        data = node.data
        if data is False:
            return Shape(node, frozenset(), nullable=False)
        if not isinstance(data, dict):
            return Shape(node)
        parts = [self.of(each) for each in node.items("allOf")]
        if isinstance(data.get("$ref"), str):
            there = self.library.target(node)
            referred = self.of(there) if there else Shape(node, unseen=(data["$ref"],))
            if not data.keys() - _ANNOTATIONS - {"$ref"}:
                return referred
            parts.append(referred)
        shape = _own(node)
        for union in ("oneOf", "anyOf"):
            shape = self._with_union(shape, union)
        for part in parts:
            shape = _both(shape, part)
        return replace(shape, nullable=True) if data.get("nullable") is True else shape

    def _with_union(self, shape: Shape, union: str) -> Shape:
        every = shape.node.items(union)
        kept = [each for each in every if not _is_null(each.data)]
        if not kept:
            return shape
        nullable = len(kept) < len(every) or any(self.of(each).nullable for each in kept)
        if len(kept) == 1:
            return replace(_both(shape, self.of(kept[0])), nullable=nullable)
        return replace(shape, union=union, branches=(*shape.branches, *kept), nullable=nullable)


def _own(node: Node) -> Shape:
    """What the keywords of the schema itself say, but for those that put others together."""
    data = node.data
    types, nullable = _types(data)
    values = _values(data)
    more = data.get("additionalProperties")
    return Shape(
        node,
        types,
        nullable,
        properties=node.each("properties"),
        required=frozenset(each for each in _list(data.get("required")) if isinstance(each, str)),
        closed=more is False or data.get("unevaluatedProperties") is False,
        more=node.at("additionalProperties") if isinstance(more, dict) else None,
        items=node.at("items"),
        values=values,
        bounds=_bounds(data, types),
        words={word: data[word] for word in _WORDS if data.get(word) not in (None, False)},
        others={word: _written(data[word]) for word in OTHERS if word in data and data[word] is not True},
        default=_written(data["default"]) if "default" in data else None,
        read_only=data.get("readOnly") is True,
        write_only=data.get("writeOnly") is True,
    )


def _is_null(data: Any) -> bool:
    return isinstance(data, dict) and data.get("type") in ("null", ["null"])


def _both(one: Shape, other: Shape) -> Shape:
    """What both allow."""
    return Shape(
        one.node,
        _common(one.types, other.types),
        one.nullable and other.nullable,
        {**other.properties, **one.properties},
        one.required | other.required,
        one.closed or other.closed,
        one.more or other.more,
        one.items or other.items,
        _common(one.values, other.values),
        _tighter(one.bounds, other.bounds),
        {**other.words, **one.words},
        {**other.others, **one.others},
        one.default or other.default,
        one.union or other.union,
        (*one.branches, *other.branches),
        one.read_only or other.read_only,
        one.write_only or other.write_only,
        (*one.unseen, *other.unseen),
    )


def _common(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    both = one & other
    return both | {"integer"} if "integer" in one | other and "number" in one | other else both


def _types(data: Mapping[str, Any]) -> tuple[frozenset[str] | None, bool]:
    """The types that are allowed, and whether null is. Where they are not said, the keywords tell."""
    said = data.get("type")
    if isinstance(said, str | list):
        named = {said} if isinstance(said, str) else {each for each in said if isinstance(each, str)}
        types = frozenset(named - {"null"} - ({"integer"} if "number" in named else set()))
        return types, "null" in named
    values = [data["const"]] if "const" in data else _list(data.get("enum"))
    if values:
        found = {_TYPES.get(type(each), "object") for each in values if each is not None}
        return frozenset(found), None in values
    if "properties" in data or "additionalProperties" in data:
        return frozenset({"object"}), False
    if "items" in data:
        return frozenset({"array"}), False
    return None, True


def _values(data: Mapping[str, Any]) -> frozenset[str] | None:
    if "const" in data:
        return frozenset({_written(data["const"])})
    if not isinstance(data.get("enum"), list):
        return None
    return frozenset(_written(each) for each in data["enum"] if each is not None)


def _bounds(data: Mapping[str, Any], types: frozenset[str] | None) -> dict[str, Bound]:
    """The bounds by their names; of whole numbers, an exclusive one is written as the next inclusive."""
    found: dict[str, Bound] = {}
    for word in (*_BOUNDS, *_EXCLUSIVE):
        value = data.get(word)
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        strict = word in _EXCLUSIVE or any(
            data.get(each) is True for each, of in _EXCLUSIVE.items() if of == word
        )
        name = _BOUNDS[_EXCLUSIVE.get(word, word)]
        if value == 0 and name.startswith("min-"):
            continue
        if strict and types == frozenset({"integer"}) and value == int(value):
            value, strict = value + (1 if name == "min" else -1), False
        found = _tighter(found, {name: Bound(value, strict, word)})
    return found


def _tighter(one: Mapping[str, Bound], other: Mapping[str, Bound]) -> dict[str, Bound]:
    made = dict(one)
    for name, bound in other.items():
        if name not in made or is_tighter(name, bound, made[name]):
            made[name] = bound
    return made


def is_tighter(name: str, bound: Bound | None, than: Bound | None) -> bool:
    """Whether a bound of this name allows less than another; None allows all."""
    if bound is None or than is None:
        return than is None and bound is not None
    if bound.value == than.value:
        return bound.strict and not than.strict
    return bound.value < than.value if name.startswith("max") else bound.value > than.value


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
