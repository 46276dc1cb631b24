"""What the field's own tools say of the style, and nothing that they would not say by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.style import formatting
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-004")


LONG = (
    "select(\n    [\n"
    + "".join(f'        "a rather long word number {n}",\n' for n in range(9))
    + "    ]\n)\n"
)


def test_what_ruff_leaves_as_it_is_is_formatted(tmp_path: Path) -> None:
    """What only a preview of ruff's next style would change is no complaint."""
    here = folder(tmp_path, {"src/a.py": LONG})

    assert formatting(here, tree_of(here)).complaints == ()


def test_what_ruff_would_change_is_placed_at_its_first_line(tmp_path: Path) -> None:
    """In the file that it would change, and in no other."""
    here = folder(tmp_path, {"src/a.py": LONG, "src/b.py": "a = 1\nb = {  1 }\n"})

    assert [(each.path, each.line) for each in formatting(here, tree_of(here)).complaints] == [
        ("src/b.py", 2)
    ]
