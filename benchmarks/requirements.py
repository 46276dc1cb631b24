"""The same requirements in the form of each tool: spec-kit's for us, and the peers' own.

Nothing is left to chance or the clock: requirement 1234 says the same everywhere and every time. A hundred
requirements make a feature; each is one sentence in the form of EARS. One in ten has something to advise on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

IN_A_FEATURE = 100

_THINGS = (
    "parcel",
    "invoice",
    "booking",
    "reading",
    "ticket",
    "account",
    "letter",
    "meter",
    "permit",
    "route",
)
_DEEDS = ("record", "refuse", "forward", "confirm", "price", "print", "schedule", "archive", "weigh", "label")
_FORMS = (
    "When a {thing} arrives, the depot MUST {deed} it within {number} seconds.",
    "While the hall is closed, the depot MUST {deed} each {thing} in box {number}.",
    "If a {thing} has no sender, then the depot MUST {deed} it and raise alarm {number}.",
    "The depot MUST {deed} up to {number} of a customer's {thing}s a day.",
    "Where scales are installed, the depot MUST {deed} every {thing} above {number} grams.",
    "The depot MUST {deed} a {thing} with the code `{number}` before any other {thing}.",
    "When the clerk asks for {thing} {number}, the depot MUST {deed} that {thing}.",
    "The depot MUST {deed} a {thing} only if its weight is below {number} grams.",
    "When {number} {thing}s are waiting, the depot MUST {deed} the oldest one.",
    "When a {thing} is lost, its owner MUST be informed within {number} hours.",
)


def sentence(number: int) -> str:
    """What the requirement of this number says."""
    thing = _THINGS[number // 10 % 10]
    deed = _DEEDS[(number // 100 + number) % 10]
    return _FORMS[number % 10].format(thing=thing, deed=deed, number=number)


def _features(count: int) -> Iterator[tuple[int, range]]:
    for first in range(1, count + 1, IN_A_FEATURE):
        yield first // IN_A_FEATURE + 1, range(first, min(first + IN_A_FEATURE, count + 1))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def speckit(root: Path, count: int) -> Path:
    """spec-kit's `specs/NNN-name/spec.md`; returns the file to touch, as all of these do."""
    for feature, numbers in _features(count):
        lines = [f"- **FR-{at:03d}**: {sentence(number)}" for at, number in enumerate(numbers, 1)]
        text = (
            f"# Feature Specification: Depot {feature}\n\n"
            "## User Scenarios & Testing\n\n### User Story 1 - Hand in (Priority: P1)\n\n"
            "**Acceptance Scenarios**:\n\n"
            "1. **Given** an open hall, **When** a parcel arrives, **Then** it is recorded\n\n"
            "## Requirements\n\n### Functional Requirements\n\n" + "\n".join(lines) + "\n\n"
            "## Success Criteria\n\n- **SC-001**: 95 % of parcels are recorded within 2 seconds\n"
        )
        _write(root / f"specs/{feature:03d}-depot/spec.md", text)
    _write(root / "pyproject.toml", '[project]\nname = "depot"\nversion = "1.0"\n')
    return root / "specs/001-depot/spec.md"


def openspec(root: Path, count: int) -> Path:
    """OpenSpec's `openspec/specs/name/spec.md`; a requirement there must have a scenario."""
    for feature, numbers in _features(count):
        blocks = (
            f"### Requirement: Rule {number}\n\n{sentence(number)}\n\n"
            f"#### Scenario: Rule {number}\n\n- **WHEN** a parcel arrives\n- **THEN** it is recorded\n"
            for number in numbers
        )
        text = (
            f"# Depot {feature}\n\n## Purpose\n\n"
            f"What depot {feature} does with all that comes in, by day and by night.\n\n"
            "## Requirements\n\n" + "\n".join(blocks)
        )
        _write(root / f"openspec/specs/depot-{feature:03d}/spec.md", text)
    return root / "openspec/specs/depot-001/spec.md"


def strictdoc(root: Path, count: int) -> Path:
    """StrictDoc's `.sdoc`."""
    for feature, numbers in _features(count):
        blocks = (f"[REQUIREMENT]\nUID: R-{number}\nSTATEMENT: {sentence(number)}\n" for number in numbers)
        text = f"[DOCUMENT]\nTITLE: Depot {feature}\n\n" + "\n".join(blocks)
        _write(root / f"depot-{feature:03d}.sdoc", text)
    return root / "depot-001.sdoc"


def doorstop(root: Path, count: int) -> Path:
    """Doorstop's file for each requirement."""
    _write(root / "reqs/.doorstop.yml", "settings:\n  digits: 5\n  prefix: R\n  sep: ''\n")
    for feature, numbers in _features(count):
        for at, number in enumerate(numbers, 1):
            text = (
                "active: true\nderived: false\nheader: ''\n"
                f"level: '{feature}.{at}'\nlinks: []\nnormative: true\nref: ''\nreviewed: null\n"
                f"text: |\n  {sentence(number)}\n"
            )
            _write(root / f"reqs/R{number:05d}.yml", text)
    return root / "reqs/R00001.yml"


def reqcov(root: Path, count: int) -> Path:
    """reqcov's headings, each with how it is verified."""
    for feature, numbers in _features(count):
        blocks = (
            f"## SRS-{number:05d} — Rule {number}\n{sentence(number)}\nVerification: test\n"
            for number in numbers
        )
        _write(
            root / f"docs/requirements/depot-{feature:03d}.md", f"# Depot {feature}\n\n" + "\n".join(blocks)
        )
    return root / "docs/requirements/depot-001.md"


Write = Callable[[Path, int], Path]
