"""Whether what holds for any input is tried on many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenhats.facts.invariants import Invariant, Invariants, invariants_in
from tenhats.facts.suite import tests_of as read_tests
from tests.unit import made_up
from tests.unit.made_up import ask, hinted, is_not_applicable, is_silent, told

pytestmark = pytest.mark.req("004-proof/FR-010")


DESIGN = """# Design

### Property 1: Nothing is lost

*For any* list of names, all SHALL be kept.

**Validates: Requirements 1.1, 1.2**

### Property 2: A name

One name is kept.

## Testing
"""


def test_properties_of_a_design() -> None:
    """Those that say of what they are true, with their criteria."""
    (found,) = invariants_in(DESIGN, ".kiro/specs/names/design.md", "names")

    assert (3, ("names/1.1", "names/1.2")) == (found.line, found.names)


@pytest.mark.parametrize(
    ("source", "varied"),
    [
        ("@given(st.text())\ndef test_it(a): assert a", True),
        ("@hypothesis.given(a=st.text())\ndef test_it(a): assert a", True),
        ("@pytest.mark.parametrize('a', [1, 2, 3, 4, 5])\ndef test_it(a): assert a", True),
        ("@pytest.mark.parametrize('a', CASES)\ndef test_it(a): assert a", True),
        ("@pytest.mark.parametrize('a', [1, 2])\ndef test_it(a): assert a", False),
        ("def test_it():\n    for a in range(99):\n        assert f(a)", True),
        ("def test_it():\n    assert f(1)", False),
    ],
)
def test_which_tests_try_many_inputs(source: str, varied: bool) -> None:
    """By Hypothesis, by cases, in a loop."""
    (found,) = read_tests(source, "tests/test_it.py")

    assert varied == found.varied


GIVEN = made_up.required(made_up.requirement("FR-001", "System MUST greet whatever the name"))
TEST = made_up.bound("001-greeting/FR-001")
PROPERTY = Invariants((Invariant("design.md", 3, "Property 1", ("001-greeting/FR-001",)),))


def test_a_property_that_is_tried_once_is_found() -> None:
    """And a requirement that says so is advice."""
    found = ask("TST017", GIVEN, made_up.suite(TEST), PROPERTY)

    assert [("design.md", 3, "Property 1: no test of it tries many inputs")] == told(found)
    assert [(made_up.SPEC, 10)] == [each[:2] for each in hinted(found)]


def test_a_property_that_is_tried_on_many_inputs() -> None:
    """One test that does is enough."""
    found = ask("TST017", GIVEN, made_up.suite(TEST, replace(TEST, varied=True)), PROPERTY)

    assert is_silent(found)
    assert not hinted(found)


def test_a_property_without_a_test_is_asked_of_others() -> None:
    """It has no test that could try many."""
    assert is_not_applicable(ask("TST017", GIVEN, made_up.suite(), PROPERTY))
