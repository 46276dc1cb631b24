"""Where a feature speaks of its contracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.contracts import read_contracts
from tenhats.facts.mentions import Mention, find_mentions
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("001-reading-specifications/FR-008")


API = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets/{id}: {get: {operationId: getPet, responses: {}}}
components: {schemas: {Order: {}, OrderItem: {}}}
"""
PATH = "specs/001-a/contracts/api.yaml"


def mention(tmp_path: Path, **texts: str) -> Mention:
    """Where the API is spoken of, in a feature with these Markdown files."""
    here = folder(tmp_path, {PATH: API, **{f"specs/001-a/{name}.md": text for name, text in texts.items()}})
    tree = tree_of(here)
    (found,) = find_mentions(here, tree, read_contracts(here, tree)).mentions
    return found


@pytest.mark.parametrize(
    "words", ["see contracts/api.yaml.", "`GET /pets/{id}`", "answers getPet, as said", "an OrderItem has"]
)
def test_a_contract_is_spoken_of(tmp_path: Path, words: str) -> None:
    """By its file, a path, an operation, a schema."""
    assert mention(tmp_path, spec="nothing", plan=words).where == ("specs/001-a/plan.md",)


@pytest.mark.parametrize("words", ["contracts/", "an Order is placed", "/pets", "forgetPets"])
def test_everyday_words_speak_of_nothing(tmp_path: Path, words: str) -> None:
    """A schema that is called as the thing is, is in every text about the thing."""
    found = mention(tmp_path, spec=words)
    assert (found.documents, found.where, found.is_prose) == (("specs/001-a/spec.md",), (), False)


def test_prose_and_parts_are_spoken_of_too(tmp_path: Path) -> None:
    """A part by the contract that it is a part of; the folder's own page need not be."""
    home = "specs/001-a/contracts"
    api = API.replace("Order: {}", "Order: {$ref: 'parts.yaml#/Order'}")
    texts = {PATH: api, f"{home}/parts.yaml": "Order: {}", f"{home}/cli.md": "# CLI"}
    here = folder(tmp_path, texts | {f"{home}/README.md": "# Contracts"})
    tree = tree_of(here)
    found = find_mentions(here, tree, read_contracts(here, tree)).mentions
    assert [(each.path, each.is_prose, each.where) for each in found] == [
        (PATH, False, ()),
        (f"{home}/cli.md", True, ()),
        (f"{home}/parts.yaml", False, (PATH,)),
    ]
