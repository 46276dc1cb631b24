"""Metrics by the names that people give them, and the bounds that a requirement's words set to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tenhats.settings import Threshold

_LEAST = (
    "at least", "no less than", "not less than", "no lower than", "not below", "≥", ">=", "above", "over",
    "more than", "greater than", "higher than", "exceeds", "exceed",
)  # fmt: skip
_MOST = (
    "at most", "no more than", "not more than", "no higher than", "not above", "≤", "<=", "below", "under",
    "less than", "lower than", "up to",
)  # fmt: skip
_BOUND = "|".join(sorted(map(re.escape, _LEAST + _MOST), key=len, reverse=True))
_VALUE = rf"(?P<sign>{_BOUND})\s{{0,3}}(?P<number>\d{{1,12}}(?:\.\d{{1,12}})?)(?P<percent>\s?(?:%|percent))?"
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,12}(?:\.\d{1,12})?(?:e-?\d{1,3})?(?P<percent>\s?%)?", re.IGNORECASE)
_OF_WHAT = {"test", "train", "training", "validation", "val", "eval", "holdout", "cv", "mean", "final"}
_OTHERWISE = {
    "accuracy score": ("accuracy",),
    "auc": ("roc auc", "area under the curve"),
    "roc auc": ("auc", "area under the curve"),
    "f1": ("f1 score",),
    "f1 score": ("f1",),
    "mae": ("mean absolute error",),
    "mse": ("mean squared error",),
    "rmse": ("root mean squared error", "root mean square error"),
    "r2": ("r²", "r squared"),
    "r2 score": ("r2", "r²"),
}


def names_of(metrics: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """How a text may call each metric: by its key's words, and by the last of them if no other is meant.

    Where several keys end alike, as `train.accuracy` and `test.accuracy` do, the bare word means the one
    that is not of the training.
    """
    whole = {key: _plain(key) for key in metrics}
    ends: dict[str, list[str]] = {}
    for key in whole:
        for end in _ends(key):
            ends.setdefault(end, []).append(key)
    names = {}
    for key, words in whole.items():
        found = [words]
        for end in _ends(key):
            alike = [other for other in ends[end] if "train" not in whole[other].split()] or ends[end]
            if alike == [key]:
                found.append(end)
        names[key] = tuple(
            dict.fromkeys([*found, *(more for each in found for more in _OTHERWISE.get(each, ()))])
        )
    return names


def thresholds_in(text: str, metrics: Mapping[str, float]) -> Iterator[Threshold]:
    """The bounds that a text sets to these metrics; a percentage is a share where the metric is one."""
    for key, names in names_of(list(metrics)).items():
        for name in names:
            word = _word(name)
            either = re.search(rf"{word}[^.;\d<>≤≥]{{0,40}}?{_VALUE}", text, re.IGNORECASE) or re.search(
                rf"{_VALUE}\s(?:\w{{1,20}}\s){{0,2}}{word}", text, re.IGNORECASE
            )
            if either:
                value = float(either["number"])
                share = either["percent"] and abs(metrics[key]) <= 1
                sign = ">=" if either["sign"].lower() in _LEAST else "<="
                yield Threshold(key, sign, value / 100 if share else value)
                break


def numbers_after(names: Sequence[str], text: str) -> list[str]:
    """The numbers in a line after the first of the names that it has; none if it has none of them."""
    for name in names:
        found = re.search(_word(name), text, re.IGNORECASE)
        if found:
            return [number[0] for number in _NUMBER.finditer(text, found.end())]
    return []


def is_rounded(written: str, value: float) -> bool:
    """Whether a written number is the value, rounded to the places that it is written with."""
    bare = written.rstrip("% \t")
    places = len(bare.partition(".")[2]) if "e" not in bare.lower() else 12
    scale = 100.0 if written.endswith("%") else 1.0
    return abs(float(bare) - value * scale) <= 0.5 * 10.0**-places + 1e-9


def _ends(key: str) -> list[str]:
    """The shorter names of a key: what comes after its last point, with and without the kind of rows."""
    last = _plain(key.rpartition(".")[2]).split()
    ends = [" ".join(last)]
    while len(last) > 1 and last[0] in _OF_WHAT:
        last = last[1:]
        ends.append(" ".join(last))
    return [end for end in ends if end not in _OF_WHAT]


def _plain(key: str) -> str:
    return " ".join(re.split(r"[\W_]+", key.lower())).strip()


def _word(name: str) -> str:
    """A pattern for a name, whatever stands between its words: a blank, a stroke, an underscore."""
    return rf"(?<![\w-]){r'[ _-]'.join(map(re.escape, name.split()))}(?![\w])"
