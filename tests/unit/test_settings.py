"""The settings in `pyproject.toml`: defaults that suit, and errors that name the line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tenhats.errors import CannotRun
from tenhats.settings import (
    Model,
    Pipeline,
    Settings,
    Split,
    Threshold,
    line_of,
    read_settings,
    settings_from,
)

pytestmark = pytest.mark.req("006-verdicts/FR-004")


def settings(text: str) -> Settings:
    return settings_from(tomllib.loads(text), text)


def test_a_project_that_asks_for_nothing_gets_the_defaults() -> None:
    """80 per cent, src, tests, specs, the group dev, ten minutes."""
    assert settings('[project]\nname = "greeter"\n') == Settings(name="greeter")
    assert settings("") == Settings()
    assert Settings().coverage == 80.0


def test_every_plain_setting_is_read() -> None:
    """Under the names of the manual."""
    read = settings(
        '[tool.tenhats]\ncoverage = 95.5\nsource = "lib"\ntests = "t"\nspecs = "s"\n'
        'groups = ["dev", "docs"]\n'
        'advisories = "https://example.org"\ntest-timeout = 60\n'
    )
    assert read == Settings("", 95.5, "lib", "t", "s", ("dev", "docs"), "https://example.org", 60)


def test_a_rule_is_switched_off_with_its_reason() -> None:
    """The reason is kept for the report."""
    assert settings('[tool.tenhats.off]\nPRF001 = "no promised time"').off == {"PRF001": "no promised time"}


def test_pipelines_and_models_are_read_with_their_line() -> None:
    """The line is that of the table, for the findings."""
    read = settings(
        '[tool.tenhats.pipelines.orders]\nrun = ["python", "-m", "x"]\noutputs = ["a.csv"]\n'
        'schema = "s.json"\n'
        '\n[tool.tenhats.models.churn]\ntrain = ["make"]\noutputs = ["m.json"]\ncard = "docs/churn.md"\n'
    )
    assert read.pipelines == (Pipeline("orders", ("python", "-m", "x"), ("a.csv",), "s.json", 1),)
    assert read.models == (Model("churn", ("make",), ("m.json",), "docs/churn.md", 6),)


def test_what_a_pipeline_and_a_model_promise_is_read() -> None:
    """One requirement or several; a bound with its sign; a split with its files."""
    read = settings(
        '[tool.tenhats.pipelines.orders]\nrun = ["x"]\noutputs = ["a.csv"]\ninputs = []\ncheck = ["c"]\n'
        'lineage = "l.md"\nrequirement = "SC-001"\nseconds = 9\nseconds-per-row = 0.5\npeak-memory-mb = 200\n'
        '[tool.tenhats.models.churn]\ntrain = ["x"]\noutputs = ["m.json"]\ninputs = ["a.csv"]\n'
        'record = "r.json"\nmonitor = ["w", "{current}"]\nreference = "a.csv"\n'
        'split = { train = "a.csv", test = "b.csv", id = "who" }\n'
        'metrics = { f1 = ">= 0.9", "test.rmse" = "<= 12" }\nrequirement = ["SC-001", "SC-002"]\n'
    )
    assert read.pipelines == (
        Pipeline("orders", ("x",), ("a.csv",), None, 1, (), ("c",), "l.md", ("SC-001",), 9, 0.5, 200),
    )
    assert read.models == (
        Model(
            "churn",
            ("x",),
            ("m.json",),
            None,
            11,
            ("a.csv",),
            "r.json",
            ("w", "{current}"),
            "a.csv",
            Split("a.csv", "b.csv", "who"),
            (Threshold("f1", ">=", 0.9), Threshold("test.rmse", "<=", 12.0)),
            ("SC-001", "SC-002"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "coverag = 80",
            r"pyproject.toml:2: \[tool.tenhats\] has no setting coverag. Did you mean coverage\?",
        ),
        ('coverage = "80"', r"pyproject.toml:2: coverage in \[tool.tenhats\] must be a number"),
        ("coverage = true", "must be a number"),
        ("coverage = 101", "pyproject.toml:2: coverage is a percentage, from 0 to 100"),
        ("coverage = nan", "from 0 to 100"),
        ("source = 3", "must be a string"),
        ('groups = "dev"', "must be a list"),
        ('off = "all"', "must be a table"),
        ('off.PRF001 = ""', "PRF001 is switched off without a reason"),
        ("off.PRF001 = true", "PRF001 is switched off without a reason"),
        ("pipelines.a = 3", r"\[tool.tenhats.pipelines.a\] must be a table"),
        ('pipelines.a.run = ["x"]', r"\[tool.tenhats.pipelines.a\] needs the setting outputs"),
        ('pipelines.a.runs = ["x"]', r"has no setting runs. Did you mean run\?"),
        ('models.a.outputs = ["x"]', r"\[tool.tenhats.models.a\] needs the setting train"),
        ('models.a.train = "make"', "train in .* must be a list"),
        ('models.a = {train = [], outputs = [], metrics = {f1 = "good"}}', 'f1 in .* must be like ">= 0.9"'),
        ('models.a = {train = [], outputs = [], monitor = ["x"]}', "is not told which data to look at"),
        ('models.a = {train = [], outputs = [], split = {train = "a"}}', "split. needs the setting test"),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_run(text: str, message: str) -> None:
    """With the line, and what would be right."""
    with pytest.raises(CannotRun, match=message):
        settings(f"[tool.tenhats]\n{text}\n")


def test_the_levels_of_prose_are_read() -> None:
    """A level for each kind of smell that a team has chosen."""
    assert settings('[tool.tenhats.prose]\npassive = "block"\n').prose == {"passive": "block"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('pasive = "block"', r"has no setting pasive. Did you mean passive\?"),
        ('passive = "blok"', r'pyproject.toml:2: passive = "blok" .* one of: block, advise, off'),
        ("passive = 1", "must be a string"),
    ],
)
def test_a_level_of_prose_that_cannot_be_meant_stops_the_run(line: str, message: str) -> None:
    """An unknown kind, an unknown level, another type."""
    with pytest.raises(CannotRun, match=message):
        settings(f"[tool.tenhats.prose]\n{line}\n")


def test_settings_that_are_no_table_stop_the_run() -> None:
    """`tenhats = 3` is said to be wrong."""
    with pytest.raises(CannotRun, match="must be a table"):
        settings("[tool]\ntenhats = 3\n")


def test_a_folder_without_a_project_stops_the_run(tmp_path: Path) -> None:
    """With what to do instead."""
    with pytest.raises(
        CannotRun, match=r"there is no pyproject.toml here. Run this in a project's own folder"
    ):
        read_settings(tmp_path)


@pytest.mark.parametrize("content", [b"[project\n", b"\xff\xfe"])
def test_a_project_file_that_cannot_be_read_stops_the_run(tmp_path: Path, content: bytes) -> None:
    """Broken TOML and other encodings."""
    (tmp_path / "pyproject.toml").write_bytes(content)
    with pytest.raises(CannotRun, match=r"pyproject.toml cannot be read: .* Mend it and run again"):
        read_settings(tmp_path)


def test_a_project_file_is_read(tmp_path: Path) -> None:
    """From the project's root."""
    (tmp_path / "pyproject.toml").write_text("[tool.tenhats]\ncoverage = 90\n")
    assert read_settings(tmp_path).coverage == 90


def test_the_line_of_a_key_or_a_table_is_found() -> None:
    """Else it is the first."""
    text = '[a]\nb = 1\n"c" = 2\n  [a.d]\n'
    assert [line_of(text, word) for word in ("a", "b", "c", "a.d", "z")] == [1, 2, 3, 4, 1]
