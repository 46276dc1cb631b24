"""Whether a word tells what a duty is good for: that is worth a look, and no way out of the duty.

“MUST use an index for fast querying” is met by the index, whatever “fast” means. GtWR R20 would have
the purpose stand beside the requirement, not in it; a test looks at the rest of the sentence either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from tenhats.prose.lexicon import Hit, Lexicon

NEAR = 8
_QUALITIES = frozenset({"vague", "unmeasured"})
_DOING = re.compile(r"\w{2,40}(?:ing|[ts]ion|ment|ance|ence|ity|ness)$")
_THINGS = frozenset(
    {"thing", "string", "anything", "nothing", "everything", "setting", "building", "ring", "document"}
)


def is_what_for(hit: Hit, before: Sequence[str], after: Sequence[str], lists: Lexicon) -> bool:
    """Whether the hit stands in a clause of purpose.

    “to improve readability”, “so that …”, “in parallel, to minimize the time”, “for easy navigation”: what
    comes after “for” is a purpose if it is the doing of something or a quality. “for large files” names
    the things that the duty is about, and “designed to minimize” is the duty itself.

    Args:
        hit: The words that are asked about.
        before: The words before them in their sentence, in lower case.
        after: The next words, up to where a phrase ends.
        lists: The lists of the language.
    """
    near = before[-NEAR:]
    if ("so", "that") in pairwise(near):
        return True
    if any(
        to == "to" and verb in lists.purposeful and _is_free(asking, lists)
        for asking, to, verb in zip(["", *near], near, near[1:], strict=False)
    ):
        return True
    if near[-1:] == ["to"]:
        free = _is_free(before[-2] if len(before) > 1 else "", lists)
        return free and hit.kind == "unmeasured" and not lists.obligations.isdisjoint(before[:-2])
    return (
        near[-1:] == ["for"]
        and hit.kind in _QUALITIES
        and any(_is_a_doing(word) for word in _noun(after, lists))
    )


def _is_free(asking: str, lists: Lexicon) -> bool:
    """Whether the word before “to” does not ask for it: not “able to”, “designed to”, “and to”."""
    return asking not in lists.completed | lists.joining | lists.obligations


def _noun(after: Sequence[str], lists: Lexicon) -> Iterator[str]:
    """The words that can belong to the noun: up to the next little word."""
    return takewhile(lambda word: word not in lists.glue, after[:3])


def _is_a_doing(word: str) -> bool:
    return bool(_DOING.match(word)) and word not in _THINGS
