"""Which files are contracts, of which format, and which words of theirs a specification may use for them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from tenhats.contracts.documents import Document
from tenhats.contracts.openapi import METHODS
from tenhats.contracts.references import root_of

_HOMES = (r"\.kiro/specs/[^/]+", r"openspec/specs/.+?", r"openspec/changes/(?!archive/).+?")
_READERS = {"json": "document", "yaml": "document", "yml": "document"} | {
    "graphql": "graphql",
    "graphqls": "graphql",
    "gql": "graphql",
    "proto": "protobuf",
}
_SETTINGS = re.compile(r"(?:^|/)(?:buf(?:\.gen|\.work)?\.(?:yaml|lock)|redocly\.yaml|\.[^/]*)$")


@functools.lru_cache(maxsize=16)
def _pattern(specs: str) -> re.Pattern[str]:
    homes = "|".join((f"{re.escape(specs)}/.+?", *_HOMES))
    return re.compile(rf"(?:{homes})/contracts/.")


def is_contract(path: str, specs: str) -> bool:
    """Whether a file stands in a feature's folder of contracts, and is no tool's own settings."""
    return bool(_pattern(specs).match(path)) and not _SETTINGS.search(path)


def folder_of(path: str) -> str:
    """The folder of contracts that a contract stands in."""
    return path[: path.index("/contracts/")] + "/contracts"


def feature_of(path: str) -> str:
    """The folder of the feature that a contract belongs to, with a slash at its end."""
    return path[: path.index("/contracts/") + 1]


def reader_of(path: str) -> str:
    """What reads a file: `document`, `graphql`, `protobuf`, or `unread` if nothing does."""
    return _READERS.get(path.rpartition(".")[2].lower(), "unread")


def kind_of(document: Document) -> str:
    """What a document calls itself; all that is no OpenAPI is held for a schema."""
    return "OpenAPI" if "openapi" in document.data or "swagger" in document.data else "JSON Schema"


def names(document: Document) -> Iterator[str]:
    """The paths, operations and schemas that a document defines."""
    root = root_of(document)
    for path, item in root.each("paths").items():
        yield path
        for method in METHODS:
            operation = item.at(method)
            if operation and isinstance(operation.says("operationId"), str):
                yield operation.says("operationId")
    components = root.at("components")
    for table in (
        root.each("$defs"),
        root.each("definitions"),
        components.each("schemas") if components else {},
    ):
        yield from table
    if isinstance(root.says("title"), str):
        yield root.says("title")
