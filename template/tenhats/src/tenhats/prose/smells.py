"""The smells of a requirement's text: which words cannot be tested, and why.

One pass over the words: linear in the length of the text, and never an exception. What each kind
means and where it comes from stands in `kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tenhats.prose import ears, pronouns
from tenhats.prose.kinds import ADVISE, BLOCK, KINDS
from tenhats.prose.language import language_of
from tenhats.prose.lexicon import LANGUAGES, Hit, Lexicon, Word, letters_of, lexicon, words_of
from tenhats.prose.literals import blanked
from tenhats.prose.sentences import Sentences

_ID = re.compile(r"\b[A-Z]{1,6}(?:-[A-Z]{1,12})?-?\d[\w.]*")
_NUMBER = re.compile(r"\d")
_DOTS = re.compile(r"[,、，]\s?(?:\.\.\.|…)")
_OTHER_SIGNS = re.compile(rf"/o|{_DOTS.pattern}")  # and/or, an open end
_SAYING = (
    "identifying|stating|explaining|showing|indicating|naming|listing|describing|specifying|containing|saying"
)
_EXPLANATION = re.compile(rf"[^.,;()（）:：。、，]*(?:[(（:：]|\bby \w+ing\b|\b(?:{_SAYING})\b)")
_EXPLAINED_BY_WHAT_FOLLOWS = frozenset({"vague", "unmeasured", "adverb", "size"})
_NEAR = 4
_FAR = 40
_PARTICIPLE = re.compile(r"(?!need|exceed|succeed|proceed|speed|feed)\w{2,40}ed$")
_NO_PARTICIPLES = frozenset({"based", "limited", "supposed", "allowed", "related", "interested"})
_RESOLVED_BY_A_NUMBER = frozenset({"unmeasured", "size", "temporal", "comparative", "superlative", "extreme"})


@dataclass(frozen=True)
class Smell:
    """Words that cannot be tested: their kind, where they begin, and what to do.

    `aside` is said of what explains and does not oblige: in parentheses, in the next cell, in a sentence without an
    obligation beside one that has one, in a clause that hangs on one. It is said too of what the text
    goes on to explain. What stands aside never blocks.
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
    if not lists.anywhere and lists.triggers.isdisjoint(letters) and not _OTHER_SIGNS.search(text):
        return ()
    prose = blanked(text)
    return tuple(_Judge(text, prose, words_of(prose), lists, obliges=obliges).smells())


class _Judge:
    """One text under judgement."""

    def __init__(self, text: str, prose: str, words: list[Word], lists: Lexicon, *, obliges: bool) -> None:
        self.text, self.prose, self.words, self.lists = text, prose, words, lists
        self.obliges = obliges
        duties = lists.obligations | lists.advised
        self.sentences = Sentences(prose, (word.start for word in words if word.letters in duties))
        self.numbered = {self._sentence(at.start()) for at in _NUMBER.finditer(_without_ids(text))}

    def smells(self) -> Iterator[Smell]:
        """Every smell, in order."""
        hits = [*self._listed(), *self._abilities(), *self._passives(), *self._dots()]
        for hit in sorted(hits, key=lambda hit: (hit.start, hit.kind)):
            kind = KINDS[hit.kind]
            words = self.text[hit.start : hit.end].strip()
            yield Smell(hit.kind, words, hit.start, kind.source, self._fix(hit), self._aside(hit))

    def _listed(self) -> Iterator[Hit]:
        for hit in self.lists.hits(self.prose, self.words):
            if hit.kind in _RESOLVED_BY_A_NUMBER and self._sentence(hit.start) in self.numbered:
                continue
            if hit.kind == "size" and self._near(hit.last + _NEAR + 1, self.lists.enumerated, 2 * _NEAR):
                continue
            if hit.kind == "comparative" and self._compared(hit):
                continue
            if hit.kind == "pronoun" and not self._is_vague(hit):
                continue
            if hit.kind == "weak-modal" and not self.lists.anywhere:
                if self._exempt(hit.first):
                    continue
                if self._shouted(hit):
                    yield Hit("permission", hit.start, hit.end, hit.first, hit.last)
                    continue
            elif self._shouted(hit) or self._is_a_name(hit) or self._is_met(hit):
                continue
            yield hit

    def _abilities(self) -> Iterator[Hit]:
        """“can” and its like, where nothing before them in the sentence obliges."""
        if not self.obliges:
            return
        duty = -1
        for index, word in enumerate(self.words):
            if word.letters in self.lists.obligations:
                duty = self._sentence(word.start)
            elif (
                word.letters in self.lists.ably
                and duty != self._sentence(word.start)
                and not self._exempt(index)
                and self._letters(index + 1) not in {"not", "nicht"}
            ):
                yield Hit("weak-modal", word.start, word.end, index, index)

    def _passives(self) -> Iterator[Hit]:
        """“must be sent” and its like, without a “by” that says who sends."""
        for index, word in enumerate(self.words[:-2]):
            if word.letters in self.lists.obligations and self._letters(index + 1) == "be":
                done = self.words[index + 2]
                late = self._letters(index + 3) if done.letters.endswith("ly") else ""
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
            yield Hit("open-list", found.start() + 1, found.end())

    def _shouted(self, hit: Hit) -> bool:
        """“SHOULD” is a word of RFC 2119, “ETC” somebody's abbreviation: neither is the common word."""
        if self.lists.anywhere or hit.first != hit.last:
            return False
        word = self.words[hit.first]
        return len(word.written) > 1 and word.written.isupper() and word.letters not in self.lists.capitals

    def _is_a_name(self, hit: Hit) -> bool:
        """“Beginner, Intermediate, Advanced”: a capital letter inside a sentence makes a name of a word.

        A product has a name anyway; some are words too, if they are written small: “to react”.
        """
        if self.lists.anywhere or hit.first != hit.last:
            return False
        capital = self.words[hit.first].written[0].isupper()
        if hit.kind == "implementation":
            return self.words[hit.first].letters in self.lists.proper and not capital
        return capital and not self.sentences.opens(hit.start)

    def _is_met(self, hit: Hit) -> bool:
        """“when required fields are missing” is a condition; “when required” alone is a way out."""
        if hit.kind != "escape-clause" or self.lists.anywhere or hit.last + 1 >= len(self.words):
            return False
        last, after = self.words[hit.last], self.words[hit.last + 1]
        return (
            self.words[hit.first].letters in self.lists.conditional
            and last.letters in self.lists.attributive
            and after.letters not in self.lists.glue
            and self.prose[last.end : after.start].isspace()
        )

    def _hangs(self, hit: Hit) -> bool:
        """Whether a modal is in a clause that hangs on the one which obliges, or in its condition.

        “The system MUST warn of entries that may be old” obliges; “MUST warn and may stop” leaves it open.
        """
        if hit.kind != "weak-modal" or self.lists.anywhere:
            return False
        begin, end = self.sentences.around(hit.start)
        near = self.words[max(0, hit.first - _FAR) : hit.last + _FAR]
        before = [word.letters for word in near if begin <= word.start < hit.start]
        after = {word.letters for word in near if hit.end <= word.start < end}
        if before and before[0] in self.lists.conditional and not self.lists.obligations.isdisjoint(after):
            return self.lists.obligations.isdisjoint(before)
        duty = next((at for at, letters in enumerate(before) if letters in self.lists.obligations), None)
        if duty is None or before[-1] in self.lists.joining:
            return False
        return not self.lists.subordinating.isdisjoint(before[duty:])

    def _explained(self, hit: Hit) -> bool:
        """Whether the text goes on to say what is meant: “gracefully (return an empty list)”, “by …”."""
        if hit.kind not in _EXPLAINED_BY_WHAT_FOLLOWS:
            return False
        if self.lists.anywhere:
            return bool(_EXPLANATION.match(self.prose, hit.end, hit.end + _NEAR * 4))
        until = self.words[hit.last + _NEAR].end if hit.last + _NEAR < len(self.words) else len(self.prose)
        until = min(until + 2, hit.end + 80)
        return bool(_EXPLANATION.match(self.prose, hit.end, until))

    def _compared(self, hit: Hit) -> bool:
        """Whether the sentence says with what: “faster than the last release”."""
        if self.lists.anywhere:
            return False
        sentence = self._sentence(hit.start)
        for word in self.words[hit.last + 1 : hit.last + 12]:
            if self._sentence(word.start) != sentence:
                break
            if word.letters in self.lists.reference:
                return True
        return False

    def _is_vague(self, hit: Hit) -> bool:
        """Whether a pronoun has nothing to stand for, or too much."""
        if self.lists.anywhere or not self.lists.articles:
            return True
        sentence = self._sentence(hit.start)
        near = self.words[max(0, hit.first - _FAR) : hit.first]
        before = [word.letters for word in near if self._sentence(word.start) == sentence]
        after = [word.letters for word in self.words[hit.last + 1 : hit.last + 6]]
        return pronouns.is_vague(self.words[hit.first].letters, before, after, self.lists)

    def _exempt(self, index: int) -> bool:
        """Whether a modal forbids, or asks: “no caller may”, “which users may”."""
        return self._near(index, self.lists.exempting) or self._near(index, self.lists.negating, 3 * _NEAR)

    def _near(self, index: int, wanted: frozenset[str], within: int = _NEAR) -> bool:
        """Whether one of the words stands shortly before the index, in the same sentence."""
        before = self.words[max(0, index - within) : index]
        return any(
            word.letters in wanted and self._sentence(word.start) == self._sentence(before[-1].start)
            for word in before
        )

    def _letters(self, index: int) -> str:
        return self.words[index].letters if 0 <= index < len(self.words) else ""

    def _sentence(self, at: int) -> int:
        return self.sentences.of(at)

    def _aside(self, hit: Hit) -> bool:
        if self.sentences.bracketed(hit.start) or self.sentences.noted(hit.start):
            return True
        if self._explained(hit) or self._hangs(hit):
            return True
        if self.lists.anywhere:
            return False
        able = self.words[hit.first].letters in self.lists.ably and self._letters(hit.last + 1) != "be"
        modal = hit.kind == "weak-modal" and not able
        return not modal and hit.kind != "open-list" and self.sentences.explains(hit.start)

    def _fix(self, hit: Hit) -> str:
        if hit.kind == "weak-modal" and not self._aside(hit):
            begin, end = self.sentences.around(hit.start)
            sentence = self.text[begin:end]
            suggestion = None if ears.shape_of(sentence).obliges else ears.nearest(sentence)
            if suggestion:
                return f"write: {suggestion}"
        return KINDS[hit.kind].fix


def _without_ids(text: str) -> str:
    return _ID.sub(lambda found: " " * len(found[0]), text)
