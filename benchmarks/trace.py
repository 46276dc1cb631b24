"""How long the trace takes: the join with coverage by itself, and the whole command beside other tools.

    nox -s benchmarks -- trace                        the join, then 100, 1,000 and 10,000 requirements
    nox -s benchmarks -- trace --sizes 1000 --patience 60 --without-peers

The join is what stands between the tests' run and the table: coverage.py's data of 10,000 tests over
100,000 lines is read, and 10,000 requirements are led to their lines. Times are wall seconds of whole
processes, the median of the rounds; memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import linked, whole
from benchmarks.reach import joined

OURS = Path(__file__).resolve().parents[1] / "template" / "tenhats" / "src"


@dataclass(frozen=True)
class Contender:
    """A tool: how the corpus is written for it, what checks the links, and what writes its matrix."""

    name: str
    package: str
    write: Callable[[Path, int], None]
    check: str
    matrix: str = ""
    keeps: tuple[str, ...] = ()
    prepare: str = ""


SELF = f"{sys.executable} -m"
OUT = ("out", ".tenhats")
CONTENDERS = (
    Contender(
        "tenhats",
        "",
        linked.speckit,
        f"{SELF} tenhats gates --only TST001,TST002 --format json",
        f"{SELF} benchmarks.trace --without-a-run",
        OUT,
        "git init -q .",
    ),
    Contender(
        "spec-trace (tests only)", "spec-trace", linked.spec_trace, "spec-trace", "", (), "git init -q ."
    ),
    Contender(
        "reqcov",
        "reqcov",
        linked.reqcov,
        "reqcov check --no-report",
        "reqcov check",
        ("reqcov-report",),
        "reqcov init && sed -i 's/require_parent_for: .SRS./require_parent_for: []/' reqcov.yml",
    ),
    Contender(
        "elspais",
        "elspais",
        linked.elspais,
        "elspais checks",
        "elspais trace --format html --output out.html",
        ("out.html",),
        "git init -q . && git add -A && git -c user.email=a@b -c user.name=a commit -qm start && "
        "elspais init && sed -i 's/^cli_ttl = 30/cli_ttl = 0/; "
        "/^\\[scanning.test\\]/,/^\\[/ s/^enabled = false/enabled = true/' .elspais.toml && "
        "elspais fix -m init",
    ),
    Contender(
        "LOBSTER",
        "bmw-lobster",
        linked.lobster,
        "lobster-trlc --config lobster-trlc.yaml --out reqs.lobster && "
        "lobster-python --out code.lobster src && "
        "lobster-python --activity --out tests.lobster tests && "
        "lobster-report --lobster-config lobster.conf --out report.lobster && "
        "lobster-ci-report report.lobster",
        "lobster-html-report report.lobster --out report.html",
    ),
    Contender(
        "sphinx-needs",
        "sphinx-needs",
        linked.sphinx_needs,
        "sphinx-build -q -b needs docs out/needs",
        "sphinx-build -q -b html docs out/html",
        OUT,
    ),
    Contender(
        "StrictDoc",
        "strictdoc",
        linked.strictdoc,
        "strictdoc export . --formats=json --output-dir out",
        "strictdoc export . --formats=html --output-dir out",
        (*OUT, "output"),
    ),
    Contender(
        "doorstop",
        "doorstop",
        linked.doorstop,
        "doorstop -F -q",
        "doorstop -q publish all out",
        OUT,
        "git init -q .",
    ),
    Contender(
        "reqstool",
        "reqstool",
        linked.reqstool,
        "reqstool status --check-all-reqs-met local -p reqstool",
    ),
)


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the trace.")
    parser.add_argument("--rounds", type=int, default=3, help="how often each thing is measured")
    parser.add_argument("--tests", type=int, default=10_000, help="how many tests the join is of")
    parser.add_argument("--sizes", default="100,1000,10000", help="how many requirements, with commas")
    parser.add_argument("--patience", type=float, default=120, help="seconds after which a tool is stopped")
    parser.add_argument("--without-peers", action="store_true", help="measure only what needs no network")
    parser.add_argument("--without-a-run", action="store_true", help="only trace this folder, no test is run")
    asked = parser.parse_args()
    if asked.without_a_run:
        trace_without_a_run(Path.cwd())
    else:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {asked.rounds} rounds\n")
            joined(home, asked.tests, asked.rounds)
            contenders = [
                each
                for each in CONTENDERS
                if not each.package or (not asked.without_peers and installed(each, home))
            ]
            for size in map(int, asked.sizes.split(",")):
                beside(contenders, home, size, asked.patience)


def installed(contender: Contender, home: Path) -> bool:
    """Put a tool into an environment of its own; a line if that cannot be done."""
    venv = home / "venvs" / contender.name
    make = ["uv", "venv", "--quiet", str(venv)]
    fill = ["uv", "pip", "install", "--quiet", "--python", str(venv / "bin/python"), contender.package]
    try:
        for command in (make, fill):
            subprocess.run(command, check=True, capture_output=True, timeout=300)
    except (OSError, subprocess.SubprocessError):
        print(f"{contender.name}: not installed; without uv, or without the network?")
        return False
    return True


def beside(contenders: list[Contender], home: Path, size: int, patience: float) -> None:
    """Time each tool once on a corpus of this size, and print the table with the ratios to ours."""
    print(f"\n| {size:,} requirements, tests, functions | check, cold | again | matrix | check, ratio |")
    print("|---|--:|--:|--:|--:|")
    ours: float | None = None
    for each in contenders:
        root = home / str(size) / each.name
        each.write(root, size)
        run(each, each.prepare, root, home, patience)
        cold = run(each, each.check, root, home, patience, each.keeps)
        warm = run(each, each.check, root, home, patience) if cold else None
        matrix = run(each, each.matrix, root, home, patience) if cold else None
        ours = ours or cold
        ratio = f"{cold / ours:.1f}" if cold and ours else "–"
        cells = " | ".join(_cell(seconds, patience) for seconds in (cold, warm))
        made = _cell(matrix, patience) if each.matrix and cold else "–"
        print(f"| {each.name} | {cells} | {made} | {ratio} |", flush=True)


def run(
    contender: Contender, command: str, root: Path, home: Path, patience: float, without: tuple[str, ...] = ()
) -> float | None:
    """The wall seconds of a command, whatever its exit code; None if it had to be stopped."""
    for kept in without:
        shutil.rmtree(root / kept, ignore_errors=True)
    programs = home / "venvs" / contender.name / "bin"
    env = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(OURS), str(OURS.parents[2])]) if not contender.package else "",
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
    }
    ended = whole.run(["sh", "-c", command], root, env, patience)
    if not ended:
        return None
    if "Traceback" in ended.said or ended.code:
        words = (ended.said or "it said nothing").splitlines()[-1]
        print(f"{contender.name}: {command.split(maxsplit=1)[0]} ended with {ended.code}: {words}")
    return ended.seconds


def _cell(seconds: float | None, patience: float) -> str:
    return f"over {patience:.0f}" if seconds is None else f"{seconds:.2f}"


def trace_without_a_run(root: Path) -> None:
    """Read specifications, tests and sources, join them, and write JSON and the whole matrix to `out/`."""
    from tenhats.fact import Project
    from tenhats.facts.behave import BehaveRun
    from tenhats.facts.bite import Bite
    from tenhats.facts.functions import Functions
    from tenhats.facts.site import texts_of
    from tenhats.facts.specs import Specs
    from tenhats.facts.suite import TestSuite
    from tenhats.facts.testrun import Benchmarks, TestRun
    from tenhats.facts.tree import Tree
    from tenhats.measuring import measure
    from tenhats.reports import trace_matrix, trace_program, trace_source
    from tenhats.reports.terminal import Progress
    from tenhats.reports.trace_pages import Pages
    from tenhats.settings import read_settings
    from tenhats.trace import trace
    from tenhats.traces import Traces

    project = Project(root, read_settings(root))
    facts = measure(project, [Tree, Specs, TestSuite, Functions], Progress())
    traced = trace(
        facts[Specs], facts[TestSuite], TestRun(), Benchmarks(), BehaveRun(), Bite(), facts[Functions]
    )
    files = tuple(facts[Tree].matching("src/*.py"))
    traces = Traces(facts[Specs].features, tuple(traced), facts[Functions].functions, files)
    matrix = Pages(traces)
    out = root / "out"
    out.mkdir(exist_ok=True)
    (out / "trace.json").write_text(trace_program.as_json(traces), encoding="utf-8")
    sources = texts_of(project, matrix.sources)
    for name, text in (*trace_matrix.pages(matrix), *trace_source.pages(matrix, sources)):
        (out / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
