"""Pieces of a fact, kept from the run before, so that a change of one file costs that one file.

A fact that reads many files is made of pieces: what each file says. Its source asks the shelf for each
piece by a digest of all that the piece is made from; a piece that is not there is made. All pieces of a
fact stand in one file, under a digest of the tooling, the settings and the file itself: a file that is
of another tooling, or damaged, is as good as none.

The readers of specifications run in the project's own environment too, where msgspec is not: it is imported
only where something is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import msgspec

Piece = TypeVar("Piece")

_DIGEST = hashlib.sha256().digest_size


class Shelf:
    """The pieces of one fact. What is asked for in this run is kept for the next, and nothing else.

    Args:
        file: Where the pieces are kept; None keeps nothing.
        under: A digest of everything that all pieces depend on.
        fresh: Whether to look at nothing that was kept.
    """

    def __init__(self, file: Path | None = None, under: str = "", *, fresh: bool = False) -> None:
        self._file = file
        self._under = under.encode()
        self._before = {} if fresh or file is None else self._read(file)
        self._asked: dict[str, msgspec.Raw] = {}

    def had(self, kind: type[Piece], key: str, make: Callable[[], Piece]) -> Piece:
        """The piece kept under a digest of all that it is made from, or else the one that `make` makes."""
        if self._file is None:
            return make()
        import msgspec

        raw = self._before.get(key)
        if raw is not None:
            with contextlib.suppress(msgspec.DecodeError):
                piece = msgspec.msgpack.decode(raw, type=kind)
                self._asked[key] = raw
                return piece
        piece = make()
        with contextlib.suppress(UnicodeEncodeError):
            self._asked[key] = msgspec.Raw(msgspec.msgpack.encode(piece))
        return piece

    def keep(self) -> None:
        """Write down what was asked for; a disk that is full or read-only costs only the keeping."""
        if self._file is None or self._asked == self._before:
            return
        import msgspec

        body = msgspec.msgpack.encode(self._asked)
        unfinished = self._file.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(self._digest(body) + body)
            unfinished.replace(self._file)

    def _read(self, file: Path) -> dict[str, msgspec.Raw]:
        import msgspec

        with contextlib.suppress(OSError, msgspec.DecodeError):
            content = file.read_bytes()
            head, body = content[:_DIGEST], content[_DIGEST:]
            if head == self._digest(body):
                return msgspec.msgpack.decode(body, type=dict[str, msgspec.Raw])
        return {}

    def _digest(self, body: bytes) -> bytes:
        return hashlib.sha256(self._under + body).digest()


NOTHING_KEPT = Shelf()
"""A shelf for whoever measures a fact by hand: it remembers nothing."""
