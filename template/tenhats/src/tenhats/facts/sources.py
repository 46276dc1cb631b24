"""What declared pipelines and models are made from: their inputs, the versions of these, and their lineage.

An input has a version if git knows it, if DVC's pointer names its digest, or if its address ends in one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree

_PAGES = "docs/data/*.md"
_DIGEST = re.compile(r"#(?:sha256|sha384|sha512)[=-][0-9A-Za-z+/=]{32,}$")


@dataclass(frozen=True)
class Input:
    """One declared input: what is wrong with its version, if anything, or why that cannot be seen."""

    name: str
    wrong: str | None = None
    unseen: str | None = None


@dataclass(frozen=True)
class Lineage:
    """Where one pipeline's data comes from: its inputs, None if nothing is said of them, and who tells it.

    `untold` are the inputs and outputs that no page names.
    """

    pipeline: str
    line: int
    inputs: tuple[Input, ...] | None
    pages: tuple[str, ...]
    untold: tuple[str, ...] = ()
    path: str = "pyproject.toml"


@dataclass(frozen=True)
class Lineages:
    """The lineage of every declared pipeline."""

    lineages: tuple[Lineage, ...] = ()


@fact()
def read_lineages(project: Project, tree: Tree) -> Lineages:
    """Look for the inputs of every pipeline, and for the pages that name what goes in and comes out."""
    found = []
    for each in project.settings.pipelines:
        pages = tuple(tree.matching(each.lineage or _PAGES))
        told = "\n".join(
            (project.root / page).read_text(encoding="utf-8", errors="replace") for page in pages
        )
        inputs = None if each.inputs is None else tuple(inputs_of(project.root, tree, each.inputs))
        names = (*(each.inputs or ()), *each.outputs)
        untold = tuple(name for name in names if name.partition("#")[0] not in told)
        found.append(Lineage(each.name, each.line, inputs, pages, untold))
    return Lineages(tuple(found))


def inputs_of(root: Path, tree: Tree, names: Sequence[str]) -> Iterator[Input]:
    """Each declared input, with what is wrong with its version."""
    known = set(tree.files)
    for name in names:
        if "://" in name:
            wrong = None if _DIGEST.search(name) else "is an address without a digest"
            yield Input(name, wrong)
        elif name in known or any(file.startswith(f"{name.rstrip('/')}/") for file in tree.files):
            yield Input(name)
        else:
            yield _kept_elsewhere(root, tree, name)


def digests_of(content: bytes) -> tuple[str, ...]:
    """The digests by which tools name a file's content: SHA-256, MD5 (DVC), SHA-1, git's own."""
    blob = b"blob %d\0" % len(content) + content
    return (
        hashlib.sha256(content).hexdigest(),
        hashlib.md5(content, usedforsecurity=False).hexdigest(),
        hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        hashlib.sha1(blob, usedforsecurity=False).hexdigest(),
    )


def _kept_elsewhere(root: Path, tree: Tree, name: str) -> Input:
    """An input that git does not know: DVC's pointer beside it, or its lock, must name its digest."""
    pointers = [file for file in (f"{name}.dvc", "dvc.lock") if file in tree.files]
    said = "\n".join((root / file).read_text(encoding="utf-8", errors="replace") for file in pointers)
    pointed = f"{name}.dvc" in pointers or name in said
    if not (root / name).is_file():
        if pointed:
            return Input(name, unseen=f"{name} is not here: dvc pull")
        return Input(name, "is not there")
    if not pointed:
        return Input(name, "is there, but neither git nor a pointer of DVC knows its version")
    if any(digest in said for digest in digests_of((root / name).read_bytes())):
        return Input(name)
    return Input(name, f"is not the version that {pointers[0]} names")
