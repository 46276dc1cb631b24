"""Waivers: a line of the project that says, with a reason, that a rule does not hold there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tenhats.rule import Finding

_WAIVER = re.compile(r"tenhats: ignore\[([A-Z0-9, ]{3,200})\]([^\n]*)")


@dataclass(frozen=True)
class Waiver:
    """`tenhats: ignore[CODE] reason` in a comment of Python, Markdown, TOML or YAML."""

    line: int
    reason: str


class Waivers:
    """The waivers of a project; a file is opened only when something was found in it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def of(self, code: str, finding: Finding) -> Waiver | None:
        """The waiver of the rule `code` on the finding's line or on the line above it."""
        lines = self._lines_of(finding.path)
        for number in (finding.line, finding.line - 1):
            if 1 <= number <= len(lines) and (found := _WAIVER.search(lines[number - 1])):
                codes = {word.strip() for word in found[1].split(",")}
                if code in codes:
                    return Waiver(number, found[2].replace("-->", "").strip())
        return None

    def _lines_of(self, path: str) -> list[str]:
        if path not in self._lines:
            try:
                text = (self._root / path).read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            self._lines[path] = text.split("\n")
        return self._lines[path]
