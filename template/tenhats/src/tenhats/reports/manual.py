"""The manual: a page for each rule, gate and persona, made from what the code itself says."""

from __future__ import annotations

from collections.abc import Iterator

from tenhats import formats
from tenhats.errors import CannotRun, did_you_mean
from tenhats.gates import Gate
from tenhats.personas import BY_NAME, PERSONAS, Persona
from tenhats.rule import RULES, Rule


def explain(word: str) -> str:
    """The page of a rule's code, a gate's number or name, a persona's name; or of everything.

    Raises:
        CannotRun: if there is no such page.
    """
    gates = {str(gate.value): gate for gate in Gate} | {gate.label: gate for gate in Gate}
    if not word:
        return _contents()
    if word == "practices":
        return _practices()
    if word == "formats":
        return formats.described()
    if word.upper() in RULES:
        return rule_page(RULES[word.upper()])
    if word in gates:
        return _gate(gates[word])
    if word in BY_NAME:
        return _persona(BY_NAME[word])
    msg = f"There is no page {word}.{did_you_mean(word, [*RULES, *gates, *BY_NAME, 'practices', 'formats'])}"
    raise CannotRun(msg)


def rule_page(rule: Rule) -> str:
    """One rule's page, as Markdown."""
    _, _, body = rule.page.partition("\n")
    facts = ", ".join(kind.__name__ for kind in rule.needs.values())
    return (
        f"# {rule.code}: {rule.title}\n\n"
        f"Gate {rule.gate.value} ({rule.gate.label}) · {rule.persona.title} · “{rule.practice}”\n"
        f"{body}\n\n"
        f"Looks at: {facts}\n\n"
        f"To waive it on one line, with a reason: `tenhats: ignore[{rule.code}] reason` in a comment "
        f"on the line or above it.\n"
        f'To switch it off: `{rule.code} = "reason"` under `[tool.tenhats.off]`.\n'
    )


def rules_of(persona: Persona) -> list[Rule]:
    """The rules that bear the persona's prefix, in order."""
    return [RULES[code] for code in sorted(RULES) if code.startswith(persona.prefix)]


def _contents() -> str:
    lines = ["# Rules, by gate", ""]
    for gate in Gate:
        lines.append(f"{gate.value} {gate.label}: {gate.promise}")
        lines += [f"  {rule.code}  {rule.title}" for rule in RULES.values() if rule.gate is gate]
    lines += ["", "More: explain -- CODE, a gate's number, a persona's name, practices, or formats"]
    return "\n".join(lines) + "\n"


def _gate(gate: Gate) -> str:
    lines = [f"# Gate {gate.value}: {gate.label}", "", f"{gate.promise}.", ""]
    lines += [f"{code}  {RULES[code].title}" for code in sorted(RULES) if RULES[code].gate is gate]
    return "\n".join(lines) + "\n"


def _persona(persona: Persona) -> str:
    lines = [f"# The {persona.title}", "", f"The prompt: {persona.prompt}", ""]
    for practice in persona.practices:
        lines.append(practice)
        shown = [f"  {rule.code}  {rule.title}" for rule in rules_of(persona) if rule.practice == practice]
        lines += shown or [f"  judgment: the reviewer's question is in {persona.prompt}"]
    return "\n".join(lines) + "\n"


def _practices() -> str:
    return "\n".join(_practice_lines()) + "\n"


def _practice_lines() -> Iterator[str]:
    yield "# The forty practices"
    for persona in PERSONAS:
        yield ""
        yield persona.title
        for practice in persona.practices:
            yield f"  {practice}"
            shown = [rule for rule in rules_of(persona) if rule.practice == practice]
            yield from (f"    {rule.code}  {rule.title}" for rule in shown)
            if not shown:
                yield f"    judgment: the reviewer's question is in {persona.prompt}"
