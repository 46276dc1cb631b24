"""How long requirements take to be read and judged: by us, by the parser alone, and by four peers.

    nox -s benchmarks -- specifications                  1,000 and 10,000 requirements, three rounds
    nox -s benchmarks -- specifications --sizes 1000 --rounds 5 --patience 60

Every figure is the median wall time of whole processes, in parentheses their processor time, the things
compared taking turns. The peers are installed into a temporary folder, by uv and by npm; one that
cannot be installed is said to be so. What takes longer than the patience is stopped, and not run again.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import requirements, whole

OURS = Path(__file__).resolve().parents[1] / "template" / "tenhats" / "src"
FLOOR = """
import sys
from pathlib import Path
from tenhats.formats.markdown import read_page
for file in sorted(Path("specs").rglob("*.md")):
    read_page(file.read_text("utf-8"))
"""
WHEN = ("cold", "warm", "one touched")
STOPPED = (float("inf"), float("inf"))


@dataclass(frozen=True)
class Contender:
    """Something that reads requirements: how they are written for it, what is run, what it keeps."""

    name: str
    write: requirements.Write
    command: list[str]
    keeps: tuple[str, ...] = ()
    prepare: tuple[tuple[str, ...], ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    when: tuple[str, ...] = WHEN


def main() -> None:
    """Measure everything and print a table for each size."""
    parser = argparse.ArgumentParser(description="Measure the reading and judging of specifications.")
    parser.add_argument("--sizes", default="1000,10000", help="how many requirements, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="how often each thing is measured")
    parser.add_argument("--patience", type=float, default=120, help="seconds after which a run is stopped")
    parser.add_argument("--without-peers", action="store_true", help="measure only what needs no network")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        contenders = ours(home)
        if not asked.without_peers:
            contenders += peers(home)
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {asked.rounds} rounds")
        for size in map(int, asked.sizes.split(",")):
            table(
                measure(contenders, home / str(size), size, asked.rounds, asked.patience),
                size,
                asked.patience,
            )


def ours(home: Path) -> list[Contender]:
    """Our rules on specifications, and what nobody can do without."""
    env = {"PYTHONPATH": str(OURS), "PYTHONPYCACHEPREFIX": str(home / "compiled")}
    gates = [sys.executable, "-m", "tenhats", "gates", "--only", "SPC", "--format", "json"]
    once = ("warm",)
    return [
        Contender("tenhats, every SPC rule", requirements.speckit, gates, (".tenhats",), GIT, env),
        Contender(
            "tenhats, started and no more", requirements.speckit, [*gates[:3], "--help"], (), (), env, once
        ),
        Contender(
            "floor: all files read and scanned",
            requirements.speckit,
            [sys.executable, "-c", FLOOR],
            (),
            (),
            env,
            once,
        ),
    ]


GIT = (("git", "init", "--quiet"), ("git", "add", "--all"))


def peers(home: Path) -> list[Contender]:
    """Those of the peers that can be installed; a line for each that cannot."""
    found: list[Contender] = []
    if (openspec := _from_npm(home / "npm", "@fission-ai/openspec", "openspec")) is not None:
        command = [str(openspec), "validate", "--specs", "--strict", "--no-interactive"]
        quiet = {"OPENSPEC_TELEMETRY": "0", "DO_NOT_TRACK": "1"}
        found.append(Contender("openspec validate", requirements.openspec, command, env=quiet))
    if (strictdoc := _from_pypi(home / "strictdoc", "strictdoc")) is not None:
        command = [str(strictdoc), "export", ".", "--formats=json", "--output-dir", "out"]
        found.append(Contender("strictdoc export", requirements.strictdoc, command, ("out", "output")))
    if (doorstop := _from_pypi(home / "doorstop", "doorstop")) is not None:
        found.append(Contender("doorstop", requirements.doorstop, [str(doorstop), "-F", "-q"], (), GIT))
    if (reqcov := _from_pypi(home / "reqcov", "reqcov")) is not None:
        command = [str(reqcov), "check", "--no-report"]
        init = ((str(reqcov), "init"),)
        found.append(Contender("reqcov check", requirements.reqcov, command, ("reqcov-report",), init))
    return found


def _from_npm(folder: Path, package: str, command: str) -> Path | None:
    done = _installed("npm", "install", "--silent", "--prefix", str(folder), package)
    return _there(folder / "node_modules" / ".bin" / command, package, done=done)


def _from_pypi(folder: Path, package: str) -> Path | None:
    done = _installed("uv", "venv", "--quiet", str(folder)) and _installed(
        "uv", "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), package
    )
    return _there(folder / "bin" / package, package, done=done)


def _installed(*command: str) -> bool:
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        return subprocess.run(command, capture_output=True, check=False, timeout=300).returncode == 0
    return False


def _there(path: Path, package: str, *, done: bool) -> Path | None:
    if done and path.exists():
        return path
    print(f"{package}: not installed; without {'npm' if package.startswith('@') else 'uv'} or the network?")
    return None


Times = dict[tuple[str, str], list[tuple[float, float]]]


def measure(contenders: list[Contender], home: Path, size: int, rounds: int, patience: float) -> Times:
    """Time each contender in each state, all taking turns; what was stopped is not run again."""
    times: Times = {}
    files: dict[str, Path] = {}
    for each in contenders:
        root = home / each.name
        files[each.name] = each.write(root, size)
        for command in each.prepare:
            subprocess.run(command, cwd=root, capture_output=True, check=True)
        if not each.keeps:
            timed(each, root, patience)  # whatever is compiled on the first run is not what is compared
    for turn in range(rounds):
        for each in contenders:
            root = home / each.name
            for when in each.when:
                before = times.setdefault((each.name, when), [])
                if any(STOPPED in times.get((each.name, other), ()) for other in each.when):
                    before.append(STOPPED)
                    continue
                if when == "cold":
                    for kept in each.keeps:
                        shutil.rmtree(root / kept, ignore_errors=True)
                if when == "one touched":
                    touch(files[each.name], turn)
                before.append(timed(each, root, patience))
    return times


def touch(file: Path, turn: int) -> None:
    """Change the words of one requirement."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(" the depot MUST", f" the depot of hall {turn} MUST", 1), encoding="utf-8")


def timed(contender: Contender, root: Path, patience: float) -> tuple[float, float]:
    """Run a contender, whatever its exit code, and return its wall and processor seconds, or `STOPPED`."""
    ended = whole.run(contender.command, root, contender.env, patience)
    if not ended:
        return STOPPED
    if "Traceback" in ended.said:
        print(f"{contender.name} fell: {ended.said.splitlines()[-1]}")
    return ended.seconds, ended.processor


def table(times: Times, size: int, patience: float) -> None:
    """Print the medians."""
    print(f"\n| {size:,} requirements: seconds (of processor) | {' | '.join(WHEN)} |\n|---|--:|--:|--:|")
    for name in dict.fromkeys(name for name, _ in times):
        cells = (_cell(times.get((name, when), []), patience) for when in WHEN)
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _cell(seconds: list[tuple[float, float]], patience: float) -> str:
    if not seconds:
        return "–"
    if STOPPED in seconds:
        return f"over {patience:.0f}, stopped"
    wall, processor = (statistics.median(each) for each in zip(*seconds, strict=True))
    return f"{wall:.2f} ({processor:.2f})"


if __name__ == "__main__":
    main()
