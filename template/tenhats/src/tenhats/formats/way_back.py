"""The part of a page that says how to go back to the version before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from tenhats.formats.markdown import read_page

# In the languages of formats/words.py.
_GOES_BACK = re.compile(
    "|".join((
        r"\broll(?:s|ed|ing)?[ -]?backs?\b", r"\b(?:re|ab)vert(?:s|ed|ing)?\b", r"\bdowngrad(?:e|es|ing)\b",
        r"\bback(?:s|ed|ing)?[ -]out\b", r"\b(?:go|going|way|switch|switching)[ -]back\b",
        r"\bundo(?:ing)?\b", r"\byank(?:s|ed|ing)?\b", r"\btak(?:e|ing) (?:\w{1,12} ){0,3}back\b",
        r"\b(?:restor(?:e|ing)|return(?:ing)? to) (?:\w{1,12} ){0,3}(?:version|release|deployment)\b",
        r"zurückroll|zurücksetz|zurück zu|rückgängig|rückkehr|vorherige version wiederherstell",
        r"retour (?:en )?arri[èe]re|revenir (?:en arri[èe]re|[àa] )",
        r"annuler (?:un|le) d[ée]ploiement|r[ée]trograd",
        r"reversi[óo]n|revertir|vuelta atr[áa]s|marcha atr[áa]s|volver (?:atr[áa]s|a )|deshacer",
        r"revers[ãa]o|reverter|desfazer|voltar? (?:atr[áa]s|[àa] )",
        r"ripristin|tornare (?:indietro|alla )|annullare (?:un|il|la) ",
        r"откат|возврат к|вернуть(?:ся)? (?:к|на) ",
        r"ロールバック|切り戻し|元に戻|回滚|回滾|回退|롤백|되돌리",
    )),
    re.IGNORECASE,
)  # fmt: skip
_BOLD = re.compile(r"[ \t]{0,3}(?:\*\*|__)([^*_\n]{2,80})(?:\*\*|__)[ \t:：]{0,3}\Z")
_STEP = re.compile(r"[ \t]{0,20}(?:[-*+•]|\d{1,3}[.)、]|\|)[ \t]{0,8}\S|[^`]*`[^`\n]{2,200}`")
_PENDING = re.compile(r"\b(?:TODO|TBD|TBA|FIXME|coming soon)\b", re.IGNORECASE)
_FENCE = re.compile(r"[ \t>]{0,20}(?:```|~~~)")
_UNDERLINE = re.compile(r"([=\-~^\"'*+#])\1{2,200}[ \t]{0,5}\Z")
_LOWEST = 7


@dataclass(frozen=True)
class WayBack:
    """A heading that is about going back, and whether a step or a command stands under it."""

    path: str
    line: int
    title: str
    has_steps: bool


@dataclass(frozen=True)
class _Heading:
    line: int
    level: int
    text: str


def ways_back(path: str, text: str) -> list[WayBack]:
    """The headings of a page of Markdown or reStructuredText that are about going back."""
    if not _GOES_BACK.search(text):
        return []
    lines = text.splitlines()
    headings = _underlined(lines) if path.endswith(".rst") else _marked(text)
    found = []
    for at, heading in enumerate(headings):
        if _GOES_BACK.search(heading.text):
            after = (each.line for each in headings[at + 1 :] if each.level <= heading.level)
            under = lines[heading.line : next(after, len(lines) + 1) - 1]
            found.append(WayBack(path, heading.line, heading.text, _has_steps(under)))
    return found


def _marked(text: str) -> list[_Heading]:
    page = read_page(text)
    found = [_Heading(each.number, each.level, each.text) for each in page.headings]
    # A line that is all bold is a heading to whoever reads it.
    found += [
        _Heading(line.number, _LOWEST, bold[1])
        for line in page.lines
        if not line.quoted and (bold := _BOLD.match(line.text))
    ]
    return sorted(found, key=lambda each: each.line)


def _underlined(lines: list[str]) -> list[_Heading]:
    signs: list[str] = []
    found = []
    for number, (line, below) in enumerate(pairwise(lines), 1):
        rule = _UNDERLINE.match(below)
        if rule and line.strip() and len(below.rstrip()) >= len(line.rstrip()) and not _UNDERLINE.match(line):
            if rule[1] not in signs:
                signs.append(rule[1])
            found.append(_Heading(number, signs.index(rule[1]), line.strip()))
    return found


def _has_steps(lines: list[str]) -> bool:
    """Whether one of the lines is a step, names a command, or stands in a block of code."""
    inside = False
    for line in lines:
        if _FENCE.match(line):
            inside = not inside
        elif (
            line.strip()
            and not _PENDING.search(line)
            and (inside or _STEP.match(line) or line.startswith(("    ", "\t", ".. code")))
        ):
            return True
    return False
