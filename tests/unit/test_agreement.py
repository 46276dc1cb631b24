"""A contract's schema and the one of a model: what they say differently, and how much it weighs."""

from __future__ import annotations

from typing import Any

import pytest

from tenhats.contracts.agreement import Agreement, Disagreement
from tenhats.contracts.documents import Document
from tenhats.contracts.references import Library, root_of
from tenhats.contracts.uses import Use, named_schemas, plain

pytestmark = pytest.mark.req("003-contracts/FR-004")

TEXT = {"type": "string"}
NULL = {"type": "null"}
DECIMAL = {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string"}]}


def compared(said: dict[str, Any], done: dict[str, Any], use: Use = Use.TAKEN) -> list[Disagreement]:
    """What two schemas say differently."""
    contract, code = Document("order.schema.json", said), Document("code", done)
    found = Agreement(Library([contract]), Library([code]))
    found.of(root_of(contract), root_of(code), use, "Order")
    return found.found


def of(said: object, done: object, *, needed: bool = True, use: Use = Use.TAKEN) -> list[tuple[str, bool]]:
    """What is said of one field, `x`, of both schemas, and whether it is sure."""
    required = {"required": ["x"]} if needed else {}
    one, other = (
        {"type": "object", "properties": {"x": each} if each is not None else {"y": TEXT}, **required}
        for each in (said, done)
    )
    return [(each.message.removeprefix("Order.x "), each.sure) for each in compared(one, other, use)]


@pytest.mark.parametrize(
    ("said", "done", "told"),
    [
        (TEXT, TEXT, []),
        (TEXT, {"type": "integer"}, [("is integer; the contract says string", True)]),
        (TEXT, {}, [("is string by the contract, and of any type on the other side", False)]),
        (
            {"type": "string", "format": "date"},
            {"type": "string", "format": "date-time"},
            [("has format date-time; the contract says date", True)],
        ),
        ({"type": "string", "format": "uuid"}, TEXT, [("has no format; the contract says uuid", True)]),
        ({"type": "string", "format": "uri"}, TEXT, [("has no format; the contract says uri", False)]),
        ({"type": "integer", "format": "int64"}, {"type": "integer"}, []),
        (
            {"type": "string", "maxLength": 9, "minLength": 2},
            {"type": "string", "maxLength": 8},
            [("has maxLength 8 and no minLength; the contract says maxLength 9 and minLength 2", True)],
        ),
        ({"type": "integer", "minimum": 1}, {"type": "integer", "exclusiveMinimum": 0}, []),
        ({"type": "string", "pattern": "^a$"}, TEXT, [("has no pattern; the contract says ^a$", True)]),
        (
            {"enum": ["a", "b"]},
            {"enum": ["a", "c"], "type": "string"},
            [
                ('may not be "b", which the contract has', True),
                ('may be "c", which the contract has not', True),
            ],
        ),
        ({"enum": ["a"]}, TEXT, [('may be anything; the contract says one of "a"', True)]),
        (TEXT, {"enum": ["a"]}, [('must be one of "a"; the contract allows any', True)]),
        ({"type": ["string", "null"]}, TEXT, [("may be null by the contract; the code refuses that", True)]),
        (TEXT, {"anyOf": [TEXT, NULL]}, [("may be null in the code, and not by the contract", True)]),
        ({"type": "number", "exclusiveMinimum": 0}, DECIMAL, []),
        ({"type": "array", "items": TEXT}, {"type": "array", "items": {"type": "integer"}},
         [("Order.x[] is integer; the contract says string", True)]),
    ],
)  # fmt: skip
def test_a_field_that_differs_is_told_of_with_both_sides(
    said: object, done: object, told: list[tuple[str, bool]]
) -> None:
    """Types, formats, bounds, patterns, values, null and items."""
    assert told == of(said, done)


def test_what_only_one_side_has_is_told_of() -> None:
    """Either way, with a line to paste."""
    said = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "maxLength": 3}}}
    done = {"type": "object", "properties": {"b": {"type": "integer", "title": "B"}}}
    assert [
        (
            "Order has no a; the contract has it",
            "write: a: str = Field(max_length=3); or change the contract",
        ),
        (
            "Order.b is in the code, and not in the contract",
            'add it to the contract: "b": {"type": "integer"}',
        ),
    ] == [(each.message, each.fix) for each in compared(said, done)]


def test_a_contract_that_is_open_on_purpose_may_have_less() -> None:
    """Then it is advice."""
    said = {"type": "object", "properties": {"a": TEXT}, "additionalProperties": True}
    done = {"type": "object", "properties": {"a": TEXT, "b": TEXT}}
    assert [False] == [each.sure for each in compared(said, done)]


@pytest.mark.parametrize(
    ("required", "use", "told"),
    [
        ((True, False), Use.TAKEN, [True]),
        ((True, False), Use.BOTH, [False]),
        ((True, False), Use.GIVEN, []),
        ((False, True), Use.TAKEN, [True]),
        ((False, True), Use.BOTH, [True]),
        ((False, True), Use.GIVEN, []),
    ],
)
def test_what_is_required_weighs_by_who_sends_it(
    required: tuple[bool, bool], use: Use, told: list[bool]
) -> None:
    """A field with a default is given all the same."""
    said, done = (
        {"type": "object", "properties": {"a": TEXT}, "required": ["a"] if each else []} for each in required
    )
    assert told == [each.sure for each in compared(said, done, use)]


def test_an_answer_may_promise_more_than_its_contract() -> None:
    """Less than that is drift, but the bounds are those of whoever made it."""
    assert [] == of({"type": "number"}, {"type": "integer"}, use=Use.GIVEN)
    assert [] == of({"type": "string", "maxLength": 9}, TEXT, use=Use.GIVEN)
    assert [] == of({"type": ["string", "null"]}, TEXT, use=Use.GIVEN)
    assert [("is number; the contract says integer", True)] == of(
        {"type": "integer"}, {"type": "number"}, use=Use.GIVEN
    )
    assert [('may be anything; the contract says one of "a"', False)] == of(
        {"enum": ["a"]}, TEXT, use=Use.GIVEN
    )


def test_null_for_what_may_be_left_out_is_how_python_writes_it() -> None:
    """In a request nothing is said; an answer with null in it is worth a look."""
    optional = {"anyOf": [TEXT, NULL], "default": None}
    assert [] == of(TEXT, optional, needed=False)
    found = of(TEXT, optional, needed=False, use=Use.GIVEN)
    assert [("may be null in the code, and not by the contract", False)] == found


def test_nested_models_are_compared_once() -> None:
    """A model that holds itself ends, too."""
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "a": TEXT}}
    other = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "a": {"type": "integer"}}}
    said = {"$ref": "#/$defs/Node", "$defs": {"Node": node}}
    done = {"$ref": "#/$defs/Node", "$defs": {"Node": other}}
    assert ["Order.a is integer; the contract says string"] == [each.message for each in compared(said, done)]


def test_alternatives_are_paired_by_name_or_kind() -> None:
    """What has no counterpart is worth a look."""
    said = {"anyOf": [TEXT, {"type": "integer"}]}
    done = {"anyOf": [TEXT, {"type": "boolean"}]}
    assert [
        ("may be integer by the contract, and not in the code", False),
        ("may be boolean in the code, and not by the contract", False),
    ] == of(said, done)
    assert [("may also be integer by the contract; the code takes only string", True)] == of(said, TEXT)


def test_schemas_are_named_by_title_file_and_key() -> None:
    """And known by what a client does with them."""
    document = Document(
        "specs/001-a/contracts/order-line.schema.json", {"title": "A line", "$defs": {"Item": {}}}
    )
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/New"}}}}
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Old"}}}}
    api = Document(
        "api.yaml",
        {
            "openapi": "3.1.0",
            "paths": {"/a": {"post": {"requestBody": body, "responses": {"200": answer}}}},
            "components": {"schemas": {"New": {}, "Old": {"items": {"$ref": "#/components/schemas/Both"}},
                                       "Both": {}, "Alone": {}}},
        },
    )  # fmt: skip
    found = {name: each.use for each in named_schemas(Library([document, api])) for name in each.names}
    assert found == {
        "orderline": Use.BOTH, "aline": Use.BOTH, "item": Use.BOTH,
        "new": Use.TAKEN, "old": Use.GIVEN, "both": Use.GIVEN, "alone": Use.BOTH,
    }  # fmt: skip
    assert plain("OrderLine") == plain("order-line")
