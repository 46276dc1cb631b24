"""A monitor, tried on its reference and on drifted copies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tenhats.facts.drift import Said, Watched, try_monitor
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.workroom import Room

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-005")


DATA = "day,age,plan\n2026-01-01,30,basic\n2026-01-02,40,plus\n2026-01-03,,basic\n"
LOOKS = """
import csv, sys
from statistics import fmean
def rows(path):
    return list(csv.DictReader(open(path, newline="")))
before, now = rows(sys.argv[1]), rows(sys.argv[2])
def ages(rows): return [int(row["age"]) for row in rows if row["age"]]
def plans(rows): return {row["plan"] for row in rows}
assert [row["day"] for row in now] == [row["day"] for row in before]
"""


def watch(tmp_path: Path, code: str, data: str = DATA, name: str = "train.csv") -> Watched:
    (tmp_path / name).write_text(data, encoding="utf-8")
    (tmp_path / "watch.py").write_text(code, encoding="utf-8")
    room = Room(tmp_path, ProjectEnvironment("env", sys.executable, "stamp"), "src", 1, 20)
    return try_monitor(room, ("python", "watch.py", "{reference}", "{current}"), name)


@pytest.mark.req("007-pipelines-and-models/US2.1")
@pytest.mark.parametrize(
    ("code", "numbers", "words"),
    [
        ("sys.exit(fmean(ages(now)) > fmean(ages(before)) + 20 or plans(now) != plans(before))", True, True),
        ("sys.exit(fmean(ages(now)) > fmean(ages(before)) + 20)", True, False),
        ("sys.exit(plans(now) != plans(before))", False, True),
        ("", False, False),
    ],
)
def test_each_kind_of_drift_is_tried_by_itself(tmp_path: Path, code: str, numbers: bool, words: bool) -> None:
    """Numbers move and stay whole, words are new, dates and what is empty stay."""
    watched = watch(tmp_path, LOOKS + code)
    assert Said("itself", alarm=False) == watched.quiet
    assert (Said("numbers", alarm=numbers), Said("words", alarm=words)) == watched.drifted


def test_a_monitor_that_breaks_has_raised_no_alarm(tmp_path: Path) -> None:
    """A traceback is no answer."""
    watched = watch(tmp_path, f"{LOOKS}assert plans(now) == plans(before), 'a new plan'")
    assert [False, False] == [said.alarm for said in watched.drifted]
    assert "a new plan" in str(watched.drifted[1].broke)


@pytest.mark.parametrize(
    ("data", "name"), [("x", "train.parquet"), ("day\n2026-01-01\n", "train.csv"), ("{", "a.json")]
)
def test_a_reference_that_cannot_drift_is_said(tmp_path: Path, data: str, name: str) -> None:
    """Another format, nothing but dates, no JSON."""
    assert name in str(watch(tmp_path, "", data, name).unseen)
