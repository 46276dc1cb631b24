"""Where the GraphQL schema or the protobuf modules of the code and their contracts say different things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats.contracts.documents import Faulty
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.contracts import by_folder, read_files
from tenhats.facts.message_agreement import generated_modules, message_deviations
from tenhats.facts.model_agreement import Deviation
from tenhats.facts.told import Graph, Told
from tenhats.facts.tree import Tree


@dataclass(frozen=True)
class SchemaAgreement:
    """What was compared, by the paths of the code. `reason` says why nothing was, `unseen` what was not."""

    compared: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    reason: str = "no schema or generated module of the sources belongs to a contract"
    unseen: str = ""


@fact()
def compare_schemas(project: Project, tree: Tree, told: Told) -> SchemaAgreement:
    """Compare each GraphQL schema, and each module that protoc has made, with its contract."""
    files = read_files(project.root, tree.files, project.settings.specs)
    unseen = [told.unseen("graphs")] if files.graphql else []
    deviations: list[Deviation] = []
    compared: list[str] = []
    if files.graphql and told.graphs:
        compared += [each.path for each in told.graphs]
        try:
            deviations += _graphs(project, told.graphs, list(by_folder(files.graphql).values()))
        except Faulty as error:
            unseen.append(f"the GraphQL schemas cannot be compared: {error}")
    if files.protobuf:
        modules = generated_modules(project, tree)
        for path, text in files.protobuf.items():
            module = modules.get(path.rpartition("/")[2])
            if module:
                compared.append(module.path)
                try:
                    deviations += message_deviations(project, path, text, module, modules)
                except Unavailable as error:
                    unseen.append(str(error))
    return SchemaAgreement(
        tuple(compared), tuple(deviations), unseen="; ".join(each for each in unseen if each)
    )


def _graphs(project: Project, graphs: Iterable[Graph], folders: list[dict[str, str]]) -> Iterator[Deviation]:
    from tenhats.contracts import graphql

    contracts = [graphql.read(texts) for texts in folders]
    known = {name for each in contracts for name in graphql.names(each)}
    codes = {graph: graphql.read({graph.path: graph.text}) for graph in graphs}
    for contract in contracts:
        # Where there are several schemas, the contract is that of the one which fits best.
        every = (graphql.disagreements(contract, code) for code in codes.values())
        for each in min(every, key=len):
            waits = "removed" in each.id
            yield Deviation(each.path, each.line, each.message, each.fix, each.path, waits=waits)
    for graph, code in codes.items():
        have = list(graphql.names(code))
        fields = [name for name in have if "." in name]
        extra = [name for name in have if name not in known and name.partition(".")[0] in known | {name}]
        sure = 2 * sum(name in known for name in fields) >= len(fields)
        text = (project.root / graph.path).read_text(encoding="utf-8")
        for name in extra if sure else extra[:1]:
            message = f"{name} is in the code, and in no contract"
            line = _line(text, name, graph.name)
            yield Deviation(
                graph.path, line, message, "add it to the contract", next(iter(folders[0])), sure=sure
            )


def _line(text: str, name: str, otherwise: str) -> int:
    """Where a type or a field is written in the code, under either of the names that it may have there."""
    bare = name.rpartition(".")[2]
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", bare).lower()
    for word in (bare, snake, otherwise):
        written = re.compile(rf"\s*(?:class |(?:async )?def )?{re.escape(word)}\b\s*(?:[(:=]|$)")
        for number, line in enumerate(text.splitlines(), 1):
            if written.match(line):
                return number
    return 1
