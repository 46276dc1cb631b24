"""Charts of Helm: their `Chart.yaml`, and whether the values are there that their templates take."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tenhats.facts.helm import Charts, read_charts
from tenhats.facts.infrastructure import read_infrastructure
from tenhats.infrastructure.helm import uses_of
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-011")

CHART = "apiVersion: v2\nname: greeter\nversion: 0.1.0\nappVersion: 1.2.0\n"
VALUES = "image:\n  tag: 1.2.0\nresources: {}\nnodes: []\n# port: where it listens\n"


def charts(root: Path, template: str = "", **files: str) -> Charts:
    """What is found of a chart with this one template."""
    named = {name.replace("__", "/"): text for name, text in files.items()}
    given = {"Chart.yaml": CHART, "values.yaml": VALUES, "templates/web.yaml": template, **named}
    here = folder(root, {f"charts/web/{name}": text for name, text in given.items()})
    tree = tree_of(here)
    return read_charts(here, tree, read_infrastructure(here, tree))


@pytest.fixture(autouse=True)
def no_helm(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine has must not matter."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")


@pytest.mark.parametrize(
    "template",
    [
        "a: {{ .Values.image.tag }}",
        "a: {{- .Values.image.tag | quote -}}",
        "a: {{ $.Values.image.tag }}",
        "a: {{ .Values.resources.limits.cpu }}",
        "a: {{ .Values.nodes.first }}",
        "a: {{ .Values.port }}",
        "a: {{ .Values.global.registry }}",
        'a: {{ .Values.tag | default "x" }}',
        "{{ if .Values.tls }}a: {{ .Values.tls.name }}{{ end }}",
        "{{ with .Values.tls }}a: {{ .name }}{{ end }}",
        "{{ if .Values.tls.on }}a: {{ .Values.tls.name }}{{ end }}",
        "a: {{ .Values.tls }}\n{{ if not .Values.tls }}b: 1{{ end }}",
        "{{/* .Values.gone */}}",
        'a: {{ print ".Values.gone" }}',
        "a: {{ .context.Values.gone }}",
        "a: {{ .Values.gone",
    ],
)
def test_a_value_that_is_there_or_guarded_is_accepted(tmp_path: Path, template: str) -> None:
    """Anywhere in the chart; below an empty mapping anything may stand."""
    assert is_silent(ask("OPS019", charts(tmp_path, template)))


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a: 1\nb: {{ .Values.image.tagg }}", "values.yaml has no image.tagg, and nothing guards it here"),
        (
            "{{/* a\n*/}}b: {{ .Values.imag.tag }}",
            "no values have imag, so that .Values.imag.tag breaks the template",
        ),
        ("a: 1\n{{ .Values.image.tag.x }}", "values.yaml has no image.tag.x, and nothing guards it here"),
    ],
)
def test_a_value_that_is_not_there_is_told_of(tmp_path: Path, template: str, message: str) -> None:
    """At the line where it is taken."""
    assert [("charts/web/templates/web.yaml", 2, f"missing: {message}")] == told(
        ask("OPS019", charts(tmp_path, template))
    )


def test_under_another_condition_it_is_advice(tmp_path: Path) -> None:
    """Who sets that condition may set the value, too."""
    findings = ask("OPS019", charts(tmp_path, "{{ if .Values.image.tag }}\na: {{ .Values.gone }}\n{{ end }}"))
    assert ([], [2]) == (findings.found, [line for _, line, _ in hinted(findings)])


def test_a_condition_ends(tmp_path: Path) -> None:
    """With the `end` of its own."""
    template = (
        "{{ if .Values.image.tag }}{{ range .Values.nodes }}{{ end }}{{ else }}{{ end }}\n{{ .Values.gone }}"
    )
    assert [("gone",)] == [each.value for each in uses_of("web.yaml", template).uses if each.always]


@pytest.mark.parametrize(
    "files",
    [
        {"Chart.yaml": f"{CHART}type: library\n"},
        {"Chart.yaml": f"{CHART}dependencies:\n- {{name: postgresql, alias: gone, version: 1.0.0}}\n"},
        {"charts__gone__Chart.yaml": CHART},
        {"values-production.yaml": "gone: {a: 1}\n"},
        {"values.schema.json": '{"properties": {"gone": {"properties": {"a": {}}}}}'},
        {"values.schema.json": '{"properties": {"gone": {"$ref": "#/x"}}}'},
    ],
)
def test_a_value_may_stand_somewhere_else(tmp_path: Path, files: dict[str, str]) -> None:
    """In a subchart, another file of values, a schema; a library takes those of others."""
    assert is_silent(ask("OPS019", charts(tmp_path, "a: {{ .Values.gone.a }}", **files)))


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("version: 0.1.0", "", 1, "chart: there is no version"),
        ("version: 0.1.0", "version: newest", 3, "chart: newest is no semantic version"),
        ("v2", "v3", 1, "chart: apiVersion is v2, or v1; this is v3"),
        ("name: greeter", "name: a greeter", 2, "chart: a greeter is no name of a chart"),
        ("1.2.0", "1.2", 4, "chart: appVersion is a text; without quotes this is a number"),
        ("1.2.0", "1.2.0\ntype: app", 5, "chart: the type is application or library; this is app"),
        ("1.2.0", "1.2.0\ndependencies:\n- name: db", 6, "chart: this dependency has no version"),
        ("name: greeter", "name: [", 4, "syntax"),
    ],
)
def test_what_a_chart_lacks_is_told_of(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    """At its own line; the app's version is not the chart's."""
    said = told(ask("OPS019", charts(tmp_path, **{"Chart.yaml": CHART.replace(old, new, 1)})))
    assert [("charts/web/Chart.yaml", line)] == [(path, at) for path, at, _ in said]
    assert said[0][2].startswith(message)


def test_values_that_cannot_be_read_are_told_of(tmp_path: Path) -> None:
    """At the line where they cannot be read further."""
    assert [("charts/web/values.yaml", 2)] == [
        (path, line)
        for path, line, _ in told(ask("OPS019", charts(tmp_path, **{"values.yaml": "a: 1\n\tb: 2\n"})))
    ]


def test_a_template_of_a_chart_is_left_alone(tmp_path: Path) -> None:
    """It is a chart only once it is filled in."""
    assert is_not_applicable(
        ask("OPS019", charts(tmp_path, **{"Chart.yaml": "name: {{ cookiecutter.name }}\n"}))
    )


def test_helm_is_asked_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the template that it names."""
    program = tmp_path / "helm"
    said = "[ERROR] templates/: parse error at (greeter/templates/web.yaml:7): function x not defined"
    program.write_text(f"#!/bin/sh\necho '{said}'\nexit 1\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert [("charts/web/templates/web.yaml", 7)] == [
        (path, line) for path, line, _ in told(ask("OPS019", charts(tmp_path / "project")))
    ]
