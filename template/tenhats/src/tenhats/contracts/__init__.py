"""Contracts: what an earlier and a present one say differently, or one and the code. Nothing is opened.

One module reads the text, one follows references, one a format compares. What they find is a `Change`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """What a contract promises differently from before, at the line where the present file has it.

    `id` is the name that the format's own tool gives such a change: oasdiff's, graphql-core's, buf's.
    One that is not `breaking` may break a client, and may not.
    """

    id: str
    path: str
    line: int
    message: str
    fix: str
    breaking: bool = True
