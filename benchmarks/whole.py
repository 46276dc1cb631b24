"""A whole process, measured from outside, and stopped with all its children when patience ends."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ended:
    """What a process took, in seconds of wall and of processor time, its exit code, and its complaints."""

    seconds: float
    processor: float
    code: int
    said: str


def run(command: Sequence[str], root: Path, env: Mapping[str, str], patience: float) -> Ended | None:
    """Run a command in a folder, with compiled modules kept; None if it had to be stopped."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = _processor(), time.perf_counter()
    running = subprocess.Popen(
        command,
        cwd=root,
        env={**kept, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _, said = running.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        return None
    seconds = time.perf_counter() - started
    return Ended(seconds, _processor() - before, running.returncode, said.strip())


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
