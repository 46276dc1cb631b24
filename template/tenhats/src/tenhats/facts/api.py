"""The public interface of the sources: every module, class and function a user may call.

Read by griffe from the source alone; nothing is imported.
"""

from __future__ import annotations

import ast
import logging
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.toolrun import within
from tenhats.facts.tree import Tree
from tenhats.sources.names import parsed


@dataclass(frozen=True)
class PublicObject:
    """A public module, class, function or method, as its author wrote it.

    `parameters` are the names of what a function takes, `*` before one that takes many; `told` are those
    that its docstring describes, each with its line. `raised` are the errors that a function's own body
    raises by name and lets out, `warned` those that its docstring speaks of.
    """

    path: str
    line: int
    name: str
    kind: str
    signature: str
    docstring: str | None
    parameters: tuple[str, ...] = ()
    told: tuple[tuple[str, int], ...] = ()
    raised: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublicApi:
    """Everything public, in the order of the modules."""

    objects: tuple[PublicObject, ...] = ()


@fact(reads=("*.py", "pyproject.toml"))
def read_api(project: Project, tree: Tree) -> PublicApi:
    """Read every package under the sources' folder."""
    source = project.settings.source
    return PublicApi(tuple(read_packages(project.root, source, tree.matching(f"{source}/*.py"))))


def read_packages(root: Path, source: str, modules: Iterable[str]) -> Iterator[PublicObject]:
    """Everything public in the packages that these modules, under the sources' folder, belong to.

    Raises:
        Unavailable: if one cannot be parsed.
    """
    for module in load(root / source, packages_of(modules, source)).values():
        yield from _public(root, module)


def packages_of(modules: Iterable[str], source: str) -> list[str]:
    """The names of the packages, and of the modules outside one, that these files under the sources make."""
    depth = len(Path(source).parts)
    return sorted({path.split("/")[depth].removesuffix(".py") for path in modules})


def load(folder: Path, packages: Iterable[str], *, aliases: bool = False) -> dict[str, Any]:
    """Read packages of a folder with griffe; with `aliases`, follow what they import from each other.

    Raises:
        Unavailable: if one of them cannot be parsed.
    """
    import griffe

    # What griffe warns of is printed where nobody asked, unless somebody listens.
    logging.getLogger("griffe").addHandler(logging.NullHandler())
    loader = griffe.GriffeLoader(search_paths=[str(folder)], allow_inspection=False)
    found = {}
    for package in packages:
        try:
            found[package] = loader.load(package, try_relative_path=False)
        except (griffe.GriffeError, ImportError, SyntaxError) as error:
            place = f"{folder.name}/{package}"
            raise Unavailable(f"the interface of {place} cannot be read: {error}") from None
    if aliases:
        loader.resolve_aliases(implicit=False, external=False)
    return found


def _public(root: Path, node: Any) -> Iterator[PublicObject]:
    yield PublicObject(
        within(root, str(node.filepath)),
        node.lineno or 1,
        node.path,
        node.kind.value,
        _signature(node),
        node.docstring.value if node.docstring else None,
        tuple(_parameters(node)),
        tuple(_told(node)),
        tuple(_raised(node)),
        tuple(_warned(node)),
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


def _parameters(node: Any) -> Iterator[str]:
    if node.kind.value != "function":
        return
    for each in node.parameters:
        many = (each.kind.value if each.kind else "").startswith("variadic")
        yield f"*{each.name.lstrip('*')}" if many else each.name


def _told(node: Any) -> Iterator[tuple[str, int]]:
    """The parameters that a function's docstring describes, in Google's, numpy's or Sphinx' style."""
    if node.kind.value != "function" or not node.docstring:
        return
    lines = node.docstring.value.splitlines()
    begun = node.docstring.lineno or node.lineno or 1
    for section in node.docstring.parse("auto"):
        if section.kind.value in {"parameters", "other parameters"}:
            for each in section.value:
                here = (
                    n for n, line in enumerate(lines) if re.search(rf"(?<!\w){re.escape(each.name)}\b", line)
                )
                yield each.name, begun + next(here, 0)


def _warned(node: Any) -> Iterator[str]:
    """The errors that a function's docstring speaks of, without their modules."""
    if node.kind.value != "function" or not node.docstring:
        return
    for section in node.docstring.parse("auto"):
        if section.kind.value == "raises":
            yield from (str(each.annotation).rpartition(".")[2] for each in section.value)


def _raised(node: Any) -> Iterator[str]:
    """The errors that a function's body raises by their names, where nothing around it may catch them."""
    if node.kind.value != "function":
        return
    module = parsed(textwrap.dedent(node.source).encode())
    for definition in module.body if module else ():
        yield from dict.fromkeys(_let_out(definition))


def _let_out(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) and child.exc is not None:
            raised = child.exc.func if isinstance(child.exc, ast.Call) else child.exc
            name = ast.unparse(raised).rpartition(".")[2]
            if name[:1].isupper():
                yield name
        elif isinstance(child, ast.Try) and child.handlers:
            for part in (*child.handlers, *child.orelse, *child.finalbody):
                yield from _let_out(part)
        elif not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _let_out(child)
