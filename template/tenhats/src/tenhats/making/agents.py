"""Make every agent's own files from the ten prompts: each is a copy of its prompt, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tenhats.facts.upkeep import agent_files


def make_agents(root: Path) -> Iterator[str]:
    """Write the files of the chosen agents; yield the path of each that was missing or differed."""
    prompts = sorted(path.relative_to(root).as_posix() for path in root.glob("personas/*.md"))
    for path, source in agent_files(root, prompts):
        target = root / path
        wanted = (root / source).read_bytes()
        if not target.is_file() or target.read_bytes() != wanted:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(wanted)
            yield path
