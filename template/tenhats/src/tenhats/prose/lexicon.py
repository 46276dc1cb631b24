"""The word lists, one file a language, made ready to be looked up in one pass over a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

LANGUAGES = ("de", "en", "es", "fr", "ja", "ko", "zh")

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BETWEEN = " ,\t\n\r"
_COMMON = frozenset(
    [
        "and",
        "or",
        "the",
        "to",
        "must",
        "shall",
        "be",
        "in",
        "is",
        "as",
        "if",
        "of",
        "a",
        "an",
        "for",
        "by",
        "at",
        "when",
        "it",
        "that",
        "with",
        "und",
        "oder",
        "die",
        "der",
        "et",
        "la",
        "de",
        "y",
        "o",
        "el",
        "los",
    ]
)

_GROUPS = (
    "obligations",  # what makes a sentence oblige
    "advised",  # the weak modals that are meant to
    "ably",  # a weak modal only where nothing before it obliges
    "exempting",  # after these no modal is weak: “only admins may”
    "negating",  # those of them that may stand further away
    "conditional",  # what opens a condition
    "attributive",  # “when required”, but “when required fields are missing”
    "glue",  # what a noun does not begin with
    "verbs",  # adjectives that are verbs before what is quoted: “clear `cache`”
    "stative",  # “may exist” tells what there is; it permits nothing
    "purposeful",  # after “to”: what for
    "completed",  # what a “to” belongs to: “designed to”
    "fillers",  # they ask for nothing that is not asked for anyway
    "sufficing",  # decided in a condition: “if the user has enough credits”
    "asking",  # what opens a question inside a sentence
    "joining",  # what joins two main clauses
    "subordinating",  # what opens a clause that hangs on another
    "enumerated",  # the size among others: “small, medium and large”
    "articles",  # what a thing has that “it” can stand for
    "things",  # they end as those do who act: “door”, “server”
    "proper",  # products that are common words unless they have a capital letter
    "capitals",  # abbreviations that are written in capitals and are smells none the less
    "pairs",  # “of two, the higher” is compared
    "relative",  # what opens a clause that says which
    "reference",  # what a comparative compares by
    "participles",  # those that do not end in “-ed”
)


class Word(NamedTuple):
    """A word of a text: its letters in lower case, as it is written, and where it begins."""

    letters: str
    written: str
    start: int

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.written)


class Phrase(NamedTuple):
    """An entry of a list: its words, what must stand between them (`/` in “and/or”), and its kind."""

    letters: tuple[str, ...]
    between: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Hit:
    """An entry of a list that stands in a text: its kind, and the first and last word of it."""

    kind: str
    start: int
    end: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Lexicon:
    """The lists of one language."""

    phrases: dict[str | tuple[str, str], tuple[Phrase, ...]]
    openings: frozenset[str]
    triggers: dict[str, frozenset[frozenset[str]]]
    anywhere: re.Pattern[str] | None
    kind_of: dict[str, str]
    obligations: frozenset[str]
    advised: frozenset[str]
    ably: frozenset[str]
    exempting: frozenset[str]
    negating: frozenset[str]
    conditional: frozenset[str]
    attributive: frozenset[str]
    glue: frozenset[str]
    verbs: frozenset[str]
    stative: frozenset[str]
    purposeful: frozenset[str]
    completed: frozenset[str]
    fillers: frozenset[str]
    sufficing: frozenset[str]
    asking: frozenset[str]
    joining: frozenset[str]
    subordinating: frozenset[str]
    articles: frozenset[str]
    things: frozenset[str]
    enumerated: frozenset[str]
    proper: frozenset[str]
    capitals: frozenset[str]
    pairs: frozenset[str]
    relative: frozenset[str]
    reference: frozenset[str]
    participles: frozenset[str]
    not_after: dict[str, frozenset[str]]
    not_before: dict[str, frozenset[str]]

    def may_stand_in(self, letters: frozenset[str]) -> bool:
        """Whether all words of some entry, in whatever order, are among those of a text."""
        if self.anywhere:
            return True
        return any(
            whole <= letters for word in letters if word in self.triggers for whole in self.triggers[word]
        )

    def hits(self, prose: str, words: list[Word]) -> Iterator[Hit]:
        """Every entry that stands in the text; where several begin, or lie within, the longest."""
        if self.anywhere:
            for found in self.anywhere.finditer(prose):
                before, after = self.not_after.get(found[0], ()), self.not_before.get(found[0], ())
                if not prose.endswith(tuple(before), 0, found.start()) and not prose.startswith(
                    tuple(after), found.end()
                ):
                    yield Hit(self.kind_of[found[0]], found.start(), found.end())
            return
        until = -1
        for index, word in enumerate(words):
            if index <= until or word.letters not in self.openings:
                continue
            following = words[index + 1].letters if index + 1 < len(words) else ""
            for phrase in (
                *self.phrases.get((word.letters, following), ()),
                *self.phrases.get(word.letters, ()),
            ):
                last = index + len(phrase.letters) - 1
                if self._stands(phrase, words, index, prose) and not self._excused(words, index, last):
                    yield Hit(phrase.kind, word.start, words[last].end, index, last)
                    until = last
                    break

    def _stands(self, phrase: Phrase, words: list[Word], index: int, prose: str) -> bool:
        if index + len(phrase.letters) > len(words):
            return False
        for offset, between in enumerate(phrase.between, index + 1):
            if words[offset].letters != phrase.letters[offset - index]:
                return False
            if prose[words[offset - 1].end : words[offset].start].strip(_BETWEEN) != between:
                return False
        return True

    def _excused(self, words: list[Word], first: int, last: int) -> bool:
        letters = " ".join(word.letters for word in words[first : last + 1])
        before = words[first - 1].letters if first else ""
        after = words[last + 1].letters if last + 1 < len(words) else ""
        return before in self.not_after.get(letters, ()) or after in self.not_before.get(letters, ())


def words_of(prose: str) -> list[Word]:
    """The words of a text; what stands between hyphens is one word."""
    return [
        Word(found[0].lower().replace("’", "'"), found[0], found.start()) for found in _WORD.finditer(prose)
    ]


def letters_of(text: str) -> frozenset[str]:
    """Which words stand in a text at all, in lower case."""
    return frozenset(_WORD.findall(text.lower().replace("’", "'")))


@lru_cache(maxsize=16)
def lexicon(language: str) -> Lexicon:
    """The lists of a language, read once.

    Raises:
        KeyError: if there are none for it; `LANGUAGES` names those that there are.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    source = files("tenhats.prose").joinpath("words", f"{language}.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    endings = table.get("endings", [""])
    kind_of = {
        word: kind
        for kind, entries in table["words"].items()
        for entry in entries
        for word in _inflected(entry, endings)
    }
    longest_first = sorted(kind_of, key=lambda word: (-len(word), word))
    anywhere = re.compile("|".join(map(re.escape, longest_first))) if table.get("anywhere") else None
    phrases: dict[str | tuple[str, str], list[Phrase]] = {}
    triggers = {word: {frozenset[str]()} for word in ("be", *table.get("ably", ()))}
    for entry in longest_first:
        words = words_of(entry)
        letters = tuple(word.letters for word in words)
        between = tuple(entry[one.end : two.start].strip(_BETWEEN) for one, two in pairwise(words))
        first = letters[0] if len(letters) == 1 else (letters[0], letters[1])
        phrases.setdefault(first, []).append(Phrase(letters, between, kind_of[entry]))
        if "/" not in between:
            rarest = max(letters, key=lambda word: (word not in _COMMON, len(word)))
            triggers.setdefault(rarest, set()).add(frozenset(letters))
    return Lexicon(
        phrases={first: tuple(sorted(those, key=_by_length)) for first, those in phrases.items()},
        openings=frozenset(first if isinstance(first, str) else first[0] for first in phrases),
        triggers={word: frozenset(wholes) for word, wholes in triggers.items()},
        anywhere=anywhere,
        kind_of=kind_of,
        **{name: frozenset(table.get(name, ())) for name in _GROUPS},
        not_after={word: frozenset(those) for word, those in table.get("not-after", {}).items()},
        not_before={word: frozenset(those) for word, those in table.get("not-before", {}).items()},
    )


def _inflected(entry: str, endings: list[str]) -> list[str]:
    return [entry[:-1] + ending for ending in endings] if entry.endswith("~") else [entry]


def _by_length(phrase: Phrase) -> tuple[int, tuple[str, ...]]:
    return -len(phrase.letters), phrase.letters
