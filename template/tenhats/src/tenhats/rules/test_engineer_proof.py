"""What the test engineer promises of every proof: it would have failed without the implementation."""

from __future__ import annotations

from tenhats.facts.bite import Bite
from tenhats.facts.doubles import Doubles
from tenhats.facts.red import Red
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.gates import Gate
from tenhats.rule import Findings, rule

_STANDS_IN = {"called", "unit"}
_FIRST = "Writes tests before implementation"


@rule("TST007", gate=Gate.TESTS, practice="Creates comprehensive test suites")
def tests_notice_a_missing_implementation(suite: TestSuite, bite: Bite, doubles: Doubles) -> Findings:
    """Every bound test would fail without the implementation.

    A test that passes whether or not anything is implemented proves nothing, however many requirements
    it is bound to. To find out, each bound test that passes is run once more while every function of
    the sources returns at once; signatures, constants and dataclasses stay, and nothing is written
    into the tree. A test that still passes is named. Assert what the function returns or changes, for
    a case in which that is not nothing:

        @pytest.mark.req("001-greeting/FR-001")
        def test_a_name_is_greeted() -> None:
            assert greet("Ada") == "Hello, Ada!"

    A test with several cases notices if one of them does. One that could not be imported, or was
    skipped, is *unchecked*. One that asserts nothing is TST003's, and one that tests a stand-in is
    TST012's. After R. Niedermayr et al., “Will my tests tell me if I break this code?”, CSED 2016.
    """
    findings = Findings()
    told = {each.test for each in doubles.doubles if each.kind in _STANDS_IN}
    copied = {each.path for each in doubles.doubles if each.kind == "copy"}
    tried = [
        test
        for test in suite.tests
        if test.id in bite.verdicts and test.asserts and test.id not in told and test.path not in copied
    ]
    unseen = []
    for test in findings.over(tried, nothing="no test that is bound to a requirement passes"):
        noticed = bite.verdicts[test.id]
        name = test.id.rpartition("::")[2]
        if noticed is None:
            unseen.append(name)
        elif not noticed:
            findings.add(
                test,
                f"{name} passes although no function of the sources does anything: it proves nothing",
                "assert what the function returns or changes, in a case in which that is not nothing",
            )
    if unseen:
        findings.could_not_see(f"{len(unseen)} tests could not be tried: {', '.join(unseen[:3])}")
    return findings


@rule("TST008", gate=Gate.TESTS, practice=_FIRST)
def new_tests_were_red(suite: TestSuite, red: Red) -> Findings:
    """Every test of a new requirement fails on the code from before it.

    A test that was never red may test something else. The tests of requirements that are new since the
    base are run as they are now, over the sources as they were then; there, none of them may pass. A
    module that was not there yet counts as red.

    Asked where sources have changed since the base: the commit where a branch left the one that it will
    be merged into, else the last commit. Where code is given a specification only now, say so on the
    test:

        # tenhats: ignore[TST008] the code is older than its specification
        def test_a_name_is_greeted() -> None: ...
    """
    findings = Findings()
    passed = {tried.id.partition("[")[0] for tried in red.tried if tried.outcome == "passed"}
    failed = {tried.id.partition("[")[0] for tried in red.tried if tried.outcome != "passed"}
    asked = [test for test in suite.tests if test.id in passed | failed]
    for test in findings.over(asked, nothing=red.reason or "no requirement with a test is new"):
        if test.id in passed - failed:
            name = test.id.rpartition("::")[2]
            findings.add(
                test,
                f"{name} passes on the sources of {red.base[:10]} already: it was never red",
                "assert what is new, or bind it to the requirement that was there before",
            )
    return findings


@rule("TST009", gate=Gate.TESTS, practice=_FIRST)
def tests_are_no_younger_than_code(specs: Specs, red: Red) -> Findings:
    """Every new requirement's test is in the history no later than its code.

    In the commits since the base, the first test of a new requirement comes before the new functions
    that it executes, or in the same commit. A commit that was made in the other order can be put right
    before it is merged: `git rebase --interactive`, or squash the two into one.
    """
    findings = Findings()
    places = {each.name: each for each in specs.promises}
    late = {each.name: each for each in reversed(red.late)}
    asked = [places[name] for name in red.new if name in places]
    for each in findings.over(asked, nothing=red.reason or "no requirement with a test is new"):
        if found := late.get(each.name):
            findings.add(
                each,
                f"{each.name}: {found.function} ({found.path}, commit {found.code[:10]}) is older than "
                f"its first test (commit {found.test[:10] or 'not made yet'})",
                "commit the test first, or both together: git rebase --interactive",
            )
    return findings
