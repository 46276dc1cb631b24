"""The test engineer's rules on weakened proof, on made-up comparisons and on a real repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenhats.facts.base import find_base
from tenhats.facts.doubles import Doubles, find_doubles
from tenhats.facts.earlier import EarlierSpecs
from tenhats.facts.suite import read_suite
from tenhats.facts.waivers import Waivers
from tenhats.facts.weakened import Weakened, find_weakened
from tenhats.tampering import Weakening
from tenhats.tampering.doubles import Double
from tests.unit.made_up import (
    SPEC,
    TESTS,
    ask,
    feature,
    folder,
    is_not_applicable,
    is_silent,
    required,
    requirement,
    told,
    tree_of,
)
from tests.world import commit_all

pytestmark = pytest.mark.req("004-proof/FR-006")


GREETING = required(requirement())
SAME = EarlierSpecs({})


def weaker(kind: str = "loosened", **more: Any) -> Weakening:
    """A test that notices less, at line 8."""
    given = {"path": TESTS, "line": 8, "message": "less", "fix": "more", "test": f"{TESTS}::test_it"}
    return Weakening(kind, **{**given, **more})


def proof(*tests: Weakening, earlier: EarlierSpecs = SAME, **more: Any) -> Any:
    """What TST010 says of these weakenings."""
    return ask("TST010", Weakened(tests, modules=1, **more), GREETING, earlier)


def test_weaker_proof_is_told_at_its_line() -> None:
    """What is not sure is advice."""
    assert told(proof(weaker())) == [(TESTS, 8, "less")]
    unsure = proof(weaker(certain=False))
    assert is_silent(unsure)
    assert [each.message for each in unsure.advised] == ["less"]


def test_without_a_base_or_a_change_there_is_nothing_to_compare() -> None:
    """Both are said."""
    nothing = ask("TST010", Weakened(reason="there is one commit only"), GREETING, SAME)
    assert (nothing.looked_at, nothing.nothing) == (0, "there is one commit only")
    assert is_not_applicable(ask("TST010", Weakened(), GREETING, SAME))
    assert is_not_applicable(ask("TST011", Weakened()))


def test_a_file_that_cannot_be_parsed_is_unchecked() -> None:
    """Nobody can say what it proves."""
    assert "cannot be parsed" in (proof(unreadable=(TESTS,)).unseen or "")


def test_a_test_of_a_withdrawn_requirement_may_go() -> None:
    """While the requirement stands, its test must stay, even if the code is gone."""
    assert is_silent(proof(weaker("deleted", names=("001-greeting/FR-099",))))
    kept = proof(weaker("deleted", names=("FR-001",), certain=False))
    assert told(kept) == [(TESTS, 8, "less")]


def test_a_deleted_file_is_told_at_the_requirement_or_at_the_settings() -> None:
    """The unbound tests of a file together."""
    bound = weaker("deleted", path="", names=("FR-001",))
    assert told(proof(bound)) == [(SPEC, 10, "less")]
    unbound = weaker("deleted", path="")
    found = proof(unbound, unbound, settings_line=7)
    assert told(found) == [("pyproject.toml", 7, f"{TESTS} is deleted, and its 2 tests with it")]


def test_a_new_expected_value_is_advice_unless_the_requirement_changed() -> None:
    """Unbound tests have no requirement that could say so."""
    change = weaker("expected", certain=False, names=("FR-001",))
    assert len(proof(change).advised) == 1
    was = EarlierSpecs({"001-greeting": feature(requirement(text="System MUST wave"))})
    assert proof(change, earlier=was).advised == []
    assert proof(weaker("expected", certain=False)).advised == []


def test_a_check_that_is_off_is_told_at_its_line() -> None:
    """What left no line is told at the settings."""
    setting = weaker("setting", path="", message="strict is gone")
    found = ask("TST011", Weakened(checks=(weaker("comment"), setting), files=2, settings_line=7))
    assert told(found) == [(TESTS, 8, "less"), ("pyproject.toml", 7, "strict is gone")]


@pytest.mark.parametrize(
    ("kind", "is_new", "sure"),
    [
        ("called", False, True),
        ("called-with", False, False),
        ("copy", False, True),
        ("unit", False, True),
        ("part", False, False),
        ("part", True, True),
    ],
)
def test_a_stand_in_is_told(kind: str, is_new: bool, sure: bool) -> None:
    """A patch of a part is a finding where the test did without at the base."""
    double = Double(kind, TESTS, 9, f"{TESTS}::test_it", "greeter.greet", is_new)
    findings = ask("TST012", Doubles((double,), bound=1))
    assert (len(findings.found), len(findings.advised)) == (int(sure), int(not sure))


def test_bound_tests_without_stand_ins_are_accepted() -> None:
    """Without bound tests nothing is asked."""
    assert is_silent(ask("TST012", Doubles(bound=1)))
    assert is_not_applicable(ask("TST012", Doubles()))


OLD = """import pytest
from greeter import greet


@pytest.mark.req("FR-001")
def test_a():
    assert greet("Ada") == "Hello"


@pytest.mark.req("FR-001")
def test_b():
    # tenhats: ignore[TST010] an old reason
    assert greet("Bob") == "Hello"
"""


def test_a_change_is_compared_with_the_repository(tmp_path: Path) -> None:
    """Tests, stand-ins and settings; and an old waiver does not excuse a new change."""
    files = {"src/greeter.py": "def greet(name): ...\n", TESTS: OLD, "pyproject.toml": "[tool.tenhats]\n"}
    folder(tmp_path, files)
    commit_all(tmp_path, "start")
    text = OLD.replace('greet("Bob") == "Hello"', 'greet("Bob")').replace(
        "def test_a():", "def test_a(monkeypatch):\n    monkeypatch.setattr('greeter.greet', str)"
    )
    here = folder(tmp_path, {TESTS: text, "pyproject.toml": "[tool.tenhats]\n[tool.mypy]\nstrict = false\n"})
    tree = tree_of(here)
    base = find_base(here, tree)
    weakened = find_weakened(here, base, tree)
    doubles = find_doubles(here, base, read_suite(here, tree), tree)
    found = ask("TST010", weakened, GREETING, SAME)
    assert [(path, line) for path, line, _ in told(found)] == [(TESTS, 14)]
    assert Waivers(tmp_path).of("TST010", found.found[0]) is None
    assert [each.path for each in weakened.checks] == ["pyproject.toml"]
    assert [(each.line, each.kind, each.is_new) for each in doubles.doubles] == [(7, "part", True)]
    folder(tmp_path, {TESTS: text.replace("an old reason", "because FR-001 is new")})
    waiver = Waivers(tmp_path).of("TST010", found.found[0])
    assert waiver is not None
    assert waiver.reason == "because FR-001 is new"
