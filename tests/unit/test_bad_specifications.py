"""Specifications that nobody should write: they are read or told of, judged, and never a crash or a hang."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenhats.facts.prose import read_prose
from tenhats.facts.specs import MOST_BYTES, read_specs
from tenhats.facts.waivers import Waivers
from tests.fuzz.damage import DAMAGES
from tests.fuzz.pages import LINES, NASTY, PATHS, page_of
from tests.fuzz.reading import ask_all, hold, no_hang
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("001-reading-specifications/FR-009")


_LINES = st.sampled_from([*LINES, *NASTY, *(opening for openings in PATHS.values() for opening in openings)])
_TEXTS = st.lists(st.one_of(_LINES, st.text(max_size=40)), max_size=30)
_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n\t", "\n    ", "\n> ", "\n- "])


@st.composite
def _files(draw: st.DrawFn) -> dict[str, bytes]:
    """Up to three files in the places of any formats, made of what such files are made of, spoilt or not."""
    files: dict[str, bytes] = {}
    for path in draw(st.lists(st.sampled_from(list(PATHS)), min_size=1, max_size=3, unique=True)):
        text = draw(_ENDS).join(draw(_TEXTS)).replace("{n}", str(draw(st.integers(0, 12))))
        content = text.encode("utf-8", "surrogatepass")
        damage = draw(st.sampled_from([None, *DAMAGES.values()]))
        files[path] = damage(content, random.Random(draw(st.integers(0, 99)))) if damage else content  # noqa: S311
    return files


@given(_files())
def test_any_files_are_read_or_told_of(files: dict[str, bytes]) -> None:
    """Nothing raises, every place is a line of its file, and no specification is passed over in silence."""
    with tempfile.TemporaryDirectory() as place:
        hold(Path(place), files)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_spoilt_file_is_read_or_told_of(tmp_path: Path, path: str, damage: str) -> None:
    """A file of the kind that stands there, spoilt in each way that files are spoilt in."""
    content = "".join(page_of(opening, "\n".join(LINES), 3) for opening in PATHS[path]).encode()
    hold(tmp_path, {path: DAMAGES[damage](content, random.Random(7))})  # noqa: S311


_MANY = 12_000

LARGE = {
    "one id again and again": (
        "specs/001-a/spec.md",
        "".join(f"- **FR-{at}**: A MUST b\n- **FR-1**: A MUST b\n" for at in range(1, _MANY)),
    ),
    "a criterion in each of many sections": (
        "docs/stories/1.1.a.md",
        "## Acceptance Criteria\n1. a\n" * _MANY,
    ),
    "a row of a glossary with nothing but spaces": (
        "specs/001-a/spec.md",
        "- **FR-1**: A MUST b\n## Glossary\n| " + " " * 40 * _MANY + "x\n",
    ),
    "a way out in every word": ("specs/001-a/spec.md", "- **FR-001**: The system " + "should " * _MANY),
    "tasks that serve all criteria of a story": (
        "docs/stories/1.1.a.md",
        "## Acceptance Criteria\n" + "- a\n" * _MANY + "## Tasks\n" + "- [ ] Task 1 (AC: all)\n" * _MANY,
    ),
    "tasks that serve one criterion of a story": (
        "docs/stories/1.1.a.md",
        "## Acceptance Criteria\n" + "- a\n" * _MANY + "## Tasks\n" + "- [ ] Task 1 (AC: 7)\n" * _MANY,
    ),
}


@pytest.mark.parametrize("what", LARGE)
def test_a_large_file_is_read_and_judged_in_time(tmp_path: Path, what: str) -> None:
    """What is done for each line is not done for each pair of lines; a waiver is looked for once a line."""
    path, text = LARGE[what]
    assert len(text) < MOST_BYTES
    here = folder(tmp_path, {path: text})
    with no_hang(20):
        specs = read_specs(here, tree_of(here))
        waivers = Waivers(tmp_path)
        for code, finding in ask_all(specs, read_prose(specs), here):
            waivers.of(code, finding)
    assert [one.path for one in specs.features] == [path]


@pytest.mark.parametrize("said", ["All", "1", "1.7", "1.1-1.200"])
def test_many_tasks_of_many_requirements_are_read_in_time(tmp_path: Path, said: str) -> None:
    """However much each of them says that it serves."""
    criteria = "".join(f"1.{at % 1000}. WHEN a THE b SHALL c\n" for at in range(_MANY))
    files = {
        ".kiro/specs/a/requirements.md": f"### Requirement 1: a\n#### Acceptance Criteria\n{criteria}",
        ".kiro/specs/a/tasks.md": f"- [ ] 1. a\n  - _Requirements: {said}_\n" * _MANY,
    }
    here = folder(tmp_path, files)
    with no_hang(20):
        (one,) = read_specs(here, tree_of(here)).features
    assert (len(one.requirements), len(one.tasks)) == (_MANY, _MANY)
    assert one.tasks[0].refs[-1].startswith("a/1.")
