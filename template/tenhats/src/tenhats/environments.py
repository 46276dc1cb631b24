"""The two environments: one for the gate tools, one in which the project itself is installed.

The tools must never bind what the project may use, so they live apart. Each environment is made
once and again only when what it is made of changes. This module runs before any tool is
installed: it knows nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tenhats import processes
from tenhats.errors import Unavailable

_STAMP = "tenhats-made-of.json"
_PATIENCE = 900.0


class NotMade(Exception):
    """An environment could not be made; the message holds the installer's own last words."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment: where it is, what is installed, which folders it also imports."""

    folder: Path
    requirements: tuple[str, ...]
    constraints: Path | None = None
    imports: Path | None = None
    made_of: str = ""

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def scripts(self) -> Path:
        """The folder of the environment's programs."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def stamp(self) -> str:
        """What the environment is made of, as a digest."""
        pinned = self.constraints.read_text(encoding="utf-8") if self.constraints else ""
        recipe = [sys.version, str(self.folder), self.requirements, pinned, self.made_of]
        return hashlib.sha256(json.dumps(recipe).encode()).hexdigest()

    @property
    def is_made(self) -> bool:
        """Whether it stands, whole, and is made of what it should be."""
        with contextlib.suppress(OSError):
            return (self.folder / _STAMP).read_text() == self.stamp and self.python.exists()
        return False


def make(environment: Environment, *, root: Path, say: Callable[[str], None]) -> None:
    """Make `environment` if it does not stand yet; uv does it where there is one, else pip.

    Raises:
        NotMade: if the installer failed; a half-made environment is removed.
    """
    if environment.is_made:
        return
    with _locked(environment.folder):
        if environment.is_made:
            return
        say(f"making {environment.folder.relative_to(root)} (once)")
        shutil.rmtree(environment.folder, ignore_errors=True)
        try:
            for command in _commands(environment):
                _install(command, root)
            if environment.imports:
                _import_from(environment)
            (environment.folder / _STAMP).write_text(environment.stamp)
        except BaseException:
            shutil.rmtree(environment.folder, ignore_errors=True)
            raise


def _commands(environment: Environment) -> list[list[str]]:
    pinned = ["-c", str(environment.constraints)] if environment.constraints else []
    what = [*pinned, *environment.requirements]
    python, folder = str(environment.python), str(environment.folder)
    if uv := shutil.which("uv"):
        return [
            [uv, "venv", "--quiet", "--python", sys.executable, folder],
            [uv, "pip", "install", "--quiet", "--python", python, *what],
        ]
    return [
        [sys.executable, "-m", "venv", folder],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what],
    ]


def _install(command: Sequence[str], root: Path) -> None:
    try:
        done = processes.run(command, cwd=root, timeout=_PATIENCE)
    except (Unavailable, processes.TimedOut) as error:
        raise NotMade(str(error)) from None
    if done.code:
        words = [line.strip() for line in (done.err or done.out).splitlines() if line.strip()]
        raise NotMade(" / ".join(words[-6:]) or f"{command[0]} ended with {done.code}")


def _import_from(environment: Environment) -> None:
    """A .pth file does what an editable install does, and needs no build backend for it."""
    places = [*environment.folder.glob("lib/*/site-packages"), environment.folder / "Lib/site-packages"]
    for place in places:
        if place.is_dir():
            (place / "tenhats.pth").write_text(f"{environment.imports}\n", encoding="utf-8")


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time make the environment; a lock whose owner is gone does not count."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = folder.with_name(f"{folder.name}.lock")
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            if _is_stale(lock):
                lock.unlink(missing_ok=True)
            elif time.monotonic() > until:
                raise NotMade(f"another run has held {lock} too long; remove it") from None
            else:
                time.sleep(0.2)
            continue
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        break
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _is_stale(lock: Path) -> bool:
    try:
        owner = int(lock.read_text() or 0)
        age = time.time() - lock.stat().st_mtime
    except (OSError, ValueError):
        return False
    if not owner:
        return age > 5
    if os.name == "nt":
        return age > _PATIENCE
    try:
        os.kill(owner, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
