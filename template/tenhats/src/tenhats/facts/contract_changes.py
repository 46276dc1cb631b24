"""What has become of the contracts since the base: which are there still, and what they promise no more."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tenhats.contracts import Change, kinds, openapi, protobuf, schemas, versions
from tenhats.contracts.documents import Document, Faulty
from tenhats.contracts.references import Library
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.base import Base, copy_of, files_at
from tenhats.facts.contracts import Files, by_folder, read_files
from tenhats.facts.protobuf import ask_buf
from tenhats.facts.tree import Tree


@dataclass(frozen=True)
class Compared:
    """A contract that was there at the base: its own versions, and its changes since.

    `path` is where it stands now, or where it stood if it is gone.
    """

    path: str
    is_gone: bool = False
    before: str | None = None
    after: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def feature(self) -> str:
        """The folder of its feature, with a slash at its end."""
        return kinds.feature_of(self.path)


@dataclass(frozen=True)
class ContractChanges:
    """Every contract of the base. `reason` says why there is none, `unseen` what could not be compared."""

    compared: tuple[Compared, ...] = ()
    reason: str = ""
    unseen: str = ""


@fact()
def compare_contracts(project: Project, tree: Tree, base: Base) -> ContractChanges:
    """Compare every contract that has changed since the base with what it was there."""
    if base.commit is None:
        return ContractChanges(reason=base.reason)
    specs = project.settings.specs
    earlier = [path for path in files_at(project, base) if kinds.is_contract(path, specs)]
    if not any(kinds.reader_of(path) != "unread" for path in earlier):
        return ContractChanges(reason="there is no contract at the base that can be compared")
    if base.changed.isdisjoint(earlier):
        return ContractChanges(tuple(Compared(path) for path in earlier if kinds.reader_of(path) != "unread"))
    root = copy_of(project, base, earlier, "contracts")
    made = _Comparison(
        project,
        root,
        base.changed,
        read_files(root, earlier, specs),
        read_files(project.root, tree.files, specs),
    )
    compared = (*made.documents(), *made.graphql(), *made.protobuf())
    return ContractChanges(compared, unseen="; ".join(made.unseen))


@dataclass
class _Comparison:
    """The contracts as they were and as they are."""

    project: Project
    root: Path
    changed: frozenset[str]
    old: Files
    new: Files
    unseen: list[str] = field(default_factory=list)

    def documents(self) -> Iterator[Compared]:
        """Compare OpenAPI descriptions and JSON Schemas, each by itself."""
        earlier, present = Library(self.old.documents.values()), Library(self.new.documents.values())
        parts = {path for each in self.old.documents.values() for path in earlier.reached(each) - {each.path}}
        for path, old in self.old.documents.items():
            if path in self.new.faulty:
                self.unseen.append(f"{path} cannot be read, so nobody knows what has changed")
                continue
            new = self.new.documents.get(path) or self._moved(old)
            kind = kinds.kind_of(old)
            if path in parts and (new is None or (kind == "JSON Schema" and "$schema" not in old.data)):
                continue
            if new is None:
                yield Compared(path, is_gone=True)
                continue
            if "swagger" in old.data or "swagger" in new.data:
                self.unseen.append(f"{path} is OpenAPI 2, which is not compared: write 3.0 or 3.1")
                continue
            found = Compared(new.path, before=_version(old), after=_version(new))
            if not self.changed & (earlier.reached(old) | present.reached(new)):
                yield found
                continue
            try:
                if kind == "OpenAPI":
                    today = datetime.datetime.now(datetime.UTC).date()
                    changes = openapi.compare(earlier, old, present, new, today)
                else:
                    changes = schemas.compare(earlier, old, present, new)
            except RecursionError:
                self.unseen.append(f"{path} is too deep to be compared")
                continue
            yield replace(found, changes=tuple(changes))

    def _moved(self, old: Document) -> Document | None:
        """Where a document stands now that is not where it was; None if nowhere."""
        kind, name = kinds.kind_of(old), old.path.rpartition("/")[2]
        fresh = [
            each
            for path, each in self.new.documents.items()
            if path not in self.old.documents and kinds.kind_of(each) == kind
        ]
        folder = kinds.folder_of(old.path)
        for alike in (
            [each for each in fresh if each.data == old.data],
            [each for each in fresh if kinds.folder_of(each.path) == folder],
            [each for each in fresh if each.path.rpartition("/")[2] == name],
        ):
            if alike:
                return alike[0] if len(alike) == 1 or alike[0].data == old.data else None
        return None

    def graphql(self) -> Iterator[Compared]:
        """Compare the GraphQL schemas, each made of the files of its folder."""
        from tenhats.contracts import graphql

        present = by_folder(self.new.graphql)
        for folder, texts in by_folder(self.old.graphql).items():
            now = present.get(folder)
            if now is None:
                yield from self._without(texts, self.new.graphql)
                continue
            changes: list[Change] = []
            if texts != now:
                try:
                    changes = graphql.changes(graphql.read(texts), graphql.read(now))
                except Faulty as error:
                    self.unseen.append(f"the GraphQL schema in {folder} cannot be compared: {error}")
                    continue
            yield Compared(next(iter(now)), changes=tuple(changes))

    def protobuf(self) -> Iterator[Compared]:
        """Compare the Protocol Buffers files of each folder; buf does it."""
        present = by_folder(self.new.protobuf)
        for folder, texts in by_folder(self.old.protobuf).items():
            now = present.get(folder)
            if now is None:
                yield from self._without(texts, self.new.protobuf)
                continue
            told: list[protobuf.Said] = []
            if texts != now:
                question = (*protobuf.BREAKING, str(self.root / folder))
                try:
                    told = ask_buf(self.project, question, self.project.root / folder)
                except Unavailable as error:
                    self.unseen.append(str(error))
                    continue
            broken = next((each for each in told if each.code == "COMPILE"), None)
            if broken:
                self.unseen.append(f"{folder}/{broken.path} cannot be compared: {broken.message}")
                continue
            first = next(iter(now))
            yield Compared(first, changes=tuple(_from_buf(told, folder, first)))

    def _without(self, texts: Mapping[str, str], present: Mapping[str, str]) -> Iterator[Compared]:
        """The files of a folder that has none any more: those that stand nowhere else are gone."""
        for path, text in texts.items():
            there = next((each for each, other in present.items() if other == text), None)
            yield Compared(there or path, is_gone=there is None)


def _from_buf(told: Iterable[protobuf.Said], folder: str, first: str) -> Iterator[Change]:
    for each in told:
        path = f"{folder}/{each.path}" if each.path else first
        yield Change(each.code, path, each.line, each.message, "keep what there was")


def _version(document: Document) -> str | None:
    """The version that a contract gives itself: OpenAPI's own, or what a schema's `$id` names."""
    info, address = document.data.get("info"), document.data.get("$id")
    if isinstance(info, dict) and info.get("version") is not None:
        return str(info["version"])
    return versions.in_address(address) if isinstance(address, str) else None
