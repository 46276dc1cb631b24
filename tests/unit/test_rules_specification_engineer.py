"""The specification engineer's rules, on made-up features and contracts."""

from __future__ import annotations

import pytest

from tenhats.formats.model import Problem, Question, Section
from tests.unit.made_up import (
    SPEC,
    ask,
    feature,
    hinted,
    is_not_applicable,
    is_silent,
    required,
    requirement,
    scenario,
    specs,
    story,
    told,
)

pytestmark = pytest.mark.req("002-judging-specifications/FR-001")


def test_a_number_that_was_retired_stays_taken() -> None:
    """Whoever reads an old task or test would take one requirement for the other."""
    gone = requirement("FR-002", line=9)
    taken = specs(feature(requirement(), requirement("FR-002", line=12), withdrawn=(gone,)))

    assert [(SPEC, 12, "001-greeting/FR-002 already stands on line 9")] == told(ask("SPC002", taken))


def test_a_specification_with_its_sections_is_accepted() -> None:
    """The three mandatory headings are enough."""
    assert is_silent(ask("SPC001", specs(feature())))


def test_each_missing_section_is_told_of() -> None:
    """The finding names the section, and its fix is the heading to paste."""
    findings = ask("SPC001", specs(feature(sections=(Section(SPEC, 3, 2, "Requirements"),))))
    assert told(findings) == [
        (SPEC, 1, "001-greeting has no section “User Scenarios & Testing”"),
        (SPEC, 1, "001-greeting has no section “Success Criteria”"),
    ]
    assert findings.found[1].fix == "add the heading: ## Success Criteria"


def test_headings_in_another_script_are_not_judged() -> None:
    """A specification in Japanese is not told that it has no English headings."""
    assert is_silent(ask("SPC001", specs(feature(sections=(Section(SPEC, 3, 2, "成功基準"),)))))


def test_requirements_with_names_of_their_own_are_accepted() -> None:
    """One number may stand in two features: the feature is part of the name."""
    other = feature(requirement(feature="002-parting"), name="002-parting")
    assert is_silent(ask("SPC002", specs(feature(requirement(), requirement("FR-002")), other)))


def test_a_name_used_twice_is_told_of_at_the_second() -> None:
    """The finding says where the first stands and which number is free."""
    findings = ask("SPC002", required(requirement(line=10), requirement("FR-002"), requirement(line=12)))
    assert told(findings) == [(SPEC, 12, "001-greeting/FR-001 already stands on line 10")]
    assert findings.found[0].fix == "call it FR-003"


def test_a_scenario_numbered_twice_is_told_of() -> None:
    """Scenarios are bound by their number too."""
    twice = story(scenario("US1.1", line=20), scenario("US1.1", line=21))
    findings = ask("SPC002", specs(feature(stories=(twice,))))
    assert told(findings) == [(SPEC, 21, "001-greeting/US1.1 already stands on line 20")]
    assert findings.found[0].fix == "call it US1.2"


@pytest.mark.parametrize(
    "text",
    [
        "System MUST greet",
        "System SHALL greet",
        "System must greet",
        "System MUST greet; who must wait is not greeted",
        "Le système DOIT saluer",
        "Das System DARF das Passwort NICHT zeigen",
        "Die Seiten dürfen keine Fehler zeigen",
        "El sistema deberá saludar",
        "O sistema deve saudar",
        "必須",
        "系统不得显示密码",
        "系統需記錄每次登入",
        "系統應記錄每次登入",
        "システムは挨拶を返すこと",
        "システムは挨拶を返すこと。",
        "システムは挨拶できなければならない",
    ],
)
def test_one_obligation_is_accepted(text: str) -> None:
    """MUST, SHALL and their like in other languages oblige."""
    assert is_silent(ask("SPC003", required(requirement(text=text))))


@pytest.mark.parametrize(
    "text",
    [
        "System greets",
        "Der Nutzer darf warten",
        "系統可建立會話",
        "無需登入",
        "按需加载",
        "需求文档",
        "服务不可用",
        "响应用户",
        "挨拶することができる",
    ],
)
def test_what_obliges_nobody_is_told_of(text: str) -> None:
    """Not every word that has the sign of a duty in it is one: 无需, 需求, 不可用, 响应."""
    findings = ask("SPC003", required(requirement(text=text)))
    assert told(findings) == [(SPEC, 10, "001-greeting/FR-001 obliges nobody: it has no MUST")]


@pytest.mark.parametrize("quoted", ["`MUST`", "“MUST”", '"it MUST"'])
def test_quoted_words_do_not_oblige(quoted: str) -> None:
    """A MUST in code or in quotation marks is a word, not an obligation."""
    assert is_silent(ask("SPC003", required(requirement(text=f"System MUST print {quoted}"))))
    findings = ask("SPC003", required(requirement(text=f"System prints {quoted}")))
    assert told(findings) == [(SPEC, 10, "001-greeting/FR-001 obliges nobody: it has no MUST")]


def test_two_obligations_are_two_requirements() -> None:
    """The finding says how many requirements it is."""
    findings = ask("SPC003", required(requirement(text="System MUST greet and MUST log")))
    assert told(findings) == [(SPEC, 10, "001-greeting/FR-001 says MUST 2 times: it is 2 requirements")]


def test_a_success_criterion_need_not_oblige() -> None:
    """A success criterion is measured, not obeyed."""
    assert is_not_applicable(ask("SPC003", required(requirement("SC-001", "within 1 ms"))))


def test_a_story_with_a_scenario_is_accepted() -> None:
    """One Given/When/Then is enough."""
    assert is_silent(ask("SPC004", specs(feature(stories=(story(scenario()),)))))


def test_a_story_without_a_scenario_is_told_of_at_the_story() -> None:
    """The finding stands at the story's heading."""
    findings = ask("SPC004", specs(feature(stories=(story(line=6),))))
    assert told(findings) == [(SPEC, 6, "001-greeting/US1 “Greet” has no acceptance scenario")]


def test_without_stories_there_is_nothing_to_try() -> None:
    """A specification without stories is not applicable here; SPC001 speaks of the section."""
    assert is_not_applicable(ask("SPC004", specs(feature())))


@pytest.mark.parametrize(
    "text",
    [
        "within 1 millisecond",
        "All names are greeted",
        "half of them",
        "全ユーザー",
        "`greet --help` names the option",
        "The page shows “Sold out”",
        "A shared link shows the same view",
        "The next roll cannot be predicted",
        "The binary's hash matches the published one",
        "Toda sesión cerrada se pierde",
        "El cliente ve el menú sin recargar la página",
        "Un doble clic produce un solo pedido",
        "Todas as reservas aparecem na agenda",
        "Le menu change sans recharger la page",
        "Die Seite zeigt keine Fehler",
        "系统不会重复写入",
    ],
)
def test_a_number_or_an_observable_is_measurable(text: str) -> None:
    """A digit, a number word, a quantity without exception, code, a quotation, sameness, absence."""
    assert is_silent(ask("SPC005", required(requirement("SC-001", text))))


@pytest.mark.parametrize("text", ["Greetings are fast", "FR-001 is met quickly", "La página es rápida"])
def test_an_opinion_is_told_of(text: str) -> None:
    """The number in a requirement's own name is no measure."""
    findings = ask("SPC005", required(requirement("SC-001", text, line=40)))
    assert told(findings) == [(SPEC, 40, "001-greeting/SC-001 cannot be measured: it has no number")]


def test_an_opinion_in_another_script_is_advised() -> None:
    """Not enough of its words are known to block anybody."""
    findings = ask("SPC005", required(requirement("SC-001", "挨拶が速い", line=40)))
    assert told(findings) == []
    assert hinted(findings) == [(SPEC, 40, "001-greeting/SC-001 cannot be measured: it has no number")]


def test_without_success_criteria_there_is_nothing_to_measure() -> None:
    """A functional requirement needs no number."""
    assert is_not_applicable(ask("SPC005", required(requirement())))


def test_an_open_question_is_told_of_with_its_words() -> None:
    """The question is repeated, so that it can be asked."""
    open_ = feature(questions=(Question(SPEC, 12, "which language?"),))
    findings = ask("SPC006", specs(open_))
    assert told(findings) == [(SPEC, 12, "a question is left open: which language?")]


def test_a_specification_without_questions_is_accepted() -> None:
    """What was looked at are the specifications."""
    assert is_silent(ask("SPC006", specs(feature())))


def test_without_specifications_no_question_can_be_open() -> None:
    """Nothing looked at is not applicable."""
    assert is_not_applicable(ask("SPC006", specs()))


def test_a_specification_that_cannot_be_read_is_told_of() -> None:
    """An unreadable file is a finding, and counts as looked at."""
    problem = Problem(SPEC, 9, "this code block is never closed", "close it")
    findings = ask("SPC008", specs(problems=(problem,)))
    assert told(findings) == [(SPEC, 9, "this code block is never closed")]
    assert findings.looked_at == 1


def test_a_specification_that_can_be_read_is_accepted() -> None:
    """A feature without problems passes."""
    assert is_silent(ask("SPC008", specs(feature(requirement()))))
