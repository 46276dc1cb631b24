"""What a contract promises of an HTTP interface, and what an application really offers: both ways.

The application's own description is taken as its library writes it. Where that names operations alone, only
those are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tenhats.contracts.agreement import Agreement, Disagreement
from tenhats.contracts.annotations import RETURNED, annotated, written
from tenhats.contracts.documents import Document
from tenhats.contracts.openapi import METHODS
from tenhats.contracts.operations import media_of, parameters_of, schema_of, without_names
from tenhats.contracts.references import Library, Node, root_of
from tenhats.contracts.uses import Use

ANY = "x-any"
"""The method of an operation of which nobody says what methods it answers."""
_VARIABLE = re.compile(r"\{[^{}]{0,200}\}")


@dataclass(frozen=True)
class Served:
    """One operation: its method, its path as it is written, and where it stands in its document."""

    method: str
    path: str
    item: Node
    node: Node

    @property
    def words(self) -> str:
        """What a person calls it."""
        return self.path if self.method == ANY else f"{self.method.upper()} {self.path}"

    @property
    def plain(self) -> str:
        """Its path without the names of its parameters and without a slash at its end."""
        return without_names(self.path).rstrip("/") or "/"


def operations_of(document: Document, library: Library) -> list[Served]:
    """Every operation of a description."""
    found = []
    for path, item in root_of(document).each("paths").items():
        there = library.target(item) or item
        for method in (*METHODS, ANY):
            node = there.at(method)
            if node:
                found.append(Served(method, path, there, node))
    return found


def paired(
    document: Document, said: Iterable[Served], done: Iterable[Served]
) -> list[tuple[Served, Served | None]]:
    """Each operation of a contract with that of the application which serves it, if there is one.

    What stands before the paths is the same for all: a server's path, a router's prefix, a mount.
    """
    known: dict[tuple[str, str], Served] = {}
    for each in done:
        known.setdefault((each.method, each.plain), each)
    said = list(said)
    before, cut = _prefix(document, said, known)
    found = []
    for each in said:
        path = (before + each.plain.removeprefix(cut)).rstrip("/") or "/"
        found.append((each, known.get((each.method, path)) or known.get((ANY, path))))
    return found


def route(kind: str, operation: Served) -> str:
    """An operation as a framework writes it."""
    flat = operation.path.replace("{", "<").replace("}", ">")
    if kind == "Django":
        return f'path("{flat.removeprefix("/")}", …)'
    return f'@app.{operation.method}("{flat if kind == "Flask" else operation.path}")'


def _prefix(document: Document, said: list[Served], known: dict[tuple[str, str], Served]) -> tuple[str, str]:
    """What the application has before the paths of the contract, and what the contract has before its own."""
    more: Counter[tuple[str, str]] = Counter()
    theirs = {each.plain for each in said}
    ours = {path for _, path in known}
    for path in ours:
        more.update((path[: len(path) - len(end)], "") for end in _ends(path) if end in theirs)
    for path in theirs:
        more.update(("", path[: len(path) - len(end)]) for end in _ends(path) if end != path and end in ours)
    servers = [(each, "") for each in _server_paths(document)]
    return max([("", ""), *servers, *more], key=lambda each: (more[each], each in servers, each == ("", "")))


def _ends(path: str) -> Iterator[str]:
    """The path, and what is left of it when its first parts are taken away."""
    if path == "/":
        yield path
        return
    at = 0
    while at >= 0:
        # A path of nothing but parameters ends with what fits everything.
        if path[at:].replace("{}", "").strip("/"):
            yield path[at:]
        at = path.find("/", at + 1)


def _server_paths(document: Document) -> Iterator[str]:
    for server in root_of(document).items("servers"):
        url = _VARIABLE.sub("x", str(server.says("url") or ""))
        yield (urlsplit(url).path if "://" in url else url if url.startswith("/") else "").rstrip("/")


class Operations:
    """The disagreements of pairs of operations."""

    def __init__(self, contracts: Library, code: Library, agreement: Agreement) -> None:
        """Compare operations of contracts with those of the code; `agreement` compares their schemas."""
        self._contracts, self._code, self._schemas = contracts, code, agreement
        self._found: list[Disagreement] = []

    def compare(self, said: Served, done: Served) -> None:
        """Ask every question of two operations."""
        self._parameters(said, done)
        self._body(said, done)
        self._answers(said, done)

    @property
    def found(self) -> list[Disagreement]:
        """What was found so far, in the operations and in their schemas."""
        return [*self._found, *self._schemas.found]

    def _say(self, said: Node, done: Node, message: str, fix: str, *, sure: bool = True) -> None:
        self._found.append(Disagreement(said, done, message, fix, sure))

    def _parameters(self, said: Served, done: Served) -> None:
        ours = parameters_of(said.item, said.node, self._contracts)
        theirs = parameters_of(done.item, done.node, self._code)
        for key, node in ours.items():
            kind, name = key[0], str(node.says("name"))
            words = f"{said.words}: the {kind} parameter {name}"
            schema = schema_of(node)
            needed = node.says("required") is True
            if key in theirs:
                other = theirs[key]
                inner = schema_of(other)
                if kind != "path" and needed != (other.says("required") is True):
                    states = ("required", "optional") if needed else ("optional", "required")
                    message = f"{words} is {states[1]} in the code; the contract says {states[0]}"
                    self._say(node, other, message, f"make it {states[0]}")
                if schema and inner:
                    # A path that leads nowhere is answered with 404 in any case.
                    nowhere = kind == "path"
                    self._schemas.of(
                        schema, inner, Use.TAKEN, words, name=name, needed=needed, checked=nowhere
                    )
            elif kind == "query":
                shape = self._schemas.shape(schema) if schema else None
                taken = annotated(name, shape, needed=needed) if shape else name
                fix = f"write: {taken}; or change the contract"
                self._say(node, done.node, f"{words} is in the contract, and not in the code", fix)
        for key, node in theirs.items():
            if key not in ours and key[0] != "path":
                name = str(node.says("name"))
                message = (
                    f"{said.words}: the {key[0]} parameter {name} is in the code, and not in the contract"
                )
                fix = f"add it to the contract: {_parameter(node)}"
                sure = key[0] == "query" or node.says("required") is True
                self._say(said.node, node, message, fix, sure=sure)

    def _body(self, said: Served, done: Served) -> None:
        ours, theirs = _under(said.node, self._contracts), _under(done.node, self._code)
        if ours and not theirs:
            message = f"{said.words}: the contract has a body, and the function declares none"
            self._say(ours, done.node, message, "declare it as a parameter", sure=False)
        elif theirs and not ours:
            message = f"{said.words} takes a body in the code; the contract has none"
            self._say(said.node, theirs, message, "add requestBody to the contract")
        elif ours and theirs:
            needed, has = (each.says("required") is True for each in (ours, theirs))
            if needed != has:
                states = ("needed", "optional") if needed else ("optional", "needed")
                message = f"{said.words}: the body is {states[1]} in the code; the contract says {states[0]}"
                self._say(ours, theirs, message, f"make it {states[0]}")
            self._contents(ours, theirs, Use.TAKEN, f"{said.words} body")

    def _contents(self, said: Node, done: Node, use: Use, where: str) -> None:
        ours, theirs = (
            {media_of(name): each for name, each in node.each("content").items()} for node in (said, done)
        )
        common = [name for name in ours if name in theirs]
        for name in common:
            one, other = ours[name].at("schema"), theirs[name].at("schema")
            if one and other and other.data:
                called = RETURNED if use is Use.GIVEN else "body"
                self._schemas.of(one, other, use, where, name=called)
            elif one and other:
                self._say(
                    one, other, f"{where} is not declared in the code", "write: response_model=…", sure=False
                )
        if ours and theirs and not common and use is Use.TAKEN:
            message = f"{where} is {' or '.join(theirs)}; the contract says {' or '.join(ours)}"
            self._say(said, done, message, f"take {next(iter(ours))}")

    def _answers(self, said: Served, done: Served) -> None:
        ours, theirs = said.node.each("responses"), done.node.each("responses")
        good = {name for name in ours if name[:1] in {"2", "3"}}
        has = {name for name in theirs if name[:1] in {"2", "3"}}
        common = good & has
        covered = {f"{name[:1]}XX" for name in has} & {name.upper() for name in good}
        if good and has and not (common or covered):
            answers, says = " or ".join(sorted(has)), " or ".join(sorted(good))
            message = f"{said.words} answers with {answers}; the contract says {says}"
            fix = f"write: status_code={min(good)}; or change the contract"
            self._say(said.node, done.node, message, fix)
        for name in sorted(common):
            one = self._contracts.target(ours[name]) or ours[name]
            other = self._code.target(theirs[name]) or theirs[name]
            self._contents(one, other, Use.GIVEN, f"{said.words} {name} answer")
        for name in sorted(theirs.keys() - ours.keys() - has - {"422", "default"}):
            if not {f"{name[:1]}XX", f"{name[:1]}xx", "default"} & ours.keys():
                message = f"{said.words} answers with {name} in the code, and not in the contract"
                self._say(said.node, theirs[name], message, f'add it to the contract: "{name}"')


def _under(node: Node, library: Library) -> Node | None:
    body = node.at("requestBody")
    return body and (library.target(body) or body)


def _parameter(node: Node) -> str:
    """A parameter to be pasted into a contract."""
    schema = node.at("schema")
    inner = written("schema", schema.data) if schema else '"schema": {}'
    return f'{{"name": "{node.says("name")}", "in": "{node.says("in")}", {inner}}}'
