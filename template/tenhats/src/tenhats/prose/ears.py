"""EARS, the Easy Approach to Requirements Syntax: which pattern a sentence has, and the nearest to it.

A. Mavin, P. Wilkinson, A. Harwood, M. Novak: “Easy Approach to Requirements Syntax (EARS)”, RE 2009.
Five patterns: ubiquitous (no condition), event (When), state (While), unwanted (If … then), optional
(Where); several conditions at once are “complex”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENING = {"when": "event", "while": "state", "if": "unwanted", "where": "optional"}
_CONDITION = re.compile(r"(?:^|, ?(?:and )?)(when|while|if|where)\b", re.IGNORECASE)
_OBLIGATION = re.compile(r"\b(?:must|shall)\b", re.IGNORECASE)
_WEAK = re.compile(r"\b(?:should|might|may|can|could|would|will|ought to)\b", re.IGNORECASE)
_TRAILING = re.compile(
    r",? (when|while|if) (?!possible|necessary|needed|appropriate|required|not\b)", re.IGNORECASE
)
_LONGEST = 400
_LONGEST_FIX = 160


@dataclass(frozen=True)
class Shape:
    """What a sentence is by EARS: its pattern, and whether it says MUST or SHALL after its condition."""

    pattern: str
    obliges: bool


def shape_of(sentence: str) -> Shape:
    """The EARS pattern of a sentence."""
    text = sentence.strip()[:_LONGEST]
    duty = _OBLIGATION.search(text)
    before = text[: duty.start()] if duty else text
    if text[:6].lower().startswith(tuple(_OPENING)):
        kinds = [_OPENING[found[1].lower()] for found in _CONDITION.finditer(before)]
        if kinds:
            return Shape(kinds[0] if len(kinds) == 1 else "complex", obliges=duty is not None)
    return Shape("ubiquitous", obliges=duty is not None)


def nearest(sentence: str) -> str | None:
    """The sentence as EARS has it: its condition first, MUST for a weaker word; None if too unlike it."""
    text = " ".join(sentence[:_LONGEST].split()).rstrip(".")
    if not text or len(sentence) > _LONGEST or "(" in text:
        return None
    if not _OBLIGATION.search(text):
        text = _WEAK.sub("MUST", text, count=1)
    duty = _OBLIGATION.search(text)
    if not duty:
        return None
    late = _TRAILING.search(text, duty.end())
    if late and shape_of(text).pattern == "ubiquitous":
        word = late[1].capitalize()
        response, trigger = text[: late.start()], text[late.end() :]
        then = "then " if word == "If" else ""
        text = f"{word} {trigger}, {then}{_uncapitalised(response)}"
    text += "."
    return text if len(text) <= _LONGEST_FIX else None


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
