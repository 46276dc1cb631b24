"""Files for Prometheus: which they are, their form, and what promtool says where it is."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tenhats.contracts.documents import parse
from tenhats.facts.prometheus import Monitoring, read_monitoring
from tenhats.infrastructure import prometheus
from tests.unit.made_up import ask, complaint, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-011")

RULES = """groups:
  - name: greeter
    interval: 30s
    rules:
      - alert: GreeterIsDown
        expr: up{job="greeter"} == 0  # {
        for: 1h30m
        labels: {severity: page}
        annotations:
          summary: "{{ $labels.instance }} is (down"
      - record: job:up:sum
        expr: |
          sum by (job) (up{path=~"\\\\("})
"""
UP = 'up{job="greeter"} == 0'
TWO = "{record: a, alert: b, expr: up}\n      - record: c"
CONFIG = """global:
  scrape_interval: 15s
scrape_configs:
  - job_name: greeter
    static_configs:
      - targets: ["localhost:8000"]
"""


def wrong(text: str, path: str = "rules.yml") -> list[tuple[int, str]]:
    return [(each.line, each.message) for each in prometheus.complaints(parse(path, text))]


def test_good_files_are_accepted() -> None:
    """Rules, a resource of the operator, a configuration; not a resource of the operator with a mistake."""
    inside = "\n".join(f"  {line}" for line in RULES.splitlines())
    resource = f"apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n{inside}\n"
    assert ([], [], []) == (wrong(RULES), wrong(resource), wrong(CONFIG, "prometheus.yml"))
    assert ["this rule has no expr"] == [message for _, message in wrong(resource.replace(UP, ""))]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("name: greeter", "nam: greeter", 2, "this group has no name"),
        ("alert: GreeterIsDown", "alrt: x", 5, "a rule has either alert or record"),
        ("record: job:up:sum", TWO, 11, "a rule has either alert or record"),
        (UP, "", 5, "this rule has no expr"),
        (UP, 'up{job="greeter"] == 0', 6, "in this expression a ] closes what is not open"),
        (UP, '(up{job="greeter"} == 0', 6, "in this expression a ) is missing"),
        (UP, "up{job='greeter} == 0", 6, "in this expression the quote ' is not closed"),
        ("for: 1h30m", "for: 90 minutes", 7, "for: 90 minutes is no duration"),
        ("for: 1h30m", "fro: 1h", 7, "Prometheus knows no fro here"),
        ("labels: {severity: page}", "labels: [page]", 8, "labels is a mapping"),
        ("labels: {severity: page}", "labels: {severity: [page]}", 8, "severity is a text"),
        (
            "- record: job:up:sum",
            "- record: job:up:sum\n        for: 5m",
            12,
            "a rule that records has no for",
        ),
    ],
)
def test_a_fault_of_the_form_is_told_of(old: str, new: str, line: int, message: str) -> None:
    """At its own line."""
    assert RULES.count(old) == 1
    assert (line, message) in wrong(RULES.replace(old, new))


def test_two_groups_of_one_name_are_told_of() -> None:
    """The second is where."""
    assert [(3, "the name a is another group's")] == wrong(
        "groups:\n- {name: a, rules: []}\n- {name: a, rules: []}\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("job_name: greeter", "job: x", 4, "this job has no job_name"),
        ("15s", "soon", 2, "scrape_interval: soon is no duration"),
        ("global:", "globals: {}\nglobal:", 1, "Prometheus knows no globals here"),
        ("localhost:8000", "http://localhost:8000", 6, "http://localhost:8000 is no host with a port"),
        (
            "job_name: greeter",
            "job_name: greeter\n    scrape_timeout: 20s",
            4,
            "its scrape_timeout is longer than its scrape_interval",
        ),
    ],
)
def test_a_fault_of_the_configuration_is_told_of(old: str, new: str, line: int, message: str) -> None:
    """At its own line."""
    assert [(line, message)] == wrong(CONFIG.replace(old, new), "prometheus.yml")


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    """Grafana's alerts and sources, promtail, templates, and what stands in the tests."""
    here = folder(
        tmp_path,
        {
            "grafana/alerts.yml": "apiVersion: 1\ngroups:\n- {name: a, rules: [{uid: x}]}\n",
            "grafana/prometheus.yml": "apiVersion: 1\ndatasources: []\n",
            "values/prometheus.yaml": "global: {}\nserver: {}\n",
            "promtail.yml": "clients: []\nscrape_configs: [{x: 1}]\n",
            "chart/rules.yml": "groups:\n{{- if .Values.a }}\n- expr: 1\n{{- end }}\n",
            "tests/rules.yml": "groups:\n- {rules: []}\n",
            "ci.yml": "groups: [a, b]\n",
        },
    )
    assert is_not_applicable(ask("OPS018", read_monitoring(here, tree_of(here))))


def promtool(folder: Path, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a stand-in for promtool onto the PATH."""
    program = folder / "promtool"
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_promtool_is_asked_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """About expressions alone: an older one does not know every key."""
    (tmp_path / "bin").mkdir()
    here = folder(tmp_path / "project", {"rules.yml": RULES})
    rule = 'rules.yml: 6:15: group "greeter", rule 1, "GreeterIsDown"'
    said = [
        f"{rule}: could not parse expression: 1:1: parse error: a, b",
        f'{rule}: could not parse expression: 1:1: parse error: unknown function with name "new"',
        'rules.yml: group "greeter", rule 2, "x": annotation "a": template: undefined variable',
        "rules.yml: yaml: line 8: field query_offset not found in type rulefmt.RuleGroup",
    ]
    promtool(tmp_path / "bin", "\n".join(said), monkeypatch)
    findings = ask("OPS018", read_monitoring(here, tree_of(here)))
    assert [
        ("rules.yml", 6, "promtool: could not parse expression: 1:1: parse error: a, b"),
        ("rules.yml", 11, 'promtool: annotation "a": template: undefined variable'),
    ] == told(findings)
    assert [6] == [line for _, line, _ in hinted(findings)]


def test_without_promtool_advice_says_what_was_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form was looked at, and nothing more is claimed."""
    monkeypatch.setenv("PATH", "/nowhere")
    here = folder(tmp_path, {"rules.yml": RULES, "b.yml": RULES.replace("for: 1h30m", "\tfor: 1h")})
    tree = tree_of(here)
    findings = ask("OPS018", read_monitoring(here, tree))
    assert [("b.yml", 7)] == [(path, line) for path, line, _ in told(findings)]
    assert [("rules.yml", 1, "promtool did not read the expressions of this file")] == hinted(findings)


def test_what_is_wrong_is_handed_on() -> None:
    """With what the fact knows to mend it."""
    assert told(ask("OPS018", Monitoring(("a.yml",), (complaint("a.yml", 2, "form"),)))) == [
        ("a.yml", 2, "form: wrong")
    ]
    assert is_silent(ask("OPS018", Monitoring(("prometheus.yml",))))
