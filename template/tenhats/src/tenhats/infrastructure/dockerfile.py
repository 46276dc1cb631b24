"""Reading a Dockerfile: what `ENV` and `ARG` set, and what `HEALTHCHECK` asks.

What is right or wrong in one is hadolint's to say; this reads only what is held against other files.
https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from tenhats.infrastructure.model import Check, Parts, Value

_INSTRUCTION = re.compile(r"\s{0,20}([A-Za-z]{2,12})\s+(.*)", re.DOTALL)
_ADDRESS = re.compile(r"https?://[\w.\-\[\]]{1,100}(?::\$?\{?\w{1,40}\}?)?(/[\w./\-]{0,200})")
_PYTHON = re.compile(
    r"\b(?:python|uvicorn|gunicorn|hypercorn|granian|daphne|fastapi|flask|conda|astral-sh/uv|manage\.py)"
)
_RUNS = {"FROM", "CMD", "ENTRYPOINT"}
_ENDS_IN = (".j2", ".jinja", ".tmpl", ".template", ".dockerignore", ".md", ".py", ".sh")


def is_dockerfile(path: str) -> bool:
    """Whether a file is a Dockerfile, by its name."""
    name = path.rpartition("/")[2]
    if name.endswith(_ENDS_IN):
        return False
    return name.startswith(("Dockerfile", "Containerfile")) or name.endswith((".Dockerfile", ".dockerfile"))


def read(path: str, text: str) -> Parts:
    """What a Dockerfile sets and checks."""
    values: list[Value] = []
    checks: list[Check] = []
    runs_python = False
    for line, word, rest in _instructions(text):
        if word in {"ENV", "ARG"}:
            values += [Value(path, line, name, value, word) for name, value in _pairs(rest)]
        elif word == "HEALTHCHECK" and rest.upper() != "NONE":
            checks += asked(path, line, rest, path)
        runs_python = runs_python or (word in _RUNS and bool(_PYTHON.search(rest)))
    return Parts(tuple(values), checks=tuple(checks), python=(path,) if runs_python else ())


def asked(path: str, line: int, command: str, of: str) -> list[Check]:
    """The routes of the addresses that a health check's command asks; or that it asks something else."""
    found = [Check(path, line, each[1], of) for each in _ADDRESS.finditer(command)]
    return found or [Check(path, line, "", of)]


def _instructions(text: str) -> Iterator[tuple[int, str, str]]:
    """Each instruction with the line it begins on; continued lines are joined, comments left out."""
    begun = 0
    parts: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#") or (not parts and not line.strip()):
            continue
        begun = begun or number
        parts.append(line.rstrip().removesuffix("\\"))
        if line.rstrip().endswith("\\"):
            continue
        found = _INSTRUCTION.match(" ".join(parts))
        if found:
            yield begun, found[1].upper(), found[2].strip()
        begun, parts = 0, []


def _pairs(rest: str) -> Iterator[tuple[str, str]]:
    """`A=b C="d e"`, or the old `A b`."""
    name, space, value = rest.partition(" ")
    if space and "=" not in name:
        yield name, value.strip()
        return
    try:
        words = shlex.split(rest)
    except ValueError:
        words = rest.split()
    for word in words:
        key, equals, value = word.partition("=")
        if equals:
            yield key, value
