"""References from a place in a contract to another, in the same file or in one beside it.

Nothing is ever fetched: a reference leads to a contract of the project, or nowhere.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urljoin

from tenhats.contracts.documents import Document

_NAMES = {
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "schemas",
    "responses",
    "headers",
}
_DATA = {"example", "examples", "default", "enum", "const"}
_KNOWN = ("http://json-schema.org/", "https://json-schema.org/", "https://spec.openapis.org/")


@dataclass(frozen=True)
class Node:
    """A place in a document, and what stands there."""

    document: Document
    steps: tuple[str | int, ...]
    data: Any

    @property
    def key(self) -> tuple[str, tuple[str | int, ...]]:
        """What tells it from every other place."""
        return self.document.path, self.steps

    @property
    def path(self) -> str:
        """The file that it stands in."""
        return self.document.path

    def line(self, *more: str | int) -> int:
        """Its line, or that of what is under it, as far as that is there."""
        return self.document.line((*self.steps, *more))

    def says(self, word: str) -> Any:
        """What is said under a key; None if nothing is."""
        return self.data.get(word) if isinstance(self.data, dict) else None

    def at(self, *steps: str) -> Node | None:
        """What is under it, if there is anything."""
        data = self.data
        for step in steps:
            if not isinstance(data, dict) or step not in data:
                return None
            data = data[step]
        return Node(self.document, (*self.steps, *steps), data)

    def each(self, step: str) -> dict[str, Node]:
        """The members of the mapping under a key, by their names."""
        table = self.says(step)
        if not isinstance(table, dict):
            return {}
        return {name: Node(self.document, (*self.steps, step, name), data) for name, data in table.items()}

    def items(self, step: str) -> list[Node]:
        """The items of the list under a key."""
        listed = self.says(step)
        if not isinstance(listed, list):
            return []
        return [Node(self.document, (*self.steps, step, at), data) for at, data in enumerate(listed)]


def root_of(document: Document) -> Node:
    """The whole document."""
    return Node(document, (), document.data)


class Library:
    """The contracts that may refer to each other."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.by_path = {each.path: each for each in documents}

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        named = ((each.data.get("$id"), each) for each in self.by_path.values())
        return {name.rstrip("#"): each for name, each in named if isinstance(name, str)}

    def document(self, base: Document, place: str) -> Document | None:
        """The document that a reference without its fragment leads to."""
        if not place:
            return base
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(base.path), unquote(place)))
        own = base.data.get("$id")
        address = urljoin(own, place) if isinstance(own, str) else place
        return self.by_path.get(beside) or self._by_id.get(address)

    def target(self, node: Node) -> Node | None:
        """Where the reference that stands at `node` leads, through others if need be; None if nowhere."""
        seen = set()
        while isinstance(node.data, dict) and isinstance(node.data.get("$ref"), str):
            if node.key in seen:
                return None
            seen.add(node.key)
            place, _, fragment = node.data["$ref"].partition("#")
            document = self.document(node.document, place)
            found = _pointed(document, unquote(fragment)) if document else None
            if found is None:
                return None
            node = found
        return node

    def reached(self, document: Document) -> set[str]:
        """The paths of the documents that make up this one: itself, and all that it refers to."""
        found, left = {document.path}, [document]
        while left:
            here = left.pop()
            for node in references(here):
                there = self.document(here, node.data["$ref"].partition("#")[0])
                if there and there.path not in found:
                    found.add(there.path)
                    left.append(there)
        return found

    def astray(self, document: Document) -> Iterator[tuple[int, str]]:
        """The references that lead nowhere: their lines, and why."""
        for node in references(document):
            ref = node.data["$ref"]
            place = ref.partition("#")[0]
            if self.target(node) is not None or place.startswith(_KNOWN):
                continue
            if "://" in place or place.startswith("//"):
                why = f"{ref} is not fetched: copy what it means into contracts/, and refer to the copy"
            elif self.document(document, place) is None:
                why = f"{ref} leads to no JSON or YAML file in a folder of contracts"
            else:
                why = f"{ref} leads nowhere, or back to itself"
            yield node.line("$ref"), why


def references(document: Document) -> Iterator[Node]:
    """Every place with a `$ref`, those in examples and other data left out."""
    left: list[tuple[Node, bool]] = [(root_of(document), False)]
    seen: set[int] = set()
    while left:
        node, names = left.pop()
        data = node.data
        if not isinstance(data, dict | list) or id(data) in seen:
            continue
        seen.add(id(data))
        if isinstance(data, list):
            left += [(Node(document, (*node.steps, at), each), False) for at, each in enumerate(data)]
            continue
        if isinstance(data.get("$ref"), str) and not names:
            yield node
        for key, each in data.items():
            if names or not (key in _DATA or key.startswith("x-")):
                left.append((Node(document, (*node.steps, key), each), key in _NAMES and not names))


def _pointed(document: Document, fragment: str) -> Node | None:
    root = root_of(document)
    if not fragment:
        return root
    if not fragment.startswith("/"):
        return next((node for node in _anchored(root) if node.data["$anchor"] == fragment), None)
    steps: list[str | int] = []
    data: Any = document.data
    for word in fragment[1:].split("/"):
        step: str | int = word.replace("~1", "/").replace("~0", "~")
        if isinstance(data, list) and str(step).isdecimal():
            step = int(step)
        if not isinstance(data, dict | list) or (isinstance(data, dict) and step not in data):
            return None
        if isinstance(data, list) and not (isinstance(step, int) and step < len(data)):
            return None
        data = data[step]  # type: ignore[index]
        steps.append(step)
    return Node(document, tuple(steps), data)


def _anchored(root: Node) -> Iterator[Node]:
    for table in ("$defs", "definitions"):
        for node in root.each(table).values():
            if isinstance(node.data, dict) and "$anchor" in node.data:
                yield node
