"""Models, applications and schemas of small projects, compared with their contracts for real."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tenhats.contracts import protobuf
from tenhats.contracts.documents import Document
from tenhats.contracts.references import Library
from tenhats.contracts.served import operations_of, paired
from tenhats.facts import told as told_fact
from tenhats.facts.doors import find_doors
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.model_agreement import Deviation, ModelAgreement, compare_models
from tenhats.facts.schema_agreement import SchemaAgreement, compare_schemas
from tenhats.facts.service_agreement import ServiceAgreement, compare_services
from tenhats.facts.told import Application, Told, Trouble, ask_the_code
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("003-contracts/FR-004")

HOME = "specs/001-shop/contracts"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LINE = {
    "$schema": DIALECT,
    "title": "Order line",
    "type": "object",
    "required": ["sku", "quantity"],
    "properties": {
        "sku": {"type": "string", "maxLength": 12},
        "quantity": {"type": "integer", "minimum": 1},
        "to": {"$ref": "#/$defs/Address"},
    },
    "$defs": {"Address": {"type": "object", "properties": {"zip": {"type": "string"}}, "required": ["zip"]}},
}
MODELS = """\
from pydantic import BaseModel, Field


class Address(BaseModel):
    zip: str


class OrderLine(BaseModel):
    sku: str = Field(max_length=12)
    count: int = Field(ge=1, alias="quantity")
    to: Address | None = None
"""


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's environment is our own, which has Pydantic, msgspec and graphql-core."""
    environment = ProjectEnvironment("env", sys.executable, "stamp")
    monkeypatch.setattr(told_fact, "install_project", lambda project: environment)


def asked(root: Path, files: dict[str, str]) -> tuple[Told, ModelAgreement, SchemaAgreement]:
    """What the code of a project tells, and how it deviations."""
    project = folder(root, {"pyproject.toml": "", "src/shop/__init__.py": "", **files})
    tree = tree_of(project)
    said = ask_the_code(project, tree, find_doors(project, tree))
    return said, compare_models(project, tree, said), compare_schemas(project, tree, said)


def models(root: Path, code: str, **contract: Any) -> ModelAgreement:
    """How the models of a module differ from the schema of an order line."""
    text = json.dumps({**LINE, **contract}, indent=1)
    return asked(root, {"src/shop/models.py": code, f"{HOME}/order-line.schema.json": text})[1]


def deviations(found: ModelAgreement) -> list[tuple[str, int, str]]:
    """Every deviation of the models, where it stands, without the place in the contract."""
    every = (one for each in found.compared for one in each.deviations)
    return [(each.path, each.line, each.message.rpartition(" (")[0]) for each in every]


def test_models_that_agree_are_counted(tmp_path: Path) -> None:
    """By the names that they have outside."""
    found = models(tmp_path, MODELS)
    assert (["Address", "OrderLine"], [], "") == (
        sorted(each.name for each in found.compared),
        deviations(found),
        found.unseen,
    )


def test_a_deviation_is_told_of_at_the_field(tmp_path: Path) -> None:
    """Also of a model inside of another, and of a field of a base class."""
    code = MODELS.replace("zip: str", "zip: int").replace("max_length=12", "max_length=10")
    code = code.replace("class OrderLine(BaseModel)", "class Base(BaseModel)") + (
        "    extra: int = 3\n\n\nclass OrderLine(Base):\n    pass\n"
    )
    assert [
        ("src/shop/models.py", 5, "Address.zip is integer; the contract says string"),
        ("src/shop/models.py", 9, "OrderLine.sku has maxLength 10; the contract says maxLength 12"),
        ("src/shop/models.py", 12, "OrderLine.extra is in the code, and not in the contract"),
    ] == sorted(deviations(models(tmp_path, code)), key=lambda each: each[1])


def test_structs_and_dataclasses_are_models(tmp_path: Path) -> None:
    """msgspec's and Pydantic's own."""
    code = "import msgspec\n\n\nclass Address(msgspec.Struct):\n    zip: int\n"
    code += "\n\nfrom pydantic.dataclasses import dataclass\n\n\n@dataclass\nclass OrderLine:\n    sku: str\n"
    code += "    quantity: int\n    to: object = None\n"
    told = [each for each in deviations(models(tmp_path, code)) if "of any type" not in each[2]]
    assert [
        (5, "Address.zip is integer; the contract says string"),
        (13, "OrderLine.sku has no maxLength; the contract says maxLength 12"),
        (14, "OrderLine.quantity has no minimum; the contract says minimum 1"),
    ] == sorted((line, message) for _, line, message in told)


def test_what_has_only_the_name_in_common_is_one_advice(tmp_path: Path) -> None:
    """And whoever fits better is the one that is meant."""
    other = "from pydantic import BaseModel\n\n\nclass OrderLine(BaseModel):\n    x: int\n    y: int\n"
    (one,) = (each for each in models(tmp_path / "a", other).compared if each.name == "OrderLine")
    assert [False] == [each.sure for each in one.deviations]
    files = {
        "src/shop/models.py": MODELS,
        "src/shop/print.py": other,
        f"{HOME}/order-line.schema.json": json.dumps(LINE),
    }
    assert [] == deviations(asked(tmp_path / "b", files)[1])


def test_a_module_that_cannot_be_imported_is_not_seen(tmp_path: Path) -> None:
    """The reason is what it raised, and nothing passes for it."""
    found = models(tmp_path, MODELS + "\nraise SystemExit('no key')\n")
    assert found.unseen == (
        "shop.models could not tell: SystemExit: no key; "
        "let it be imported without secrets and services, or give samples in .env.example"
    )


def test_settings_are_read_from_their_samples(tmp_path: Path) -> None:
    """Those that the environment does not set."""
    files = {
        "src/shop/models.py": f"import os\n\nassert os.environ['SHOP_KEY'] == 'sample'\n{MODELS}",
        f"{HOME}/order-line.schema.json": json.dumps(LINE),
        ".env.example": "SHOP_KEY=sample\n",
    }
    assert "" == asked(tmp_path, files)[1].unseen


def test_nothing_is_imported_for_nothing(tmp_path: Path) -> None:
    """Without a contract, and without anything that has its name."""
    boom = {"src/shop/models.py": MODELS.replace("OrderLine", "Other") + "raise SystemExit\n"}
    assert (
        asked(tmp_path / "a", boom)[0].reason == "no feature has a contract that code could be compared with"
    )
    contract = {f"{HOME}/x.schema.json": json.dumps({"$schema": DIALECT})}
    said = asked(tmp_path / "b", {**boom, **contract})[0]
    assert said.reason == "no model, application or schema of the sources belongs to a contract"


GRAPH = "from graphql import build_schema\n\n\nschema = build_schema('type Query { a: Int new_b: Int }')\n"


def test_a_graphql_schema_is_compared_both_ways(tmp_path: Path) -> None:
    """What is missing stands in the contract, what is new in the code."""
    contract = "type Query {\n  a: Int!\n  gone: Int\n}\n"
    found = asked(tmp_path, {"src/shop/api.py": GRAPH, f"{HOME}/api.graphql": contract})[2]
    assert [
        (f"{HOME}/api.graphql", 2, "Field Query.a is Int in the code; the contract says Int!", False),
        (f"{HOME}/api.graphql", 3, "Field Query.gone is in the contract, and not in the code", True),
        ("src/shop/api.py", 4, "Query.new_b is in the code, and in no contract", False),
    ] == sorted((each.path, each.line, each.message, each.waits) for each in found.deviations)
    assert (found.compared, found.unseen) == (("src/shop/api.py",), "")


def test_a_graphql_schema_stands_where_it_is_made(tmp_path: Path) -> None:
    """Not where it is imported; and of two, a contract is that of the one which fits."""
    files = {
        "src/shop/a.py": "import graphql\nfrom shop.api import schema\n",
        "src/shop/api.py": GRAPH,
        "src/shop/other.py": "from graphql import build_schema\n\nb = build_schema('type Query {b: Int}')\n",
        f"{HOME}/api.graphql": "type Query { a: Int new_b: Int }\n",
    }
    found = asked(tmp_path, files)[2]
    assert [("src/shop/other.py", "Query.b is in the code, and in no contract", False)] == [
        (each.path, each.message, each.sure) for each in found.deviations
    ]
    assert ("src/shop/api.py", "src/shop/other.py") == found.compared


def test_a_graphql_schema_that_agrees_is_silent(tmp_path: Path) -> None:
    """It was compared."""
    contract = "type Query { a: Int new_b: Int }\n"
    found = asked(tmp_path, {"src/shop/api.py": GRAPH, f"{HOME}/api.graphql": contract})[2]
    assert (("src/shop/api.py",), ()) == (found.compared, found.deviations)


# What protoc makes of: message Order { string id = 1; int64 quantity = 2; bool gift = 4; } in shop.v1,
# with an import of Google's timestamp, which it uses for `at = 5`.
DESCRIPTION = (
    b"\n\x0corders.proto\x12\x07shop.v1\x1a\x1fgoogle/protobuf/timestamp.proto"
    b'"[\n\x05Order\x12\n\n\x02id\x18\x01 \x01(\t\x12\x10\n\x08quantity\x18\x02 \x01(\x03\x12\x0c\n\x04gift'
    b"\x18\x04 \x01(\x08\x12&\n\x02at\x18\x05 \x01(\x0b2\x1a.google.protobuf.Timestampb\x06proto3"
)
MODULE = f"DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile({DESCRIPTION!r})\n"
PROTO = """\
syntax = "proto3";
package shop.v1;
import "google/protobuf/timestamp.proto";
message Order {
  string id = 1;
  int64 quantity = 2;
  bool gift = 4;
  google.protobuf.Timestamp at = 5;
}
"""


def test_a_module_of_protoc_carries_its_description() -> None:
    """Which is read without importing it; another module has none."""
    described = protobuf.described(MODULE.encode())
    assert described == DESCRIPTION
    assert protobuf.file_and_imports(DESCRIPTION) == ("orders.proto", ["google/protobuf/timestamp.proto"])
    assert protobuf.described(b"x = pool.AddSerializedFile(y)\n") is None
    assert protobuf.image([b"a" * 300]) == b"\x0a\xac\x02" + b"a" * 300


def test_a_module_of_protoc_is_compared_both_ways(tmp_path: Path) -> None:
    """By buf."""
    contract = PROTO.replace("int64", "int32").replace("bool gift = 4", "string note = 3")
    files = {"src/shop/orders_pb2.py": MODULE, f"{HOME}/orders.proto": contract}
    found = asked(tmp_path / "a", files)[2]
    in_code = "src/shop/orders_pb2.py"
    assert [
        (4, f'field "4" with name "gift" on message "Order" is in {in_code}, and not in the contract'),
        (
            6,
            'Field "2" with name "quantity" on message "Order" has the type int64 in '
            f"{in_code}; the contract says int32",
        ),
        (7, f'field "3" with name "note" on message "Order" is in the contract, and not in {in_code}'),
    ] == sorted((each.line, each.message) for each in found.deviations)
    same = asked(tmp_path / "b", {"src/shop/orders_pb2.py": MODULE, f"{HOME}/orders.proto": PROTO})[2]
    assert ((in_code,), (), "") == (same.compared, same.deviations, same.unseen)


def api(*paths: str, server: str = "", **more: Any) -> dict[str, Any]:
    """A description with operations that answer GET."""
    item: dict[str, Any] = {"get": {"responses": {"200": {}}}}
    servers = {"servers": [{"url": server}]} if server else {}
    return {"openapi": "3.1.0", **servers, "paths": {**dict.fromkeys(paths, item), **more}}


@pytest.mark.parametrize(
    ("contract", "code", "served"),
    [
        (api("/a/{id}"), api("/a/{other}/"), ["/a/{other}/"]),
        (api("/a", "/b"), api("/v1/a", "/v1/b", "/x/a"), ["/v1/a", "/v1/b"]),
        (api("/v1/a", "/v1/b"), api("/a", "/b"), ["/a", "/b"]),
        (api("/a", server="https://x.org/api"), api("/api/a", "/other/a"), ["/api/a"]),
        (api("/a"), api("/b"), [None]),
        (api("/{id}"), api("/b/{id}"), [None]),
        (api("/"), api("/"), ["/"]),
    ],
)
def test_what_stands_before_all_paths_does_not_count(
    contract: dict[str, Any], code: dict[str, Any], served: list[str | None]
) -> None:
    """A server's path, a router's prefix; nor does the name of a parameter, nor a slash at the end."""
    one, other = Document("api.yaml", contract), Document("code", code)
    pairs = paired(one, operations_of(one, Library([one])), operations_of(other, Library([other])))
    assert served == [done.path if done else None for _, done in pairs]


CONTRACT = """\
openapi: 3.1.0
paths:
  /orders:
    post:
      parameters:
        - {name: dry, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, properties: {sku: {type: string}}}}}
      responses:
        "201":
          content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
    get:
      responses: {"200": {}}
"""


def services(root: Path, told: Told, contract: str = CONTRACT) -> ServiceAgreement:
    """How made-up applications differ from a contract."""
    project = folder(root, {f"{HOME}/api.yaml": contract})
    return compare_services(project, tree_of(project), told, ModelAgreement())


def application(post: dict[str, Any], *, whole: bool = True, **paths: Any) -> Told:
    """An application that takes orders."""
    item = {"post": {"x-tenhats-at": ["src/shop/api.py", 9], **post}}
    document = {"openapi": "3.1.0", "paths": {"/orders": item, **paths}}
    return Told(applications=(Application("FastAPI", "src/shop/api.py", whole, document),))


def content(**properties: Any) -> dict[str, Any]:
    """The content of a body or an answer."""
    return {"content": {"application/json": {"schema": {"type": "object", "properties": properties}}}}


def messages(deviations: tuple[Deviation, ...]) -> list[tuple[str, int, str]]:
    """Every deviation without the place in the contract."""
    return [(each.path, each.line, each.message.rpartition(" (")[0] or each.message) for each in deviations]


def test_operations_are_compared_whole(tmp_path: Path) -> None:
    """Parameters, body, status and answer, at the function; what is missing, in the contract."""
    post = {
        "parameters": [{"name": "wet", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"required": True, **content(sku={"type": "integer"})},
        "responses": {"200": content(id={"type": "string"}), "409": {}, "422": {}},
    }
    found = services(tmp_path, application(post))
    assert [
        (
            "src/shop/api.py",
            9,
            "POST /orders: the query parameter dry is in the contract, and not in the code",
        ),
        (
            "src/shop/api.py",
            9,
            "POST /orders: the query parameter wet is in the code, and not in the contract",
        ),
        ("src/shop/api.py", 9, "POST /orders answers with 200; the contract says 201"),
        ("src/shop/api.py", 9, "POST /orders answers with 409 in the code, and not in the contract"),
        ("src/shop/api.py", 9, "POST /orders body.sku is integer; the contract says string"),
        (f"{HOME}/api.yaml", 13, "GET /orders is in the contract, and not in the application"),
    ] == messages(found.deviations)
    assert [False] * 5 + [True] == [each.waits for each in found.deviations]


def test_a_bound_of_a_path_is_advice(tmp_path: Path) -> None:
    """What leads nowhere is answered with 404 in any case; another type is another interface."""
    said = "{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}"
    contract = f"openapi: 3.1.0\npaths:\n  /a/{{id}}:\n    get:\n      parameters: [{said}]\n"
    for kind, sure in (("integer", False), ("string", True)):
        parameter = {"name": "x", "in": "path", "required": True, "schema": {"type": kind}}
        document = {"openapi": "3.1.0", "paths": {"/a/{x}": {"get": {"parameters": [parameter]}}}}
        told = Told(applications=(Application("FastAPI", "src/shop/api.py", True, document),))
        assert [sure] == [each.sure for each in services(tmp_path / kind, told, contract).deviations]


def test_of_routes_alone_only_paths_and_methods_are_asked(tmp_path: Path) -> None:
    """Routes for machines are no operations of a contract."""
    at = {"x-tenhats-at": ["src/shop/views.py", 3]}
    told = application({}, whole=False, **{"/new": {"x-any": at}, "/health": {"get": at}})
    found = services(tmp_path, told)
    assert ["GET /orders is in the contract, and not in the application"] == [
        each.message for each in found.deviations
    ]
    assert [("src/shop/views.py", 3, "/new")] == [(each.path, each.line, each.words) for each in found.extra]
    assert found.served == 1


def test_a_contract_of_another_application_is_named(tmp_path: Path) -> None:
    """Nothing of it is missing, unless the application serves most of the other contracts."""
    other = application({})
    strange = services(tmp_path / "a", other, CONTRACT.replace("/orders", "/else"))
    assert ((f"{HOME}/api.yaml",), ()) == (strange.strange, strange.deviations)


def test_an_application_that_cannot_be_imported_is_not_seen(tmp_path: Path) -> None:
    """And the reason says so."""
    told = Told(troubles=(Trouble("shop.api", "KeyError: 'KEY'", ("applications",)),))
    assert services(tmp_path, told).unseen.startswith("shop.api could not tell: KeyError: 'KEY'; ")


def test_what_a_function_checks_is_only_advice(tmp_path: Path) -> None:
    """No schema tells of it: neither of a validator of a field nor of one of the whole."""
    before = MODELS.replace("import BaseModel, Field", "import BaseModel, Field, field_validator")
    before = before.replace("ge=1, ", "").replace("(max_length=12)", "()")
    code = before + (
        '\n    @field_validator("sku")\n    @classmethod\n    def _short(cls, sku: str) -> str:\n'
        "        assert len(sku) <= 12\n        return sku\n"
    )
    told = [
        (each.message.partition(" ")[0], each.sure)
        for one in models(tmp_path, code).compared
        for each in one.deviations
    ]
    assert [("OrderLine.sku", False), ("OrderLine.quantity", True)] == told


ROUTES = """\
class Flask:
    def __init__(self):
        self.view_functions = {"orders": self.run, "static": self.run}
        self.url_map = self

    def iter_rules(self):
        yield Rule("/orders/<int:number>", {"GET", "HEAD", "OPTIONS"}, "orders")
        yield Rule("/static/<path:name>", {"GET"}, "static")

    def run(self):
        pass


class Rule:
    def __init__(self, *of):
        self.rule, self.methods, self.endpoint = of
"""


def routes(root: Path, makes: str) -> ServiceAgreement:
    """How an application of a stand-in for Flask deviations from a contract of one operation."""
    contract = "openapi: 3.1.0\npaths: {'/orders/{number}': {get: {responses: {}}}}\n"
    files = {
        "pyproject.toml": "",
        "src/flask.py": ROUTES,
        "src/shop/web.py": f"from flask import Flask\n\n\n{makes}\n",
        f"{HOME}/api.yaml": contract,
    }
    project = folder(root, files)
    tree = tree_of(project)
    said = ask_the_code(project, tree, find_doors(project, tree))
    return compare_services(project, tree, said, compare_models(project, tree, said))


@pytest.mark.parametrize("makes", ["app = Flask()", "def create_app(debug=False):\n    return Flask()"])
def test_an_application_is_found_where_it_is_made(tmp_path: Path, makes: str) -> None:
    """In a name of the module, or in what its factory gives."""
    found = routes(tmp_path, makes)
    assert (("GET /orders/{number}",), (), 1, "") == (
        found.operations,
        found.deviations,
        found.served,
        found.unseen,
    )


def test_an_application_that_nobody_can_make_is_not_seen(tmp_path: Path) -> None:
    """Its factory wants to be given something."""
    found = routes(tmp_path, "def create_app(settings):\n    return Flask()")
    assert found.unseen.startswith("shop.web could not tell: it holds no application, and no create_app()")
