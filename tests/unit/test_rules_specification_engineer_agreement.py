"""What the specification engineer asks of contracts and code that should say the same."""

from __future__ import annotations

import pytest

from tenhats.facts.model_agreement import Compared, Deviation, ModelAgreement
from tenhats.facts.schema_agreement import SchemaAgreement
from tenhats.facts.service_agreement import Extra, ServiceAgreement
from tenhats.facts.specs import Specs
from tenhats.formats.model import Status
from tests.unit.made_up import (
    SPEC,
    ask,
    feature,
    hinted,
    is_not_applicable,
    is_silent,
    specs,
    task,
    told,
)

pytestmark = pytest.mark.req("003-contracts/FR-004")

CONTRACT = "specs/001-greeting/contracts/api.yaml"
DEVIATION = Deviation(
    "src/shop/models.py", 7, "Order.sku is integer; the contract says string", "sku: str", CONTRACT
)
LACKING = Deviation(
    CONTRACT, 3, "GET /a is in the contract, and not in the application", "x", CONTRACT, waits=True
)
EXTRA = Extra("src/shop/api.py", 9, "GET /b")


def test_a_model_that_differs_is_told_of() -> None:
    """With the way out that the fact has worked out."""
    findings = ask("SPC025", specs(), ModelAgreement((Compared("Order", CONTRACT, (DEVIATION,)),)))
    assert [(DEVIATION.path, 7, DEVIATION.message)] == told(findings)
    assert "sku: str" == findings.found[0].fix


def test_what_may_be_meant_is_advice() -> None:
    """It fails nobody."""
    deviation = Deviation("a.py", 1, "x", "y", CONTRACT, sure=False)
    findings = ask("SPC025", specs(), ModelAgreement((Compared("Order", CONTRACT, (deviation,)),)))
    assert ([("a.py", 1, "x")], True) == (hinted(findings), is_silent(findings))


def test_models_that_agree_are_counted() -> None:
    """Each pair once."""
    findings = ask(
        "SPC025", specs(), ModelAgreement((Compared("Order", CONTRACT), Compared("Item", CONTRACT)))
    )
    assert (2, True) == (findings.looked_at, is_silent(findings))


@pytest.mark.parametrize(
    ("code", "fact"),
    [("SPC025", ModelAgreement()), ("SPC026", ServiceAgreement()), ("SPC027", SchemaAgreement())],
)
def test_without_a_pair_there_is_nothing_to_compare(code: str, fact: object) -> None:
    """A project of another kind is not applicable."""
    assert is_not_applicable(ask(code, specs(), fact))


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("SPC025", ModelAgreement((Compared("Order", CONTRACT),), unseen="no key")),
        ("SPC026", ServiceAgreement(("GET /a",), unseen="no key")),
        ("SPC027", SchemaAgreement(("a.py",), unseen="no key")),
    ],
)
def test_what_could_not_be_imported_is_unchecked(code: str, fact: object) -> None:
    """However well the rest agrees."""
    assert "no key" == ask(code, specs(), fact).unseen


@pytest.mark.parametrize(
    ("known", "is_told"),
    [
        (specs(feature(status=Status(SPEC, 3, "Implemented"))), True),
        (specs(feature(tasks=(task(done=True), task(done=True)))), True),
        (specs(feature(tasks=(task(done=True), task(done=False)))), False),
        (specs(feature(status=Status(SPEC, 3, "Draft"))), False),
        (specs(feature(status=Status(SPEC, 3, "Superseded"), tasks=(task(done=True),))), False),
    ],
)
def test_what_is_not_there_yet_is_asked_for_once_it_is_said_to_be(known: Specs, is_told: bool) -> None:
    """By the status, or by the tasks, all ticked; in an application and in a schema."""
    for code, fact in (
        ("SPC026", ServiceAgreement(("GET /a",), (LACKING,))),
        ("SPC027", SchemaAgreement(("a.py",), (LACKING,))),
    ):
        expected = [(CONTRACT, 3, LACKING.message)] if is_told else []
        assert expected == told(ask(code, known, fact))


def test_an_operation_that_no_contract_has_is_told_of() -> None:
    """Where the contracts describe at least half of the application."""
    findings = ask("SPC026", specs(), ServiceAgreement(("GET /a",), extra=(EXTRA,), served=1))
    assert [("src/shop/api.py", 9, "GET /b is in the application, and in no contract")] == told(findings)


def test_an_application_that_is_mostly_undescribed_is_one_advice() -> None:
    """A feature's contract describes what the feature changes, not all that was there."""
    findings = ask("SPC026", specs(), ServiceAgreement(("GET /a",), extra=(EXTRA, EXTRA), served=1))
    message = "the contracts describe 1 of 3 operations of the application"
    assert [("src/shop/api.py", 9, message)] == hinted(findings)
    assert [] == told(findings)


def test_a_contract_of_another_application_is_advice() -> None:
    """The project may have several."""
    findings = ask("SPC026", specs(), ServiceAgreement(("GET /a",), strange=(CONTRACT,)))
    assert [(CONTRACT, 1, "the application has no operation of this contract")] == hinted(findings)


def test_a_schema_that_differs_is_told_of() -> None:
    """What both have is a finding whatever the feature claims."""
    findings = ask("SPC027", specs(), SchemaAgreement(("a.py",), (DEVIATION,)))
    assert [(DEVIATION.path, 7, DEVIATION.message)] == told(findings)
