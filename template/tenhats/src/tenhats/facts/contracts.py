"""The contracts of the features: what each is, what it names, and its faults.

Whether one is valid is asked of the format's own library: openapi-spec-validator, jsonschema, graphql-core,
buf. Nothing is fetched for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tenhats.contracts import kinds, protobuf
from tenhats.contracts.documents import Document, Faulty, parse, text_of
from tenhats.contracts.references import Library
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.protobuf import ask_buf
from tenhats.facts.toolrun import Complaint
from tenhats.facts.tree import Tree

_HERE = "contract:///"


@dataclass(frozen=True)
class Limit:
    """How many characters a property of a contract may have: its `maxLength`."""

    path: str
    line: int
    name: str
    characters: int


@dataclass(frozen=True)
class Contract:
    """One contract file: what it is, what is wrong with it, what it limits and what it names."""

    path: str
    kind: str
    complaints: tuple[Complaint, ...] = ()
    line: int = 1
    limits: tuple[Limit, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contracts:
    """Every contract of every feature; those that no library can judge; why some were not looked at."""

    contracts: tuple[Contract, ...] = ()
    unread: tuple[str, ...] = ()
    unseen: str = ""


@dataclass
class Files:
    """The files of contracts, by their formats: parsed, as texts, or faulty."""

    documents: dict[str, Document] = field(default_factory=dict)
    graphql: dict[str, str] = field(default_factory=dict)
    protobuf: dict[str, str] = field(default_factory=dict)
    faulty: dict[str, Faulty] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


@fact(reads=("*/contracts/*",))
def read_contracts(project: Project, tree: Tree) -> Contracts:
    """Parse and validate the contracts in every feature's folder `contracts/`."""
    files = read_files(project.root, tree.files, project.settings.specs)
    made = [_broken(path, fault) for path, fault in files.faulty.items()]
    library = Library(files.documents.values())
    parts = {path for each in files.documents.values() for path in library.reached(each) - {each.path}}
    made += [_document(each, library, is_part=each.path in parts) for each in files.documents.values()]
    for texts in by_folder(files.graphql).values():
        made += _graphql(texts)
    unseen = ""
    for folder, texts in by_folder(files.protobuf).items():
        try:
            told = ask_buf(project, protobuf.BUILD, project.root / folder)
        except Unavailable as error:
            unseen = str(error)
            continue
        missing = next((each for each in told if each.is_missing), None)
        if missing:
            where = f"{folder}/{missing.path}:{missing.line}"
            unseen = f"{where} imports a file that is not there: put a copy of it beside the contracts"
            continue
        made += _protobuf(folder, texts, told)
    return Contracts(tuple(sorted(made, key=lambda each: each.path)), tuple(files.unread), unseen)


def read_files(root: Path, paths: Iterable[str], specs: str) -> Files:
    """Read the files under `root` that stand in some feature's folder of contracts."""
    found = Files()
    for path in paths:
        if not kinds.is_contract(path, specs):
            continue
        read = kinds.reader_of(path)
        if read == "unread":
            found.unread.append(path)
            continue
        try:
            text = text_of((root / path).read_bytes())
            if read == "graphql":
                found.graphql[path] = text
            elif read == "protobuf":
                found.protobuf[path] = text
            else:
                document = parse(path, text)
                if "asyncapi" in document.data:
                    found.unread.append(path)
                else:
                    found.documents[path] = document
        except Faulty as fault:
            found.faulty[path] = fault
        except OSError as error:
            found.faulty[path] = Faulty(1, f"this cannot be read: {error.strerror or error}")
    return found


def by_folder(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The texts of each feature, by the path of its folder of contracts: together they are one contract."""
    found: dict[str, dict[str, str]] = {}
    for path, text in texts.items():
        found.setdefault(kinds.folder_of(path), {})[path] = text
    return found


def _broken(path: str, fault: Faulty) -> Contract:
    return Contract(path, "contract", (Complaint(path, fault.line, "syntax", fault.message),))


def _document(document: Document, library: Library, *, is_part: bool) -> Contract:
    path, kind = document.path, kinds.kind_of(document)
    complaints = [Complaint(path, line, "reference", message) for line, message in library.astray(document)]
    if not complaints and kind == "OpenAPI":
        complaints = list(_openapi(document, library))
    elif kind == "JSON Schema" and not (is_part and "$schema" not in document.data):
        complaints += _json_schema(document)
    limits = tuple(_limits(document))
    return Contract(path, kind, tuple(complaints), limits=limits, names=tuple(sorted(kinds.names(document))))


def _openapi(document: Document, library: Library) -> Iterator[Complaint]:
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    path = document.path
    version = str(document.data.get("openapi", ""))
    validators = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}
    if version[:3] not in validators:
        line = document.line(["openapi" if "openapi" in document.data else "swagger"])
        named = version or document.data.get("swagger")
        yield Complaint(path, line, "openapi", f"OpenAPI {named} is not read here; write 3.0 or 3.1")
        return

    def known(address: str) -> Any:
        there = library.by_path.get(address.removeprefix(_HERE)) or library.document(document, address)
        if there is None:
            raise LookupError(f"{address} is not here")
        return there.data

    # The library asks by address, and would ask the network: here it is answered from what was read.
    handlers = dict.fromkeys(("contract", "http", "https", "file", ""), known)
    offline = type("Offline", (validators[version[:3]],), {"resolver_handlers": handlers})
    try:
        errors = list(offline(document.data, base_uri=f"{_HERE}{path}").iter_errors())
    except Exception as error:
        yield Complaint(path, 1, "openapi", f"this is not a valid OpenAPI description: {error}")
        return
    for each in map(_innermost, errors):
        yield Complaint(path, document.line(each.absolute_path), "openapi", _short(each.message))


def _json_schema(document: Document) -> Iterator[Complaint]:
    from jsonschema import validators

    unknown = validators.Draft202012Validator
    dialect = str(document.data.get("$schema", ""))
    validator = validators.validator_for({"$schema": dialect}, default=unknown)
    if validator is unknown and "2020-12" not in dialect:
        message = "this is neither OpenAPI nor JSON Schema: it has no `openapi` and no known `$schema`"
        yield Complaint(document.path, 1, "contract", message)
        return
    for each in map(_innermost, validator(validator.META_SCHEMA).iter_errors(document.data)):
        line = document.line(each.absolute_path)
        yield Complaint(document.path, line, "json-schema", _short(each.message))


def _limits(document: Document) -> Iterator[Limit]:
    """Every `maxLength` with the name of its property."""
    pending: list[tuple[tuple[str | int, ...], str, Any]] = [((), "", document.data)]
    while pending:
        steps, name, value = pending.pop()
        if isinstance(value, list):
            pending += [((*steps, at), name, each) for at, each in enumerate(value)]
        elif isinstance(value, dict):
            most = value.get("maxLength")
            if name and isinstance(most, int) and 0 <= most < 10**9:
                yield Limit(document.path, document.line((*steps, "maxLength")), name, most)
            pending += [((*steps, key), key, each) for key, each in value.items()]


def _innermost(error: Any) -> Any:
    """Of an error that only says that no alternative fits, the one in the alternative that fits best."""
    from jsonschema.exceptions import best_match

    return best_match(error.context or ()) or error


def _short(message: str) -> str:
    """The library quotes what it refuses, be it a page long; what is wrong stands at the end."""
    return message if len(message) <= 200 else f"{message[:90]} … {message[-90:]}"


def _graphql(texts: Mapping[str, str]) -> Iterator[Contract]:
    from tenhats.contracts import graphql

    try:
        document = graphql.read(texts)
        faults = list(graphql.faults(document))
        named = list(graphql.names(document))
    except graphql.Broken as broken:
        faults, named = [(broken.path, broken.line, broken.message)], []
    for path in texts:
        complaints = (Complaint(path, line, "graphql", what) for where, line, what in faults if where == path)
        yield Contract(path, "GraphQL", tuple(complaints), names=tuple(named))


def _protobuf(folder: str, texts: Mapping[str, str], told: Iterable[protobuf.Said]) -> Iterator[Contract]:
    complaints: dict[str, list[Complaint]] = {}
    for each in told:
        path = f"{folder}/{each.path}"
        complaints.setdefault(path, []).append(Complaint(path, each.line, each.code, each.message))
    for path, text in texts.items():
        names = tuple(protobuf.names(text))
        yield Contract(path, "Protocol Buffers", tuple(complaints.get(path, ())), names=names)
