"""What the test engineer promises of the suite as a whole: it tries the parts, and the whole together."""

from __future__ import annotations

from collections.abc import Iterable

from tenhats.facts.doors import Door, Doors
from tenhats.facts.levels import Levels
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import TestRun
from tenhats.gates import Gate
from tenhats.rule import Findings, rule

_LEVELS = "Implements integration and end-to-end tests"
_NO_TEST = "there is no test that could go in"


@rule("TST014", gate=Gate.TESTS, practice=_LEVELS)
def a_test_goes_in_by_the_front_door(
    doors: Doors, levels: Levels, suite: TestSuite, specs: Specs, run: TestRun
) -> Findings:
    r"""A test goes in by the front door.

    All parts can be right and the whole not work: the command is not wired up, the route is missing, an
    argument is never read. A project that installs a command or serves a web application has at least one
    bound test that uses it as a user does:

        @pytest.mark.req("001-greeting/US1.2")
        def test_installed_command_greets() -> None:
            assert run("greeter", "Ada").stdout == "Hello, Ada!\n"

    Counted are tests that start a program and name the command or the package, that execute the function
    which the command calls, that use click's or typer's `CliRunner`, or a client of the web application
    (`TestClient`, `test_client`, Django's `Client`, httpx, a browser), themselves or through fixtures;
    and Gherkin scenarios. Skipped ones are not. Where no test is bound to anything, every test counts. Doors
    are `[project.scripts]`, and applications of FastAPI, Flask, Starlette, Django and the like in the
    sources. Of several commands, those that nobody tries are advice once one of them is tried.
    """
    findings = Findings()
    asked = doors.doors if suite.tests else ()
    bound = {binding.test for binding in suite.bindings if specs.resolve(binding.name)}
    tried = {
        door for test, level in levels.tests.items() if test in bound or not bound for door in level.doors
    }
    nothing = _NO_TEST if doors.doors else "there is no command and no web application"
    if asked and run.broken:
        findings.could_not_see(f"the tests did not all run: {run.broken[0].message}")
    missed: dict[str, list[Door]] = {}
    for door in findings.over(asked, nothing=nothing):
        if door not in tried and not _is_same(door, tried):
            missed.setdefault(door.kind, []).append(door)
    for kind, doors_missed in missed.items():
        if run.broken:
            continue
        message = f"no {'bound ' if bound else ''}test goes in by the {kind} {{}}"
        fix = _FIXES[kind]
        some = any(door.kind == kind for door in tried)
        for door in doors_missed if some else doors_missed[:1]:
            tell = findings.advise if some else findings.add
            tell(door, message.format(door.name), fix.format(door.name))
    return findings


_FIXES = {
    "command": "start {0} in a test that is bound to a scenario, and assert what it prints and returns",
    "web application": "ask the {0} application with its test client in a test that is bound to a scenario",
}


def _is_same(door: Door, others: Iterable[Door]) -> bool:
    """Whether one of the others leads to the same function."""
    return bool(door.leads_to) and any(
        (each.leads_to, each.function) == (door.leads_to, door.function) for each in others
    )


@rule("TST015", gate=Gate.TESTS, practice=_LEVELS)
def a_test_runs_modules_together(levels: Levels, run: TestRun) -> Findings:
    """A test runs several modules together.

    Tests of single modules do not show that the modules understand each other. Where one module of the
    sources imports another, at least one test executes functions of two of them:

        def test_main_greets(capsys: pytest.CaptureFixture[str]) -> None:
            assert main(["Ada"]) == 0   # __main__ asks greeting

    Measured, not declared: coverage.py says which lines each test executed, so it does not matter in which
    folder the test stands. A test that goes in by a front door counts, because what another process
    executes is not measured.
    """
    findings = Findings()
    far = any(level.name != "unit" for level in levels.tests.values())
    asked = levels.meetings if levels.tests else ()
    nothing = "no module of the sources imports another" if not levels.meetings else _NO_TEST
    for _ in findings.over(asked, nothing=nothing):
        pass
    if not asked or far:
        return findings
    if not run.reach.reached or run.broken:
        findings.could_not_see("it is not known which lines the tests executed")
        return findings
    first = asked[0]
    findings.add(
        first,
        f"no test executes functions of more than one module, and this one takes from {first.module}",
        "test the two together: call what uses both, and replace neither",
    )
    return findings
