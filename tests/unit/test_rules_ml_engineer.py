"""The ML/AI engineer's rules, on made-up trainings and cards."""

from __future__ import annotations

from tenhats.facts.declared import Card, Cards, Trainings
from tests.unit.made_up import ask, is_not_applicable, is_silent, run_twice, told


def test_a_model_that_comes_out_the_same_is_accepted() -> None:
    """Equal digests are proof enough."""
    assert is_silent(ask("MLE001", Trainings((run_twice(),))))


def test_a_model_that_comes_out_differently_is_told_of() -> None:
    """The finding stands where the model is declared."""
    findings = ask("MLE001", Trainings((run_twice(same=False),)))
    message = "the model orders makes build/orders.csv differently each time"
    assert told(findings) == [("pyproject.toml", 7, message)]


def test_a_complete_card_is_accepted() -> None:
    """A card whose sections all have words passes."""
    assert is_silent(ask("MLE002", Cards((Card("churn", "docs/churn.md", 1, is_there=True),))))


def test_a_missing_card_is_told_of_where_the_model_is_declared() -> None:
    """The fix names the sections."""
    findings = ask("MLE002", Cards((Card("churn", "pyproject.toml", 9, is_there=False),)))
    assert told(findings) == [("pyproject.toml", 9, "the model churn has no card")]
    assert "intended use, training data, metrics, limitations" in findings.found[0].fix


def test_an_empty_section_is_told_of_in_the_card() -> None:
    """The fix is the heading to write."""
    findings = ask("MLE002", Cards((Card("churn", "docs/churn.md", 1, is_there=True, empty=("metrics",)),)))
    assert told(findings) == [("docs/churn.md", 1, "the card says nothing under “metrics”")]
    assert findings.found[0].fix == "write ## Metrics"


def test_without_models_there_is_nothing_to_train() -> None:
    """A project that declares none is not applicable, for both rules."""
    assert is_not_applicable(ask("MLE001", Trainings()))
    assert is_not_applicable(ask("MLE002", Cards()))
