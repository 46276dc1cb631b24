"""The public interface of the sources: every module, class and function a user may call.

Read by griffe from the source alone; nothing is imported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.toolrun import within
from tenhats.facts.tree import Tree


@dataclass(frozen=True)
class PublicObject:
    """A public module, class, function or method, as its author wrote it."""

    path: str
    line: int
    name: str
    kind: str
    signature: str
    docstring: str | None


@dataclass(frozen=True)
class PublicApi:
    """Everything public, in the order of the modules."""

    objects: tuple[PublicObject, ...] = ()


@fact(reads=("*.py", "pyproject.toml"))
def read_api(project: Project, tree: Tree) -> PublicApi:
    """Read every package under the sources' folder."""
    source = project.settings.source
    found: list[PublicObject] = []
    depth = len(Path(source).parts) + 1
    packages = {path.split("/")[depth - 1] for path in tree.matching(f"{source}/*.py")}
    for package in sorted(packages):
        found += _read_package(project.root, source, package.removesuffix(".py"))
    return PublicApi(tuple(found))


def _read_package(root: Path, source: str, package: str) -> Iterator[PublicObject]:
    import griffe

    try:
        module = griffe.load(
            package, search_paths=[str(root / source)], allow_inspection=False, resolve_aliases=False
        )
    except (griffe.GriffeError, ImportError, SyntaxError) as error:
        raise Unavailable(f"the interface of {source}/{package} cannot be read: {error}") from None
    yield from _public(root, module)


def _public(root: Path, node: Any) -> Iterator[PublicObject]:
    yield PublicObject(
        within(root, str(node.filepath)),
        node.lineno or 1,
        node.path,
        node.kind.value,
        _signature(node),
        node.docstring.value if node.docstring else None,
    )
    for member in node.members.values():
        if member.is_alias or member.kind.value == "attribute":
            continue
        if member.is_module and member.name == "__main__":
            continue
        overrides = member.name.startswith("__") and member.name.endswith("__")
        if not member.name.startswith("_") and not overrides and not _is_property_part(member):
            yield from _public(root, member)


def _is_property_part(member: Any) -> bool:
    return "overload" in getattr(member, "labels", ())


def _signature(node: Any) -> str:
    return str(node.signature()) if node.kind.value == "function" else ""
