"""What a user gets who installs the project: its runtime dependencies, and theirs, as they are installed.

Read from the metadata in the project's environment; nothing is imported. What only developers need is not
shipped, and neither is what belongs to an extra: whoever asks for the extra chooses it.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from tenhats.dependencies.asked import line_asking, line_naming, required
from tenhats.dependencies.licences import Said, licence_of
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment

Found = importlib.metadata.Distribution
_IMPORTED = (".py", ".so", ".pyd", ".pyi")


@dataclass(frozen=True)
class Part:
    """One distribution that is shipped.

    `licence` is an SPDX expression, or None if nothing says it. `needs` are the names of other parts; `via`
    is the project's own requirement that brings it, and `line` where that one stands.
    """

    name: str
    version: str
    licence: str | None
    needs: tuple[str, ...]
    via: str
    line: int
    path: str = "pyproject.toml"


@dataclass(frozen=True)
class Shipped:
    """The project itself, and everything that comes with it.

    `absent` are requirements that are not installed, though they should be. `provided` are the first words
    of the modules of all parts; `declared` is all that the project asks for, extras included.
    """

    name: str
    version: str
    licence: str | None
    needs: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    absent: tuple[str, ...] = ()
    provided: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()


@fact(reads=("pyproject.toml",))
def find_shipped(project: Project, environment: ProjectEnvironment) -> Shipped:
    """Follow the requirements from the project's own through the environment."""
    environment.interpreter()
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    # By the folders' names: hundreds of metadata files, each with a whole README, take half a second.
    there: dict[str, Found] = {
        canonicalize_name(each.stem.rpartition("-")[0]): Found.at(each)
        for each in environment.libraries.glob("*.dist-info")
    }
    name = canonicalize_name(project.settings.name)
    if name not in there:
        raise Unavailable(f"{name or 'the project'} is not in its environment, so nothing says what it ships")
    lines = {each: line_asking(text, words) for each, words in required(document).items()}
    ways = _follow(there, name)
    parts = tuple(
        Part(
            each,
            there[each].version,
            _licence(there[each]),
            tuple(need for need in sorted(way.needs) if need in there),
            way.via,
            lines.get(way.via) or line_naming(text, way.via),
        )
        for each, way in sorted(ways.items())
        if each in there
    )
    table = document.get("project", {})
    return Shipped(
        name,
        str(table.get("version") or there[name].version),
        licence_of(_said_here(table)) or _licence(there[name]),
        tuple(sorted(_wanted(there[name], frozenset()))),
        parts,
        tuple(sorted(each for each in ways if each not in there)),
        frozenset(module for part in parts for module in _modules(there[part.name])),
        frozenset(canonicalize_name(each.name) for each in _requirements(there[name])),
    )


@dataclass
class _Way:
    """How a distribution came to be shipped: which requirement of the project brings it, what it brings."""

    via: str
    needs: set[str] = field(default_factory=set)


def _follow(there: Mapping[str, Found], own: str) -> dict[str, _Way]:
    """Everything that is wanted, directly or not, nearest first."""
    waiting = deque((name, extras, name) for name, extras in _wanted(there[own], frozenset()).items())
    ways: dict[str, _Way] = {}
    seen = {(own, frozenset[str]())}
    while waiting:
        name, extras, via = waiting.popleft()
        if (name, extras) in seen or name == own:
            continue
        seen.add((name, extras))
        way = ways.setdefault(name, _Way(via))
        wanted = _wanted(there[name], extras) if name in there else {}
        way.needs |= set(wanted)
        waiting.extend((each, more, via) for each, more in wanted.items())
    return ways


def _wanted(found: Found, extras: frozenset[str]) -> dict[str, frozenset[str]]:
    """What a distribution asks for here, if it was asked for with these extras; each with its own."""
    wanted: dict[str, frozenset[str]] = {}
    for each in _requirements(found):
        chosen = extras or {""}
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in chosen):
            name = canonicalize_name(each.name)
            wanted[name] = wanted.get(name, frozenset()) | each.extras
    return wanted


def _requirements(found: Found) -> Iterator[Requirement]:
    for line in found.requires or ():
        with contextlib.suppress(InvalidRequirement):
            yield Requirement(line)


def _said_here(table: Mapping[str, Any]) -> Said:
    """What `[project]` says of its own licence: the environment may be older than that line."""
    licence = table.get("license", "")
    written = licence if isinstance(licence, str) else str(licence.get("text", ""))
    return Said(field=written, classifiers=tuple(map(str, table.get("classifiers", ()))))


def _licence(found: Found) -> str | None:
    said = found.metadata
    classifiers = tuple(said.get_all("Classifier") or ())
    words = Said(said["License-Expression"] or "", said["License"] or "", classifiers)
    return licence_of(words) or licence_of(Said(texts=tuple(_texts(found))))


def _texts(found: Found) -> Iterator[str]:
    """The licence texts that lie beside the metadata, where PEP 639 puts them and where others did before."""
    for name in found.metadata.get_all("License-File") or ():
        yield found.read_text(f"licenses/{name}") or found.read_text(name) or ""


def _modules(found: Found) -> Iterator[str]:
    """The first words by which a distribution can be imported."""
    yield found.metadata["Name"].replace("-", "_")
    yield from (found.read_text("top_level.txt") or "").split()
    for file in found.files or ():
        if file.suffix in _IMPORTED and not file.parts[0].endswith((".dist-info", ".data", "..")):
            yield file.parts[0].partition(".")[0]
