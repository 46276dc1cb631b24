"""The ML/AI engineer's rules, on made-up trainings and cards."""

from __future__ import annotations

from typing import Any

import pytest

from tenhats.facts.cards import Card, Cards, Said
from tenhats.facts.declared import Trainings
from tenhats.facts.drift import Said as Heard
from tenhats.facts.drift import Watched
from tenhats.facts.trained import Record, Recorded, Shared
from tenhats.settings import Model, Split, Threshold
from tests.unit.made_up import (
    ask,
    hinted,
    is_not_applicable,
    is_silent,
    project,
    required,
    requirement,
    specs,
    told,
    trained_twice,
)

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-005")


DECLARED = ("pyproject.toml", 9)
SPLIT = Split("train.csv", "test.csv")


def declared(**more: Any) -> Any:
    """A project with the model `churn`."""
    return project(models=(Model("churn", ("train",), ("build/metrics.json",), None, 9, **more),))


def trainings(**seen: Any) -> Trainings:
    """The training of that model."""
    return Trainings((trained_twice(**seen),))


def test_a_model_that_comes_out_the_same_is_accepted() -> None:
    """Equal digests are proof enough."""
    assert is_silent(ask("MLE001", trainings()))


def test_a_model_that_comes_out_differently_is_told_of() -> None:
    """The finding stands where the model is declared."""
    findings = ask("MLE001", trainings(same=False))
    message = "the model churn makes build/metrics.json differently each time"
    assert told(findings) == [(*DECLARED, message)]


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


MONITOR = ("watch", "{reference}", "{current}")


def heard(*, quiet: Heard | None = None, numbers: bool = True, words: bool = True) -> Watched:
    """What a monitor said of its reference and of two kinds of drift."""
    drifted = (Heard("numbers", alarm=numbers), Heard("words", alarm=words))
    return Watched("train.csv", quiet or Heard("itself", alarm=False), drifted)


def test_a_monitor_that_tells_drift_is_accepted() -> None:
    """Quiet on its reference, loud on both kinds."""
    assert is_silent(
        ask("MLE003", trainings(watched=heard()), declared(monitor=MONITOR, reference="train.csv"))
    )


@pytest.mark.parametrize(
    ("watched", "message"),
    [
        (
            heard(numbers=False, words=False),
            "the monitor of churn raises no alarm, whatever becomes of the numbers or words",
        ),
        (
            heard(quiet=Heard("itself", alarm=True)),
            "the monitor of churn raises an alarm on its own reference, train.csv",
        ),
        (
            heard(quiet=Heard("itself", alarm=False, broke="KeyError: 'age'")),
            "the monitor of churn breaks on its own reference: KeyError: 'age'",
        ),
    ],
)
def test_a_monitor_that_tells_nothing_is_told_of(watched: Watched, message: str) -> None:
    """It is deaf, it cries always, or it breaks."""
    findings = ask("MLE003", trainings(watched=watched), declared(monitor=MONITOR, split=SPLIT))
    assert told(findings) == [(*DECLARED, message)]


def test_a_monitor_that_hears_one_kind_only_is_advised() -> None:
    """A model may know no words."""
    findings = ask("MLE003", trainings(watched=heard(words=False)), declared(monitor=MONITOR, split=SPLIT))
    assert told(findings) == []
    assert hinted(findings) == [(*DECLARED, "the monitor of churn does not notice when the words drift")]


def test_a_model_without_a_monitor_or_a_reference_is_told_of() -> None:
    """Both are needed, and a training that failed hides neither."""
    nobody = ask("MLE003", trainings(error="it ended with 1"), declared())
    assert told(nobody) == [(*DECLARED, "nothing watches the model churn in use")]
    nothing = ask("MLE003", trainings(), declared(monitor=MONITOR))
    assert told(nothing) == [(*DECLARED, "the monitor of churn has no data to compare with")]


def test_a_reference_that_cannot_be_read_is_unchecked() -> None:
    """So is a model that was not trained."""
    model = declared(monitor=MONITOR, reference="a.parquet")
    unread = ask("MLE003", trainings(watched=Watched("a.parquet", unseen="a.parquet: no rows")), model)
    assert unread.unseen == "a.parquet: no rows"
    assert ask("MLE003", trainings(error="x"), model).unseen == "churn could not be trained; see MLE001"


ASKED = required(requirement("SC-001", "It has an accuracy of at least 90 % on the test rows."))


def test_a_model_that_is_good_enough_is_accepted() -> None:
    """By its declaration, and by a criterion that gives a percentage."""
    model = declared(metrics=(Threshold("accuracy", ">=", 0.9),), requirements=("001-greeting/SC-001",))
    assert is_silent(ask("MLE004", trainings(metrics={"accuracy": 0.9}), ASKED, model))


def test_a_model_that_is_not_good_enough_is_told_of() -> None:
    """Where the bound stands."""
    model = declared(metrics=(Threshold("rmse", "<=", 2.0),), requirements=("001-greeting/SC-001",))
    findings = ask("MLE004", trainings(metrics={"accuracy": 0.85, "rmse": 2.5}), ASKED, model)
    assert told(findings) == [
        (*DECLARED, "churn reaches rmse 2.5, its declaration asks for at most 2"),
        (
            ASKED.requirements[0].path,
            ASKED.requirements[0].line,
            "churn reaches accuracy 0.85, 001-greeting/SC-001 asks for at least 0.9",
        ),
    ]


def test_bounds_that_bind_nothing_are_told_of() -> None:
    """No bound, no such requirement, no such metric, or a criterion that speaks of none."""
    assert told(ask("MLE004", trainings(), ASKED, declared())) == [
        (*DECLARED, "nothing says how good the model churn must be")
    ]
    model = declared(metrics=(Threshold("f1", ">=", 0.5),), requirements=("SC-009", "SC-001"))
    findings = ask("MLE004", trainings(metrics={"loss": 1.0}), ASKED, model)
    assert [message for _, _, message in told(findings)] == [
        "the training of churn measures no f1; measured are: loss",
        "no requirement is called SC-009",
        "SC-001 sets no bound to any metric of churn; measured are: loss",
    ]


@pytest.mark.parametrize(
    ("shared", "found", "advised"),
    [
        (Shared(SPLIT, 0, 20), 0, 0),
        (Shared(SPLIT, 3, 20), 0, 1),
        (Shared(SPLIT, 4, 20), 1, 0),
        (Shared(SPLIT, 40, 200, by_chance=38.0), 0, 1),
        (Shared(Split("train.csv", "test.csv", "customer"), 1, 20), 1, 0),
    ],
)
def test_rows_in_both_sets_are_told_of(shared: Shared, found: int, advised: int) -> None:
    """One id is too many; of whole rows, more than chance explains."""
    findings = ask("MLE005", trainings(shared=shared))
    assert (found, advised) == (len(findings.found), len(findings.advised))


def test_sets_that_cannot_be_read_are_unchecked() -> None:
    """And a model without a split is not applicable."""
    assert ask("MLE005", trainings(shared=Shared(SPLIT, unseen="no rows"))).unseen == "no rows"
    assert is_not_applicable(ask("MLE005", trainings()))


def test_a_record_that_names_its_data_is_accepted() -> None:
    """The digest of each input stands in it."""
    record = Record("dvc.lock", True, True, (Recorded("a.csv", True), Recorded("src/train.py", True, True)))
    assert is_silent(ask("MLE006", trainings(record=record), declared(inputs=("a.csv",), record="dvc.lock")))


def test_a_stale_record_is_told_of() -> None:
    """Where the record is kept; the code that trains is advice."""
    files = (Recorded("a.csv", False), Recorded("b.csv", None), Recorded("src/train.py", False, True))
    model = declared(inputs=("a.csv", "b.csv"), record="dvc.lock")
    findings = ask("MLE006", trainings(record=Record("dvc.lock", True, True, files)), model)
    assert told(findings) == [
        ("dvc.lock", 1, "the record does not name a.csv as it is now"),
        (*DECLARED, "the input b.csv is not there"),
    ]
    assert hinted(findings) == [("dvc.lock", 1, "the record does not name src/train.py, which trains")]


def test_a_model_without_a_record_is_told_of() -> None:
    """Not declared, without inputs, or not written."""
    gone = trainings(record=Record("r.json", is_there=False))
    assert told(ask("MLE006", gone, declared())) == [
        (*DECLARED, "no record says from which data churn was made")
    ]
    assert told(ask("MLE006", gone, declared(record="r.json"))) == [
        (*DECLARED, "the model churn does not say what it is made from")
    ]
    assert told(ask("MLE006", gone, declared(record="r.json", inputs=("a.csv",)))) == [
        (*DECLARED, "the record r.json is not there")
    ]


def card(*lines: str) -> Cards:
    """A card that says these lines under its metrics."""
    said = tuple(Said(number, text) for number, text in enumerate(lines, 12))
    return Cards((Card("churn", "docs/churn.md", 1, is_there=True, metrics=said),))


def test_a_card_with_the_measured_numbers_is_accepted() -> None:
    """Rounded, as a percentage, or beside what is asked for."""
    lines = ("Accuracy must be above 0.9.", "| accuracy | 93.1 % |", "On 1,000 rows, RMSE is 2.46.")
    assert is_silent(ask("MLE007", card(*lines), trainings(metrics={"accuracy": 0.9312, "rmse": 2.4567})))


def test_a_card_with_other_numbers_is_told_of() -> None:
    """At the line, with the measured one; a metric that the card leaves out is not asked for."""
    findings = ask(
        "MLE007", card("It is good.", "accuracy: 0.99"), trainings(metrics={"accuracy": 0.93, "f1": 1})
    )
    assert told(findings) == [("docs/churn.md", 13, "the card says 0.99 for accuracy, measured is 0.93")]


def test_a_card_without_numbers_is_told_of() -> None:
    """Words alone are no measure; a training without metrics is unchecked."""
    findings = ask("MLE007", card("Very good."), trainings(metrics={"accuracy": 0.93}))
    assert told(findings) == [
        ("docs/churn.md", 12, "the card gives none of the numbers that churn was measured by")
    ]
    assert "no output of churn has metrics" in str(ask("MLE007", card("Good."), trainings()).unseen)


def test_without_models_there_is_nothing_to_train() -> None:
    """A project that declares none is not applicable, for all rules."""
    assert is_not_applicable(ask("MLE001", Trainings()))
    assert is_not_applicable(ask("MLE002", Cards()))
    assert is_not_applicable(ask("MLE003", Trainings(), project()))
    assert is_not_applicable(ask("MLE004", Trainings(), specs(), project()))
    assert is_not_applicable(ask("MLE005", Trainings()))
    assert is_not_applicable(ask("MLE006", Trainings(), project()))
    assert is_not_applicable(ask("MLE007", Cards(), Trainings()))
