"""Task lists: spec-kit's `T001`, the numbered tasks of OpenSpec, Kiro and cc-sdd, and what they refer to.

A task refers to requirements in its own lines, up to the next task or heading: by their ids, or, in
Kiro, by `_Requirements: 1.1, 2.3-2.5_` or `**Validates: Requirements 1.1**`, which is read in any task list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tenhats.formats import ids, words
from tenhats.formats.markdown import Line, Page, heading_of
from tenhats.formats.model import Task

_TASK = re.compile(
    r"[ \t]*[-*+][ \t]+\[(?P<box>[ xX~-])\]\*?[ \t]+(?:~~)?(?:\*\*)?"
    r"(?:Task[ \t]+)?(?P<id>T-?\d{1,5}[a-z]?(?![A-Za-z0-9_])"
    r"|(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3}){0,3}(?=[.):：]?[ \t*]))?"
    r"(?P<text>[^\n]*)$"
)
_REFERS = re.compile(
    r"(?<![^\s*_(\[-])(?=[rae要需요])(?:Requirements?|Reqs?|Anforderungen|Exigences|Requisitos|要件|需求|要求|요구\s?사항)"
    r"(?:(?:\*\*)?[ \t]*[:：](?:\*\*)?|[ \t]{1,2}(?=\d{1,3}\.\d))(?P<what>[^\n]{1,2000})",
    re.IGNORECASE,
)

_VALIDATES = re.compile(
    r"Validates\*{0,2}[ \t]*:?\*{0,2}[ \t]*Requirements?[ \t]*:?\*{0,2}[ \t]+(?P<what>[^\n]{1,2000})",
    re.IGNORECASE,
)


def tasks_of(page: Page, path: str, feature: str = "", known: Iterable[str] = ()) -> tuple[Task, ...]:
    """The lines of a task list, ticked or not; `known` are the ids that the feature defines."""
    defined = ids.Known(known)
    own = _own_kinds(defined)
    return tuple(
        Task(
            path,
            line.number,
            found["id"] or "",
            found["text"].strip(" *~\t").lstrip(".):： "),
            found["box"] in "xX",
            tuple(f"{feature}/{name}" for name in _refs(found["text"], lines, defined, own)),
        )
        for line, found, lines in _with_lines(page.lines)
    )


def _with_lines(lines: Sequence[Line]) -> Iterator[tuple[Line, re.Match[str], list[str]]]:
    """Each task with the lines that are its own."""
    opened: tuple[Line, re.Match[str], list[str]] | None = None
    for line in lines:
        found = None if line.quoted else _TASK.match(line.text)
        if found:
            if opened:
                yield opened
            opened = (line, found, [])
        elif opened and (heading_of(line) or not _belongs(line, opened[0])):
            yield opened
            opened = None
        elif opened:
            opened[2].append(line.text)
    if opened:
        yield opened


def _belongs(line: Line, task: Line) -> bool:
    """Whether a line is a task's own: blank, or indented deeper than the task."""
    return not line.text.strip() or line.indent > task.indent


def _own_kinds(known: ids.Known) -> re.Pattern[str] | None:
    """What finds the ids of kinds that only this feature has; None if it has none."""
    own = [name for name in known.names if name[:1].isalpha() and ids.named_in(name) != (name,)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, own))})(?![\w-])") if own else None


def _refs(first: str, lines: Iterable[str], known: ids.Known, own: re.Pattern[str] | None) -> tuple[str, ...]:
    """What a task's lines name."""
    found: list[str] = []
    for text in (first, *lines):
        found += names_in(text, known)
        found += own.findall(text) if own else ()
    return tuple(dict.fromkeys(found))


def names_in(text: str, known: ids.Known) -> tuple[str, ...]:
    """The requirements that a line names; `known` are the ids that the feature defines."""
    refers = _REFERS.search(text) or _VALIDATES.search(text)
    if not refers:
        return ids.named_in(text)
    what = refers["what"].strip(" _*")
    told = known.all() if words.ALL.match(what) else ids.named_in(what) or ids.numbers_in(what, known)
    return tuple(dict.fromkeys((*told, *ids.named_in(text[: refers.start()]))))
