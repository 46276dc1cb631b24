"""The specification engineer's rules on numbers, on made-up features and contracts."""

from __future__ import annotations

import pytest

from tenhats.facts.contracts import Contract, Contracts, Limit
from tests.unit.made_up import (
    PLAN,
    SPEC,
    ask,
    feature,
    is_not_applicable,
    is_silent,
    reference,
    required,
    requirement,
    specs,
    told,
)

pytestmark = pytest.mark.req("002-judging-specifications/FR-003")


LONG = "System MUST refuse a name of more than 100 characters"
SCHEMA = "specs/001-greeting/contracts/name.json"


def limited(name: str, characters: int) -> Contracts:
    """A schema with one property of at most so many characters."""
    return Contracts((Contract(SCHEMA, "JSON Schema", (), limits=(Limit(SCHEMA, 6, name, characters),)),))


@pytest.mark.parametrize(
    "text", ["FR-001: within 2000 ms", "FR-001 takes 2 s", "FR-001: 2 or 3 seconds, 5 users"]
)
def test_one_quantity_in_other_words_is_accepted(text: str) -> None:
    """Times are compared in one unit; a second number beside the same one is no contradiction."""
    must = requirement(text="System MUST greet within 2 seconds")
    one = feature(must, references=(reference("FR-001", text),))
    assert is_silent(ask("SPC020", specs(one), Contracts()))


def test_another_number_for_one_quantity_is_told_of() -> None:
    """At the line that repeats it; the message names the requirement's line."""
    must = requirement(text="System MUST greet within 2 seconds")
    one = feature(must, references=(reference("FR-001", "FR-001: within 5 seconds"),))
    message = f"5 seconds here, and 2 in 001-greeting/FR-001 ({SPEC}:10)"
    assert told(ask("SPC020", specs(one), Contracts())) == [(PLAN, 7, message)]


def test_lines_that_cannot_be_compared_are_not() -> None:
    """Another unit, two requirements on one line, the requirement's own line, an unknown name."""
    must = requirement(text="System MUST greet within 2 seconds")
    references = (
        reference("FR-001", "FR-001: 5 users"),
        reference("FR-001", "FR-001, FR-002: 5 seconds", line=8),
        reference("FR-002", "FR-001, FR-002: 5 seconds", line=8),
        reference("FR-001", must.text, line=10, path=SPEC),
        reference("FR-009", "FR-009: 5 seconds", line=9),
    )
    assert is_not_applicable(ask("SPC020", specs(feature(must, references=references)), Contracts()))


def test_a_contract_with_the_same_length_is_accepted() -> None:
    """A property is found by its name, in whatever case."""
    assert is_silent(ask("SPC020", required(requirement(text=LONG)), limited("Name", 100)))


def test_a_contract_with_another_length_is_told_of() -> None:
    """At the limit's own line."""
    findings = ask("SPC020", required(requirement(text=LONG)), limited("name", 50))
    message = f"50 characters here, and 100 in 001-greeting/FR-001 ({SPEC}:10)"
    assert told(findings) == [(SCHEMA, 6, message)]


@pytest.mark.parametrize("name", ["title", "lastName", "me"])
def test_a_property_of_which_no_requirement_speaks_is_not_compared(name: str) -> None:
    """Only whole words count, all of them."""
    assert is_not_applicable(ask("SPC020", required(requirement(text=LONG)), limited(name, 50)))


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "System MUST answer within 30 seconds.",
        "System MUST answer within 2.5s",
        "A score MUST be at least 90.",
        "The number of retries MUST be at most 3",
        "The contrast MUST be at least 4.5:1",
        "System MUST print `at most 5`",
    ],
)
def test_bounds_with_a_unit_are_accepted(text: str) -> None:
    """Or of a thing that has none: a score, a ratio, the number of something."""
    assert is_silent(ask("SPC022", required(requirement(text=text))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("System MUST answer within 30.", "within 30"),
        ("System MUST answer in less than 5 and then wait", "less than 5"),
        ("Das System MUSS höchstens 1,5 zeigen; mehr als 10", "mehr als 10"),
    ],
)
def test_a_bound_without_its_unit_is_told_of(text: str, said: str) -> None:
    """With the words that leave it out."""
    findings = ask("SPC022", required(requirement(text=text)))
    assert told(findings) == [(SPEC, 10, f"001-greeting/FR-001: “{said}” does not say of what")]
    assert findings.found[0].fix == f"say the unit: {said} seconds"


def test_without_requirements_there_is_no_number() -> None:
    """Nothing was looked at."""
    assert is_not_applicable(ask("SPC022", required()))
