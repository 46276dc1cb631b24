"""The contracts on disk, held against their own formats' libraries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tenhats.facts.contracts import Contract, read_contracts
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("003-contracts/FR-001")


DIALECT = "https://json-schema.org/draft/2020-12/schema"
API = 'openapi: 3.1.0\ninfo:\n  title: Greeter\n  version: "1"\npaths: {}\n'


def read_all(tmp_path: Path, **texts: str | bytes) -> dict[str, Contract]:
    """The contracts of one feature, by the names of their files, with a full stop for every `_`."""
    named = {name.replace("_", "."): text for name, text in texts.items()}
    here = folder(tmp_path, {f"specs/001-a/contracts/{name}": text for name, text in named.items()})
    return {each.path.rpartition("/")[2]: each for each in read_contracts(here, tree_of(here)).contracts}


def read(tmp_path: Path, text: str | bytes, name: str = "api.yaml") -> Contract:
    """The one contract of one feature."""
    (contract,) = read_all(tmp_path, **{name: text}).values()
    return contract


def complaints(contract: Contract) -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in contract.complaints]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_valid_openapi_description_has_no_complaints(tmp_path: Path, version: str) -> None:
    """3.0 and 3.1."""
    contract = read(tmp_path, API.replace("3.1.0", version))
    assert (contract.kind, complaints(contract)) == ("OpenAPI", [])


@pytest.mark.req("003-contracts/US1.1")
def test_a_faulty_openapi_description_is_complained_of_at_its_line(tmp_path: Path) -> None:
    """As far as the library's path can be followed."""
    contract = read(tmp_path, API.replace("title: Greeter", "titel: Greeter"))
    assert {line for line, _ in complaints(contract)} == {2}
    assert any("'title' is a required property" in message for _, message in complaints(contract))


def test_an_openapi_version_that_is_not_read_is_complained_of(tmp_path: Path) -> None:
    """Never taken for valid."""
    assert complaints(read(tmp_path, 'swagger: "2.0"\n')) == [
        (1, "OpenAPI 2.0 is not read here; write 3.0 or 3.1")
    ]


@pytest.mark.parametrize("dialect", [DIALECT, "http://json-schema.org/draft-07/schema#"])
def test_a_valid_schema_has_no_complaints(tmp_path: Path, dialect: str) -> None:
    """Each dialect by its own rules."""
    contract = read(tmp_path, json.dumps({"$schema": dialect, "type": "object"}), "row.schema.json")
    assert (contract.kind, complaints(contract)) == ("JSON Schema", [])


def test_a_faulty_schema_is_complained_of_at_its_line(tmp_path: Path) -> None:
    """JSON has lines too."""
    text = json.dumps({"$schema": DIALECT, "type": "objekt"}, indent=2)
    contract = read(tmp_path, text, "row.json")
    assert [line for line, _ in complaints(contract)] == [3]


@pytest.mark.req("003-contracts/US1.2")
@pytest.mark.parametrize(
    "document", ["{}", '{"$schema": "https://x.org/y"}', '{"$schema": []}', '{"$schema": 3}']
)
def test_what_is_neither_is_complained_of(tmp_path: Path, document: str) -> None:
    """A file that no library can judge has not been judged."""
    ((line, message),) = complaints(read(tmp_path, document, "row.json"))
    assert (line, message.startswith("this is neither OpenAPI nor JSON Schema")) == (1, True)


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("a.json", '{\n"a": 1,\n}', 3, "this is not JSON"),
        ("a.yaml", "a: 1\nb: [\n", 3, "this is not YAML"),
        ("a.yml", "- 1\n", 1, "a contract is a mapping; this is none"),
        ("a.json", b"\xff", 1, "this cannot be read"),
        ("a.json", "", 1, "this is not JSON"),
        ("a.yaml", "", 1, "a contract is a mapping; this is none"),
        ("a.json", "[" * 100_000, 1, "this cannot be read"),
        ("a.yaml", "[" * 100_000, 1, "this cannot be read: it is nested more than 200 deep"),
        ("a.yaml", "a: &a [*a]\n", 1, "this alias holds itself"),
        ("a.yaml", "a: 1\nb: 1\na: 2\n", 3, "the key a stands here a second time"),
        ("a.yaml", "a: 1\n? [b]\n: 2\n", 2, "a key is a word"),
        ("a.yaml", "a: 1\n\0", 2, "this cannot be read: it is binary"),
        ("a.yaml", "a: " + "x" * 6_000_000, 1, "this has 6.0 MB"),
        ("a.proto", b"\x00\xff", 1, "this cannot be read"),
        ("a.graphql", "type Query {\n  a: }", 2, "Syntax Error"),
        ("a.graphql", "type Query { a: " + "[" * 100_000, 1, "Syntax Error"),
    ],
)
def test_what_cannot_be_parsed_is_complained_of(
    tmp_path: Path, name: str, text: str | bytes, line: int, message: str
) -> None:
    """With the parser's own line."""
    ((at, said),) = complaints(read(tmp_path, text, name))
    assert (at, said.startswith(message)) == (line, True)


@pytest.mark.parametrize("line", ["a{0}: &a{0} [{1}]", "a{0}: &a{0} {{<<: [{1}], b{0}: 1}}"])
def test_aliases_that_unfold_without_end_are_complained_of(tmp_path: Path, line: str) -> None:
    """Nine to the power of twenty values are not counted one by one."""
    text = "a0: &a0 {b: 1}\n"
    text += "\n".join(line.format(n, ", ".join([f"*a{n - 1}"] * 9)) for n in range(1, 20))
    ((_, message),) = complaints(read(tmp_path, text))
    assert message.startswith("its aliases unfold to more than")


def test_yaml_is_read_as_openapi_asks_for_it(tmp_path: Path) -> None:
    """A status may be a bare number, a date is a string, and `no` is a word."""
    paths = """\
paths:
  /a:
    get:
      parameters:
        - {name: q, in: query, schema: {type: string, enum: [no, 2026-01-31], default: no}}
      responses:
        200: {description: 2026-01-31}
"""
    assert complaints(read(tmp_path, API.replace("paths: {}\n", paths))) == []


def test_a_reference_to_a_file_beside_is_followed(tmp_path: Path) -> None:
    """Such a file is a part: it needs no dialect, and is no contract of its own."""
    text = API + "components: {schemas: {Pet: {$ref: 'pet.yaml#/Pet'}}}\n"
    part = "Pet: {type: object, properties: {mother: {$ref: '#/Pet'}}}\n"
    found = read_all(tmp_path, api_yaml=text, pet_yaml=part)
    assert {name: complaints(each) for name, each in found.items()} == {"api.yaml": [], "pet.yaml": []}


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("https://example.org/pet.json", "https://example.org/pet.json is not fetched: copy what it means"),
        ("//example.org/pet.json", "//example.org/pet.json is not fetched"),
        ("../../../../etc/passwd", "../../../../etc/passwd leads to no JSON or YAML file"),
        ("other.yaml#/Pet", "other.yaml#/Pet leads to no JSON or YAML file"),
        ("#/components/schemas/Dog", "#/components/schemas/Dog leads nowhere"),
        ("#/components/schemas/Pet", "#/components/schemas/Pet leads nowhere, or back to itself"),
    ],
)
def test_a_reference_that_leads_nowhere_is_complained_of(
    tmp_path: Path, reference: str, message: str
) -> None:
    """At its own line; and nobody is asked over the network."""
    text = API + f"components:\n  schemas:\n    Pet:\n      $ref: '{reference}'\n"
    ((line, said),) = complaints(read(tmp_path, text))
    assert (line, said.startswith(message)) == (9, True)


def test_a_schema_is_found_by_its_id(tmp_path: Path) -> None:
    """As JSON Schema has it."""
    order = {
        "$schema": DIALECT,
        "$id": "https://x.org/order.json",
        "items": {"$ref": "https://x.org/item.json"},
    }
    item = {"$schema": DIALECT, "$id": "https://x.org/item.json", "items": {"$ref": "order.json"}}
    found = read_all(tmp_path, a_json=json.dumps(order), b_json=json.dumps(item))
    assert [complaints(each) for each in found.values()] == [[], []]


def test_a_graphql_schema_is_made_of_all_files_of_a_feature(tmp_path: Path) -> None:
    """What one file lacks another may have; what a feature adds to the application's queries is enough."""
    found = read_all(
        tmp_path,
        pets_graphql="extend type Query {\n  pet: Pet\n  toy: Toy\n}\n",
        pet_graphqls="type Pet {\n  name: String!\n}\n",
    )
    assert complaints(found["pets.graphql"]) == [(3, "Unknown type 'Toy'.")]
    assert complaints(found["pet.graphqls"]) == []
    assert "Pet.name" in found["pet.graphqls"].names


PROTO = 'syntax = "proto3";\npackage pets.v1;\n'


def test_protocol_buffers_are_asked_of_buf(tmp_path: Path) -> None:
    """Files of a feature may import each other, and what everybody has."""
    found = read_all(
        tmp_path,
        pet_proto=f"{PROTO}message Pet {{ string name = 1; }}\n",
        pets_proto=f'{PROTO}import "pet.proto";\nimport "google/protobuf/any.proto";\n'
        "message Pets {\n  repeated Pet pets = 1;\n  Toy toy = 2;\n}\n",
    )
    assert complaints(found["pets.proto"]) == [(7, "cannot find `Toy` in this scope")]
    assert complaints(found["pet.proto"]) == []


def test_an_import_of_what_is_not_here_is_not_seen(tmp_path: Path) -> None:
    """It is not fetched; what to do is said."""
    text = f'{PROTO}import "google/api/http.proto";\n'
    here = folder(tmp_path, {"specs/001-a/contracts/pet.proto": text})
    found = read_contracts(here, tree_of(here))
    assert found.contracts == ()
    assert found.unseen.startswith("specs/001-a/contracts/pet.proto:3 imports a file that is not there: put")


def test_without_buf_protocol_buffers_are_not_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out is said, and the other contracts are looked at all the same."""
    for name, value in {"PIP_NO_INDEX": "1", "UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    texts = {"specs/001-a/contracts/pet.proto": PROTO, "specs/001-a/contracts/api.yaml": API}
    here = folder(tmp_path, texts)
    found = read_contracts(here, tree_of(here))
    assert [each.path for each in found.contracts] == ["specs/001-a/contracts/api.yaml"]
    assert found.unseen.startswith("buf, which reads .proto files, cannot be installed")


def test_only_contracts_are_read(tmp_path: Path) -> None:
    """Other files of a feature are left alone, prose and other formats are named, tools' settings are not."""
    names = ("data.json", "contracts/cli.md", "contracts/events.yaml", "contracts/buf.yaml")
    here = folder(tmp_path, {f"specs/001-a/{name}": "asyncapi: 3.0.0\n" for name in names})
    found = read_contracts(here, tree_of(here))
    assert found.contracts == ()
    assert found.unread == ("specs/001-a/contracts/cli.md", "specs/001-a/contracts/events.yaml")


@pytest.mark.parametrize(
    ("home", "is_read"),
    [
        (".kiro/specs/pets", True),
        ("openspec/specs/pets", True),
        ("openspec/changes/add-pets", True),
        ("openspec/changes/archive/add-pets", False),
        ("src/pets", False),
    ],
)
def test_every_format_has_contracts(tmp_path: Path, home: str, *, is_read: bool) -> None:
    """In a folder of that name, in the feature's own."""
    here = folder(tmp_path, {f"{home}/contracts/api.yaml": API})
    assert bool(read_contracts(here, tree_of(here)).contracts) is is_read


def test_the_longest_length_of_each_property_is_read(tmp_path: Path) -> None:
    """With its own line, however deep it stands; a length without a property is none's."""
    schema = {
        "$schema": DIALECT,
        "maxLength": 9,
        "properties": {
            "name": {"maxLength": 100},
            "all": {"items": {"properties": {"code": {"maxLength": 3}}}},
        },
    }
    contract = read(tmp_path, json.dumps(schema, indent=1), "name.json")
    found = {(each.name, each.characters, each.line) for each in contract.limits}
    assert found == {("name", 100, 6), ("code", 3, 12)}


def test_a_length_that_no_name_could_have_is_left_out(tmp_path: Path) -> None:
    """Nor does a nesting too deep to be followed stop anything."""
    start, brackets = f'{{"$schema": "{DIALECT}", ', ("[" * 400, "]" * 400)
    huge = read(tmp_path, f'{start}"properties": {{"name": {{"maxLength": {"9" * 99}}}}}}}', "a.json")
    deep = read(tmp_path / "b", f'{start}"maxLength": {"1".join(brackets)}}}', "a.json")
    assert (huge.limits, deep.limits) == ((), ())
