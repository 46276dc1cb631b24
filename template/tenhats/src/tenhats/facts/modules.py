"""What a name of one test file means in another: constants, marks, classes, functions.

Imports are followed as Python would, among the project's own files; nothing is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from tenhats.facts.marks import REFERENCE, REQ, Mark
from tenhats.facts.testfile import Class, FileIndex, Function

_DEEPEST = 20


@dataclass(frozen=True)
class Found:
    """What a name means, and the file in which it stands: a text may be the reference of pytest's mark."""

    path: str
    what: Class | Function | tuple[Mark, ...] | str


@dataclass
class Modules:
    """The project's modules, read when something is taken from them.

    `tops` are the folders on `sys.path`; the sources, in the folder `source`, hold no tests.
    """

    read: Callable[[str], FileIndex]
    files: Collection[str]
    tops: tuple[str, ...]
    source: str = "src"
    _found: dict[tuple[str, str], Found | None] = field(default_factory=dict)
    _defined: dict[str, dict[str, Function | Class]] = field(default_factory=dict)

    def find(self, reference: str, path: str, depth: int = 0) -> Found | None:
        """What `module:name`, or a bare name in the file at `path`, means; None if the project has it not."""
        key = (reference, path)
        if key not in self._found:
            self._found[key] = None
            self._found[key] = self._look(reference, path, depth) if depth < _DEEPEST else None
        return self._found[key]

    def text(self, text: str, path: str) -> str | None:
        """A text with the references in it replaced by the constants that they mean."""
        if REFERENCE not in text:
            return text
        parts = text.split(REFERENCE)
        for place in range(1, len(parts), 2):
            found = self.find(parts[place], path)
            if found is None or not isinstance(found.what, str):
                return None
            parts[place] = found.what
        return "".join(parts)

    def marks(self, written: Iterable[Mark], path: str, depth: int = 0) -> Iterator[Mark]:
        """The marks of a file at `path`, with everything in them that other modules define."""
        for mark in written:
            if not mark.via and REFERENCE not in mark.name:
                yield mark
                continue
            if mark.via and not mark.name:
                found = self.find(mark.via, path)
                if found and isinstance(found.what, tuple) and depth < _DEEPEST:
                    for each in self.marks(found.what, found.path, depth + 1):
                        yield Mark(mark.line, each.name, case=mark.case or each.case)
                continue
            if mark.via and not self._is_req(mark.via, path):
                continue
            name = self.text(mark.name, path)
            if name is not None:
                yield Mark(mark.line, name, case=mark.case)

    def _is_req(self, via: str, path: str) -> bool:
        found = self.find(via, path)
        if found is None:
            return via.rpartition(":")[2].rpartition(".")[2] == "req"
        return found.what == REQ

    def _look(self, reference: str, path: str, depth: int) -> Found | None:
        module, colon, name = reference.partition(":")
        if not colon:
            return self._in_file(reference, path, depth)
        if reference == REQ:
            return Found(path, REQ)
        parts = name.split(".")
        for count in range(len(parts)):
            between = "" if not count or not module.strip(".") else "."
            home = self.file_of(module + between + ".".join(parts[:count]), path)
            found = self._in_file(".".join(parts[count:]), home, depth) if home else None
            if found:
                return found
        return None

    def _in_file(self, name: str, path: str, depth: int) -> Found | None:
        index = self.read(path)
        if name in index.texts:
            text = index.texts[name]
            alone = text.strip(REFERENCE)
            if text == f"{REFERENCE}{alone}{REFERENCE}":
                return self.find(alone, path, depth + 1)
            whole = self.text(text, path)
            return Found(path, whole) if whole is not None else None
        if name in index.given:
            return Found(path, index.given[name])
        first, _, rest = name.partition(".")
        defined = self._defined_in(path).get(first)
        if defined:
            return Found(path, defined) if not rest else self._inside(defined, rest, path)
        if first in index.imports:
            given = index.imports[first]
            dot = "" if not rest or given.endswith(":") else "."
            return self.find(f"{given}{dot}{rest}", path, depth + 1)
        for module in index.stars:
            if found := self.find(f"{module}:{name}", path, depth + 1):
                return found
        return None

    def _defined_in(self, path: str) -> dict[str, Function | Class]:
        if path not in self._defined:
            self._defined[path] = {each.name: each for each in self.read(path).defined}
        return self._defined[path]

    def _inside(self, outer: Class | Function, name: str, path: str) -> Found | None:
        for each in outer.classes if isinstance(outer, Class) else ():
            if each.name == name:
                return Found(path, each)
        return None

    def file_of(self, dotted: str, path: str) -> str | None:
        """The file of a module, as an import in the file at `path` would find it."""
        bare = dotted.lstrip(".")
        level = len(dotted) - len(bare)
        folder = path.rpartition("/")[0]
        if level:
            for _ in range(level - 1):
                folder = folder.rpartition("/")[0]
            places = [folder]
        else:
            places = [*self._first_on_path(folder), *self.tops]
        for place in places:
            stem = "/".join(filter(None, [place, *bare.split(".")])) if bare else place
            for candidate in (f"{stem}.py", f"{stem}/__init__.py"):
                if candidate in self.files:
                    return candidate
        return None

    def _first_on_path(self, folder: str) -> list[str]:
        """The folder that pytest puts on `sys.path` for a file: the first one above that is no package."""
        while f"{folder}/__init__.py" in self.files:
            folder = folder.rpartition("/")[0]
        return [folder]
