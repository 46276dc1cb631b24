"""How well the readers read: the hand-made answers beside what the readers find, per format.

    python -m tests.corpus.readers

The corpus of public specifications is not part of this project; it lies beside it, or where the
variable CORPUS says. The answers name its files, their ids and their lines, and nothing of their words.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tenhats.fact import Project
from tenhats.facts.tree import Tree
from tenhats.formats import Found, sort_out
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Feature
from tenhats.formats.tasks import tasks_of

ANSWERS = Path(__file__).with_name("answers")
CORPUS = Path(os.environ.get("CORPUS") or Path(__file__).resolve().parents[3] / "shared" / "corpus")
WHAT = ("requirements", "scenarios", "tasks")
_RUN = re.compile(r"(?P<stem>.*?)(?P<first>\d*)(?:\.\.(?P<last>\d+))?@(?P<line>\d+)$")

Facts = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """One file of the corpus and what stands in it; `blind` if that was written before a reader was run."""

    path: str
    facts: dict[str, Facts]
    blind: bool = False


@dataclass(frozen=True)
class Score:
    """How many of the things in the files were found, and how many found things are in the files."""

    files: int
    there: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.there if self.there else 1.0


def answers() -> list[Answer]:
    """Every answer of every format."""
    made: list[Answer] = []
    for sheet in sorted(ANSWERS.glob("*.toml")):
        for each in tomllib.loads(sheet.read_text("utf-8")).get("file", ()):
            facts: dict[str, Facts] = {}
            if "requirements" in each:
                facts["requirements"] = frozenset(one for run in each["requirements"] for one in _ids(run))
            if "scenarios" in each:
                facts["scenarios"] = frozenset(one for run in each["scenarios"] for one in _lines(run))
            if "tasks" in each:
                facts["tasks"] = frozenset(
                    (task, name) for task, names in each["tasks"].items() for name in names.split()
                )
            made.append(Answer(each["path"], facts, each.get("blind", False)))
    return made


def _ids(run: str) -> Iterator[tuple[str, str]]:
    parts = _RUN.match(run)
    if not parts:
        msg = f"not an id and its line: {run}"
        raise ValueError(msg)
    first, last, line = parts["first"], parts["last"], int(parts["line"])
    for at in range(int(last) - int(first) + 1 if last else 1):
        number = f"{int(first) + at:0{len(first)}d}" if first else ""
        yield parts["stem"] + number, str(line + at)


def _lines(run: str) -> Iterator[tuple[str, str]]:
    first, _, last = run.partition("-")
    yield from (("", str(line)) for line in range(int(first), int(last or first) + 1))


def root_of(path: str) -> tuple[Path, str, str]:
    """The project that a file of the corpus belongs to, its path in it, and the specifications' folder."""
    parts = path.split("/")
    inside = "/".join(parts[2:])
    folder = inside[: inside.index("specs/") + 5] if parts[0] == "speckit" else "specs"
    return CORPUS / parts[0] / parts[1], inside, folder


def read_alone(path: str) -> tuple[Found, Feature]:
    """What the reader that the table gives a file finds in it; for tasks, with the names beside it."""
    root, inside, folder = root_of(path)
    files = [each.relative_to(root).as_posix() for each in sorted(root.rglob("*")) if each.is_file()]
    sorted_ = {each.path: each for each in sort_out(files, folder)}
    found = sorted_[inside]
    return found, _read(root, found, [each for each in sorted_.values() if each.feature == found.feature])


def _read(root: Path, found: Found, beside: list[Found]) -> Feature:
    text = (root / found.path).read_text("utf-8-sig")
    if found.reader.text:
        return found.reader.text(text, found.path, found.feature)
    if found.reader.page:
        return found.reader.page(read_page(text), found.path, found.feature)
    known = [
        each.name.removeprefix(f"{found.feature}/")
        for other in beside
        if other.reader.part == "specification"
        for each in _read(root, other, []).requirements
    ]
    tasks = tasks_of(read_page(text), found.path, found.feature, known)
    return Feature(found.feature, found.path, found.feature, tasks=tasks, format=found.reader.format)


def seen(answer: Answer) -> dict[str, Facts]:
    """What the readers find in a file, in the form of the answers."""
    _, feature = read_alone(answer.path)
    unnamed = any(not name for name, _ in answer.facts.get("requirements", ()))
    named = f"{feature.name}/"
    return {
        "requirements": frozenset(
            ("" if unnamed else each.name.removeprefix(named), str(each.line))
            for each in feature.requirements
        ),
        "scenarios": frozenset(("", str(each.line)) for each in feature.scenarios),
        "tasks": frozenset(
            (task.name, ref.removeprefix(named)) for task in feature.tasks for ref in task.refs
        ),
    }


def scores(*, blind: bool) -> tuple[dict[tuple[str, str], Score], list[str]]:
    """A score for each format and each thing asked, and what is wrong, line by line.

    Of the files that were answered `blind`, or of the others.
    """
    table: dict[tuple[str, str], Score] = {}
    wrong: list[str] = []
    for answer in (each for each in answers() if each.blind is blind):
        found = seen(answer)
        for what, there in answer.facts.items():
            here = found[what]
            key = (answer.path.partition("/")[0], what)
            before = table.get(key, Score(0, 0, 0, 0))
            table[key] = Score(
                before.files + 1,
                before.there + len(there),
                before.found + len(here),
                before.both + len(there & here),
            )
            wrong += [f"{answer.path}: {what}: missed {' '.join(each)}" for each in sorted(there - here)]
            wrong += [f"{answer.path}: {what}: made up {' '.join(each)}" for each in sorted(here - there)]
    return table, wrong


def printed(table: dict[tuple[str, str], Score]) -> str:
    """The table, as Markdown."""
    lines = [
        "| format | what | files | there | found | precision | recall |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for (kind, what), score in sorted(table.items()):
        shares = f"{score.precision:.3f} | {score.recall:.3f}"
        lines.append(f"| {kind} | {what} | {score.files} | {score.there} | {score.found} | {shares} |")
    return "\n".join(lines) + "\n"


def whole_projects() -> Iterator[tuple[Project, Tree]]:
    """Every repository of the corpus as a project, with the files that it has."""
    from tenhats.settings import Settings

    for root in sorted(each for kind in CORPUS.iterdir() if kind.is_dir() for each in kind.iterdir()):
        files = tuple(sorted(each.relative_to(root).as_posix() for each in root.rglob("*") if each.is_file()))
        folders = {file[: file.index("specs/") + 5] for file in files if file.endswith("/spec.md")}
        for folder in folders if root.parent.name == "speckit" else {"specs"}:
            yield Project(root, Settings(specs=folder)), Tree(root, files)


def main() -> int:
    """Print the table; 0 if nothing is missed and nothing made up."""
    if not CORPUS.is_dir():
        print(f"The corpus is not at {CORPUS}; set CORPUS.", file=sys.stderr)
        return 2
    lines: list[str] = []
    for blind in (False, True):
        table, wrong = scores(blind=blind)
        print("Answered blind:\n" if blind else "The readers were mended on these:\n")
        print(printed(table))
        lines += wrong
    print("\n".join(lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
