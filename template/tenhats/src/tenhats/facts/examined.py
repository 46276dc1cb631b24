"""Which functions the requirements' tests really examine: each is switched off alone, and its tests run.

A function that tests execute but of which nobody notices that it does nothing is only passed through.
That takes a while, so what is known of a function is kept until it or one of its tests changes, and a
run that was stopped goes on where it was.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tenhats import cache, processes
from tenhats.errors import Unavailable
from tenhats.fact import Project
from tenhats.facts.functions import Function, Functions
from tenhats.facts.testrun import TestRun
from tenhats.facts.tree import Tree
from tenhats.facts.trial import limit_of, run_pytest

NOTICED, UNNOTICED, UNREACHED, NOT_RUN = "noticed", "unnoticed", "unreached", "not run"
_PATIENCE = 3.0


@dataclass(frozen=True)
class Examined:
    """A function, the bound tests that execute it, and what they said when it alone was off."""

    function: Function
    tests: tuple[str, ...]
    said: str


@dataclass(frozen=True)
class _Job:
    """A function that is to be tried; the key changes with it, with its tests and with the tooling.

    `limits` are the seconds that each of the tests may take.
    """

    function: Function
    tests: tuple[str, ...]
    key: str
    off: str
    limits: Mapping[str, float]

    @property
    def limit(self) -> float:
        """The seconds after which its process is ended from outside, because no test ended it."""
        return sum(self.limits.values()) + _PATIENCE


def examine(
    project: Project,
    python: str,
    tree: Tree,
    functions: Functions,
    run: TestRun,
    *,
    everything: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[Examined]:
    """Try each function that does something, and yield what is known of it then.

    Args:
        project: The project under judgement.
        python: The interpreter of the project's environment.
        tree: Its files.
        functions: The functions of its sources.
        run: The ordinary run of its tests.
        everything: Whether also what is known already is tried again.
        progress: Told how many functions have been tried, of how many.

    Raises:
        Unavailable: if the system cannot fork, or pytest does not come as far as to run the tests.
    """
    if not hasattr(os, "fork"):
        raise Unavailable("functions are tried one by one in forked processes, which this system has not")
    store = project.workshop / "examined.json"
    known: dict[str, str] = {} if everything else _kept(store)
    jobs = list(_jobs(project, tree, functions, run))
    wanted = [job for job in jobs if job.tests and job.key not in known]
    try:
        for said in _try(project, python, wanted, progress):
            known.update(said)
    finally:
        keys = {job.key for job in jobs}
        store.write_text(
            json.dumps({key: known[key] for key in sorted(keys & known.keys())}), encoding="utf-8"
        )
    for job in jobs:
        yield Examined(job.function, job.tests, known.get(job.key, NOT_RUN) if job.tests else UNREACHED)


def _kept(store: Path) -> dict[str, str]:
    try:
        kept = json.loads(store.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(said) for key, said in kept.items()} if isinstance(kept, dict) else {}


def _jobs(project: Project, tree: Tree, functions: Functions, run: TestRun) -> Iterator[_Job]:
    seconds: dict[str, float] = {}
    for result in run.results:
        if result.names and result.outcome == "passed":
            name = result.id.partition("[")[0]
            seconds[name] = seconds.get(name, 0.0) + result.seconds
    tooling = cache.tooling()
    executing = {test: run.reach.by_test.get(test, {}) for test in seconds}
    texts: dict[str, list[str]] = {}
    for function in functions.functions:
        if not function.first:
            continue
        reaching = [test for test, files in executing.items() if files.get(function.path, 0) & function.bits]
        tests = tuple(sorted(reaching, key=lambda test: (seconds[test], test)))
        lines = texts.setdefault(function.path, _lines(project.root / function.path))
        body = "\n".join(lines[function.line - 1 : function.last])
        files = sorted({test.partition("::")[0] for test in tests})
        parts = [tooling, function.path, function.name, body, *tests]
        key = cache.digest([*parts, *map(tree.digest_of, files)])
        off = f"{os.path.realpath(project.root / function.path)}:{function.line}"
        yield _Job(function, tests, key, off, {test: limit_of(seconds[test]) for test in tests})


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").split("\n")


def _try(
    project: Project, python: str, jobs: list[_Job], progress: Callable[[int, int], None]
) -> Iterator[Mapping[str, str]]:
    """Yield what is known of each function as soon as it is."""
    if not jobs:
        return
    room = project.workshop / "examined"
    room.mkdir(parents=True, exist_ok=True)
    record, plan = room / "record.jsonl", room / "plan.json"
    record.write_text("", encoding="utf-8")
    asked = [{"off": job.off, "tests": job.tests, "limit": job.limit} for job in jobs]
    limits = {test: limit for job in jobs for test, limit in job.limits.items()}
    plan.write_text(json.dumps({"jobs": asked, "limits": limits, "record": str(record)}), encoding="utf-8")
    files = sorted({test.partition("::")[0] for job in jobs for test in job.tests})
    said: list[str] = []
    timeout = sum(job.limit for job in jobs) + project.settings.test_timeout
    runner = threading.Thread(
        target=lambda: said.append(run_pytest(project, python, "tenhats_each", plan, files, timeout))
    )
    runner.start()
    keys = {job.off: job.key for job in jobs}
    seen = 0
    try:
        while runner.is_alive():
            runner.join(0.2)
            entries = _entries(record)
            yield {keys[entry["off"]]: entry["said"] for entry in entries[seen:]}
            seen = len(entries)
            progress(seen, len(jobs))
    except BaseException:
        processes.stop_all()
        runner.join()
        raise
    entries = _entries(record)
    yield {keys[entry["off"]]: entry["said"] for entry in entries}
    if not entries:
        raise Unavailable(f"the functions could not be tried: {' '.join(said)}")


def _entries(record: Path) -> list[dict[str, str]]:
    """The whole lines of the record."""
    text = record.read_text(encoding="utf-8")
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]
