"""A deployed web application, good as it is, and spoiled in one place each; what needs no heavy tool."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.examples.conftest import Example, assert_told, complaints

LIGHT = ("OPS012", "OPS015", "OPS016", "OPS018", "OPS019")


@pytest.fixture(autouse=True)
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing depend on a promtool or a helm of this machine."""
    monkeypatch.setenv("PATH", "/nowhere")


def test_a_good_project_has_no_complaint(example: Callable[[str], Example]) -> None:
    """Every rule looked at it; only that nobody reads the expressions is said."""
    judged = example("deployed").asked(*LIGHT)
    assert [("OPS018", "advice: promtool did not read the expressions of this file")] == complaints(judged)
    assert all(findings.looked_at for findings in judged.values())


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("compose.yaml", "ports:", "portz:", ("OPS012", "'portz' was unexpected")),
        ("Dockerfile", "/health'", "/healthz'", ("OPS015", "the application has no route /healthz")),
        ("deploy/greeter.yaml", "/health", "/ready", ("OPS015", "the application has no route /ready")),
        ("tests/test_web.py", '"/health"', '"/"', ("OPS015", "no test asks /health at the front door")),
        ("docs/rollback.md", "# Roll back", "# Notes", ("OPS016", "no page says how to go back")),
        ("monitoring/rules.yml", '"}) ==', '"} ==', ("OPS018", "in this expression a ) is missing")),
        ("monitoring/prometheus.yml", "15s", "15", ("OPS018", "scrape_interval: 15 is no duration")),
        ("chart/values.yaml", "replicas:", "replica:", ("OPS019", "values.yaml has no replicas")),
    ],
)
def test_what_is_spoiled_is_noticed(
    example: Callable[[str], Example], path: str, old: str, new: str, said: tuple[str, str]
) -> None:
    """The rule that it concerns says what is wrong."""
    spoiled = example("deployed")
    spoiled.replace(path, old, new)
    assert_told(spoiled.asked(said[0]), *said)
