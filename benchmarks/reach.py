"""The join of tests and lines by itself: coverage.py's data read, requirements led to their lines.

`joined` is part of `nox -s benchmarks -- trace`. Each round is a process of its own, so that its peak
memory is known: `python -m benchmarks.reach FOLDER TESTS`.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

from coverage import CoverageData

FILES, LINES, FUNCTION = 200, 500, 10
REACHED = 20


def joined(home: Path, tests: int, rounds: int) -> None:
    """Write coverage.py's data, join it in processes of their own, and print the table."""
    data = home / "coverage.db"
    started = time.perf_counter()
    write_data(data, home, tests)
    print(
        f"{tests:,} tests over {FILES * LINES:,} lines, {REACHED * (FUNCTION - 1)} lines each: "
        f"{data.stat().st_size / 1e6:.0f} MB, written in {time.perf_counter() - started:.0f} s\n"
    )
    command = [sys.executable, "-m", "benchmarks.reach", str(home), str(tests)]
    printed = (
        subprocess.run(command, capture_output=True, check=True, text=True).stdout for _ in range(rounds)
    )
    runs = [[float(word) for word in each.split()] for each in printed]
    read, join_, peak = (statistics.median(each) for each in zip(*runs, strict=True))
    print("| what | seconds | peak MB |\n|---|--:|--:|")
    print(f"| coverage.py's data read | {read:.2f} | |")
    print(f"| {tests:,} requirements led to tests and lines | {join_:.2f} | |")
    print(f"| both | {read + join_:.2f} | {peak:.0f} |", flush=True)


def write_data(data: Path, root: Path, tests: int) -> None:
    """What coverage.py would have written: each test executes some functions, but one line of each."""
    written = CoverageData(basename=str(data))
    for test in range(tests):
        written.set_context(_test(test))
        executed: dict[str, list[tuple[int, int]]] = {}
        for file, function in _reached(test):
            first = function * FUNCTION + 1
            left_out = first + 3 + zlib.crc32(b"%d %d" % (test, function)) % 5
            body = [line for line in range(first, first + FUNCTION) if line != left_out]
            jumps = zip([-first, *body], [*body, -first], strict=True)
            executed.setdefault(str(root / _path(file)), []).extend(jumps)
        written.add_arcs(executed)
    written.close()


def _path(file: int) -> str:
    return f"src/app/mod_{file:03d}.py"


def _test(test: int) -> str:
    return f"tests/test_mod_{test % FILES:03d}.py::test_{test:05d}"


def _reached(test: int) -> Iterator[tuple[int, int]]:
    """The files and functions that a test executes: four in each of five files."""
    for at in range(REACHED):
        file = (test + at // 4 * 7) % FILES
        yield file, (test // FILES + at % 4 * 3) % (LINES // FUNCTION)


def join(home: Path, tests: int) -> None:
    """Read the data, make the trace of as many requirements, and print both times and the peak memory."""
    from tenhats.facts.behave import BehaveRun
    from tenhats.facts.bite import Bite
    from tenhats.facts.functions import Function, Functions
    from tenhats.facts.reach import read_reach
    from tenhats.facts.specs import Specs
    from tenhats.facts.suite import Binding, Test, TestSuite
    from tenhats.facts.testrun import Benchmarks, Result, TestRun
    from tenhats.facts.trial import Tried
    from tenhats.formats.model import Feature, Requirement
    from tenhats.trace import State, trace

    features, suite, results, tried = [], [], [], []
    for number in range(FILES):
        name = f"{number:03d}-area"
        own = range(number, tests, FILES)
        requirements = [
            Requirement(f"specs/{name}/spec.md", 10, f"{name}/FR-{at:03d}", "FR", "It MUST.") for at in own
        ]
        features.append(Feature(name, f"specs/{name}/spec.md", name, requirements=tuple(requirements)))
        for at, each in zip(own, requirements, strict=True):
            test, path = _test(at), _test(at).partition("::")[0]
            suite.append(Test(path, at, test, (Binding(path, at, each.name, test),), asserts=True))
            results.append(Result(test, path, at, (each.name,), "passed"))
            tried.append(Tried(test, "failed"))
    functions = [
        Function(_path(file), first, f"f{first}", first + 1, first + FUNCTION - 1)
        for file in range(FILES)
        for first in range(1, LINES, FUNCTION)
    ]
    before = time.perf_counter()
    reach = read_reach(home / "coverage.db", home)
    between = time.perf_counter()
    run = TestRun(tuple(results), reach=reach)
    facts = (
        Specs(tuple(features)),
        TestSuite(tuple(suite)),
        run,
        Benchmarks(),
        BehaveRun(),
        Bite(tuple(tried)),
    )
    traced = list(trace(*facts, Functions(tuple(functions))))
    after = time.perf_counter()
    if not all(each.state is State.PROVEN and len(each.parts) == REACHED for each in traced):
        raise SystemExit("the trace is not what it should be")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(between - before, after - between, peak)


if __name__ == "__main__":
    join(Path(sys.argv[1]), int(sys.argv[2]))
