"""The schemas that contracts name, and what each is for: whether a client sends it, is sent it, or both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from tenhats.contracts.documents import Document
from tenhats.contracts.kinds import kind_of
from tenhats.contracts.openapi import METHODS
from tenhats.contracts.references import Library, Node, root_of

_SEPARATORS = re.compile(r"[\W_]")
_ENDS = (".json", ".yaml", ".yml", ".schema")


class Use(Enum):
    """What a schema is for: what the code takes, what it gives, or both."""

    TAKEN = "taken"
    GIVEN = "given"
    BOTH = "both"


@dataclass(frozen=True)
class Named:
    """A schema of a contract, the plain names that a model of it may have, and what it is for."""

    node: Node
    names: frozenset[str]
    use: Use


def plain(name: str) -> str:
    """A name without case and separators: `OrderLine` and `order-line` are one."""
    return _SEPARATORS.sub("", name).lower()


def named_schemas(library: Library) -> Iterator[Named]:
    """Every schema that has a name: a file by its title or its stem, a definition by its key."""
    for document in library.by_path.values():
        root = root_of(document)
        if kind_of(document) == "OpenAPI":
            given, taken = _used(document, library)
            components = root.at("components")
            for name, node in (components.each("schemas") if components else {}).items():
                ways = (node.key in taken, node.key in given)
                use = Use.TAKEN if ways == (True, False) else Use.GIVEN if ways == (False, True) else Use.BOTH
                yield Named(node, frozenset({plain(name)}), use)
            continue
        title = root.says("title")
        names = {plain(_stem(document.path)), plain(title if isinstance(title, str) else "")} - {""}
        yield Named(root, frozenset(names), Use.BOTH)
        for table in ("$defs", "definitions"):
            for name, node in root.each(table).items():
                yield Named(node, frozenset({plain(name)}), Use.BOTH)


def _stem(path: str) -> str:
    stem = path.rpartition("/")[2]
    for end in _ENDS:
        stem = stem.removesuffix(end)
    return stem


def _used(document: Document, library: Library) -> tuple[set[object], set[object]]:
    """The places that answers lead to, and those that requests lead to."""
    given: list[Node] = []
    taken: list[Node] = []
    for node in root_of(document).each("paths").values():
        item = library.target(node) or node
        taken += item.items("parameters")
        for method in METHODS:
            operation = item.at(method)
            if operation:
                taken += [*operation.items("parameters"), *_some(operation.at("requestBody"))]
                given += operation.each("responses").values()
    return _reached(given, library), _reached(taken, library)


def _some(node: Node | None) -> list[Node]:
    return [node] if node else []


def _reached(nodes: Iterable[Node], library: Library) -> set[object]:
    """Every place that the references under some places lead to."""
    found: set[object] = set()
    left = list(nodes)
    while left:
        node = left.pop()
        data = node.data
        if isinstance(data, list):
            left += [Node(node.document, (*node.steps, at), each) for at, each in enumerate(data)]
        elif isinstance(data, dict):
            if isinstance(data.get("$ref"), str):
                there = library.target(node)
                if there and there.key not in found:
                    found.add(there.key)
                    left.append(there)
            left += [Node(node.document, (*node.steps, key), each) for key, each in data.items()]
    return found
