"""spec-kit's `spec.md` and `plan.md`, as people really write them; `tasks.md` is in `tasks`.

The format: https://github.com/github/spec-kit, `templates/`. What varies in public repositories and
is read all the same: bullets, headings and table rows; ids with letters, domains or no dash; bold
or plain; a title after a dash, an em dash or a colon; scenarios on one line or several; translated
headings and keywords; the older template with its execution flow.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tenhats.formats import ids, words
from tenhats.formats.blocks import item_of, label_of, plain, sections_of, status_of, terms_of
from tenhats.formats.markdown import Heading, Line, Page, heading_of, without_code
from tenhats.formats.model import Question, Requirement, Scenario, Story
from tenhats.formats.tasks import tasks_of

__all__ = [
    "questions_of",
    "requirements_of",
    "sections_of",
    "status_of",
    "stories_of",
    "tasks_of",
    "terms_of",
    "title_of",
]

_B = r"(?:\*\*|__)"
_NOTE = r"(?:\s{0,2}[(（\[][^()（）\[\]\n]{0,80}[)）\]]){0,2}"


@dataclass(frozen=True)
class _Forms:
    """The forms in which a requirement of certain kinds is defined."""

    looks: re.Pattern[str]
    bold: re.Pattern[str]
    plain: re.Pattern[str]
    paragraph: re.Pattern[str]
    row: re.Pattern[str]
    titled: re.Pattern[str]


_START = r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?"


@functools.lru_cache(maxsize=64)
def _forms(kinds: str) -> _Forms:
    one, start = ids.pattern(kinds), _START
    text = r"\s*(?P<text>[^\n]*)$"
    return _Forms(
        re.compile(rf"(?:{kinds})-?[A-Z0-9]"),
        re.compile(rf"{start}{_B}{one}{_NOTE}\s{{0,2}}(?:[:：]?{_B}\s{{0,2}}[:：—–-]?|[:：—–]|\s-\s){text}"),
        re.compile(rf"{start}{one}{_NOTE}(?:\s{{0,2}}[:：]|\s{{1,2}}[—–-]\s){text}"),
        re.compile(rf"{_B}?{one}{_NOTE}{_B}?\s{{0,2}}[:：](?:\*\*|__)?{text}"),
        re.compile(rf"[ \t]*\|\s{{0,9}}{_B}?{one}{_B}?\s*\|(?P<text>[^\n]*)$"),
        re.compile(rf"{_B}?{one}{_NOTE}{_B}?\s{{0,2}}[:：.—–-]?{text}"),
    )


_BMAD = _forms(ids.BMAD_KINDS)
_FIRST = re.compile(
    rf"{_START}{_B}(?P<kind>(?!(?:US|UC|ADR|EC|KE|OQ)-)[A-Z]{{2,6}})(?:-[A-Z]{{2,12}})?-0{{0,3}}1(?![A-Za-z0-9])"
)
_PRIORITY = re.compile(r"[(（][^()（）]{0,20}(?P<level>P\d)\b[^()（）]{0,20}[)）]")
_LISTED_STORY = re.compile(
    rf"{_B}?(?P<id>US(?:-[A-Z][A-Z0-9]{{0,11}})?-\d{{1,5}}[a-z]?){_B}?\s{{0,2}}[:：—–-]\s*(?P<text>[^\n]*)$"
)
_QUESTION = re.compile(r"\[NEEDS CLARIFICATION(?P<what>[^\]\n]{0,400})\]?")
_OPEN_VALUE = re.compile(r"\*\*[^*\n]{1,60}\*\*:\s*NEEDS CLARIFICATION")
_BOX = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+\[[ xX]\]")
_TEMPLATE_TALK = ("quick guidelines", "execution flow", "execution status", "checklist")
_MOST_LINES = 40


def title_of(page: Page, fallback: str) -> str:
    """What the specification is about: its first heading, without `Feature Specification:`."""
    for heading in page.headings:
        if heading.level == 1:
            return re.sub(r"^Feature Specification:?\s*", "", plain(heading.text)) or fallback
    return fallback


def requirements_of(page: Page, path: str, feature: str) -> tuple[Requirement, ...]:
    """Every requirement the page defines: bullets, headings, table rows, paragraphs.

    Besides the known kinds, those are read that the author numbers from 1 on under a heading that speaks of
    requirements, such as `UX-001`.
    """
    others = sorted({*ids.TRANSLATED, *_kinds_of(page.lines)} - {*ids.OWN})
    return _requirements(page, path, feature, _forms(ids.alternatives(ids.OWN, others)))


def bmad_requirements_of(page: Page, path: str, feature: str) -> tuple[Requirement, ...]:
    """The same with the ids of BMAD: `FR1.1`, `SM-1`, `CAP-1` and the like."""
    return _requirements(page, path, feature, _BMAD)


def _kinds_of(lines: Sequence[Line]) -> Iterator[str]:
    """The letters of ids that begin at 1 in a section on requirements."""
    level = 0
    for line in lines:
        heading = heading_of(line)
        if heading and (not level or heading.level <= level):
            level = heading.level if heading.level > 1 and words.REQUIREMENTS.search(heading.text) else 0
        found = _FIRST.match(line.text) if level and not line.quoted else None
        if found:
            yield found["kind"]


def _requirements(page: Page, path: str, feature: str, forms: _Forms) -> tuple[Requirement, ...]:
    """The requirements of certain kinds.

    A table that only repeats ids which are defined elsewhere, or a section on coverage, defines none.
    """
    found = list(_definitions(page.lines, forms))
    elsewhere = {match["id"] for _, match, _, is_row in found if not is_row}
    table_of: dict[str, int] = {}
    kept: list[Requirement] = []
    table = last = 0
    for line, match, follows, is_row in found:
        if is_row:
            table = table if line.number == last + 1 else line.number
            last = line.number
            if match["id"] in elsewhere or table_of.setdefault(match["id"], table) != table:
                continue
        text = f"{match['text'].strip(' |')} {follows}".strip()
        kind = ids.kind_of(match["kind"])
        kept.append(Requirement(path, line.number, f"{feature}/{match['id']}", kind, text))
    return tuple(kept)


def _definitions(lines: Sequence[Line], forms: _Forms) -> Iterator[tuple[Line, re.Match[str], str, bool]]:
    retold = 0
    for index, line in enumerate(lines):
        heading = heading_of(line) if line.text[:4].lstrip(" ")[:1] == "#" else None
        if heading and (not retold or heading.level <= retold):
            retold = heading.level if words.RETOLD.search(heading.text) else 0
        if retold or line.quoted or not forms.looks.search(line.text[:120]):
            continue
        if heading:
            found = forms.titled.match(heading.text) if heading.level > 1 else None
            follows = _paragraph_after(lines, index + 1) if found else ""
            is_row = False
        else:
            found = forms.bold.match(line.text) or forms.plain.match(line.text)
            found = found or forms.paragraph.match(line.text)
            is_row = found is None
            follows = _continuation(lines, index + 1, line.indent) if found else ""
            found = found or forms.row.match(line.text)
        if found and not (found["kind"] == "AC" and words.GIVEN.search(found["text"])):
            yield line, found, follows, is_row


@dataclass
class _Open:
    """The story that is being read."""

    line: int
    number: str
    title: str
    level: int
    scenarios: list[Scenario] = field(default_factory=list)
    accepted: list[Scenario] = field(default_factory=list)
    accepting: bool = False


def stories_of(page: Page, path: str, feature: str) -> tuple[Story, ...]:
    """The user stories with their acceptance scenarios, numbered as the author numbered them."""
    stories: list[Story] = []
    opened: _Open | None = None
    steps = -1

    def close() -> None:
        if opened:
            stories.append(_story(opened, path, feature))

    for index, line in enumerate(page.lines):
        heading = heading_of(line)
        if heading:
            begun = _begins(heading, len(stories) + (opened is not None) + 1)
            if begun:
                close()
                opened = begun
            elif opened and _ends(heading, opened):
                close()
                opened = None
            if opened:
                opened.accepting = bool(words.ACCEPTANCE.search(heading.text))
            steps = -1
            continue
        if line.quoted:
            continue
        if opened is None:
            listed = _listed(line, path, feature)
            stories += [listed] if listed else []
            continue
        label = label_of(line)
        opened.accepting = bool(words.ACCEPTANCE.search(label)) if label else opened.accepting
        number = _opening(line, going_on=index < steps)
        if number is not None:
            steps = index + 1 + _steps(page.lines, index + 1, line)
            words_ = " ".join(each.text.strip() for each in page.lines[index + 1 : steps])
            name = f"{feature}/US{opened.number}.{number or len(opened.scenarios) + 1}"
            text = f"{_bare(line)} {words_}".strip()
            opened.scenarios.append(Scenario(path, line.number, name, text))
        elif opened.accepting and (item := item_of(line)) and line.indent <= 1:
            name = f"{feature}/US{opened.number}.{item.number or len(opened.accepted) + 1}"
            opened.accepted.append(Scenario(path, line.number, name, item.text))
    close()
    return tuple(stories)


def _begins(heading: Heading, count: int) -> _Open | None:
    """The story that a heading begins; one without a number bears its place among the stories."""
    if heading.level < 2:
        return None
    found = words.STORY.match(heading.text)
    if found:
        return _Open(heading.number, found["number"], found["title"], heading.level)
    if words.PRIMARY_STORY.match(heading.text):
        return _Open(heading.number, "1", heading.text, heading.level)
    found = words.UNNUMBERED_STORY.match(heading.text)
    return _Open(heading.number, str(count), found["title"], heading.level) if found else None


def _ends(heading: Heading, opened: _Open) -> bool:
    """A story ends with its section; the older template's scenarios stand under a heading beside it."""
    if words.EDGE_CASES.match(heading.text):
        return True
    return heading.level < opened.level or (
        heading.level == opened.level and not words.ACCEPTANCE.search(heading.text)
    )


def _opening(line: Line, *, going_on: bool) -> str | None:
    """The number of the scenario that begins on a line (empty if it has none), or None."""
    text = line.text.strip()
    item = item_of(line)
    if item is None:
        return "" if not going_on and words.BOLD_GIVEN.match(text) else None
    if words.GIVEN.match(item.text) or words.BOLD_GIVEN.search(item.text[:200]):
        return item.number or ""
    if going_on:
        return None
    return (item.number or "") if words.WHEN.match(item.text) else None


def _bare(line: Line) -> str:
    item = item_of(line)
    return item.text if item else line.text.strip()


def _steps(lines: Sequence[Line], start: int, first: Line) -> int:
    """How many lines after its first a scenario has: its steps, nested or beside it.

    A numbered step, or one after a blank line, goes on with a scenario that has not said Then yet.
    """
    count = 0
    finished, numbered = bool(words.THEN.search(first.text)), False
    for at, line in enumerate(lines[start : start + _MOST_LINES], 1):
        text = line.text.strip()
        if not text and not finished:
            continue
        if not text or text[0] in "#|" or text.startswith("---"):
            break
        item = item_of(line)
        if item and line.indent <= first.indent:
            goes_on = not finished or (numbered and words.AND.match(item.text))
            if not words.STEP.match(item.text) or (item.number and not goes_on):
                break
            numbered = item.number is not None
        elif at > count + 1 and line.indent <= first.indent:
            break
        if words.BOLD_GIVEN.match(text) or (item and words.GIVEN.match(item.text)):
            break
        finished = finished or bool(words.THEN.search(text))
        count = at
    return count


def _story(opened: _Open, path: str, feature: str) -> Story:
    priority = _PRIORITY.search(opened.title)
    title = _PRIORITY.sub("", opened.title).strip()
    level = priority["level"] if priority else None
    scenarios = tuple(opened.scenarios or opened.accepted)
    return Story(path, opened.line, f"{feature}/US{opened.number}", title.lstrip(" :：—–-"), level, scenarios)


def _listed(line: Line, path: str, feature: str) -> Story | None:
    """A story that is a list item with an id of its own: `- US-SYNC-01 — As a user, …`."""
    item = item_of(line)
    found = _LISTED_STORY.match(item.text) if item and item.box is None else None
    return Story(path, line.number, f"{feature}/{found['id']}", found["text"], None, ()) if found else None


def questions_of(page: Page, path: str) -> tuple[Question, ...]:
    """Each open `[NEEDS CLARIFICATION: …]`; not those that a checklist or a guideline quotes."""
    found: list[Question] = []
    talk = 0
    for line in page.lines:
        heading = heading_of(line)
        if heading and (not talk or heading.level <= talk):
            quotes = any(word in heading.text.lower() for word in _TEMPLATE_TALK)
            talk = heading.level if quotes else 0
        if talk or line.quoted or "NEEDS CLARIFICATION" not in line.text or _BOX.match(line.text):
            continue
        text = without_code(line.text)
        found += [
            Question(path, line.number, question["what"].strip(" :"))
            for question in _QUESTION.finditer(text)
            if text[: question.start()].count('"') % 2 == 0
        ]
        if _OPEN_VALUE.search(text):
            found.append(Question(path, line.number, text.strip()))
    return tuple(found)


def _continuation(lines: Sequence[Line], start: int, indent: int) -> str:
    """The rest of a list item's first paragraph."""
    rest: list[str] = []
    for line in lines[start : start + _MOST_LINES]:
        text = line.text.strip()
        if not text or heading_of(line) or text.startswith(("|", "---")):
            break
        if item_of(line) or _BMAD.paragraph.match(text):
            break
        rest.append(text)
    return " ".join(rest)


def _paragraph_after(lines: Sequence[Line], start: int) -> str:
    for index in range(start, min(start + 3, len(lines))):
        if lines[index].text.strip():
            if heading_of(lines[index]):
                return ""
            return f"{lines[index].text.strip()} {_continuation(lines, index + 1, 0)}"
    return ""
