"""Where the project's web application and its OpenAPI contracts say different things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats.contracts.agreement import Agreement
from tenhats.contracts.documents import Document
from tenhats.contracts.kinds import kind_of
from tenhats.contracts.references import Library, Node
from tenhats.contracts.served import Operations, Served, operations_of, paired, route
from tenhats.contracts.uses import plain
from tenhats.fact import Project, fact
from tenhats.facts.contracts import read_files
from tenhats.facts.model_agreement import Deviation, ModelAgreement, Places, bare, deviation, same
from tenhats.facts.told import Told
from tenhats.facts.tree import Tree

_AT = "x-tenhats-at"
_FOR_MACHINES = re.compile(
    r"/(?:status|version|docs|redoc|schema|\{\})?|.{0,300}/(?:favicon\.ico|robots\.txt|openapi\.(?:json|yaml)"
    r"|(?:health|ready|live)(?:z|ness|iness|check|[-_]check)?(?:/\w{1,30})?|alive|ping|metrics)"
)


@dataclass(frozen=True)
class Extra:
    """An operation that only the application has, where its function stands."""

    path: str
    line: int
    words: str


@dataclass(frozen=True)
class ServiceAgreement:
    """Every operation of the contracts that was looked for in an application.

    `strange` are contracts of which the application has nothing, where it has little of the others either;
    `served` is how many of its own operations are in a contract. `reason` says why there is nothing to
    compare, `unseen` what could not be.
    """

    operations: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    strange: tuple[str, ...] = ()
    extra: tuple[Extra, ...] = ()
    served: int = 0
    reason: str = ""
    unseen: str = ""


@fact()
def compare_services(project: Project, tree: Tree, told: Told, models: ModelAgreement) -> ServiceAgreement:
    """Compare the operations of every application with those of every contract."""
    if told.reason:
        return ServiceAgreement(reason=told.reason)
    files = read_files(project.root, tree.files, project.settings.specs)
    contracts = [each for each in files.documents.values() if kind_of(each) == "OpenAPI"]
    if not contracts or not told.applications:
        return ServiceAgreement(
            reason="there is no application beside an OpenAPI contract", unseen=told.unseen("applications")
        )
    made = _Services(Library(files.documents.values()), told, models)
    for each in contracts:
        made.compare(each)
    return made.answer(told.unseen("applications"))


class _Services:
    """The applications, and what of the contracts was found in them."""

    def __init__(self, contracts: Library, told: Told, models: ModelAgreement) -> None:
        self._contracts = contracts
        documents = [
            Document(f"{at}:{each.path}", each.document) for at, each in enumerate(told.applications)
        ]
        self._code = Library(documents)
        self._whole = {one.path for one, each in zip(documents, told.applications, strict=True) if each.whole}
        self._kinds = " and ".join(sorted({each.kind for each in told.applications}))
        self._homes = {one.path: each.path for one, each in zip(documents, told.applications, strict=True)}
        self._done = [each for one in documents for each in operations_of(one, self._code)]
        self._places = Places(told.models)
        self._compared = {plain(each.name) for each in models.compared}
        self._deviations: dict[tuple[str, str], list[Deviation]] = {}
        self._missing: list[Deviation] = []
        self._strange: list[str] = []
        self._unserved: list[Deviation] = []
        self._looked: list[str] = []

    def compare(self, contract: Document) -> None:
        """Look for the operations of one contract."""
        pairs = paired(contract, operations_of(contract, self._contracts), self._done)
        missing = [self._lacking(said) for said, done in pairs if done is None]
        self._looked += [said.words for said, _ in pairs]
        if pairs and len(missing) == len(pairs):
            self._strange.append(contract.path)
            self._unserved += missing
            return
        self._missing += missing
        for said, done in pairs:
            if done is None:
                continue
            found = list(self._differences(said, done))
            key = (done.method, done.plain)
            # Two contracts of one operation: the later feature has changed it, and that is the one kept to.
            known = self._deviations.get(key)
            if known is None or _weight(found) <= _weight(known):
                self._deviations[key] = found

    def answer(self, unseen: str) -> ServiceAgreement:
        """All that was found."""
        extra = [each for each in self._done if (each.method, each.plain) not in self._deviations]
        shown = [each for each in extra if not _FOR_MACHINES.fullmatch(each.plain)]
        if 2 * len(self._deviations) >= len(self._looked):
            # The contracts are this application's, so that what it has nothing of is missing as well.
            self._missing, self._strange = [*self._missing, *self._unserved], []
        return ServiceAgreement(
            tuple(self._looked),
            (*(each for found in self._deviations.values() for each in found), *self._missing),
            tuple(self._strange),
            tuple(Extra(*self._place(each.node, each), each.words) for each in shown),
            len(self._deviations),
            "no contract describes an operation",
            unseen,
        )

    def _lacking(self, said: Served) -> Deviation:
        message = f"{said.words} is in the contract, and not in the application"
        fix = f"write: {route(self._kinds, said)}; or take it out of the contract"
        return Deviation(said.node.path, said.node.line(), message, fix, said.node.path, waits=True)

    def _differences(self, said: Served, done: Served) -> Iterator[Deviation]:
        if done.node.path not in self._whole:
            return
        schemas = Agreement(
            self._contracts,
            self._code,
            self._is_settled,
            checked=lambda done: self._places.is_checked(done, None),
        )
        operations = Operations(self._contracts, self._code, schemas)
        operations.compare(said, done)
        for each in operations.found:
            yield deviation(each, self._place(each.done, done))

    def _is_settled(self, said: Node, done: Node) -> bool:
        """Whether two schemas are compared as a model and the schema of its name."""
        return same(said, done, self._contracts) and _named(done) in self._compared

    def _place(self, node: Node, of: Served) -> tuple[str, int]:
        """Where a field of a model stands, or else the function of the operation."""
        path, line = self._places.of(node, None)
        if path:
            return path, line
        at = of.node.says(_AT)
        return (
            (str(at[0]), int(at[1])) if at and at[0] else (self._homes[of.node.path] or "pyproject.toml", 1)
        )


def _named(node: Node) -> str:
    return plain(bare(str(node.says("$ref") or "").rpartition("/")[2]))


def _weight(found: Iterable[Deviation]) -> tuple[int, int]:
    every = list(found)
    return sum(each.sure for each in every), len(every)
