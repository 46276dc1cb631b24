"""How a rule that asks another tool hands on what the tool says: its code, its place, its remedy."""

from __future__ import annotations

from tenhats.facts.toolrun import ToolRun
from tenhats.rule import Findings


def handed_on(run: ToolRun, *, nothing: str, fix: str) -> Findings:
    """Every complaint of the tool as a finding; `fix` where the tool itself names no remedy."""
    findings = Findings()
    for _ in findings.over(run.files, nothing=nothing):
        pass
    for complaint in run.complaints:
        findings.add(complaint, f"{complaint.code}: {complaint.message}", complaint.fix or fix)
    return findings
