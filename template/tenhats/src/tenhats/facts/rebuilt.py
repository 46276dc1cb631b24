"""Whether the package is the same when somebody else builds it: in another folder, at another time.

The wheel of `Package` is the first; the second is built from a copy of what git has, with other time stamps,
permissions, seed of hashes and time zone, as on another machine.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tenhats import processes
from tenhats.archives import NAME, Difference, differences
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.epoch import Epoch
from tenhats.facts.package import SEED, WHAT_IS_BUILT, Package
from tenhats.facts.toolrun import answer
from tenhats.facts.tree import Tree

# Long ago for a machine, and a day that both zip and tar can hold.
_OTHER_DAY = 1_000_000_000


@dataclass(frozen=True)
class Pair:
    """A wheel or an sdist, built twice, and what differs."""

    kind: str
    name: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Rebuilt:
    """What was built twice; `unseen` says why it could not be, `line` is that of the build system."""

    pairs: tuple[Pair, ...] = ()
    unseen: str | None = None
    path: str = "pyproject.toml"
    line: int = 1


@fact(reads=WHAT_IS_BUILT)
def build_again(project: Project, tree: Tree, package: Package, epoch: Epoch) -> Rebuilt:
    """Build the sdist twice and the wheel a second time, and compare."""
    if package.wheel is None:
        return Rebuilt(unseen="there is no wheel to compare with; see OPS001", line=package.line)
    first = project.workshop / "package"
    if not (first / package.wheel).is_file():
        raise Unavailable("the wheel that was built first is gone: run again with --fresh")
    room = project.workshop / "rebuilt"
    shutil.rmtree(room, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="tenhats-") as away:
        copy = Path(away) / "elsewhere"
        _copy(tree, copy)
        here = {"source": str(project.root), "seed": SEED, "zone": "UTC", "umask": "022"}
        there = {"source": str(copy), "seed": "4242", "zone": "Pacific/Auckland", "umask": "077"}
        builds = [
            {**here, "kind": "sdist", "target": str(room / "first")},
            {**there, "kind": "wheel", "target": str(room / "second")},
            {**there, "kind": "sdist", "target": str(room / "second")},
        ]
        done = processes.tool(
            "tenhats.probes.rebuild",
            cwd=project.root,
            given=json.dumps(builds),
            env={**epoch.variables, **(_git_of(project, copy) if tree.has_git else {})},
        )
    if error := answer(done, "build")["error"]:
        return Rebuilt(unseen=f"it cannot be built a second time: {error}", line=package.line)
    wheels = _pair("wheel", first / package.wheel, room / "second", "*.whl")
    sdists = [_pair("sdist", each, room / "second", "*.tar.gz") for each in (room / "first").glob("*.tar.gz")]
    return Rebuilt((wheels, *sdists), line=package.line)


def _pair(kind: str, first: Path, folder: Path, pattern: str) -> Pair:
    second = next(folder.glob(pattern))
    if second.name != first.name:
        return Pair(kind, first.name, (Difference(NAME, second.name),))
    return Pair(kind, first.name, differences(first, second))


def _copy(tree: Tree, copy: Path) -> None:
    """Copy what git has, or would have; the last first, so that folders list their files otherwise."""
    for path in reversed(tree.files):
        source, target = tree.root / path, copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_symlink():
            target.symlink_to(source.readlink())
            continue
        shutil.copyfile(source, target)
        target.chmod(0o700 if os.access(source, os.X_OK) else 0o600)
        os.utime(target, (_OTHER_DAY, _OTHER_DAY))


def _git_of(project: Project, copy: Path) -> dict[str, str]:
    """Let the copy have the same history, because versions are made of it; the index is not touched."""
    asked = processes.run(["git", "rev-parse", "--absolute-git-dir"], cwd=project.root)
    folder = Path(asked.out.strip())
    if asked.code or not (folder / "index").is_file():
        return {}
    (copy / ".git").write_text(f"gitdir: {folder}\n", encoding="utf-8")
    index = copy.parent / "index"
    shutil.copyfile(folder / "index", index)
    return {"GIT_INDEX_FILE": str(index)}
