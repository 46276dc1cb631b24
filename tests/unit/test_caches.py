"""The caches of the sources: which are bounded."""

from __future__ import annotations

import ast

import pytest

from tenhats.facts.caches import Cache, Caches, caches_of
from tests.unit.made_up import ask, hinted, is_not_applicable, told

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-006")


def caches(source: str) -> list[tuple[int, bool]]:
    """The line of each cache, and whether it is bounded."""
    found = caches_of(ast.parse(source), "a.py", {"bool", "Literal", "Colour"})
    return [(each.line, each.is_bounded) for each in found]


@pytest.mark.parametrize(
    ("source", "bounded"),
    [
        ("import functools\n@functools.cache\ndef f(a): ...", False),
        ("from functools import lru_cache as c\n@c(maxsize=None)\ndef f(a: str): ...", False),
        ("from functools import lru_cache\n@lru_cache(None)\ndef f(a): ...", False),
        ("from functools import lru_cache\n@lru_cache\ndef f(a): ...", True),
        ("from functools import lru_cache\n@lru_cache(maxsize=8)\ndef f(a): ...", True),
        ("from functools import cache\n@cache\ndef f(): ...", True),
        ("from functools import cache\n@cache\ndef f(a: bool, b: Colour | None): ...", True),
        ("from cachetools import cached\n@cached({})\ndef f(a): ...", False),
        ("from cachetools import cached, LRUCache\n@cached(LRUCache(9))\ndef f(a): ...", True),
        ("#\n_cache = {}\ndef f(a):\n    _cache[a] = 1", False),
        ("#\n_cache = {}\ndef f(a):\n    _cache[a] = 1\n    _cache.pop(0)", True),
        ("#\n_cache: dict[type, int] = {}\ndef f(a):\n    _cache[a] = 1", None),
        ("#\n_cache = {}\ndef f(a):\n    return _cache[a]", None),
        ("from mine import cache\n@cache\ndef f(a): ...", None),
    ],
)
def test_which_caches_are_bounded(source: str, bounded: bool | None) -> None:
    """A cache with a size, of few arguments, or that something is taken out of; None for what is no cache."""
    assert ([] if bounded is None else [(2, bounded)]) == caches(source)


def test_an_unbounded_cache_is_found() -> None:
    """And one that nobody sees go stale is advice."""
    first = Cache("a.py", 3, "f", "function", is_bounded=False)
    second = Cache("a.py", 9, "g", "function", is_bounded=True, reads="open")
    found = ask("PRF003", Caches((first, second)))

    assert [("a.py", 3, "the cache of f is never full: it grows for ever")] == told(found)
    assert [("a.py", 9)] == [each[:2] for each in hinted(found)]
    assert is_not_applicable(ask("PRF003", Caches()))
