"""What holds for all rules: the codes, the gates, the practices, the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tenhats import cli as command_line
from tenhats.fact import SOURCES, Project
from tenhats.facts.tree import Tree
from tenhats.gates import Gate
from tenhats.personas import BY_NAME, BY_PREFIX, PERSONAS, Persona
from tenhats.rule import RULES, Findings, Place, Rule, rule
from tenhats.verdicts import Verdict
from tenhats.workflow import WORKFLOWS
from tests.unit.made_up import SPEC, ask, judged, outcome, required, requirement, suite, told

pytestmark = pytest.mark.req("006-verdicts/FR-003")


EVERY = [pytest.param(each, id=code) for code, each in sorted(RULES.items())]
TOOLING = Path(command_line.__file__).parent


def test_codes_are_taken_one_after_the_other() -> None:
    """Within a persona's prefix no number is left out; one that is gone would be named here."""
    most: dict[str, int] = {}
    for code, each in RULES.items():
        prefix = each.persona.prefix
        most[prefix] = max(most.get(prefix, 0), int(code.removeprefix(prefix)))

    wanted = {f"{prefix}{number:03d}" for prefix, last in most.items() for number in range(1, last + 1)}

    assert wanted == set(RULES)


@pytest.mark.parametrize("each", EVERY)
def test_a_rule_has_its_page(each: Rule) -> None:
    """A title that ends with a full stop, an empty line, and words that say why."""
    first, second, *rest = each.page.split("\n")
    assert first.endswith(".")
    assert each.title == first.removesuffix(".")
    assert second == ""
    assert len(" ".join(rest).split()) >= 15


@pytest.mark.parametrize("each", EVERY)
def test_a_rule_belongs_to_its_persona_and_asks_of_facts(each: Rule) -> None:
    """The code's prefix, the practice, and parameters that somebody measures."""
    assert re.fullmatch(r"[A-Z]{3}\d{3}", each.code)
    assert each.persona is BY_PREFIX[each.code[:3]]
    assert each.practice in each.persona.practices
    assert each.ask.__module__.startswith(f"tenhats.rules.{each.persona.name.replace('-', '_')}")
    assert each.needs
    assert all(kind in SOURCES or kind in {Project, Tree} for kind in each.needs.values())


def test_titles_are_told_apart() -> None:
    """No two rules promise the same."""
    assert len({each.title for each in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("gate", list(Gate))
def test_every_gate_has_a_rule(gate: Gate) -> None:
    """A gate without a rule would never be checked: if all rules have been asked, every gate is."""
    assert any(each.gate is gate for each in RULES.values())
    assert outcome(*map(judged, RULES)).of_gate(gate) is Verdict.PASSED


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.prefix)
def test_every_persona_has_two_rules_and_a_session(persona: Persona) -> None:
    """A persona has an exit code: rules, and a command of its name."""
    assert sum(code.startswith(persona.prefix) for code in RULES) >= 2
    assert command_line.parser().parse_args([persona.name]).name == persona.name


def test_the_sessions_are_named_as_the_personas() -> None:
    """nox -l lists each persona by its name, and each workflow, and the command knows them."""
    nox = (TOOLING.parents[2] / "noxfile.py").read_text(encoding="utf-8")
    for name in [*BY_NAME, *WORKFLOWS]:
        assert name in nox
        assert command_line.parser().parse_args([name]).command == name


def test_a_rule_never_opens_a_file() -> None:
    """Files are read by facts only: what a rule judges need not be on any disk."""
    for module in (TOOLING / "rules").glob("*.py"):
        source = module.read_text(encoding="utf-8")
        assert not re.search(r"\bopen\(|read_text|read_bytes|subprocess|import os\b|pathlib", source), module
    assert told(ask("TST001", required(requirement()), suite())) == [
        (SPEC, 10, "001-greeting/FR-001 has no test")
    ]


def test_a_code_cannot_be_taken_twice() -> None:
    """Two rules under one code could not be told apart."""
    with pytest.raises(ValueError, match="the code TST001 is taken by requirements_have_tests"):
        rule("TST001", gate=Gate.TESTS, practice="Creates comprehensive test suites")(Findings)


def test_a_practice_must_be_the_personas_own() -> None:
    """A rule of one persona does not serve another's promise."""
    with pytest.raises(ValueError, match="'Writes code' is not a practice of the Test Engineer"):
        rule("TST999", gate=Gate.TESTS, practice="Writes code")(Findings)
    assert "TST999" not in RULES


def test_findings_count_what_they_go_over() -> None:
    """What is not reached is not looked at."""
    findings = Findings()
    for thing in findings.over(["a", "b", "c"], nothing="there is no letter"):
        if thing == "b":
            break
    assert (findings.looked_at, findings.nothing) == (2, "there is no letter")
    findings.add(Place("a.py", 3), "wrong", "mend it")
    assert [(each.path, each.line) for each in findings.found] == [("a.py", 3)]
