"""The report for a pull request or a job's summary: Markdown."""

from __future__ import annotations

from tenhats.gates import Gate
from tenhats.verdicts import Outcome, Verdict

SIGNS = {
    Verdict.PASSED: "✅",
    Verdict.FAILED: "❌",
    Verdict.UNCHECKED: "❔",
    Verdict.NOT_APPLICABLE: "➖",
}


def as_markdown(outcome: Outcome) -> str:
    """The gates as a table, then every finding, then what was not checked and why."""
    asked = {judged.rule.gate for judged in outcome.judgements}
    lines = [f"## Gates: {outcome.verdict.value}", "", "| gate | verdict | findings |", "|---|---|---|"]
    for gate in Gate:
        if gate in asked:
            verdict = outcome.of_gate(gate)
            of_gate = [judged for judged in outcome.judgements if judged.rule.gate is gate]
            count = sum(len(judged.findings) for judged in of_gate)
            lines.append(f"| {gate.value} {gate.label} | {SIGNS[verdict]} {verdict.value} | {count} |")
    found = [(judged, each) for judged in outcome.judgements for each in judged.findings]
    if found:
        lines += ["", "| where | rule | what is wrong | what to do |", "|---|---|---|---|"]
        lines += [
            f"| `{each.path}:{each.line}` | {judged.rule.code} | {_cell(each.message)} | {_cell(each.fix)} |"
            for judged, each in found
        ]
    for verdict, title in (
        (Verdict.UNCHECKED, "Not checked"),
        (Verdict.NOT_APPLICABLE, "Not applicable"),
    ):
        named = [judged for judged in outcome.judgements if judged.verdict is verdict]
        if named:
            lines += ["", f"### {title}", ""]
            lines += [
                f"- {judged.rule.code} {judged.rule.title}: {_cell(judged.reason or '')}" for judged in named
            ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
