"""What a program says of itself when it is asked for `--help`: its options and its commands.

The shapes of argparse, of click, and of typer with its boxes, and what looks like one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPTION = re.compile(r"(?<![\w-])--?[A-Za-z0-9?](?:[\w.-]{0,60}\w)?")
_BOX = re.compile(r"[│┃|╭╮╰╯─━┏┓┗┛]")
_TITLE = re.compile(r"(?P<title>[A-Za-z][\w ,/&-]{0,60}):?[ \t]*$")
_COMMANDS = re.compile(r"(?:sub-?)?commands\b|.{0,30}\bcommands$|(?:sub-?)parsers$", re.IGNORECASE)
_CHOICES = re.compile(r"\{([\w.,-]{1,2000})\}[ \t]{0,3}\.\.\.")
_COMMAND = re.compile(r"([a-z0-9][\w.:-]{0,60})\*?(?:[ \t]{2,}|,[ \t]|[ \t]*$|[ \t]\()")
_SPLIT = re.compile(r"[ \t]{2,}")
_DEEPEST = 10
"""What is indented further is help that goes on, and begins no option."""


@dataclass(frozen=True)
class Option:
    """An option by all its names, as in `-n, --name`, and what is said of it on its line."""

    names: tuple[str, ...]
    words: str = ""

    @property
    def name(self) -> str:
        """The name by which people know it: the first long one, else the first."""
        return next((each for each in self.names if each.startswith("--")), self.names[0])


@dataclass(frozen=True)
class Help:
    """The options and commands of a program; every word that looks like an option, wherever it stands.

    `is_open` if something may follow that is not the program's own to understand, `is_strict` if only the
    commands that are listed can.
    """

    options: tuple[Option, ...] = ()
    commands: tuple[str, ...] = ()
    mentioned: frozenset[str] = frozenset()
    is_open: bool = False
    is_strict: bool = False


def read_help(text: str) -> Help | None:
    """Read it; None if it has no usage, and so is no help in one of the known shapes."""
    lines = [_plain(line) for line in text.splitlines()]
    usage = " ".join(_usage(lines))
    if not usage:
        return None
    listed = tuple(dict.fromkeys(_commands(lines)))
    chosen = _CHOICES.search(usage)
    # Where argparse shows its commands in braces, what is listed with them may be anything.
    commands = tuple(chosen[1].split(",")) if chosen else listed
    is_group = bool(chosen) or "COMMAND [ARGS]" in usage
    return Help(
        tuple(dict.fromkeys(_options(lines))),
        commands if is_group or listed else (),
        frozenset(_OPTION.findall(text)),
        "..." in usage and not is_group,
        is_group and bool(commands),
    )


def _plain(line: str) -> str:
    """A line without the box around it; what stands in the upper edge is the title of a section."""
    bare = _BOX.sub(" ", line).expandtabs(8).rstrip()
    return f"{bare.strip()}:" if line.startswith(("╭", "┏")) and bare else bare


def _usage(lines: list[str]) -> Iterator[str]:
    """The usage, which may go on in lines that are indented."""
    begun = False
    for line in lines:
        bare = line.strip()
        if not begun and bare.lower().startswith("usage:"):
            begun = True
            yield bare
        elif begun and (not bare or not line.startswith(" ")):
            return
        elif begun:
            yield bare


def _options(lines: list[str]) -> Iterator[Option]:
    for line in lines:
        text = line.strip().removeprefix("*").strip()
        if not text.startswith("-") or len(line) - len(line.lstrip()) > _DEEPEST:
            continue
        names: list[str] = []
        words = ""
        for piece in _SPLIT.split(text):
            found = _OPTION.findall(piece) if piece.startswith(("-", "/ -")) else []
            if not found and not (piece.isupper() or piece.startswith(("<", "["))):
                words = piece
                break
            names += found
        if names:
            yield Option(tuple(dict.fromkeys(names)), words)


def _commands(lines: list[str]) -> Iterator[str]:
    """The names that stand first on the lines of a section whose title speaks of commands."""
    inside, depth = False, 0
    for line in lines:
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        titled = _TITLE.match(bare)
        if bare and titled and (indent <= 1 and (bare.endswith(":") or indent == 1 or not inside)):
            inside, depth = bool(_COMMANDS.match(titled["title"].strip())), 0
        elif inside and bare:
            depth = depth or indent
            found = _COMMAND.match(bare) if indent == depth else None
            if found:
                yield found[1]
