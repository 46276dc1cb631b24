"""The report for a program: `.tenhats/report.json`. Its shape is a promise, named in `schema`."""

from __future__ import annotations

import json
from typing import Any

from tenhats.gates import Gate
from tenhats.verdicts import Judgement, Outcome

SCHEMA = "tenhats/report/1"


def as_json(outcome: Outcome) -> str:
    """The outcome as JSON, in the promised shape."""
    return json.dumps(as_dict(outcome), indent=2, ensure_ascii=False) + "\n"


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain dictionaries and lists."""
    return {
        "schema": SCHEMA,
        "commit": outcome.commit,
        "verdict": outcome.verdict.value,
        "gates": [
            {"number": gate.value, "name": gate.label, "verdict": outcome.of_gate(gate).value}
            for gate in Gate
        ],
        "rules": [_rule(judged) for judged in outcome.judgements],
    }


def _rule(judged: Judgement) -> dict[str, Any]:
    rule = judged.rule
    return {
        "code": rule.code,
        "title": rule.title,
        "persona": rule.persona.name,
        "gate": rule.gate.value,
        "practice": rule.practice,
        "verdict": judged.verdict.value,
        "looked_at": judged.looked_at,
        "seconds": round(judged.seconds, 4),
        "reason": judged.reason,
        "findings": [
            {"path": each.path, "line": each.line, "message": each.message, "fix": each.fix}
            for each in judged.findings
        ],
    }
