"""Profiles of benchmarks: what is seen of real ones, what the rule says, how they are drawn."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.profiled import OTHER, OURS, Frame, Hot, Profile
from tenhats.facts.suite import read_suite
from tenhats.facts.testrun import Benchmarks, run_benchmarks
from tenhats.reports.flame import flame_graph, profile_page
from tenhats.rule import Findings
from tests.unit.made_up import (
    TESTS,
    ask,
    bound,
    folder,
    hinted,
    is_not_applicable,
    is_silent,
    result,
    suite,
    told,
    tree_of,
)

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-007")

HERE = ProjectEnvironment("env", sys.executable, "stamp")
CODE = """import dataclasses

@dataclasses.dataclass
class Point:
    x: int

def inner(n):
    return sum(range(n))

def outer(n):
    return [inner(n) for _ in range(9)]

def even(n):
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)
"""
HEAD = "import json\nimport subprocess\nimport sys\nfrom unittest.mock import Mock\nimport made\n\n"


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly, with the plugin for benchmarks only."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_benchmark.plugin")


def measured(root: Path, *bodies: str) -> Benchmarks:
    """The benchmarks of a project on disk, each with such a body."""
    tests = "".join(f"def test_{n}(benchmark):\n    {body}\n\n" for n, body in enumerate(bodies))
    config = '[tool.pytest]\npythonpath = ["src"]\n'
    here = folder(root, {"pyproject.toml": config, "src/made.py": CODE, "tests/test_a.py": HEAD + tests})
    run = run_benchmarks(here, HERE, read_suite(here, tree_of(here)))
    assert ["passed"] * len(bodies) == [each.outcome for each in run.results]
    return run


def test_the_time_is_where_it_is_spent(tmp_path: Path) -> None:
    """The function that takes most of it by itself is named, and the frames lie on each other."""
    (profile,) = measured(tmp_path, "benchmark(made.outer, 2000)").profiles

    assert profile.hot
    assert ("inner", "src/made.py", 7) == (profile.hot.name, profile.hot.path, profile.hot.line)
    assert profile.hot.part > 0.8
    assert (True, 0.0, 0.0, 0.0) == (profile.reached, profile.beside, profile.idle, profile.unseen)
    depths = {each.name: each.depth for each in profile.frames}
    assert 0 == depths["outer"] < depths["inner"]
    assert all(0 <= each.start and each.start + each.width <= 1.0001 for each in profile.frames)


def test_what_calls_itself_by_way_of_another_has_a_profile(tmp_path: Path) -> None:
    """It is the first call that counts."""
    (profile,) = measured(tmp_path, "benchmark(made.even, 50)").profiles

    assert (True, 0.0) == (profile.reached, profile.beside)
    assert "even" == profile.frames[0].name


def test_input_that_is_made_anew_is_beside_the_sources(tmp_path: Path) -> None:
    """So is what a test does by itself, or with a mock; another process is not seen."""
    anew, own, mock, program, generated = measured(
        tmp_path,
        "benchmark(lambda: (json.loads(json.dumps(list(range(9999)))), made.inner(9)))",
        "benchmark(lambda: [n * n for n in range(999)])",
        "benchmark(Mock(), 1)",
        "benchmark(subprocess.check_output, [sys.executable, '-c', ''])",
        "benchmark(made.Point, 1)",
    ).profiles

    assert (True, True) == (anew.reached, anew.beside > 0.8)
    assert (False, True) == (own.reached, own.idle > 0.9)
    assert (False, True) == (mock.reached, mock.idle > 0.5)
    assert (False, True) == (program.reached, program.unseen > 0.5)
    assert (False, True) == (generated.reached, generated.unseen > 0.5)


def test_a_benchmark_that_says_how_often_it_is_called_is_left_alone(tmp_path: Path) -> None:
    """What it calls may be meant for one time only."""
    run = measured(tmp_path, "left = [1]\n    benchmark.pedantic(left.pop, rounds=1)\n    assert not left")

    assert (1, ()) == (len(run.timings), run.profiles)


def seen(**parts: float) -> Profile:
    """The profile of the benchmark of a requirement, in these parts."""
    name, reached = f"{TESTS}::test_it", bool(parts.pop("reached", True))
    frames = (Frame("loads", "", 1, 1, 0.0, 0.7, OTHER), Frame("decode", "", 1, 2, 0.0, 0.7, OTHER))
    given = {"beside": 0.0, "idle": 0.0, "unseen": 0.0, **parts}
    return Profile(name, reached, given["beside"], given["idle"], given["unseen"], None, frames)


def asked(profile: Profile, *names: str) -> Findings:
    """What the rule says of one benchmark, bound to these names."""
    run = Benchmarks((result("passed", *names),), profiles=(profile,))
    return ask("PRF006", suite(bound(*names, timed=True)), run)


def test_a_benchmark_of_its_own_input_is_told_of() -> None:
    """At its line, with what it measures instead, of the time that was seen."""
    found = asked(seen(beside=0.36, unseen=0.4), "SC-001")

    message = "test_it spends 60% of its time beside the sources, most of it in loads"
    assert [(TESTS, 8, message)] == told(found)
    assert "nox -s profile -- test_it" in found.found[0].fix


def test_a_benchmark_of_nothing_is_told_of() -> None:
    """And one of a library only is worth a look."""
    nothing = asked(seen(reached=False, idle=0.9), "SC-001")
    library = asked(seen(reached=False, beside=1.0), "SC-001")

    assert "test_it calls no function of the sources" in told(nothing)[0][2]
    assert ([], 1) == (told(library), len(hinted(library)))


@pytest.mark.parametrize("profile", [seen(), seen(beside=0.4), seen(reached=False, unseen=0.3)])
def test_a_benchmark_of_the_sources_is_accepted(profile: Profile) -> None:
    """Also with some set-up, and where it cannot be told what the code belongs to."""
    found = asked(profile, "SC-001")

    assert is_silent(found)
    assert [] == hinted(found)


def test_only_benchmarks_of_requirements_are_looked_at() -> None:
    """One that compares with a library may measure the library; one of another process is not seen."""
    assert is_not_applicable(asked(seen(beside=0.9)))
    assert is_not_applicable(asked(seen(reached=False, unseen=0.9), "SC-001"))


def test_a_flame_graph_is_one_picture() -> None:
    """It parses, tells the place and the part of each frame, and escapes what functions are called."""
    frames = (Frame("<lambda>", "src/a.py", 3, 0, 0.0, 1.0, OURS), Frame("x", "", 0, 1, 0.0, 0.5, OTHER))
    drawn = flame_graph(
        Profile("tests/t.py::test_a", True, 0, 0, 0, Hot("<lambda>", "src/a.py", 3, 0.5), frames)
    )

    titles = [each.text for each in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}title")]  # noqa: S314  our own
    assert ["tests/t.py::test_a", "<lambda> (src/a.py:3): 100.0%", "x: 50.0%"] == titles
    assert not re.search(r"\n\n|script|href", drawn)


def test_the_page_of_the_site_has_a_table_and_the_slowest() -> None:
    """Or says that there is nothing."""
    page = profile_page([(seen(), "3 ms"), (seen(), "1 ms")])

    assert 2 == page.count(f"| `{TESTS}::test_it` |")
    assert 1 == page.count("<svg")
    assert "No benchmark was profiled" in profile_page([])
