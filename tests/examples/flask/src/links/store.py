"""Which address a name stands for."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST_ADDRESS = 2000
_NAME = re.compile(r"[a-z0-9-]{1,40}")


class RefusedError(ValueError):
    """A name or an address that is not kept; the message says why."""


class Store:
    """The links of one process."""

    def __init__(self, most: int) -> None:
        """Begin an empty store for so many links."""
        self._most = most
        self._links: dict[str, str] = {}

    def keep(self, name: str, address: str) -> None:
        """Let a name stand for an address.

        Raises:
            RefusedError: if the name is taken or none, the address is none, or the store is full.
        """
        if not _NAME.fullmatch(name):
            raise RefusedError("a name is 1 to 40 small letters, digits and hyphens")
        if len(address) > LONGEST_ADDRESS or urlsplit(address).scheme not in {"http", "https"}:
            raise RefusedError("an address begins with http, in at most 2000 characters")
        if name in self._links or len(self._links) >= self._most:
            raise RefusedError("this name is taken, or the store is full")
        self._links[name] = address

    def find(self, name: str) -> str | None:
        """Return the address that a name stands for, if it stands for one."""
        return self._links.get(name)

    def names(self) -> list[str]:
        """Return every name, sorted."""
        return sorted(self._links)

    def drop(self, name: str) -> bool:
        """Forget a name; return whether it was known."""
        return self._links.pop(name, None) is not None
