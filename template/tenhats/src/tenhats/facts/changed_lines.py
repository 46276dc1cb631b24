"""The lines of the sources that are new or different since the base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.base import Base, files_at
from tenhats.facts.reach import bits_of
from tenhats.facts.tree import Tree

_HUNK = re.compile(r"@@ -\d{1,9}(?:,\d{1,9})? \+(?P<start>\d{1,9})(?:,(?P<count>\d{1,9}))? @@")
_PLAINLY = ("--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--relative", "--dst-prefix=b/")


@dataclass(frozen=True)
class ChangedLines:
    """The changed lines of each source file, as bits in hexadecimal; `reason` where nothing is compared."""

    base: str = ""
    files: dict[str, str] = field(default_factory=dict)
    reason: str = ""


@fact(reads=("*.py",))
def find_changed_lines(project: Project, base: Base, tree: Tree) -> ChangedLines:
    """Ask git which lines differ; of a file that was not there, all of them do."""
    if base.commit is None:
        return ChangedLines(reason=base.reason)
    here = [path for path in tree.matching(f"{project.settings.source}/*.py") if path in base.changed]
    if not here:
        return ChangedLines(base.commit, reason=f"no source has changed since {base.commit[:10]}")
    old = set(files_at(project, base))
    found = {}
    for path in here:
        if path not in old:
            count = (project.root / path).read_bytes().count(b"\n") + 1
            found[path] = bits_of(range(1, count + 1))
    command = ["git", "-c", "core.quotePath=false", "diff", *_PLAINLY, base.commit, "--", *here]
    done = processes.run(command, cwd=project.root)
    if done.code:
        raise Unavailable(f"git cannot tell what has changed: {done.last_words}")
    found.update((path, bits_of(lines)) for path, lines in _changed(done.out) if path not in found)
    return ChangedLines(base.commit, found)


def _changed(diff: str) -> Iterator[tuple[str, list[int]]]:
    """Each file of a diff without context, and the numbers of its new lines."""
    path, left = "", 0
    lines: list[int] = []
    for line in diff.splitlines():
        if left and line.startswith("+"):
            left -= 1
        elif line.startswith("+++ b/"):
            if path:
                yield path, lines
            path, lines = line.removeprefix("+++ b/").rstrip("\t"), []
        elif hunk := _HUNK.match(line):
            start, left = int(hunk["start"]), int(hunk["count"] or 1)
            lines.extend(range(start, start + left))
    if path:
        yield path, lines
