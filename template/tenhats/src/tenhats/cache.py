"""Facts kept from earlier runs, so that what has not changed is not measured again.

A fact is found again only under a digest of everything it was measured from: the files it reads,
the tooling itself, the settings, the interpreter and the environments. Nothing is kept of a fact
that could not be measured, and `--strict` looks at nothing kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_MOST = 6


class Cache:
    """A folder of kept facts, one small file a fact and digest."""

    def __init__(self, folder: Path, *, fresh: bool = False) -> None:
        self._folder = folder
        self._fresh = fresh

    def load(self, kind: type[Any], key: str, keeps: float | None) -> Any:
        """Return the kept fact, or None if there is none, it is too old, or it is unreadable."""
        if self._fresh:
            return None
        import msgspec

        path = self._path(kind, key)
        with contextlib.suppress(OSError, msgspec.DecodeError):
            if keeps is not None and time.time() - path.stat().st_mtime > keeps:
                return None
            return msgspec.json.decode(path.read_bytes(), type=kind)
        return None

    def save(self, kind: type[Any], key: str, value: object) -> None:
        """Keep a fact; a disk that is full or read-only costs only the keeping."""
        import msgspec

        path = self._path(kind, key)
        with contextlib.suppress(OSError, UnicodeEncodeError):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(msgspec.json.encode(value))
            unfinished.replace(path)
            kept = sorted(path.parent.glob("*.json"), key=lambda file: file.stat().st_mtime)
            for old in kept[:-_MOST]:
                old.unlink(missing_ok=True)

    def _path(self, kind: type[Any], key: str) -> Path:
        return self._folder / kind.__name__ / f"{key[:32]}.json"


def digest(parts: Iterable[str]) -> str:
    """One digest of several texts, in their order."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(part.encode("utf-8", "surrogateescape"))
        sha.update(b"\0")
    return sha.hexdigest()


def tooling() -> str:
    """A digest of the tooling itself and of what runs it."""
    here = Path(__file__).parent
    sources = sorted(here.rglob("*.py"))
    return digest([sys.version, *(source.read_text(encoding="utf-8") for source in sources)])
