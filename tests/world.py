"""The world that the tests share: a clone of the template, renders of it, one real project."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copier import run_copy

ROOT = Path(__file__).resolve().parents[1]


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder` and return what it printed."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout.strip()


def commit_all(folder: Path, message: str) -> str:
    """Commit everything in `folder`, which becomes a repository if it is none; return the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def clone_template(folder: Path, tag: str = "v1.0.0") -> Path:
    """Copy the template as it stands here, changes not yet committed included, and tag it."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        source = ROOT / name
        if source.is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    commit_all(folder, "the template")
    git(folder, "tag", tag)
    return folder


def render(template: Path, folder: Path, **answers: Any) -> Path:
    """Render the template into `folder`, with defaults for what is not answered."""
    run_copy(str(template), folder, data=answers, defaults=True, quiet=True, vcs_ref="HEAD")
    return folder


@dataclass(frozen=True)
class Ended:
    """A command that has ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """What it printed, as the report for a program."""
        return dict(json.loads(self.out))


@dataclass(frozen=True)
class RealProject:
    """A project made from the template, under git, in which the gates can be run."""

    root: Path

    def tenhats(self, *arguments: str, env: Mapping[str, str] | None = None) -> Ended:
        """Run the tooling as every nox session does."""
        return self.run(sys.executable, "tenhats", *arguments, env=env)

    def nox(self, *arguments: str, env: Mapping[str, str] | None = None) -> Ended:
        """Run a nox session as a user does."""
        return self.run(sys.executable, "-m", "nox", *arguments, env=env)

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> Ended:
        """Run any command in the project's folder."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "120", **(env or {})},
            capture_output=True,
            check=False,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def gates(self, *arguments: str, env: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Run the gates and return the report."""
        ended = self.tenhats("gates", "--format", "json", *arguments, env=env)
        assert ended.code in {0, 1}, ended.out + ended.err
        return ended.report

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file of the project."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        """Read a file of the project."""
        return (self.root / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace `old` in a file, where it stands exactly once, by `new`."""
        text = self.read(path)
        assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
        self.write(path, text.replace(old, new))

    @contextmanager
    def changed(self) -> Iterator[RealProject]:
        """Let the project be changed, also by commits, tags and on a branch, and put it back as it was."""
        before = git(self.root, "rev-parse", "HEAD")
        try:
            yield self
        finally:
            for tag in git(self.root, "tag").split():
                git(self.root, "tag", "--delete", tag)
            git(self.root, "reset", "--quiet", "--hard", before)
            git(self.root, "clean", "--quiet", "-d", "--force")
            if git(self.root, "rev-parse", "--abbrev-ref", "HEAD") != "main":
                git(self.root, "switch", "--quiet", "main")
                git(self.root, "branch", "--quiet", "--delete", "--force", "work")


def verdicts(report: dict[str, Any], verdict: str) -> set[str]:
    """The codes of the rules that have this verdict."""
    return {rule["code"] for rule in report["rules"] if rule["verdict"] == verdict}


def findings(report: dict[str, Any]) -> set[tuple[str, str, int]]:
    """Every finding as its rule's code, its path and its line."""
    return {
        (rule["code"], finding["path"], finding["line"])
        for rule in report["rules"]
        for finding in rule["findings"]
    }
