"""What can stop the tooling, or one fact of it, and what the user should do then."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CannotRun(Exception):
    """Nothing can be judged: bad configuration, an unknown rule, no project. Exit code 2."""


class Unavailable(Exception):
    """A fact could not be measured; the rules that need it are *unchecked*, never passed."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of an error message: the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f" Did you mean {near[0]}?" if near else ""
