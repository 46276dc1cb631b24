"""The lines that have changed since the base, and whether a test executes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tenhats.facts.base import find_base
from tenhats.facts.changed_lines import ChangedLines, find_changed_lines
from tenhats.facts.reach import bits_of, numbers
from tenhats.rule import Findings
from tests.unit import made_up
from tests.unit.made_up import ask, is_not_applicable, is_silent, told
from tests.world import commit_all

pytestmark = pytest.mark.req("004-proof/FR-010")


PATH = "src/greeter/greeting.py"
BEFORE = "a = 1\nb = 2\nc = 3\n"


def changed_in(root: Path, after: str, **files: str) -> dict[str, list[int]]:
    """The changed lines of a module that was `BEFORE`, and of new files."""
    project = made_up.folder(root, {"pyproject.toml": "", PATH: BEFORE})
    commit_all(root, "before")
    made_up.folder(root, {PATH: after, **{f"src/{name}.py": text for name, text in files.items()}})
    tree = made_up.tree_of(project)
    found = find_changed_lines(project, find_base(project, tree), tree)
    return {path: numbers(int(bits, 16)) for path, bits in found.files.items()}


def test_changed_lines(tmp_path: Path) -> None:
    """Those that differ, and those that are new; what looks like a header of a diff is none."""
    after = 'a = 1\nb = 4\nc = 3\nd = """\n++ b/other.py\n@@ -1 +9 @@\n"""\n'

    assert changed_in(tmp_path, after) == {PATH: [2, 4, 5, 6, 7]}


def test_a_deleted_line_leaves_none(tmp_path: Path) -> None:
    """Nothing is there that a test could execute."""
    assert changed_in(tmp_path, "a = 1\nc = 3\n") == {PATH: []}


def test_all_lines_of_a_new_file(tmp_path: Path) -> None:
    """Also before git knows it."""
    assert changed_in(tmp_path, BEFORE, new="x = 1\ny = 2\n")["src/new.py"][:2] == [1, 2]


def asked(changed: list[int], executed: list[int], missing: list[int], *, statements: int = 100) -> Findings:
    """The rule's answer on one file."""
    file = replace(
        made_up.measured(PATH, statements=statements, covered=statements - len(missing), first=1),
        executed=bits_of(executed),
        unexecuted=bits_of(missing),
    )
    return ask(
        "TST016",
        made_up.project(),
        ChangedLines("c0ffee", {PATH: bits_of(changed)}),
        made_up.ran(files=(file,)),
    )


def test_changed_lines_that_no_test_executes() -> None:
    """Are named at the first, though the whole is covered well enough."""
    found = asked([4, 5, 6, 7], [1, 2, 3, 4], [6, 7])

    assert [(PATH, 6)] == [each[:2] for each in told(found)]


def test_enough_of_the_changed_lines() -> None:
    """The threshold is that of the whole, and old gaps do not matter."""
    assert is_silent(asked([2, 3, 4, 5, 6], [2, 3, 4, 5], [6, 60, 61]))


def test_nothing_is_said_twice() -> None:
    """Where the whole is below the threshold, TST005 says so."""
    assert is_not_applicable(asked([6], [1], [6], statements=2))


def test_without_a_base_there_is_nothing_to_compare() -> None:
    """Nor without a changed source."""
    run = made_up.ran(files=(made_up.measured(),))

    assert is_not_applicable(
        ask("TST016", made_up.project(), ChangedLines(reason="no source has changed since c0ffee"), run)
    )
