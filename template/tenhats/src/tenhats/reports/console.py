"""A console on which text from elsewhere can do nothing to the terminal.

Words of a specification, names of files and what tools say are printed as they are, and may hold signs that
move a cursor, rename a window or hide a line. Each is shown as a picture of itself, one sign for one sign.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

_SHOWN = {
    **{sign: 0x2400 + sign for sign in range(0x20) if chr(sign) not in "\n\t"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}


class SafeConsole(Console):
    """A console that shows control characters instead of sending them."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Print as rich does; of strings and texts, the control characters are shown."""
        super().print(*map(_shown, objects), **how)


def _shown(thing: Any) -> Any:
    if isinstance(thing, str):
        return thing.translate(_SHOWN)
    if isinstance(thing, Text):
        thing.plain = thing.plain.translate(_SHOWN)
    return thing
