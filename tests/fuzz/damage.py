"""How files are spoilt: each way takes a file's bytes and a source of chance, and gives other bytes."""

from __future__ import annotations

import random
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]

DEEP = 1_000
LONG = 200_000
RUNS = (
    "*",
    "_",
    "[",
    "(",
    "|",
    "-",
    " ",
    "7",
    "#",
    "`",
    ">",
    "FR-",
    "FR-001 ",
    "Given ",
    "should ",
    "“",
    "<!--",
    "\t",
)


def _truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(min(20, len(spoilt))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _remarked(content: bytes, chance: random.Random) -> bytes:
    """Marks of Markdown where other characters were; the text stays text."""
    marks = "#*-_`|[]()<>:0123456789 \n\t\r\u2028\u0085\ufeff"
    letters = list(content.decode("utf-8", "replace"))
    for _ in range((len(letters) + 29) // 30):
        letters[chance.randrange(len(letters))] = chance.choice(marks)
    return "".join(letters).encode()


def _unbalanced(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    for opening in (b"```", b"~~~~", b"<!--", b"-->", b"````md"):
        lines.insert(chance.randrange(len(lines) + 1), opening)
    return b"\n".join(lines)


def _without_newlines(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", b" ")


def _nuls(content: bytes, chance: random.Random) -> bytes:
    return b"".join(b"\0" + each if chance.random() < 0.1 else each for each in _bytes(content))


def _surrogates(content: bytes, chance: random.Random) -> bytes:
    """Half of a pair, as no UTF-8 has it."""
    at = chance.randrange(len(content) + 1)
    return content[:at] + b"\xed\xa0\x80" + content[at:]


def _mixed_ends(content: bytes, chance: random.Random) -> bytes:
    return b"".join(each + chance.choice([b"\n", b"\r\n", b"\r", b"\n\r"]) for each in content.split(b"\n"))


def _doubled(content: bytes, chance: random.Random) -> bytes:
    return content + content


def _shuffled(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _bytes(content: bytes) -> list[bytes]:
    return [content[at : at + 1] for at in range(len(content))]


def _nested(mark: bytes) -> Damage:
    """Every fifth line a thousand deep."""

    def nest(content: bytes, chance: random.Random) -> bytes:
        lines = content.split(b"\n")[:100]
        return b"\n".join(mark * DEEP + line if at % 5 == 0 else line for at, line in enumerate(lines))

    return nest


def _ever_deeper(content: bytes, chance: random.Random) -> bytes:
    """A list in a list in a list, a thousand times."""
    lines = (content.split(b"\n") * DEEP)[:DEEP]
    return b"\n".join(b" " * (depth % 400) + b"- " + line for depth, line in enumerate(lines))


def _run(mark: bytes) -> Damage:
    """A very long run of one thing, in the middle of a line or on a line of its own."""

    def insert(content: bytes, chance: random.Random) -> bytes:
        at = chance.randrange(len(content) + 1)
        return content[:at] + mark * (LONG // len(mark)) + content[at:]

    return insert


DAMAGES: dict[str, Damage] = {
    "truncated": _truncated,
    "flipped": _flipped,
    "remarked": _remarked,
    "unbalanced": _unbalanced,
    "on one line": _without_newlines,
    "with NULs": _nuls,
    "with half a pair": _surrogates,
    "with mixed line ends": _mixed_ends,
    "doubled": _doubled,
    "shuffled": _shuffled,
    "ever deeper": _ever_deeper,
    **{f"a thousand {mark}": _nested(mark.encode()) for mark in ("> ", "- ", "[", "(", "1. ", "**", "“")},
    **{f"a run of {mark}": _run(mark.encode()) for mark in RUNS},
}
"""Every way, by its name."""
