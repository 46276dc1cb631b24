"""What keeps a project in order: merges finished, tools pinned, the agents' files in step."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import yaml

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree

_MARKER = re.compile(rb"^(?:<{7} |>{7} |\|{7} |={7}\r?$)", re.MULTILINE)
_OPENING = re.compile(rb"^<{7} ", re.MULTILINE)

TARGETS = {
    "skills": (".agents/skills/{name}/SKILL.md",),
    "claude": (".claude/skills/{name}/SKILL.md", ".claude/agents/{name}.md"),
    "copilot": (".github/agents/{name}.agent.md",),
}


@dataclass(frozen=True)
class Leftover:
    """A conflict marker or a rejected patch."""

    path: str
    line: int
    what: str


@dataclass(frozen=True)
class Merges:
    """The files looked at and what an unfinished merge has left in them."""

    files: int
    leftovers: tuple[Leftover, ...]


@fact(reads=("*",))
def look_for_leftovers(project: Project, tree: Tree) -> Merges:
    """Look for conflict markers in every text file, and for `*.rej`."""
    found = []
    for path in tree.files:
        if path.endswith(".rej"):
            found.append(Leftover(path, 1, "a patch that could not be applied"))
            continue
        content = (project.root / path).read_bytes()
        if b"\0" not in content[:8000] and (opening := _OPENING.search(content)):
            kinds = {marker[0][:1] for marker in _MARKER.finditer(content)}
            if kinds >= {b"<", b"=", b">"}:
                line = content.count(b"\n", 0, opening.start()) + 1
                found.append(Leftover(path, line, "a conflict that is not resolved"))
    return Merges(len(tree.files), tuple(found))


@dataclass(frozen=True)
class Pin:
    """A tool that the gates use, as its file asks for it."""

    path: str
    line: int
    requirement: str


@dataclass(frozen=True)
class Pins:
    """Every tool of the gates."""

    pins: tuple[Pin, ...]


@fact(reads=("tenhats/*",))
def read_pins(project: Project, tree: Tree) -> Pins:
    """Read the requirements in `tenhats/pyproject.toml` and `tenhats/constraints.txt`."""
    found = []
    path = "tenhats/pyproject.toml"
    if path in tree.files:
        text = (project.root / path).read_text(encoding="utf-8")
        document = tomllib.loads(text)
        wanted = [
            *document.get("project", {}).get("dependencies", []),
            *(line for group in document.get("dependency-groups", {}).values() for line in group),
        ]
        lines = text.splitlines()
        for requirement in wanted:
            line = next((n for n, each in enumerate(lines, 1) if f'"{requirement}"' in each), 1)
            found.append(Pin(path, line, str(requirement)))
    path = "tenhats/constraints.txt"
    if path in tree.files:
        text = (project.root / path).read_text(encoding="utf-8")
        for number, each in enumerate(text.splitlines(), 1):
            if each.strip() and not each.lstrip().startswith("#"):
                found.append(Pin(path, number, each.strip()))
    return Pins(tuple(found))


@dataclass(frozen=True)
class AgentFile:
    """A file that an agent reads, made from a persona's prompt."""

    path: str
    persona: str
    state: str
    line: int = 1


@dataclass(frozen=True)
class AgentFiles:
    """Every file that the chosen agents should have; `state` is `in step`, `missing` or `differs`."""

    files: tuple[AgentFile, ...]


@fact()
def compare_agent_files(project: Project, tree: Tree) -> AgentFiles:
    """Compare the agents' files with the prompts that they are made from."""
    found = []
    for path, source in agent_files(project.root, tree.matching("personas/*.md")):
        here = project.root / path
        wanted = (project.root / source).read_bytes()
        if not here.is_file():
            found.append(AgentFile(source, path, "missing"))
        else:
            given = here.read_bytes()
            state = "in step" if given == wanted else "differs"
            found.append(AgentFile(path, source, state, _first_difference(given, wanted)))
    return AgentFiles(tuple(found))


def agent_files(root: Path, prompts: list[str]) -> list[tuple[str, str]]:
    """Each file that the project's agents should have, with the prompt it is made from."""
    chosen = _chosen_agents(root)
    return [
        (target.format(name=Path(prompt).stem), prompt)
        for prompt in prompts
        for agent in TARGETS
        if agent in chosen
        for target in TARGETS[agent]
    ]


def _chosen_agents(root: Path) -> frozenset[str]:
    """The agents in Copier's answers; where there are none, those that have a folder here."""
    try:
        answers = yaml.safe_load((root / ".copier-answers.yml").read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        answers = None
    if isinstance(answers, dict) and isinstance(answers.get("agents"), list):
        return frozenset(map(str, answers["agents"]))
    return frozenset(
        agent
        for agent, targets in TARGETS.items()
        if any((root / target.partition("{")[0]).is_dir() for target in targets)
    )


def _first_difference(given: bytes, wanted: bytes) -> int:
    pairs = zip(given.split(b"\n"), wanted.split(b"\n"), strict=False)
    return next((n for n, (one, other) in enumerate(pairs, 1) if one != other), 1)
