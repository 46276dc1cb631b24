"""Where the project's models and the schemas of its contracts say different things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tenhats.contracts.agreement import Agreement, Disagreement
from tenhats.contracts.documents import Document
from tenhats.contracts.references import Library, Node, root_of
from tenhats.contracts.shapes import Shapes
from tenhats.contracts.uses import Named, Use, named_schemas, plain
from tenhats.fact import Project, fact
from tenhats.facts.contracts import read_files
from tenhats.facts.told import Model, Told
from tenhats.facts.tree import Tree

_ALIKE = 0.5
"""Below this share of common fields, two things have only their name in common."""
_TABLES = {"$defs", "schemas"}


@dataclass(frozen=True)
class Deviation:
    """One thing that the code and a contract say differently, at its line in the code or the contract.

    One that is not `sure` may be meant so; `contract` is the file that says otherwise. One that `waits` is
    not in the code yet, which is right until its feature claims to be built.
    """

    path: str
    line: int
    message: str
    fix: str
    contract: str
    sure: bool = True
    waits: bool = False


@dataclass(frozen=True)
class Compared:
    """A model and the schema that it corresponds to, and what they say differently."""

    name: str
    contract: str
    deviations: tuple[Deviation, ...] = ()


@dataclass(frozen=True)
class ModelAgreement:
    """Every model with its schema. `reason` says why there is none, `unseen` what could not be compared."""

    compared: tuple[Compared, ...] = ()
    reason: str = ""
    unseen: str = ""


@fact()
def compare_models(project: Project, tree: Tree, told: Told) -> ModelAgreement:
    """Compare each model with the schema that has its name."""
    if told.reason:
        return ModelAgreement(reason=told.reason)
    files = read_files(project.root, tree.files, project.settings.specs)
    library = Library(files.documents.values())
    asked = [each for each in told.models if each.taken is not None]
    broken = [f"{each.name} has no JSON Schema: {each.why}" for each in told.models if each.why]
    places = Places(told.models)
    compared: list[Compared] = []
    for name, models, schemas in _namesakes(asked, list(named_schemas(library))):
        compared += _matched(name, models, schemas, library, places)
    unseen = "; ".join(each for each in (told.unseen("models"), *broken[:1]) if each)
    reason = "no model of the sources has the name of a contract's schema"
    return ModelAgreement(tuple(compared), reason, unseen)


def _namesakes(
    models: Iterable[Model], schemas: list[Named]
) -> Iterator[tuple[str, list[Model], list[Named]]]:
    by_name: dict[str, list[Model]] = {}
    for each in models:
        by_name.setdefault(plain(each.name), []).append(each)
    for name, group in by_name.items():
        same = [each for each in schemas if name in each.names]
        if same:
            yield name, group, same


def _matched(
    name: str, models: list[Model], schemas: list[Named], library: Library, places: Places
) -> Iterator[Compared]:
    """Pair models and schemas of one name, the most alike first; what is left over is something else."""
    pairs = [
        (unlike, sum(each.sure for each in deviations), len(deviations), at, of, deviations)
        for at, model in enumerate(models)
        for of, schema in enumerate(schemas)
        for unlike, deviations in [_deviations(model, schema, library, places)]
    ]
    left, free = set(range(len(models))), set(range(len(schemas)))
    for _, _, _, at, of, deviations in sorted(pairs, key=lambda each: each[:5]):
        if at in left and of in free:
            left.discard(at)
            free.discard(of)
            yield Compared(models[at].name, schemas[of].node.path, tuple(deviations))


def _deviations(
    model: Model, schema: Named, library: Library, places: Places
) -> tuple[bool, list[Deviation]]:
    """Whether the two have only their name in common, and what they say differently."""
    data = (model.given if schema.use is Use.GIVEN else model.taken) or {}
    document = Document(f"{model.path}:{model.name}", data)
    code = Library([document])
    said, done = Shapes(library).of(schema.node), Shapes(code).of(root_of(document))
    if _likeness(said.properties, done.properties) < _ALIKE:
        common = len(said.properties.keys() & done.properties.keys())
        every = len(said.properties.keys() | done.properties.keys())
        message = (
            f"{model.name} and the contract's schema of that name share {common} of {every} fields "
            f"({schema.node.path}:{schema.node.line()})"
        )
        fix = "give one of them another name if they are not the same, or let them agree"
        return True, [Deviation(model.path, model.line, message, fix, schema.node.path, sure=False)]
    found = Agreement(
        library,
        code,
        settled=lambda one, other: same(one, other, library),
        checked=lambda done: places.is_checked(done, model),
    )
    found.of(schema.node, root_of(document), schema.use, model.name)
    return False, [deviation(each, places.of(each.done, model)) for each in found.found]


def _likeness(said: Collection[str], done: Collection[str]) -> float:
    """How much two sets of names have in common: 1 if all, 0 if nothing. Two without names are alike."""
    every = {*said, *done}
    return len({*said} & {*done}) / len(every) if every else 1.0


def same(said: Node, done: Node, library: Library) -> bool:
    """Whether both refer to things of one name, which are compared by themselves."""
    there, to = library.target(said), done.says("$ref")
    if said.says("$ref") is None or there is None or not isinstance(to, str):
        return False
    name = (
        plain(str(there.steps[-1])) if there.steps else plain(there.path.rpartition("/")[2].partition(".")[0])
    )
    return plain(bare(to.rpartition("/")[2])) == name


def deviation(each: Disagreement, place: tuple[str, int]) -> Deviation:
    """A disagreement at its place in the code, with where the contract says otherwise."""
    where = f"{each.said.path}:{each.said.line()}"
    return Deviation(*place, f"{each.message} ({where})", each.fix, each.said.path, each.sure)


def bare(name: str) -> str:
    """The name of a model, of which FastAPI tells two schemas if they differ."""
    return name.removesuffix("-Input").removesuffix("-Output")


class Places:
    """Where the models and their fields stand."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._models: dict[str, list[Model]] = {}
        for each in models:
            self._models.setdefault(each.name, []).append(each)

    def of(self, node: Node, root: Model | None) -> tuple[str, int]:
        """The place of a model's field, or of the model, that a place in its schema stands for.

        `root` is the model of the whole schema; where there is none, and none is known, the path is "".
        """
        model, field = self._owner(node, root)
        return model.fields.get(field, (model.path, model.line)) if model else ("", 1)

    def is_checked(self, node: Node, root: Model | None) -> bool:
        """Whether a function checks a model's field, which no schema can tell."""
        model, field = self._owner(node, root)
        return model is not None and bool({field, "*"} & set(model.checked))

    def _owner(self, node: Node, root: Model | None) -> tuple[Model | None, str]:
        """The model whose schema a place stands in, and the field."""
        steps, model = node.steps, root
        for at in range(len(steps) - 1):
            if steps[at] in _TABLES:
                known = self._models.get(bare(str(steps[at + 1])), [])
                near = [each for each in known if root and each.path == root.path]
                model = next(iter(near or known), model)
                steps = steps[at + 2 :]
                break
        return model, str(steps[1]) if len(steps) > 1 and steps[0] == "properties" else ""
