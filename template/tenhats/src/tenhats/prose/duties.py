"""Which words oblige, in the languages that specifications are written in.

English after ISO 29148 5.2.4 and RFC 2119; Chinese as GB/T 1.1 has it (应, 不应, 不得). Japanese
specifications end their requirements in 〜こと as often as in 〜なければならない.
"""

from __future__ import annotations

import re

# Each branch begins with a letter and then looks back, so that the search leaps from letter to letter.
_OBLIGATION = re.compile(
    r"M(?<!\w.)(?:UST|USS|ÜSSEN|OET|OETEN)\b|S(?<!\w.)HALL\b"
    r"|D(?<!\w.)(?:OIT|OIVENT|EVRA|EVRONT|EBEN?|EBER[ÁA]N?|EVEM?|EVER[ÁA]|EVERÃO|EVONO)\b"
    r"|D(?<!\w.)(?:ARF|ÜRFEN)\b(?=[^.\n]{0,200}\b(?:NICHT|KEINE?[MNRS]?)\b)"
    r"|必[须須]|不得|禁止|[严嚴]禁|不允[许許]"
    r"|不可(?![用見见變变逆靠達达知避少或分思能])"
    r"|需(?<![无無所不按如若急只].)(?!求)"
    r"|[应應](?<![响響回相对對適适反效供呼感顺順].)(?![用该該答对對急付变變届屆激])"
    r"|なければなら(?:ない|ず|ません)|する必要がある|てはなら(?:ない|ず|ません)|ものとする"
    r"|こと(?=[。.]|\s*$|\s*[|（(])"
    r"|해야 한다|해야 함|하여야|되어야|한다\.|않는다|않아야",
    re.MULTILINE,
)


def times_obliged(text: str, *, in_capitals: bool) -> int:
    """How often a text obliges.

    Args:
        text: The requirement, without what is quoted in it.
        in_capitals: Where MUST is written large, a small one beside it explains; alone it obliges.
    """
    every = len(_OBLIGATION.findall(text.upper()))
    return (len(_OBLIGATION.findall(text)) or every) if in_capitals else every
