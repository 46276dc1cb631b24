"""The archives that a lock names, with their digests: those of uv, of Poetry, and of PEP 751."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from packaging.utils import canonicalize_name

LOCKS = ("pylock.toml", "uv.lock", "poetry.lock")
_DIGITS = 64


@dataclass(frozen=True)
class Archive:
    """A file of a distribution: where it is, or only its name, and its digest in hexadecimal."""

    url: str
    sha256: str


def archives_in(text: str) -> Mapping[str, tuple[Archive, ...]]:
    """The archives that a lock names, by `name==version`; none if it cannot be read."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}
    found: dict[str, tuple[Archive, ...]] = {}
    for package in _tables([document.get("package"), document.get("packages")]):
        key = f"{canonicalize_name(str(package.get('name')))}=={package.get('version')}"
        found[key] = found.get(key, ()) + tuple(_archives(package))
    return found


def _archives(package: Mapping[str, Any]) -> Iterator[Archive]:
    for each in _tables(package.get(part) for part in ("sdist", "archive", "wheels", "files")):
        hashes = each.get("hashes")
        digest = hashes.get("sha256") if isinstance(hashes, dict) else each.get("hash")
        url = each.get("url") or each.get("name") or each.get("file")
        bare = str(digest).removeprefix("sha256:")
        if url and len(bare) == _DIGITS:
            yield Archive(str(url), bare)


def _tables(said: Iterable[object]) -> Iterator[Mapping[str, Any]]:
    """The tables among what is said, and those in its lists."""
    for each in said:
        yield from (one for one in (each if isinstance(each, list) else [each]) if isinstance(one, dict))
