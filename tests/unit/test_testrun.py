"""The test run: what became of each test, what it covered, and why it could not be had."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.fact import Project
from tenhats.facts import suite, testrun
from tenhats.facts.environment import ProjectEnvironment
from tenhats.settings import Settings
from tests.unit.made_up import ask, behaved, benchmarks, bound, folder, measured, ran, told, tree_of

pytestmark = pytest.mark.req("004-proof/FR-003")


HERE = ProjectEnvironment("env", sys.executable, "stamp")
CODE = "def greet(name):\n    if name:\n        return 'Hello'\n    return 'Nobody'\n"
TEST = "from greeting import greet\n\ndef test_it():\n    assert greet('Ada') == 'Hello'\n"


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly: load no plugin but the one for benchmarks."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_benchmark.plugin")


def on_disk(tmp_path: Path, test: str, **settings: object) -> tuple[Project, suite.TestSuite]:
    files = {
        "pyproject.toml": '[tool.pytest]\npythonpath = ["src"]\n',
        "src/greeting.py": CODE,
        "tests/test_a.py": test,
    }
    here = folder(tmp_path, files, **settings)
    return here, suite.read_suite(here, tree_of(here))


def test_a_run_has_results_and_coverage(tmp_path: Path) -> None:
    """A failure stands at its assertion; a source file has its first gap, branches counted."""
    here, read = on_disk(tmp_path, f"{TEST}\ndef test_not():\n    assert greet('Bob') == 'Bye'\n")
    run = testrun.run_tests(here, HERE, read)
    assert [(each.id, each.outcome, each.line) for each in run.results] == [
        ("tests/test_a.py::test_it", "passed", 3),
        ("tests/test_a.py::test_not", "failed", 7),
    ]
    (file,) = run.files
    assert (file.path, file.statements, file.covered) == ("src/greeting.py", 4, 3)
    assert (file.branches, file.covered_branches, file.first_missing, file.missing) == (2, 1, 2, 1)
    assert run.coverage == pytest.approx(100 * 4 / 6)


def test_warnings_of_the_projects_own_lines_are_kept(tmp_path: Path) -> None:
    """Each line once, however often it warns; what comes from a library is not ours to mend."""
    test = (
        "import warnings\n\nimport pytest\n\n@pytest.mark.parametrize('n', [1, 2])\ndef test_it(n):\n"
        "    warnings.warn('old', DeprecationWarning, stacklevel=1)\n"
        "    warnings.warn_explicit('theirs', DeprecationWarning, '/lib/a.py', 3)\n"
    )
    here, read = on_disk(tmp_path, test)

    run = testrun.run_tests(here, HERE, read)

    assert (testrun.Shown("tests/test_a.py", 7, "DeprecationWarning", "old"),) == run.warnings


def test_a_project_that_measures_in_parallel_is_measured(tmp_path: Path) -> None:
    """coverage.py writes a file a process then, none of which has the name that it was told."""
    here, read = on_disk(tmp_path, TEST)
    config = here.root / "pyproject.toml"
    config.write_text(f"{config.read_text('utf-8')}[tool.coverage.run]\nparallel = true\n", "utf-8")

    run = testrun.run_tests(here, HERE, read)

    assert ["src/greeting.py"] == [file.path for file in run.files]
    assert ["tests/test_a.py::test_it"] == list(run.reach.by_test)


SUBTESTS = """
import time
import unittest
import pytest
from greeting import greet

class GreetingTests(unittest.TestCase):
    def test_skips_one(self):
        with self.subTest("none"):
            self.skipTest("not today")
        with self.subTest("some"):
            assert greet("Ada") == "Hello"

    def test_fails_one(self):
        with self.subTest("none"):
            assert greet("") == "Hello"
        with self.subTest("some"):
            assert greet("Ada") == "Hello"

def test_takes_its_time(subtests):
    with subtests.test("some"):
        time.sleep(0.3)

def test_skips(subtests):
    with subtests.test("none"):
        pytest.skip("not today")
"""


def test_subtests_are_parts_of_their_test(tmp_path: Path) -> None:
    """One that fails fails it; one that is skipped does not skip it, and its time is not counted twice."""
    here, read = on_disk(tmp_path, SUBTESTS)

    run = testrun.run_tests(here, HERE, read)

    found = {each.id.rpartition("::")[2]: (each.outcome, each.seconds) for each in run.results}
    outcomes = {name: outcome for name, (outcome, _) in found.items()}
    assert {
        "test_skips_one": "passed",
        "test_fails_one": "failed",
        "test_takes_its_time": "passed",
        "test_skips": "passed",
    } == outcomes
    assert 0.3 <= found["test_takes_its_time"][1] < 0.6
    assert [16] == [each.line for each in run.results if each.outcome == "failed"]


def test_a_file_that_cannot_be_collected_is_broken(tmp_path: Path) -> None:
    """With its path and line, and no result."""
    here, read = on_disk(tmp_path, "import no_such_module\n\ndef test_it():\n    assert 1\n")
    run = testrun.run_tests(here, HERE, read)
    assert [(each.path, each.line) for each in run.broken] == [("tests/test_a.py", 1)]


def test_a_run_that_does_not_end_is_broken(tmp_path: Path) -> None:
    """It names the test that was running, and the setting to raise if it is only slow."""
    test = "import time\n\ndef test_it():\n    time.sleep(60)\n"
    here, read = on_disk(tmp_path, test, test_timeout=4.0)
    (broken,) = testrun.run_tests(here, HERE, read).broken
    assert (broken.path, broken.line) == ("tests/test_a.py", 3)
    assert broken.message.startswith("tests/test_a.py::test_it did not end")
    assert "test-timeout" in broken.message


def test_a_run_that_hangs_while_it_collects_is_broken(tmp_path: Path) -> None:
    """There no test is to be named."""
    here, read = on_disk(tmp_path, "import time\n\ntime.sleep(60)\n\ndef test_it():\n    assert 1\n")
    slow = Project(here.root, Settings(test_timeout=3.0))
    (broken,) = testrun.run_tests(slow, HERE, read).broken
    assert (broken.path, broken.line) == ("tests", 1)


def test_a_suite_that_changes_the_sources_is_told_of(tmp_path: Path) -> None:
    """What it wrote is named; a file that it only touched is not."""
    test = (
        "from pathlib import Path\nimport greeting\n\ndef test_it():\n"
        "    place = Path(greeting.__file__)\n    place.write_text(place.read_text() + '# more')\n"
    )
    here, read = on_disk(tmp_path, test)
    run = testrun.run_tests(here, HERE, read)
    assert run.written == ("src/greeting.py",)
    assert [(place, line) for place, line, _ in told(ask("DEV001", read, run, benchmarks(), behaved()))] == [
        ("src/greeting.py", 1)
    ]


def test_a_run_that_pytest_refuses_is_broken(tmp_path: Path) -> None:
    """An option that pytest does not know must not look like no tests."""
    here, read = on_disk(tmp_path, TEST)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest]\naddopts = ["--no-such-option"]\n')
    (broken,) = testrun.run_tests(here, HERE, read).broken
    assert "no-such-option" in broken.message


def test_without_tests_nothing_is_run(tmp_path: Path) -> None:
    """No pytest is started for an empty suite, nor for one without benchmarks."""
    here, _ = on_disk(tmp_path, TEST)
    assert testrun.run_tests(here, HERE, suite.TestSuite()) == testrun.TestRun()
    untimed = suite.TestSuite((bound(),))
    assert testrun.run_benchmarks(here, HERE, untimed) == testrun.Benchmarks()


def test_a_project_that_is_not_installed_is_not_run(tmp_path: Path) -> None:
    """Unavailable, with the rule that says why."""
    here, read = on_disk(tmp_path, TEST)
    with pytest.raises(Unavailable, match="could not be installed; see OPS007"):
        testrun.run_tests(here, ProjectEnvironment("env", "", "", "no solution"), read)


def test_benchmarks_run_apart_from_the_tests(tmp_path: Path) -> None:
    """The test run leaves them out; their own run takes their times and nothing else's."""
    timed = f"{TEST}\ndef test_speed(benchmark):\n    benchmark(greet, 'Ada')\n"
    here, read = on_disk(tmp_path, timed)
    run = testrun.run_tests(here, HERE, read)
    assert [each.id for each in run.results] == ["tests/test_a.py::test_it"]
    benchmarks = testrun.run_benchmarks(here, HERE, read)
    assert [(each.id, each.outcome) for each in benchmarks.results] == [
        ("tests/test_a.py::test_speed", "passed")
    ]
    (timing,) = benchmarks.timings
    assert timing.id == "tests/test_a.py::test_speed"
    assert 0 < timing.median < 0.1


def test_coverage_is_the_sum_over_all_files() -> None:
    """Not the mean of the files; of nothing it is zero."""
    files = (measured(statements=90, covered=90), measured("b.py", statements=10, covered=0, first=1))
    assert ran(files=files).coverage == 90.0
    assert ran().coverage == 0.0


def test_nothing_of_ours_hides_the_standard_library(tmp_path: Path) -> None:
    """A project may import what our probes are called."""
    here, read = on_disk(tmp_path, "import secrets\n\ndef test_it():\n    assert secrets.token_hex(2)\n")
    assert [each.outcome for each in testrun.run_tests(here, HERE, read).results] == ["passed"]
