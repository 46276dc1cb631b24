"""Which language a text is in: by its script, else by its commonest words."""

from __future__ import annotations

import re

_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿœŒẞß]+")
_OTHER = re.compile(r"[\u0370-\u05ff\u0600-\u06ff\u0900-\u0e7f]")

# Function words that no other language of the table has; pt, it and nl are here to be told apart.
_STOP_WORDS = {
    "en": "the and of to is are be with for that by must shall should when from an this it if not have has "
    "in on can at or as all which they",
    "de": "der die das und ist sind wird werden muss müssen mit für den dem ein eine einen bei nicht wenn "
    "soll kann können auf zu von oder im in",
    "fr": "le les et est sont doit doivent pour avec dans des une du aux lorsque quand par sur peut ou être "
    "si au",
    "es": "el los las y es son debe deben para con en una del cuando por puede pueden se o ser al si lo",
    "pt": "é são deve devem para com em uma da dos das quando por pode podem não ser ao um",
    "it": "il lo gli è sono deve devono con nel della dei una del quando può possono non essere che di in",
    "nl": "het de een en is zijn moet moeten met voor van wanneer niet kan kunnen op te door worden wordt in",
}
_STOPS = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_FOREIGN = frozenset[str]().union(*(stops for language, stops in _STOPS.items() if language != "en"))
_MOST_CHARACTERS = 4000
_ACCENT = re.compile(r"[À-ÖØ-öø-ž]")
_MANY = 8


def language_of(text: str, letters: frozenset[str] | None = None) -> str | None:
    """The language of a text, as ISO 639-1; None if it is in a script that nobody here judges.

    A few Chinese names in an English sentence do not make it Chinese: a character of a script
    without spaces counts two thirds of a word. A text with fewer than two known words is taken for
    English, unless it is long, has accents and no English word at all.

    Args:
        text: The text; its beginning is enough.
        letters: Its words in lower case, if somebody has them already.
    """
    if not text.isascii():
        sample = text[:_MOST_CHARACTERS]
        latin = len(_LATIN.findall(sample))
        kana, han, hangul = (len(script.findall(sample)) for script in (_KANA, _HAN, _HANGUL))
        if kana + han + hangul > latin * 3 / 2:
            if hangul > kana + han:
                return "ko"
            return "ja" if kana * 10 > han else "zh"
        if len(_OTHER.findall(sample)) > 2 * latin:
            return None
    if letters is None:
        letters = frozenset(word.lower() for word in _LATIN.findall(text[:_MOST_CHARACTERS]))
    if text.isascii() and len(letters & _FOREIGN) <= max(1, len(letters & _STOPS["en"])):
        return "en"
    votes = {language: len(letters & stops) for language, stops in _STOPS.items()}
    best = max(votes, key=lambda language: votes[language])
    if votes[best] > max(1, votes["en"]):
        return best
    if not votes["en"] and len(letters) >= _MANY and _ACCENT.search(text):
        return None
    return "en"
