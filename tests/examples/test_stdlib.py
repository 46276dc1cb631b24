"""A pipeline and a model of the standard library alone, good as they are, and spoiled in one place each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.examples.conftest import Example, assert_noticed, complaints

DECLARED = "pyproject.toml"
SPEC = "specs/001-churn/spec.md"
SCHEMA = "specs/001-churn/contracts/visits.schema.json"


def test_a_good_pipeline_has_no_complaint(example: Callable[[str], Example]) -> None:
    """Every rule of the data engineer looked at it, and none says a word."""
    judged = example("stdlib").judged("DAT")
    assert [] == complaints(judged)
    assert all(findings.looked_at for findings in judged.values())


def test_a_good_model_has_no_complaint(example: Callable[[str], Example]) -> None:
    """Every rule of the ML engineer looked at it, and none says a word."""
    judged = example("stdlib").judged("MLE")
    assert [] == complaints(judged)
    assert all(findings.looked_at for findings in judged.values())


@pytest.mark.parametrize(
    ("prefix", "path", "old", "new", "said"),
    [
        ("DAT", SPEC, "200 MB", "1 MB", ("DAT004", "001-churn/SC-001 allows 1 MB")),
        (
            "DAT",
            DECLARED,
            'check = ["python", "-m", "shop.checks", "{output}"]\n',
            "",
            ("DAT005", "nothing notices what becomes of plan in build/visits.jsonl"),
        ),
        (
            "DAT",
            "src/shop/checks.py",
            ', "plus"}',
            "}",
            ("DAT002", "the check of visits refuses build/visits.jsonl: it ended with 1"),
        ),
        (
            "DAT",
            "docs/data/visits.md",
            "`data/visits.csv`",
            "It",
            ("DAT006", "does not name data/visits.csv"),
        ),
        ("MLE", "src/shop/drift.py", "return 1 if drifted else 0", "return 0", ("MLE003", "raises no alarm")),
        (
            "MLE",
            "src/shop/drift.py",
            "return 1 if",
            "return 1 if True or",
            ("MLE003", "on its own reference"),
        ),
        ("MLE", "src/shop/drift.py", '("visits", "spent")', "()", ("MLE003", "advice: the monitor of churn")),
        ("MLE", SPEC, "85 %", "95 %", ("MLE004", "001-churn/SC-002 asks for at least 0.95")),
        (
            "MLE",
            "src/shop/train.py",
            'train = [row for row in rows if zlib.crc32(row["customer"].encode()) % 4]',
            "train = rows",
            ("MLE005", "29 of 29 rows in build/test.csv are in build/train.csv by customer"),
        ),
        (
            "MLE",
            "src/shop/train.py",
            "digest(DATA), ",
            "",
            ("MLE006", "does not name data/visits.csv as it is"),
        ),
        ("MLE", "docs/models/churn.md", "0.862", "0.99", ("MLE007", "the card says 0.99 for accuracy")),
    ],
)
def test_what_is_spoiled_is_noticed(
    example: Callable[[str], Example], prefix: str, path: str, old: str, new: str, said: tuple[str, str]
) -> None:
    """The rule that it concerns says what is wrong."""
    spoiled = example("stdlib")
    spoiled.replace(path, old, new)
    assert_noticed(spoiled, prefix, *said)
