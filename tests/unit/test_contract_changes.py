"""The contracts of real repositories, compared with what they were at the base."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.base import Base, find_base
from tenhats.facts.contract_changes import Compared, ContractChanges, compare_contracts
from tests.unit.made_up import folder, tree_of
from tests.world import commit_all

pytestmark = pytest.mark.req("003-contracts/FR-002")


HOME = "specs/001-a/contracts"
API = 'openapi: 3.1.0\ninfo: {title: A, version: "1.2.0"}\npaths:\n  /a:\n    get:\n      responses: {}\n'
SCHEMA = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://x.org/v3/a.json"%s}\n'
PROTO = 'syntax = "proto3";\npackage a.v1;\nmessage A {\n  string name = 1;\n}\n'
GRAPHQL = "type Query {\n  pet: Pet\n}\ntype Pet {\n  name: String!\n  age: Int\n}\n"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that tests us may itself be working on a pull request."""
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)


def between(root: Path, before: dict[str, str], after: dict[str, str]) -> ContractChanges:
    """What is found in a repository of which these files are committed, and then are these."""
    folder(root, {"README.md": "x", **before})
    commit_all(root, "start")
    for path in before.keys() - after.keys():
        (root / path).unlink()
    here = folder(root, {"notes.md": "x", **after})
    tree = tree_of(here)
    return compare_contracts(here, tree, find_base(here, tree))


def only(found: ContractChanges) -> Compared:
    """The one contract that was compared."""
    (compared,) = found.compared
    return compared


def told(found: ContractChanges) -> list[tuple[str, str, int]]:
    """Every change, by its name and its place."""
    return [(each.id, each.path, each.line) for one in found.compared for each in one.changes]


def test_without_a_base_there_is_nothing_to_compare(tmp_path: Path) -> None:
    """And the reason is handed on."""
    here = folder(tmp_path, {f"{HOME}/api.yaml": API})
    assert compare_contracts(here, tree_of(here), Base(reason="no git")) == ContractChanges(reason="no git")


def test_a_new_contract_has_no_earlier_one(tmp_path: Path) -> None:
    """It breaks nobody."""
    found = between(tmp_path, {f"{HOME}/cli.md": "# CLI"}, {f"{HOME}/api.yaml": API})
    assert found == ContractChanges(reason="there is no contract at the base that can be compared")


def test_a_contract_that_has_not_changed_is_looked_at(tmp_path: Path) -> None:
    """It counts, and has no changes."""
    path = f"{HOME}/api.yaml"
    found = between(tmp_path, {path: API}, {path: API})
    assert only(found) == Compared(path)


@pytest.mark.req("003-contracts/US2.1")
def test_an_openapi_description_is_compared(tmp_path: Path) -> None:
    """With both of its own versions."""
    path = f"{HOME}/api.yaml"
    found = between(tmp_path, {path: API}, {path: API.replace("/a:", "/b:").replace("1.2.0", "1.3.0")})
    assert told(found) == [("api-path-removed-without-deprecation", path, 3)]
    assert (only(found).before, only(found).after) == ("1.2.0", "1.3.0")


def test_a_schema_is_compared_as_what_is_sent(tmp_path: Path) -> None:
    """Allowing less breaks; its version is the one that its address names."""
    path = f"{HOME}/a.json"
    free, narrow = SCHEMA % "", SCHEMA % ',\n"type": "object",\n"required": ["a"]'
    found = between(tmp_path, {path: free}, {path: narrow.replace("v3", "v4")})
    assert told(found) == [("schema-type-changed", path, 2)]
    assert (only(found).before, only(found).after) == ("v3", "v4")


def test_a_part_is_compared_where_it_is_used(tmp_path: Path) -> None:
    """The description has not changed, what it refers to has."""
    api = API + "components: {schemas: {A: {$ref: 'a.yaml#/A'}}}\n"
    api = api.replace("responses: {}", "parameters: [{name: q, in: query, schema: {$ref: 'a.yaml#/A'}}]")
    before = {f"{HOME}/api.yaml": api, f"{HOME}/a.yaml": "A:\n  type: string\n"}
    found = between(tmp_path, before, before | {f"{HOME}/a.yaml": "A:\n  type: integer\n"})
    assert told(found) == [("request-parameter-type-changed", f"{HOME}/a.yaml", 2)]


@pytest.mark.req("003-contracts/US2.2")
@pytest.mark.parametrize(
    "there", [f"{HOME}/http.yml", "specs/002-b/contracts/api.yaml", f"{HOME}/v1/api.json"]
)
def test_a_contract_that_was_moved_is_found(tmp_path: Path, there: str) -> None:
    """By what it says, by its folder, by its name; and compared with what it was."""
    text = '{"openapi": "3.1.0", "info": {"title": "A", "version": "1.2.0"}, "paths": {}}\n'
    after = text if there.endswith(".json") else API.replace("/a:", "/b:")
    found = between(tmp_path, {f"{HOME}/api.yaml": API}, {there: after})
    assert [(each.path, each.is_gone) for each in found.compared] == [(there, False)]
    assert [name for name, _, _ in told(found)] == ["api-path-removed-without-deprecation"]


@pytest.mark.parametrize(("name", "text"), [("api.yaml", API), ("a.proto", PROTO), ("a.graphql", GRAPHQL)])
def test_a_contract_that_is_gone_is_missed(tmp_path: Path, name: str, text: str) -> None:
    """Of every kind."""
    found = between(tmp_path, {f"{HOME}/{name}": text}, {f"{HOME}/README.md": "x"})
    assert [(each.path, each.is_gone, each.feature) for each in found.compared] == [
        (f"{HOME}/{name}", True, "specs/001-a/")
    ]


@pytest.mark.parametrize(("name", "text"), [("a.proto", PROTO), ("a.graphql", GRAPHQL)])
def test_files_that_were_moved_are_not_missed(tmp_path: Path, name: str, text: str) -> None:
    """To another feature, as they are; or to another file of the same one."""
    found = between(tmp_path, {f"{HOME}/{name}": text}, {f"specs/002-b/contracts/{name}": text})
    assert [each.is_gone for each in found.compared] == [False]


@pytest.mark.parametrize(("name", "text"), [("a.proto", PROTO), ("a.graphql", GRAPHQL)])
def test_a_file_may_have_another_name(tmp_path: Path, name: str, text: str) -> None:
    """All files of a feature are one schema."""
    found = between(tmp_path, {f"{HOME}/{name}": text}, {f"{HOME}/other.{name[2:]}": text})
    assert [(each.is_gone, each.changes) for each in found.compared] == [(False, ())]


def test_a_graphql_schema_is_compared(tmp_path: Path) -> None:
    """By graphql-core: what breaks, and what may."""
    path = f"{HOME}/a.graphql"
    after = (
        GRAPHQL.replace("String!", "String")
        .replace("  age: Int\n", "")
        .replace("pet: Pet", "pet(id: Int): Pet")
    )
    found = between(tmp_path, {path: GRAPHQL}, {path: after})
    assert sorted(told(found)) == [
        ("field-changed-kind", path, 5),
        ("field-removed", path, 4),
        ("optional-arg-added", path, 2),
    ]
    assert [each.breaking for each in only(found).changes] == [True, True, False]


def test_protocol_buffers_are_compared(tmp_path: Path) -> None:
    """By buf, which is kept from the network."""
    path = f"{HOME}/a.proto"
    found = between(tmp_path, {path: PROTO}, {path: PROTO.replace("string name", "int32 name")})
    assert told(found) == [("FIELD_SAME_TYPE", path, 4)]


def test_openapi_2_is_not_seen(tmp_path: Path) -> None:
    """It is not taken for 3."""
    path = f"{HOME}/api.yaml"
    found = between(tmp_path, {path: 'swagger: "2.0"\n'}, {path: 'swagger: "2.0"\npaths: {}\n'})
    assert found.unseen == f"{path} is OpenAPI 2, which is not compared: write 3.0 or 3.1"


@pytest.mark.parametrize(("name", "text"), [("api.yaml", API), ("a.proto", PROTO), ("a.graphql", GRAPHQL)])
def test_what_cannot_be_read_any_more_is_not_seen(tmp_path: Path, name: str, text: str) -> None:
    """Its faults are told of elsewhere; here nobody knows."""
    found = between(tmp_path, {f"{HOME}/{name}": text}, {f"{HOME}/{name}": "}{"})
    assert (found.compared, found.unseen != "") == ((), True)
