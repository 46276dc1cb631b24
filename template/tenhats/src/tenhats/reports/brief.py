"""What one persona needs to know about one feature, on one page to hand to any agent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tenhats.formats.model import Feature
from tenhats.personas import Persona
from tenhats.trace import Traced
from tenhats.verdicts import Outcome


def brief(
    persona: Persona,
    prompt: str,
    feature: Feature,
    documents: Mapping[str, str],
    traced: Iterable[Traced],
    outcome: Outcome,
) -> str:
    """The page, as Markdown: the prompt, what the rules say, the trace, the feature's documents."""
    lines = [f"# Brief: {persona.title}, {feature.name}", "", "## Who you are", "", prompt.strip(), ""]
    lines += ["## What your rules say now", ""]
    for judged in outcome.judgements:
        why = f" ({judged.reason})" if judged.reason else ""
        lines.append(f"- {judged.rule.code} {judged.rule.title}: {judged.verdict.value}{why}")
        lines += [
            f"    - {each.path}:{each.line}: {each.message}. Fix: {each.fix}" for each in judged.findings
        ]
    lines += ["", "## The trace", "", "| requirement | state | tests |", "|---|---|---|"]
    for each in traced:
        if each.name.startswith(f"{feature.name}/"):
            lines.append(f"| {each.name} | {each.state} | {', '.join(each.tests) or '–'} |")
    for path, text in documents.items():
        lines += ["", f"## {path}", "", "````markdown", text.rstrip(), "````"]
    return "\n".join(lines) + "\n"
