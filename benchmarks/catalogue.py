"""All mistakes that are planted into every project: ours by the gate that asks for them, then the others'."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import mistakes_in_code, mistakes_in_delivery, mistakes_in_words
from benchmarks.planting import Mistake
from benchmarks.strengths import STRENGTHS
from tenhats.gates import Gate

THEIRS = "what the others look for"

_OURS = {
    Gate.SPECIFICATIONS: mistakes_in_words.SPECIFICATIONS,
    Gate.TESTS: mistakes_in_code.TESTING,
    Gate.IMPLEMENTATION: mistakes_in_code.IMPLEMENTATION,
    Gate.DOCUMENTATION: mistakes_in_words.DOCUMENTATION,
    Gate.SECURITY: mistakes_in_delivery.SECURITY,
    Gate.PERFORMANCE: mistakes_in_code.PERFORMANCE,
    Gate.STYLE: mistakes_in_code.STYLE,
    Gate.DEPLOYMENT: mistakes_in_delivery.DEPLOYMENT,
}

CATALOGUE: dict[str, tuple[Mistake, ...]] = {
    **{f"Gate {gate.value}: {gate.label}": mistakes for gate, mistakes in _OURS.items()},
    THEIRS.capitalize(): STRENGTHS,
}
"""Mistakes by the gate of ours that is meant to see them, and at the end those of which the others think."""


def mistakes() -> Iterator[Mistake]:
    """Every mistake once."""
    for each in CATALOGUE.values():
        yield from each
