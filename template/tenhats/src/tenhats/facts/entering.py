"""What a test does to get in: it starts a program, invokes a command in place, asks a web application.

Read from the source alone, through the fixtures and functions of the tests that a test names. When a name
could mean several functions, all of them count: a test that might go in by a door is never called one
that does not.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from tenhats.fact import Project
from tenhats.facts.tree import Tree
from tenhats.shelf import Shelf
from tenhats.sources.names import parsed

PROGRAM, INVOKES, WEB = "program", "invokes", "web"

_FROM = {
    "subprocess": PROGRAM, "pexpect": PROGRAM, "runpy": PROGRAM, "sh": PROGRAM, "plumbum": PROGRAM,
    "starlette.testclient": WEB, "fastapi.testclient": WEB, "django.test": WEB, "rest_framework.test": WEB,
    "httpx": WEB, "requests": WEB, "urllib.request": WEB, "http.client": WEB, "webtest": WEB,
    "playwright": WEB, "selenium": WEB, "litestar.testing": WEB, "falcon.testing": WEB,
    "aiohttp": WEB, "aiohttp.test_utils": WEB, "sanic_testing": WEB, "async_asgi_testclient": WEB,
    "click.testing": INVOKES, "typer.testing": INVOKES,
}  # fmt: skip
_NAMED = {
    "create_subprocess_exec": PROGRAM, "create_subprocess_shell": PROGRAM, "script_runner": PROGRAM,
    "run_process": PROGRAM, "popen": PROGRAM, "system": PROGRAM, "pytester": PROGRAM, "testdir": PROGRAM,
    "cli_runner": INVOKES, "invoke": INVOKES,
    "test_client": WEB, "live_server": WEB, "client": WEB, "async_client": WEB, "api_client": WEB,
    "admin_client": WEB, "aiohttp_client": WEB, "page": WEB, "test_app": WEB, "urlopen": WEB,
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A function, class or constant of the tests: what it names, what it says, how it may get in."""

    names: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    ways: frozenset[str] = frozenset()

    def joined(self, other: Part) -> Part:
        """Both parts as one."""
        return Part(self.names | other.names, self.texts | other.texts, self.ways | other.ways)


@dataclass(frozen=True)
class Parts:
    """The parts of one file, by their names; methods stand under their own names."""

    parts: dict[str, Part] = field(default_factory=dict)


def parts_of(source: bytes) -> Parts:
    """Read one file; a file that cannot be parsed has no parts."""
    module = parsed(source)
    if not module:
        return Parts()
    imported: dict[str, str] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in _FROM:
                    imported[alias.asname or alias.name.partition(".")[0]] = _FROM[alias.name]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            origin = node.module or ""
            way = _FROM.get(origin) or _FROM.get(origin.partition(".")[0])
            imported.update((alias.asname or alias.name, way) for alias in node.names if way)
    found: dict[str, Part] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found[node.name] = found.get(node.name, Part()).joined(_part(node, imported))
    for statement in module.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    found[target.id] = _part(statement, imported)
    return Parts(found)


def _part(root: ast.AST, imported: Mapping[str, str]) -> Part:
    names: set[str] = set()
    texts: set[str] = set()
    said = {id(node.value) for node in ast.walk(root) if isinstance(node, ast.Expr)}
    for node in ast.walk(root):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            texts.add(node.value)
    ways = {way for name in names if (way := imported.get(name) or _NAMED.get(name))}
    return Part(frozenset(names), frozenset(texts), frozenset(ways))


def ways_in(project: Project, tree: Tree, folders: Iterable[str], shelf: Shelf) -> Ways:
    """How the tests of these folders get in; what a file says is kept until it changes."""

    def read(path: str) -> Parts:
        source = (project.root / path).read_bytes()
        return shelf.had(Parts, hashlib.sha256(source).hexdigest(), partial(parts_of, source))

    homes = tuple(f"{each}/" for each in folders)
    files = [each for each in tree.matching("*.py") if each.startswith(homes) or each == "conftest.py"]
    return Ways({path: read(path) for path in files})


class Ways:
    """Answers how the tests get in, from the parts of each file of theirs."""

    def __init__(self, files: Mapping[str, Parts]) -> None:
        self._files = files
        self._shared: dict[str, list[str]] = {}
        for path, each in sorted(files.items(), key=lambda item: not item[0].endswith("conftest.py")):
            if not path.rpartition("/")[2].startswith("test_"):
                for name in each.parts:
                    self._shared.setdefault(name, []).append(path)

    def of(self, name: str, path: str) -> Part:
        """What a function of a file does, together with all that it names."""
        waiting, seen = [(path, name)], {(path, name)}
        names: set[str] = set()
        texts: set[str] = set()
        ways: set[str] = set()
        while waiting:
            path, name = waiting.pop()
            part = self._files[path].parts.get(name) if path in self._files else None
            if part is None:
                continue
            names |= part.names
            texts |= part.texts
            ways |= part.ways
            here = self._files[path].parts
            for each in part.names:
                for home in [path] if each in here else self._shared.get(each, ()):
                    if (home, each) not in seen:
                        seen.add((home, each))
                        waiting.append((home, each))
        return Part(frozenset(names), frozenset(texts), frozenset(ways))
