"""Comments that switch a check off on their line: which are new, and whether they say why."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tenhats.tampering import Weakening

# What a comment switches off, and what it names; the reason is what is left.
_KINDS = {
    "type: ignore": re.compile(r"#\s{0,4}type:\s{0,4}ignore(?:\[([^\]\n]{0,200})\])?"),
    "noqa": re.compile(r"#\s{0,4}(?:ruff:\s{0,4}|flake8:\s{0,4})?noqa\b", re.IGNORECASE),
    "pragma: no cover": re.compile(r"#\s{0,4}pragma:\s{0,4}no[ _-]?(?:cover|branch)()"),
    "nosec": re.compile(r"#\s{0,4}nosec\b(?:[: ]\s{0,4}(B\d{3}(?:[, ]+B\d{3}){0,20}))?"),
    "tenhats: ignore": re.compile(r"tenhats: ignore\[([A-Z0-9, ]{3,200})\]"),
    "mypy": re.compile(r"#\s{0,4}mypy:\s{0,4}(ignore-errors|disable-error-code\S{0,100})"),
}
_CODE = re.compile(r"\b[A-Z]{1,8}\d{1,5}\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Suppression:
    """A comment that switches something off; `statement` is the code on its line."""

    kind: str
    names: str
    line: int
    statement: str
    is_reasoned: bool


def new_suppressions(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Weakening]:
    """The comments in `new` sources that were in none of the `old` ones, moved ones left out.

    One that names what it switches off, and says why, passes; a waiver of our own is told of.
    """
    before = {path: list(suppressions_of(text)) for path, text in old.items()}
    after = {path: list(suppressions_of(text)) for path, text in new.items()}
    here = Counter((path, *_which(each)) for path, found in before.items() for each in found)
    unmatched: list[tuple[str, Suppression]] = []
    for path, found in after.items():
        for each in found:
            if here[path, *_which(each)] > 0:
                here[path, *_which(each)] -= 1
            else:
                unmatched.append((path, each))
    moved = Counter()  # type: Counter[tuple[str, str]]
    for (_, kind, names, _), count in here.items():
        moved[kind, names] += count
    for path, each in unmatched:
        if moved[each.kind, each.names] > 0:
            moved[each.kind, each.names] -= 1
        elif each.kind == "tenhats: ignore":
            message = f"a new waiver of {each.names}"
            yield Weakening("waiver", path, each.line, message, "read its reason as if it were code", False)
        elif not each.is_reasoned:
            yield _told(path, each)


def _told(path: str, each: Suppression) -> Weakening:
    named = f"[{each.names}]" if each.kind == "type: ignore" else f": {each.names}"
    named = named if each.names else ""
    form = {"type: ignore": "# type: ignore[CODE]  why", "noqa": "# noqa: CODE  why"}
    fix = f"mend the line, or say why: {form.get(each.kind, f'# {each.kind}{named}  why')}"
    lacks = "says no reason" if each.names or each.kind.startswith("pragma") else "names no code"
    return Weakening("comment", path, each.line, f"a new `# {each.kind}{named}` {lacks}", fix)


def _which(each: Suppression) -> tuple[str, str, str]:
    return each.kind, each.names, each.statement


def suppressions_of(source: str) -> Iterator[Suppression]:
    """Every suppression in the comments of a Python source; none where it is no Python."""
    lines = source.split("\n")
    try:
        comments = [
            token
            for token in tokenize.generate_tokens(io.StringIO(source).readline)
            if token.type == tokenize.COMMENT
        ]
    except (tokenize.TokenError, SyntaxError):
        return
    spoken = {token.start[0]: token.string for token in comments}
    last: Suppression | None = None
    for token in comments:
        number, at = token.start
        above = spoken.get(number - 1, "") if lines[number - 2].lstrip().startswith("#") else ""
        for kind, form in _KINDS.items():
            found = form.search(token.string)
            if not found:
                continue
            codes = (
                (found[1] or "").replace(",", " ").split() if found.re.groups else _CODE.findall(token.string)
            )
            names = " ".join(sorted(codes))
            said = _without(token.string) or (_without(above) if lines[number - 1][:at].strip() else "")
            is_named = bool(names) or kind.startswith("pragma")
            # One reason is enough for lines that follow each other and switch off the same.
            follows = last is not None and (last.kind, last.names, last.line + 1) == (kind, names, number)
            reasoned = is_named and (_is_reason(said) or (follows and last is not None and last.is_reasoned))
            last = Suppression(kind, names, number, lines[number - 1][:at].strip(), reasoned)
            yield last


def _without(comment: str) -> str:
    """What a comment says besides switching things off."""
    for form in _KINDS.values():
        comment = form.sub("", comment)
    return _CODE.sub("", comment)


def _is_reason(text: str) -> bool:
    return len(_WORD.findall(text)) >= _LEAST_WORDS
