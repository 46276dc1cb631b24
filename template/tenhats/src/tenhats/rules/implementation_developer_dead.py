"""What the implementation developer promises of code that is of no use: there is none."""

from __future__ import annotations

from tenhats.facts.dead import DeadCode
from tenhats.gates import Gate
from tenhats.rule import Findings, rule


@rule("DEV009", gate=Gate.STYLE, practice="Writes self-documenting code")
def nothing_is_dead(dead: DeadCode) -> Findings:
    """No code is dead.

    Who reads a function believes that somebody calls it. A private function, class, constant or module is
    named somewhere besides its definition, and no statement stands after one that has left the block:

        def _shout(text: str) -> str:     # called below, or deleted
            return text.upper()

    A name is used if its word stands anywhere else in the project, tests, configuration and texts among them.
    Methods are advice: a class of another package may call them. What a decorator or a base class hands on
    is left out, and so are names such as `_missing_`. Public functions are DEV006's, imports and variables
    ruff's.
    """
    findings = Findings(looked_at=dead.looked_at, nothing="there is no code in the sources")
    for each in dead.unused:
        say = findings.advise if each.kind == "method" else findings.add
        say(each, f"nobody uses the private {each.kind} {each.name}", "delete it")
    for line in dead.unreached:
        findings.add(line, f"this is never reached: it stands after {line.after}", "delete it")
    return findings
