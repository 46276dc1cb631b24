"""How the project is laid out: its packages, what git keeps of what was built, what nobody has said."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.settings import line_of
from tenhats.sources.names import parsed

# Folders and files that a tool makes, by a part of their path. `build` and `dist` may be anything.
_BUILT = re.compile(
    r"(?:^|/)(?:__pycache__|\.venv|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.nox|\.hypothesis|htmlcov"
    r"|\.ipynb_checkpoints|[\w.-]+\.egg-info|node_modules)/|\.py[co]$|(?:^|/)(?:\.coverage|\.DS_Store|pyvenv\.cfg)$"
    r"|^dist/[^/]+\.(?:whl|tar\.gz)$"
)
_LICENCE = re.compile(r"(?:licen[cs]e|copying|unlicense|notice)[^/]*(?:/.+)?", re.IGNORECASE)
_SUITES = re.compile(r"/(?:tests?/(?:.+/)?)?(?:test_[^/]+|[^/]+_test|conftest)\.py$")


@dataclass(frozen=True)
class Missing:
    """A table or a key that `pyproject.toml` does not have, and the line to put it at."""

    name: str
    line: int
    path: str = "pyproject.toml"


@dataclass(frozen=True)
class Built:
    """The first file of a folder, or a file, that git tracks or would track and that a tool made."""

    path: str
    what: str
    line: int = 1


@dataclass(frozen=True)
class Bare:
    """A folder with modules in a package that has no `__init__.py`; where it is imported, if it is."""

    path: str
    folder: str
    imported_at: str = ""
    line: int = 1


@dataclass(frozen=True)
class Structure:
    """The layout.

    `packages` are the folders of packages right under the sources, and `is_package` says whether the folder
    of the sources is one itself; `suites` are tests that stand in the sources, `working` the lines on which
    `setup.py` runs something.
    """

    source: str = "src"
    packages: tuple[str, ...] = ()
    is_package: bool = False
    missing: tuple[Missing, ...] = ()
    built: tuple[Built, ...] = ()
    bare: tuple[Bare, ...] = ()
    suites: tuple[str, ...] = ()
    has_licence: bool = True
    is_private: bool = False
    working: tuple[int, ...] = ()


@fact(reads=("*",))
def read_structure(project: Project, tree: Tree) -> Structure:
    """Look at the names of the files, at `pyproject.toml` and at `setup.py`."""
    source = project.settings.source
    modules = tree.matching(f"{source}/*.py")
    packages = {path.rpartition("/")[0] for path in modules if path.endswith("/__init__.py")}
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    said = document.get("project", {})
    return Structure(
        source,
        tuple(sorted(each for each in packages if each.count("/") == source.count("/") + 1)),
        source in packages,
        tuple(_missing(document, text)),
        tuple(_built(tree)),
        tuple(_bare(project, modules, packages)),
        tuple(path for path in modules if _SUITES.search(path)),
        any(_LICENCE.fullmatch(path) for path in tree.files),
        any(str(each).startswith("Private ::") for each in said.get("classifiers", ())),
        tuple(_working(project, tree)),
    )


def _missing(document: dict[str, Any], text: str) -> Iterator[Missing]:
    tools = document.get("tool", {})
    is_no_package = (
        tools.get("uv", {}).get("package") is False or tools.get("poetry", {}).get("package-mode") is False
    )
    if "build-system" not in document and not is_no_package:
        yield Missing("[build-system]", 1)
    said = document.get("project")
    if said and "requires-python" not in said and "requires-python" not in said.get("dynamic", ()):
        yield Missing("requires-python", line_of(text, "[project]"))


def _built(tree: Tree) -> Iterator[Built]:
    seen: set[str] = set()
    for path in tree.files if tree.has_git else ():
        if (found := _BUILT.search(path)) and (what := path[: found.end()].strip("/")) not in seen:
            seen.add(what)
            yield Built(path, what)


def _bare(project: Project, modules: list[str], packages: set[str]) -> Iterator[Bare]:
    """Folders right below a package that hold modules which somebody imports, and are none themselves."""
    firsts: dict[str, str] = {}
    for path in modules:
        folder = path.rpartition("/")[0]
        if folder not in packages and folder.rpartition("/")[0] in packages:
            firsts.setdefault(folder, path)
    if not firsts:
        return
    wanted = {
        folder.removeprefix(f"{project.settings.source}/").replace("/", "."): folder for folder in firsts
    }
    imported: dict[str, str] = {}
    for path in modules:
        module = parsed((project.root / path).read_bytes())
        for node in ast.walk(module) if module else ():
            for name in _taken(node, path, project.settings.source):
                for dotted, folder in wanted.items():
                    if name == dotted or name.startswith(f"{dotted}."):
                        imported.setdefault(folder, f"{path}:{getattr(node, 'lineno', 1)}")
    yield from (Bare(first, folder, imported.get(folder, "")) for folder, first in firsts.items())


def _taken(node: ast.AST, path: str, source: str) -> Iterator[str]:
    """The modules that an import names, by their whole names."""
    if isinstance(node, ast.Import):
        yield from (each.name for each in node.names)
    elif isinstance(node, ast.ImportFrom):
        inside = path.removeprefix(f"{source}/").split("/")[:-1]
        above = inside[: len(inside) - node.level + 1] if node.level else []
        yield ".".join([*above, *([node.module] if node.module else [])])


def _working(project: Project, tree: Tree) -> Iterator[int]:
    """The lines of `setup.py` on which it does more than to call `setup`."""
    module = parsed((project.root / "setup.py").read_bytes()) if "setup.py" in tree.files else None
    for node in ast.walk(module) if module else ():
        if isinstance(node, ast.Call) and re.search(
            r"\b(?:subprocess\.\w+|os\.system|os\.popen|urlopen|urlretrieve|requests\.get)$",
            ast.unparse(node.func),
        ):
            yield node.lineno
