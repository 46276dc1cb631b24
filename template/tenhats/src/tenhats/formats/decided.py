"""What a specification has decided, wherever its format writes that down.

- Q: Who is greeted? → A: Everybody       spec-kit: `## Clarifications`
**Decision**: Greet in one thread         spec-kit: `research.md`, under the heading that it answers
### Decision: One thread                  OpenSpec, Kiro: `design.md`
### 1. One thread                         the same, under `## Decisions`; also as a list
### AD-1 — One thread                     BMAD: the architecture
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenhats.formats.blocks import Item, item_of, paragraph, plain
from tenhats.formats.markdown import Heading, Line, Page, heading_of
from tenhats.formats.model import Decision

_WORD = r"(?:Decision|Decisión|Décision|Decisão|Entscheidung|Решение|决策|決策|决定|決定|결정)"
_TITLED = re.compile(
    rf"(?:\*\*)?(?:[\w-]{{1,30}} ){{0,2}}{_WORD}(?: (?P<number>\d{{1,3}}))?(?:\*\*)?\s{{0,2}}[:：—–-]\s*"
    r"(?P<title>[^\n]+)$",
    re.IGNORECASE,
)
_CODED = re.compile(r"(?:\*\*)?(?P<id>(?:ADR|AD|D)-?\d{1,4})(?:\*\*)?\s{0,2}[:：.—–-]\s*(?P<title>[^\n]+)$")
_SECTION = re.compile(
    r"(?:Decisions|Decision (?:Records|Log)|Decisiones|Décisions|Decisões|Entscheidungen"
    r"|Решения|决策|決策|決定事項|결정)"
    r"(?:\*\*)?(?: ?[(（][^()（）]{0,60}[)）])?$",
    re.IGNORECASE,
)
_CLARIFIED = re.compile(
    r"Clarifications?\b|Aclaraciones|Clarificaciones|Esclarecimentos|Klärungen|Уточнения|澄清|明確化|確認事項|명확화",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"(?:\*\*|__)?{_WORD}(?:\*\*|__)?\s{{0,2}}[:：](?:\*\*|__)?\s*(?P<text>[^\n]*)$", re.IGNORECASE
)
_QUESTION = re.compile(r"(?:\*\*)?Q\d{0,3}(?:\*\*)?\s{0,2}[:：](?:\*\*)?")
_ANSWER = re.compile(r"(?:→|->|=>|⇒)?\s{0,2}(?<![A-Za-z])(?:\*\*)?A\d{0,3}(?:\*\*)?\s{0,2}[:：](?:\*\*)?")
_NUMBER = re.compile(r"(?:[A-Z]-?)?\d{1,3}(?:\.\d{1,3}){0,2}(?:[.):：]|\s[—–-])?\s+")
_ANALYSIS = re.compile(r"Decision (?:Priority|Impact) Analysis", re.IGNORECASE)
_BOLD = re.compile(r"(?:\*\*|__)(?P<words>[^*\n]{1,200}?)[:：.]?(?:\*\*|__)")
_BESIDE = re.compile(
    r"(?:\*\*)?(?:Rationale|Reason|Why|Alternatives?|Trade-?offs?|Consequences?|Context|Status|Pros|Cons|Impact"
    r"|Binds|Prevents|Rule|Risks?|Mitigations?|理由|选择|選擇|选项|備選|备选|代替案|代替方案)\b",
    re.IGNORECASE,
)
_MOST_LINES, _MOST_WORDS = 10, 100


@dataclass
class _Open:
    """A decision that a heading names; a line `**Decision**: …` below it is its text."""

    line: int
    name: str
    text: str
    said: bool = False


def decisions_of(page: Page, path: str, feature: str) -> tuple[Decision, ...]:
    """Every decision of a page, in order; its name is its id, heading, question or first words."""
    found = sorted(_decided(page.lines), key=lambda each: each.line)
    return tuple(Decision(path, each.line, f"{feature}/{each.name}", each.text) for each in found)


def _decided(lines: Sequence[Line]) -> Iterator[_Open]:
    under: Heading | None = None
    section = clarified = 0
    opened: _Open | None = None
    for index, line in enumerate(lines):
        heading = heading_of(line)
        if heading:
            if opened:
                yield opened
            section = 0 if heading.level <= section else section
            clarified = 0 if heading.level <= clarified else clarified
            opened = _headed(heading, section, lines, index)
            under = heading
            if opened is None and heading.level > 1:
                section = section or (heading.level if _SECTION.search(heading.text) else 0)
                clarified = clarified or (heading.level if _CLARIFIED.search(heading.text) else 0)
            continue
        if line.quoted or not line.text.strip():
            continue
        item = item_of(line)
        said = _SAID.match(item.text if item else line.text.strip())
        if said and opened and not opened.said:
            opened.text, opened.said = _whole(said["text"], lines, index), True
        elif said and said["text"]:
            text = _whole(said["text"], lines, index)
            is_list = section and under and under.level == section
            yield _Open(line.number, _named(said["text"] if is_list or not under else under.text), text)
        elif item and clarified:
            yield from _answered(item, lines, index)
        elif item and section and opened is None and under and under.level == section:
            yield from _listed(item, lines, index)
    if opened:
        yield opened


def _headed(heading: Heading, section: int, lines: Sequence[Line], index: int) -> _Open | None:
    """The decision that a heading names."""
    text = _first_paragraph(lines, index + 1)
    coded = _CODED.match(heading.text) if heading.level > 1 else None
    if coded:
        return _Open(heading.number, coded["id"], f"{plain(coded['title'])}: {text}".strip(" :"))
    titled = _TITLED.match(heading.text) if heading.level > 1 else None
    if titled or (section and heading.level == section + 1 and not _ANALYSIS.search(heading.text)):
        name = titled["title"] if titled else heading.text
        return _Open(heading.number, _named(name), text)
    return None


def _answered(item: Item, lines: Sequence[Line], index: int) -> Iterator[_Open]:
    text = item.text
    for line in lines[index + 1 : index + 1 + _MOST_LINES]:
        if not line.text.strip() or heading_of(line) or line.indent <= item.line.indent:
            break
        text = f"{text} {line.text.strip().lstrip('-*+ ')}"
    asked = _QUESTION.match(text)
    answer = _ANSWER.search(text, asked.end()) if asked else None
    if asked and answer:
        question = text[asked.end() : answer.start()].strip(" *")
        yield _Open(item.line.number, _named(question), text[answer.end() :].strip(" *"))


def _listed(item: Item, lines: Sequence[Line], index: int) -> Iterator[_Open]:
    """An item right under `## Decisions`: numbered, or with its first words bold."""
    bold = _BOLD.match(item.text)
    if item.line.indent <= 1 and (item.number or bold) and not _BESIDE.match(item.text):
        text = _whole(item.text, lines, index)
        yield _Open(item.line.number, _named(bold["words"] if bold else item.text), text)


def _named(text: str) -> str:
    words = plain(text).strip(" *_")
    number = _NUMBER.match(words)
    return words[number.end() if number else 0 :][:_MOST_WORDS].strip(" :：")


def _whole(first: str, lines: Sequence[Line], index: int) -> str:
    text = f"{first.strip()} {paragraph(lines, index + 1)}".strip()
    return text if text.count("**") % 2 == 0 else text.removesuffix("**").rstrip()


def _first_paragraph(lines: Sequence[Line], start: int) -> str:
    for index in range(start, min(start + 3, len(lines))):
        if lines[index].text.strip():
            return paragraph(lines, index)
    return ""
