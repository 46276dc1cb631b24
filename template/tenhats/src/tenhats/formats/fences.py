"""The code blocks of a Markdown page: what stands between two fences, and in which language.

A fence may be indented by anything: pages for mkdocs put blocks under admonitions and tabs, which
CommonMark would not call fences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_CODE = 4
"""Marks that are indented by so much more are code themselves: a block within a docstring."""

_WORD = re.compile(r"[\w+#.-]+")


@dataclass(frozen=True)
class Block:
    """One block: where its first line of code stands, its language in small letters, its lines.

    `info` is what follows the language: a title, classes, options.
    """

    path: str
    line: int
    language: str
    info: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return "\n".join(self.lines)


def blocks_of(text: str, path: str) -> Iterator[Block]:
    """Yield the blocks of a page, in order; one that is never closed is none."""
    opened: re.Match[str] | None = None
    begun, inside = 0, list[str]()
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r").expandtabs(4)
        found = _FENCE.match(line)
        if opened is None:
            if found:
                opened, begun, inside = found, number + 1, []
        elif found and _closes(found, opened):
            yield Block(path, begun, *_told(opened["info"]), tuple(inside))
            opened = None
        else:
            width = len(opened["indent"])
            inside.append(line[width:] if not line[:width].strip() else line)


def _closes(line: re.Match[str], opened: re.Match[str]) -> bool:
    marks = opened["marks"]
    if line["info"].strip() or line["marks"][0] != marks[0] or len(line["marks"]) < len(marks):
        return False
    return len(line["indent"]) < len(opened["indent"]) + _CODE


def _told(info: str) -> tuple[str, str]:
    """The language, and what follows it; a directive such as `{note}` is no language."""
    first, _, rest = info.strip().partition(" ")
    bare = first.removeprefix("{").removeprefix(".").rstrip(",}") if first.startswith("{.") else first
    word = _WORD.match(bare)
    return (word[0].lower() if word else ""), f"{bare[word.end() :] if word else first} {rest}".strip()
