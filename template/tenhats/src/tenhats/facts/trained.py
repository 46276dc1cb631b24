"""What a training leaves: its metrics, the rows that its two sets share, the versions that it wrote down."""

from __future__ import annotations

import contextlib
import json
import tomllib
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tenhats.fact import Project
from tenhats.facts.sources import digests_of
from tenhats.facts.tables import numbers_in, read_table
from tenhats.facts.tree import Tree
from tenhats.facts.workroom import Room
from tenhats.settings import Model, Split


@dataclass(frozen=True)
class Shared:
    """How many rows of the test data are in the training data as well.

    `by_chance` is how many that would be if both were drawn alike: as rarely as rows repeat in training.
    """

    split: Split
    rows: int = 0
    tests: int = 0
    by_chance: float = 0.0
    unseen: str | None = None


@dataclass(frozen=True)
class Recorded:
    """Whether a record of a training names the present digest of one file; None if the file is not there."""

    file: str
    is_named: bool | None
    is_code: bool = False


@dataclass(frozen=True)
class Record:
    """What a record says of the files that a model was made from; `is_kept` if the project has it."""

    path: str
    is_there: bool
    is_kept: bool = False
    files: tuple[Recorded, ...] = ()


def metrics_in(room: Room, outputs: Sequence[str]) -> Mapping[str, float]:
    """The numbers in those outputs that are JSON or TOML, by their keys."""
    found: dict[str, float] = {}
    for output in outputs:
        with contextlib.suppress(OSError, ValueError):
            if output.endswith(".json"):
                found.update(numbers_in(json.loads(room.text_of(output))))
            elif output.endswith(".toml"):
                found.update(numbers_in(tomllib.loads(room.text_of(output))))
    return found


def shared_rows(room: Room, split: Split) -> Shared:
    """Look for rows that are in both sets: of one id, or alike in every field."""
    try:
        train, test = ([*map(_key(split.id), _rows(room, name))] for name in (split.train, split.test))
    except (OSError, ValueError) as error:
        return Shared(split, unseen=f"{split.train} or {split.test}: {error}")
    if not train or not test:
        return Shared(split, unseen=f"{split.train} or {split.test} has no rows")
    counts = Counter(train)
    repeated = sum(count for count in counts.values() if count > 1)
    by_chance = 0.0 if split.id else len(test) * repeated / len(train)
    return Shared(split, sum(row in counts for row in test), len(test), by_chance)


def look_at_record(project: Project, tree: Tree, room: Room, model: Model) -> Record:
    """Look for the digests of the inputs, and of the code that trains, in the record of a model.

    A record that the project keeps is read there, not as the training wrote it anew.
    """
    path = model.record or ""
    is_kept = path in tree.files
    try:
        text = ((project.root if is_kept else room.folder) / path).read_text(encoding="utf-8").lower()
    except (OSError, UnicodeDecodeError):
        return Record(path, is_there=False)
    code = [name for name in _code(room, model.train, project.settings.source) if name not in model.inputs]
    files = [(name, False) for name in model.inputs] + [(name, True) for name in code]
    return Record(path, True, is_kept, tuple(_recorded(room, text, *each) for each in files))


def _recorded(room: Room, text: str, name: str, is_code: bool) -> Recorded:
    if "://" in name:
        return Recorded(name, name.partition("#")[2].rpartition("=")[2].lower() in text, is_code)
    try:
        content = (room.folder / name).read_bytes()
    except OSError:
        return Recorded(name, None, is_code)
    return Recorded(name, any(digest in text for digest in digests_of(content)), is_code)


def _code(room: Room, command: Sequence[str], source: str) -> list[str]:
    """The file that a command of Python starts, as far as it is the project's."""
    module = command[command.index("-m") + 1] if "-m" in command[:-1] else ""
    names = [word for word in command[1:] if word.endswith(".py")]
    if module:
        under = PurePosixPath(source, *module.split("."))
        names += [f"{under}.py", f"{under}/__main__.py"]
    return [name for name in names if (room.folder / name).is_file()]


def _rows(room: Room, name: str) -> tuple[Any, ...]:
    return read_table(room.folder / name).rows


def _key(column: str | None) -> Any:
    """What tells rows apart: one column, or all that stands in them."""

    def key(row: Any) -> Hashable:
        if column is None:
            return json.dumps(row, sort_keys=True)
        if not isinstance(row, dict) or column not in row:
            raise ValueError(f"a row has no {column}")
        return str(row[column])

    return key
