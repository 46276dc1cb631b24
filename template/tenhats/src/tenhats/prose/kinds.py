"""The kinds of smells, each with its source, and whether it blocks or only advises.

What blocks was chosen by measuring (`nox -s corpus`), not by taste: a kind blocks if what it marks is
nearly always what people mark. The rest is advice: worth a look, wrong too often to stop anybody.

Sources, as they are cited here:

- EARS: A. Mavin et al., “Easy Approach to Requirements Syntax”, RE 2009.
- GtWR: INCOSE Guide to Writing Requirements, version 4, 2023, rules R1 to R42.
- ISO 29148: ISO/IEC/IEEE 29148:2018, 5.2.4 to 5.2.7.
- Femmer: H. Femmer et al., “Rapid quality assurance with Requirements Smells”, JSS 123, 2017.
- SREE: S. F. Tjong, D. M. Berry, “The design of SREE”, REFSQ 2013.
"""

from __future__ import annotations

from dataclasses import dataclass

BLOCK, ADVISE, OFF = "block", "advise", "off"
LEVELS = (BLOCK, ADVISE, OFF)


@dataclass(frozen=True)
class Kind:
    """A kind of smell: the rule it belongs to, its level unless a team chooses another, what to do."""

    name: str
    code: str
    level: str
    source: str
    wrong: str
    fix: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "weak-modal",
            "SPC010",
            BLOCK,
            "ISO 29148 5.2.4; GtWR R1",
            "does not oblige",
            "say MUST, or leave it out",
        ),
        Kind(
            "permission",
            "SPC010",
            ADVISE,
            "ISO 29148 5.2.4; GtWR R1",
            "allows more than one outcome",
            "say what MUST happen, and when",
        ),
        Kind(
            "escape-clause",
            "SPC010",
            BLOCK,
            "GtWR R8; Femmer: loopholes; ISO 29148 5.2.7",
            "is a way out",
            "name the condition: When <trigger>, the system MUST <response>",
        ),
        Kind(
            "ability",
            "SPC010",
            OFF,
            "GtWR R10",
            "asks to be able, not to do",
            "leave it out: the system MUST <verb>",
        ),
        Kind(
            "vague",
            "SPC011",
            BLOCK,
            "GtWR R7; Femmer: subjective language; ISO 29148 5.2.7",
            "means something else to everybody",
            "say which, how many, or by whose measure",
        ),
        Kind(
            "unmeasured",
            "SPC011",
            BLOCK,
            "GtWR R34; Femmer: non-verifiable terms; ISO 29148 5.2.7",
            "has no number",
            "say how much, in which unit",
        ),
        Kind(
            "adverb",
            "SPC011",
            BLOCK,
            "GtWR R7; Femmer: ambiguous adverbs; ISO 29148 5.2.7",
            "cannot be decided by a test",
            "say when, how often or within what limits",
        ),
        Kind(
            "indefinite",
            "SPC011",
            BLOCK,
            "GtWR R7; ISO 29148 5.2.7",
            "does not say which, or how many",
            "say which, or how many",
        ),
        Kind(
            "size",
            "SPC011",
            BLOCK,
            "GtWR R34; Femmer: subjective language",
            "has no number",
            "say how much, in which unit",
        ),
        Kind(
            "comparative",
            "SPC011",
            BLOCK,
            "Femmer: comparatives; ISO 29148 5.2.7",
            "is compared with nothing",
            "say than what, and by how much",
        ),
        Kind(
            "superlative",
            "SPC011",
            BLOCK,
            "Femmer: superlatives; ISO 29148 5.2.7",
            "is the most of nothing named",
            "say among which, and by which measure",
        ),
        Kind(
            "extreme",
            "SPC011",
            ADVISE,
            "Femmer: superlatives; ISO 29148 5.2.7",
            "is the most of nothing named",
            "say among which, and by which measure",
        ),
        Kind(
            "unspecific",
            "SPC011",
            ADVISE,
            "GtWR R7; Tjong and Berry: SREE",
            "can be read in more than one way",
            "say which, or what a test would see",
        ),
        Kind(
            "absolute",
            "SPC011",
            OFF,
            "GtWR R26",
            "allows no exception",
            "say within what limits",
        ),
        Kind(
            "temporal",
            "SPC011",
            ADVISE,
            "GtWR R35",
            "names no time",
            "say within how many seconds",
        ),
        Kind(
            "open-list",
            "SPC012",
            BLOCK,
            "GtWR R9; Femmer: open-ended terms; ISO 29148 5.2.7",
            "leaves the list open",
            "name every member, or the rule that decides who is one",
        ),
        Kind(
            "examples",
            "SPC012",
            ADVISE,
            "GtWR R9; ISO 29148 5.2.7",
            "gives examples, not the list",
            "name every member, or put the examples elsewhere",
        ),
        Kind(
            "and-or",
            "SPC012",
            ADVISE,
            "GtWR R15, R17; ISO 29148 5.2.7",
            "can be read in three ways",
            "say “and”, “or”, or “A, B or both”",
        ),
        Kind(
            "passive",
            "SPC013",
            ADVISE,
            "GtWR R2; ISO 29148 5.2.4; EARS",
            "does not say who does it",
            "begin with who does it: The system MUST <response>",
        ),
        Kind(
            "pronoun",
            "SPC013",
            ADVISE,
            "GtWR R24; Femmer: vague pronouns; ISO 29148 5.2.7",
            "can stand for more than one thing",
            "repeat the noun",
        ),
        Kind(
            "purpose",
            "SPC013",
            OFF,
            "GtWR R20",
            "says why, not what",
            "put the reason beside the requirement",
        ),
        Kind(
            "negative",
            "SPC013",
            OFF,
            "GtWR R16; Femmer: negative statements",
            "says what must not happen",
            "say what happens instead, if a test can see it",
        ),
        Kind(
            "implementation",
            "SPC013",
            ADVISE,
            "GtWR R31; ISO 29148 5.2.5",
            "says how, not what",
            "say what can be observed; put the rest into plan.md",
        ),
    )
}
