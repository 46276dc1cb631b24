"""Who catches what: the same mistakes, against what users would have otherwise.

    nox -s benchmarks -- defects                      everything; what was measured before is kept
    nox -s benchmarks -- defects --fresh              everything anew
    nox -s benchmarks -- defects cookie --clone cookie=PATH   one of them, from a clone on this machine

Each fresh project is made by its own template and has to be green, with a small feature in it; then each
mistake is planted, the project's own check command is run, and the mistake is taken out again. *Caught* is:
the command ended with an error. A run that was stopped goes on where it was. Then `docs/make_reference.py`
makes the page. It needs git, make, uv, npm and the network.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.world import git

from benchmarks import kept
from benchmarks.catalogue import mistakes
from benchmarks.isolated import isolate
from benchmarks.pages import caught, kept_as
from benchmarks.planting import Mistake, NoPlaceError
from benchmarks.rivals import RIVALS, CannotRunError, Rival, Trial, made


def main() -> None:
    """Plant every mistake into every project that is asked for, and keep who caught it."""
    parser = argparse.ArgumentParser(
        description="Plant the same mistakes into projects of several templates."
    )
    parser.add_argument("names", nargs="*", help=f"only these of {', '.join(each.name for each in RIVALS)}")
    parser.add_argument("--clone", action="append", default=[], help="NAME=PATH: a clone of its template")
    parser.add_argument("--fresh", action="store_true", help="keep nothing of what was measured before")
    parser.add_argument("--only", default="", help="only mistakes with these words, and measure them again")
    asked = parser.parse_args()
    clones = dict(each.split("=", 1) for each in asked.clone)
    isolate()
    rivals = [rival for rival in RIVALS if not asked.names or rival.name in asked.names]
    for rival in rivals:
        if asked.fresh:
            kept.write(kept_as(rival), {})
    for rival in rivals:
        compare(rival, clones, asked.only)
    print("\n".join(caught()))


def compare(rival: Rival, clones: Mapping[str, str], only: str) -> None:
    """Make a project and plant what was not tried in it yet; each result is kept at once."""
    found: dict[str, Any] = dict(kept.read(kept_as(rival)).get("mistakes", {}))
    due = [
        mistake
        for mistake in mistakes()
        if (only in mistake.what if only else mistake.what not in found)
        and (mistake.of_specifications or not rival.reads_only_specifications)
    ]
    if not due:
        return
    about: dict[str, Any] = {"machine": kept.machine(), "mistakes": found}
    with tempfile.TemporaryDirectory() as folder:
        try:
            trial = made(rival, Path(folder), clones)
        except CannotRunError as reason:
            kept.write(kept_as(rival), {**about, "cannot run": str(reason)})
            return
        about |= {"versions": trial.versions, "green": judged(trial)}
        kept.write(kept_as(rival), about)
        print(f"\n{rival.name}, {trial.versions}: {about['green']}", flush=True)
        for number, mistake in enumerate(due if about["green"]["green"] else (), 1):
            found[mistake.what] = planted(trial, mistake)
            print(f"{number}/{len(due)} {found[mistake.what]} {mistake.what}", flush=True)
            kept.write(kept_as(rival), about)


def planted(trial: Trial, mistake: Mistake) -> dict[str, Any]:
    """Plant one mistake, ask the check command, and take the mistake out again."""
    with trial.project.changed() as project:
        git(project.root, "tag", "0.1.0")
        try:
            mistake.change(project)
        except (NoPlaceError, FileNotFoundError):
            return {"no place": True}
        git(project.root, "add", "--all")
        return judged(trial)


def judged(trial: Trial) -> dict[str, Any]:
    """What the check command said: whether it was green, whom it blamed, and how many seconds it took."""
    started = time.perf_counter()
    green, blamed, _ = trial.check()
    return {"green": green, "by": blamed, "seconds": round(time.perf_counter() - started, 1)}


if __name__ == "__main__":
    main()
