"""Whether a pronoun can stand for more than one thing: by counting what stands before it.

No grammar is read. On ReqEval 2020 what is told of is nocuous in 7 of 10 cases, so it only advises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tenhats.prose.lexicon import Lexicon

_DETERMINERS = frozenset({"this", "these", "those", "such"})
_ONE, _MANY = frozenset({"it"}), frozenset({"they", "them"})
_PERSON = frozenset({"he", "she", "him"})
_MODALS = "must|shall|should|will|would|may|might|can"
_SAID_OF_NOTHING = (
    "possible|impossible|necessary|unnecessary|important|required|desirable|desired|useful|recommended|expected|"
    "sufficient|allowed|permitted|feasible|advisable|essential|easy|hard|difficult|clear|likely|unlikely|known|"
    "assumed|noted|preferable|acceptable|ensured|guaranteed"
)
_EXPLETIVE = re.compile(
    rf"(?:(?:{_MODALS}) )?(?:not )?(?:be|is|was|becomes|remains|seems) (?:\w+ly )?(?:{_SAID_OF_NOTHING})\b"
)
_ROLE = re.compile(r"\w{2,30}(?:er|or|ist|man|yee|ant)$|\w{0,30}(?:user|admin|person|client|guest)$")
_AFTER_A_PRONOUN = frozenset(
    [
        "",
        "is",
        "are",
        "was",
        "were",
        "must",
        "shall",
        "should",
        "will",
        "can",
        "may",
        "has",
        "have",
        "to",
        "and",
    ]
)


def is_vague(pronoun: str, before: Sequence[str], after: Sequence[str], lists: Lexicon) -> bool:
    """Whether a pronoun has nothing to stand for, or too much.

    “this report” is no pronoun, and in “it is possible to” nothing is meant. “it” is told of if two
    things before it have an article, “they” if three words before it are plural, “he” unless one role
    is named.

    Args:
        pronoun: The pronoun, in lower case.
        before: The words before it in its sentence.
        after: The next few words.
        lists: The lists of its language.
    """
    if pronoun in _DETERMINERS:
        return (after[0] if after else "") in _AFTER_A_PRONOUN
    if pronoun in _MANY:
        return sum(len(word) > 3 and word.endswith("s") for word in before) >= 3
    if pronoun in _PERSON:
        return len({word for word in before if _ROLE.match(word)} - lists.things) != 1
    if pronoun in _ONE:
        if _EXPLETIVE.match(" ".join(after)):
            return False
        return not before or len({pair for pair in pairwise(before) if pair[0] in lists.articles}) >= 2
    return True
