"""The files of the project: what git tracks or would track, or all of them where there is no git."""

from __future__ import annotations

import fnmatch
import functools
import hashlib
import os
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project

_NOT_OURS = {
    ".git", ".tenhats", ".nox", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache",
    ".ruff_cache", ".pytest_cache", ".hypothesis", ".benchmarks", "site", "dist", "build",
}  # fmt: skip


@dataclass(frozen=True)
class Tree:
    """The project's files, by their paths from the root, with forward slashes."""

    root: Path
    files: tuple[str, ...]
    commit: str | None = None
    has_git: bool = False
    _digests: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)

    def matching(self, *patterns: str) -> list[str]:
        """The files that one of the patterns fits; `*` reaches across folders."""
        fits = _fitting(patterns)
        return [file for file in self.files if fits(file)]

    def digest(self, patterns: tuple[str, ...]) -> str:
        """A digest of the names and the contents of the files that the patterns fit."""
        sha = hashlib.sha256()
        for file in self.matching(*patterns):
            sha.update(f"{file}\0{self.digest_of(file)}\0".encode("utf-8", "surrogateescape"))
        return sha.hexdigest()

    def digest_of(self, file: str) -> str:
        """A digest of one file's content."""
        with self._lock:
            known = self._digests.get(file)
        if known is None:
            try:
                known = hashlib.sha256((self.root / file).read_bytes()).hexdigest()
            except OSError as error:
                known = f"unreadable: {error.strerror}"
            with self._lock:
                self._digests[file] = known
        return known


@functools.lru_cache(maxsize=512)
def _fitting(patterns: tuple[str, ...]) -> Callable[[str], object]:
    return re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns)).match


def look_at_tree(project: Project) -> Tree:
    """List the files that belong to the project, tooling and ignored files left out."""
    try:
        listed = processes.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=project.root,
        )
        head = processes.run(["git", "rev-parse", "--verify", "HEAD"], cwd=project.root)
    except Unavailable:
        return Tree(project.root, tuple(sorted(_walk(project.root))))
    files = {file for file in listed.out.split("\0") if file} if listed.code == 0 else set()
    if not files:
        return Tree(project.root, tuple(sorted(_walk(project.root))))
    here = (file for file in files if (project.root / file).is_file())
    commit = head.out.strip() if head.code == 0 else None
    return Tree(project.root, tuple(sorted(here)), commit, has_git=True)


def _walk(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in _NOT_OURS]
        for name in files:
            yield (Path(folder) / name).relative_to(root).as_posix()
