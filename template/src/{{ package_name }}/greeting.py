"""Greetings for people, by name."""

import unicodedata

LONGEST_NAME = 100
"""How many characters a name may have."""

# Control characters, halves of surrogate pairs, and the separators of lines and of paragraphs.
_NOT_IN_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def greet(name: str) -> str:
    """Greet one person.

    Args:
        name: The person's name. White space around it is left out.

    Returns:
        One line of text, such as `Hello, Ada!`.

    Raises:
        ValueError: If the name is blank, is longer than `LONGEST_NAME`, or holds a character that
            cannot stand in a line of text. The message says which.
    """
    name = name.strip()
    if not name:
        msg = "the name is blank"
        raise ValueError(msg)
    if len(name) > LONGEST_NAME:
        msg = f"the name has {len(name)} characters; {LONGEST_NAME} are allowed"
        raise ValueError(msg)
    for character in name:
        if unicodedata.category(character) in _NOT_IN_A_LINE:
            msg = f"the name holds a character that cannot stand in a line of text: {character!a}"
            raise ValueError(msg)
    return f"Hello, {name}!"
