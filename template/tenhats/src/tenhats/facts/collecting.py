"""From files as they are written to the tests that pytest would collect, without running anything.

What one file cannot know by itself is settled here: classes that inherit tests, constants and marks of
other modules, tests that are imported. Cheap beside parsing: a file that takes nothing from others is
only copied out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tenhats.facts.marks import Mark
from tenhats.facts.modules import Found, Modules
from tenhats.facts.pytestconfig import PytestConfig
from tenhats.facts.testfile import Class, FileIndex, Function, index_of


@dataclass(frozen=True)
class Binding:
    """A test's word that it proves the requirement `name`; the place is that of the mark.

    `case` is the part of pytest's id for the parameter that is bound, if only that is. `by` says how it
    was bound: `mark`; `tag`, a Gherkin tag that may mean something else; `words`, a scenario's own steps,
    which bind only if a specification says the same.
    """

    path: str
    line: int
    name: str
    test: str
    case: str = ""
    by: str = "mark"


@dataclass(frozen=True)
class Test:
    """A test function: its id as pytest gives it, without parameters, and what it says it proves.

    `digest` is of its source, decorators included. `varied` says whether it tries many inputs.
    """

    path: str
    line: int
    id: str
    bindings: tuple[Binding, ...]
    asserts: bool
    is_timed: bool = False
    digest: str = ""
    varied: bool = False


@dataclass(frozen=True)
class Collector:
    """Collects the tests of one file after the other, as pytest would."""

    config: PytestConfig
    modules: Modules

    def tests(self, path: str, index: FileIndex) -> Iterator[Test]:
        """The tests of a file, those that it inherits or imports among them."""
        marks = [(path, mark) for mark in self.modules.marks(index.marks, path)]
        functions = {each.name: (each, path) for each in index.functions}
        classes = {each.name: (each, path) for each in index.classes}
        for name, found in self._imported(index, path):
            if isinstance(found.what, Function):
                functions.setdefault(name, (found.what, found.path))
            elif isinstance(found.what, Class):
                classes.setdefault(name, (found.what, found.path))
        for name, (function, home) in functions.items():
            if self.config.is_function(name):
                yield self._test(function, home, f"{path}::{name}", marks)
        for name, (class_, home) in classes.items():
            yield from self._of_class(class_, home, f"{path}::{name}", marks)

    def _imported(self, index: FileIndex, path: str) -> Iterator[tuple[str, Found]]:
        for name, reference in index.imports.items():
            if not reference.endswith(":") and self._may_be_test(name, reference, path):
                found = self.modules.find(reference, path)
                if found:
                    yield name, found
        for module in index.stars:
            home = self.modules.file_of(module, path)
            if home:
                other = self.modules.read(home)
                yield from ((each.name, Found(home, each)) for each in other.defined)

    def _may_be_test(self, name: str, reference: str, path: str) -> bool:
        """Whether an imported name is worth a look: not what the tests take from the sources to test it."""
        if self.config.is_function(name) or self.config.is_class(name):
            return True
        return self._is_the_tests(reference, path)

    def _is_the_tests(self, reference: str, path: str) -> bool:
        home = self.modules.file_of(reference.partition(":")[0], path)
        return home is not None and not home.startswith(f"{self.modules.source}/")

    def _asserts(self, function: Function, home: str, kin: Mapping[str, tuple[Function, str]]) -> bool:
        """Whether a function asserts something, itself or through functions of the tests."""
        waiting, seen = [(function, home)], {(function.line, home)}
        while waiting:
            function, home = waiting.pop()
            if function.asserts:
                return True
            for called in filter(None, (self._called(call, home, kin) for call in function.calls)):
                key = (called[0].line, called[1])
                if key not in seen:
                    seen.add(key)
                    waiting.append(called)
        return False

    def _called(
        self, call: str, home: str, kin: Mapping[str, tuple[Function, str]]
    ) -> tuple[Function, str] | None:
        if call.startswith("self."):
            return kin.get(call.removeprefix("self."))
        if ":" in call and not self._is_the_tests(call, home):
            return None
        found = self.modules.find(call, home)
        return (found.what, found.path) if found and isinstance(found.what, Function) else None

    def _test(
        self,
        function: Function,
        home: str,
        id_: str,
        above: list[tuple[str, Mark]],
        kin: Mapping[str, tuple[Function, str]] = MappingProxyType({}),
    ) -> Test:
        marks = [*above, *((home, mark) for mark in self.modules.marks(function.marks, home))]
        bindings = tuple(Binding(path, mark.line, mark.name, id_, mark.case) for path, mark in marks)
        asserts = self._asserts(function, home, kin) if bindings else function.asserts
        return Test(
            home, function.line, id_, bindings, asserts, function.is_timed, function.digest, function.varied
        )

    def _of_class(self, class_: Class, home: str, id_: str, above: list[tuple[str, Mark]]) -> Iterator[Test]:
        kin = [(class_, home)] if not class_.bases else list(self._kin(class_, home))
        is_old = any(
            "TestCase" in base for each, where in kin for base in each.bases if self._is_foreign(base, where)
        )
        wanted = next((each.wanted for each, _ in kin if each.wanted is not None), None)
        is_new = self.config.is_class(id_.rpartition("::")[2]) or wanted
        if wanted is False or (not is_old and (not is_new or any(each.is_made for each, _ in kin))):
            return
        marks = [
            *above,
            *((where, mark) for each, where in kin for mark in self.modules.marks(each.marks, where)),
        ]
        functions: dict[str, tuple[Function, str]] = {}
        classes: dict[str, tuple[Class, str]] = {}
        for each, where in reversed(kin):
            functions.update((function.name, (function, where)) for function in each.functions)
            classes.update((inner.name, (inner, where)) for inner in each.classes)
        for name, (function, where) in functions.items():
            if name.startswith("test") if is_old else self.config.is_function(name):
                yield self._test(function, where, f"{id_}::{name}", marks, functions)
        for name, (inner, where) in classes.items() if not is_old else ():
            yield from self._of_class(inner, where, f"{id_}::{name}", marks)

    def _kin(self, class_: Class, home: str) -> Iterator[tuple[Class, str]]:
        """The class and those of its bases that are the project's, the nearest first, each once."""
        seen: set[tuple[str, int]] = set()
        waiting = [(class_, home)]
        while waiting:
            each, where = waiting.pop(0)
            if (where, each.line) in seen:
                continue
            seen.add((where, each.line))
            yield each, where
            found = (self.modules.find(base, where) for base in each.bases)
            waiting[:0] = [(one.what, one.path) for one in found if one and isinstance(one.what, Class)]

    def _is_foreign(self, base: str, home: str) -> bool:
        found = self.modules.find(base, home)
        return found is None or not isinstance(found.what, Class)


def tests_of(source: bytes | str, path: str) -> Iterator[Test]:
    """The tests of one file by itself, as pytest collects them if it is not told otherwise.

    Raises:
        SyntaxError: if Python cannot parse it.
    """
    index = index_of(source)
    if index.error:
        line, message = index.error
        raise SyntaxError(message, (path, line, None, None))
    modules = Modules(lambda _: index, frozenset({path}), ("",))
    yield from Collector(PytestConfig(), modules).tests(path, index)
