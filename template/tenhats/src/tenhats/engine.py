"""From rules to verdicts: which rules, which facts they need, what they find, what that makes.

A fact that cannot be measured makes the rules that need it *unchecked*; a rule that saw nothing is
*not applicable*; nothing else than having looked and found nothing wrong is *passed*.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from tenhats.errors import CannotRun, Unavailable, did_you_mean
from tenhats.fact import Project
from tenhats.facts.tree import Tree
from tenhats.facts.waivers import Waivers
from tenhats.measuring import BROKE, Broken, Watcher, measure, write_down
from tenhats.personas import BY_PREFIX
from tenhats.rule import RULES, Finding, Findings, Rule
from tenhats.verdicts import Judgement, Outcome, Verdict


def choose(words: Collection[str]) -> list[Rule]:
    """The rules that `words` name: codes such as `TST004` or prefixes such as `SPC`.

    Raises:
        CannotRun: if a word names no rule.
    """
    for word in words:
        if word not in BY_PREFIX and word not in RULES:
            msg = f"There is no rule {word}.{did_you_mean(word, [*RULES, *BY_PREFIX])}"
            raise CannotRun(msg)
    meant = {code for word in words or BY_PREFIX for code in RULES.of(word) or [word]}
    return [RULES[code] for code in sorted(meant)]


def judge(project: Project, rules: Iterable[Rule], watcher: Watcher) -> Outcome:
    """Ask every rule its question and return the verdicts.

    Args:
        project: The project under judgement.
        rules: The rules to ask.
        watcher: Told of every fact that is measured.

    Raises:
        CannotRun: if a rule is switched off that does not exist.
        KeyboardInterrupt: if the user stopped the run; no child process is left.
    """
    off = project.settings.off
    if off:
        choose(off)
    asked = sorted(rules, key=lambda rule: rule.code)
    why_off = {rule.code: off.get(rule.code, off.get(rule.code[:3])) for rule in asked}
    wanted = [kind for rule in asked if why_off[rule.code] is None for kind in rule.needs.values()]
    facts = measure(project, wanted, watcher)
    waivers = Waivers(project.root)
    judgements = tuple(
        _ask(rule, facts, waivers)
        if why_off[rule.code] is None
        else Judgement(rule, Verdict.NOT_APPLICABLE, reason=f"switched off: {why_off[rule.code]}")
        for rule in asked
    )
    return Outcome(
        facts[Tree].commit,
        judgements,
        crashed=any(isinstance(value, Broken) for value in facts.values())
        or any(judged.reason is not None and judged.reason.startswith(BROKE) for judged in judgements),
    )


def _ask(rule: Rule, facts: Mapping[type[Any], Any], waivers: Waivers) -> Judgement:
    needs = {word: facts[kind] for word, kind in rule.needs.items()}
    unseen = [str(need) for need in needs.values() if isinstance(need, Unavailable)]
    if unseen:
        return Judgement(rule, Verdict.UNCHECKED, reason="; ".join(dict.fromkeys(unseen)))
    started = time.perf_counter()
    try:
        findings = rule.ask(**needs)
    except Exception as error:
        return Judgement(rule, Verdict.UNCHECKED, reason=write_down(facts[Project], error))
    seconds = time.perf_counter() - started
    return replace(_weigh(rule, findings, waivers), seconds=seconds)


def _weigh(rule: Rule, findings: Findings, waivers: Waivers) -> Judgement:
    """A rule's verdict: failed, else unchecked, else not applicable, else passed."""
    standing, reasons = [], []
    for finding in findings.found:
        waiver = waivers.of(rule.code, finding)
        if waiver is None:
            standing.append(finding)
        elif not waiver.reason:
            note = f"{finding.message} (the waiver on line {waiver.line} gives no reason)"
            standing.append(replace(finding, message=note))
        else:
            reasons.append(f"waived at {finding.path}:{finding.line}: {waiver.reason}")
    if standing:
        verdict, why = Verdict.FAILED, reasons
    elif findings.unseen:
        verdict, why = Verdict.UNCHECKED, [findings.unseen, *reasons]
    elif not findings.looked_at:
        verdict, why = Verdict.NOT_APPLICABLE, [findings.nothing]
    else:
        verdict, why = Verdict.PASSED, reasons
    advice = [each for each in findings.advised if waivers.of(rule.code, each) is None]
    return Judgement(
        rule,
        verdict,
        findings.looked_at,
        reason="; ".join(why) or None,
        findings=tuple(_ordered(standing)),
        advice=tuple(_ordered(advice)),
    )


def _ordered(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (finding.path, finding.line, finding.message))
