"""What is never judged: quoted words, code, names, numbers. They are blanked, every column kept."""

from __future__ import annotations

import re

from tenhats.formats.markdown import without_code

_LONGEST_QUOTE = 300
_CLOSING = {
    '"': '"',
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "《": "》",
}
_MARK = re.compile(r"[\"“”„«»‘’‚「」『』《》]")
_NAME = re.compile(
    r"https?://[^\s)>\]]+"  # an address
    r"|<[^<>\n]{1,80}>"  # a tag or a placeholder
    r"|\[[^\[\]\n]{1,400}\](?:\([^()\s]{0,400}\))?"  # a link, a mark such as [NEEDS CLARIFICATION: …]
    r"|\b[A-Z]{1,6}(?:-[A-Z]{1,12})?-?\d[\w.]*"  # an id: FR-001, US1.2
    r"|(?<![\w/])[\w.~-]{1,100}/[\w./~-]{1,200}(?<=[\w/])"  # a path
    r"|\b\w{1,80}\.[a-z]\w{1,9}\b"  # a file name, an attribute
    r"|\b[A-Za-z]\w{0,80}_\w{1,80}"  # snake_case
    r"|\b[a-z]{1,40}[A-Z]\w{0,80}"  # camelCase
    r"|~~[^~\n]{1,1000}~~"  # struck out
    r"|'[^'\s][^'\n]{0,60}'(?!\w)"  # 'quoted'
)
_SIGN = re.compile(
    r"[/<\[_~'\dA-Z.](?:(?<=[/<\[_~'])|(?<=[A-Z]\d)|(?<=[A-Z]-\d)|(?<=[a-z][A-Z])|(?<=\w\.)(?=[a-z]))"
)
"""What every name has a sign of: far quicker to look for, as few texts have one."""
_ALTERNATIVES = re.compile(r"(?:and/or|he/she|his/her|him/her|und/oder|et/ou|y/o)$", re.IGNORECASE)
_EMPHASIS = re.compile(r"[*_~]{1,3}")


def blanked(text: str) -> str:
    """The text with all that is quoted, code or a name blanked; its length is the same."""
    prose = _without_quotes(without_code(text))
    if _SIGN.search(prose):
        prose = _NAME.sub(
            lambda found: found[0] if _ALTERNATIVES.match(found[0]) else " " * len(found[0]), prose
        )
    return _EMPHASIS.sub(lambda found: " " * len(found[0]), prose)


def _without_quotes(text: str) -> str:
    """The text with each quotation blanked: from an opening mark to the next mark that closes it."""
    if not _MARK.search(text):
        return text
    kept = list(text)
    opened, closing = -1, ""
    for found in _MARK.finditer(text):
        start, mark = found.start(), found[0]
        if opened >= 0 and start - opened > _LONGEST_QUOTE:
            opened = -1
        if opened < 0:
            apostrophe = mark == "’" or (mark == "‘" and start and kept[start - 1].isalnum())
            if mark in _CLOSING and not apostrophe:
                opened, closing = start, _CLOSING[mark]
        elif mark in closing and not (mark == "’" and _inside_a_word(kept, start)):
            kept[opened : start + 1] = " " * (start + 1 - opened)
            opened = -1
    return "".join(kept)


def _inside_a_word(kept: list[str], index: int) -> bool:
    return kept[index - 1].isalnum() and index + 1 < len(kept) and kept[index + 1].isalnum()
