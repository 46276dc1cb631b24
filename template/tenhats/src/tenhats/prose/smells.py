"""The smells of a requirement's text: which words cannot be tested, and why.

One pass over the words: linear in the length of the text, and never an exception. What each kind
means and where it comes from stands in `kinds`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from tenhats.prose import ears
from tenhats.prose.context import Context
from tenhats.prose.kinds import ADVISE, BLOCK, KINDS
from tenhats.prose.language import language_of
from tenhats.prose.lexicon import LANGUAGES, Hit, Lexicon, Word, letters_of, lexicon, words_of
from tenhats.prose.literals import blanked

_DOTS = re.compile(r"[,、，]\s?(?:\.\.\.|…)")
_OTHER_SIGNS = re.compile(rf"/o|{_DOTS.pattern}")  # and/or, an open end
_PARTICIPLE = re.compile(r"(?!need|exceed|succeed|proceed|speed|feed)\w{2,40}ed$")
_NO_PARTICIPLES = frozenset({"based", "limited", "supposed", "allowed", "related", "interested"})


@dataclass(frozen=True)
class Smell:
    """Words that cannot be tested: their kind, where they begin, and what to do.

    `aside` is said of what explains and does not oblige: in parentheses, in the next cell, in a
    sentence without an obligation beside one that has one, in a clause that hangs on one or says what
    it is for. It is said too of what the text goes on to explain. What stands aside never blocks.
    """

    kind: str
    words: str
    start: int
    source: str
    fix: str
    aside: bool = False

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        return f"“{self.words}” {KINDS[self.kind].wrong} ({self.source.partition(';')[0]})"

    def level(self, chosen: Mapping[str, str] | None = None) -> str:
        """Whether it blocks or advises, as the team chose for its kind or as the kind has it."""
        level = (chosen or {}).get(self.kind, KINDS[self.kind].level)
        return ADVISE if level == BLOCK and self.aside else level


def smells_of(text: str, *, obliges: bool = True, language: str | None = None) -> tuple[Smell, ...]:
    """The smells of one requirement, in the order in which they stand.

    Args:
        text: The requirement, as Markdown.
        obliges: False for a success criterion, in which “users can …” is no promise but a measure.
        language: The language it is in; found out if not given.
    """
    letters = letters_of(text)
    spoken = language or language_of(text, letters)
    if spoken not in LANGUAGES:
        return ()
    lists = lexicon(spoken)
    if not lists.may_stand_in(letters) and not _OTHER_SIGNS.search(text):
        return ()
    prose = blanked(text)
    return tuple(_Judge(text, prose, words_of(prose), lists, obliges=obliges).smells())


class _Judge:
    """One text under judgement."""

    def __init__(self, text: str, prose: str, words: list[Word], lists: Lexicon, *, obliges: bool) -> None:
        self.text, self.prose, self.words, self.lists = text, prose, words, lists
        self.obliges = obliges

    @cached_property
    def context(self) -> Context:
        """What stands around, looked at once there is something that it is to be said of."""
        return Context(self.text, self.prose, self.words, self.lists)

    def smells(self) -> Iterator[Smell]:
        """Every smell, in order."""
        hits = [*self._listed(), *self._abilities(), *self._passives(), *self._dots()]
        for hit in sorted(hits, key=lambda hit: (hit.start, hit.kind)):
            kind = KINDS[hit.kind]
            words = self.text[hit.start : hit.end].strip()
            aside = self.context.is_aside(hit)
            yield Smell(hit.kind, words, hit.start, kind.source, self._fix(hit, aside=aside), aside)

    def _listed(self) -> Iterator[Hit]:
        for hit in self.lists.hits(self.prose, self.words):
            if self.context.excuses(hit):
                continue
            if hit.kind == "weak-modal" and self.context.shouts(hit):
                yield replace(hit, kind="permission")
            elif hit.kind == "unspecific" and self.context.asks_nothing_else(hit):
                yield replace(hit, kind="adverb")
            else:
                yield hit

    def _abilities(self) -> Iterator[Hit]:
        """“can” and its like, where nothing before them in the sentence obliges."""
        if not self.obliges or self.lists.ably.isdisjoint(word.letters for word in self.words):
            return
        duty = -1
        for index, word in enumerate(self.words):
            if word.letters in self.lists.obligations:
                duty = self.context.sentences.of(word.start)
            elif (
                word.letters in self.lists.ably
                and duty != self.context.sentences.of(word.start)
                and not self.context.exempts(index)
                and self.context.letters(index + 1) not in {"not", "nicht"}
            ):
                yield Hit("weak-modal", word.start, word.end, index, index)

    def _passives(self) -> Iterator[Hit]:
        """“must be sent” and its like, without a “by” that says who sends."""
        for index, word in enumerate(self.words[:-2]):
            if word.letters in self.lists.obligations and self.words[index + 1].letters == "be":
                done = self.words[index + 2]
                late = self.context.letters(index + 3) if done.letters.endswith("ly") else ""
                last = index + 3 if late else index + 2
                done = self.words[last] if last < len(self.words) else done
                regular = _PARTICIPLE.match(done.letters) and done.letters not in _NO_PARTICIPLES
                if not regular and done.letters not in self.lists.participles:
                    continue
                following = {each.letters for each in self.words[last + 1 : last + 9]}
                if "by" not in following:
                    yield Hit("passive", self.words[index + 1].start, done.end, index + 1, last)

    def _dots(self) -> Iterator[Hit]:
        for found in _DOTS.finditer(self.prose):
            at = bisect_left(self.words, found.start(), key=lambda word: word.start) - 1
            yield Hit("open-list", found.start() + 1, found.end(), max(at, 0), max(at, 0))

    def _fix(self, hit: Hit, *, aside: bool) -> str:
        if hit.kind == "weak-modal" and not aside:
            begin, end = self.context.sentences.around(hit.start)
            sentence = self.text[begin : min(end, begin + ears.LONGEST + 1)]
            suggestion = ears.nearest(sentence)
            if suggestion and not ears.shape_of(sentence).obliges:
                return f"write: {suggestion}"
        return KINDS[hit.kind].fix
