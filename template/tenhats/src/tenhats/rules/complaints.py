"""Findings that several personas' rules make alike: what another tool says, which review is due."""

from __future__ import annotations

from tenhats.facts.reviews import Reviews
from tenhats.facts.specs import Specs
from tenhats.facts.toolrun import ToolRun
from tenhats.reviewing import due, under_way
from tenhats.rule import Findings


def handed_on(run: ToolRun, *, nothing: str, fix: str) -> Findings:
    """Every complaint of the tool as a finding; `fix` where the tool itself names no remedy."""
    findings = Findings()
    for _ in findings.over(run.files, nothing=nothing):
        pass
    for complaint in run.complaints:
        findings.add(complaint, f"{complaint.code}: {complaint.message}", complaint.fix or fix)
    return findings


def unreviewed(persona: str, specs: Specs, reviews: Reviews) -> Findings:
    """Each feature that is being built, and whose words the persona has not approved as they stand."""
    findings = Findings()
    for feature in findings.over(under_way(specs), nothing="no work on a feature has begun"):
        owed = due(feature, persona, reviews)
        if owed:
            findings.add(owed, owed.why, owed.fix)
    return findings
