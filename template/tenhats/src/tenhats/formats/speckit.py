"""spec-kit's `spec.md`, `plan.md` and `tasks.md`, as people really write them.

The format: https://github.com/github/spec-kit, `templates/`. What varies in public repositories and
is read all the same: bullets, headings and table rows; ids with letters, domains or no dash; bold
or plain; a title after a dash, an em dash or a colon; scenarios on one line or several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tenhats.formats.markdown import Line, Page, heading_of, without_code
from tenhats.formats.model import Question, Requirement, Scenario, Section, Story, Task

_ID = r"(?P<id>(?P<kind>FR|NFR|SC|SEC|PERF|REQ)(?:-[A-Z]{2,12})?-?\d{1,5}[a-z]?)"
_TAIL = r"(?P<note>\s*\([^()\n]{0,80}\))?"
_BULLET = re.compile(
    rf"\s*(?:[-*+]|\d{{1,3}}[.)])\s+(?:(?:\*\*|__){_ID}{_TAIL}\s*[:：]?(?:\*\*|__)\s*[:：—–-]?"
    rf"|(?P<plain>{_ID.replace('?P<id>', '?:').replace('?P<kind>', '?:')})\s*(?:[:：]|\s[—–-]\s))"
    r"\s*(?P<text>[^\n]*)$"
)
_PARAGRAPH = re.compile(rf"(?:\*\*|__)?{_ID}(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s*(?P<text>[^\n]*)$")
_ROW = re.compile(rf"\s*\|\s*(?:\*\*)?{_ID}(?:\*\*)?\s*\|(?P<text>[^\n]*)$")
_TITLED = re.compile(rf"(?:\*\*)?{_ID}(?:\*\*)?\s*[:：—–-]?\s*(?P<text>[^\n]*)$")
_STORY = re.compile(
    r"(?:\*\*)?(?:User\s+Story|Story|US)[\s-]{0,2}(?P<number>\d{1,4})(?:\*\*)?\s*[:：.—–-]?\s*(?P<title>[^\n]*)$",
    re.IGNORECASE,
)
_PRIMARY = re.compile(r"Primary User Story", re.IGNORECASE)
_EDGE_CASES = re.compile(r"Edge Cases?\b", re.IGNORECASE)
_PRIORITY = re.compile(r"[(（][^()（）]{0,20}(?P<level>P\d)\b[^()（）]{0,20}[)）]")
_NUMBERED = re.compile(r"\s{0,5}(?:(?P<number>\d{1,3})[.)]|[-*+])\s+(?P<text>[^\n]+)$")
_GIVEN = re.compile(r"(?:\*\*|__)?(?:Given|WHEN|When)\b", re.IGNORECASE)
_TASK = re.compile(r"\s*[-*+]\s+\[(?P<box>[ xX])\]\s+(?:\*\*)?(?P<id>T\d{1,5}[a-z]?)?(?P<text>[^\n]*)$")
_QUESTION = re.compile(r"\[NEEDS CLARIFICATION(?P<what>[^\]\n]{0,400})\]?")
_OPEN_VALUE = re.compile(r"\*\*[^*\n]{1,60}\*\*:\s*NEEDS CLARIFICATION")
_BOX = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+\[[ xX]\]")
_TEMPLATE_TALK = ("quick guidelines", "execution flow", "execution status", "checklist")


def sections_of(page: Page, path: str) -> tuple[Section, ...]:
    """The headings of a specification, without spec-kit's `*(mandatory)*`."""
    return tuple(
        Section(path, heading.number, heading.level, _plain(heading.text)) for heading in page.headings
    )


def title_of(page: Page, fallback: str) -> str:
    """What the specification is about: its first heading, without `Feature Specification:`."""
    for heading in page.headings:
        if heading.level == 1:
            return re.sub(r"^Feature Specification:?\s*", "", _plain(heading.text)) or fallback
    return fallback


def requirements_of(page: Page, path: str, feature: str) -> tuple[Requirement, ...]:
    """Every requirement the page defines: bullets, headings, table rows, paragraphs."""
    return tuple(
        Requirement(path, line.number, f"{feature}/{name}", kind, text.strip())
        for line, name, kind, text in _definitions(page.lines)
    )


def _definitions(lines: Sequence[Line]) -> Iterator[tuple[Line, str, str, str]]:
    for index, line in enumerate(lines):
        if line.quoted or not line.text.strip():
            continue
        heading = heading_of(line)
        if heading:
            found = _TITLED.match(heading.text) if heading.level > 2 else None
            follows = _paragraph_after(lines, index + 1)
        elif found := _BULLET.match(line.text) or _PARAGRAPH.match(line.text):
            follows = _continuation(lines, index + 1, line.indent)
        else:
            found, follows = _ROW.match(line.text), ""
        if found:
            name = found["id"] or found["plain"]
            kind = found["kind"] or re.match(r"[A-Z]+", name)[0]  # type: ignore[index]
            yield line, name, kind, f"{found['text'].strip(' |')} {follows}"


def stories_of(page: Page, path: str, feature: str) -> tuple[Story, ...]:
    """The user stories with their acceptance scenarios, numbered as the author numbered them."""
    stories: list[Story] = []
    scenarios: list[Scenario] = []
    opened: tuple[Line, str, str] | None = None
    level = 0

    def close() -> None:
        if opened:
            line, number, title = opened
            priority = _PRIORITY.search(title)
            stories.append(
                Story(
                    path,
                    line.number,
                    f"{feature}/US{number}",
                    _PRIORITY.sub("", title).strip(),
                    priority["level"] if priority else None,
                    tuple(scenarios),
                )
            )

    for index, line in enumerate(page.lines):
        heading = heading_of(line)
        if heading:
            found = _STORY.match(heading.text) if heading.level > 1 else None
            if found or _PRIMARY.match(heading.text):
                close()
                number, title = (found["number"], found["title"]) if found else ("1", heading.text)
                opened, level = (line, number, title), heading.level
                scenarios = []
            elif opened and (heading.level < level or _EDGE_CASES.match(heading.text)):
                close()
                opened = None
            continue
        if opened is None or line.quoted:
            continue
        item = _NUMBERED.match(line.text)
        if item and _GIVEN.match(item["text"]):
            number = item["number"] or str(len(scenarios) + 1)
            text = f"{item['text']} {_continuation(page.lines, index + 1, line.indent, nested=True)}"
            name = f"{feature}/US{opened[1]}.{number}"
            scenarios.append(Scenario(path, line.number, name, text.strip()))
    close()
    return tuple(stories)


def questions_of(page: Page, path: str) -> tuple[Question, ...]:
    """Each open `[NEEDS CLARIFICATION: …]`; not those that a checklist or a guideline quotes."""
    found: list[Question] = []
    talk = 0
    for line in page.lines:
        heading = heading_of(line)
        if heading and (not talk or heading.level <= talk):
            quotes = any(word in heading.text.lower() for word in _TEMPLATE_TALK)
            talk = heading.level if quotes else 0
        if talk or line.quoted or _BOX.match(line.text):
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


def tasks_of(page: Page, path: str) -> tuple[Task, ...]:
    """The lines of a task list, ticked or not."""
    return tuple(
        Task(path, line.number, found["id"] or "", found["text"].strip(" *"), found["box"] in "xX")
        for line in page.lines
        if (found := _TASK.match(line.text))
    )


def _continuation(lines: Sequence[Line], start: int, indent: int, *, nested: bool = False) -> str:
    """The rest of a list item's first paragraph; with `nested`, its nested lines too."""
    rest: list[str] = []
    for line in lines[start : start + 40]:
        text = line.text.strip()
        if not text or heading_of(line) or text.startswith(("|", "---")):
            break
        is_item = bool(re.match(r"(?:[-*+]|\d{1,3}[.)])\s", text))
        if is_item and not (nested and line.indent > indent):
            break
        if _PARAGRAPH.match(text):
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


def _plain(heading: str) -> str:
    return re.sub(r"[*_]?\((?:mandatory|include)[^()]{0,80}\)[*_]?$", "", heading.rstrip()).strip()
