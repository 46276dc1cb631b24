"""Reading and judging take time in step with the length of what is read, whatever it says.

Each is timed on a text and on one four times as long. Linear work takes four times as long, quadratic
work sixteen times; more than eight is a failure. Only `nox -s fuzz` runs this: it needs a quiet machine.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path

import pytest

import tenhats.formats
import tenhats.prose
from tenhats.facts.prose import read_prose
from tenhats.facts.specs import read_specs
from tenhats.facts.waivers import Waivers
from tenhats.prose.lexicon import LANGUAGES, lexicon
from tenhats.prose.smells import smells_of
from tests.fuzz.pages import LINES, NASTY, PATHS, page_of
from tests.fuzz.reading import ask_all
from tests.unit.made_up import folder, tree_of

SHORT = 4_000
FEW_LINES = 1_500
LONG_LINE = 5_000
TIMES = 4
MOST = 8.0
TOO_QUICK_TO_TELL = 0.02


def grows(work: Callable[[str], object], text_of: Callable[[int], str], size: int = SHORT) -> float:
    """How many times as long a text four times as long takes; 0 if that is too quick to tell."""
    best = float("inf")
    for _ in range(3):
        long = _seconds(work, text_of(size * TIMES))
        if long < TOO_QUICK_TO_TELL:
            return 0.0
        short = min(_seconds(work, text_of(size)) for _ in range(3))
        best = min(best, long / short)
        if best < MOST:
            break
    return best


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def patterns() -> dict[str, re.Pattern[str]]:
    """Every regular expression of the readers and of the judges of prose, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (tenhats.formats, tenhats.prose):
        names = [
            package.__name__,
            *(f"{package.__name__}.{each.name}" for each in pkgutil.iter_modules(package.__path__)),
        ]
        for name in names:
            module = importlib.import_module(name)
            for word, value in vars(module).items():
                for where, each in _within(value):
                    found[f"{name}.{word}{where}"] = each
    for language in LANGUAGES:
        found.update({f"lexicon({language}){where}": each for where, each in _within(lexicon(language))})
    return found


def _within(value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            if isinstance(inner := getattr(value, each.name), re.Pattern):
                yield f".{each.name}", inner


def is_searched(name: str) -> bool:
    """Whether a pattern is looked for everywhere, and not only where a text begins."""
    word = re.escape(name.rpartition(".")[2])
    return bool(
        re.search(rf"\b{word}\.(?:search|finditer|findall|sub)\(|\bunder\(\w+, \w+\.{word}\)", SOURCES)
    )


def pieces_of(pattern: str) -> list[str]:
    """The words that stand in a pattern, which get its search going, and marks that keep it going."""
    words = re.findall(r"[^\W_]{2,}|(?<=\\)[*.()\[\]|]|[:：#*`_-]", pattern)
    return list(dict.fromkeys([*words, *NASTY]))[:60]


SOURCES = "".join(
    file.read_text("utf-8")
    for package in (tenhats.formats, tenhats.prose)
    for folder_ in package.__path__
    for file in Path(folder_).glob("*.py")
)
PATTERNS = patterns()


def repeated(opening: str, piece: str, size: int) -> str:
    """A text of about this length that repeats a piece after an opening."""
    return f"{opening}{piece * (size // len(piece))}!"


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_linear(name: str) -> None:
    """Whatever is repeated, after whatever opening, with whatever end."""
    pattern = PATTERNS[name]
    work = pattern.findall if is_searched(name) else pattern.match
    pieces = pieces_of(pattern.pattern)
    for opening in ("", *pieces[:8]):
        for piece in pieces:
            assert grows(work, partial(repeated, opening, piece)) < MOST, (opening, piece)


@pytest.mark.parametrize("piece", NASTY)
def test_prose_is_judged_in_linear_time(piece: str) -> None:
    """In every language that there are lists for."""
    for language in LANGUAGES:
        for opening in ("", "The system should ", "(", "“", "If "):
            growth = grows(partial(smells_of, language=language), partial(repeated, opening, piece))
            assert growth < MOST, (language, opening)


def judge(root: Path, path: str, text: str) -> None:
    """Read a file as a project of its own and ask every rule that needs nothing but specifications."""
    here = folder(root, {path: text})
    specs = read_specs(here, tree_of(here))
    waivers = Waivers(root)
    for code, finding in ask_all(specs, read_prose(specs), here):
        waivers.of(code, finding)


@pytest.mark.parametrize(
    ("path", "opening"), [(path, opening) for path, openings in PATHS.items() for opening in openings]
)
def test_a_page_is_linear(tmp_path: Path, path: str, opening: str) -> None:
    """Many lines of a kind, or of two or three kinds by turns."""
    for line in LINES:
        growth = grows(partial(judge, tmp_path, path), partial(page_of, opening, line), FEW_LINES)
        assert growth < MOST, line


_BEFORE = ("", "- ", "- **FR-001**: ", "1. ", "### ", "| ", "**AC1**: ", "- [ ] T001 ", "  _Requirements: ")


@pytest.mark.parametrize(
    ("path", "opening"), [(path, opening) for path, openings in PATHS.items() for opening in openings]
)
def test_a_line_is_linear(tmp_path: Path, path: str, opening: str) -> None:
    """One line of any length: as text, in a list, as a requirement, as a heading, in a table, in a task."""
    for piece in NASTY:
        for before in _BEFORE:
            growth = grows(
                partial(judge, tmp_path, path),
                partial(repeated, f"# A\n{opening}\n{before}", piece),
                LONG_LINE,
            )
            assert growth < MOST, (before, piece)
