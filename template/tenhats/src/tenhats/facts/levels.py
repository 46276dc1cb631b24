"""How far each test goes: one module, several of them, or all the way in by a front door.

Measured where it can be: a test is an integration test if it executed functions of more than one module.
What runs in another process leaves no lines, so that is read from the tests' source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tenhats.fact import Project, fact
from tenhats.facts.behave import BehaveRun
from tenhats.facts.doors import Door, Doors, Meeting
from tenhats.facts.entering import INVOKES, PROGRAM, WEB, Part, ways_in
from tenhats.facts.functions import Functions
from tenhats.facts.suite import Test, TestSuite
from tenhats.facts.testrun import Benchmarks, TestRun
from tenhats.facts.tree import Tree
from tenhats.shelf import NOTHING_KEPT, Shelf

_NEVER_RAN = {"skipped", "not run"}


@dataclass(frozen=True)
class Level:
    """How far one test goes: the modules whose functions it executed, and the doors that it went in by."""

    modules: tuple[str, ...] = ()
    doors: tuple[Door, ...] = ()

    @property
    def name(self) -> str:
        """`end-to-end`, `integration` or `unit`."""
        if self.doors:
            return "end-to-end"
        return "integration" if len(self.modules) > 1 else "unit"


@dataclass(frozen=True)
class Levels:
    """The level of each test that ran, by its id without parameters; where modules with functions meet."""

    tests: dict[str, Level] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()


@fact(reads=("*",))
def measure_levels(
    project: Project,
    tree: Tree,
    doors: Doors,
    suite: TestSuite,
    run: TestRun,
    benchmarks: Benchmarks,
    behaved: BehaveRun,
    functions: Functions,
    shelf: Shelf = NOTHING_KEPT,
) -> Levels:
    """Put together what the tests executed and how they got in."""
    if not doors.doors and not doors.meetings:
        return Levels()
    ways = ways_in(project, tree, suite.folders, shelf)
    bodies: dict[str, int] = {}
    for function in functions.functions:
        bodies[function.path] = bodies.get(function.path, 0) | function.bits
    results = (*run.results, *benchmarks.results, *behaved.results)
    never = {each.id.partition("[")[0] for each in results if each.outcome in _NEVER_RAN}
    never -= {each.id.partition("[")[0] for each in results if each.outcome not in _NEVER_RAN}
    found = {}
    for test in suite.tests:
        if test.id in never:
            continue
        lines = run.reach.by_test.get(test.id, {})
        modules = tuple(sorted(path for path, bits in lines.items() if bits & bodies.get(path, 0)))
        way = ways.of(test.id.rpartition("::")[2], test.path)
        entered = (door for door in doors.doors if _enters(test, door, way, lines, doors, functions))
        found[test.id] = Level(modules, tuple(entered))
    meetings = (each for each in doors.meetings if bodies.get(each.path) and bodies.get(each.module))
    return Levels(found, tuple(meetings))


def _enters(
    test: Test, door: Door, way: Part, lines: dict[str, int], doors: Doors, functions: Functions
) -> bool:
    """Whether a test goes in by a door: as its lines say, or its own words."""
    if test.path.endswith(".feature"):
        return True
    if door.kind != "command":
        return WEB in way.ways
    if INVOKES in way.ways:
        return not door.leads_to or door.leads_to in lines or any(each in lines for each in _kin(door, lines))
    if PROGRAM in way.ways and _is_named(way.texts, (door.name, *doors.packages)):
        return True
    body = _body(door, functions)
    return bool(body and body & lines.get(door.leads_to, 0))


def _kin(door: Door, lines: Iterable[str]) -> list[str]:
    """The files executed beside the one that a command leads to: a group's subcommands stand there."""
    home = door.leads_to.rpartition("/")[0]
    return [path for path in lines if path.startswith(f"{home}/")]


def _body(door: Door, functions: Functions) -> int:
    bodies = (
        each.bits for each in functions.functions if each.path == door.leads_to and each.name == door.function
    )
    return next(bodies, 0)


def _is_named(texts: Iterable[str], names: Iterable[str]) -> bool:
    wanted = (*names, "manage.py", "__main__")
    return any(name in text for text in texts for name in wanted)
