"""Facts kept from earlier runs: found under everything they were measured from, and no longer."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tenhats import cache

pytestmark = pytest.mark.req("006-verdicts/FR-002")


@dataclass(frozen=True)
class Weather:
    """A made-up fact."""

    degrees: int
    words: tuple[str, ...] = ()


def test_what_is_kept_is_found_under_its_key(tmp_path: Path) -> None:
    """The same key gives an equal fact; another gives nothing."""
    kept = cache.Cache(tmp_path)
    kept.save(Weather, "a" * 64, Weather(20, ("warm",)))
    assert kept.load(Weather, "a" * 64, None) == Weather(20, ("warm",))
    assert kept.load(Weather, "b" * 64, None) is None


def test_a_fresh_cache_finds_nothing(tmp_path: Path) -> None:
    """But it keeps."""
    cache.Cache(tmp_path, fresh=True).save(Weather, "a", Weather(20))
    assert cache.Cache(tmp_path, fresh=True).load(Weather, "a", None) is None
    assert cache.Cache(tmp_path).load(Weather, "a", None) == Weather(20)


def test_a_fact_is_kept_no_longer_than_it_keeps(tmp_path: Path) -> None:
    """An advisory of yesterday is no advisory."""
    kept = cache.Cache(tmp_path)
    kept.save(Weather, "a", Weather(20))
    assert kept.load(Weather, "a", 60.0) == Weather(20)
    long_ago = time.time() - 61
    os.utime(tmp_path / "Weather" / "a.json", (long_ago, long_ago))
    assert kept.load(Weather, "a", 60.0) is None


def test_only_the_last_few_are_kept(tmp_path: Path) -> None:
    """The folder does not grow with every save of a file."""
    kept = cache.Cache(tmp_path)
    for number in range(10):
        kept.save(Weather, f"key-{number}", Weather(number))
        os.utime(tmp_path / "Weather" / f"key-{number}.json", (number, number))
    assert len(list((tmp_path / "Weather").iterdir())) == 6
    assert kept.load(Weather, "key-9", None) == Weather(9)


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(tmp_path: Path) -> None:
    """A file where the folder should be is as bad as a full disk."""
    (tmp_path / "cache").write_text("in the way")
    kept = cache.Cache(tmp_path / "cache")
    kept.save(Weather, "a", Weather(20))
    assert kept.load(Weather, "a", None) is None
    (tmp_path / "cache").unlink()
    kept.save(Weather, "a", Weather(20))
    assert kept.load(Weather, "a", None) == Weather(20)


def test_a_digest_tells_texts_apart() -> None:
    """Order and borders count."""
    assert cache.digest(["a", "b"]) == cache.digest(["a", "b"])
    assert len({cache.digest(parts) for parts in (["a", "b"], ["b", "a"], ["ab"], ["a", "b", ""])}) == 4


def test_the_tooling_has_a_digest_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same as long as the tooling is; another has another."""
    ours = cache.tooling()
    assert cache.tooling() == ours
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cache.py"))
    assert cache.tooling() != ours
