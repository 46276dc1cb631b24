"""Waivers: a line of the project that says, with a reason, that a rule does not hold there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tenhats.rule import Finding

_WAIVER = re.compile(r"tenhats: ignore\[([A-Z0-9, ]{3,200})\]([^\n]*)")


def waiving_lines(text: str) -> frozenset[str]:
    """The lines of a file that waive something, without white space around them."""
    return frozenset(line.strip() for line in text.split("\n") if "tenhats: ignore" in line)


@dataclass(frozen=True)
class Waiver:
    """`tenhats: ignore[CODE] reason` in a comment of Python, Markdown, TOML or YAML.

    `text` is the line that it stands on.
    """

    line: int
    reason: str
    codes: frozenset[str]
    text: str


class Waivers:
    """The waivers of a project; a file is opened only when something was found in it, and read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, dict[int, Waiver]] = {}

    def of(self, code: str, finding: Finding) -> Waiver | None:
        """The waiver of the rule `code` on the finding's line or on the line above it, if it is not stale."""
        waivers = self._in(finding.path)
        for number in (finding.line, finding.line - 1):
            waiver = waivers.get(number)
            if waiver and code in waiver.codes and waiver.text not in finding.stale:
                return waiver
        return None

    def _in(self, path: str) -> dict[int, Waiver]:
        """The waivers of a file, by their lines."""
        if path not in self._files:
            try:
                text = (self._root / path).read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            self._files[path] = {
                number: Waiver(
                    number,
                    found[2].replace("-->", "").strip(),
                    frozenset(word.strip() for word in found[1].split(",")),
                    line.strip(),
                )
                for number, line in enumerate(text.split("\n"), 1)
                if (found := _WAIVER.search(line))
            }
        return self._files[path]
