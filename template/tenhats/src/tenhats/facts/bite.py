"""The bite of the tests: which of them would have failed had nothing been implemented.

Every function of the sources is switched off at once, and the tests that are bound to a requirement
and pass otherwise are run. One that still passes proves nothing. (Extreme mutation: R. Niedermayr et
al., “Will my tests tell me if I break this code?”, CSED 2016.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tenhats.fact import Project, fact
from tenhats.facts.behave import BehaveRun, act
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import TestRun
from tenhats.facts.tree import Tree
from tenhats.facts.trial import Tried, switchable, try_tests
from tenhats.probes.trial.tenhats_switch import ALL, OFF


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
def try_hollow(
    project: Project,
    environment: ProjectEnvironment,
    tree: Tree,
    suite: TestSuite,
    run: TestRun,
    behaved: BehaveRun,
) -> Bite:
    """Run what is bound and passes, and the bound benchmarks once each, with every function off."""
    python = environment.interpreter()
    # Of a test with several cases the ones that fail may be the ones that bite.
    failing = {each.id.partition("[")[0] for each in run.results if each.outcome in {"failed", "error"}}
    passed = {
        each.id: each.seconds
        for each in run.results
        if each.names and each.outcome == "passed" and each.id.partition("[")[0] not in failing
    }
    timed = [test.id for test in suite.tests if test.is_timed and test.bindings]
    tried = try_tests(project, python, [*passed, *timed], seconds=passed) if passed or timed else ()
    if any(result.names and result.outcome == "passed" for result in behaved.results):
        again = act(project, python, suite, tree, {**switchable(project), OFF: ALL})
        told = (Tried(each.id, each.outcome, each.message) for each in again.results if each.names)
        tried = (*tried, *told)
    return Bite(tried)
