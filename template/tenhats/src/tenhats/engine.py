"""From rules to verdicts: which facts the rules need, each measured once, the slow ones side by side.

A fact that cannot be measured makes the rules that need it *unchecked*; a rule that saw nothing is
*not applicable*; nothing else than having looked and found nothing wrong is *passed*.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any, Protocol

from tenhats import cache, processes
from tenhats.errors import CannotRun, Unavailable, did_you_mean
from tenhats.fact import SOURCES, Project, Source
from tenhats.facts.tree import Tree, look_at_tree
from tenhats.facts.waivers import Waivers
from tenhats.rule import RULES, Findings, Rule
from tenhats.verdicts import Judgement, Outcome, Verdict


class Watcher(Protocol):
    """Somebody who is told what is being measured."""

    def started(self, fact: str) -> None:
        """The measuring of a fact has begun."""

    def finished(self, fact: str, seconds: float, *, kept: bool) -> None:
        """A fact is there; `kept` if it was kept from an earlier run."""


class Broken(Unavailable):
    """Our own code failed while measuring; never a pass, and the run says so."""


def choose(words: Iterable[str]) -> list[Rule]:
    """The rules that `words` name: codes such as `TST004` or prefixes such as `SPC`.

    Raises:
        CannotRun: if a word names no rule.
    """
    prefixes = {code[:3] for code in RULES}
    for word in words:
        if word not in RULES and word not in prefixes:
            msg = f"There is no rule {word}.{did_you_mean(word, [*RULES, *prefixes])}"
            raise CannotRun(msg)
    return [RULES[code] for code in sorted(RULES) if not words or {code, code[:3]} & set(words)]


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
        or any(judged.reason is not None and judged.reason.startswith(_BROKE) for judged in judgements),
    )


def measure(project: Project, wanted: Iterable[type[Any]], watcher: Watcher) -> Mapping[type[Any], Any]:
    """Measure the wanted facts and what they need, and return them by their type.

    A fact that could not be measured is returned as the `Unavailable` that says why.
    """
    tree = look_at_tree(project)
    facts: dict[type[Any], Any] = {Project: project, Tree: tree}
    kept = cache.Cache(project.workshop / "cache", fresh=project.fresh)
    base = cache.digest([cache.tooling(), str(project.root), repr(project.settings)])
    waiting = _closure(wanted, facts)
    running: dict[Future[Any], Source] = {}
    pool = ThreadPoolExecutor(max_workers=max(4, os.cpu_count() or 1))

    def ready(source: Source) -> bool:
        return all(kind in facts for kind in source.needs.values())

    def work(source: Source) -> Any:
        started = time.perf_counter()
        name = source.kind.__name__
        needs = {word: facts[kind] for word, kind in source.needs.items()}
        for need in needs.values():
            if isinstance(need, Unavailable):
                return Unavailable(str(need))
        key = ""
        if source.reads:
            stamps = [need.stamp for need in needs.values() if hasattr(need, "stamp")]
            key = cache.digest([base, name, *stamps, tree.digest(source.reads)])
            value = kept.load(source.kind, key, source.keeps)
            if value is not None:
                watcher.finished(name, time.perf_counter() - started, kept=True)
                return value
        watcher.started(name)
        try:
            value = source.measure(**needs)
        except (Unavailable, processes.TimedOut) as error:
            value = Unavailable(str(error))
        except OSError as error:
            value = Unavailable(f"{error.filename or name}: {error.strerror or error}")
        except Exception as error:
            value = Broken(_write_down(project, error))
        else:
            if key:
                kept.save(source.kind, key, value)
        watcher.finished(name, time.perf_counter() - started, kept=False)
        return value

    try:
        while waiting or running:
            for source in list(waiting):
                crowded = running and (source.alone or any(s.alone for s in running.values()))
                others = source.alone and any(ready(other) for other in waiting if not other.alone)
                if ready(source) and not crowded and not others:
                    waiting.remove(source)
                    running[pool.submit(work, source)] = source
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                facts[running.pop(future).kind] = future.result()
    except BaseException:
        processes.stop_all()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()
    return facts


def _closure(wanted: Iterable[type[Any]], given: Mapping[type[Any], Any]) -> list[Source]:
    """The sources of the wanted facts and of all that they need, in order of need."""
    found: dict[type[Any], Source] = {}

    def add(kind: type[Any]) -> None:
        if kind not in found and kind not in given:
            source = SOURCES[kind]
            for need in source.needs.values():
                add(need)
            found[kind] = source

    for kind in wanted:
        add(kind)
    return list(found.values())


def _ask(rule: Rule, facts: Mapping[type[Any], Any], waivers: Waivers) -> Judgement:
    needs = {word: facts[kind] for word, kind in rule.needs.items()}
    unseen = [str(need) for need in needs.values() if isinstance(need, Unavailable)]
    if unseen:
        return Judgement(rule, Verdict.UNCHECKED, reason="; ".join(dict.fromkeys(unseen)))
    started = time.perf_counter()
    try:
        findings = rule.ask(**needs)
    except Exception as error:
        return Judgement(rule, Verdict.UNCHECKED, reason=_write_down(facts[Project], error))
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
    return Judgement(
        rule, verdict, findings.looked_at, reason="; ".join(why) or None, findings=tuple(_ordered(standing))
    )


def _ordered(found: Iterable[Any]) -> Iterator[Any]:
    yield from sorted(found, key=lambda finding: (finding.path, finding.line, finding.message))


_BROKE = "the tooling itself failed"


def _write_down(project: Project, error: Exception) -> str:
    """Keep the traceback for a bug report; the user gets one line."""
    place = project.workshop / "crash.txt"
    try:
        place.parent.mkdir(exist_ok=True)
        place.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return f"{_BROKE}: {error!r}"
    return f"{_BROKE}: {error!r}; the details are in .tenhats/crash.txt, please report them"
