"""The prose of the requirements: the smells of each, judged once for all the rules that ask."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import msgspec

from tenhats.fact import fact
from tenhats.facts.specs import Specs
from tenhats.formats.model import Feature, Requirement
from tenhats.prose.smells import Smell, smells_of
from tenhats.shelf import NOTHING_KEPT, Shelf

_MEASURED = {"SC", "SM"}


class Judged(NamedTuple):
    """A requirement and the smells of its text, in the order in which they stand."""

    requirement: Requirement
    smells: tuple[Smell, ...] = ()


@dataclass(frozen=True)
class Prose:
    """Every requirement and success criterion of every feature, with its smells."""

    judged: tuple[Judged, ...] = ()


@fact()
def read_prose(specs: Specs, shelf: Shelf = NOTHING_KEPT) -> Prose:
    """Judge the texts of each feature; they alone decide, so a feature's smells are kept by its texts."""
    judged: list[Judged] = []
    for feature in specs.features:
        texts = [(each.text, _obliges(each, feature)) for each in feature.requirements]
        smells = shelf.had(dict[int, tuple[Smell, ...]], _digest(texts), partial(_smells, texts))
        judged += [Judged(each, smells.get(at, ())) for at, each in enumerate(feature.requirements)]
    return Prose(tuple(judged))


def _obliges(each: Requirement, feature: Feature) -> bool:
    """Whether “users can …” would be a way out: not in a measure, nor where BMAD says so what must be."""
    return each.kind not in _MEASURED and feature.format != "bmad"


def _digest(texts: list[tuple[str, bool]]) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(texts)).hexdigest()


def _smells(texts: list[tuple[str, bool]]) -> dict[int, tuple[Smell, ...]]:
    """The smells of the texts that have any, by their order."""
    found = (smells_of(text, obliges=obliges) for text, obliges in texts)
    return {at: smells for at, smells in enumerate(found) if smells}
