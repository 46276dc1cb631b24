"""The bite of the tests: which of them would have failed had nothing been implemented.

Every function of the sources is switched off at once, and the tests that are bound to a requirement
and pass otherwise are run. One that still passes proves nothing. (Extreme mutation: R. Niedermayr et
al., “Will my tests tell me if I break this code?”, CSED 2016.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import TestRun
from tenhats.facts.trial import Tried, try_tests


@dataclass(frozen=True)
class Bite:
    """What the bound tests said when no function did anything."""

    tried: tuple[Tried, ...] = ()

    @cached_property
    def verdicts(self) -> dict[str, bool | None]:
        """By the id of each test, without parameters: whether it noticed; None if it could not be tried.

        A test of several cases has noticed if one of them has.
        """
        found: dict[str, bool | None] = {}
        for each in self.tried:
            name = each.id.partition("[")[0]
            said = each.noticed if each.ran else None
            found[name] = said or found.get(name) or (False if False in {said, found.get(name)} else None)
        return found


@fact(reads=("*",))
def try_hollow(project: Project, environment: ProjectEnvironment, suite: TestSuite, run: TestRun) -> Bite:
    """Run the bound tests that pass, and the bound benchmarks once each, with every function off."""
    passed = {
        result.id: result.seconds for result in run.results if result.names and result.outcome == "passed"
    }
    timed = [test.id for test in suite.tests if test.is_timed and test.bindings]
    if not passed and not timed:
        return Bite()
    return Bite(try_tests(project, environment.interpreter(), [*passed, *timed], seconds=passed))
