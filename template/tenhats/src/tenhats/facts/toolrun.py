"""What other people's tools complain about: each is run once, and asked for JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats.errors import Unavailable
from tenhats.processes import Completed


@dataclass(frozen=True)
class Complaint:
    """A tool's complaint, under the tool's own code, and where the tool knows it, the remedy."""

    path: str
    line: int
    code: str
    message: str
    fix: str = ""


@dataclass(frozen=True)
class ToolRun:
    """One run of a tool: the files it looked at and what it complains about."""

    files: tuple[str, ...] = ()
    complaints: tuple[Complaint, ...] = ()


def answer(done: Completed, name: str, *, expected: tuple[int, ...] = (0, 1)) -> Any:
    """The JSON that a tool printed.

    Raises:
        Unavailable: if the tool ended otherwise than it should, or printed no JSON.
    """
    if done.code not in expected:
        raise Unavailable(f"{name} ended with {done.code}: {done.last_words}")
    try:
        return json.loads(done.out)
    except ValueError:
        raise Unavailable(f"{name} did not answer in JSON: {done.last_words}") from None


def within(root: Path, path: str) -> str:
    """A tool's path, from the project's root and with forward slashes."""
    place = Path(path)
    if place.is_absolute() and place.is_relative_to(root):
        place = place.relative_to(root)
    return place.as_posix().removeprefix("./")
