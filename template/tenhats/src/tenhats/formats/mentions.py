"""What a file of any kind mentions by the way: requirements by their names, acronyms that it writes out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tenhats.formats import ids
from tenhats.formats.markdown import Page
from tenhats.formats.model import Reference
from tenhats.formats.tasks import names_in

_WRITTEN_OUT = re.compile(
    r"[\w’'-]\*{0,3}[ \t]\(\*{0,3}(?P<after>[A-Z]{2,6})s?\*{0,3}\)"  # Server-Sent Events (SSE)
    r"|\b(?P<before>[A-Z]{2,6})s?\b`?\*{0,2}[ \t]?"  # SSE (…), SSE: …
    r"(?:\((?=[^\W\d]|[*“\"])|[:=：—–]\*{0,2}[ \t]?\w)"
)
_DIGIT = re.compile(r"\d")
_MAY_BE = re.compile(r"[A-Z]{2}s?[*`]{0,3}[ \t]?[(:=：—–)]")
"""What every acronym that is written out has: far quicker to look for, as few lines have it."""
_MOST_WORDS = 2000


def references_of(page: Page, path: str, feature: str, known: Iterable[str]) -> tuple[Reference, ...]:
    """Each requirement that a line names, in any way in which task lists or Kiro's designs do."""
    defined = ids.Known(known)
    return tuple(
        Reference(path, line.number, f"{feature}/{name}", line.text.strip()[:_MOST_WORDS])
        for line in page.lines
        if not line.quoted and _DIGIT.search(line.text)
        for name in names_in(line.text, defined)
    )


def explained_in(page: Page) -> frozenset[str]:
    """The acronyms that the page writes out: `Server-Sent Events (SSE)`, `SSE (…)`, `**SSE**: …`."""
    return frozenset(
        found["after"] or found["before"]
        for line in page.lines
        if _MAY_BE.search(line.text)
        for found in _WRITTEN_OUT.finditer(line.text)
    )
