"""Gherkin's `.feature` files, as behave and pytest-bdd run them: scenarios, their tags, their steps.

A scenario says what it proves by a tag, or by having the very words of an acceptance scenario.
https://cucumber.io/docs/gherkin/reference/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenhats.formats.ids import BMAD_KINDS, pattern

_ID = re.compile(rf"(?:{pattern(BMAD_KINDS)}|US\d{{1,3}}\.\d{{1,3}}|AC\d{{1,3}})")
_KIROS = re.compile(r"\d{1,3}\.\d{1,3}")
_MARKS = "*_`\"'“”‘’„«»「」,.;:!?、。，；：！？"
_BULLETS = {"-", "–", "—", "+"}


class NotGherkin(Exception):
    """A file that cannot be parsed; the line, counted from 1, and the parser's words."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Row:
    """One row of an outline's examples: its values, and the scenario's words with them put in."""

    line: int
    values: tuple[str, ...]
    tags: tuple[tuple[int, str], ...]
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Acted:
    """A scenario that can be run. Tags, each with its line, are its own, its rule's and its feature's.

    Its `wordings` are its steps with the background's, and without. It `asserts` if it has a Then.
    """

    line: int
    name: str
    tags: tuple[tuple[int, str], ...]
    wordings: tuple[str, ...]
    asserts: bool
    rows: tuple[Row, ...] = ()


def scenarios_in(content: bytes) -> Iterator[Acted]:
    """Yield the scenarios of a file.

    Raises:
        NotGherkin: if it is not UTF-8, or cannot be parsed.
    """
    from gherkin.errors import CompositeParserException, ParserException
    from gherkin.parser import Parser

    try:
        document: Mapping[str, Any] = Parser().parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NotGherkin(line, f"it is not UTF-8: byte {content[error.start]:#04x}") from None
    except (CompositeParserException, ParserException) as error:
        first = error.errors[0] if isinstance(error, CompositeParserException) else error
        raise NotGherkin(first.location["line"], str(first).partition(": ")[2]) from None
    feature = document.get("feature")
    if feature:
        yield from _children(feature, (), ())


def _children(
    part: Mapping[str, Any], tags: tuple[tuple[int, str], ...], before: tuple[Mapping[str, Any], ...]
) -> Iterator[Acted]:
    """The scenarios of a feature or a rule."""
    tags = (*tags, *_tags(part))
    for child in part["children"]:
        if "background" in child:
            before = (*before, *child["background"]["steps"])
        elif "rule" in child:
            yield from _children(child["rule"], tags, before)
        else:
            yield _acted(child["scenario"], tags, before)


def _acted(
    node: Mapping[str, Any], tags: tuple[tuple[int, str], ...], before: tuple[Mapping[str, Any], ...]
) -> Acted:
    rows = []
    for examples in node["examples"]:
        names = [cell["value"] for cell in examples.get("tableHeader", {}).get("cells", ())]
        for row in examples.get("tableBody", ()):
            values = tuple(cell["value"] for cell in row["cells"])
            given = dict(zip(names, values, strict=False))
            words = _wordings(before, node["steps"], given)
            rows.append(Row(row["location"]["line"], values, _tags(examples), words))
    steps = (*before, *node["steps"])
    asserts = any(step["keywordType"] == "Outcome" for step in steps)
    words = _wordings(before, node["steps"], {})
    return Acted(node["location"]["line"], node["name"], (*tags, *_tags(node)), words, asserts, tuple(rows))


def _tags(node: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    return tuple((tag["location"]["line"], tag["name"].removeprefix("@")) for tag in node.get("tags", ()))


def _wordings(
    before: Iterable[Mapping[str, Any]], steps: Iterable[Mapping[str, Any]], values: Mapping[str, str]
) -> tuple[str, ...]:
    first, own = ("\n".join(_said(step, values) for step in some) for some in (before, steps))
    return (own, f"{first}\n{own}") if first else (own,)


def _said(step: Mapping[str, Any], values: Mapping[str, str]) -> str:
    text: str = step["keyword"] + step["text"]
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


def name_in_tag(tag: str) -> tuple[str, bool] | None:
    """The requirement that a tag names, and whether it can mean nothing else; None if it names none.

    `req:` before it says so; `001-greeting/FR-001` can mean nothing else. A bare `FR-001` may be the key of
    another system.
    """
    if tag.startswith("req:"):
        return tag.removeprefix("req:"), True
    feature, slash, bare = tag.rpartition("/")
    if ":" in feature or not (_ID.fullmatch(bare) or (slash and _KIROS.fullmatch(bare))):
        return None
    return tag, bool(slash)


def plain_words(text: str) -> str:
    """The words of a scenario without what does not change its meaning.

    Left out are case, white space, bullets, Markdown's marks, quotation marks, and punctuation around a word.
    """
    words = (word.strip(_MARKS) for word in text.casefold().split())
    return " ".join(word for word in words if word and word not in _BULLETS)
