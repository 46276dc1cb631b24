"""What differs between two archives that should be the same one: which members, and what in them."""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CONTENT, TIME, PERMISSIONS, ORDER = "content", "time stamp", "permissions", "order"
FIRST_ONLY, SECOND_ONLY = "only in the first", "only in the second"
GENERATOR, NAME, CONTAINER = "generator", "name", "container"
# What another part of the archive says of its members differs once a member does.
_FOLLOWS = (".dist-info/RECORD", ".egg-info/SOURCES.txt")


@dataclass(frozen=True)
class Difference:
    """What differs in one member; it has no name if it is the archive itself."""

    what: str
    member: str = ""


@dataclass(frozen=True)
class _Member:
    digest: str
    time: object
    mode: int
    generated_by: str = ""


def differences(first: Path, second: Path) -> tuple[Difference, ...]:
    """What differs between two wheels or two sdists; nothing if they are the same byte for byte.

    Raises:
        OSError, ValueError: if one of them cannot be read.
    """
    if first.read_bytes() == second.read_bytes():
        return ()
    try:
        before, after = _members(first), _members(second)
    except (zipfile.BadZipFile, tarfile.TarError) as error:
        raise ValueError(str(error)) from None
    found = list(_between(before, after))
    if not found and list(before) != list(after):
        found = [Difference(ORDER)]
    own = [each for each in found if not each.member.endswith(_FOLLOWS)]
    return tuple(own or found or [Difference(CONTAINER)])


def _between(before: dict[str, _Member], after: dict[str, _Member]) -> Iterator[Difference]:
    for name, old in before.items():
        new = after.get(name)
        if new is None:
            yield Difference(FIRST_ONLY, name)
        elif old.digest != new.digest:
            yield Difference(CONTENT, name)
        elif old.generated_by != new.generated_by:
            yield Difference(GENERATOR, name)
        elif old.time != new.time:
            yield Difference(TIME, name)
        elif old.mode != new.mode:
            yield Difference(PERMISSIONS, name)
    for name in after:
        if name not in before:
            yield Difference(SECOND_ONLY, name)


def _members(archive: Path) -> dict[str, _Member]:
    if archive.suffix in {".whl", ".zip"}:
        with zipfile.ZipFile(archive) as zipped:
            return {
                each.filename: _member(each.filename, zipped.read(each), each.date_time, each.external_attr)
                for each in zipped.infolist()
            }
    with tarfile.open(archive) as tarred:
        found = {}
        for each in tarred:
            held = tarred.extractfile(each) if each.isfile() else None
            content = held.read() if held else each.linkname.encode()
            found[each.name] = _member(each.name, content, each.mtime, each.mode)
        return found


def _member(name: str, content: bytes, time: object, mode: int) -> _Member:
    """A member; who generated a wheel is told apart from the rest of its `WHEEL`."""
    generator = b""
    if name.endswith(".dist-info/WHEEL"):
        lines = content.splitlines()
        generator = b"".join(line for line in lines if line.startswith(b"Generator:"))
        content = b"\n".join(line for line in lines if not line.startswith(b"Generator:"))
    return _Member(hashlib.sha256(content).hexdigest(), time, mode, generator.decode("utf-8", "replace"))
