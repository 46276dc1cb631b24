"""What pages of every format are made of: list items, labels, sections, a status, a version, a glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tenhats.formats import words
from tenhats.formats.markdown import Heading, Line, Page, heading_of
from tenhats.formats.model import EdgeCase, Section, Status, Term, Version

_ITEM = re.compile(
    r"[ \t]*(?:(?P<number>\d{1,4})[.)]|[-*+])[ \t]+(?:\[(?P<box>[ xX~-])\]\*?[ \t]+)?(?P<text>[^\n]+)$"
)
_MARKS = frozenset("-*+0123456789")
_LABEL = re.compile(r"(?:\*\*|__)(?P<label>[^*_\n]{1,80})(?:\*\*|__)[ \t]*[:：]?$")
_STATUS = re.compile(
    r"(?:[-*][ \t]+)?(?:\*\*|__)?(?:Story[ -]?)?(?:Status|Estado|Statut|ステータス|状态|狀態|项目状态|상태)"
    r"(?:\*\*|__)?[ \t]*[:：][ \t]*(?:\*\*|__)?[ \t]*(?P<text>[^\n]{1,200})$",
    re.IGNORECASE,
)
_NUMBER = r"v?(?:\d{1,4}(?:\.\d{1,5}){1,3}|\d{1,3})(?:[-+]?[a-z][\w.+-]{0,30})?(?![\w.:/-]*\w)"
_VERSION = re.compile(
    r"(?:^(?:[-*+][ \t]+)?|\|[ \t]*)(?:\*\*|__)?(?:(?:Spec|Specification|Document)[ \t]+)?"
    r"(?:Version|Versi[óo]n|Vers[ãa]o|Fassung|バージョン|版数|版本|版本号|버전)"
    r"(?:\*\*|__)?[ \t]*[:：|][ \t]*(?:\*\*|__)?[ \t]*[`'\"]?"
    rf"(?P<text>{_NUMBER})",
    re.IGNORECASE,
)
_LOG = re.compile(
    r"Change ?log|(?:Change|Revision|Version|Document) History|Revisions|Änderungs(?:verlauf|historie)"
    r"|Historique|Historial|Hist[óo]rico|変更履歴|改訂履歴|変更ログ"
    r"|变更(?:记录|日志|历史)|修订(?:记录|历史)|변경 ?이력",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"Version|Versi[óo]n|Vers[ãa]o|Ver\.?|バージョン|版数|版本|버전", re.IGNORECASE)
_CELL = re.compile(rf"{_NUMBER}$", re.IGNORECASE)
_TERM = re.compile(
    r"(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?(?:\*\*|__)(?P<name>[^*\n]{1,80}?)[:：]?(?:\*\*|__)"
    r"[ \t]*[:：—–-]?[ \t]*(?P<text>[^\n]*)$"
)
_TERM_ROW = re.compile(r"\|[ \t]*+(?:\*\*)?(?P<name>[^|*\n]{1,80}?)(?:\*\*)?[ \t]*+\|(?P<text>[^\n]*)$")


class Item(NamedTuple):
    """An item of a list: its number or None, its box (` `, `x`, …) or None, its words."""

    line: Line
    number: str | None
    box: str | None
    text: str


def item_of(line: Line) -> Item | None:
    """The list item that begins on a line, or None."""
    found = _item_in(line)
    return Item(line, found["number"], found["box"], found["text"].strip()) if found else None


def begins_item(line: Line) -> bool:
    """Whether a list item begins on a line."""
    return _item_in(line) is not None


def _item_in(line: Line) -> re.Match[str] | None:
    return None if line.quoted or line.text.lstrip()[:1] not in _MARKS else _ITEM.match(line.text)


def label_of(line: Line) -> str | None:
    """The words of a line that is nothing but a bold label, such as `**Acceptance Criteria:**`."""
    text = line.text.strip()
    found = _LABEL.match(text) if text[:2] in {"**", "__"} else None
    return found["label"].strip(" :：") if found else None


def sections_of(page: Page, path: str) -> tuple[Section, ...]:
    """The headings of a page, without spec-kit's `*(mandatory)*`."""
    return tuple(Section(path, each.number, each.level, plain(each.text)) for each in page.headings)


def plain(heading: str) -> str:
    """A heading's words without what the template adds."""
    return re.sub(r"[*_]?\((?:mandatory|include)[^()]{0,80}\)[*_]?$", "", heading.rstrip()).strip()


def under(page: Page, title: re.Pattern[str]) -> Iterator[tuple[Heading, Sequence[Line]]]:
    """Each section whose heading has the title's words in it, with its lines, subsections included."""
    opened: Heading | None = None
    start = 0
    for index, heading in page.headed:
        if opened and heading.level <= opened.level:
            yield opened, page.lines[start:index]
            opened = None
        if not opened and title.search(heading.text):
            opened, start = heading, index + 1
    if opened:
        yield opened, page.lines[start:]


def paragraph(lines: Sequence[Line], start: int, *, most: int = 40) -> str:
    """The words from a line on, up to the next heading, blank line, table or list item."""
    rest: list[str] = []
    for line in lines[start : start + most]:
        text = line.text.strip()
        if not text or text[0] in "#|" or text.startswith("---") or begins_item(line):
            break
        rest.append(text)
    return " ".join(rest)


def status_of(page: Page, path: str) -> Status | None:
    """What the page says its feature has reached, in the front matter or in the first sixty lines."""
    for line in (*page.front, *page.lines[:60]):
        found = None if line.quoted else _STATUS.match(line.text.strip())
        if found:
            return Status(path, line.number, found["text"].strip(" *_'\""))
    for heading, lines in under(page, re.compile(r"Status$", re.IGNORECASE)):
        said = next((line for line in lines if line.text.strip()), None)
        if said and heading.level == 2:
            return Status(path, said.number, said.text.strip(" *_"))
    return None


def edge_cases_of(page: Page, path: str) -> tuple[EdgeCase, ...]:
    """Each line of words under the heading “Edge Cases”."""
    return tuple(
        EdgeCase(path, line.number, line.text.strip())
        for _, lines in under(page, words.EDGE_CASES)
        for line in lines
        if line.text.strip() and not line.quoted and heading_of(line) is None
    )


def version_of(page: Page, path: str) -> Version | None:
    """The version that the page gives itself: at its head, as `status_of` looks, or in its change log.

    Only what looks like the number of a version is one. Change logs are written in both orders, so the
    highest of the log's numbers is the page's.
    """
    for line in (*page.front, *page.lines[:60]):
        if line.quoted or line.indent:
            continue
        text = line.text.strip()
        found = _VERSION.search(text) if "|" in text else _VERSION.match(text)
        if found:
            return Version(path, line.number, found["text"])
    logged = [each for _, lines in under(page, _LOG) for each in _logged(lines, path)]
    return max(logged, key=lambda each: version_key(each.text), default=None)


def version_key(text: str) -> tuple[tuple[int, ...], bool]:
    """What versions are ordered by: their numbers; `1.0.0-draft` comes before `1.0.0`."""
    numbers = re.match(r"v?(\d+(?:\.\d+)*)", text, re.IGNORECASE)
    parts = [int(part) for part in numbers[1].split(".")] if numbers else []
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts), numbers is not None and numbers.end() == len(text)


def _logged(lines: Sequence[Line], path: str) -> Iterator[Version]:
    """The versions in the column of that name of the tables that these lines hold."""
    column: int | None = None
    for line in lines:
        if line.text.lstrip()[:1] != "|":
            column = None
            continue
        cells = [cell.strip(" *`") for cell in line.text.strip().strip("|").split("|")]
        if column is None:
            column = next((at for at, cell in enumerate(cells) if _COLUMN.fullmatch(cell)), -1)
        elif 0 <= column < len(cells) and _CELL.match(cells[column]):
            yield Version(path, line.number, cells[column])


def terms_of(page: Page, path: str) -> tuple[Term, ...]:
    """The terms that a glossary explains: bold words at the start of its items, lines or rows."""
    found: list[Term] = []
    for _, lines in under(page, words.GLOSSARY):
        for index, line in enumerate(lines):
            text = line.text.strip()
            term = None if line.quoted else _TERM.match(text) or _TERM_ROW.match(text)
            if term and term["name"].strip(" :-") and (text[0] != "|" or not _is_head(lines, index)):
                found.append(Term(path, line.number, term["name"].strip(" :："), term["text"].strip(" |")))
    return tuple(found)


def _is_head(lines: Sequence[Line], index: int) -> bool:
    """Whether a row is the head of its table, or the rule under it."""
    following = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    return following.startswith("|") and not following.strip("|-: ")
