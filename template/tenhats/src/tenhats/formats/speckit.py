"""spec-kit's `spec.md` and `plan.md`, as people really write them; `tasks.md` is in `tasks`.

The format: https://github.com/github/spec-kit, `templates/`. What varies in public repositories and
is read all the same: bullets, headings and table rows; ids with letters, domains or no dash; bold
or plain; a title after a dash, an em dash or a colon; scenarios on one line or several; translated
headings and keywords; the older template with its execution flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tenhats.formats import ids, words
from tenhats.formats.blocks import item_of, plain, sections_of, status_of, terms_of
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

    bold: re.Pattern[str]
    plain: re.Pattern[str]
    paragraph: re.Pattern[str]
    row: re.Pattern[str]
    titled: re.Pattern[str]


def _forms(kinds: str) -> _Forms:
    one, start = ids.pattern(kinds), r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?"
    text = r"\s*(?P<text>[^\n]*)$"
    return _Forms(
        re.compile(rf"{start}{_B}{one}{_NOTE}\s{{0,2}}(?:[:：]?{_B}\s{{0,2}}[:：—–-]?|[:：—–]|\s-\s){text}"),
        re.compile(rf"{start}{one}{_NOTE}(?:\s{{0,2}}[:：]|\s{{1,2}}[—–-]\s){text}"),
        re.compile(rf"{_B}?{one}{_NOTE}{_B}?\s{{0,2}}[:：](?:\*\*|__)?{text}"),
        re.compile(rf"[ \t]*\|\s{{0,9}}{_B}?{one}{_B}?\s*\|(?P<text>[^\n]*)$"),
        re.compile(rf"{_B}?{one}{_NOTE}{_B}?\s{{0,2}}[:：.—–-]?{text}"),
    )


_OWN = _forms(ids.KINDS)
_BMAD = _forms(ids.BMAD_KINDS)
_LOOKS = re.compile(rf"(?:AC|{ids.BMAD_KINDS})-?[A-Z0-9]")
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


def requirements_of(page: Page, path: str, feature: str, *, forms: _Forms = _OWN) -> tuple[Requirement, ...]:
    """Every requirement the page defines: bullets, headings, table rows, paragraphs.

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
        kept.append(Requirement(path, line.number, f"{feature}/{match['id']}", match["kind"], text))
    return tuple(kept)


def bmad_requirements_of(page: Page, path: str, feature: str) -> tuple[Requirement, ...]:
    """The same with the ids of BMAD: `FR1.1`, `SM-1`, `CAP-1` and the like."""
    return requirements_of(page, path, feature, forms=_BMAD)


def _definitions(lines: Sequence[Line], forms: _Forms) -> Iterator[tuple[Line, re.Match[str], str, bool]]:
    retold = 0
    for index, line in enumerate(lines):
        heading = heading_of(line) if line.text[:4].lstrip(" ")[:1] == "#" else None
        if heading and (not retold or heading.level <= retold):
            retold = heading.level if words.RETOLD.search(heading.text) else 0
        if retold or line.quoted or not _LOOKS.search(line.text[:120]):
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
            begun = _begins(heading)
            if begun:
                close()
                opened = begun
            elif opened and _ends(heading, opened):
                close()
                opened = None
            steps = -1
            continue
        if line.quoted:
            continue
        if opened is None:
            listed = _listed(line, path, feature)
            stories += [listed] if listed else []
            continue
        number = _opening(line, going_on=index < steps)
        if number is not None:
            steps = index + 1 + _steps(page.lines, index + 1, line.indent)
            words_ = " ".join(each.text.strip() for each in page.lines[index + 1 : steps])
            name = f"{feature}/US{opened.number}.{number or len(opened.scenarios) + 1}"
            text = f"{_bare(line)} {words_}".strip()
            opened.scenarios.append(Scenario(path, line.number, name, text))
    close()
    return tuple(stories)


def _begins(heading: Heading) -> _Open | None:
    found = words.STORY.match(heading.text) if heading.level > 1 else None
    if found:
        return _Open(heading.number, found["number"], found["title"], heading.level)
    if heading.level > 1 and words.PRIMARY_STORY.match(heading.text):
        return _Open(heading.number, "1", heading.text, heading.level)
    return None


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


def _steps(lines: Sequence[Line], start: int, indent: int) -> int:
    """How many lines after its first a scenario has: its steps, nested or beside it."""
    count = 0
    for line in lines[start : start + _MOST_LINES]:
        text = line.text.strip()
        if not text or text[0] in "#|" or text.startswith("---"):
            break
        item = item_of(line)
        if item and line.indent <= indent and (item.number or not _is_step(item.text)):
            break
        if words.BOLD_GIVEN.match(text) or (item and words.GIVEN.match(item.text)):
            break
        count += 1
    return count


def _is_step(text: str) -> bool:
    """Whether a bullet goes on with a scenario that a bullet `**Given** …` began."""
    return bool(words.STEP.match(text))


def _story(opened: _Open, path: str, feature: str) -> Story:
    priority = _PRIORITY.search(opened.title)
    title = _PRIORITY.sub("", opened.title).strip()
    level = priority["level"] if priority else None
    return Story(path, opened.line, f"{feature}/US{opened.number}", title, level, tuple(opened.scenarios))


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
