"""GraphQL schemas: what is wrong with one, and what another takes away. graphql-core answers both.

A feature may extend a type that the application defines elsewhere: what it adds is taken for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    GraphQLError,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    SchemaDefinitionNode,
    Source,
    build_ast_schema,
    find_breaking_changes,
    find_dangerous_changes,
    parse,
    validate_schema,
)
from graphql.validation.validate import validate_sdl

from tenhats.contracts import Change
from tenhats.contracts.documents import Faulty

_MOST_TOKENS = 200_000
_CHANGED = re.compile(
    r"(?P<what>.{1,500}?) (?:has )?changed type from (?P<was>\S{1,300}) to (?P<now>\S{1,300})"
)
_NAMED = re.compile(r"@?(\w{1,200})(?:\.(\w{1,200}))?")


class Broken(Faulty):
    """A file of a schema that cannot be parsed."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(line, message)
        self.path = path


def read(texts: Mapping[str, str]) -> DocumentNode:
    """Parse the files of a schema, given by their paths, into one document.

    Raises:
        Broken: if one of them cannot be parsed.
    """
    found: list[DefinitionNode] = []
    for path, text in texts.items():
        try:
            found += parse(Source(text, path), max_tokens=_MOST_TOKENS).definitions
        except GraphQLError as error:
            raise Broken(path, _place(error, path)[1], error.message) from None
        except RecursionError:
            raise Broken(path, 1, "this cannot be read: it is nested too deep") from None
    defined = {_name(each) for each in found if not isinstance(each, ObjectTypeExtensionNode)}
    return DocumentNode(definitions=tuple(_whole(each, defined) for each in found))


def faults(document: DocumentNode) -> Iterator[tuple[str, int, str]]:
    """What is wrong with a schema: the path, the line, and the message."""
    errors = validate_sdl(document)
    first = next((each.loc.source.name for each in document.definitions if each.loc), "")
    if not errors:
        errors = validate_schema(build_ast_schema(document, assume_valid_sdl=True))
        if not any(isinstance(each, SchemaDefinitionNode) for each in document.definitions):
            # A feature's part of a schema need not have the application's queries.
            errors = [each for each in errors if each.nodes]
    for error in errors:
        yield (*_place(error, first), error.message)


def changes(old: DocumentNode, new: DocumentNode) -> list[Change]:
    """What the new schema takes away, and what in it may surprise a client.

    Raises:
        Faulty: if one of them is not valid.
    """
    try:
        was, now = (build_ast_schema(each, assume_valid=True, assume_valid_sdl=True) for each in (old, new))
    except (GraphQLError, TypeError) as error:
        raise Faulty(1, str(error)) from None
    places = dict(_places(new))
    first = next(iter(places.values()), ("", 1))
    made = []
    for find, breaking in ((find_breaking_changes, True), (find_dangerous_changes, False)):
        for each in find(was, now):
            path, line = _nearest(each.description, places) or first
            fix = "keep what there was" if breaking else "look whom it breaks"
            name = each.type.name.lower().replace("_", "-")
            made.append(Change(name, path, line, each.description.rstrip("."), fix, breaking))
    return made


def disagreements(said: DocumentNode, done: DocumentNode) -> list[Change]:
    """What a schema of the code lacks of that of a contract, or has otherwise, at the contract's lines.

    Raises:
        Faulty: if one of them is not valid.
    """
    places = dict(_places(said))
    found = []
    for each in changes(said, done):
        if "Standard scalar" not in each.message:
            path, line = _nearest(each.message, places) or next(iter(places.values()), ("", 1))
            message, fix = _both_sides(each.message)
            found.append(replace(each, path=path, line=line, message=message, fix=fix))
    return found


def _both_sides(description: str) -> tuple[str, str]:
    """What graphql-core says of a later schema, as said of a contract and the code; and the remedy."""
    for ending, told, fix in (
        (
            " was removed",
            "is in the contract, and not in the code",
            "write it; or take it out of the contract",
        ),
        (" was added", "is in the code, and not in the contract", "add it to the contract"),
    ):
        if description.endswith(ending):
            return f"{description.removesuffix(ending)} {told}", fix
    changed = _CHANGED.fullmatch(description)
    if changed:
        message = f"{changed['what']} is {changed['now']} in the code; the contract says {changed['was']}"
        return message, f"make it {changed['was']}; or change the contract"
    return f"the code differs from the contract: {description}", "let both say the same"


def names(document: DocumentNode) -> Iterator[str]:
    """The names of the types, and of the fields of those, that the document defines."""
    for each, _ in _places(document):
        yield ".".join(each)


def _places(document: DocumentNode) -> Iterator[tuple[tuple[str, ...], tuple[str, int]]]:
    for each in document.definitions:
        name = _name(each)
        if not name:
            continue
        yield (name,), _at(each)
        for part in ("fields", "values"):
            for inner in getattr(each, part, None) or ():
                yield (name, inner.name.value), _at(inner)


def _nearest(description: str, places: Mapping[tuple[str, ...], tuple[str, int]]) -> tuple[str, int] | None:
    """Where what the description names stands, or at least its type."""
    for found in _NAMED.finditer(description):
        for key in ((found[1], found[2]), (found[1],)):
            if key in places:
                return places[key]
    return None


def _at(node: Any) -> tuple[str, int]:
    return (node.loc.source.name, node.loc.start_token.line) if node.loc else ("", 1)


def _place(error: GraphQLError, path: str) -> tuple[str, int]:
    line = error.locations[0].line if error.locations else 1
    return (error.source.name if error.source else path), line


def _name(node: DefinitionNode) -> str:
    name = getattr(node, "name", None)
    return str(name.value) if name else ""


def _whole(node: DefinitionNode, defined: set[str]) -> DefinitionNode:
    if isinstance(node, ObjectTypeExtensionNode) and node.name.value not in defined:
        defined.add(node.name.value)
        return ObjectTypeDefinitionNode(
            name=node.name,
            directives=node.directives,
            interfaces=node.interfaces,
            fields=node.fields,
            description=None,
            loc=node.loc,
        )
    return node
