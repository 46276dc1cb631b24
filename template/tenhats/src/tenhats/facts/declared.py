"""Declared pipelines and models, each run twice in a copy of the project, to see what they make.

The copies are made in the workshop and removed afterwards; the project's own files are not touched.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.tree import Tree
from tenhats.formats.markdown import read_page

CARD_SECTIONS = ("intended use", "training data", "metrics", "limitations")


@dataclass(frozen=True)
class Output:
    """One file that a run should make: its digests in two runs, and what its schema says of it."""

    name: str
    digests: tuple[str, str]
    faults: tuple[str, ...] = ()
    unreadable: str | None = None
    rows: int = 0


@dataclass(frozen=True)
class Ran:
    """What two runs of one pipeline or one training gave."""

    name: str
    line: int
    error: str | None
    outputs: tuple[Output, ...]
    schema: str | None = None
    path: str = "pyproject.toml"


@dataclass(frozen=True)
class Pipelines:
    """Every declared pipeline, run twice."""

    runs: tuple[Ran, ...] = ()


@dataclass(frozen=True)
class Trainings:
    """Every declared model, trained twice."""

    runs: tuple[Ran, ...] = ()


@dataclass(frozen=True)
class Card:
    """A model's card: whether it is declared and there, and which of its sections have no words."""

    model: str
    path: str
    line: int
    is_there: bool
    empty: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cards:
    """The card of every declared model."""

    cards: tuple[Card, ...] = ()


@fact(reads=("*",))
def run_pipelines(project: Project, tree: Tree, environment: ProjectEnvironment) -> Pipelines:
    """Run every declared pipeline twice and hold its outputs against its schema."""
    return Pipelines(
        tuple(
            _run_twice(project, tree, environment, each.name, each.run, each.outputs, each.schema, each.line)
            for each in project.settings.pipelines
        )
    )


@fact(reads=("*",))
def run_trainings(project: Project, tree: Tree, environment: ProjectEnvironment) -> Trainings:
    """Train every declared model twice."""
    return Trainings(
        tuple(
            _run_twice(project, tree, environment, each.name, each.train, each.outputs, None, each.line)
            for each in project.settings.models
        )
    )


@fact()
def read_cards(project: Project, tree: Tree) -> Cards:
    """Read the card of every declared model."""
    cards = []
    for model in project.settings.models:
        path = model.card or ""
        if path not in tree.files:
            cards.append(Card(model.name, "pyproject.toml", model.line, is_there=False))
            continue
        text = (project.root / path).read_text(encoding="utf-8", errors="replace")
        cards.append(Card(model.name, path, 1, is_there=True, empty=tuple(empty_sections(text))))
    return Cards(tuple(cards))


def empty_sections(text: str) -> Iterator[str]:
    """The sections that a model's card must have and that have no words in `text`."""
    filled: set[str] = set()
    section = ""
    page = read_page(text)
    headings = {heading.number: heading.text.lower() for heading in page.headings}
    for line in page.lines:
        if line.number in headings:
            section = headings[line.number]
        elif line.text.strip():
            filled.add(section)
    for wanted in CARD_SECTIONS:
        if not any(wanted in section for section in filled):
            yield wanted


def _run_twice(
    project: Project,
    tree: Tree,
    environment: ProjectEnvironment,
    name: str,
    command: tuple[str, ...],
    outputs: tuple[str, ...],
    schema: str | None,
    line: int,
) -> Ran:
    python = environment.interpreter()
    rooms = [project.workshop / "declared" / f"{_safe(name)}-{turn}" for turn in (1, 2)]
    try:
        for turn, room in enumerate(rooms):
            _copy(project.root, tree, room)
            words = [python if word == "python" else word for word in command]
            path = os.pathsep.join([str(environment.scripts), os.environ.get("PATH", "")])
            source = str(room / project.settings.source)
            env = {"PATH": path, "PYTHONPATH": source, "PYTHONHASHSEED": str(turn + 1)}
            try:
                done = processes.run(words, cwd=room, env=env, timeout=project.settings.test_timeout)
            except processes.TimedOut as error:
                return Ran(name, line, str(error), (), schema)
            if done.code:
                return Ran(name, line, f"it ended with {done.code}: {done.last_words}", (), schema)
            for output in outputs:
                if not (room / output).is_file():
                    return Ran(name, line, f"it did not make {output}", (), schema)
        made = tuple(_compare(rooms, output, schema) for output in outputs)
        return Ran(name, line, None, made, schema)
    finally:
        for room in rooms:
            shutil.rmtree(room, ignore_errors=True)


def _copy(root: Path, tree: Tree, room: Path) -> None:
    shutil.rmtree(room, ignore_errors=True)
    for path in tree.files:
        target = room / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target)


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)


def _compare(rooms: list[Path], output: str, schema: str | None) -> Output:
    contents = [(room / output).read_bytes() for room in rooms]
    first, second = (hashlib.sha256(content).hexdigest() for content in contents)
    if schema is None:
        return Output(output, (first, second))
    try:
        rows = list(_rows(output, contents[0].decode("utf-8")))
        faults = tuple(_faults(rows, json.loads((rooms[0] / schema).read_text(encoding="utf-8"))))
    except (OSError, ValueError, KeyError) as error:
        return Output(output, (first, second), unreadable=f"{output} or {schema}: {error}")
    return Output(output, (first, second), faults, rows=len(rows))


def _rows(output: str, text: str) -> Iterator[Any]:
    if output.endswith(".csv"):
        yield from csv.DictReader(io.StringIO(text))
    elif output.endswith((".jsonl", ".ndjson")):
        yield from (json.loads(line) for line in text.splitlines() if line.strip())
    elif output.endswith(".json"):
        document = json.loads(text)
        yield from document if isinstance(document, list) else [document]
    else:
        raise ValueError("only .csv, .json and .jsonl are held against a schema")


def _faults(rows: list[Any], schema: dict[str, Any]) -> Iterator[str]:
    from jsonschema import exceptions, validators

    kind = validators.validator_for(schema)
    try:
        kind.check_schema(schema)
    except exceptions.SchemaError as fault:
        raise ValueError(f"this is no JSON Schema: {fault.message}") from None
    validator = kind(schema)
    for number, row in enumerate(rows, 1):
        for error in validator.iter_errors(_as_typed(row, schema)):
            yield f"row {number}: {'.'.join(map(str, error.absolute_path)) or 'the row'}: {error.message}"


def _as_typed(row: Any, schema: dict[str, Any]) -> Any:
    """A row of text, with the numbers that its schema says are numbers."""
    if not isinstance(row, dict) or not all(isinstance(each, str | None) for each in row.values()):
        return row
    typed: dict[str, Any] = dict(row)
    for name, rules in schema.get("properties", {}).items():
        kinds = rules.get("type", [])
        convert = {"integer": int, "number": float}.get(kinds if isinstance(kinds, str) else "")
        if convert and isinstance(row.get(name), str):
            try:
                typed[name] = convert(row[name])
            except ValueError:
                continue
    return typed
