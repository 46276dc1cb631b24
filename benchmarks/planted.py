"""How long each planted defect takes to be found: the seconds on the page of defects.

    nox -s benchmarks -- planted              each defect of tests/defects/planted.py, one after the other
    nox -s benchmarks -- planted --missing    only those that were not measured yet
    nox -s benchmarks -- planted SPC TST004   only those of these rules

The defects are planted into one real project that was judged before, as the tests do; all gates are asked,
and what earlier runs have kept is used. A tool that a project gets only when it has something for it, such as
one for Protocol Buffers, is installed before the clock starts. After each defect the result is kept, so a run
that was stopped goes on with `--missing`; then `docs/make_reference.py` makes the page.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.defects.planted import DEFECTS, Defect
from tests.world import RealProject, clone_template, commit_all, render, verdicts

from benchmarks import kept
from benchmarks.isolated import isolate

NAME = "planted"


def main() -> None:
    """Measure the defects that are asked for, and keep their seconds."""
    parser = argparse.ArgumentParser(description="Measure how long each planted defect takes to be found.")
    parser.add_argument("rules", nargs="*", help="only rules whose codes begin so")
    parser.add_argument("--missing", action="store_true", help="only what was not measured yet")
    asked = parser.parse_args()
    before = kept.read(NAME).get("seconds", {})
    names = {name_of(defect) for defect in DEFECTS}
    seconds = {name: figure for name, figure in before.items() if name in names}
    wanted = [
        defect
        for defect in DEFECTS
        if defect.code.startswith(tuple(asked.rules) or "")
        and not (asked.missing and name_of(defect) in seconds)
    ]
    with fresh_project() as project:
        for number, defect in enumerate(wanted, 1):
            found = seconds_until_found(project, defect)
            print(f"{number}/{len(wanted)} {found:6.1f} s  {name_of(defect)}", flush=True)
            seconds[name_of(defect)] = round(found, 1)
            kept.write(NAME, {"machine": kept.machine(), "seconds": seconds})


def name_of(defect: Defect) -> str:
    """What a defect's seconds are kept under: a rule may have several."""
    return f"{defect.code} {defect.what}"


@contextmanager
def fresh_project() -> Iterator[RealProject]:
    """Yield a project with the default answers, committed and judged once."""
    isolate()
    with tempfile.TemporaryDirectory() as folder:
        root = render(clone_template(Path(folder) / "template"), Path(folder) / "project")
        commit_all(root, "start")
        project = RealProject(root)
        project.gates()
        yield project


def seconds_until_found(project: RealProject, defect: Defect) -> float:
    """Plant a defect and return how long all gates took; an error if its rule did not fail."""
    tools = installed(project)
    seconds = planted(project, defect)
    if installed(project) != tools:
        forget(project)
        project.gates()
        seconds = planted(project, defect)
    return seconds


def planted(project: RealProject, defect: Defect) -> float:
    """Plant a defect once, as the tests do."""
    with project.changed():
        defect.change(project)
        started = time.perf_counter()
        report = project.gates()
        seconds = time.perf_counter() - started
    if defect.code not in verdicts(report, "failed"):
        raise SystemExit(f"{name_of(defect)}: not found")
    return seconds


def forget(project: RealProject) -> None:
    """Delete what runs have kept, but not the tools: else this defect alone would be known already."""
    for path in (project.root / ".tenhats").iterdir():
        if path.is_dir() and path.name != "envs":
            shutil.rmtree(path)


def installed(project: RealProject) -> set[str]:
    """The environments that the gates have made."""
    return {path.name for path in (project.root / ".tenhats" / "envs").iterdir()}


if __name__ == "__main__":
    main()
