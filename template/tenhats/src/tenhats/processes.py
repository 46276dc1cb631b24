"""Running other programs so that none outlives us.

Every child leads a process group of its own; `stop_all` ends the groups that still run, so that
Ctrl-C leaves nothing behind, not even a grandchild.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenhats.errors import Unavailable

_POSIX = os.name == "posix"
_running: set[subprocess.Popen[str]] = set()
_lock = threading.Lock()
_stopping = threading.Event()


@dataclass(frozen=True)
class Completed:
    """A program that has ended."""

    code: int
    out: str
    err: str

    @property
    def last_words(self) -> str:
        """The last lines it printed, for an error message."""
        lines = (self.err.strip() or self.out.strip()).splitlines()
        return " / ".join(line.strip() for line in lines[-3:])


class TimedOut(Exception):
    """A program ran longer than it may, and was stopped."""


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    given: str | None = None,
    timeout: float = 600.0,
) -> Completed:
    """Run `command` to its end and return what it printed.

    Args:
        command: The program and its arguments.
        cwd: The folder to run it in.
        env: Variables to add to the environment.
        given: What the program reads from standard input; nothing if left out.
        timeout: Seconds after which it is stopped.

    Raises:
        Unavailable: if there is no such program, or we are stopping ourselves.
        TimedOut: if it took longer than `timeout`.
    """
    if _stopping.is_set():
        raise Unavailable("stopped before it was measured")
    try:
        child = subprocess.Popen(
            list(command),
            cwd=cwd,
            env={**_without_colour(os.environ), **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=_POSIX,
        )
    except OSError as error:
        msg = f"{Path(command[0]).name} cannot be started: {error.strerror or error}"
        raise Unavailable(msg) from None
    with _lock:
        _running.add(child)
    try:
        out, err = child.communicate(given, timeout=timeout)
    except subprocess.TimeoutExpired:
        _end(child)
        raise TimedOut(f"{Path(command[0]).name} was stopped after {timeout:g} s") from None
    except BaseException:
        _end(child)
        raise
    finally:
        with _lock:
            _running.discard(child)
    return Completed(child.returncode, out, err)


def _without_colour(env: Mapping[str, str]) -> dict[str, str]:
    """What a program prints is read here and shown to nobody: it must not be made colourful."""
    return {name: value for name, value in env.items() if name not in {"FORCE_COLOR", "CLICOLOR_FORCE"}}


def tool(
    module: str,
    *arguments: str,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    given: str | None = None,
    timeout: float = 300.0,
) -> Completed:
    """Run a Python tool of the tools' own environment: `python -m module arguments`.

    Raises:
        Unavailable: if the tool is not installed there.
        TimedOut: if it took longer than `timeout`.
    """
    done = run([sys.executable, "-m", module, *arguments], cwd=cwd, env=env, given=given, timeout=timeout)
    if done.code and f"No module named {module}" in done.err:
        raise Unavailable(f"{module} is not installed: remove .tenhats/envs and run again")
    return done


def stop_all() -> None:
    """End every program that still runs, with its children, and start no more."""
    _stopping.set()
    with _lock:
        left = list(_running)
    for child in left:
        _kill(child)  # who started it is waiting for it, and reaps it


def _end(child: subprocess.Popen[str]) -> None:
    _kill(child)
    with contextlib.suppress(subprocess.TimeoutExpired, ValueError):
        child.communicate(timeout=5)


def _kill(child: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if _POSIX:
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
