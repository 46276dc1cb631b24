"""Secrets that commits have added and later ones have taken away: they are still there for everybody.

A commit never changes, so what was found in one is kept under its name and not looked for again by the same
tooling. The present work is looked at whole; what is older has a short time in each run, and after some runs
has been looked at whole as well: 10 seconds are about a thousand commits.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from tenhats import cache, processes
from tenhats.fact import Project, fact
from tenhats.facts.base import Base
from tenhats.facts.toolrun import Complaint, answer
from tenhats.facts.tree import Tree

_SECONDS = 45.0
_SECONDS_FOR_OLDER = 10.0
_ADDED = "a line that looks like it holds a secret was added"


@dataclass(frozen=True)
class History:
    """The commits looked at; what those since the base have added, and what older ones; how many are left."""

    commits: int = 0
    recent: tuple[Complaint, ...] = ()
    older: tuple[Complaint, ...] = ()
    recent_left: int = 0
    older_left: int = 0


@fact()
def look_through_history(project: Project, tree: Tree, base: Base) -> History:
    """Look for secrets in what the commits of this branch have added, newest first, as far as time allows."""
    if not tree.commit:
        return History()
    newest = _commits(project, "HEAD", f"^{base.commit}") if base.commit else []
    recent = set(newest)
    older = [each for each in _commits(project, "HEAD") if each not in recent]
    seen = _looked_through(project, newest, older)
    told = {commit: seen[commit] for commit in (*newest, *older) if commit in seen}
    here = {each["path"] for saw in told.values() for each in saw} & set(tree.files)
    standing = {path: _digests(project, path) for path in here}
    found: dict[str, tuple[str, Complaint]] = {}
    for commit, saw in told.items():
        for each in saw:
            if each["digest"] not in standing.get(each["path"], ()):
                # A line that was moved about is told of once, in the newest commit that has added it.
                what = Complaint(each["path"], each["line"], each["code"], f"{_ADDED} by {commit[:10]}")
                found.setdefault(each["digest"], (commit, what))
    return History(
        len(told),
        tuple(what for commit, what in found.values() if commit in recent),
        tuple(what for commit, what in found.values() if commit not in recent),
        sum(each not in seen for each in newest),
        sum(each not in seen for each in older),
    )


def _looked_through(project: Project, newest: list[str], older: list[str]) -> dict[str, list[dict[str, Any]]]:
    """What each commit holds, as far as it has been looked at, now or before."""
    store = project.workshop / "cache" / "history.json"
    seen: dict[str, list[dict[str, Any]]] = {}
    tooling = cache.tooling()
    if not project.fresh:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(store.read_text(encoding="utf-8"))
            seen = kept["commits"] if kept["tooling"] == tooling else {}
    asked = [
        {"seconds": seconds, "commits": [each for each in commits if each not in seen]}
        for seconds, commits in ((_SECONDS, newest), (_SECONDS_FOR_OLDER, older))
    ]
    if any(each["commits"] for each in asked):
        done = processes.tool("tenhats.probes.history", cwd=project.root, given=json.dumps(asked))
        seen |= answer(done, "detect-secrets")
        with contextlib.suppress(OSError):
            store.parent.mkdir(parents=True, exist_ok=True)
            store.write_text(json.dumps({"tooling": tooling, "commits": seen}), encoding="utf-8")
    return seen


def _digests(project: Project, path: str) -> frozenset[str]:
    """The digests of a file's lines: SEC003 tells of a secret that still stands."""
    text = (project.root / path).read_text(encoding="utf-8", errors="replace")
    return frozenset(hashlib.sha256(line.encode()).hexdigest() for line in text.split("\n"))


def _commits(project: Project, *which: str) -> list[str]:
    done = processes.run(["git", "rev-list", "--no-merges", *which, "--", "."], cwd=project.root)
    return done.out.split() if done.code == 0 else []
