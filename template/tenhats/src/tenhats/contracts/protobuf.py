"""Protocol Buffers: how buf is asked (https://buf.build/docs/cli/), and what its answer means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

# PACKAGE is buf's category for those who generate code: a message may move to another file of its package.
_CONFIGURED = json.dumps({"version": "v2", "breaking": {"use": ["PACKAGE"]}})
BUILD = ("build", ".", "--error-format=json", f"--config={_CONFIGURED}")
BREAKING = ("breaking", ".", "--error-format=json", f"--config={_CONFIGURED}", "--against")
EXPECTED = (0, 100)
"""The exit codes of an answer: nothing to say, or something."""
_DEFINED = re.compile(r"\b(?:message|enum|service|rpc)\s{1,20}(\w{1,200})")


@dataclass(frozen=True)
class Said:
    """One thing that buf says; `path` is empty where it stands in no file any more."""

    path: str
    line: int
    code: str
    message: str

    @property
    def is_missing(self) -> bool:
        """Whether it is that a file of others is not here."""
        return "imported file does not exist" in self.message


def said(out: str) -> Iterator[Said]:
    """What buf printed, a line of JSON each; what else it prints is for people.

    Raises:
        ValueError: if a line is no JSON after all.
    """
    for line in out.splitlines():
        if not line.startswith("{"):
            continue
        each = json.loads(line)
        yield Said(
            each.get("path", ""), each.get("start_line", 1), each.get("type", ""), each.get("message", "")
        )


def names(text: str) -> Iterator[str]:
    """The names of what a file defines."""
    return (found[1] for found in _DEFINED.finditer(text))
