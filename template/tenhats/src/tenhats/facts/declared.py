"""Declared pipelines and models, each run twice in a copy of the project, to see what they make."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tenhats.fact import Project, fact
from tenhats.facts.drift import Watched, try_monitor
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.guarded import Guarded, look_at_guards
from tenhats.facts.tables import read_table
from tenhats.facts.trained import Record, Shared, look_at_record, metrics_in, shared_rows
from tenhats.facts.tree import Tree
from tenhats.facts.workroom import Room, run_twice, two_rooms
from tenhats.settings import Model, Pipeline


@dataclass(frozen=True)
class Output:
    """One file that a run should make: its digests in two runs, and what its guards say of it."""

    name: str
    digests: tuple[str, str]
    guarded: Guarded | None = None


@dataclass(frozen=True)
class Ran:
    """What two runs of one pipeline or one training gave.

    `seconds` are those of the faster run, `peak` the bytes of the largest process in both. `rows` are those
    of the inputs, or of the outputs if none of the inputs has rows that can be counted.
    """

    name: str
    line: int
    error: str | None
    outputs: tuple[Output, ...]
    seconds: float = 0.0
    peak: int | None = None
    rows: int = 0
    schema: str | None = None
    path: str = "pyproject.toml"


@dataclass(frozen=True)
class Trained(Ran):
    """What two runs of one training gave, and what was seen of the model that they made."""

    metrics: Mapping[str, float] = field(default_factory=dict)
    watched: Watched | None = None
    shared: Shared | None = None
    record: Record | None = None


@dataclass(frozen=True)
class Pipelines:
    """Every declared pipeline, run twice."""

    runs: tuple[Ran, ...] = ()


@dataclass(frozen=True)
class Trainings:
    """Every declared model, trained twice."""

    runs: tuple[Trained, ...] = ()


@fact(reads=("*",), alone=True)
def run_pipelines(project: Project, tree: Tree, environment: ProjectEnvironment) -> Pipelines:
    """Run every declared pipeline twice, take what it costs, and try the guards of its outputs."""
    return Pipelines(tuple(_run(project, tree, environment, each) for each in project.settings.pipelines))


@fact(reads=("*",))
def run_trainings(project: Project, tree: Tree, environment: ProjectEnvironment) -> Trainings:
    """Train every declared model twice, and look at what the training leaves."""
    return Trainings(tuple(_train(project, tree, environment, each) for each in project.settings.models))


def _run(project: Project, tree: Tree, environment: ProjectEnvironment, each: Pipeline) -> Ran:
    with two_rooms(project, tree, environment, each.name, each.inputs or ()) as rooms:
        error, costs = run_twice(rooms, each.run, each.outputs)
        if error:
            return Ran(each.name, each.line, error, (), schema=each.schema)
        room = rooms[0]
        outputs = tuple(
            Output(
                name,
                _digests(rooms, name),
                look_at_guards(room, name, each.schema, each.check) if each.schema or each.check else None,
            )
            for name in each.outputs
        )
        rows = _count(room, each.inputs or ()) or _count(room, each.outputs)
        seconds = min((cost.seconds for cost in costs), default=0.0)
        peak = max((cost.peak for cost in costs if cost.peak is not None), default=None)
        return Ran(each.name, each.line, None, outputs, seconds, peak, rows, each.schema)


def _train(project: Project, tree: Tree, environment: ProjectEnvironment, each: Model) -> Trained:
    with two_rooms(project, tree, environment, each.name, each.inputs) as rooms:
        error, _ = run_twice(rooms, each.train, each.outputs)
        if error:
            return Trained(each.name, each.line, error, ())
        room = rooms[0]
        reference = each.reference or (each.split.train if each.split else "")
        return Trained(
            each.name,
            each.line,
            None,
            tuple(Output(name, _digests(rooms, name)) for name in each.outputs),
            metrics=metrics_in(room, each.outputs),
            watched=try_monitor(room, each.monitor, reference) if each.monitor else None,
            shared=shared_rows(room, each.split) if each.split else None,
            record=look_at_record(project, tree, room, each) if each.record else None,
        )


def _digests(rooms: Sequence[Room], output: str) -> tuple[str, str]:
    first, second = (hashlib.sha256((room.folder / output).read_bytes()).hexdigest() for room in rooms)
    return first, second


def _count(room: Room, names: Sequence[str]) -> int:
    """The rows of those files that are here and have rows."""
    rows = 0
    for name in names:
        with suppress(OSError, ValueError):
            rows += len(read_table(room.folder / name).rows)
    return rows
