"""The readers on public specifications: nothing missed, nothing made up, nothing that makes them stumble."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tenhats.fact import Project
from tenhats.facts.specs import MOST_BYTES, read_specs
from tenhats.facts.tree import Tree
from tenhats.formats import READERS, Found, sort_out, yields
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Feature
from tenhats.formats.tasks import tasks_of
from tenhats.rule import Placed
from tests.corpus import readers
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.skipif(
    not readers.CORPUS.is_dir(), reason="the corpus of public specifications is not here; set CORPUS"
)


def found_files() -> Iterator[tuple[Project, Found]]:
    for project, tree in readers.whole_projects():
        yield from ((project, each) for each in sort_out(tree.files, project.settings.specs))


def read_text(found: Found, text: str) -> Feature:
    """What a file's reader makes of a text."""
    if found.reader.text:
        return found.reader.text(text, found.path, found.feature)
    page = read_page(text)
    if found.reader.page:
        return found.reader.page(page, found.path, found.feature)
    tasks = tasks_of(page, found.path, found.feature, ("FR-001", "1.1"))
    return Feature(found.feature, found.path, found.feature, tasks=tasks)


def everything(feature: Feature) -> list[tuple[str, int, str]]:
    kinds: tuple[tuple[Placed, ...], ...] = (
        feature.requirements,
        feature.stories,
        feature.scenarios,
        feature.questions,
        feature.tasks,
        feature.terms,
        feature.sections,
    )
    return [(each.path, each.line, type(each).__name__) for kind in kinds for each in kind]


def test_the_answers_cover_the_formats() -> None:
    """At least five files of each, over twenty in all."""
    kinds = [each.path.partition("/")[0] for each in readers.answers()]
    assert len(kinds) > 20
    assert all(kinds.count(kind) >= 5 for kind in ("speckit", "openspec", "kiro", "bmad"))


@pytest.mark.parametrize("blind", [False, True])
def test_nothing_is_missed_and_nothing_made_up(*, blind: bool) -> None:
    """Requirements, scenarios and the references of tasks, in every format."""
    table, wrong = readers.scores(blind=blind)
    assert {kind for kind, _ in table} == {"speckit", "openspec", "kiro", "bmad"}
    assert all(min(score.precision, score.recall) >= 0.99 for score in table.values()), wrong


def test_every_file_yields_something_or_is_told_of() -> None:
    """No specification of the corpus is read as nothing without a word."""
    read = 0
    for project, tree in readers.whole_projects():
        specs = read_specs(project, tree)
        told = {each.path for each in specs.problems}
        for found in sort_out(tree.files, project.settings.specs):
            text = (project.root / found.path).read_text("utf-8-sig")
            feature = read_text(found, text)
            assert yields(found.reader, feature) or found.path in told, found.path
            lines = text.count("\n") + 1
            assert all(path == found.path and 1 <= line <= lines for path, line, _ in everything(feature))
            read += found.reader.part == "specification"
    assert read > 80


def test_names_are_unique_over_features() -> None:
    """The features of one repository bear different names, whatever their format."""
    for project, tree in readers.whole_projects():
        names = [each.name for each in read_specs(project, tree).features]
        assert len(names) == len(set(names)), project.root


def _half(text: str) -> str:
    return text[: len(text) // 2]


def _flipped(text: str) -> str:
    chance = random.Random(7)  # noqa: S311
    marks = "#*-_`|[]()<>:0123456789 \n\t\r\u2028\u0085\ufeff"
    chars = list(text)
    for _ in range(len(chars) // 50 + 1):
        chars[chance.randrange(len(chars))] = chance.choice(marks)
    return "".join(chars)


def _unbalanced(text: str) -> str:
    return text.replace("\n\n", "\n```\n", 1).replace("\n## ", "\n<!--\n## ", 3)


def _nested(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{' ' * min(2 * depth, 2000)}- {line}" for depth, line in enumerate(lines[:1000]))


def _quoted(text: str) -> str:
    return "\n".join("> " * 1000 + line for line in text.split("\n")[:200])


def _one_line(text: str) -> str:
    return (text.replace("\n", " ") * 4)[:400_000]


@pytest.mark.parametrize("mutilate", [_half, _flipped, _unbalanced, _nested, _quoted, _one_line])
def test_a_mutilated_file_is_read_all_the_same(mutilate: Callable[[str], str]) -> None:
    """Nothing raises, nothing takes long, and what is found stands where it is said to stand."""
    for project, found in found_files():
        text = mutilate((project.root / found.path).read_text("utf-8-sig"))
        started = time.process_time()
        feature = read_text(found, text)
        assert time.process_time() - started < 3, found.path
        lines = text.count("\n") + 1
        assert all(1 <= line <= lines for _, line, _ in everything(feature)), found.path


def test_mutilated_bytes_are_a_problem_or_a_feature(tmp_path: Path) -> None:
    """A file of flipped bytes is told of with its line, or read."""
    chance = random.Random(11)  # noqa: S311
    wanted = [each for at, each in enumerate(found_files()) if at % 5 == 0]
    for at, (project, found) in enumerate(wanted):
        content = bytearray((project.root / found.path).read_bytes())
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
        here = folder(tmp_path / str(at), {found.path: bytes(content)}, specs=project.settings.specs)
        specs = read_specs(here, tree_of(here))
        assert specs.problems or specs.features or found.reader.part == "more", found.path
        assert all(each.line >= 1 for each in specs.problems)


KINDS = {(each.page, each.text): each for each in READERS if each.part != "none"}
"""Each reader once, in whatever rows it stands."""

EXAMPLES = {
    "openspec": "openspec/specs/a/spec.md",
    "kiro": ".kiro/specs/a/requirements.md",
    "bmad": "docs/prd.md",
    "spec-kit": "specs/001-a/spec.md",
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_ten_megabytes_on_one_line_are_a_problem(tmp_path: Path, kind: str) -> None:
    """Nobody reads that; it is said, at once."""
    here = folder(tmp_path, {EXAMPLES[kind]: b"# A " + b"*" * 10 * MOST_BYTES})
    started = time.process_time()
    specs = read_specs(here, Tree(tmp_path, (EXAMPLES[kind],)))
    assert time.process_time() - started < 3
    assert [each.path for each in specs.problems] == [EXAMPLES[kind]]


_NASTY = (
    "*", "_", "`", "(", "[", " ", "\t", "|", "#", "# ", "- ", "1. ", "1.", "**", "<!--", "AC1 ", "FR-001 ",
    "FR-001-", "FR-001, 001", "1.1-", "(AC: 1",
    "US1 ", "**Given** ", "Given ", "Requirement 1 ", "Scenario: ",
    ": ", "：", "~~", "- [ ] ", "FROM: `", "Story 1.1", "_Requirements: 1.1", "NEEDS CLARIFICATION [",
    "—", "**a**: ", "A-", "9",
)  # fmt: skip
_BEFORE = ("", "- ", "1. ", "### ", "- [ ] ", "- **FR-001", "### Requirement 1: ", "**", "| ", "- FROM: ")


@pytest.mark.parametrize("unit", _NASTY)
def test_a_long_line_takes_no_longer_than_its_length(unit: str) -> None:
    """Whatever a line of 20,000 characters repeats, every reader is done with it at once."""
    heads = "# A\n## Glossary\n## Requirements\n### Requirement 1: a\n#### Acceptance Criteria\n## Tasks\n"
    for before in _BEFORE:
        long = f"{before}{unit * (20_000 // len(unit))}x"
        text = f"{heads}{long}\n### Story 1.1: a\n**Acceptance Criteria:**\n{before}a"
        for reader in KINDS.values():
            started = time.process_time()
            read_text(Found("openspec/changes/a/specs/b/spec.md", reader, "a"), text)
            assert time.process_time() - started < 1, (reader.what, before)


_LINES = (
    "### 1. a", "- [ ] 1.1 a", "| **a** | b |", "**Acceptance Criteria:**", "### Story 1.1: a",
    "- **Given** a", "- FR-1: a", "### Requirement: a",
    "#### Scenario: a", "1. WHEN a THE b SHALL c", "a", "**FR-1**: a",
    "#### AC-1: a", "- **a**: b", "## Glossary", "- [ ] Task 1 (AC: all)", "  _Requirements: All_",
    "| FR-1 | a |", "## 1. a", "<!-- a -->", "`a`",
)  # fmt: skip


@pytest.mark.parametrize("line", _LINES)
def test_a_long_page_takes_no_longer_than_its_length(line: str) -> None:
    """Four thousand times the same line, under every heading that matters."""
    for head in ("## Glossary\n## Tasks\n## Acceptance Criteria", "### Requirement 1: a", "### Story 1.1"):
        text = f"{head}\n" + f"{line}\n" * 4_000
        for reader in KINDS.values():
            started = time.process_time()
            read_text(Found("openspec/changes/a/specs/b/spec.md", reader, "a"), text)
            assert time.process_time() - started < 2, (reader.what, head)
