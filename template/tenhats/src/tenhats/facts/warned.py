"""What the tests do with warnings, as pytest is told in the project's configuration."""

from __future__ import annotations

from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.pytestconfig import FILES, read_config
from tenhats.settings import line_of

_TABLES = ("[tool.pytest", "[pytest]", "[tool:pytest]")


@dataclass(frozen=True)
class Warned:
    """The place where pytest is told of warnings, or where it would be, and its filters."""

    path: str
    line: int
    filters: tuple[str, ...]


@fact(reads=FILES)
def read_warned(project: Project) -> Warned:
    """Read the filters of warnings."""
    config = read_config(project.root)
    path = config.file or "pyproject.toml"
    text = (project.root / path).read_text(encoding="utf-8", errors="replace")
    lines = (line_of(text, word) for word in ("filterwarnings", *_TABLES))
    return Warned(path, next((line for line in lines if line > 1), 1), config.warnings)
