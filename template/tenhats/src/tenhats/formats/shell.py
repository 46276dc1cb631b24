"""The commands that a block of the shell tells the reader to type, word by word.

Read as far as an example needs it: prompts, lines that go on, several commands on a line, quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenhats.formats.fences import Block

SHELLS = frozenset(
    {
        "sh",
        "bash",
        "shell",
        "console",
        "shell-session",
        "shellsession",
        "zsh",
        "terminal",
        "powershell",
        "pwsh",
    }
)
_PROMPT = re.compile(
    r"[ \t]*(?:\([\w.-]{1,40}\)[ \t]?)?(?:[\w.~/:@-]{0,80}[$%>]|PS [^>\n]{0,80}>)[ \t]+(?=\S)"
)
_WORD = re.compile(r"(?:[^\s\"'|&;()`]|\"[^\"\n]{0,500}\"|'[^'\n]{0,500}')+|[|&;()`]")
_ENDS = frozenset("|&;()`")
_ASSIGNED = re.compile(r"[A-Z_][A-Z0-9_]{0,60}=")
# What starts another program, with as many words of its own as are named here.
_STARTERS = {
    ("sudo",): 1, ("time",): 1, ("exec",): 1, ("uvx",): 1, ("uv", "run"): 2, ("poetry", "run"): 2,
    ("pdm", "run"): 2, ("hatch", "run"): 2, ("rye", "run"): 2, ("pipenv", "run"): 2, ("pipx", "run"): 2,
    ("pixi", "run"): 2, ("uv", "tool", "run"): 3,
}  # fmt: skip

Word = tuple[int, str]
"""A word and the line of the page that it stands on."""


def commands_of(block: Block) -> Iterator[tuple[Word, ...]]:
    """Each command of a block, without prompts, variables and what starts it, such as `uv run`.

    If a line has a prompt, the others are what was printed.
    """
    lines = list(enumerate(block.lines, block.line))
    has_prompt = any(_PROMPT.match(line) for _, line in lines)
    words: list[Word] = []
    goes_on = False
    for number, line in lines:
        prompt = _PROMPT.match(line)
        if has_prompt and not prompt and not goes_on:
            continue
        text = line[prompt.end() :] if prompt and not goes_on else line
        goes_on = text.rstrip().endswith("\\")
        words += ((number, word) for word in _words(text.rstrip().removesuffix("\\")))
        if not goes_on:
            yield from _parted(words)
            words = []
    yield from _parted(words)


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        if found[0].startswith("#"):
            return
        yield found[0]


def _parted(words: list[Word]) -> Iterator[tuple[Word, ...]]:
    """The commands among the words of one line, each without what stands before the program."""
    command: list[Word] = []
    for word in [*words, (0, ";")]:
        if word[1] not in _ENDS:
            command.append(word)
            continue
        if stripped := _stripped(command):
            yield tuple(stripped)
        command = []


def _stripped(command: list[Word]) -> list[Word]:
    while command:
        told = tuple(word for _, word in command[:3])
        skipped = next((count for start, count in _STARTERS.items() if told[: len(start)] == start), 0)
        if not skipped and _ASSIGNED.match(told[0]):
            skipped = 1
        if not skipped:
            break
        command = command[skipped:]
    return command
