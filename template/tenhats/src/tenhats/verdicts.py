"""Verdicts: of a rule, a gate, a persona, the project; and how the worst of several is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tenhats.gates import Gate
from tenhats.rule import Finding, Rule


class Verdict(StrEnum):
    """One of four words. Only what was looked at, and found without fault, has passed."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"
    NOT_APPLICABLE = "not applicable"


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Failed, else unchecked, else passed; not applicable if there is nothing else."""
    seen = set(verdicts)
    for verdict in (Verdict.FAILED, Verdict.UNCHECKED, Verdict.PASSED):
        if verdict in seen:
            return verdict
    return Verdict.NOT_APPLICABLE


@dataclass(frozen=True)
class Judgement:
    """What became of one rule in one run."""

    rule: Rule
    verdict: Verdict
    looked_at: int = 0
    seconds: float = 0.0
    reason: str | None = None
    findings: tuple[Finding, ...] = ()
    advice: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A whole run: every rule that was asked, in the order of the codes."""

    commit: str | None
    judgements: tuple[Judgement, ...]
    crashed: bool = False

    @property
    def verdict(self) -> Verdict:
        """The project's verdict: the worst of its rules."""
        return worst(judgement.verdict for judgement in self.judgements)

    def of_gate(self, gate: Gate) -> Verdict:
        """The gate's verdict; a gate of which no rule was asked is unchecked."""
        asked = [judged.verdict for judged in self.judgements if judged.rule.gate is gate]
        return worst(asked) if asked else Verdict.UNCHECKED

    def at(self, persona: str, gate: Gate) -> Verdict | None:
        """The verdict of one persona's rules at one gate, or None if it has none there."""
        asked = [
            judged.verdict
            for judged in self.judgements
            if judged.rule.gate is gate and judged.rule.persona.name == persona
        ]
        return worst(asked) if asked else None
