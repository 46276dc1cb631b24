"""The architect's rules on changes: of the interface, of the decisions, of what the project stands on."""

from __future__ import annotations

import pytest

from tenhats.facts.additions import Additions, New
from tenhats.facts.decisions import Decision, Decisions
from tenhats.facts.interface import Breakage, SinceRelease
from tests.unit.made_up import ask, hinted, is_not_applicable, is_silent, told

pytestmark = pytest.mark.req("005-code-and-documentation/FR-002")


GONE = Breakage("src/greeter/greeting.py", 3, "greeter.greet", "is gone", certain=True)
DEFAULT = Breakage("src/greeter/greeting.py", 3, "greeter.greet", "has another default", certain=False)


def since(
    *breakages: Breakage, release: str | None = "1.2.0", version: str | None = "1.3.0", said: str = ""
) -> SinceRelease:
    tag = f"v{release}" if release else "the base"
    return SinceRelease(breakages, 4, tag, release, version, 7, said)


def record(number: int, status: str = "accepted", text: str = "", **more: object) -> Decision:
    path = f"docs/adr/{number:04d}-prices.md"
    return Decision(path, number, "Prices", status, 2, "2026-11-22", (), 2, text=text, **more)  # type: ignore[arg-type]


def test_a_broken_promise_is_told_of_where_it_was_broken() -> None:
    """With the version that would say so."""
    findings = ask("ARC006", since(GONE))
    assert told(findings) == [
        ("src/greeter/greeting.py", 3, "greeter.greet is gone; v1.2.0 had it otherwise")
    ]
    assert 'pyproject.toml:7: version = "2.0.0"' in findings.found[0].fix
    assert 'version = "0.3.0"' in ask("ARC006", since(GONE, release="0.2.4", version="0.2.5")).found[0].fix


@pytest.mark.parametrize(
    ("release", "version", "accepted"),
    [
        ("1.2.0", "2.0.0", True),
        ("1.2.0", "2.0.0.dev1", True),
        ("1.2.0", "1.3.0", False),
        ("0.2.0", "0.3.0", True),
        ("0.2.0", "1.0.0", True),
        ("0.2.0", "0.2.1", False),
        ("24.1", "25.1", True),
        ("1.2.0", None, False),
        ("1.2.0", "tomorrow", False),
    ],
)
def test_the_version_says_what_was_broken(release: str, version: str | None, accepted: bool) -> None:
    """By its first number, before 1.0.0 by its second."""
    assert accepted is not bool(ask("ARC006", since(GONE, release=release, version=version)).found)


@pytest.mark.parametrize(
    "said", ["### Removed\n\n- `greet`", "BREAKING: greet is gone", "is incompatible with"]
)
def test_the_changelog_says_what_will_be_broken(said: str) -> None:
    """Until the release is made."""
    assert is_silent(ask("ARC006", since(GONE, said=said)))


def test_what_may_be_meant_otherwise_is_advice() -> None:
    """And so is everything where nothing was released; without anything earlier it is not applicable."""
    assert hinted(ask("ARC006", since(DEFAULT)))
    assert is_silent(ask("ARC006", since(DEFAULT)))
    assert is_silent(ask("ARC006", since(GONE, release=None)))
    assert hinted(ask("ARC006", since(GONE, release=None)))
    assert is_silent(ask("ARC006", since()))
    assert is_not_applicable(ask("ARC006", SinceRelease(reason="there is no release")))


def test_superseding_is_told_from_both_sides() -> None:
    """The new one must name the old one, and the old one's status the new one."""
    old = record(7, "superseded by ADR-0012", is_superseded=True, superseded_by=(12,))
    new = record(12, supersedes=(7,))
    assert is_silent(ask("ARC007", Decisions((old, new))))
    assert told(ask("ARC007", Decisions((old, record(12))))) == [
        ("docs/adr/0012-prices.md", 1, "this decision does not say that it supersedes ADR-0007")
    ]
    assert told(ask("ARC007", Decisions((record(7), new)))) == [
        ("docs/adr/0007-prices.md", 2, "ADR-0012 supersedes this decision, whose status is “accepted”")
    ]


def test_a_superseded_decision_leads_to_one_that_is_there() -> None:
    """By a number, and to a record; without one that is superseded it is not applicable."""
    lost = record(7, "superseded by ADR-0099", is_superseded=True, superseded_by=(99,))
    assert told(ask("ARC007", Decisions((lost,)))) == [
        ("docs/adr/0007-prices.md", 2, "there is no decision 99")
    ]
    mute = record(7, "superseded", is_superseded=True)
    assert told(ask("ARC007", Decisions((mute,)))) == [
        ("docs/adr/0007-prices.md", 2, "superseded, but by which decision?")
    ]
    assert told(ask("ARC007", Decisions((record(7, supersedes=(3,)),)))) == [
        ("docs/adr/0007-prices.md", 1, "there is no decision 3 to supersede")
    ]
    assert is_not_applicable(ask("ARC007", Decisions((record(7),))))


NEW = New("pyproject.toml", 9, "dependency", "ruamel-yaml")


def test_a_new_dependency_without_a_decision_is_told_of() -> None:
    """At the line that asks for it."""
    message = "the dependency ruamel-yaml is new, and no decision names it"
    for records in ((record(1),), (record(1, text="Use yaml"),), (record(1, "rejected", "ruamel.yaml"),)):
        assert told(ask("ARC008", Decisions(records), Additions((NEW,)))) == [("pyproject.toml", 9, message)]


@pytest.mark.parametrize("text", ["Use ruamel.yaml.", "`ruamel_yaml`, for comments", "RUAMEL-YAML"])
def test_a_decision_may_write_the_name_as_it_likes(text: str) -> None:
    """Names of packages have many spellings."""
    assert is_silent(ask("ARC008", Decisions((record(1, text=text),)), Additions((NEW,))))


def test_without_growth_or_records_nothing_is_asked() -> None:
    """Not applicable, with the reason."""
    assert is_not_applicable(ask("ARC008", Decisions((record(1),)), Additions()))
    assert is_not_applicable(ask("ARC008", Decisions(), Additions((NEW,))))
