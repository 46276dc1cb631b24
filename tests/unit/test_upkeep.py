"""What keeps a project in order: merges finished, tools pinned, the agents' files in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.upkeep import (
    AgentFile,
    Pin,
    agent_files,
    compare_agent_files,
    look_for_leftovers,
    read_pins,
)
from tenhats.making.agents import make_agents
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-007")


OURS, BAR, THEIRS = "<" * 7 + " HEAD\n", "=" * 7 + "\n", ">" * 7 + " main\n"


def leftovers(tmp_path: Path, files: dict[str, str | bytes]) -> list[tuple[str, int]]:
    here = folder(tmp_path, files)
    return [(each.path, each.line) for each in look_for_leftovers(here, tree_of(here)).leftovers]


@pytest.mark.parametrize("base", ["", "|" * 7 + " base\nc\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_conflict_markers_are_found(tmp_path: Path, base: str, end: str) -> None:
    """In either style, at the first marker's line, with either line end."""
    text = f"one\n{OURS}a\n{base}{BAR}b\n{THEIRS}".replace("\n", end)
    assert leftovers(tmp_path, {"a.txt": text}) == [("a.txt", 2)]


def test_a_rejected_patch_is_found(tmp_path: Path) -> None:
    """Whatever it holds."""
    assert leftovers(tmp_path, {"a.py.rej": "", "b.py": ""}) == [("a.py.rej", 1)]


@pytest.mark.parametrize(
    "content", ["Title\n=======\n", f"  {OURS}", f"{OURS} alone", f"\0{OURS}{BAR}{THEIRS}", "> > > quoted"]
)
def test_what_only_looks_like_a_marker_is_none(tmp_path: Path, content: str) -> None:
    """Underlined titles, indented examples, binary files."""
    assert leftovers(tmp_path, {"a.txt": content}) == []


def test_pins_are_read_with_their_lines(tmp_path: Path) -> None:
    """Dependencies, groups and constraints."""
    pyproject = '[project]\ndependencies = [\n  "a==1",\n]\n[dependency-groups]\nproject = ["b>=2"]\n'
    constraints = "# why\nc==3\n\n  d==4  \n"
    here = folder(tmp_path, {"tenhats/pyproject.toml": pyproject, "tenhats/constraints.txt": constraints})
    assert read_pins(here, tree_of(here)).pins == (
        Pin("tenhats/pyproject.toml", 3, "a==1"),
        Pin("tenhats/pyproject.toml", 6, "b>=2"),
        Pin("tenhats/constraints.txt", 2, "c==3"),
        Pin("tenhats/constraints.txt", 4, "d==4"),
    )


def test_the_files_of_the_chosen_agents_are_wanted(tmp_path: Path) -> None:
    """As Copier's answers say."""
    folder(tmp_path, {".copier-answers.yml": "agents: [claude, copilot]\n"})
    assert agent_files(tmp_path, ["personas/architect.md"]) == [
        (".claude/skills/architect/SKILL.md", "personas/architect.md"),
        (".claude/agents/architect.md", "personas/architect.md"),
        (".github/agents/architect.agent.md", "personas/architect.md"),
    ]


@pytest.mark.parametrize("answers", [None, "[", "agents: all\n", "- x\n"])
def test_without_answers_the_folders_say_which_agents(tmp_path: Path, answers: str | None) -> None:
    """An agent that has a folder here was chosen once."""
    folder(tmp_path, {".agents/skills/x": ""} | ({".copier-answers.yml": answers} if answers else {}))
    assert agent_files(tmp_path, ["personas/a.md"]) == [(".agents/skills/a/SKILL.md", "personas/a.md")]


def test_agents_files_are_compared_and_made(tmp_path: Path) -> None:
    """Missing at the prompt, different at the first line that differs; made byte for byte."""
    here = folder(
        tmp_path,
        {
            ".copier-answers.yml": "agents: [skills]\n",
            "personas/a.md": b"one\r\ntwo\n",
            "personas/b.md": "one\n",
            "personas/c.md": "one\ntwo\n",
            ".agents/skills/b/SKILL.md": "one\n",
            ".agents/skills/c/SKILL.md": "one\n2\n",
        },
    )
    assert compare_agent_files(here, tree_of(here)).files == (
        AgentFile("personas/a.md", ".agents/skills/a/SKILL.md", "missing"),
        AgentFile(".agents/skills/b/SKILL.md", "personas/b.md", "in step", 1),
        AgentFile(".agents/skills/c/SKILL.md", "personas/c.md", "differs", 2),
    )
    assert list(make_agents(tmp_path)) == [".agents/skills/a/SKILL.md", ".agents/skills/c/SKILL.md"]
    assert (tmp_path / ".agents/skills/a/SKILL.md").read_bytes() == b"one\r\ntwo\n"
    assert list(make_agents(tmp_path)) == []
