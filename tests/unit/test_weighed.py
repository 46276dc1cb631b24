"""The memory that benchmarks take, of real processes, and the rule on made-up weights."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.specs import read_specs
from tenhats.facts.suite import read_suite
from tenhats.facts.testrun import run_benchmarks
from tenhats.facts.weighed import Weighed, Weight, weigh_benchmarks
from tenhats.rule import Findings
from tenhats.settings import Pipeline
from tests.unit.made_up import (
    SPEC,
    TESTS,
    ask,
    benchmarks,
    folder,
    is_not_applicable,
    is_silent,
    project,
    required,
    requirement,
    result,
    told,
    tree_of,
)

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-007")

HERE = ProjectEnvironment("env", sys.executable, "stamp")
NAME = "001-greeting/SC-001"
LIMITED = required(requirement("SC-001", "A name is greeted with at most 50 MB of memory", line=40))
CODE = """import subprocess
import sys

def small():
    return sum(len(str(n)) for n in range(1000))

def large():
    return len([str(n) for n in range(400_000)])

def program():
    return subprocess.check_output([sys.executable, "-c", "print(len(b'a' * 300_000_000))"])

def slim():
    return subprocess.check_output([sys.executable, "-c", ""])
"""


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly, with the plugin for benchmarks only."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_benchmark.plugin")


def weights(root: Path, *bodies: str, words: str = "at most 5 MB of memory") -> list[Weight]:
    """What the benchmarks of a project on disk weigh, all bound to a criterion of these words."""
    tests = "".join(
        f"@pytest.mark.req('SC-001')\ndef test_{n}(benchmark):\n    {body}\n\n"
        for n, body in enumerate(bodies)
    )
    config = '[tool.pytest]\npythonpath = ["src"]\nmarkers = ["req(name): what it proves"]\n'
    files = {
        "pyproject.toml": config,
        "src/made.py": CODE,
        "specs/001-a/spec.md": f"# Feature Specification: A\n\n- **SC-001**: It greets with {words}.\n",
        "tests/test_a.py": f"import pytest\nimport made\n\n{tests}",
    }
    here = folder(root, files)
    tree = tree_of(here)
    specs, suite = read_specs(here, tree), read_suite(here, tree)
    return list(weigh_benchmarks(here, HERE, specs, suite, run_benchmarks(here, HERE, suite)).weights)


def test_the_call_is_weighed_and_nothing_around_it(tmp_path: Path) -> None:
    """What the test holds before is not counted; `pedantic` is weighed as well."""
    small, large, pedantic = weights(
        tmp_path,
        "held = [str(n) for n in range(400_000)]; benchmark(made.small); assert held",
        "benchmark(made.large)",
        "benchmark.pedantic(made.large, rounds=1)",
    )

    assert "" == small.trouble + large.trouble + pedantic.trouble
    assert small.peak < 5e6
    assert 20e6 < large.peak < 60e6
    assert 20e6 < pedantic.peak < 60e6


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell of programs that have ended")
def test_a_program_counts_as_a_whole(tmp_path: Path) -> None:
    """If it holds more than the tests; of a smaller one nothing is sure."""
    large, slim = weights(tmp_path, "benchmark(made.program)", "benchmark(made.slim)")

    assert 300e6 < large.least < 400e6
    assert slim.least < 5e6 < slim.peak


def test_without_an_amount_of_memory_nothing_is_weighed(tmp_path: Path) -> None:
    """A word alone is no limit."""
    assert [] == weights(tmp_path, "benchmark(made.small)", words="what is kept in memory")


def asked(weight: Weight | None, *names: str, pipelines: tuple[Pipeline, ...] = ()) -> Findings:
    """What the rule says of one benchmark, bound to these names, and of the one criterion."""
    weighed = Weighed((weight,) if weight else ())
    run = benchmarks(result("passed", *names)) if names else benchmarks()
    return ask("PRF007", project(pipelines=pipelines), LIMITED, run, weighed)


def weight(peak: float, least: float | None = None, trouble: str = "") -> Weight:
    """A weight of the one benchmark."""
    return Weight(f"{TESTS}::test_it", int(peak), int(peak if least is None else least), trouble)


def test_a_limit_that_nobody_measures_is_told_of() -> None:
    """Unless a pipeline does, of which DAT004 tells."""
    pipeline = Pipeline("orders", (), (), None, 7, requirements=("SC-001",))
    message = f"{NAME} allows 50 MB of memory, and no benchmark measures it"

    assert [(SPEC, 40, message)] == told(asked(None))
    assert is_silent(asked(None, pipelines=(pipeline,)))


def test_a_limit_that_is_not_kept_is_told_of() -> None:
    """At the criterion, with both amounts; the limit itself is kept."""
    found = asked(weight(72e6), NAME)

    assert [(SPEC, 40, f"test_it takes 72 MB, {NAME} allows 50 MB")] == told(found)
    assert is_silent(asked(weight(50e6), "SC-001"))


@pytest.mark.parametrize("given", [weight(60e6, 3e6), weight(0, trouble="it failed"), None])
def test_what_is_not_sure_is_unchecked(given: Weight | None) -> None:
    """A program that may be smaller than the tests, a test that failed, one that was not run."""
    found = asked(given, NAME)

    assert ([], True) == (told(found), found.unseen is not None)


def test_without_a_limit_there_is_nothing_to_weigh() -> None:
    """Most projects promise none."""
    given = required(requirement("SC-001", "within 5 ms"))
    assert is_not_applicable(ask("PRF007", project(), given, benchmarks(), Weighed()))
