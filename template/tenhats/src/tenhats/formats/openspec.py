"""OpenSpec's living specifications and change deltas.

The format: https://github.com/Fission-AI/OpenSpec. Requirements and scenarios have no ids: the words
of their headings are their names. A delta says under `## ADDED`, `## MODIFIED`, `## REMOVED` and
`## RENAMED Requirements` what becomes of them; what a change takes away is no promise any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tenhats.formats.blocks import sections_of, status_of, terms_of, version_of
from tenhats.formats.markdown import Heading, Page, heading_of
from tenhats.formats.model import Feature, Requirement, Scenario, Story

_REQUIREMENT = re.compile(r"(?:\*\*)?Requirement[:：](?:\*\*)?\s*(?P<name>[^\n]*)$", re.IGNORECASE)
_SCENARIO = re.compile(r"(?:\*\*)?Scenario[:：](?:\*\*)?\s*(?P<name>[^\n]*)$", re.IGNORECASE)
_DELTA = re.compile(r"(?P<what>ADDED|MODIFIED|REMOVED|RENAMED)\s+Requirements?\b", re.IGNORECASE)
_FROM = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*)?FROM(?:\*\*)?[ \t]*[:：](?:\*\*)?[ \t]*`?#{0,6}[ \t]*"
    r"(?:Requirement:)?[ \t]*(?P<name>[^`\n]+)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*)?Requirement[:：](?:\*\*)?[ \t]*`?(?P<name>[^`\n]+)`?")
_TALK = (" (delta)", " Specification", " Spec", " Delta")
_MOST_LINES = 60


@dataclass
class _Open:
    """The requirement that is being read; its scenarios belong to it."""

    line: int
    name: str
    level: int
    text: list[str] = field(default_factory=list)
    scenarios: list[Scenario] = field(default_factory=list)


def specification(page: Page, path: str, feature: str) -> Feature:
    """A living specification, `openspec/specs/<capability>/spec.md`."""
    return _read(page, path, feature, feature)


def delta(page: Page, path: str, feature: str) -> Feature:
    """What a change says about one capability; its names are `<change>/<capability>/<name>`."""
    return replace(_read(page, path, feature, f"{feature}/{path.split('/')[-2]}"), title=feature)


def proposal(page: Page, path: str, feature: str) -> Feature:
    """Why a change is wanted: its title and status."""
    return Feature(feature, path, _title(page, feature), format="openspec", status=status_of(page, path))


def _read(page: Page, path: str, feature: str, prefix: str) -> Feature:
    requirements: list[Requirement] = []
    stories: list[Story] = []
    withdrawn: list[Requirement] = []
    for opened, delta_ in _blocks(page, path, prefix):
        name, text = f"{prefix}/{opened.name}", " ".join(opened.text)
        if delta_ in {"REMOVED", "RENAMED"}:
            withdrawn.append(Requirement(path, opened.line, name, "FR", text))
            continue
        requirements.append(Requirement(path, opened.line, name, "FR", text))
        if opened.scenarios:
            stories.append(Story(path, opened.line, name, opened.name, None, tuple(opened.scenarios)))
    return Feature(
        feature,
        path,
        _title(page, feature),
        sections_of(page, path),
        tuple(requirements),
        tuple(stories),
        format="openspec",
        status=status_of(page, path),
        terms=terms_of(page, path),
        version=version_of(page, path),
        withdrawn=tuple(withdrawn),
    )


def _blocks(page: Page, path: str, prefix: str) -> Iterator[tuple[_Open, str]]:
    """Each requirement with its words and scenarios, and the delta section it stands in."""
    opened: _Open | None = None
    delta_ = ""
    speaking = False
    for index, line in enumerate(page.lines):
        heading = heading_of(line)
        if heading is None:
            if opened and speaking and not line.quoted and line.text.strip():
                opened.text.append(line.text.strip())
            elif delta_ in {"REMOVED", "RENAMED"} and opened is None:
                found = (_FROM if delta_ == "RENAMED" else _BULLET).match(line.text)
                if found:
                    yield _Open(line.number, found["name"].strip(), 3), delta_
            continue
        scenario = _SCENARIO.match(heading.text) if opened and heading.level > opened.level else None
        if opened and scenario:
            name = f"{prefix}/{opened.name}: {scenario['name'].strip()}"
            text = _steps(page, index + 1)
            opened.scenarios.append(Scenario(path, line.number, name, text))
            speaking = False
            continue
        if opened and heading.level <= opened.level:
            yield opened, delta_
            opened = None
        delta_ = _section(heading, delta_)
        found = _REQUIREMENT.match(heading.text)
        if found and heading.level > 1 and found["name"].strip():
            opened = _Open(line.number, found["name"].strip(), heading.level)
            speaking = True
    if opened:
        yield opened, delta_


def _section(heading: Heading, before: str) -> str:
    """The delta section that holds after a heading."""
    if heading.level > 2:
        return before
    found = _DELTA.match(heading.text)
    return found["what"].upper() if found else ""


def _steps(page: Page, start: int) -> str:
    """The words of a scenario: its steps up to the next heading."""
    rest: list[str] = []
    for line in page.lines[start : start + _MOST_LINES]:
        if heading_of(line):
            break
        if not line.quoted and line.text.strip():
            rest.append(line.text.strip())
    return " ".join(rest)


def _title(page: Page, fallback: str) -> str:
    for heading in page.headings:
        if heading.level == 1:
            title = heading.text
            for talk in _TALK:
                title = title.removesuffix(talk)
            return title.removeprefix("Proposal:").strip() or fallback
    return fallback
