"""Rooms for declared programs: fresh copies of the project, in which a program runs and its cost is taken.

The copies are made in the workshop and removed afterwards; the project's own files are not touched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from tenhats import processes
from tenhats.fact import Project
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.tree import Tree


@dataclass(frozen=True)
class Cost:
    """What a run cost: its seconds, and the bytes of its largest process where the system says so."""

    seconds: float
    peak: int | None


@dataclass(frozen=True)
class Room:
    """A fresh copy of the project, with the interpreter of its environment and a hash seed of its own."""

    folder: Path
    environment: ProjectEnvironment
    source: str
    seed: int
    timeout: float

    def run(self, command: Sequence[str], *, given: str | None = None) -> processes.Completed:
        """Run a command here, which reads what is `given`; `python` is the project's interpreter.

        Raises:
            TimedOut: if it took too long.
        """
        python = self.environment.interpreter()
        path = os.pathsep.join([str(self.environment.scripts), os.environ.get("PATH", "")])
        env = {
            "PATH": path,
            "PYTHONPATH": str(self.folder / self.source),
            "PYTHONHASHSEED": str(self.seed),
        }
        words = [python if word == "python" else word for word in command]
        return processes.run(words, cwd=self.folder, env=env, given=given, timeout=self.timeout)

    def run_weighed(self, command: Sequence[str]) -> tuple[processes.Completed, Cost | None]:
        """Run a command here, and return what it cost if it was started at all.

        Raises:
            TimedOut: if it took too long.
        """
        probe = str(resources.files("tenhats.probes") / "tenhats_cost.py")
        report = self.folder.parent / f"{self.folder.name}.cost"
        try:
            done = self.run(["python", probe, str(report), *command])
            return done, _cost(report)
        finally:
            report.unlink(missing_ok=True)

    def text_of(self, name: str) -> str:
        """The text of a file in this room.

        Raises:
            OSError, UnicodeDecodeError: if it is not there, or is no text.
        """
        return (self.folder / name).read_text(encoding="utf-8")


@contextmanager
def two_rooms(
    project: Project, tree: Tree, environment: ProjectEnvironment, name: str, inputs: Sequence[str] = ()
) -> Iterator[tuple[Room, Room]]:
    """Two copies of the project and of the `inputs` that git ignores, for as long as they are used."""
    with _rooms(project, (*tree.files, *_ignored(project.root, tree, inputs)), environment, name, 2) as rooms:
        first, second = rooms
        yield first, second


@contextmanager
def one_room(
    project: Project, tree: Tree, environment: ProjectEnvironment, name: str, *, seconds: float
) -> Iterator[Room]:
    """A copy of the project, for as long as it is used, in which a program may take so many seconds."""
    with _rooms(project, tree.files, environment, name, 1) as rooms:
        yield replace(rooms[0], timeout=seconds)


@contextmanager
def _rooms(
    project: Project, files: Sequence[str], environment: ProjectEnvironment, name: str, count: int
) -> Iterator[list[Room]]:
    environment.interpreter()
    safe = re.sub(r"[^\w.-]", "_", name)
    folders = [project.workshop / "declared" / f"{safe}-{turn}" for turn in range(1, count + 1)]
    settings = project.settings
    try:
        for folder in folders:
            _copy(project.root, files, folder)
        yield [
            Room(folder, environment, settings.source, turn, settings.test_timeout)
            for turn, folder in enumerate(folders, 1)
        ]
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


def run_twice(
    rooms: Sequence[Room], command: Sequence[str], outputs: Sequence[str]
) -> tuple[str | None, tuple[Cost, ...]]:
    """Run a command in each room; return what went wrong, if anything, and what each run cost."""
    costs = []
    for room in rooms:
        try:
            done, cost = room.run_weighed(command)
        except processes.TimedOut as error:
            return str(error), ()
        if done.code:
            return f"it ended with {done.code}: {done.last_words}", ()
        for output in outputs:
            if not (room.folder / output).is_file():
                return f"it did not make {output}", ()
        if cost:
            costs.append(cost)
    return None, tuple(costs)


def _ignored(root: Path, tree: Tree, inputs: Sequence[str]) -> Iterator[str]:
    """The inputs that git does not know and that are there all the same, as with data kept by DVC."""
    known = set(tree.files)
    for name in inputs:
        if "://" not in name and name not in known and (root / name).is_file():
            yield name


def _copy(root: Path, files: Sequence[str], room: Path) -> None:
    shutil.rmtree(room, ignore_errors=True)
    for path in files:
        target = room / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, target)


def _cost(report: Path) -> Cost | None:
    try:
        said = json.loads(report.read_text(encoding="utf-8"))
        return Cost(said["seconds"], said["peak"])
    except (OSError, ValueError, KeyError):
        return None
