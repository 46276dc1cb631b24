"""The specification engineer's rules on prose: what blocks, what advises, and what a team chooses."""

from __future__ import annotations

import pytest

from tests.unit.made_up import (
    SPEC,
    ask,
    is_not_applicable,
    is_silent,
    project,
    prose,
    requirement,
    told,
)

pytestmark = pytest.mark.req("002-judging-specifications/FR-002")


CODES = ["SPC010", "SPC011", "SPC012", "SPC013"]
PASSIVE = "The report MUST be sent"


@pytest.mark.req("002-judging-specifications/US1.2")
@pytest.mark.parametrize("code", CODES)
def test_a_plain_requirement_is_accepted(code: str) -> None:
    """And nothing is advised either."""
    findings = ask(code, prose(requirement(text="The system MUST greet by name")), project())
    assert is_silent(findings)
    assert findings.advised == []


@pytest.mark.parametrize("code", CODES)
def test_without_requirements_there_is_no_prose(code: str) -> None:
    """Nothing looked at is not applicable."""
    assert is_not_applicable(ask(code, prose(), project()))


@pytest.mark.req("002-judging-specifications/US1.1")
@pytest.mark.parametrize(
    ("code", "text", "message"),
    [
        ("SPC010", "The system should greet", "“should” does not oblige (ISO 29148 5.2.4)"),
        ("SPC010", "It MUST greet if possible", "“if possible” is a way out (GtWR R8)"),
        ("SPC011", "It MUST be user-friendly", "“user-friendly” means something else to everybody (GtWR R7)"),
        ("SPC011", "It MUST greet quickly", "“quickly” has no number (GtWR R34)"),
        ("SPC012", "It MUST greet Ada etc.", "“etc” leaves the list open (GtWR R9)"),
    ],
)
def test_what_blocks_is_told_of_at_the_requirement(code: str, text: str, message: str) -> None:
    """With the words, what is wrong with them, and by whose rule."""
    findings = ask(code, prose(requirement(text=text, line=12)), project())
    assert told(findings) == [(SPEC, 12, f"001-greeting/FR-001: {message}")]
    assert findings.found[0].fix


def test_each_rule_tells_of_its_own_kinds() -> None:
    """One word is one finding of one rule."""
    spec = prose(requirement(text="The system should greet quickly, in English etc."))
    assert [len(ask(code, spec, project()).found) for code in CODES] == [1, 1, 1, 0]


def test_a_success_criterion_may_say_can() -> None:
    """It is measured, not obeyed; other words are judged in it too."""
    spec = prose(requirement("SC-001", "Users can greet within 1 ms on a suitable machine"))
    assert is_silent(ask("SPC010", spec, project()))
    assert len(ask("SPC011", spec, project()).found) == 1


def test_what_users_can_is_how_bmad_says_it() -> None:
    """The format's own requirements read “Users can …”; in others that obliges nobody."""
    text = "Users can greet each other by name"
    vague = "Users should be greeted nicely"

    assert len(ask("SPC010", prose(requirement(text=text)), project()).found) == 1
    assert is_silent(ask("SPC010", prose(requirement(text=text), format="bmad"), project()))
    assert len(ask("SPC010", prose(requirement(text=vague), format="bmad"), project()).found) == 1


@pytest.mark.req("002-judging-specifications/SC-002")
def test_advice_is_no_finding() -> None:
    """The rule passes, and says what is worth a look."""
    findings = ask("SPC013", prose(requirement(text=PASSIVE)), project())
    assert is_silent(findings)
    assert [each.message for each in findings.advised] == [
        "001-greeting/FR-001: “be sent” does not say who does it (GtWR R2)"
    ]


@pytest.mark.parametrize(("level", "found", "advised"), [("block", 1, 0), ("advise", 0, 1), ("off", 0, 0)])
def test_a_team_chooses_the_level(level: str, found: int, advised: int) -> None:
    """For each kind of smell."""
    spec = prose(requirement(text=PASSIVE))
    findings = ask("SPC013", spec, project(prose={"passive": level}))
    assert (len(findings.found), len(findings.advised)) == (found, advised)
