"""The specification engineer's rules on what a feature lacks, on made-up features."""

from __future__ import annotations

import pytest

from tenhats.formats.model import EdgeCase, Section
from tests.unit.made_up import (
    SPEC,
    ask,
    feature,
    hinted,
    is_not_applicable,
    is_silent,
    requirement,
    scenario,
    specs,
    story,
    told,
)

pytestmark = pytest.mark.req("002-judging-specifications/FR-001")


HEADING = Section(SPEC, 25, 3, "Edge Cases")
REFUSED = EdgeCase(SPEC, 27, "- A name of 101 characters is refused.")
ASKED = EdgeCase(SPEC, 28, "- What happens when the name is blank?")


def test_stories_with_priority_and_test_are_accepted() -> None:
    """Nothing is advised either."""
    findings = ask("SPC017", specs(feature(stories=(story(scenario()),))))
    assert is_silent(findings)
    assert hinted(findings) == []


def test_a_story_that_lacks_what_others_have_is_told_of() -> None:
    """Each of the two at the story's own line."""
    lacking = story(line=40, name="001-greeting/US2", priority=None, independent_test=None)
    findings = ask("SPC017", specs(feature(stories=(story(), lacking))))
    assert told(findings) == [
        (SPEC, 40, "001-greeting/US2 has no priority, and others have"),
        (SPEC, 40, "001-greeting/US2 has no independent test, and others have"),
    ]


def test_a_specification_that_knows_neither_is_advised_once_each() -> None:
    """Older templates did not ask."""
    plain = [story(line=line, priority=None, independent_test=None) for line in (19, 29)]
    findings = ask("SPC017", specs(feature(stories=tuple(plain))))
    assert told(findings) == []
    assert hinted(findings) == [
        (SPEC, 19, "the user stories of 001-greeting have no priority"),
        (SPEC, 19, "the user stories of 001-greeting have no independent test"),
    ]


def test_stories_of_other_formats_are_not_asked() -> None:
    """Kiro, OpenSpec and BMAD have neither."""
    assert is_not_applicable(ask("SPC017", specs(feature(stories=(story(),), format="kiro"))))


@pytest.mark.parametrize(
    "text",
    [
        "System MUST refuse a blank name",
        "System MUST NOT wave",
        "名前が空の場合、エラーを返さなければならない",
    ],
)
def test_a_feature_that_tells_what_goes_wrong_is_accepted(text: str) -> None:
    """In a requirement, whatever the language."""
    one = feature(requirement(text=text), sections=(HEADING,), edge_cases=(REFUSED,))
    findings = ask("SPC018", specs(one))
    assert is_silent(findings)
    assert hinted(findings) == []


def test_a_heading_with_nothing_under_it_is_told_of() -> None:
    """At the heading."""
    findings = ask("SPC018", specs(feature(requirement(), sections=(HEADING,))))
    assert told(findings) == [(SPEC, 25, "001-greeting: nothing stands under “Edge Cases”")]


def test_a_feature_in_which_all_goes_well_is_told_of() -> None:
    """In spec-kit's format; in the others it is advice."""
    message = "001-greeting does not say what happens when something goes wrong"
    findings = ask("SPC018", specs(feature(requirement())))
    assert told(findings) == [(SPEC, 1, message)]
    advice = ask("SPC018", specs(feature(requirement(), format="openspec")))
    assert told(advice) == []
    assert hinted(advice) == [(SPEC, 1, message)]


def test_edge_cases_that_only_ask_are_advised_once() -> None:
    """A question says that somebody thought of it, and not what happens."""
    one = feature(requirement(), sections=(HEADING,), edge_cases=(REFUSED, ASKED))
    findings = ask("SPC018", specs(one))
    assert told(findings) == []
    assert hinted(findings) == [(SPEC, 28, "1 of 2 edge cases of 001-greeting ask and do not answer")]


def test_a_specification_without_the_heading_is_advised() -> None:
    """As long as something else tells what goes wrong."""
    findings = ask("SPC018", specs(feature(requirement(text="System MUST refuse a blank name"))))
    assert told(findings) == []
    assert hinted(findings) == [(SPEC, 1, "001-greeting has no edge cases")]


def test_features_of_bmad_are_not_asked_what_goes_wrong() -> None:
    """Their criteria are read by their first lines."""
    assert is_not_applicable(ask("SPC018", specs(feature(requirement(), format="bmad"))))
