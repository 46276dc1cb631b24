"""How a schema of a contract is written in the code, and a field of the code in a contract: to be pasted."""

from __future__ import annotations

import json
import keyword
from collections.abc import Mapping
from typing import Any

from tenhats.contracts.shapes import Shape

_TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "array": "list"}
_FORMATS = {
    "date-time": "datetime.datetime",
    "date": "datetime.date",
    "time": "datetime.time",
    "duration": "datetime.timedelta",
    "uuid": "uuid.UUID",
    "email": "EmailStr",
    "uri": "AnyUrl",
}
_BOUNDS = {
    "max": "le",
    "min": "ge",
    "max-length": "max_length",
    "min-length": "min_length",
    "max-items": "max_length",
    "min-items": "min_length",
}
RETURNED = "->"
"""The name of what a function returns."""
_LEFT_OUT = {"title", "description", "examples", "default"}
_MOST = 160


def annotated(name: str, shape: Shape, *, needed: bool) -> str:
    """A field of a Pydantic model that says what the schema does."""
    kind, given = _kind(shape), _constraints(shape)
    while name.endswith(("[]", "{}")):
        kind = f"Annotated[{kind}, Field({', '.join(given)})]" if given else kind
        kind, given = (f"list[{kind}]" if name.endswith("[]") else f"dict[str, {kind}]"), []
        name = name[:-2]
    if (shape.nullable and shape.types is not None) or not needed:
        kind = f"{kind} | None"
    if name == RETURNED:
        return f"-> {kind}"
    if not needed:
        given.insert(0, "default=None")
    if not name.isidentifier() or keyword.iskeyword(name):
        given.append(f'alias="{name}"')
        name = "".join(each if each.isalnum() else "_" for each in name).strip("_") or "field"
        name = f"{name}_" if keyword.iskeyword(name) else name
    if given == ["default=None"]:
        return f"{name}: {kind} = None"
    return f"{name}: {kind} = Field({', '.join(given)})" if given else f"{name}: {kind}"


def _constraints(shape: Shape) -> list[str]:
    """The bounds and the pattern of a schema, as arguments of `Field`."""
    given = []
    for word, bound in shape.bounds.items():
        if word in _BOUNDS:
            called = _BOUNDS[word]
            called = {"le": "lt", "ge": "gt"}.get(called, called) if bound.strict else called
            given.append(f"{called}={number(bound.value)}")
    if "pattern" in shape.words and shape.words.get("format") is None and shape.values is None:
        given.append(
            f"pattern=r{json.dumps(shape.words['pattern'], ensure_ascii=False)}".replace("\\\\", "\\")
        )
    if "multipleOf" in shape.words:
        given.append(f"multiple_of={shape.words['multipleOf']}")
    return given


def _kind(shape: Shape) -> str:
    if shape.values is not None:
        values = (_literal(each) for each in sorted(shape.values))
        return f"Literal[{', '.join(values)}]"
    kinds = sorted(shape.types or ())
    if kinds == ["string"]:
        return _FORMATS.get(str(shape.words.get("format")), "str")
    if kinds == ["array"]:
        item = shape.items.data if shape.items and isinstance(shape.items.data, Mapping) else {}
        return f"list[{_named(item)}]" if item else "list"
    if kinds == ["object"]:
        return _title(shape) or "dict[str, Any]"
    return " | ".join(_TYPES.get(each, "Any") for each in kinds) or "Any"


def _named(item: Mapping[str, Any]) -> str:
    if isinstance(item.get("$ref"), str):
        return _class(str(item["$ref"]))
    return _TYPES.get(str(item.get("type")), "Any")


def _title(shape: Shape) -> str:
    """The name of the class that an object is defined by."""
    steps = shape.node.steps
    if steps[-2:-1] and steps[-2] in {"schemas", "$defs", "definitions"}:
        return str(steps[-1])
    return "" if steps else _class(shape.node.path)


def _class(reference: str) -> str:
    stem = reference.rpartition("/")[2].removesuffix(".json").removesuffix(".yaml").removesuffix(".schema")
    return "".join(part[:1].upper() + part[1:] for part in stem.replace("-", "_").split("_"))


def _literal(value: str) -> str:
    """A value that was written as JSON, as Python writes it."""
    return {"true": "True", "false": "False"}.get(value, value)


def number(value: float) -> str:
    """A number without a fraction or an exponent that it does not need."""
    return str(int(value)) if value == int(value) else str(value)


def written(name: str, data: Any) -> str:
    """A property to be pasted into a contract, in a form that is JSON and YAML."""
    kept = {key: each for key, each in data.items() if key not in _LEFT_OUT} if isinstance(data, dict) else {}
    text = json.dumps({name: kept}, ensure_ascii=False)[1:-1]
    return text if len(text) <= _MOST else f'"{name}": {{…}}'


def spoken(shape: Shape) -> str:
    """What a person calls the kind of a schema."""
    if shape.types is None:
        return "anything"
    kinds = " or ".join(sorted(shape.types)) or "nothing"
    form = shape.words.get("format")
    return f"{kinds} ({form})" if form in _FORMATS else kinds
