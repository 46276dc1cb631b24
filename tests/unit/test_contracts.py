"""The contracts on disk, held against their own formats' libraries."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tenhats.facts.contracts import Contract, read_contracts
from tests.unit.made_up import folder, tree_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
API = 'openapi: 3.1.0\ninfo:\n  title: Greeter\n  version: "1"\npaths: {}\n'


def read(tmp_path: Path, text: str | bytes, name: str = "api.yaml") -> Contract:
    here = folder(tmp_path, {f"specs/001-a/contracts/{name}": text})
    (contract,) = read_contracts(here, tree_of(here)).contracts
    return contract


def complaints(contract: Contract) -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in contract.complaints]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_valid_openapi_description_has_no_complaints(tmp_path: Path, version: str) -> None:
    """3.0 and 3.1."""
    contract = read(tmp_path, API.replace("3.1.0", version))
    assert (contract.kind, complaints(contract)) == ("OpenAPI", [])


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
    ],
)
def test_what_cannot_be_parsed_is_complained_of(
    tmp_path: Path, name: str, text: str | bytes, line: int, message: str
) -> None:
    """With the parser's own line."""
    ((at, said),) = complaints(read(tmp_path, text, name))
    assert (at, said.startswith(message)) == (line, True)


def test_only_contracts_are_read(tmp_path: Path) -> None:
    """Other files of a feature, and other formats, are left alone."""
    here = folder(tmp_path, {"specs/001-a/data.json": "{", "specs/001-a/contracts/cli.md": "# CLI"})
    assert read_contracts(here, tree_of(here)).contracts == ()


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
