"""The rules on versions, reviews and suspect proofs, on made-up specifications of now and of before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenhats.facts.base import Base
from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.reviews import Reviews
from tenhats.formats.model import Feature, Problem, Status, Version
from tenhats.rule import Findings
from tests.unit.made_up import (
    SPEC,
    ask,
    bound,
    feature,
    is_not_applicable,
    is_silent,
    requirement,
    review,
    reviews,
    specs,
    suite,
    task,
    told,
)

pytestmark = pytest.mark.req("002-judging-specifications/FR-005")


REVIEWERS = [("ARC005", "architect"), ("SEC005", "security-engineer")]
BUILT = feature(requirement(), tasks=(task(done=True, line=7),))
V1 = Version(SPEC, 4, "1.2.0")


def versioned(before: Feature, now: Feature, *changed: str) -> Findings:
    """What SPC009 says of a feature that was so and is so now."""
    base = Base("c0ffee", frozenset({now.path, *changed}))
    return ask("SPC009", specs(now), EarlierSpecs({before.name: before}), base)


@pytest.mark.req("002-judging-specifications/US2.1")
def test_other_words_ask_for_a_new_version() -> None:
    """At the requirement's line, with what it said and the line to paste."""
    before = feature(requirement(text="System MUST shout"), version=V1)
    findings = versioned(before, feature(requirement(), version=V1))
    message = "001-greeting/FR-001 said before: “System MUST shout”; the version on line 4 is still 1.2.0"
    assert [(SPEC, 10, message)] == told(findings)
    assert "**Version**: 1.3.0" == findings.found[0].fix


def test_a_requirement_that_comes_or_goes_asks_for_a_new_version() -> None:
    """A new one at its line, one that is gone at the version's."""
    before = feature(requirement("FR-002", "System MUST shout"), version=V1)
    assert [
        (SPEC, 10, "001-greeting/FR-001 is new; the version on line 4 is still 1.2.0"),
        (
            SPEC,
            4,
            "001-greeting/FR-002 is gone; it said: “System MUST shout”; the version on line 4 is still 1.2.0",
        ),
    ] == told(versioned(before, feature(requirement(), version=V1)))


@pytest.mark.parametrize(
    ("before", "now", "fix"),
    [
        (None, None, "**Version**: 1.0.0"),
        ("1.2", None, "**Version**: 1.0.0"),
        ("1.2", "1.2", "**Version**: 1.3"),
        ("v1", "v1", "**Version**: v2"),
        ("1.9.4", "1.2.4", "**Version**: 1.3.0"),
        ("1.2.0", "1.2.0-draft", "**Version**: 1.3.0"),
    ],
)
def test_a_version_that_has_not_moved_up_is_not_enough(before: str | None, now: str | None, fix: str) -> None:
    """None at all, the same, a lower one; the fix is the next in the author's own form."""
    old = feature(requirement(text="System MUST shout"), version=Version(SPEC, 4, before) if before else None)
    new = feature(requirement(), version=Version(SPEC, 4, now) if now else None)
    (finding,) = versioned(old, new).found
    assert fix == finding.fix
    assert ("has no version" in finding.message) is (now is None)


@pytest.mark.parametrize(
    ("before", "now"),
    [("1.2.0", "1.2.1"), ("1.9", "1.10"), (None, "1.0"), ("1.0-rc1", "1.0"), ("1.0-a", "1.0-b")],
)
def test_a_version_that_has_moved_up_is_enough(before: str | None, now: str) -> None:
    """By however little; a first one too."""
    old = feature(requirement(text="System MUST shout"), version=Version(SPEC, 4, before) if before else None)
    assert is_silent(versioned(old, feature(requirement(), version=Version(SPEC, 4, now))))


def test_the_same_words_in_another_dress_need_no_version() -> None:
    """Nor does another place in the file."""
    before = feature(requirement(text="system *must*  greet.", line=99))
    assert is_silent(versioned(before, feature(requirement())))


def test_a_draft_changes_freely() -> None:
    """One that said so at the base, and that nobody had built on; whatever it says now."""
    draft = feature(requirement(text="System MUST shout"), status=Status(SPEC, 3, "Draft"))
    begun = replace(draft, tasks=(task(done=True),))
    assert is_not_applicable(versioned(draft, BUILT))
    assert 1 == len(versioned(begun, BUILT).found)


def test_a_new_feature_needs_no_history() -> None:
    """And neither does a project without a base; the reason is that of the base."""
    assert is_not_applicable(ask("SPC009", specs(BUILT), EarlierSpecs({}), Base("c0ffee")))
    alone = ask("SPC009", specs(BUILT), EarlierSpecs({}, "there is one commit only"), Base())
    assert (0, "there is one commit only") == (alone.looked_at, alone.nothing)


def test_openspec_has_its_history_in_changes() -> None:
    """A change since the base that names the capability is enough, archived or not; one of another is not."""
    path = "openspec/specs/auth/spec.md"
    now = replace(feature(requirement()), path=path, format="openspec")
    before = replace(now, requirements=(requirement(text="System MUST shout"),))
    for place in ("archive/2026-01-02-add-login", "add-login"):
        assert is_not_applicable(versioned(before, now, f"openspec/changes/{place}/specs/auth/spec.md"))
    assert 1 == len(versioned(before, now, "openspec/changes/add-login/specs/oauth/spec.md").found)
    delta = "openspec/changes/add-login/specs/auth/spec.md"
    assert is_not_applicable(versioned(replace(before, path=delta), replace(now, path=delta)))


def test_where_there_is_no_version_one_finding_asks_for_it() -> None:
    """At the first change, with how many there are; of OpenSpec's it asks for a change."""
    now = feature(requirement(), requirement("FR-002", line=11), requirement("FR-003", line=12))
    ((path, line, message),) = told(versioned(feature(requirement("FR-003")), now))
    assert (SPEC, 10) == (path, line)
    assert "001-greeting/FR-001 is new (and 1 more); the specification has no version" == message
    (finding,) = versioned(
        replace(feature(), path="openspec/specs/auth/spec.md", format="openspec"),
        replace(now, path="openspec/specs/auth/spec.md", format="openspec"),
    ).found
    assert "openspec/changes/NAME/specs/auth/spec.md" in finding.fix


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("docs/prd.md", 1),
        ("_bmad-output/specs/a/SPEC.md", 1),
        ("docs/epics.md", 0),
        ("docs/stories/1.1.md", 0),
    ],
)
def test_of_bmads_files_the_product_requirements_are_asked(path: str, asked: int) -> None:
    """Epics and stories repeat them."""
    now = replace(feature(requirement()), path=path, format="bmad")
    assert asked == len(versioned(replace(now, requirements=()), now).found)


@pytest.mark.parametrize(("code", "persona"), REVIEWERS)
def test_what_is_built_is_reviewed(code: str, persona: str) -> None:
    """Missing at the first ticked task; there, and the rule is content."""
    findings = ask(code, specs(BUILT), reviews())
    assert [("specs/001-greeting/tasks.md", 7)] == [each[:2] for each in told(findings)]
    assert f"nox -s review -- {persona} 001-greeting" == findings.found[0].fix
    assert is_silent(ask(code, specs(BUILT), reviews(review(persona, BUILT))))


@pytest.mark.parametrize(("code", "persona"), REVIEWERS)
def test_a_stale_review_is_told_of_at_the_first_other_words(code: str, persona: str) -> None:
    """With how many there are."""
    now = replace(BUILT, requirements=(requirement(), requirement("FR-002", line=11), requirement("FR-003")))
    seen = review(persona, feature(requirement(), requirement("FR-002", "System MUST shout")))
    ((path, line, message),) = told(ask(code, specs(now), reviews(seen)))
    assert (SPEC, 11) == (path, line)
    assert "001-greeting/FR-002 was changed or added" in message
    assert "1 more" in message


@pytest.mark.parametrize(("code", "persona"), REVIEWERS)
def test_a_broken_review_is_told_of_at_its_line(code: str, persona: str) -> None:
    """It is not taken for a review, nor for none."""
    problem = Problem("r.toml", 3, "this review cannot be read: …", "record it anew")
    broken = Reviews(broken={(persona, "001-greeting"): problem})
    assert [("r.toml", 3, "this review cannot be read: …")] == told(ask(code, specs(BUILT), broken))


@pytest.mark.parametrize(("code", "persona"), REVIEWERS)
def test_before_the_work_begins_nobody_must_have_reviewed(code: str, persona: str) -> None:
    """A plan may wait for its reviewers."""
    waiting = feature(requirement(), tasks=(task(done=False),))
    assert is_not_applicable(ask(code, specs(waiting), reviews()))
    claimed = feature(requirement(), status=Status(SPEC, 4, "Implemented"))
    assert [(SPEC, 1)] == [each[:2] for each in told(ask(code, specs(claimed), reviews()))]


def proven(before: str, kept: Reviews, *, tests: int = 1) -> Findings:
    """What TST006 says of FR-001, whose words were once `before`."""
    old = EarlierSpecs({"001-greeting": feature(requirement(text=before))})
    bindings = suite(*(bound("FR-001", id_=f"test_{number}") for number in range(tests)))
    return ask("TST006", specs(feature(requirement())), bindings, old, ChangedTests(), kept)


def test_a_suspect_proof_is_told_of_at_the_requirement() -> None:
    """With its tests, and the command that says that somebody has looked."""
    findings = proven("System MUST shout", reviews(), tests=5)
    ((path, line, message),) = told(findings)
    assert (SPEC, 10) == (path, line)
    assert "001-greeting/FR-001 is suspect: its words have changed, and its tests have not" in message
    assert "look at test_0, test_1, test_2 and 2 more" in message
    assert "nox -s review -- test-engineer 001-greeting" == findings.found[0].fix


def test_a_proof_of_the_words_as_they_stand_is_good() -> None:
    """By the base, and by the record."""
    assert is_silent(proven("System MUST greet", reviews()))
    assert is_silent(proven("System MUST shout", reviews(review("test-engineer", feature(requirement())))))


def test_where_nothing_can_be_compared_no_proof_is_judged() -> None:
    """Nothing was changed, or there is nothing earlier: the reason says which."""
    now, tests = specs(BUILT), suite(bound("FR-001"))
    assert is_not_applicable(ask("TST006", now, tests, EarlierSpecs({}), ChangedTests(), reviews()))
    alone = ask("TST006", now, tests, EarlierSpecs({}, "there is one commit only"), ChangedTests(), reviews())
    assert (0, "there is one commit only") == (alone.looked_at, alone.nothing)


def test_a_test_engineer_who_objects_is_heard() -> None:
    """Also where nothing else can be compared."""
    objecting = reviews(
        review("test-engineer", BUILT, verdict="changes-requested", note="too thin", words={})
    )
    findings = ask("TST006", specs(BUILT), suite(), EarlierSpecs({}), ChangedTests(), objecting)
    place = "specs/001-greeting/tasks.md"
    message = "001-greeting: the test engineer asked for changes on 2026-11-22: too thin"
    assert [(place, 7, message)] == told(findings)
