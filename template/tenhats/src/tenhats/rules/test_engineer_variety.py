"""What the test engineer promises of what holds for any input: more than one is tried."""

from __future__ import annotations

import re

from tenhats.facts.invariants import Invariants
from tenhats.facts.specs import Specs
from tenhats.facts.suite import Test, TestSuite
from tenhats.gates import Gate
from tenhats.rule import Findings, rule

_FOR_ANY = re.compile(
    r"\bfor (?:any|every|all) (?:valid |possible |given |non-empty )?"
    r"(?:input|value|string|text|name|number|list|sequence|set|file|path|order|combination)s?\b"
    r"|\b(?:whatever|whichever|regardless of|no matter (?:what|which|how))\b",
    re.IGNORECASE,
)
_FIX = "@given(…) of Hypothesis on a test of it, or @pytest.mark.parametrize with five cases or more"


@rule("TST017", gate=Gate.TESTS, practice="Creates comprehensive test suites")
def invariants_are_tried_on_many_inputs(specs: Specs, suite: TestSuite, invariants: Invariants) -> Findings:
    """What holds for any input is tried on many.

    One example does not show what is promised of all. Let Hypothesis look for the input that breaks the
    promise:

        @pytest.mark.req("001-greeting/FR-001")
        @given(name=names)
        def test_greets_in_one_line(name: str) -> None:
            assert len(greet(name).splitlines()) == 1

    A finding is a property of Kiro's `design.md` (“### Property 1”, “For any …”) whose criteria have tests,
    and not one of those tries many inputs: by `@given`, by `parametrize` with at least five cases, or in a
    loop. Advice is the same of a requirement that says “for any value”, “whatever” or “regardless of”. What
    has no test at all is TST001's. Scenarios in Gherkin are examples by their nature and are left out.
    """
    findings = Findings()
    tests: dict[str, list[Test]] = {}
    for test in suite.tests:
        if not test.path.endswith(".feature"):
            for name in {specs.resolve(binding.name) for binding in test.bindings} - {None}:
                tests.setdefault(name or "", []).append(test)
    asked = [
        (each, [test for name in each.names for test in tests.get(name, ())])
        for each in invariants.invariants
    ]
    for invariant, bound in findings.over(
        [pair for pair in asked if pair[1]], nothing="nothing that has a test is promised of any input"
    ):
        if not any(test.varied for test in bound):
            findings.add(invariant, f"{invariant.title}: no test of it tries many inputs", _FIX)
    for each in specs.requirements:
        if tests.get(each.name) and (words := _FOR_ANY.search(each.text)):
            findings.looked_at += 1
            if not any(test.varied for test in tests[each.name]):
                message = f"{each.name} says “{words.group()}”, and no test of it tries many inputs"
                findings.advise(each, message, _FIX)
    return findings
