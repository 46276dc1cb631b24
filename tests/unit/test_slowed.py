"""Benchmarks over today's sources and the base's, in real repositories, and the rule on made-up times."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tenhats.facts.base import find_base
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.slowed import Paired, Slowed, compare_with_base
from tenhats.facts.suite import read_suite
from tenhats.facts.testrun import run_benchmarks
from tests.unit.made_up import (
    TESTS,
    ask,
    bound,
    folder,
    is_not_applicable,
    is_silent,
    project,
    suite,
    told,
    tree_of,
)
from tests.world import commit_all, git

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-007")

HERE = ProjectEnvironment("env", sys.executable, "stamp")
CODE = "def count(number):\n    return sum(range(number))\n"
SLOWER = "def count(number):\n    return sum(range(number)) + sum(range(number)) - sum(range(number))\n"
SAME = f"{CODE}\n\ndef other():\n    return 2\n"
TEST = "import made\n\ndef test_speed(benchmark):\n    assert benchmark(made.count, 2000) == 1999000\n"
NEW_TEST = f"{TEST}\ndef test_other(benchmark):\n    assert benchmark(made.other) == 2\n"
FILES = {
    ".gitignore": "__pycache__\n.tenhats\n",
    "pyproject.toml": '[tool.pytest]\npythonpath = ["src"]\n',
    "src/made.py": CODE,
    "tests/test_made.py": TEST,
}


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly, with the plugin for benchmarks only, and on nobody's pull request."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_benchmark.plugin")
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Repository:
    """A repository with one commit, in which something is changed."""

    root: Path

    def slowed(self, changed: dict[str, str]) -> Slowed:
        """What the comparison says of the changed files, which are not committed."""
        here = folder(self.root, changed)
        tree = tree_of(here)
        base, read = find_base(here, tree), read_suite(here, tree)
        return compare_with_base(here, HERE, base, read, run_benchmarks(here, HERE, read))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One commit, with one benchmark."""
    folder(tmp_path, FILES)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    commit_all(tmp_path, "first")
    return Repository(tmp_path)


def test_code_that_takes_three_times_as_long_is_found(repository: Repository) -> None:
    """In each of five turns; and what it took before is measured now."""
    slowed = repository.slowed({"src/made.py": SLOWER})

    (pair,) = slowed.pairs
    assert ("tests/test_made.py::test_speed", 5, 5) == (pair.id, len(pair.before), len(pair.now))
    assert pair.is_slower
    assert 2 < min(pair.now) / min(pair.before) < 5
    assert not (repository.root / ".tenhats/base/timed-now").exists()


def test_what_is_not_slower_is_let_go(repository: Repository) -> None:
    """A benchmark that is new is not compared, although it runs on today's sources only."""
    slowed = repository.slowed({"src/made.py": SAME, "tests/test_made.py": NEW_TEST})

    assert ["tests/test_made.py::test_speed"] == [each.id for each in slowed.pairs]
    assert min(slowed.pairs[0].now) < 1.25 * min(slowed.pairs[0].before)


def test_what_does_not_run_on_the_base_is_not_compared(repository: Repository) -> None:
    """There is another interface: the reason says so."""
    renamed = {
        "src/made.py": CODE.replace("count", "total"),
        "tests/test_made.py": TEST.replace("count", "total"),
    }
    slowed = repository.slowed(renamed)

    assert ((), True) == (slowed.pairs, slowed.reason.startswith("no benchmark runs on the sources of "))


def test_where_no_source_has_changed_nothing_is_run(repository: Repository) -> None:
    """Nor where there is no benchmark."""
    unchanged = repository.slowed({"tests/test_made.py": f"{TEST}\n"})
    untimed = repository.slowed({"src/made.py": SLOWER, "tests/test_made.py": "def test_it():\n    pass\n"})

    assert (True, "no benchmark takes a time") == (
        unchanged.reason.startswith("no source has changed"),
        untimed.reason,
    )


def paired(*ratios: float) -> Slowed:
    """A benchmark that took 10 ms at the base, and these times as long now."""
    times = tuple(0.01 * ratio for ratio in ratios)
    return Slowed("c0ffee0123456", (Paired(f"{TESTS}::test_it", (0.01,) * len(ratios), times),))


def test_a_slower_benchmark_is_told_of_at_its_line() -> None:
    """With both times; a waiver that was there before does not count."""
    slowed = paired(1.6, 1.5, 1.7, 1.5, 1.6)
    stale = frozenset({"# tenhats: ignore[PRF005] long ago"})
    found = ask(
        "PRF005", project(), suite(bound(timed=True)), Slowed(slowed.base, slowed.pairs, {TESTS: stale})
    )

    message = (
        "test_it takes 15 ms, and 10 ms on the sources of c0ffee0123: 1.5 times as long, "
        "in 5 turns between 1.5 and 1.7"
    )
    assert [(TESTS, 8, message)] == told(found)
    assert "git diff c0ffee0123 -- src" in found.found[0].fix
    assert stale == found.found[0].stale


def test_turns_that_overlap_blame_nobody() -> None:
    """On a busy machine the base's slowest turn was as slow as today's fastest."""
    pair = Paired(f"{TESTS}::test_it", (0.01, 0.01, 0.01, 0.01, 0.016), (0.02, 0.02, 0.015, 0.02, 0.02))

    assert is_silent(ask("PRF005", project(), suite(bound(timed=True)), Slowed("c0ffee", (pair,))))


@pytest.mark.parametrize("ratios", [(1.0,), (1.5, 1.5, 1.05), (1.2, 1.2, 1.2, 1.2, 1.2), (0.5,)])
def test_what_is_not_clearly_slower_is_accepted(ratios: tuple[float, ...]) -> None:
    """Faster, slower in some turns only, or by less than a quarter."""
    assert is_silent(ask("PRF005", project(), suite(bound(timed=True)), paired(*ratios)))


def test_what_could_not_be_compared_is_said() -> None:
    """Not applicable with a reason, and unchecked where the run did not end."""
    none = ask("PRF005", project(), suite(), Slowed(reason="no source has changed"))
    ended = ask("PRF005", project(), suite(), Slowed("c0ffee", trouble="it did not end"))

    assert is_not_applicable(none)
    assert "it did not end" in (ended.unseen or "")
