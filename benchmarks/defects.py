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
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.world import git

from benchmarks import kept
from benchmarks.catalogue import mistakes
from benchmarks.planting import Mistake, NoPlaceError
from benchmarks.rivals import RIVALS, Rival, Trial, made


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
    os.environ.pop("VIRTUAL_ENV", None)
    os.environ.update(GIT_CONFIG_GLOBAL=os.devnull, **by_ada())
    for rival in RIVALS:
        if not asked.names or rival.name in asked.names:
            compare(rival, clones, asked.only, fresh=asked.fresh)


def by_ada() -> dict[str, str]:
    """What git needs to know to commit."""
    who = {"NAME": "Ada Lovelace", "EMAIL": "ada@example.org"}
    return {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in who.items()}


def compare(rival: Rival, clones: Mapping[str, str], only: str, *, fresh: bool) -> None:
    """Make a project and plant what was not tried in it yet; each result is kept at once."""
    name = f"defects-{rival.name}"
    found: dict[str, Any] = {} if fresh else dict(kept.read(name).get("mistakes", {}))
    due = [
        mistake
        for mistake in mistakes()
        if (only in mistake.what if only else mistake.what not in found)
        and (mistake.of_specifications or not rival.reads_only_specifications)
    ]
    if not due:
        return
    with tempfile.TemporaryDirectory() as folder:
        trial = made(rival, Path(folder), clones)
        green = judged(trial)
        about = {"machine": kept.machine(), "versions": trial.versions, "green": green}
        print(f"\n{rival.name}, {trial.versions}: {'green' if green['green'] else 'red'}", flush=True)
        for number, mistake in enumerate(due if green["green"] else (), 1):
            found[mistake.what] = planted(trial, mistake)
            print(f"{number}/{len(due)} {found[mistake.what]} {mistake.what}", flush=True)
            kept.write(name, {**about, "mistakes": found})


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
