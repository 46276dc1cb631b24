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
    r"(?<!even)(?<!only)(?<!except)(?<!determine)(?<!check)(?<!verify)(?<!decide)(?<!know)(?<!see)"
    r",? (when|while|if) (?!possible|necessary|needed|appropriate|required|desired|not\b)",
    re.IGNORECASE,
)
_POSSIBLY = re.compile(r"(?:might|may|can|could|would)\b (?:also |only |then )?be\b", re.IGNORECASE)
_DONE = re.compile(
    r"can be (?:\w{1,30}(?:ed|en|wn|ght)|done|put|cut|set|sent|kept|built|left|met|read|run)\b", re.IGNORECASE
)
_NO_SUBJECT = re.compile(
    r"(?:^|[\s,])(?:that|which|who|whom|where|what|how|why|whether|because|so|as|than|this|these|it|they|he|she)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:that|which|who|where|when|if|so|is|are|has|have)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:^|\s)(?:users?|admins?|administrators?|developers?|customers?|clients?|visitors?|members?|players?|owners?|"
    r"operators?|drivers?|editors?|authors?|reviewers?|managers?|maintainers?|guests?|people|anyone|everyone|nobody|"
    r"adopters?|contributors?|employees?|teachers?|students?|creators?|buyers?|sellers?)$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:[-*+>]\s{1,4})?(?:\*\*[^*\n]{1,80}\*\*:?|[\w-]{1,20}:)\s{1,4}")
LONGEST = 400
_LONGEST_FIX = 160


@dataclass(frozen=True)
class Shape:
    """What a sentence is by EARS: its pattern, and whether it says MUST or SHALL after its condition."""

    pattern: str
    obliges: bool


def shape_of(sentence: str) -> Shape:
    """The EARS pattern of a sentence."""
    text = sentence.strip()[:LONGEST]
    duty = _OBLIGATION.search(text)
    before = text[: duty.start()] if duty else text
    if text[:6].lower().startswith(tuple(_OPENING)):
        kinds = [_OPENING[found[1].lower()] for found in _CONDITION.finditer(before)]
        if kinds:
            return Shape(kinds[0] if len(kinds) == 1 else "complex", obliges=duty is not None)
    return Shape("ubiquitous", obliges=duty is not None)


def nearest(sentence: str) -> str | None:
    """The sentence as EARS has it; None if it is too unlike it, or if that would be a guess.

    Its condition comes first, MUST stands for the weaker word, and what a person can do is what the
    system must let that person do. A sentence without a subject is about the system.
    """
    if len(sentence) > LONGEST:
        return None
    text = " ".join(sentence.split()).rstrip(".")
    text = _LABEL.sub("", text)
    if not text or "(" in text or "|" in text or text.endswith(":"):
        return None
    weak = _WEAK.search(text)
    if weak and not _OBLIGATION.search(text):
        text = _obliging(text, weak) or ""
    duty = _OBLIGATION.search(text)
    if not duty:
        return None
    late = _TRAILING.search(text, duty.end())
    if late and shape_of(text).pattern == "ubiquitous":
        word = late[1].capitalize()
        response, trigger = text[: late.start()], text[late.end() :]
        then = "then " if word == "If" else ""
        text = f"{word} {trigger}, {then}{_uncapitalised(response)}"
    text = f"{text[:1].upper()}{text[1:]}."
    return text if len(text) <= _LONGEST_FIX else None


def _obliging(text: str, weak: re.Match[str]) -> str | None:
    """The text with MUST for its weak modal, said of the system."""
    conditional = shape_of(text).pattern != "ubiquitous"
    begin = text.rfind(", ", 0, weak.start()) + 2 if conditional and ", " in text[: weak.start()] else 0
    condition, subject, rest = text[:begin], text[begin : weak.start()].rstrip(), text[weak.end() :]
    able = weak[0].lower() in {"can", "could", "may", "might"}
    possibly = _POSSIBLY.match(text, weak.start())
    if _NO_SUBJECT.search(subject) or (able and _CLAUSE.search(subject)):
        return None
    if able and possibly and not _DONE.match(text, weak.start()):
        return None
    system = "the system MUST" if condition else "The system MUST"
    if not subject:
        return f"{condition}{system}{rest}"
    if able and not possibly and _PERSON.search(subject):
        return f"{condition}{system} let {_uncapitalised(subject)}{rest}"
    return f"{condition}{subject} MUST{rest}"


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
