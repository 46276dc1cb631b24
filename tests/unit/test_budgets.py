"""What words allow a run and ask of a metric."""

from __future__ import annotations

import pytest

from tenhats.rules.budgets import budget_of
from tenhats.rules.thresholds import is_rounded, names_of, numbers_after, thresholds_in
from tenhats.settings import Threshold
from tests.unit.made_up import requirement

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-004")


@pytest.mark.parametrize(
    ("text", "seconds", "per_row", "memory", "rows"),
    [
        ("within 2 milliseconds per row", None, 0.002, None, 0),
        ("within 2 ms for each record, in at most 200 MB of memory", None, 0.002, 200e6, 0),
        ("takes 50 µs a row", None, 50e-6, None, 0),
        ("at most 3 seconds per 1,000 rows", None, 0.003, None, 0),
        ("10,000 rows are imported within 30 seconds", 30.0, None, None, 10_000),
        ("1 million clean rows take less than 5 minutes", 300.0, None, None, 0),
        ("holds no more than 1.5 GiB of RAM", None, None, 1.5 * 2**30, 0),
        ("a file of 10 MB is read with at most 200 MB of memory", None, None, 200e6, 0),
        ("memory does not exceed 0.5 GB for a file of 100 MB", None, None, 0.5e9, 0),
        ("files of 200 MB are read", None, None, None, 0),
        ("is quick and small", None, None, None, 0),
    ],
)
def test_limits_are_read_from_words(
    text: str, seconds: float | None, per_row: float | None, memory: float | None, rows: int
) -> None:
    """Times in all or for a row; sizes only of memory; rows only where a time in all is promised for them."""
    found = budget_of(requirement("SC-001", text))
    assert found.seconds == (None if seconds is None else pytest.approx(seconds))
    assert found.seconds_per_row == (None if per_row is None else pytest.approx(per_row))
    assert (memory, rows) == (found.memory, found.rows)


@pytest.mark.parametrize(
    ("text", "metrics", "expected"),
    [
        ("an accuracy of at least 0.9", {"accuracy": 0.5}, [Threshold("accuracy", ">=", 0.9)]),
        ("at least 90% test accuracy", {"test_accuracy": 0.5}, [Threshold("test_accuracy", ">=", 0.9)]),
        ("Accuracy ≥ 90 %", {"accuracy": 91.0}, [Threshold("accuracy", ">=", 90.0)]),
        ("the mean absolute error stays below 3.5 euros", {"mae": 1.0}, [Threshold("mae", "<=", 3.5)]),
        ("ROC AUC no less than 0.8", {"test.roc_auc": 0.5, "n": 3.0}, [Threshold("test.roc_auc", ">=", 0.8)]),
        (
            "an accuracy of at least 0.9",
            {"train.accuracy": 1.0, "test.accuracy": 0.5},
            [Threshold("test.accuracy", ">=", 0.9)],
        ),
        ("the accuracy is good. At least 3 people look at it", {"accuracy": 1.0}, []),
        ("inaccuracy of at most 0.1", {"accuracy": 1.0}, []),
        (
            "recall over 0.7 and precision over 0.6",
            {"recall": 0.0, "precision": 0.0},
            [Threshold("recall", ">=", 0.7), Threshold("precision", ">=", 0.6)],
        ),
    ],
)
def test_bounds_are_read_from_words(text: str, metrics: dict[str, float], expected: list[Threshold]) -> None:
    """By the metric's own words, before or after the number."""
    assert expected == list(thresholds_in(text, metrics))


def test_the_bare_name_is_that_of_the_test() -> None:
    """And of nobody where two are left."""
    names = names_of(["train.f1", "test.f1", "a.loss", "b.loss"])
    assert ("train f1",) == names["train.f1"][:1]
    assert "f1" not in names["train.f1"]
    assert "f1" in names["test.f1"]
    assert ("a loss",) == names["a.loss"]


def test_numbers_of_a_line_follow_the_name() -> None:
    """The number in a name is not a value."""
    assert ["0.8", "80 %"] == numbers_after(("f1 score", "f1"), "| F1 | 0.8 | 80 % |")
    assert [] == numbers_after(("f1",), "accuracy 0.8")


@pytest.mark.parametrize(
    ("written", "value", "same"),
    [
        ("0.93", 0.9312, True),
        ("93 %", 0.9312, True),
        ("93.1%", 0.9312, True),
        ("0.94", 0.9312, False),
        ("12", 12.4, True),
    ],
)
def test_a_number_may_be_rounded(written: str, value: float, same: bool) -> None:
    """To the places that are written."""
    assert same is is_rounded(written, value)
