"""What the words around a hit say of it: that it is none, or that it stands aside.

Every rule here is one of language, not of a list: a number, a name, a condition, a clause that explains.
Each looks at a bounded number of words, so that a text is judged in linear time.
"""

from __future__ import annotations

import re

from tenhats.prose import pronouns, purpose
from tenhats.prose.lexicon import Hit, Lexicon, Word
from tenhats.prose.sentences import Sentences

_ID = re.compile(r"\b[A-Z]{1,6}(?:-[A-Z]{1,12})?-?\d[\w.]*")
_NUMBER = re.compile(r"\d")
_SAYING = (
    "identifying|stating|explaining|showing|indicating|naming|listing|describing|specifying|containing|saying|"
    "consisting"
)
_EXPLANATION = re.compile(
    rf"[^.,;()（）:：。、，]*(?:[(（:：]|\bby \w+ing\b|\b(?:{_SAYING})\b)"
    r"| (?:[-–—]|without|ohne|sans|sin) \w"
)
_EXPLAINED_BY_WHAT_FOLLOWS = frozenset({"vague", "unmeasured", "adverb", "size"})
_DECIDED_BY_AN_ANSWER = _EXPLAINED_BY_WHAT_FOLLOWS | {"comparative", "superlative", "extreme", "unspecific"}
_RESOLVED_BY_A_NUMBER = frozenset({"unmeasured", "size", "temporal", "comparative", "superlative", "extreme"})
_PAUSE = re.compile(r"[,:—–(]")
_MARK = re.compile(r"[.,;:()—–\n]")
_QUOTES = frozenset("`\"'“")
_NEAR = 4
_FAR = 40


class Context:
    """A text and its words, asked about one hit at a time.

    In a language whose words are found anywhere there are no words to look at: there, little is excused.
    """

    def __init__(self, text: str, prose: str, words: list[Word], lists: Lexicon) -> None:
        self.text, self.prose, self.words, self.lists = text, prose, words, lists
        duties = lists.obligations | lists.advised
        self.sentences = Sentences(prose, (word.start for word in words if word.letters in duties))
        without_ids = _ID.sub(lambda found: " " * len(found[0]), text)
        self._numbered = {self.sentences.of(at.start()) for at in _NUMBER.finditer(without_ids)}

    def excuses(self, hit: Hit) -> bool:
        """Whether the hit is no smell here."""
        if hit.kind in _RESOLVED_BY_A_NUMBER and self._has_a_number(hit):
            return True
        if self.lists.anywhere:
            return False
        if hit.kind == "weak-modal":
            return self.exempts(hit.first)
        if hit.kind == "pronoun" and not self._is_vague(hit):
            return True
        if hit.kind == "comparative" and self._is_compared(hit):
            return True
        if hit.kind == "size" and self._near(hit.last + _NEAR + 1, self.lists.enumerated, 2 * _NEAR):
            return True
        return self.shouts(hit) or self._is_a_name(hit) or self._is_met(hit) or self._is_a_verb(hit)

    def exempts(self, index: int) -> bool:
        """Whether a modal forbids, or asks: “no caller may”, “which users may”."""
        return self._near(index, self.lists.exempting) or self._near(index, self.lists.negating, 3 * _NEAR)

    def shouts(self, hit: Hit) -> bool:
        """“SHOULD” is a word of RFC 2119, “ETC” somebody's abbreviation: neither is the common word."""
        if self.lists.anywhere or hit.first != hit.last:
            return False
        word = self.words[hit.first]
        return len(word.written) > 1 and word.written.isupper() and word.letters not in self.lists.capitals

    def asks_nothing_else(self, hit: Hit) -> bool:
        """“works correctly” asks for nothing else; “correctly refuses a blank name” does."""
        if self.lists.anywhere or self.words[hit.last].letters not in self.lists.fillers:
            return False
        ends = not self.prose[hit.end : hit.end + 1].isspace() or hit.last + 1 == len(self.words)
        return (ends or self.letters(hit.last + 1) in self.lists.glue) and not self._has_a_number(hit)

    def is_aside(self, hit: Hit) -> bool:
        """Whether the hit explains, or is explained: then it is worth a look and no more."""
        if self.sentences.bracketed(hit.start) or self.sentences.noted(hit.start) or self._is_explained(hit):
            return True
        if self.lists.anywhere or not self.words:
            return False
        if self._hangs(hit) or self._is_decided(hit) or self._is_the_purpose(hit) or self._is_asked(hit):
            return True
        able = self.words[hit.first].letters in self.lists.ably and self.letters(hit.last + 1) != "be"
        if (hit.kind == "weak-modal" and not able) or hit.kind == "open-list":
            return False
        return self.sentences.explains(hit.start)

    def letters(self, index: int) -> str:
        """The word at an index, in lower case; nothing where there is none."""
        return self.words[index].letters if 0 <= index < len(self.words) else ""

    def _has_a_number(self, hit: Hit) -> bool:
        return self.sentences.of(hit.start) in self._numbered

    def _is_a_name(self, hit: Hit) -> bool:
        """“Beginner, Intermediate, Advanced”: a capital letter inside a sentence makes a name of a word.

        So do two together: “Quick Wins”. A product has a name anyway; some are words too, if they are
        written small: “to react”.
        """
        if hit.first != hit.last:
            return False
        word = self.words[hit.first]
        capital = word.written[0].isupper()
        if hit.kind == "implementation":
            return word.letters in self.lists.proper and not capital
        after = self.words[hit.last + 1].written if hit.last + 1 < len(self.words) else ""
        return capital and (not self.sentences.opens(hit.start) or after[:1].isupper())

    def _is_met(self, hit: Hit) -> bool:
        """“when required fields are missing” is a condition; “when required” alone is a way out."""
        if hit.kind != "escape-clause" or hit.last + 1 >= len(self.words):
            return False
        last, after = self.words[hit.last], self.words[hit.last + 1]
        return (
            self.words[hit.first].letters in self.lists.conditional
            and last.letters in self.lists.attributive
            and after.letters not in self.lists.glue
            and self.prose[last.end : after.start].isspace()
        )

    def _is_a_verb(self, hit: Hit) -> bool:
        if self.words[hit.first].letters not in self.lists.verbs:
            return False
        return self.text[hit.end : hit.end + 2].strip()[:1] in _QUOTES

    def _is_compared(self, hit: Hit) -> bool:
        """Whether the sentence says with what: “faster than the last release”, “of two, the higher”."""
        before, after = self._sides(hit)
        if before[-1:] == ["the"] and not self.lists.pairs.isdisjoint(before):
            return True
        return not self.lists.reference.isdisjoint(after[:12])

    def _is_vague(self, hit: Hit) -> bool:
        """Whether a pronoun has nothing to stand for, or too much."""
        if not self.lists.articles:
            return True
        before, after = self._sides(hit)
        return pronouns.is_vague(self.words[hit.first].letters, before, after[:5], self.lists)

    def _is_explained(self, hit: Hit) -> bool:
        """Whether the text goes on to say what is meant: “gracefully (return an empty list)”, “by …”."""
        if hit.kind not in _EXPLAINED_BY_WHAT_FOLLOWS:
            return False
        if self.lists.anywhere:
            return bool(_EXPLANATION.match(self.prose, hit.end, hit.end + _NEAR * 4))
        last = hit.last + _NEAR
        until = self.words[last].end if last < len(self.words) else len(self.prose)
        return bool(_EXPLANATION.match(self.prose, hit.end, min(until + 2, hit.end + 80)))

    def _hangs(self, hit: Hit) -> bool:
        """Whether a modal is in a clause that hangs on the one which obliges, or in its condition.

        “The system MUST warn of entries that may be old” obliges, and so does “Entries that may be old MUST
        be marked”; “MUST warn and may stop” leaves it open.
        A second verb that nothing joins to the first hangs on it too: “MUST return the entry he should read”.
        """
        if hit.kind != "weak-modal":
            return False
        before, after = self._sides(hit)
        if not self.lists.obligations.isdisjoint(after) and (
            self._opens_a_condition(before) or not self.lists.relative.isdisjoint(before[-2:])
        ):
            return True
        if not before or before[-1] in self.lists.joining:
            return False
        if not self.lists.stative.isdisjoint(after[:2]):
            return self.words[hit.first].letters not in self.lists.advised
        duty = next((at for at, letters in enumerate(before) if letters in self.lists.obligations), None)
        if duty is None:
            return False
        between = before[duty:]
        if not self.lists.subordinating.isdisjoint(between):
            return True
        first = self.words[hit.first - len(between)]
        return self.lists.joining.isdisjoint(between) and not _PAUSE.search(self.prose, first.end, hit.start)

    def _is_decided(self, hit: Hit) -> bool:
        """“if the user has enough credits”: what is enough is known where it is asked for."""
        if self.words[hit.first].letters not in self.lists.sufficing:
            return False
        before, _ = self._sides(hit)
        return self._opens_a_condition(before)

    def _opens_a_condition(self, before: list[str]) -> bool:
        return (
            bool(before) and before[0] in self.lists.conditional and self.lists.obligations.isdisjoint(before)
        )

    def _is_asked(self, hit: Hit) -> bool:
        """“explain why it is the strongest”: the answer is what is asked for, whatever it will be."""
        if hit.kind not in _DECIDED_BY_AN_ANSWER:
            return False
        begin, _ = self.sentences.around(hit.start)
        near = [word for word in self.words[max(0, hit.first - 2 * _NEAR) : hit.first] if begin <= word.start]
        asked = next((word for word in near if word.letters in self.lists.asking), None)
        return asked is not None and not _PAUSE.search(self.prose, asked.end, hit.start)

    def _is_the_purpose(self, hit: Hit) -> bool:
        before, _ = self._sides(hit)
        return purpose.is_what_for(hit, before, self._phrase(hit), self.lists)

    def _phrase(self, hit: Hit) -> list[str]:
        """The next few words after a hit, up to a mark."""
        following = self.words[hit.last + 1 : hit.last + 1 + _NEAR]
        mark = _MARK.search(self.prose, hit.end, following[-1].end) if following else None
        return [word.letters for word in following if not mark or word.start < mark.start()]

    def _sides(self, hit: Hit) -> tuple[list[str], list[str]]:
        """The words before and after a hit in its sentence, the nearest of them."""
        begin, end = self.sentences.around(hit.start)
        before = [w.letters for w in self.words[max(0, hit.first - _FAR) : hit.first] if begin <= w.start]
        after = [w.letters for w in self.words[hit.last + 1 : hit.last + _FAR] if w.start < end]
        return before, after

    def _near(self, index: int, wanted: frozenset[str], within: int = _NEAR) -> bool:
        """Whether one of the words stands shortly before the index, in the same sentence."""
        before = self.words[max(0, index - within) : index]
        return any(
            word.letters in wanted and self.sentences.of(word.start) == self.sentences.of(before[-1].start)
            for word in before
        )
