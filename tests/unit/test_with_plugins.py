"""The run and the trial beside what people use with pytest: xdist, rerunfailures, pytest-bdd, and behave."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tenhats.fact import Project
from tenhats.facts.behave import run_behave
from tenhats.facts.bite import Bite, try_hollow
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.suite import read_suite
from tenhats.facts.testrun import TestRun as Run
from tenhats.facts.testrun import run_tests
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("004-proof/FR-003")


HERE = ProjectEnvironment("env", sys.executable, "stamp")
CODE = "def greet(name):\n    return f'Hello, {name}!'\n"
FEATURE = """Feature: Greeting

  @001-a/FR-001
  Scenario: A name
    When I greet Ada
    Then I read Hello, Ada!
"""


def on_disk(root: Path, config: str = "", **files: str) -> Project:
    """A project of one function."""
    return folder(
        root,
        {
            "pyproject.toml": f'[tool.pytest]\npythonpath = ["src"]\nmarkers = ["req(name)"]\n{config}',
            "src/made.py": CODE,
            **files,
        },
    )


def measured(project: Project) -> tuple[Run, Bite]:
    """The run of the tests, and what they say without an implementation."""
    tree = tree_of(project)
    suite = read_suite(project, tree)
    run = run_tests(project, HERE, suite)
    return run, try_hollow(project, HERE, tree, suite, run, run_behave(project, HERE, suite, tree))


def loads(monkeypatch: pytest.MonkeyPatch, *plugins: str) -> None:
    """Load these plugins and no others."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", ",".join(plugins))


def test_a_suite_that_xdist_spreads_is_measured_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outcomes, names, lines and bite are those of a run in one process."""
    loads(monkeypatch, "xdist.plugin")
    test = "import pytest, made\n\n@pytest.mark.req('FR-001')\ndef test_it():\n    assert made.greet('Ada')\n"

    run, bite = measured(on_disk(tmp_path, 'addopts = ["-n", "2"]\n', **{"tests/test_a.py": test}))

    assert [("passed", ("FR-001",))] == [(each.outcome, each.names) for each in run.results]
    assert {"src/made.py": 1 << 2} == run.reach.by_test["tests/test_a.py::test_it"]
    assert {"tests/test_a.py::test_it": True} == bite.verdicts


def test_a_test_that_passes_only_when_repeated_has_not_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it proves nothing, and is not tried."""
    loads(monkeypatch, "pytest_rerunfailures")
    test = (
        "import pytest, made\ntries = []\n\n@pytest.mark.req('FR-001')\ndef test_it():\n"
        "    tries.append(made.greet('Ada'))\n    assert len(tries) > 1\n"
    )

    run, bite = measured(on_disk(tmp_path, 'addopts = ["--reruns", "2"]\n', **{"tests/test_a.py": test}))

    assert ["rerun"] == [each.outcome for each in run.results]
    assert {} == bite.verdicts


def test_scenarios_of_pytest_bdd_are_bound_and_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the tag in the feature file; the steps call the project's own code."""
    loads(monkeypatch, "pytest_bdd.plugin")
    steps = """
from pytest_bdd import parsers, scenarios, then, when
import made

scenarios("greeting.feature")

@when(parsers.parse("I greet {name}"), target_fixture="said")
def greeted(name):
    return made.greet(name)

@then(parsers.parse("I read {words}"))
def read(said, words):
    assert said == words
"""
    files = {"tests/greeting.feature": FEATURE, "tests/test_greeting.py": steps}

    run, bite = measured(on_disk(tmp_path, **files))

    assert [("passed", "001-a/FR-001")] == [(each.outcome, each.names[0]) for each in run.results]
    assert [True] == list(bite.verdicts.values())


def test_scenarios_of_behave_are_bound_and_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They pass with the implementation and fail without it."""
    loads(monkeypatch)
    steps = """
from behave import then, when
import made

@when("I greet {name}")
def greeted(context, name):
    context.said = made.greet(name)

@then("I read {words}")
def read(context, words):
    assert context.said == words
"""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "src"))
    files = {"features/greeting.feature": FEATURE, "features/steps/steps.py": steps}
    project = on_disk(tmp_path, **files)
    tree = tree_of(project)

    ran = run_behave(project, HERE, read_suite(project, tree), tree)
    _, bite = measured(project)

    assert [("passed", "001-a/FR-001")] == [(each.outcome, each.names[0]) for each in ran.results]
    assert {"features/greeting.feature::A name": True} == bite.verdicts


MEASURES = """
import coverage
import pytest

def pytest_addoption(parser):
    parser.addoption("--cov", action="append", dest="cov_source")

@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    if early_config.known_args_namespace.cov_source:
        early_config.second = coverage.Coverage(data_file=None)
        early_config.second.start()
"""


def test_a_suite_that_measures_itself_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `--cov` of the project's own options starts, as pytest-cov does it, would take the lines."""
    loads(monkeypatch, "measures")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    test = (
        "import pytest, made\n\n@pytest.mark.req('001-a/FR-001')\ndef test_it():\n    assert made.greet(1)\n"
    )
    project = on_disk(
        tmp_path, 'addopts = ["--cov=src"]\n', **{"measures.py": MEASURES, "tests/test_a.py": test}
    )

    run, bite = measured(project)

    assert ["tests/test_a.py::test_it"] == list(run.reach.by_test)
    assert {"tests/test_a.py::test_it": True} == bite.verdicts
