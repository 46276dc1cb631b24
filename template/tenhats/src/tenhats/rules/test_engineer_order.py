"""What the test engineer promises of tests beside each other: none of them lives on what another left."""

from __future__ import annotations

import shlex

from tenhats.facts.order import Backwards, Dependent, OrderDependence
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import TestRun
from tenhats.gates import Gate
from tenhats.rule import Findings, Placed, rule

_BACKWARDS = "PYTHONPATH=tenhats/src python -m pytest -p tenhats.probes.tenhats_order"


@rule("TST019", gate=Gate.TESTS, practice="Implements integration and end-to-end tests")
def tests_do_not_depend_on_their_order(
    suite: TestSuite, run: TestRun, backwards: Backwards, dependence: OrderDependence
) -> Findings:
    """Every test says the same whatever ran before it.

    A test that needs another one before it fails on the day when somebody runs it alone, adds a file or
    spreads the suite over two machines; and one that leaves something behind lets others pass by luck. Make
    what a test needs in a fixture that also takes it away:

        @pytest.fixture
        def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
            monkeypatch.setenv("GREETING", "Hello")
            return Settings.from_environment()

    The suite is run once more, from back to front, without coverage and benchmarks. That swaps every two
    tests; a shuffle would swap half of the pairs, other ones each time, and blame changes that are not at
    fault. What passed before and fails now is run again in both orders, alone, and after fewer and fewer
    tests, until the one is found that it depends on: the finding's command shows the failure again.

    Tests of which the order is declared (pytest-order, pytest-dependency, a mark `incremental`) keep it. A
    test that does not say the same when it is run again in the same order is advice: it depends on something
    else. After A. Shi et al., “iFixFlakies”, ESEC/FSE 2019.
    """
    findings = Findings()
    found = {each.id: each for each in dependence.tests}
    lines = {test.id: test for test in suite.tests}
    passed = [each for each in run.results if each.outcome == "passed"]
    if backwards.trouble:
        findings.could_not_see(f"the tests could not be run from back to front: {backwards.trouble}")
    missing = [each.id for each in passed if backwards.outcomes.get(each.id, "not run") == "not run"]
    if missing and backwards.outcomes:
        findings.could_not_see(f"{missing[0]} and {len(missing) - 1} others did not run from back to front")
    asked = [each for each in passed if each.id in backwards.outcomes]
    for test in findings.over(asked, nothing="no two tests pass"):
        if dependent := found.get(test.id):
            _tell(findings, lines.get(test.id.partition("[")[0], test), dependent)
    return findings


def _tell(findings: Findings, place: Placed, test: Dependent) -> None:
    name, shown = test.id.rpartition("::")[2], f"python -m pytest {shlex.quote(test.id)}"
    if test.cause == "unsteady":
        findings.advise(
            place,
            f"{name} passed once and failed once, and not by the order: it depends on something else",
            f"time, chance, a file or a port: freeze it, or make it in a fixture; try {shown} several times",
        )
    elif test.cause == "alone":
        findings.add(
            place,
            f"{name} fails when it runs alone: it needs what another test leaves behind",
            f"make what it needs in a fixture; see it: {shown}",
        )
    elif test.cause == "after":
        other = shlex.quote(test.other)
        findings.add(
            place,
            f"{name} fails after {test.other}, and passes before it: it sees what that one leaves behind",
            f"undo it there in a fixture; see it: python -m pytest {other} {shlex.quote(test.id)}",
        )
    else:
        findings.add(
            place,
            f"{name} passes in the usual order and fails when the tests run from back to front",
            f"make what it needs in a fixture, and undo what others change; see it: {_BACKWARDS}",
        )
