"""The base: the commit that the present work started from, and what has changed since.

On a branch it is where the branch left the one it will be merged into; on that one itself it is the
last commit, and, when nothing is changed, the one before. Always the merge base, never just the
commit before: a branch of three commits is judged as a whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree

_TRUNKS = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_SHALLOW = "the clone is shallow: fetch its history (git fetch --unshallow; in CI: fetch-depth: 0)"


@dataclass(frozen=True)
class Base:
    """The commit to compare with, and the paths that differ from it, deleted ones among them.

    Where there is nothing to compare with, `commit` is None and `reason` says why.
    """

    commit: str | None = None
    changed: frozenset[str] = frozenset()
    reason: str = ""

    @property
    def stamp(self) -> str:
        """What a fact that looks at the base depends on."""
        return self.commit or ""


@fact()
def find_base(project: Project, tree: Tree) -> Base:
    """Find the base with git; a project without git, or with one commit only, has none."""
    if not tree.has_git:
        return Base(reason="this is no git repository, so nothing earlier is known")
    if tree.commit is None:
        return Base(reason="nothing is committed yet, so there is nothing to compare with")
    commit = _merge_base(project, tree.commit)
    if commit == tree.commit and not _is_dirty(project):
        commit = git_says(project, "rev-parse", "--verify", "--quiet", "HEAD^") or ""
        if not commit and _is_shallow(project):
            raise Unavailable(_SHALLOW)
    if not commit:
        return Base(reason="there is one commit only, so there is nothing to compare with")
    return Base(commit, frozenset(_changed(project, commit)))


def copy_of(project: Project, base: Base, files: Iterable[str], room_name: str) -> Path:
    """A folder that holds these files as they were at the base; those that were not there are left out.

    Args:
        project: The project under judgement.
        base: Its base, which must have a commit.
        files: Paths from the project's root.
        room_name: The name of the folder, one for each fact that asks, in the workshop.

    Raises:
        Unavailable: if git does not give them.
    """
    room = project.workshop / "base" / room_name
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    index = {"GIT_INDEX_FILE": str(room / "index")}
    there = set(files_at(project, base))
    wanted = "\0".join(path for path in files if path in there)
    place = f"--prefix={room.as_posix()}/files/"
    read = ["git", "read-tree", base.commit or ""]
    for command, given in ((read, None), (["git", "checkout-index", place, "-z", "--stdin"], wanted)):
        done = processes.run(command, cwd=project.root, env=index, given=given)
        if done.code:
            raise Unavailable(f"git cannot give the files of {read[-1][:10]}: {done.last_words}")
    return room / "files" / (git_says(project, "rev-parse", "--show-prefix") or "")


def files_at(project: Project, base: Base) -> list[str]:
    """The files of the project at the base, by their paths from its root."""
    listed = git_says(project, "ls-tree", "-r", "-z", "--name-only", base.commit or "")
    return [path for path in (listed or "").split("\0") if path]


def _merge_base(project: Project, head: str) -> str:
    """Where the present work left the branch that it is to be merged into.

    Raises:
        Unavailable: if a base is named that does not exist, or the history that has it is not here.
    """
    named = project.settings.base
    target = os.environ.get("GITHUB_BASE_REF") or os.environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
    trunks = (named,) if named else (f"origin/{target}",) if target else _TRUNKS
    trunk = next((each for each in trunks if _commit(project, each)), None)
    if trunk is None and (named or target) and _is_shallow(project):
        raise Unavailable(_SHALLOW)
    if trunk is None and (named or target):
        msg = f"the base {trunks[0]} does not exist here: fetch it, or correct `base` in [tool.tenhats]"
        raise Unavailable(msg)
    if trunk is None:
        return head
    found = git_says(project, "merge-base", "HEAD", trunk)
    if not found and _is_shallow(project):
        raise Unavailable(_SHALLOW)
    return found or head


def _commit(project: Project, name: str) -> str | None:
    return git_says(project, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")


def _is_shallow(project: Project) -> bool:
    return git_says(project, "rev-parse", "--is-shallow-repository") == "true"


def _is_dirty(project: Project) -> bool:
    return bool(git_says(project, "status", "--porcelain", "--", "."))


def _changed(project: Project, commit: str) -> Iterable[str]:
    """The paths that differ from a commit, and those that git does not track yet."""
    differ = git_says(project, "diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--") or ""
    new = git_says(project, "ls-files", "--others", "--exclude-standard", "-z") or ""
    return (path for path in (differ + new).split("\0") if path)


def git_says(project: Project, *arguments: str) -> str | None:
    """What git answers, without white space around it; None if it does not."""
    done = processes.run(["git", *arguments], cwd=project.root)
    return done.out.strip() if done.code == 0 else None
