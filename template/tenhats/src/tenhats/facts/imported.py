"""What the project imports from elsewhere, as soon as somebody uses it.

Followed are the imports from each front door through the modules of the sources: whoever takes that way needs
what they name. An import that waits in a function, or that is caught where it fails, is somebody's choice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.doors import Doors
from tenhats.facts.tree import Tree
from tenhats.sources.imports import Import, imports_in
from tenhats.sources.names import parsed

# Modules that Python had when some project was written, or that are there only while it runs.
_FORMER = {
    "__main__", "aifc", "asynchat", "asyncore", "audioop", "binhex", "cgi", "cgitb", "chunk", "crypt",
    "distutils", "imghdr", "imp", "lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes",
    "smtpd", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib",
}  # fmt: skip
_STANDARD = sys.stdlib_module_names | _FORMER


@dataclass(frozen=True)
class Borrowed:
    """The first line that imports a module from elsewhere, and the first word of the module's name."""

    path: str
    line: int
    module: str


@dataclass(frozen=True)
class Imported:
    """The files of the sources that are reached, and what they borrow, each once."""

    files: tuple[str, ...] = ()
    borrowed: tuple[Borrowed, ...] = ()


@fact(reads=("*.py", "pyproject.toml"))
def find_imported(project: Project, tree: Tree, doors: Doors) -> Imported:
    """Follow the imports from packages, commands and web applications."""
    source = project.settings.source
    # The folder of the sources may be on the path, or be the package itself.
    is_package = f"{source}/__init__.py" in tree.files
    home = f"{source}/".removesuffix(f"{source.rpartition('/')[2]}/") if is_package else f"{source}/"
    modules = {_dotted(path.removeprefix(home)): path for path in tree.matching(f"{source}/*.py")}
    names = {path: name for name, path in modules.items()}
    own = {name.partition(".")[0] for name in modules} | set(_vendored(names)) | _beside(tree)
    waiting = [name for name in modules if "." not in name]
    waiting += [names[path] for door in doors.doors for path in (door.path, door.leads_to) if path in names]
    reached: dict[str, None] = {}
    borrowed: dict[str, Borrowed] = {}
    for name in waiting:  # which grows
        path = modules.get(name)
        if path is None or path in reached:
            continue
        reached[path] = None
        module = parsed((project.root / path).read_bytes())
        for each in imports_in(module) if module else ():
            if each.later:
                continue
            waiting += _meant(each, name, path)
            top = each.module.partition(".")[0]
            if not each.level and top not in own and top not in _STANDARD:
                borrowed.setdefault(top, Borrowed(path, each.line, top))
        waiting.append(name.rpartition(".")[0])
    return Imported(tuple(reached), tuple(borrowed.values()))


def _dotted(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _meant(each: Import, name: str, path: str) -> Iterator[str]:
    """The modules that an import may mean: the one that it names, and those that it takes from it."""
    base = each.module
    if each.level:
        package = name if path.endswith("/__init__.py") else name.rpartition(".")[0]
        above = package.split(".")[: max(0, package.count(".") + 2 - each.level)]
        base = ".".join([*above, *([each.module] if each.module else [])])
    yield from (f"{base}.{taken}" for taken in each.names)
    yield base


def _beside(tree: Tree) -> set[str]:
    """What else stands at the root: a project may ship several packages."""
    return {path.partition("/")[0].removesuffix(".py") for path in tree.matching("*.py")}


def _vendored(names: Mapping[str, str]) -> Iterator[str]:
    """What lies in a folder such as `_vendor`: it is put on the path before it is imported."""
    for path in names:
        if "vendor" in path:
            yield from path.removesuffix(".py").split("/")
