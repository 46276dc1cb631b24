"""What the test engineer promises of every proof: it would have failed without the implementation."""

from __future__ import annotations

from tenhats.facts.bite import Bite
from tenhats.facts.suite import TestSuite
from tenhats.gates import Gate
from tenhats.rule import Findings, rule


@rule("TST007", gate=Gate.TESTS, practice="Creates comprehensive test suites")
def tests_notice_a_missing_implementation(suite: TestSuite, bite: Bite) -> Findings:
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
    skipped, is *unchecked*; one that asserts nothing is TST003's. After R. Niedermayr et al., “Will my
    tests tell me if I break this code?”, CSED 2016.
    """
    findings = Findings()
    tried = [test for test in suite.tests if test.asserts and test.id in bite.verdicts]
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
