"""The form of Prometheus' files of rules and of its configuration, and what is wrong with one.

What an expression means is not known here; only that its brackets and quotes are closed.
https://prometheus.io/docs/prometheus/latest/configuration/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tenhats.contracts.documents import Document
from tenhats.facts.toolrun import Complaint

Steps = tuple[str | int, ...]

_MAY_BE = re.compile(r"^(?:groups|scrape_configs|global)[ \t]*:|^kind:[ \t]*PrometheusRule\b", re.MULTILINE)
# https://prometheus.io/docs/prometheus/latest/configuration/configuration/#configuration-file
_DURATION = re.compile(
    r"(?:0|(?=[0-9])(?:[0-9]{1,9}y)?(?:[0-9]{1,9}w)?(?:[0-9]{1,9}d)?(?:[0-9]{1,9}h)?(?:[0-9]{1,9}m)?(?:[0-9]{1,9}s)?"
    r"(?:[0-9]{1,9}ms)?)\Z"
)
_PART = re.compile(r"([0-9]{1,9})(ms|[ywdhms])")
_SECONDS = {"y": 31_536_000, "w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1, "ms": 0.001}
# Of Prometheus itself, and of Mimir, Loki and vmalert, which read such files with more in them.
_IN_A_GROUP = {"name", "interval", "limit", "query_offset", "labels", "rules"} | {
    "partial_response_strategy", "source_tenants", "evaluation_delay", "align_evaluation_time_on_interval",
    "remote_write", "type", "concurrency", "params", "headers", "notifier_headers", "eval_offset",
    "eval_delay", "tenant", "eval_alignment", "debug",
}  # fmt: skip
_IN_A_RULE = {"record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations"} | {
    "debug", "update_entries_limit", "id", "name", "enabled",
}  # fmt: skip
_AT_THE_TOP = {
    "global", "runtime", "rule_files", "scrape_configs", "scrape_config_files", "alerting", "remote_write",
    "remote_read", "storage", "tracing", "otlp",
}  # fmt: skip
_TIMES = ("scrape_interval", "scrape_timeout", "evaluation_interval")
_OPENS = {"(": ")", "[": "]", "{": "}"}
_QUOTES = "\"'`"
_FILLED_IN = re.compile(r"\{\{-|\{\{ ?(?:if|range|with|include|\.Values)|\{%")


def may_be(text: str) -> bool:
    """Whether a YAML text may be for Prometheus, at a glance."""
    return bool(_MAY_BE.search(text))


def is_template(text: str) -> bool:
    """Whether a text is YAML only once Helm or Jinja has filled it in; those of Prometheus stand in texts."""
    return bool(_FILLED_IN.search(text))


def line_of_rule(document: Document, group: str, number: int) -> int:
    """The line of a rule, by the name of its group and its number in it, counted from 1."""
    groups = document.data.get("groups", [])
    at = next(
        (at for at, each in enumerate(groups) if isinstance(each, dict) and each.get("name") == group), 0
    )
    return document.line(("groups", at, "rules", number - 1))


def is_rules(document: Document) -> bool:
    """Whether a document has groups of rules; those of Grafana have another form."""
    groups = document.data.get("groups")
    return (
        "apiVersion" not in document.data
        and isinstance(groups, list)
        and any(isinstance(each, dict) and "rules" in each for each in groups)
    )


def is_rules_for_a_cluster(document: Document) -> bool:
    """Whether a document is a resource of the operator that holds groups of rules."""
    return document.data.get("kind") == "PrometheusRule" and isinstance(document.data.get("spec"), dict)


def is_configuration(document: Document) -> bool:
    """Whether a document configures Prometheus, and not promtail or Grafana, which have keys in common."""
    keys = document.data.keys()
    name = document.path.rpartition("/")[2]
    if name.startswith("prometheus") and isinstance(document.data.get("scrape_configs"), list):
        return not keys & {"apiVersion", "groups", "clients", "positions"}
    # The values of a chart have a `global` as well, and other keys beside it.
    return keys <= _AT_THE_TOP and ("scrape_configs" in keys or name.startswith("prometheus"))


def complaints(document: Document) -> Iterator[Complaint]:
    """What is wrong with a document of one of the three kinds."""
    if is_configuration(document):
        yield from _configuration(document)
        return
    here: Steps = ("spec", "groups") if is_rules_for_a_cluster(document) else ("groups",)
    groups: Any = document.data
    for step in here:
        groups = groups.get(step)
    names: set[str] = set()
    for at, group in enumerate(groups if isinstance(groups, list) else ()):
        steps = (*here, at)
        if not isinstance(group, dict):
            yield _at(document, steps, "a group is a mapping with a name and rules", "- name: greeter")
            continue
        name = group.get("name")
        if not isinstance(name, str) or not name:
            yield _at(document, steps, "this group has no name", "name: greeter")
        elif name in names:
            yield _at(
                document, (*steps, "name"), f"the name {name} is another group's", "give it one of its own"
            )
        names.add(str(name))
        yield from _unknown(document, steps, group, _IN_A_GROUP)
        yield from _durations(document, steps, group, ("interval", "query_offset"))
        rules = group.get("rules")
        for place, rule in enumerate(rules if isinstance(rules, list) else ()):
            yield from _rule(document, (*steps, "rules", place), rule)


def _rule(document: Document, steps: Steps, rule: object) -> Iterator[Complaint]:
    if not isinstance(rule, dict):
        yield _at(document, steps, "a rule is a mapping", "alert: Name, expr: …")
        return
    if bool(rule.get("alert")) == bool(rule.get("record")):
        yield _at(document, steps, "a rule has either alert or record", "alert: GreeterIsDown")
    expr = rule.get("expr")
    if expr is None or not str(expr).strip():
        yield _at(document, steps, "this rule has no expr", "expr: up == 0")
    elif fault := _unclosed(str(expr)):
        yield _at(document, (*steps, "expr"), f"in this expression {fault}", "close it")
    if rule.get("record"):
        for key in ("for", "keep_firing_for", "annotations"):
            if key in rule:
                yield _at(document, (*steps, key), f"a rule that records has no {key}", "take it away")
    yield from _unknown(document, steps, rule, _IN_A_RULE)
    yield from _durations(document, steps, rule, ("for", "keep_firing_for"))
    for key in ("labels", "annotations"):
        held = rule.get(key)
        if held is not None and not isinstance(held, dict):
            yield _at(document, (*steps, key), f"{key} is a mapping", f"{key}: {{severity: page}}")
        for name, value in held.items() if isinstance(held, dict) else ():
            if isinstance(value, dict | list):
                yield _at(document, (*steps, key, name), f"{name} is a text", f'{name}: "…"')


def _configuration(document: Document) -> Iterator[Complaint]:
    yield from _unknown(document, (), document.data, _AT_THE_TOP)
    common = document.data.get("global")
    common = common if isinstance(common, dict) else {}
    yield from _durations(document, ("global",), common, _TIMES)
    names: set[str] = set()
    jobs = document.data.get("scrape_configs")
    for at, job in enumerate(jobs if isinstance(jobs, list) else ()):
        steps: Steps = ("scrape_configs", at)
        if not isinstance(job, dict):
            continue
        name = job.get("job_name")
        if not isinstance(name, str) or not name:
            yield _at(document, steps, "this job has no job_name", "job_name: greeter")
        elif name in names:
            yield _at(
                document, (*steps, "job_name"), f"{name} is another job's name", "give it one of its own"
            )
        names.add(str(name))
        yield from _durations(document, steps, job, _TIMES)
        yield from _times(document, steps, job, common.get("scrape_interval"))
        static = job.get("static_configs")
        for place, each in enumerate(static if isinstance(static, list) else ()):
            targets = each.get("targets") if isinstance(each, dict) else None
            for number, target in enumerate(targets if isinstance(targets, list) else ()):
                if "/" in str(target) and "{" not in str(target) and "__address__" not in str(job):
                    here = (*steps, "static_configs", place, "targets", number)
                    fix = "write host:port; the rest goes into scheme and metrics_path"
                    yield _at(document, here, f"{target} is no host with a port", fix)


def _times(document: Document, steps: Steps, job: Mapping[str, Any], common: object) -> Iterator[Complaint]:
    # A timeout that is everybody's is shortened by itself.
    interval, timeout = _seconds(job.get("scrape_interval") or common), _seconds(job.get("scrape_timeout"))
    if interval and timeout and timeout > interval:
        message = "its scrape_timeout is longer than its scrape_interval"
        yield _at(document, steps, message, "scrape_timeout: 10s")


def _unknown(
    document: Document, steps: Steps, held: Mapping[str, Any], known: set[str]
) -> Iterator[Complaint]:
    for key in held.keys() - known:
        if not key.startswith("x-"):
            yield _at(
                document,
                (*steps, key),
                f"Prometheus knows no {key} here",
                f"one of: {', '.join(sorted(known)[:7])}",
            )


def _durations(
    document: Document, steps: Steps, held: Mapping[str, Any], keys: Iterable[str]
) -> Iterator[Complaint]:
    for key in keys:
        value = held.get(key)
        text = str(value)
        if value is not None and not _DURATION.match(text) and "$" not in text and "{" not in text:
            yield _at(document, (*steps, key), f"{key}: {text} is no duration", f"{key}: 5m")


def _seconds(duration: object) -> float:
    return sum(int(number) * _SECONDS[unit] for number, unit in _PART.findall(str(duration or "")))


def _unclosed(expr: str) -> str | None:
    """What is not closed in an expression, its strings and comments left out."""
    waiting: list[str] = []
    at = 0
    while at < len(expr):
        sign = expr[at]
        if sign in _QUOTES:
            end = _end_of_text(expr, at)
            if end < 0:
                return f"the quote {sign} is not closed"
            at = end
        elif sign == "#":
            end = expr.find("\n", at)
            at = end if end >= 0 else len(expr)
        elif sign in _OPENS:
            waiting.append(_OPENS[sign])
        elif sign in _OPENS.values() and (not waiting or waiting.pop() != sign):
            return f"a {sign} closes what is not open"
        at += 1
    return f"a {waiting[-1]} is missing" if waiting else None


def _end_of_text(expr: str, begin: int) -> int:
    quote, at = expr[begin], begin + 1
    while at < len(expr):
        if expr[at] == "\\" and quote != "`":
            at += 1
        elif expr[at] == quote:
            return at
        at += 1
    return -1


def _at(document: Document, steps: Steps, message: str, fix: str) -> Complaint:
    return Complaint(document.path, document.line(steps), "form", message, fix)
