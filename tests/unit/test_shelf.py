"""Pieces of a fact: had from the run before, or made, and never taken for another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tenhats.shelf import NOTHING_KEPT, Shelf

pytestmark = pytest.mark.req("006-verdicts/FR-002")


@dataclass(frozen=True)
class Leaf:
    """A made-up piece."""

    word: str
    number: int = 1


@dataclass(frozen=True)
class Twig:
    """A piece of another shape."""

    length: float


def kept_in(file: Path, *leaves: Leaf, under: str = "base") -> None:
    """Keep these leaves, each under its own word."""
    shelf = Shelf(file, under)
    for leaf in leaves:
        shelf.had(Leaf, leaf.word, partial(Leaf, leaf.word, leaf.number))
    shelf.keep()


def had_from(file: Path, word: str, *, under: str = "base", fresh: bool = False) -> Leaf:
    """The leaf of this word as a later run has it; one that had to be made has the number 0."""
    return Shelf(file, under, fresh=fresh).had(Leaf, word, lambda: Leaf(word, 0))


def test_what_was_kept_is_had_again(tmp_path: Path) -> None:
    """Under its own key; what is under no key is made."""
    kept_in(tmp_path / "leaves", Leaf("a", 7), Leaf("b", 8))
    assert had_from(tmp_path / "leaves", "a") == Leaf("a", 7)
    assert had_from(tmp_path / "leaves", "c") == Leaf("c", 0)


def test_what_was_not_asked_for_is_not_kept_longer(tmp_path: Path) -> None:
    """The file does not grow with every change; what was asked for stays."""
    file = tmp_path / "leaves"
    kept_in(file, Leaf("a", 7), Leaf("b", 8))
    kept_in(file, Leaf("a", 9))
    assert had_from(file, "a") == Leaf("a", 7)
    assert had_from(file, "b") == Leaf("b", 0)


def test_a_fresh_look_has_nothing_that_was_kept(tmp_path: Path) -> None:
    """But what it makes is kept."""
    file = tmp_path / "leaves"
    kept_in(file, Leaf("a", 7))
    assert had_from(file, "a", fresh=True) == Leaf("a", 0)
    shelf = Shelf(file, "base", fresh=True)
    shelf.had(Leaf, "a", lambda: Leaf("a", 8))
    shelf.keep()
    assert had_from(file, "a") == Leaf("a", 8)


def test_other_tooling_or_settings_have_nothing_in_common(tmp_path: Path) -> None:
    """What all pieces depend on is part of every key."""
    kept_in(tmp_path / "leaves", Leaf("a", 7), under="old")
    assert had_from(tmp_path / "leaves", "a", under="new") == Leaf("a", 0)


def _empty(content: bytes) -> bytes:
    return b""


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    return content.replace(b"\x07", b"\x09")


def _other(content: bytes) -> bytes:
    return b"x" * 100


@pytest.mark.parametrize("damage", [_empty, _half, _flipped, _other])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """Not even a number that still reads well is believed; the next run mends the file."""
    file = tmp_path / "leaves"
    kept_in(file, Leaf("a", 7))
    file.write_bytes(damage(file.read_bytes()))
    assert had_from(file, "a") == Leaf("a", 0)
    kept_in(file, Leaf("a", 8))
    assert had_from(file, "a") == Leaf("a", 8)


def test_a_piece_of_another_shape_is_made_anew(tmp_path: Path) -> None:
    """And kept in its new shape."""
    file = tmp_path / "pieces"
    kept_in(file, Leaf("a", 7))
    shelf = Shelf(file, "base")
    assert shelf.had(Twig, "a", lambda: Twig(2.5)) == Twig(2.5)
    shelf.keep()
    assert Shelf(file, "base").had(Twig, "a", lambda: Twig(0.0)) == Twig(2.5)


def test_what_cannot_be_written_costs_only_the_keeping(tmp_path: Path) -> None:
    """A file where the folder should be, and a name that is no Unicode."""
    (tmp_path / "way").write_text("in the way")
    kept_in(tmp_path / "way" / "leaves", Leaf("a"))
    file = tmp_path / "leaves"
    kept_in(file, Leaf("a", 7), Leaf("\udcff", 8))
    assert had_from(file, "a") == Leaf("a", 7)
    assert had_from(file, "\udcff") == Leaf("\udcff", 0)


def test_a_shelf_without_a_place_remembers_nothing() -> None:
    """For facts that are measured by hand."""
    assert NOTHING_KEPT.had(Leaf, "a", lambda: Leaf("a", 1)) == Leaf("a", 1)
    NOTHING_KEPT.keep()
    assert NOTHING_KEPT.had(Leaf, "a", lambda: Leaf("a", 2)) == Leaf("a", 2)
