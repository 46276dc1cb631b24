"""What should be a secret and stands in a file: in one of the environment, or set by the infrastructure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.infrastructure import Infrastructure
from tenhats.facts.tree import Tree
from tenhats.infrastructure.model import Value

_SAMPLE = re.compile(r"example|sample|template|dist\b|defaults?\b", re.IGNORECASE)
_ASSIGNED = re.compile(r"\s{0,20}(?:export\s{1,20})?([A-Za-z_]\w{0,100})\s{0,20}=\s{0,20}(.*)")


@dataclass(frozen=True)
class EnvFile:
    """A file such as `.env` that git has or would have, and the first line of it that sets something."""

    path: str
    line: int
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Exposed:
    """Files of the environment that are not samples, and the values that Dockerfiles and the like set."""

    files: tuple[EnvFile, ...] = ()
    values: tuple[Value, ...] = ()


@fact()
def find_exposed(project: Project, tree: Tree, infrastructure: Infrastructure) -> Exposed:
    """Read the files named `.env` or `.env.*` that git has or would have, samples left out."""
    files = []
    for path in tree.matching(".env", ".env.*", "*/.env", "*/.env.*") if tree.has_git else ():
        if _SAMPLE.search(path.rpartition("/")[2]):
            continue
        text = (project.root / path).read_text(encoding="utf-8", errors="replace")
        values = tuple(assigned(path, text))
        if values:
            files.append(EnvFile(path, values[0].line, values))
    return Exposed(tuple(files), infrastructure.parts.values)


def assigned(path: str, text: str) -> Iterator[Value]:
    """The variables that a file of the environment sets, whether to something or to nothing."""
    for number, line in enumerate(text.splitlines(), 1):
        found = _ASSIGNED.match(line)
        if found:
            value = found[2].split(" #")[0].strip().strip("'\"")
            yield Value(path, number, found[1], value, "env file")
