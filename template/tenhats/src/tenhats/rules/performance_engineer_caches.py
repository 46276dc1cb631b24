"""What the performance engineer promises of caches: they end somewhere, and do not outlive the truth."""

from __future__ import annotations

from tenhats.facts.caches import Cache, Caches
from tenhats.gates import Gate
from tenhats.rule import Findings, rule


@rule("PRF003", gate=Gate.PERFORMANCE, practice="Implements caching strategies")
def caches_are_bounded(caches: Caches) -> Findings:
    """Every cache is bounded.

    A cache that never forgets is a leak: it grows with every new argument until the process is ended. Say
    how many entries are worth their memory:

        @functools.lru_cache(maxsize=1024)
        def price_of(article: str) -> Decimal: ...

    Looked for are `functools.cache` and `lru_cache(maxsize=None)` on functions with parameters, cachetools'
    `cached` over a plain dictionary, and dictionaries of a module whose name says cache or memo, that
    functions add to, and that nothing is ever taken out of. A function whose parameters can have few values
    only, by their annotations (`bool`, `Literal`, an `Enum`, a `type`), is bounded by itself. A cache on a
    method keeps every `self` alive (ruff's B019): that is advice if it is bounded. Advice, too, is a cache of
    what can change outside, a file or a database, if no test looks at what it serves afterwards: such a test
    names the function, and `cache_clear`, `expire`, `invalidate`, `stale` or the like.
    """
    findings = Findings()
    for each in findings.over(caches.caches, nothing="there is no cache in the sources"):
        if not each.is_bounded:
            findings.add(each, f"the cache of {each.name} is never full: it grows for ever", _fix(each))
        elif each.kind == "method":
            findings.advise(each, f"the cache of {each.name} keeps every self alive", _fix(each))
        if each.reads and not each.watched:
            findings.advise(
                each,
                f"{each.name} reads what can change ({each.reads}), and no test sees its cache go stale",
                "a test that changes what it reads, calls cache_clear(), and asserts the new answer",
            )
    return findings


def _fix(cache: Cache) -> str:
    if cache.kind == "dict":
        return "put functools.lru_cache(maxsize=1024) on the function that fills it, or take entries out"
    if cache.kind == "cachetools":
        return "@cached(LRUCache(maxsize=1024))"
    if cache.kind == "method":
        return "cache a function of the module that takes what it needs: @functools.lru_cache(maxsize=1024)"
    return "@functools.lru_cache(maxsize=1024)"
