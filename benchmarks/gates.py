"""How long the gates take, beside the same tools run one after the other, and beside Copier alone.

    nox -s benchmarks            prints a table in Markdown

Every figure is the median wall time of whole processes, the things compared taking turns, so that
a machine that slows down slows all of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.world import clone_template, commit_all, render

from benchmarks.isolated import isolate

GREETING = "src/greeter/greeting.py"


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description="Measure the gates beside what they replace.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each thing is measured")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        isolate()
        template = clone_template(home / "template")
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {rounds} rounds\n")
        print("| what | seconds (median) |\n|---|---|")
        for what, seconds in rendering(home, template, rounds).items():
            print(f"| {what} | {seconds:.2f} |", flush=True)
        project = render(template, home / "project")
        commit_all(project, "start")
        print(f"| from a fresh clone to the first verdict | {timed(gates(project)):.1f} |", flush=True)
        tools = alone(project, rounds)
        for what, seconds in tools.items():
            print(f"| {what} | {seconds:.2f} |", flush=True)
        ours = [timed(gates(project), before=lambda: touch(project)) for _ in range(rounds)]
        unchanged = [timed(gates(project)) for _ in range(rounds)]
        total, slowest = sum(tools.values()), max(tools.values())
        floor = max(slowest, total / (os.cpu_count() or 1))
        warm = statistics.median(ours)
        print(f"| all these tools, one after the other | {total:.2f} |")
        print(f"| the longer of the slowest tool and the work over the cores | {floor:.2f} |")
        print(f"| `nox -s gates`, one source file changed | {warm:.2f} |")
        print(f"| `nox -s gates`, nothing changed | {statistics.median(unchanged):.2f} |")
        print(f"\nwarm / floor: {warm / floor:.2f}; warm / one after the other: {warm / total:.2f}")


def rendering(home: Path, template: Path, rounds: int) -> dict[str, float]:
    """Time `copier copy` of the template, and of as many plain files with nothing to render."""
    sample = render(template, home / "sample")
    plain = home / "plain"
    shutil.copytree(sample, plain / "template")
    (plain / "copier.yml").write_text("_subdirectory: template\n")
    commit_all(plain, "plain files")
    seconds: dict[str, list[float]] = {}
    for turn in range(rounds):
        for what, source in (
            ("copier copy of this template", template),
            ("copier copy of the same files, with nothing to render", plain),
        ):
            command = [sys.executable, "-m", "copier", "copy", "--quiet", "--defaults", "--vcs-ref=HEAD"]
            target = home / f"{source.name}-{turn}"
            seconds.setdefault(what, []).append(timed([*command, str(source), str(target)]))
    return {what: statistics.median(times) for what, times in seconds.items()}


def gates(project: Path) -> list[str]:
    """The command that a user types."""
    return [sys.executable, "-m", "nox", "--noxfile", str(project / "noxfile.py"), "-s", "gates"]


def alone(project: Path, rounds: int) -> dict[str, float]:
    """Time each tool by itself, warm, after one source file was changed."""
    tools, own = (project / ".tenhats" / "envs" / name / "bin" for name in ("tools", "project"))
    room = project / ".tenhats" / "alone"
    files = subprocess.run(["git", "ls-files"], cwd=project, capture_output=True, check=True, text=True)
    commands: Mapping[str, list[str]] = {
        "ruff check": [f"{tools}/ruff", "check", "."],
        "ruff format": [f"{tools}/ruff", "format", "--check", "."],
        "mypy --strict": [f"{own}/mypy", "--strict", "src", "tests"],
        "pytest under coverage": [
            f"{own}/coverage",
            "run",
            "--branch",
            "--source=src",
            "-m",
            "pytest",
            "-q",
            "--benchmark-skip",
        ],
        "pytest, benchmarks": [f"{own}/python", "-m", "pytest", "-q", "--benchmark-only"],
        "lint-imports": [f"{tools}/lint-imports"],
        "bandit": [f"{tools}/bandit", "-q", "-r", "src"],
        "detect-secrets": [f"{tools}/detect-secrets", "scan", *files.stdout.split()],
        "zizmor": [f"{tools}/zizmor", "--offline", ".github/workflows"],
        "mkdocs build --strict": [f"{tools}/mkdocs", "build", "--strict", "--site-dir", f"{room}/site"],
        "python -m build --wheel": [f"{tools}/python", "-m", "build", "--wheel", "--outdir", f"{room}/dist"],
        "validate-pyproject": [f"{tools}/validate-pyproject", "pyproject.toml"],
    }
    env = {"PYTHONPATH": "src", "NO_MKDOCS_2_WARNING": "1", "VALIDATE_PYPROJECT_NO_NETWORK": "1"}
    seconds: dict[str, list[float]] = {what: [] for what in commands}
    for what, command in commands.items():
        timed(command, cwd=project, env=env)
        for _ in range(rounds):
            before = lambda: touch(project)  # noqa: E731
            seconds[what].append(timed(command, cwd=project, env=env, before=before))
    return {what: statistics.median(times) for what, times in seconds.items()}


def touch(project: Path) -> None:
    """Change one source file, so that nothing kept from the last run will do."""
    path = project / GREETING
    path.write_text(path.read_text(encoding="utf-8") + f"# {time.time_ns()}\n", encoding="utf-8")


def timed(
    command: list[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> float:
    """Run a command, whatever its exit code, and return its wall time in seconds."""
    if before:
        before()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(command, cwd=cwd, env={**environment, **(env or {})}, capture_output=True, check=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
