"""The page of a retrospective, and where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.errors import CannotRun
from tenhats.making.documents import last_retrospective, make_retrospective
from tenhats.reports.retrospective import retrospective

pytestmark = pytest.mark.req("009-front-doors/FR-004")


RUNS = [
    {"when": "2026-11-20 10:00", "verdict": "failed", "findings": 3},
    {"when": "2026-11-21 10:00", "verdict": "failed", "findings": 1},
    {"when": "2026-11-22 10:00", "verdict": "passed", "findings": 0},
]
REPORT = {
    "verdict": "failed",
    "rules": [{"code": "SPC009", "findings": [1, 2]}, {"code": "TST001", "findings": []}],
}


def test_the_figures_are_those_of_the_runs() -> None:
    """How many, with which verdicts, which rules find what, and what is due."""
    page = retrospective("2026-11-24", "2026-11-01", RUNS, REPORT, ["001-a/FR-001"], ["architect 001-a"])
    for row in (
        "Since 2026-11-01",
        "| runs of all gates | 3 |",
        "| their verdicts | 2 failed, 1 passed |",
        "| findings, first run to last | 3 to 0 |",
        "| findings now, by rule | SPC009: 2 |",
        "| suspect proofs | 001-a/FR-001 |",
        "| reviews due | architect 001-a |",
        "## Which sentence let which defect through",
    ):
        assert row in page


def test_without_a_run_there_are_no_figures() -> None:
    """And nothing is made up."""
    page = retrospective("2026-11-24", None, [], {"verdict": "passed", "rules": []}, [], [])
    assert "Since the first run on record" in page
    assert "| runs of all gates | 0 |" in page
    assert "| findings, first run to last | none |" in page


def test_there_is_one_a_day(tmp_path: Path) -> None:
    """The last one is found by its date; other pages of the folder are none."""
    assert last_retrospective(tmp_path) is None
    for day in ("2026-11-01", "2026-10-02"):
        assert f"docs/retrospectives/{day}.md" == make_retrospective(tmp_path, day, "# A\n")
    (tmp_path / "docs/retrospectives/index.md").write_text("# B\n")
    assert "2026-11-01" == last_retrospective(tmp_path)
    with pytest.raises(CannotRun, match="is there already"):
        make_retrospective(tmp_path, "2026-11-01", "# A\n")
