"""The environment in which the project itself is installed, to run its tests and check its types."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from tenhats import environments
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact

_WHAT_COUNTS = (
    "dependencies", "optional-dependencies", "scripts", "gui-scripts", "entry-points",
    "requires-python", "name", "dynamic",
)  # fmt: skip


@dataclass(frozen=True)
class ProjectEnvironment:
    """The environment's interpreter; or why the project could not be installed."""

    folder: str
    python: str
    stamp: str
    error: str | None = None
    line: int = 1

    @property
    def scripts(self) -> Path:
        """The folder of the environment's programs."""
        return Path(self.python).parent

    @property
    def libraries(self) -> Path:
        """The folder in which its packages are installed."""
        unix = list(Path(self.folder).glob("lib/*/site-packages"))
        return unix[0] if unix else Path(self.folder) / "Lib" / "site-packages"

    def interpreter(self) -> str:
        """The interpreter.

        Raises:
            Unavailable: if the project could not be installed.
        """
        if self.error:
            raise Unavailable("the project could not be installed; see OPS007")
        return self.python


@fact()
def install_project(project: Project) -> ProjectEnvironment:
    """Install the project with its development dependencies, unless it stands already."""
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    folder = project.workshop / "envs" / "project"
    try:
        always, offered = (pinned(group) for group in ("project", "offered"))
        requirements = development_requirements(document, project.settings.groups, always, offered)
    except (LookupError, TypeError, ValueError) as error:
        return ProjectEnvironment(str(folder), "", "", f"{error}", 1)
    what = {key: document.get("project", {}).get(key) for key in _WHAT_COUNTS}
    recipe = json.dumps([what, document.get("build-system"), str(project.root)], sort_keys=True)
    wanted = environments.Environment(folder, ("-e", str(project.root), *requirements), made_of=recipe)
    trouble = None
    try:
        environments.make(
            wanted, root=project.root, say=lambda line: print(f"tenhats: {line}", file=sys.stderr)
        )
    except environments.NotMade as failure:
        trouble = str(failure)
    return ProjectEnvironment(
        str(folder), str(wanted.python), wanted.stamp, trouble, _line(text, "dependencies", "[project]")
    )


def development_requirements(
    document: dict[str, Any],
    groups: tuple[str, ...],
    always: dict[str, str],
    offered: dict[str, str],
) -> list[str]:
    """What to install beside the project: its groups, and our pins where it has no wish of its own.

    Args:
        document: The project's parsed `pyproject.toml`.
        groups: The dependency groups to install, as far as the project has them.
        always: Pinned tools, by name, that the gates need in any case.
        offered: Pinned tools, by name, that are installed if the project asks for them.

    Raises:
        LookupError, TypeError, ValueError: if a dependency group is missing or malformed.
    """
    declared = document.get("dependency-groups", {})
    present = [group for group in groups if group in declared]
    try:
        wishes = [str(line) for line in resolve_dependency_groups(declared, *present)]
    except ExceptionGroup as group:
        raise ValueError(f"[dependency-groups]: {'; '.join(map(str, group.exceptions))}") from None
    bound = [*wishes, *document.get("project", {}).get("dependencies", [])]
    own = {_name(line) for line in bound if _has_wish(line)}
    asked = {_name(line) for line in wishes}
    pinned = {**always, **{name: line for name, line in offered.items() if name in asked}}
    kept = [line for line in wishes if _name(line) in own or _name(line) not in pinned]
    return sorted(kept) + [line for name, line in sorted(pinned.items()) if name not in own]


def pinned(group: str) -> dict[str, str]:
    """The tools of a group of `tenhats/pyproject.toml`, each with its exact version."""
    here = Path(str(resources.files("tenhats"))).parents[1] / "pyproject.toml"
    lines = tomllib.loads(here.read_text(encoding="utf-8"))["dependency-groups"][group]
    return {canonicalize_name(Requirement(line).name): line for line in lines}


def _name(requirement: str) -> str:
    try:
        return canonicalize_name(Requirement(requirement).name)
    except InvalidRequirement:
        return requirement


def _has_wish(requirement: str) -> bool:
    try:
        parsed = Requirement(requirement)
    except InvalidRequirement:
        return True
    return bool(parsed.specifier or parsed.url or parsed.extras)


def _line(text: str, *words: str) -> int:
    for word in words:
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(rf"\s*{re.escape(word)}", line):
                return number
    return 1
