"""What a schema by itself allows less, or more, than an earlier one: types, values, bounds, patterns.

Each question gives what breaks whoever stands on its side: allowing less what is sent, allowing more what
is received. Names are oasdiff's, without the place in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats.contracts.shapes import OTHERS, Bound, Shape, is_tighter

_WIDER = ("int32", "int64"), ("float", "double")
_TOLD_APART = {"dependentRequired", "contentEncoding", "contentMediaType"}
_DOCUMENTS = {"contentEncoding", "contentMediaType", "discriminator", "x-extensible-enum"}
_CALLED = {
    "pattern": "pattern",
    "format": "format",
    "multipleOf": "multiple-of",
    "uniqueItems": "unique-items",
}


@dataclass(frozen=True)
class Difference:
    """What differs, in words, how to undo it, and under which keyword of the present schema it stands."""

    what: str
    message: str
    fix: str
    at: str
    breaking: bool = True


def types(was: Shape, now: Shape, *, sent: bool) -> Difference | None:
    """The difference of types; where there is one, nothing else can be compared."""
    lost, gained = _lacking(was.types, now.types), _lacking(now.types, was.types)
    if not (lost if sent else gained):
        return None
    if lost and gained:
        what = "type-changed"
    elif any(len(each.types or ()) > 1 for each in (was, now)):
        what = "list-of-types-narrowed" if sent else "list-of-types-widened"
    else:
        what = "type-changed" if sent else "type-generalized"
    fix = f"type: {_kinds(was.types)}" if was.types else "remove type"
    return Difference(what, f"is {_kinds(now.types)}; it was {_kinds(was.types)}", fix, "type")


def null(was: Shape, now: Shape, *, sent: bool) -> Iterator[Difference]:
    """Null that is refused, or sent, from now on."""
    if sent and was.nullable and not now.nullable and (was.types or was.branches):
        yield Difference("became-not-nullable", "may not be null any more", "allow null", "type")
    if not sent and now.nullable and not was.nullable and (now.types or now.branches):
        yield Difference("became-nullable", "may be null now", "never send null", "type")


def values(was: Shape, now: Shape, *, sent: bool) -> Iterator[Difference]:
    """Values of an enumeration that are refused, or sent, from now on."""
    if sent and now.values is not None:
        if was.values is None:
            message = f"must be one of {_listed(now.values)} now; it was free"
            yield Difference("became-enum", message, "remove the enumeration", "enum")
        for value in sorted((was.values or now.values) - now.values):
            yield Difference(
                "enum-value-removed", f"may not be {value} any more", f"add {value} to enum", "enum"
            )
    if not sent and was.values is not None:
        if now.values is None:
            message = f"may be anything now; it was one of {_listed(was.values)}"
            yield Difference("enum-value-added", message, "enumerate what it can be", "type")
        for value in sorted((now.values or was.values) - was.values):
            message = f"may be {value} now, which no client knows"
            yield Difference("enum-value-added", message, f"leave {value} out of enum", "enum")


def bounds(was: Shape, now: Shape, *, sent: bool) -> Iterator[Difference]:
    """Bounds of sizes and numbers that have come nearer, or gone farther."""
    for name in sorted({*was.bounds, *now.bounds}):
        before, after = was.bounds.get(name), now.bounds.get(name)
        if not (is_tighter(name, after, before) if sent else is_tighter(name, before, after)):
            continue
        here = after or before
        called = f"exclusive-{name}" if here and here.strict else name
        if before is None or after is None:
            what = "unset" if after is None else "set"
        else:
            what = "decreased" if name.startswith("max") is sent else "increased"
        message = f"has {_bounded(after)}; it had {_bounded(before)}"
        fix = f"{before.word}: {before.value:g}" if before else f"remove {after.word}" if after else ""
        yield Difference(f"{called}-{what}", message, fix, here.word if here else "")


def words(was: Shape, now: Shape, *, sent: bool) -> Iterator[Difference]:
    """Patterns, formats and steps that have come, gone or changed."""
    for word, name in _CALLED.items():
        before, after = was.words.get(word), now.words.get(word)
        inner, outer = (before, after) if sent else (after, before)
        if before == after or outer is None or _holds(word, outer, inner):
            continue
        what = f"{name}-{'added' if before is None else 'removed' if after is None else 'changed'}"
        sure = True
        if word == "format":
            # A format that comes or goes mostly documents; another one means another type.
            sure = inner is not None
            what = "type-changed" if sure else what
        if word == "pattern":
            # Nobody can say of two patterns which of them allows more.
            sure = sent and inner is None
        fix = f"{word}: {before}" if before is not None else f"remove {word}"
        message = f"has {word} {_or_none(after)}; it had {_or_none(before)}"
        yield Difference(what, message, fix, word, sure)


def others(was: Shape, now: Shape, *, sent: bool) -> Iterator[Difference]:
    """Keywords that restrict in a way that is not worked out: whether they came, went, or are another."""
    for word in sorted({*was.others, *now.others}):
        before, after = was.others.get(word), now.others.get(word)
        inner, outer = (before, after) if sent else (after, before)
        if before == after or outer is None:
            continue
        end = "added" if before is None else "removed" if after is None else "changed"
        # What restricted nothing until now, or no more, breaks; of two restrictions few can be told apart.
        sure = word in _TOLD_APART if inner is not None else word not in _DOCUMENTS
        message = f"has {word} {_short(after)}; it had {_short(before)}"
        fix = f"restore {word}" if before else f"remove {word}"
        yield Difference(f"{OTHERS[word]}-{end}", message, fix, word, sure)


def _short(text: str | None) -> str:
    return "none" if text is None else text if len(text) <= 60 else f"{text[:57]}…"


def _lacking(some: frozenset[str] | None, among: frozenset[str] | None) -> bool:
    """Whether some type is not among the others; an integer is a number too."""
    if among is None:
        return False
    if some is None:
        return True
    return bool(some - among - ({"integer"} if "number" in among else frozenset()))


def _holds(word: str, outer: object, inner: object) -> bool:
    """Whether the one allows all that the other does, as far as can be said."""
    if word == "multipleOf" and isinstance(outer, int | float) and isinstance(inner, int | float):
        return outer != 0 and inner % outer == 0
    return (inner, outer) in _WIDER


def _kinds(kinds: frozenset[str] | None) -> str:
    return "of any type" if kinds is None else " or ".join(sorted(kinds)) or "forbidden"


def _listed(every: Iterable[str]) -> str:
    known = sorted(every)
    return ", ".join(known[:6]) + (", …" if len(known) > 6 else "")


def _bounded(bound: Bound | None) -> str:
    return f"{bound.word} {bound.value:g}" if bound else "no bound"


def _or_none(value: object) -> str:
    return "none" if value is None else str(value)
