"""The interactive sessions of the documentation, typed into Python: what came, and what the page says comes.

Each page is typed by itself, in a copy of the project, in the project's environment and without a network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from tenhats import processes
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.examples import Callables, Examples
from tenhats.facts.tree import Tree
from tenhats.facts.workroom import Room, one_room
from tenhats.formats.fences import Block

_PROMPT = re.compile(r"^[ \t]*>>> ", re.MULTILINE)
_LANGUAGES = frozenset({"", "python", "py", "python3", "pycon", "python-console", "doctest"})
_PATIENCE = 60.0
# What comes out otherwise on every machine, or every day.
_VOLATILE = re.compile(r"0x[0-9A-Fa-f]+|\d+")
_STRICT = frozenset({"AttributeError", "TypeError", "ImportError"})


@dataclass(frozen=True)
class Statement:
    """A statement of a session: what it printed or raised (`got`) and what the page shows (`want`).

    `became` is `as told`, `differs`, `raised` or `skipped`. It is `certain` if neither another
    machine, another day nor what came before it on the page can be the reason.
    """

    path: str
    line: int
    source: str
    became: str
    want: str = ""
    got: str = ""
    certain: bool = False


@dataclass(frozen=True)
class Sessions:
    """Every statement that was typed, and why some were not, if they were not."""

    statements: tuple[Statement, ...] = ()
    unseen: str = ""


@fact(reads=("*.md", "*.py", "pyproject.toml"))
def type_sessions(
    project: Project, tree: Tree, examples: Examples, there: Callables, environment: ProjectEnvironment
) -> Sessions:
    """Type the sessions of every page."""
    pages: dict[str, list[Block]] = {}
    for block in examples.blocks:
        if block.language in _LANGUAGES and _PROMPT.search(block.text):
            pages.setdefault(block.path, []).append(block)
    if not pages:
        return Sessions()
    if environment.error:
        return Sessions(unseen="the project could not be installed; see OPS007")
    statements: list[Statement] = []
    unseen = ""
    with one_room(project, tree, environment, "sessions", seconds=_PATIENCE) as room:
        for path, blocks in pages.items():
            found, trouble = _typed(room, path, blocks, there)
            statements += found
            unseen = unseen or trouble
    return Sessions(tuple(statements), unseen)


def _typed(room: Room, path: str, blocks: list[Block], there: Callables) -> tuple[list[Statement], str]:
    """What the statements of one page became, and why nobody knows, if nobody does."""
    probe = str(resources.files("tenhats.probes") / "tenhats_sessions.py")
    report = room.folder.parent / f"{room.folder.name}.jsonl"
    report.unlink(missing_ok=True)
    given = json.dumps([{"line": each.line, "text": each.text} for each in blocks])
    trouble = ""
    try:
        done = room.run(["python", probe, str(report)], given=given)
        trouble = f"the session of {path} ended with {done.code}: {done.last_words}" if done.code else ""
    except processes.TimedOut as error:
        trouble = f"the session of {path} does not end: {error}"
    lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    return list(_statements(path, [json.loads(line) for line in lines], there)), trouble


def _statements(path: str, told: list[dict[str, object]], there: Callables) -> Iterator[Statement]:
    in_order = True
    for each in told:
        came, want, got = (str(each.get(key, "")) for key in ("came", "want", "got"))
        certain = in_order and (_is_ours(each, there) if came == "raised" else not _is_volatile(want, got))
        yield Statement(path, int(str(each["line"])), str(each["source"]).strip(), came, want, got, certain)
        in_order = in_order and came == "as told"


def _is_ours(raised: dict[str, object], there: Callables) -> bool:
    """Whether the project itself has no longer what the page uses."""
    kinds = raised.get("kinds")
    if not isinstance(kinds, list) or not _STRICT.intersection(kinds):
        return False
    parts = str(raised["module"]).split(".")
    # What begins with an underscore may be compiled or made when the package is built.
    hidden = any(part.startswith("_") for part in parts)
    return "ImportError" not in kinds or (parts[0] in there.packages and not hidden)


def _is_volatile(want: str, got: str) -> bool:
    """Whether both differ by numbers and addresses only, or one speaks of a place on a disk."""
    return _VOLATILE.sub("0", want) == _VOLATILE.sub("0", got) or "/" in got or "<" in got
