"""Secrets that commits have added and later ones have taken away: they are still there for everybody.

A commit never changes, so what was found in one is kept under its name and never looked for again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from tenhats import processes
from tenhats.fact import Project, fact
from tenhats.facts.base import Base
from tenhats.facts.toolrun import Complaint, answer
from tenhats.facts.tree import Tree

_SECONDS = 45.0
_MOST_COMMITS = 2000
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
    commits = list(dict.fromkeys([*newest, *_commits(project, f"--max-count={_MOST_COMMITS}", "HEAD")]))
    store = project.workshop / "cache" / "history.json"
    seen: dict[str, list[dict[str, Any]]] = {}
    if not project.fresh:
        with contextlib.suppress(OSError, ValueError):
            seen = json.loads(store.read_text(encoding="utf-8"))
    unseen = [each for each in commits if each not in seen]
    if unseen:
        asked = json.dumps({"seconds": _SECONDS, "commits": unseen})
        done = processes.tool("tenhats.probes.history", cwd=project.root, given=asked)
        seen |= answer(done, "detect-secrets")
        with contextlib.suppress(OSError):
            store.parent.mkdir(parents=True, exist_ok=True)
            store.write_text(json.dumps(seen), encoding="utf-8")
    recent = set(newest)
    told = {commit: seen[commit] for commit in commits if commit in seen}
    here = {each["path"] for saw in told.values() for each in saw} & set(tree.files)
    standing = {path: _digests(project, path) for path in here}
    found = {
        commit: [
            Complaint(each["path"], each["line"], each["code"], f"{_ADDED} by {commit[:10]}")
            for each in saw
            if each["digest"] not in standing.get(each["path"], ())
        ]
        for commit, saw in told.items()
    }
    left = [each for each in commits if each not in seen]
    return History(
        len(told),
        tuple(each for commit, saw in found.items() if commit in recent for each in saw),
        tuple(each for commit, saw in found.items() if commit not in recent for each in saw),
        sum(each in recent for each in left),
        sum(each not in recent for each in left),
    )


def _digests(project: Project, path: str) -> frozenset[str]:
    """The digests of a file's lines: SEC003 tells of a secret that still stands."""
    text = (project.root / path).read_text(encoding="utf-8", errors="replace")
    return frozenset(hashlib.sha256(line.encode()).hexdigest() for line in text.split("\n"))


def _commits(project: Project, *which: str) -> list[str]:
    done = processes.run(["git", "rev-list", "--no-merges", *which, "--", "."], cwd=project.root)
    return done.out.split() if done.code == 0 else []
