"""The front doors of a project: the commands that it installs, and the web applications that it serves.

Read from `pyproject.toml` and the sources alone; nothing is imported.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.sources.names import parsed

# What makes an application, by the framework that it is imported from.
_APPLICATIONS = {
    "fastapi": {"FastAPI"}, "flask": {"Flask"}, "starlette.applications": {"Starlette"}, "quart": {"Quart"},
    "litestar": {"Litestar"}, "sanic": {"Sanic"}, "bottle": {"Bottle"}, "falcon": {"App"},
    "falcon.asgi": {"App"}, "aiohttp.web": {"Application"}, "django.core.wsgi": {"get_wsgi_application"},
    "django.core.asgi": {"get_asgi_application"},
}  # fmt: skip
_HOPS = 3


@dataclass(frozen=True)
class Door:
    """A way in: a `command` or a `web application`, and where it is declared.

    `leads_to` is the file of the function that a command calls, and `function` its name; both are empty if
    the function is not in the sources.
    """

    kind: str
    name: str
    path: str
    line: int
    leads_to: str = ""
    function: str = ""


@dataclass(frozen=True)
class Meeting:
    """The line on which one module of the sources takes something from another."""

    path: str
    line: int
    module: str


@dataclass(frozen=True)
class Doors:
    """The front doors, the packages that they belong to, and where modules meet."""

    doors: tuple[Door, ...] = ()
    packages: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()


@fact(reads=("*.py", "pyproject.toml"))
def find_doors(project: Project, tree: Tree) -> Doors:
    """Find the declared commands, and the applications that the sources make."""
    home = f"{project.settings.source}/"
    modules: dict[str, str] = {}
    trees: dict[str, ast.Module] = {}
    for path in tree.matching(f"{home}*.py"):
        module = parsed((project.root / path).read_bytes())
        if not module:
            continue
        trees[path] = module
        # The folder of the sources may be on the path, or be the package itself.
        modules[_dotted(path)] = modules[_dotted(path.removeprefix(home))] = path
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    doors = [_command(*each, modules, trees) for each in _scripts(tomllib.loads(text), text)]
    meetings: list[Meeting] = []
    for path, module in trees.items():
        doors += _applications(module, path)
        meetings += _meetings(module, path, _dotted(path), modules)
    packages = sorted({dotted.partition(".")[0] for dotted in modules} - {"src"})
    return Doors(tuple(doors), tuple(packages), tuple(meetings))


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _scripts(document: Mapping[str, Any], text: str) -> Iterator[tuple[str, str, int]]:
    """The name, the target and the line of each declared command."""
    tables = (
        ("project.scripts", document.get("project", {}).get("scripts", {})),
        ("tool.poetry.scripts", document.get("tool", {}).get("poetry", {}).get("scripts", {})),
    )
    for header, scripts in tables:
        for name, target in scripts.items():
            if isinstance(target, str):
                yield name, target.partition("[")[0].strip(), _line(text, header, name)


def _line(text: str, header: str, key: str) -> int:
    """The line of a key in a table, else that of the table, else the first."""
    inside, at = False, 1
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            inside = bare.partition("#")[0].strip() == f"[{header}]"
            at = number if inside else at
        elif inside and bare.partition("=")[0].strip().strip("\"'") == key:
            return number
    return at


def _command(
    name: str, target: str, line: int, modules: Mapping[str, str], trees: Mapping[str, ast.Module]
) -> Door:
    dotted, _, function = target.partition(":")
    for _ in range(_HOPS):
        path = modules.get(dotted, "")
        if not path or any(
            isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name == function
            for each in trees[path].body
        ):
            break
        dotted, function = next(
            (
                (module, alias.name)
                for node in trees[path].body
                if isinstance(node, ast.ImportFrom)
                for module in [_absolute(node, dotted, path)]
                for alias in node.names
                if (alias.asname or alias.name) == function
            ),
            ("", ""),
        )
    path = modules.get(dotted, "")
    return Door("command", name, "pyproject.toml", line, path, function if path else "")


def _absolute(node: ast.ImportFrom, dotted: str, path: str) -> str:
    """The module that is imported from, by its whole name."""
    if not node.level:
        return node.module or ""
    parts = dotted.split(".") if path.endswith("__init__.py") else dotted.split(".")[:-1]
    above = parts[: len(parts) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])


def _applications(module: ast.Module, path: str) -> Iterator[Door]:
    """The applications that a module makes."""
    makers: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module in _APPLICATIONS:
            wanted = _APPLICATIONS[node.module]
            makers |= {alias.asname or alias.name for alias in node.names if alias.name in wanted}
        elif isinstance(node, ast.Import):
            for alias in node.names:
                known = _APPLICATIONS.get(alias.name, set())
                makers |= {f"{alias.asname or alias.name}.{each}" for each in known}
    if not makers:
        return
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (name := _written(node.func)) in makers:
            yield Door("web application", name.rpartition(".")[2], path, node.lineno)


def _written(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_written(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _meetings(module: ast.Module, path: str, dotted: str, modules: Mapping[str, str]) -> Iterator[Meeting]:
    """Where a module imports another of the sources."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            origin = _absolute(node, dotted, path)
            named = [f"{origin}.{alias.name}" for alias in node.names]
            found = [modules[each] for each in (*named, origin) if each in modules]
        elif isinstance(node, ast.Import):
            found = [modules[alias.name] for alias in node.names if alias.name in modules]
        else:
            continue
        yield from (Meeting(path, node.lineno, each) for each in found[:1] if each != path)
