"""A pipeline of polars that pandera checks, and a model of scikit-learn; `nox -s examples` installs them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.examples.conftest import Example, assert_noticed, complaints


@pytest.mark.parametrize("prefix", ["DAT", "MLE"])
def test_good_ones_have_no_complaint(example: Callable[[str], Example], prefix: str) -> None:
    """Every rule looked at them, and none says a word."""
    judged = example("heavy").judged(prefix)
    assert [] == complaints(judged)
    assert all(findings.looked_at for findings in judged.values())


@pytest.mark.parametrize(
    ("prefix", "path", "old", "new", "said"),
    [
        (
            "DAT",
            "src/flats/checks.py",
            "    price: float = pa.Field(gt=0, lt=10_000)\n",
            "",
            ("DAT005", "nothing notices what becomes of price in build/flats.csv"),
        ),
        (
            "DAT",
            "src/flats/checks.py",
            "lt=1_000)",
            "lt=20)",
            ("DAT002", "the check of flats refuses build/flats.csv"),
        ),
        ("DAT", "specs/001-prices/spec.md", "500 MB", "20 MB", ("DAT004", "001-prices/SC-001 allows 20 MB")),
        ("MLE", "src/flats/drift.py", "pvalue < 0.001", "pvalue < -1", ("MLE003", "when the numbers drift")),
        (
            "MLE",
            "src/flats/train.py",
            "random_state=7",
            "random_state=None",
            ("MLE001", "differently each time"),
        ),
        (
            "MLE",
            "specs/001-prices/spec.md",
            "R² of at least 0.9",
            "R² of at least 0.99",
            ("MLE004", "price reaches test.r2 0.957, 001-prices/SC-002 asks for at least 0.99"),
        ),
        (
            "MLE",
            "src/flats/train.py",
            'train.write_csv(BUILD / "train.csv")',
            'flats.write_csv(BUILD / "train.csv")',
            ("MLE005", "by flat"),
        ),
        ("MLE", "docs/models/price.md", "27.3", "12.9", ("MLE007", "the card says 12.9 for test.mae")),
    ],
)
def test_what_is_spoiled_is_noticed(
    example: Callable[[str], Example], prefix: str, path: str, old: str, new: str, said: tuple[str, str]
) -> None:
    """The rule that it concerns says what is wrong."""
    spoiled = example("heavy")
    spoiled.replace(path, old, new)
    assert_noticed(spoiled, prefix, *said)
