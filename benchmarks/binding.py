"""How long the index of the tests takes, beside parsing them and beside pytest's own collection.

    nox -s benchmarks            prints a table in Markdown

Every figure is a median; the suites are made up, a hundred files each.
"""

from __future__ import annotations

import argparse
import ast
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from tenhats.fact import Project
from tenhats.facts.collecting import Collector
from tenhats.facts.modules import Modules
from tenhats.facts.pytestconfig import PytestConfig
from tenhats.facts.suite import read_suite
from tenhats.facts.testfile import FileIndex, index_of
from tenhats.facts.tree import look_at_tree
from tenhats.settings import Settings

FILES = 100
TEST = '''
@pytest.mark.req("{feature:03}-feature/FR-{number:03}")
def test_number_{number}(tmp_path):
    """Number {number} is what it was."""
    value = len(str({number}))
    other = [value for _ in range(3)]
    assert other == [value, value, value]
'''


def main() -> None:
    """Measure two sizes and print the table."""
    parser = argparse.ArgumentParser(description="Measure the index of the tests.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured")
    rounds = parser.parse_args().rounds
    print(f"Python {sys.version.split()[0]}, {rounds} rounds\n")
    print("| tests | what | seconds (median) |\n|--:|---|--:|")
    for size in (2_000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            root = write_suite(Path(folder), size)
            for what, seconds in measured(root, rounds).items():
                print(f"| {size} | {what} | {seconds:.2f} |", flush=True)


def write_suite(root: Path, size: int) -> Path:
    """Write a project with `size` bound tests."""
    (root / "tests").mkdir()
    (root / "pyproject.toml").write_text('[tool.pytest.ini_options]\nmarkers = ["req(name): x"]\n')
    for feature in range(FILES):
        tests = [TEST.format(feature=feature, number=number) for number in range(size // FILES)]
        (root / f"tests/test_{feature}.py").write_text("import pytest\n" + "".join(tests))
    return root


def measured(root: Path, rounds: int) -> dict[str, float]:
    """The medians, the things compared taking turns."""
    project = Project(root, Settings())
    tree = look_at_tree(project)
    paths = tree.matching("tests/*.py")
    kept = {path: msgspec.json.encode(index_of((root / path).read_bytes())) for path in paths}
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]

    def parse() -> None:
        for path in paths:
            ast.parse((root / path).read_bytes())

    def again() -> None:
        """All files but one as they were kept."""
        indexes = {path: msgspec.json.decode(text, type=FileIndex) for path, text in kept.items()}
        indexes[paths[0]] = index_of((root / paths[0]).read_bytes())
        modules = Modules(indexes.__getitem__, frozenset(paths), ("", "src"))
        collector = Collector(PytestConfig(), modules)
        for path, index in indexes.items():
            list(collector.tests(path, index))

    things: dict[str, Callable[[], object]] = {
        "reading and parsing the files": parse,
        "the index, from nothing": lambda: read_suite(project, tree),
        "the index, if the files were kept and one has changed": again,
        "pytest --collect-only": lambda: subprocess.run(collect, cwd=root, capture_output=True, check=True),
    }
    seconds: dict[str, list[float]] = {what: [] for what in things}
    for _ in range(rounds):
        for what, thing in things.items():
            started = time.perf_counter()
            thing()
            seconds[what].append(time.perf_counter() - started)
    return {what: statistics.median(times) for what, times in seconds.items()}


if __name__ == "__main__":
    main()
