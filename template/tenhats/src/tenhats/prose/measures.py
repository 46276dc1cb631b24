"""Which words can be measured or looked at, in the languages that specifications are written in.

Numbers, and quantities without exception: in a language they are a closed class of words. What two people
see alike: the same, unchanged, not. GtWR R34 and R32.
"""

from __future__ import annotations

import re

_COUNTED = {
    "en": "zero one two three four five six seven eight nine ten twelve hundred thousand half twice double "
    "all every each none no never always any only without null",
    "de": "null zwei drei vier fünf sieben acht neun zehn zwölf hundert tausend hälfte doppelt alle allen "
    "aller jede jeder jedes jedem jeden kein keine keinen keiner keinem nie niemals immer nur ohne "
    "beide beiden",
    "es": "cero dos tres cuatro cinco seis siete ocho nueve diez doce cien mil mitad doble todos todas toda "
    "cada ningún ninguno ninguna nunca siempre cualquier cualquiera solo sólo sola solamente único "
    "única sin nadie nada ambos ambas",
    "fr": "zéro deux trois quatre cinq sept huit neuf dix douze cent mille moitié tous toutes toute chaque "
    "aucun aucune jamais toujours seul seule seulement uniquement sans rien",
    "pt": "dois duas três quatro sete oito nove dez cem metade dobro todos todas toda nenhum nenhuma sempre "
    "qualquer apenas somente sem ninguém",
}
_SEEN = {
    "en": "both same exact exactly identical identically equal equals match matches matching unchanged "
    "constant persist persists survive survives cannot",
    "de": "selbe selben dasselbe dieselbe dieselben derselbe gleiche gleichen identisch genau unverändert "
    "statt nicht",
    "es": "mismo misma mismos mismas idéntico idéntica idénticos exactamente",
    "fr": "même mêmes identique identiques exactement",
    "pt": "mesmo mesma mesmos mesmas idêntico idêntica exatamente não",
}


def _any_of(words: dict[str, str]) -> str:
    every = {word for those in words.values() for word in those.split()}
    return rf"\b(?:{'|'.join(sorted(every, key=lambda word: (-len(word), word)))})\b"


_NUMBER = re.compile(
    rf"\d|{_any_of(_COUNTED)}|[一二三四五六七八九十百千全每毎各]|모든|全て|すべて|없이", re.IGNORECASE
)
_OBSERVABLE = re.compile(
    rf"`[^`\n]{{1,200}}`|{_any_of(_SEEN)}"
    r"|\b(?:instead of|en lugar de|en vez de|au lieu de|em vez de|(?:must|shall|may|do|does|is|are) not)\b"
    r"|同じ|同一|相同|一致|동일|不得|不会|不會|不再|不能|不可|无需|無需",
    re.IGNORECASE,
)


def is_measured(text: str) -> bool:
    """Whether a text has a number, a quantity without exception, or something that anybody can look at."""
    return bool(_NUMBER.search(text) or _OBSERVABLE.search(text))
