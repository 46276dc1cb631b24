"""What the test engineer promises of proofs."""

from __future__ import annotations

import pytest

from tenhats.facts.doubles import Doubles
from tenhats.tampering.doubles import Double
from tests.unit.made_up import TESTS, ask, bite, bound, is_not_applicable, is_silent, suite, told

pytestmark = pytest.mark.req("004-proof/FR-009")


def test_a_test_that_notices_is_good() -> None:
    """Nothing is said of it."""
    assert is_silent(ask("TST007", suite(bound("FR-001")), bite(test_it=True), Doubles()))


def test_a_test_that_passes_anyway_is_named() -> None:
    """At its own line."""
    found = ask("TST007", suite(bound("FR-001", line=8)), bite(test_it=False), Doubles())

    assert [
        (
            "tests/test_greeting.py",
            8,
            "test_it passes although no function of the sources does anything: it proves nothing",
        )
    ] == told(found)


def test_a_test_that_asserts_nothing_is_named_elsewhere() -> None:
    """One complaint about one mistake."""
    assert [] == told(ask("TST007", suite(bound("FR-001", asserts=False)), bite(test_it=False), Doubles()))


def test_a_test_that_could_not_be_tried_is_unchecked() -> None:
    """It is neither good nor bad."""
    found = ask("TST007", suite(bound("FR-001")), bite(test_it=None), Doubles())

    assert [] == told(found)
    assert "1 tests could not be tried: test_it" == found.unseen


def test_without_bound_tests_nothing_was_tried() -> None:
    """And nothing has passed; with one, something has been."""
    assert is_not_applicable(ask("TST007", suite(), bite(), Doubles()))
    assert ask("TST007", suite(bound("FR-001")), bite(test_it=True), Doubles()).looked_at == 1


@pytest.mark.parametrize(("kind", "test"), [("called", f"{TESTS}::test_it"), ("copy", f"{TESTS}::greet")])
def test_a_test_of_a_stand_in_is_named_elsewhere(kind: str, test: str) -> None:
    """One complaint about one mistake."""
    doubles = Doubles((Double(kind, TESTS, 8, test, "greet"),), 1)

    assert [] == told(ask("TST007", suite(bound("FR-001")), bite(test_it=False), doubles))
