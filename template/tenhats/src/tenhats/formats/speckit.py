"""spec-kit's `spec.md` and `plan.md`, as people really write them; `tasks.md` is in `tasks`.

The format: https://github.com/github/spec-kit, `templates/`. What varies in public repositories and
is read all the same: bullets, headings and table rows; ids with letters, domains or no dash; bold
or plain; a title after a dash, an em dash or a colon; scenarios on one line or several; translated
headings and keywords; the older template with its execution flow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tenhats.formats import words
from tenhats.formats.blocks import (
    edge_cases_of,
    item_of,
    label_of,
    paragraph,
    plain,
    sections_of,
    status_of,
    terms_of,
    version_of,
)
from tenhats.formats.definitions import requirements_of
from tenhats.formats.markdown import Heading, Line, Page, heading_of, without_code
from tenhats.formats.model import Question, Scenario, Story
from tenhats.formats.tasks import tasks_of

__all__ = [
    "edge_cases_of",
    "questions_of",
    "requirements_of",
    "sections_of",
    "status_of",
    "stories_of",
    "tasks_of",
    "terms_of",
    "title_of",
    "version_of",
]

_B = r"(?:\*\*|__)"
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
    independent_test: str | None = None


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
        trial = words.INDEPENDENT_TEST.match(line.text.strip())
        if trial:
            opened.independent_test = trial["text"] or paragraph(page.lines, index + 1)
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
    name, scenarios = f"{feature}/US{opened.number}", tuple(opened.scenarios or opened.accepted)
    title = title.lstrip(" :：—–-")
    return Story(path, opened.line, name, title, level, scenarios, opened.independent_test)


def _listed(line: Line, path: str, feature: str) -> Story | None:
    """A story that is a list item with an id of its own: `- US-SYNC-01 — As a user, …`."""
    item = item_of(line) if "US-" in line.text else None
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
