"""Red before green: what the tests of new requirements say of the sources as they were at the base.

A test that passes there already does not show that anything was implemented. And which came first,
a requirement's test or the code that its tests execute, is read from the history since the base.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats import processes
from tenhats.fact import Project, fact
from tenhats.facts.base import Base, copy_of, files_at
from tenhats.facts.earlier import EarlierSpecs
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.functions import Function, Functions, functions_of
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import TestRun
from tenhats.facts.trial import Tried, try_tests


@dataclass(frozen=True)
class Late:
    """A function that is older than the tests of the requirement that it serves; both commits."""

    name: str
    path: str
    line: int
    function: str
    code: str
    test: str


@dataclass(frozen=True)
class Red:
    """What the tests of the new requirements said at the base; `reason` where there is nothing to ask.

    `new` are the requirements of the change that have a test which passes now.
    """

    base: str = ""
    new: tuple[str, ...] = ()
    tried: tuple[Tried, ...] = ()
    late: tuple[Late, ...] = ()
    reason: str = ""

    def of(self, tests: Iterable[str]) -> str:
        """What some of the tests, without parameters, said at the base; nothing if none was red there."""
        wanted = set(tests)
        said = {each.outcome for each in self.tried if each.id.partition("[")[0] in wanted} - {"passed"}
        return f"{self.base[:10]}: {', '.join(sorted(said))}" if said else ""


@fact(reads=("*",))
def try_at_base(
    project: Project,
    environment: ProjectEnvironment,
    base: Base,
    earlier: EarlierSpecs,
    specs: Specs,
    suite: TestSuite,
    run: TestRun,
    functions: Functions,
) -> Red:
    """Run the tests of new requirements, as they are now, over the sources as they were."""
    if base.commit is None:
        return Red(reason=base.reason)
    source = f"{project.settings.source}/"
    if not any(path.startswith(source) for path in base.changed):
        return Red(base.commit, reason=f"no source has changed since {base.commit[:10]}")
    bound = _bound(_new(specs, earlier, base), specs, run)
    if not bound:
        return Red(base.commit, reason=f"no requirement with a test is new since {base.commit[:10]}")
    there = [path for path in files_at(project, base) if path.startswith(source)]
    copy = copy_of(project, base, there, "sources")
    tests = sorted({test for each in bound.values() for test in each})
    folder = copy / project.settings.source
    folder.mkdir(parents=True, exist_ok=True)
    tried = try_tests(project, environment.interpreter(), tests, off="", instead=folder)
    old = {
        (path, function.name)
        for path in there
        if path.endswith(".py")
        for function in functions_of((copy / path).read_bytes(), path)
    }
    fresh = [each for each in functions.functions if each.first and (each.path, each.name) not in old]
    late = tuple(_late(project, base.commit, bound, run, fresh))
    return Red(base.commit, tuple(sorted(bound)), tried, late)


def _new(specs: Specs, earlier: EarlierSpecs, base: Base) -> set[str]:
    """The names that the specifications have and had not at the base."""
    found: set[str] = set()
    for feature in specs.features:
        if any(each.path in base.changed for each in (feature, *feature.promises)):
            was = earlier.features.get(feature.name)
            found |= feature.names - (was.names if was else frozenset())
    return found


def _bound(names: set[str], specs: Specs, run: TestRun) -> dict[str, set[str]]:
    """The tests of each of the names that pass, without parameters."""
    found: dict[str, set[str]] = {}
    for result in run.results:
        for name in {specs.resolve(word) for word in result.names} & names:
            if name and result.outcome == "passed":
                found.setdefault(name, set()).add(result.id.partition("[")[0])
    return found


def _late(
    project: Project, base: str, bound: dict[str, set[str]], run: TestRun, fresh: list[Function]
) -> Iterator[Late]:
    """The new functions whose first commit is older than that of every test of a requirement they serve."""
    listed = processes.run(
        ["git", "rev-list", "--reverse", "--topo-order", f"{base}..HEAD"], cwd=project.root
    )
    order = {commit: at for at, commit in enumerate(listed.out.split())}
    if len(order) < 2:
        return
    for name, tests in sorted(bound.items()):
        begun = [
            first for test in tests if (first := _first(project, base, test.partition("::")[0], _def(test)))
        ]
        reached = run.reach.of(tests)
        for function in fresh:
            if not begun or not reached.get(function.path, 0) & function.bits:
                continue
            code = _first(project, base, function.path, f"def {function.name.rpartition('.')[2]}(")
            test = min(begun, key=lambda commit: order.get(commit, len(order)))
            if code and order.get(code, len(order)) < order.get(test, len(order)):
                yield Late(name, function.path, function.line, function.name, code, test)


def _def(test: str) -> str:
    return f"def {test.rpartition('::')[2]}("


def _first(project: Project, base: str, path: str, words: str) -> str:
    """The first commit since the base that brought the words into a file; empty if none has yet."""
    said = processes.run(
        ["git", "log", "--reverse", "--topo-order", "--format=%H", f"-S{words}", f"{base}..HEAD", "--", path],
        cwd=project.root,
    )
    return next(iter(said.out.split()), "")
