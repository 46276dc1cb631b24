"""The ids that requirements bear, and the ways in which people name several at once.

`FR-001`, `FR001`, `FR-1`, `FR1.1`, `FR-001a`, `FR-AUTH-01`, `FR-UX1`; `FR-001 to FR-003`, `FR-001-003`,
`FR-001/002`, `1.1-1.3`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

TRANSLATED = {"RF": "FR", "EF": "FR", "RNF": "NFR", "ENF": "NFR", "CE": "SC", "CS": "SC"}
"""Spanish, Portuguese and French: requisito funcional, exigence fonctionnelle, criterio de éxito, …"""


def alternatives(known: Iterable[str], others: Iterable[str] = TRANSLATED) -> str:
    """A pattern of the letters of ids; after the others no letter may follow at once: `RF-1`, not `RFC-1`."""
    return "|".join((*known, *(f"{each}(?![A-Z])" for each in others)))


_COMMON = ("FR", "NFR", "SC", "SEC", "PERF", "REQ")
OWN = (*_COMMON, "AC")
BMAD = (*_COMMON, "SM", "CAP", "AR", "CR", "UX-DR")
BMAD_KINDS = alternatives(BMAD)
_MOST = 300
_MOST_WRITTEN_OUT = 200_000


_DOMAIN = r"(?:-[A-Z][A-Z0-9]{0,11}(?=-))?(?:-?[A-Z]{1,8})?"
_DIGITS = r"-?\d{1,5}(?:\.\d{1,3})?[a-z]?"
_END = r"(?![A-Za-z0-9]|_[A-Za-z0-9])"


def pattern(kinds: str) -> str:
    """The pattern of one id of these kinds; its groups are `id` and `kind`."""
    return rf"(?P<id>(?P<kind>{kinds}){_DOMAIN}{_DIGITS}){_END}"


_BARE_KINDS = rf"AC|{BMAD_KINDS}"
_BARE = rf"(?:{_BARE_KINDS}){_DOMAIN}{_DIGITS}"
_TO = r"\s{0,2}(?:to|through|thru|until|bis|à|hasta|a|~|～|〜|–|—|−|→|\.{2,3}|…|-)\s{0,2}"
# Each kind begins with its letter and then looks back, so that the search leaps from letter to letter.
_ALONE = "|".join(rf"{kind[0]}(?<![A-Za-z0-9_-].){kind[1:]}" for kind in _BARE_KINDS.split("|"))
_NAMED = re.compile(
    rf"(?P<first>(?:{_ALONE}){_DOMAIN}{_DIGITS}){_END}"
    rf"(?:{_TO}(?:(?P<last>{_BARE}){_END}|(?P<digits>\d{{1,5}})(?![A-Za-z0-9_.]))"
    r"|(?P<more>(?:\s{0,2}[,/&、]\s{0,2}\d{1,5}(?![A-Za-z0-9_.%]))+))?"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<first>(?:[A-Z]{2,4}-)?\d{1,3}(?:\.\d{1,3})?)"
    rf"(?:{_TO}(?P<last>(?:[A-Z]{{2,4}}-)?\d{{1,3}}(?:\.\d{{1,3}})?))?(?![A-Za-z0-9_])"
)
_STEM = re.compile(r"(?P<stem>.*?)(?P<digits>\d{1,5})(?P<letter>[a-z]?)$")


def kind_of(letters: str) -> str:
    """The kind of requirement that an id's letters say, whatever their language."""
    return TRANSLATED.get(letters, letters)


def named_in(text: str) -> tuple[str, ...]:
    """The ids that a text names, ranges written out, each once, in order."""
    found: list[str] = []
    for match in _NAMED.finditer(text):
        first = match["first"]
        found.append(first)
        if match["last"]:
            found += _between(first, match["last"])
        elif match["digits"] and _fits(first, match["digits"]):
            found += _between(first, _with_digits(first, match["digits"]))
        elif match["more"]:
            numbers = re.findall(r"\d+", match["more"])
            if all(_fits(first, number) for number in numbers):
                found += [_with_digits(first, number) for number in numbers]
    return tuple(dict.fromkeys(found))


class Known:
    """The ids that a feature defines, for a file that says `All`, or `3` for `3.1`, `3.2` and so on.

    What stands for many ids is written out up to 200,000 ids a file: thousands of tasks that serve each of
    thousands of requirements are nobody's plan.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._all = tuple(dict.fromkeys(names))
        self._names = frozenset(self._all)
        self._under: dict[str, list[str]] = {}
        for name in self._all:
            for dot in (at for at, sign in enumerate(name) if sign == "."):
                self._under.setdefault(name[:dot], []).append(name)
        self._room = _MOST_WRITTEN_OUT

    @property
    def names(self) -> Sequence[str]:
        """Every id, each once, in order."""
        return self._all

    def all(self) -> Sequence[str]:
        """Every id, if there is room for them."""
        return self.written_out(self._all)

    def meant_by(self, name: str) -> Sequence[str]:
        """The id itself if the feature defines it, else those that are under it, else the id all the same."""
        under = () if name in self._names else self.written_out(self._under.get(name, ()))
        return under or (name,)

    def written_out(self, names: Sequence[str]) -> Sequence[str]:
        """What stands for many ids, as long as there is room."""
        if len(names) > self._room:
            return ()
        self._room -= len(names)
        return names


def numbers_in(text: str, known: Known) -> tuple[str, ...]:
    """The criteria that a text names, out of those `known`: `1.1`, `2.3-2.5`, and `3` for all of 3."""
    found: list[str] = []
    for match in _NUMBER.finditer(text):
        first, last = match["first"], match["last"]
        names = [first]
        if last and ("." in first) == ("." in last):
            names += known.written_out(list(_between(first, last)))
        if last and names[-1] != last:
            names.append(last)
        for name in names:
            found += known.meant_by(name)
    return tuple(dict.fromkeys(found))


def _fits(first: str, digits: str) -> bool:
    """Whether bare digits continue an id: `FR-001, 002`, but not `FR-001, 3 times`."""
    stem = _STEM.match(first)
    return stem is not None and len(stem["digits"]) == len(digits)


def _with_digits(first: str, digits: str) -> str:
    stem = _STEM.match(first)
    return f"{stem['stem']}{digits}" if stem else digits


def _between(first: str, last: str) -> Iterator[str]:
    """What follows `first` up to `last`; only `last` if they are of different kinds or far apart."""
    start, end = _STEM.match(first), _STEM.match(last)
    if start and end and start["stem"] == end["stem"] and not (start["letter"] or end["letter"]):
        low, high = int(start["digits"]), int(end["digits"])
        width = len(start["digits"])
        if low < high <= low + _MOST:
            yield from (f"{start['stem']}{number:0{width}d}" for number in range(low + 1, high + 1))
            return
    yield last
