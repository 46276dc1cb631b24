"""The next specification and the next decision, under numbers that nobody has taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.errors import CannotRun
from tenhats.facts.decisions import read_decisions
from tenhats.facts.specs import read_specs
from tenhats.making.documents import make_decision, make_spec, slug
from tests.unit.made_up import ask, folder, project, told, tree_of
from tests.world import commit_all, git

pytestmark = pytest.mark.req("009-front-doors/FR-004")


def test_a_specification_is_made_with_its_plan_and_tasks(tmp_path: Path) -> None:
    """Readable, whole, and with its questions open."""
    made = make_spec(tmp_path, "specs", "Greet $people by name")
    assert made == [f"specs/001-greet-people-by-name/{name}.md" for name in ("spec", "plan", "tasks")]
    here = project(tmp_path)
    found = read_specs(here, tree_of(here))
    assert found.problems == ()
    assert found.features[0].title == "Greet $people by name"
    assert told(ask("SPC001", found)) == []
    assert told(ask("SPC004", found)) == []
    assert len(ask("SPC006", found).found) > 5


def test_the_next_number_is_taken(tmp_path: Path) -> None:
    """The highest and one, gaps left alone, whatever stands beside."""
    folder(tmp_path, {"specs/007-a/spec.md": "x", "specs/x/y": "", "specs/README.md": ""})
    assert make_spec(tmp_path, "specs", "B")[0] == "specs/008-b/spec.md"
    assert make_spec(tmp_path, "specs", "C")[0] == "specs/009-c/spec.md"


def test_a_number_on_another_branch_is_taken(tmp_path: Path) -> None:
    """Two branches in flight do not meet under one number."""
    folder(tmp_path, {"README.md": "x"})
    commit_all(tmp_path, "start")
    git(tmp_path, "switch", "--quiet", "--create", "other")
    folder(tmp_path, {"specs/004-other/spec.md": "x"})
    commit_all(tmp_path, "other")
    git(tmp_path, "switch", "--quiet", "main")
    assert make_spec(tmp_path, "specs", "Mine")[0] == "specs/005-mine/spec.md"


def test_a_decision_is_made_with_its_line_in_the_index(tmp_path: Path) -> None:
    """The index is made if there is none, and grows with each decision."""
    assert make_decision(tmp_path, "Keep cents") == ["docs/adr/0001-keep-cents.md", "docs/adr/index.md"]
    make_decision(tmp_path, "Use euros")
    here = project(tmp_path)
    found = read_decisions(here, tree_of(here))
    assert [(each.number, each.title, each.status) for each in found.records] == [
        (1, "Keep cents", "proposed"),
        (2, "Use euros", "proposed"),
    ]
    assert told(ask("ARC002", found)) == []
    assert [message for _, _, message in told(ask("ARC001", found))] != []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Keep Prices in ¢ents!", "keep-prices-in-ents"),
        ("Füße & Äpfel", "fue-apfel"),
        ("../../etc", "etc"),
        ("a " * 100, "-".join("a" * 30)),
    ],
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    """ASCII letters and digits, joined by dashes, not too long, never a path."""
    assert slug(title) == name


@pytest.mark.parametrize("title", ["", "!!", "日本語", "../.."])
def test_a_title_without_letters_names_no_file(title: str) -> None:
    """And the user is told what would."""
    with pytest.raises(CannotRun, match="has no letter or digit to name a file by"):
        slug(title)
