"""The test suite as it is written: which tests there are, what each is bound to, what it asserts.

Read from the source, without running or importing anything: ten thousand tests take less than a second.
"""

from __future__ import annotations

import fnmatch
import glob
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial

from tenhats.fact import Project, fact
from tenhats.facts.acted import as_test, bound_places
from tenhats.facts.collecting import Binding, Collector, Test, tests_of
from tenhats.facts.modules import Modules
from tenhats.facts.pytestconfig import FILES, PytestConfig, read_config
from tenhats.facts.testfile import FileIndex, index_of
from tenhats.facts.tree import Tree
from tenhats.formats.gherkin import NotGherkin, scenarios_in
from tenhats.settings import Settings
from tenhats.shelf import NOTHING_KEPT, Shelf

__all__ = ["Binding", "Test", "TestSuite", "is_test_file", "read_suite", "tests_of"]


@dataclass(frozen=True)
class TestSuite:
    """Every test of the project, every test file that cannot be parsed, and where pytest is to collect.

    `scenarios` gives what a Gherkin scenario is bound to by its place, `path:line`; a row of its examples
    also by the scenario's place and the row's values, `path:line[a-b]`, as pytest-bdd calls it.
    """

    tests: tuple[Test, ...] = ()
    unreadable: tuple[tuple[str, int, str], ...] = ()
    folders: tuple[str, ...] = ("tests",)
    scenarios: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def bindings(self) -> list[Binding]:
        """Every binding of every test."""
        return [binding for test in self.tests for binding in test.bindings]

    @cached_property
    def bound_names(self) -> frozenset[str]:
        """The names that some test is bound to, as the tests write them."""
        return frozenset(binding.name for binding in self.bindings)


@fact(reads=("*.py", "*.feature", *FILES))
def read_suite(project: Project, tree: Tree, shelf: Shelf = NOTHING_KEPT) -> TestSuite:
    """Read every test file and every Gherkin file, and the modules that they take something from."""
    known: dict[str, FileIndex] = {}

    def read(path: str) -> FileIndex:
        if path not in known:
            source = (project.root / path).read_bytes()
            key = hashlib.sha256(source).hexdigest()
            known[path] = shelf.had(FileIndex, key, partial(index_of, source))
        return known[path]

    config = read_config(project.root)
    settings = project.settings
    tops = ("", *config.importable, settings.source)
    collector = Collector(config, Modules(read, frozenset(tree.files), tops, settings.source))
    tests: list[Test] = []
    unreadable: list[tuple[str, int, str]] = []
    folders = _folders(project, config)
    for path in _collected(tree.matching("*.py"), folders, config, read):
        index = read(path)
        if index.error:
            unreadable.append((path, *index.error))
        else:
            tests.extend(collector.tests(path, index))
    scenarios: dict[str, tuple[str, ...]] = {}
    for path in tree.matching(*(f"{folder}/*.feature" for folder in (*folders, "features"))):
        try:
            found = list(scenarios_in((project.root / path).read_bytes()))
        except NotGherkin as error:
            unreadable.append((path, error.line, str(error)))
        else:
            tests.extend(as_test(each, path) for each in found)
            scenarios.update(pair for each in found for pair in bound_places(each, path))
    return TestSuite(tuple(tests), tuple(unreadable), folders, scenarios)


def is_test_file(path: str, folder: str) -> bool:
    """Whether pytest would collect a file; `folder` is that of the tests."""
    name = path.rpartition("/")[2]
    named = name.startswith("test_") or name.endswith("_test.py")
    return path.startswith(f"{folder}/") and name.endswith(".py") and named


def _folders(project: Project, config: PytestConfig) -> tuple[str, ...]:
    """Where pytest is to collect: where our own setting says, else where the project tells pytest to."""
    if project.settings.tests != Settings.tests or not config.paths:
        return (project.settings.tests,)
    places = (place for pattern in config.paths for place in sorted(project.root.glob(pattern)))
    return tuple(dict.fromkeys(place.relative_to(project.root).as_posix() for place in places))


def _collected(
    files: Iterable[str], folders: tuple[str, ...], config: PytestConfig, read: Callable[[str], FileIndex]
) -> list[str]:
    """The test files under the folders, without those that a `conftest.py` leaves out."""
    within = [path for path in files if any(config.is_within(path, folder) for folder in folders)]
    left_out: list[str] = []
    for path in within:
        if path.rpartition("/")[2] == "conftest.py":
            home, index = path.removesuffix("conftest.py"), read(path)
            left_out += [glob.escape(home + each) for each in index.ignored]
            left_out += [f"{glob.escape(home)}{each}" for each in index.ignored_globs]
    tests = [path for path in within if config.is_file(path)]
    if not left_out:
        return tests
    patterns = [each for name in left_out for each in (name, f"{name}/*")]
    return [path for path in tests if not any(fnmatch.fnmatchcase(path, each) for each in patterns)]
