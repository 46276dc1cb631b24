"""OpenAPI descriptions, before and after, judged as a client of the first would."""

from __future__ import annotations

import datetime
import random
import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
import yaml

from tenhats.contracts import Change
from tenhats.contracts.documents import Document, parse
from tenhats.contracts.openapi import compare
from tenhats.contracts.references import Library

pytestmark = pytest.mark.req("003-contracts/FR-002")


TODAY = datetime.date(2026, 6, 1)
HEAD = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1.0.0"}\n'
FRAMES = {
    "paths": "{}",
    "asked": "/pets: {{get: {{parameters: [{}], responses: {{'204': {{description: x}}}}}}}}",
    "sent": "/pets: {{put: {{requestBody: {{content: {{text/json: {{schema: {}}}}}}}, responses: {{}}}}}}",
    "got": "/pets: {{get: {{responses: {{'200': {{content: {{text/json: {{schema: {}}}}}}}}}}}}}",
}
"""Where a fragment of a pair stands in a whole description."""


@dataclass(frozen=True)
class Pair:
    """What was promised before and after, and what that is called; None, if no client minds."""

    name: str
    before: str
    after: str
    breaks: str | None


def api(paths: str, components: str = "{}") -> str:
    """A whole description."""
    return f"{HEAD}paths:\n{indent(dedent(paths).strip(), '  ')}\ncomponents: {components}\n"


def pair(entry: dict[str, Any]) -> Pair:
    """A pair of the file, its fragments put where they belong."""
    kind = next(each for each in FRAMES if each in entry)
    before, after = (api(FRAMES[kind].format(entry[each].strip())) for each in ("before", "after"))
    return Pair(f"{kind}: {entry[kind]}", before, after, entry["breaks"])


PAIRS = [
    pair(each) for each in yaml.safe_load(Path(__file__).with_name("openapi_pairs.yaml").read_text("utf-8"))
]


def found(before: str, after: str, beside: tuple[str, str] = ("{}", "{}")) -> list[Change]:
    """What is found between two texts; `beside` them stands pets.yaml, before and after."""
    old, new = parse("api.yaml", before), parse("api.yaml", after)
    others = [parse("pets.yaml", each) for each in beside]
    return compare(Library([old, others[0]]), old, Library([new, others[1]]), new, TODAY)


def breaking(before: str, after: str, beside: tuple[str, str] = ("{}", "{}")) -> list[tuple[str, int]]:
    """The changes that break, by their names and lines."""
    return [(each.id, each.line) for each in found(before, after, beside) if each.breaking]


@pytest.mark.req("003-contracts/SC-001")
def test_there_are_enough_pairs() -> None:
    """Of both kinds, as they are labelled and as they are judged."""
    labels = [each.breaks is not None for each in PAIRS]
    assert [bool(breaking(each.before, each.after)) for each in PAIRS] == labels
    assert (labels.count(True) >= 50, labels.count(False) >= 35) == (True, True)


@pytest.mark.req("003-contracts/SC-001")
@pytest.mark.parametrize("each", PAIRS, ids=lambda each: each.name)
def test_a_pair_is_judged_as_it_is_labelled(each: Pair) -> None:
    """What breaks bears oasdiff's name where there is one; what breaks nobody bears none."""
    assert [name for name, _ in breaking(each.before, each.after)] == ([each.breaks] if each.breaks else [])


@pytest.mark.parametrize("each", PAIRS, ids=lambda each: each.name)
def test_a_description_does_not_differ_from_itself(each: Pair) -> None:
    """Nor from one in which the keys stand in another order."""
    for text in (each.before, each.after):
        old = parse("api.yaml", text)
        for seed in range(3):
            new = Document("api.yaml", shuffled(old.data, random.Random(seed)))  # noqa: S311  not for secrets
            assert compare(Library([old]), old, Library([new]), new, TODAY) == []


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same value, with its keys in another order."""
    if isinstance(value, list):
        return [shuffled(each, chance) for each in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: shuffled(value[key], chance) for key in keys}


LONG = """\
openapi: 3.1.0
info: {title: Pets, version: "1.0.0"}
paths:
  /pets:
    get:
      responses:
        '200':
          description: x
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Pet'
  /toys:
    get:
      responses: {}
components:
  schemas:
    Pet:
      type: object
      required:
        - name
      properties:
        name:
          type: string
        mother:
          $ref: '#/components/schemas/Pet'
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "          type: string\n",
            "          type: [string, 'null']\n",
            ("response-property-became-nullable", 24),
        ),
        ("      required:\n        - name\n", "", ("response-property-became-optional", 21)),
        ("name", "nome", ("response-required-property-removed", 22)),
        ("  /toys:\n    get:\n      responses: {}\n", "", ("api-path-removed-without-deprecation", 3)),
        (
            "    get:\n      responses: {}\n",
            "    put:\n      responses: {}\n",
            ("api-removed-without-deprecation", 13),
        ),
    ],
)
def test_a_change_is_told_of_where_it_stands_now(old: str, new: str, expected: tuple[str, int]) -> None:
    """What is gone, at the nearest thing above it that is left; a schema that many use, once."""
    assert [expected] == breaking(LONG, LONG.replace(old, new))


def test_the_message_says_what_it_was() -> None:
    """Which operation, which side, which property; and the fix says what to write."""
    (change,) = found(LONG, LONG.replace("          type: string", "          type: integer"))
    assert "GET /pets: 200 answer /name is integer; it was string" == change.message
    assert "type: string" == change.fix


def schemas(**named: str) -> str:
    """The schemas of a description, by their names; `@X` refers to another."""
    told = ", ".join(f"{name}: {text}" for name, text in named.items())
    return re.sub(r"@(\w+)", r"{$ref: '#/components/schemas/\1'}", f"{{schemas: {{{told}}}}}")


def test_schemas_that_hold_each_other_end() -> None:
    """Each pair of schemas is compared once."""
    paths = FRAMES["sent"].format("{$ref: '#/components/schemas/A'}")
    before, after = (
        api(paths, schemas(A="{properties: {b: @B}}", B=f"{{properties: {{a: @A, x: {{type: {kind}}}}}}}"))
        for kind in ("string", "integer")
    )
    assert ["request-property-type-changed"] == [name for name, _ in breaking(before, after)]


def test_unions_of_unions_end() -> None:
    """Ten branches on each of twelve levels are no trillion."""
    paths = FRAMES["got"].format("{$ref: '#/components/schemas/L0'}")
    levels = {f"L{n}": f"{{oneOf: [{', '.join([f'@L{n + 1}'] * 10)}]}}" for n in range(12)}
    before, after = (api(paths, schemas(**levels, L12=f"{{type: {kind}}}")) for kind in ("string", "integer"))
    assert [] == breaking(before, before)
    assert ["response-property-type-changed"] == [name for name, _ in breaking(before, after)]


def test_a_file_beside_is_looked_into() -> None:
    """A change there is told of there."""
    text = api(FRAMES["sent"].format("{$ref: 'pets.yaml#/Pet'}"))
    beside = ("Pet:\n  type: string\n", "Pet:\n  type: integer\n")
    assert [("pets.yaml", 2)] == [(each.path, each.line) for each in found(text, text, beside)]


def test_what_is_not_here_is_advice() -> None:
    """An address is never asked; another address may mean the same."""
    before, after = (api(FRAMES["sent"].format(f"{{$ref: 'https://x.org/{n}.json'}}")) for n in "ab")
    assert [("schema-not-seen", False)] == [(each.id, each.breaking) for each in found(before, after)]


@pytest.mark.parametrize(
    ("word", "before", "after"),
    [
        ("request-body-pattern-changed", "{type: string, pattern: a}", "{type: string, pattern: b}"),
        ("request-body-format-added", "{type: string}", "{type: string, format: email}"),
        ("request-body-not-changed", "{not: {const: x}}", "{not: {const: y}}"),
    ],
)
def test_what_nobody_can_decide_is_advice(word: str, before: str, after: str) -> None:
    """It is said, and breaks nothing."""
    told = found(api(FRAMES["sent"].format(before)), api(FRAMES["sent"].format(after)))
    assert [(word, False)] == [(each.id, each.breaking) for each in told]


def test_what_a_client_is_called_with_is_received() -> None:
    """The body of a webhook is judged from the other side."""
    hook = (
        "webhooks: {{born: {{post: {{requestBody: {{content: {{application/json: {{schema: {}}}}}}}}}}}}}\n"
    )
    before, after = (HEAD + hook.format(each) for each in ("{type: string}", "{type: [string, 'null']}"))
    assert ["request-body-became-nullable"] == [name for name, _ in breaking(before, after)]
    assert [] == breaking(after, before)
    assert ["webhook-removed"] == [name for name, _ in breaking(before, HEAD)]


@pytest.mark.parametrize("value", ["3", "[]", "null", "{get: 3}", "{get: {parameters: [3], responses: []}}"])
def test_nonsense_is_not_stumbled_over(value: str) -> None:
    """What is valid is another rule's question."""
    text = api(f"/a: {value}")
    assert [] == found(text, text)
