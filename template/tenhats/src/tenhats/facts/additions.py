"""What the project has grown by since the base: runtime dependencies, and packages in its sources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from tenhats.dependencies.asked import line_asking, required
from tenhats.fact import Project, fact
from tenhats.facts.api import packages_of
from tenhats.facts.base import Base, copy_of, files_at
from tenhats.facts.tree import Tree


@dataclass(frozen=True)
class New:
    """A dependency, where it is asked for, or a package, where it begins."""

    path: str
    line: int
    kind: str
    name: str


@dataclass(frozen=True)
class Additions:
    """Everything that is new. Where there is no base, `reason` says why."""

    new: tuple[New, ...] = ()
    reason: str = ""


@fact()
def find_additions(project: Project, tree: Tree, base: Base) -> Additions:
    """Compare `[project] dependencies` and the packages of the sources with those at the base."""
    if base.commit is None:
        return Additions(reason=base.reason)
    return Additions((*_dependencies(project, base), *_packages(project, tree, base)))


def _dependencies(project: Project, base: Base) -> list[New]:
    path = "pyproject.toml"
    if path not in base.changed or path not in files_at(project, base):
        return []
    before = (copy_of(project, base, [path], "additions") / path).read_text(
        encoding="utf-8", errors="replace"
    )
    now = (project.root / path).read_text(encoding="utf-8")
    try:
        known = set(required(tomllib.loads(before)))
    except tomllib.TOMLDecodeError:
        return []
    wanted = required(tomllib.loads(now)).items()
    return [
        New(path, line_asking(now, asked), "dependency", name) for name, asked in wanted if name not in known
    ]


def _packages(project: Project, tree: Tree, base: Base) -> list[New]:
    """The packages that have come beside others; one that took another's place was renamed."""
    source = project.settings.source
    home = f"{source}/"
    if not any(path.startswith(home) and path.endswith("/__init__.py") for path in base.changed):
        return []
    earlier = [path for path in files_at(project, base) if path.startswith(home) and path.endswith(".py")]
    before, now = packages_of(earlier, source), packages_of(tree.matching(f"{home}*.py"), source)
    fresh = [f"{home}{name}/__init__.py" for name in now if name not in before]
    if not before or set(before) - set(now):
        return []
    return [New(path, 1, "package", path.split("/")[-2]) for path in fresh if path in tree.files]
