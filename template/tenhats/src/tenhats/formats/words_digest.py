"""The words of a requirement, without what does not change their meaning, and a short digest of them.

What has been reviewed, or proven, is remembered by this digest: that a line was wrapped anew, or a word set
in bold, makes nobody look again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from tenhats.formats.model import Requirement, Scenario

_CODE = re.compile(r"`([^`\n]*)`")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)")
_AT_ENDS = " .,;:!?。、；：！？"
_LENGTH = 16


def normalised(text: str) -> str:
    """The words that count: no emphasis, white space as one space, lower case, no punctuation at the ends.

    What stands in `code` is kept to the letter, because there a capital or an asterisk means something.
    """
    parts = _CODE.split(" ".join(text.split()))
    parts[::2] = [_EMPHASIS.sub("", part).casefold() for part in parts[::2]]
    return " ".join("`".join(parts).strip(_AT_ENDS).split())


def words_digest(promise: Requirement | Scenario) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of a requirement's or scenario's normalised words."""
    return hashlib.sha256(normalised(promise.text).encode("utf-8", "replace")).hexdigest()[:_LENGTH]


def digests_of(promises: Iterable[Requirement | Scenario], feature: str) -> dict[str, str]:
    """The digests of a feature's promises, by their names without the feature's."""
    return {each.name.removeprefix(f"{feature}/"): words_digest(each) for each in promises}
