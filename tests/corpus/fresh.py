"""Measure what blocks on requirements of repositories that the judge had never been tried on.

    SNAPSHOTS=… python -m tests.corpus.fresh

The labels are in `answers/prose-fresh.toml`: repositories, commits, paths and lines, none of the words.
The variable SNAPSHOTS names a folder with the repositories, bare, each as `OWNER+NAME/repo`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tenhats.fact import Project
from tenhats.facts.tree import Tree
from tenhats.settings import Settings
from tests.corpus.labelled import FORMATS, Place, judged
from tests.corpus.readers import ANSWERS
from tests.corpus.scoring import Score, line, score

SNAPSHOTS = Path(os.environ.get("SNAPSHOTS", "snapshots"))


@cache
def sheet() -> dict[str, Any]:
    """The repositories and the labels."""
    return tomllib.loads((ANSWERS / "prose-fresh.toml").read_text("utf-8"))


def are_here() -> bool:
    """Whether every repository is at hand."""
    return all(_git_of(each["name"]).is_dir() for each in sheet()["repository"])


def _git_of(name: str) -> Path:
    return SNAPSHOTS / name.replace("/", "+") / "repo"


@cache
def stopped() -> tuple[set[Place], set[Place]]:
    """Every requirement of the repositories, and those of them that a rule stops."""
    every: set[Place] = set()
    told: set[Place] = set()
    for each in sheet()["repository"]:
        with TemporaryDirectory() as folder:
            project, tree = _unpacked(each, Path(folder))
            asked, found = judged(project, tree, each["name"])
        every |= asked
        told |= found
    return every, told


def _unpacked(repository: dict[str, str], folder: Path) -> tuple[Project, Tree]:
    """The Markdown of a repository, as a project."""
    command = ["git", "--git-dir", str(_git_of(repository["name"])), "archive", repository["commit"], "*.md"]
    packed = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    files = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    return Project(folder, Settings(specs="specs")), Tree(folder, tuple(files))


def pairs(sample: int | None = None, kind: str = "") -> Iterator[tuple[bool, bool]]:
    """Stopped and labelled, of a sample or of both, of a format or of all.

    Raises:
        LookupError: if a labelled requirement is not where it was labelled.
    """
    every, told = stopped()
    for each in sheet()["labelled"]:
        if sample not in {None, each["sample"]} or kind not in {"", each["format"]}:
            continue
        for marked, lines in ((True, each["marked"]), (False, each["plain"])):
            for at in lines:
                place = (f"{each['repository']}/{each['path']}", at)
                if place not in every:
                    raise LookupError(place)
                yield place in told, marked


def scores() -> dict[str, Score]:
    """A score for each sample, for each format, and for all of them under an empty name."""
    made = {f"sample {sample}": score(pairs(sample)) for sample in (1, 2)}
    for kind in FORMATS:
        made[kind] = score(pairs(kind=kind))
    return {**made, "": score(pairs())}


def table() -> Iterator[str]:
    """The lines of the report."""
    yield "Requirement prose in repositories never looked at: what blocks, against labels by hand"
    for kind, made in scores().items():
        yield line(kind or "all", made)


def main() -> int:
    """Print the table; nothing to print if the repositories are not there."""
    print(*(table() if are_here() else [f"There are no snapshots under {SNAPSHOTS}."]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
