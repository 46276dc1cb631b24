"""What a project asks of the gates: `[tool.tenhats]` in its `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tenhats.errors import CannotRun, did_you_mean
from tenhats.prose.kinds import KINDS as SMELLS
from tenhats.prose.kinds import LEVELS


@dataclass(frozen=True)
class Pipeline:
    """A declared data pipeline: what it runs, reads and makes, what guards the outcome, what it may cost.

    `inputs` is None where nothing is said of them. Times are in seconds, memory in megabytes of 10⁶ bytes.
    """

    name: str
    run: tuple[str, ...]
    outputs: tuple[str, ...]
    schema: str | None
    line: int
    inputs: tuple[str, ...] | None = None
    check: tuple[str, ...] = ()
    lineage: str | None = None
    requirements: tuple[str, ...] = ()
    seconds: float | None = None
    seconds_per_row: float | None = None
    memory: float | None = None


@dataclass(frozen=True)
class Threshold:
    """A bound that a metric must keep to: at least (`>=`) or at most (`<=`) this value."""

    metric: str
    sign: str
    value: float

    def holds_for(self, value: float) -> bool:
        """Whether a measured value keeps to the bound."""
        return value >= self.value if self.sign == ">=" else value <= self.value


@dataclass(frozen=True)
class Split:
    """The files of training and of test data, and the column that says which rows are one and the same."""

    train: str
    test: str
    id: str | None = None


@dataclass(frozen=True)
class Model:
    """A declared model: what trains it, from what, what that makes, and what is said and asked of it."""

    name: str
    train: tuple[str, ...]
    outputs: tuple[str, ...]
    card: str | None
    line: int
    inputs: tuple[str, ...] = ()
    record: str | None = None
    monitor: tuple[str, ...] = ()
    reference: str | None = None
    split: Split | None = None
    metrics: tuple[Threshold, ...] = ()
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Growth:
    """A declared growth: the function, what makes its input, the power of the size that it may reach."""

    name: str
    call: str
    input: str
    exponent: float
    promise: str
    line: int


@dataclass(frozen=True)
class Settings:
    """The settings, each with a default that suits a project made from the template."""

    name: str = ""
    coverage: float = 80.0
    source: str = "src"
    tests: str = "tests"
    specs: str = "specs"
    groups: tuple[str, ...] = ("dev",)
    advisories: str = "https://api.osv.dev/v1/query"
    test_timeout: float = 600.0
    base: str = ""
    off: Mapping[str, str] = field(default_factory=dict)
    pipelines: tuple[Pipeline, ...] = ()
    models: tuple[Model, ...] = ()
    growth: tuple[Growth, ...] = ()
    prose: Mapping[str, str] = field(default_factory=dict)


_KINDS: dict[str, tuple[type, ...]] = {
    "coverage": (int, float),
    "source": (str,),
    "tests": (str,),
    "specs": (str,),
    "groups": (list,),
    "advisories": (str,),
    "test-timeout": (int, float),
    "base": (str,),
    "off": (dict,),
    "pipelines": (dict,),
    "models": (dict,),
    "growth": (dict,),
    "prose": (dict,),
}
_CALLED: dict[type, str] = {dict: "a table", list: "a list", str: "a string"}
_PIPELINE_KINDS: dict[str, tuple[type, ...]] = {
    "run": (list,),
    "outputs": (list,),
    "schema": (str,),
    "inputs": (list,),
    "check": (list,),
    "lineage": (str,),
    "requirement": (str, list),
    "seconds": (int, float),
    "seconds-per-row": (int, float),
    "peak-memory-mb": (int, float),
}
_GROWTH_KINDS: dict[str, tuple[type, ...]] = {
    "call": (str,),
    "input": (str,),
    "exponent": (int, float),
    "promise": (str,),
}
_MODEL_KINDS: dict[str, tuple[type, ...]] = {
    "train": (list,),
    "outputs": (list,),
    "card": (str,),
    "inputs": (list,),
    "record": (str,),
    "monitor": (list,),
    "reference": (str,),
    "split": (dict,),
    "metrics": (dict,),
    "requirement": (str, list),
}
_SPLIT_KINDS: dict[str, tuple[type, ...]] = {"train": (str,), "test": (str,), "id": (str,)}
_THRESHOLD = re.compile(r"\s*(>=|<=)\s*(-?\d{1,15}(?:\.\d{1,15})?)\s*")


def read_settings(root: Path) -> Settings:
    """Read the settings of the project at `root`.

    Raises:
        CannotRun: if there is no `pyproject.toml`, it cannot be read, or a setting is unknown,
            of the wrong kind, or lacks the reason it must have.
    """
    path = root / "pyproject.toml"
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except FileNotFoundError:
        msg = f"{root}: there is no pyproject.toml here. Run this in a project's own folder."
        raise CannotRun(msg) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"pyproject.toml cannot be read: {error}. Mend it and run again."
        raise CannotRun(msg) from None
    return settings_from(document, text)


def settings_from(document: Mapping[str, Any], text: str) -> Settings:
    """Make settings of a parsed `pyproject.toml`; `text` gives the lines for messages.

    Raises:
        CannotRun: if a setting is unknown, of the wrong kind, or lacks its reason.
    """
    table = document.get("tool", {}).get("tenhats", {})
    _check(table, _KINDS, "tool.tenhats", text)
    plain: dict[str, Any] = {
        key.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
        if key not in {"pipelines", "models", "growth", "off", "prose"}
    }
    if not 0 <= plain.get("coverage", 0) <= 100:
        msg = f"{_place(text, 'coverage')}: coverage is a percentage, from 0 to 100."
        raise CannotRun(msg)
    return Settings(
        name=document.get("project", {}).get("name", ""),
        **plain,
        off=_off(table.get("off", {}), text),
        prose=_prose(table.get("prose", {}), text),
        pipelines=tuple(_pipeline(name, entry, text) for name, entry in table.get("pipelines", {}).items()),
        models=tuple(_model(name, entry, text) for name, entry in table.get("models", {}).items()),
        growth=tuple(_growth(name, entry, text) for name, entry in table.get("growth", {}).items()),
    )


def _off(table: Mapping[str, Any], text: str) -> Mapping[str, str]:
    for code, reason in table.items():
        if not isinstance(reason, str) or not reason.strip():
            msg = (
                f"{_place(text, code)}: {code} is switched off without a reason. "
                f'Write why: {code} = "we have no … because …"'
            )
            raise CannotRun(msg)
    return dict(table)


def _prose(table: Mapping[str, Any], text: str) -> Mapping[str, str]:
    _check(table, dict.fromkeys(SMELLS, (str,)), "tool.tenhats.prose", text)
    for kind, level in table.items():
        if level not in LEVELS:
            msg = (
                f'{_place(text, kind)}: {kind} = "{level}" in [tool.tenhats.prose] must be one of: '
                f"{', '.join(LEVELS)}.{did_you_mean(level, LEVELS)}"
            )
            raise CannotRun(msg)
    return dict(table)


def _pipeline(name: str, entry: Any, text: str) -> Pipeline:
    where = f"tool.tenhats.pipelines.{name}"
    _check(entry, _PIPELINE_KINDS, where, text, needed=("run", "outputs"))
    inputs = entry.get("inputs")
    return Pipeline(
        name,
        _words(entry["run"]),
        _words(entry["outputs"]),
        entry.get("schema"),
        line_of(text, where),
        None if inputs is None else _words(inputs),
        _words(entry.get("check", ())),
        entry.get("lineage"),
        _words(entry.get("requirement", ())),
        entry.get("seconds"),
        entry.get("seconds-per-row"),
        entry.get("peak-memory-mb"),
    )


def _model(name: str, entry: Any, text: str) -> Model:
    where = f"tool.tenhats.models.{name}"
    _check(entry, _MODEL_KINDS, where, text, needed=("train", "outputs"))
    monitor = _words(entry.get("monitor", ()))
    if monitor and not any("{current}" in word for word in monitor):
        msg = (
            f"{_place(text, 'monitor')}: monitor in [{where}] is not told which data to look at. "
            'Write "{reference}" and "{current}" where it takes its two files.'
        )
        raise CannotRun(msg)
    split = entry.get("split")
    if split is not None:
        _check(split, _SPLIT_KINDS, f"{where}.split", text, needed=("train", "test"))
    return Model(
        name,
        _words(entry["train"]),
        _words(entry["outputs"]),
        entry.get("card"),
        line_of(text, where),
        _words(entry.get("inputs", ())),
        entry.get("record"),
        monitor,
        entry.get("reference"),
        None if split is None else Split(**split),
        tuple(_threshold(metric, bound, where, text) for metric, bound in entry.get("metrics", {}).items()),
        _words(entry.get("requirement", ())),
    )


def _growth(name: str, entry: Any, text: str) -> Growth:
    where = f"tool.tenhats.growth.{name}"
    _check(entry, _GROWTH_KINDS, where, text, needed=("call", "input"))
    exponent, promise = entry.get("exponent", 1.0), entry.get("promise", "")
    return Growth(name, entry["call"], entry["input"], exponent, promise, line_of(text, where))


def _words(value: Any) -> tuple[str, ...]:
    """The words of a list, or the one that stands alone."""
    return (value,) if isinstance(value, str) else tuple(map(str, value))


def _threshold(metric: str, bound: Any, where: str, text: str) -> Threshold:
    found = _THRESHOLD.fullmatch(bound) if isinstance(bound, str) else None
    if not found:
        msg = f'{_place(text, "metrics")}: {metric} in [{where}] metrics must be like ">= 0.9" or "<= 12".'
        raise CannotRun(msg)
    return Threshold(metric, found[1], float(found[2]))


def _check(
    table: Any,
    kinds: Mapping[str, tuple[type, ...]],
    where: str,
    text: str,
    needed: tuple[str, ...] = (),
) -> None:
    if not isinstance(table, dict):
        msg = f"{_place(text, where)}: [{where}] must be a table."
        raise CannotRun(msg)
    for key, value in table.items():
        if key not in kinds:
            msg = f"{_place(text, key)}: [{where}] has no setting {key}.{did_you_mean(key, kinds)}"
            raise CannotRun(msg)
        if not isinstance(value, kinds[key]) or isinstance(value, bool):
            wanted = _CALLED.get(kinds[key][0], "a number")
            msg = f"{_place(text, key)}: {key} in [{where}] must be {wanted}."
            raise CannotRun(msg)
    for key in needed:
        if key not in table:
            msg = f"{_place(text, where)}: [{where}] needs the setting {key}."
            raise CannotRun(msg)


def _place(text: str, word: str) -> str:
    return f"pyproject.toml:{line_of(text, word)}"


def line_of(text: str, word: str) -> int:
    """The line of `text`, counted from 1, where a key or a table named `word` stands; else 1."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith((word, f'"{word}"', f"[{word}]")):
            return number
    return 1
