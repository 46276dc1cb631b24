"""The report for the project's site: the last verdicts, and how they have moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tenhats.reports.pull_request import SIGNS
from tenhats.verdicts import Verdict


def verdict_page(report: Mapping[str, Any] | None) -> str:
    """The page of the verdicts, from a `report.json`."""
    if report is None:
        return "# Verdicts\n\nThere is no report yet: run `nox -s gates`.\n"
    lines = ["# Verdicts", "", f"Judged at commit `{report['commit'] or 'none'}`: **{report['verdict']}**."]
    lines += ["", "| gate | verdict |", "|---|---|"]
    lines += [f"| {gate['number']} {gate['name']} | {_sign(gate['verdict'])} |" for gate in report["gates"]]
    lines += ["", "| rule | asks | persona | gate | verdict | looked at |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {rule['code']} | {rule['title']} | {rule['persona']} | {rule['gate']} "
        f"| {_sign(rule['verdict'])} | {rule['looked_at']} |"
        for rule in report["rules"]
    ]
    return "\n".join(lines) + "\n"


def trend_page(history: Iterable[Mapping[str, Any]]) -> str:
    """The page of the trends: the last runs of all gates on this machine, newest first."""
    lines = ["# Trends", "", "| when | commit | verdict | findings |", "|---|---|---|---|"]
    for run in reversed(list(history)[-30:]):
        commit = (run["commit"] or "none")[:12]
        lines.append(f"| {run['when']} | `{commit}` | {_sign(run['verdict'])} | {run['findings']} |")
    return "\n".join(lines) + "\n"


def _sign(verdict: str) -> str:
    return f"{SIGNS[Verdict(verdict)]} {verdict}"
