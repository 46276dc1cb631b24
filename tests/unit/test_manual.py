"""The manual: a page for each rule, gate and persona, made from what the code says."""

from __future__ import annotations

import pytest

from tenhats.errors import CannotRun
from tenhats.gates import Gate
from tenhats.personas import PERSONAS, Persona
from tenhats.reports.manual import explain, rules_of
from tenhats.rule import RULES

pytestmark = pytest.mark.req("006-verdicts/FR-003")


@pytest.mark.req("006-verdicts/SC-002")
@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_a_page(code: str) -> None:
    """Its title, its gate, its words, how to waive it, how to switch it off."""
    page = explain(code)
    assert page.startswith(f"# {code}: {RULES[code].title}\n\nGate {RULES[code].gate.value} (")
    assert RULES[code].page.splitlines()[-1] in page
    assert f"tenhats: ignore[{code}] reason" in page
    assert f'{code} = "reason"' in page
    assert explain(code.lower()) == page


@pytest.mark.parametrize("gate", list(Gate))
def test_every_gate_has_a_page(gate: Gate) -> None:
    """By number and by name, with its promise and its rules."""
    page = explain(str(gate.value))
    assert explain(gate.label) == page
    assert gate.promise in page
    assert all((code in page) == (rule.gate is gate) for code, rule in RULES.items())


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: str(persona.name))
def test_every_persona_has_a_page(persona: Persona) -> None:
    """Each practice has its rules, or the reviewer's question."""
    page = explain(persona.name)
    assert all(practice in page for practice in persona.practices)
    assert all(rule.code in page for rule in rules_of(persona))
    unruled = set(persona.practices) - {rule.practice for rule in rules_of(persona)}
    assert page.count("judgment:") == len(unruled)


def test_the_contents_name_every_rule_once() -> None:
    """Under its gate."""
    assert all(explain("").count(f"  {code}  ") == 1 for code in RULES)


@pytest.mark.req("006-verdicts/SC-001")
def test_the_practices_are_forty() -> None:
    """Each under its persona, with the titles of its rules, which say what they look at, or “judgment”."""
    page = explain("practices")
    practices = [line.strip() for line in page.splitlines() if line.startswith("  ") and line[2] != " "]
    assert practices == [practice for persona in PERSONAS for practice in persona.practices]
    for persona in PERSONAS:
        own = page.partition(f"\n{persona.title}\n")[2].partition("\n\n")[0]
        assert [line.strip() for line in own.splitlines() if line.startswith("    ")] == [
            words
            for practice in persona.practices
            for words in [
                f"{each.code}  {each.title}" for each in rules_of(persona) if each.practice == practice
            ]
            or [f"judgment: the reviewer's question is in {persona.prompt}"]
        ]


def test_an_unknown_page_is_told_of() -> None:
    """With the nearest that exists."""
    with pytest.raises(CannotRun, match=r"There is no page archtect\. Did you mean architect\?"):
        explain("archtect")
