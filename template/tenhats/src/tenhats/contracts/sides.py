"""What two schemas by themselves say differently: types, null, values, bounds, patterns and formats.

One is a contract's, the other the code's own. Each question gives what differs, in words for both sides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tenhats.contracts.annotations import number, spoken
from tenhats.contracts.shapes import Shape
from tenhats.contracts.uses import Use

# A string of such a format is another type in Python, and of the same one no pattern says more.
_TYPED = {"date-time", "date", "time", "duration", "uuid"}
_CHECKED = {"email", "idn-email", "uri", "ipv4", "ipv6", "ipvanyaddress"}
# No field of a model can say so; only a function can check it.
_NEVER_TOLD = {"min-properties", "max-properties", "min-contains", "max-contains"}


@dataclass(frozen=True)
class Pair:
    """Two shapes that are to say the same: what they are for, and where they are.

    `where` is what a person calls the place, `name` that of the field. A field is `needed` by the contract,
    or may be left out. Of one that is `checked` in another way, the code's schema need not tell each bound.
    """

    said: Shape
    done: Shape
    use: Use
    where: str
    name: str
    needed: bool = True
    checked: bool = False


@dataclass(frozen=True)
class Differing:
    """What differs, said of the place; `fix` where it is not to write the field as the contract has it."""

    message: str
    sure: bool = True
    fix: str = ""


def null(pair: Pair) -> Iterator[Differing]:
    """Null that only one side allows."""
    said, done = pair.said, pair.done
    if said.types is None or done.types is None or said.nullable == done.nullable:
        return
    if said.nullable and pair.use is not Use.GIVEN:
        yield Differing("may be null by the contract; the code refuses that")
    elif done.nullable and (pair.needed or pair.use is Use.GIVEN):
        # `str | None = None` is how a field that may be left out is mostly written.
        fix = "let the contract allow null, or leave out what is None"
        yield Differing("may be null in the code, and not by the contract", pair.needed, fix)


def types(pair: Pair) -> Differing | None:
    """The difference of types; where there is one, nothing else can be compared."""
    said, done = pair.said.types, pair.done.types
    if said == done or (pair.use is Use.GIVEN and is_within(done, said)):
        return None
    if done is None or said is None:
        known = f"{spoken(pair.said)} by the contract" if said else f"{spoken(pair.done)} in the code"
        return Differing(f"is {known}, and of any type on the other side", sure=False)
    return Differing(f"is {spoken(pair.done)}; the contract says {spoken(pair.said)}")


def values(pair: Pair) -> Iterator[Differing]:
    """Values of an enumeration that only one side has."""
    said, done = pair.said.values, pair.done.values
    if said is not None and done is None:
        sure = pair.use is not Use.GIVEN and not pair.checked
        yield Differing(f"may be anything; the contract says one of {', '.join(sorted(said))}", sure)
    if said is None and done is not None and pair.use is not Use.GIVEN:
        yield Differing(f"must be one of {', '.join(sorted(done))}; the contract allows any")
    if said is None or done is None:
        return
    if said - done and pair.use is not Use.GIVEN:
        yield Differing(f"may not be {', '.join(sorted(said - done))}, which the contract has")
    if done - said:
        yield Differing(f"may be {', '.join(sorted(done - said))}, which the contract has not")


def bounds(pair: Pair) -> Iterator[Differing]:
    """Bounds of what is taken; the model of an answer seldom repeats those of the contract."""
    enumerated = pair.said.values is not None and pair.done.values is not None
    if pair.use is Use.GIVEN or enumerated or _is_typed(pair):
        return
    has, says, loose = [], [], True
    for name in sorted({*pair.said.bounds, *pair.done.bounds} - _NEVER_TOLD):
        said, done = pair.said.bounds.get(name), pair.done.bounds.get(name)
        if said and done and (said.value, said.strict) == (done.value, done.strict):
            continue
        loose = loose and done is None
        word = done.word if done else said.word if said else name
        has.append(f"{done.word} {number(done.value)}" if done else f"no {word}")
        says.append(f"{said.word} {number(said.value)}" if said else f"no {word}")
    if has:
        message = f"has {' and '.join(has)}; the contract says {' and '.join(says)}"
        yield Differing(message, not (loose and pair.checked))


def words(pair: Pair) -> Iterator[Differing]:
    """Patterns, steps and formats. What is given as a text may be of a format all the same."""
    taken = pair.use is not Use.GIVEN
    for word in ("pattern", "multipleOf") if taken else ():
        said, done = pair.said.words.get(word), pair.done.words.get(word)
        if said != done and not (word == "pattern" and (_is_typed(pair) or pair.said.values)):
            yield _worded(word, said, done, sure=done is not None or not pair.checked)
    said, done = pair.said.words.get("format"), pair.done.words.get("format")
    both = said is not None and done is not None
    if said != done and (taken or both) and {said, done} & (_TYPED | _CHECKED):
        sure = bool({said, done} & _TYPED) and (done is not None or not pair.checked)
        yield _worded("format", said, done, sure=sure)


def _worded(word: str, said: object, done: object, *, sure: bool) -> Differing:
    has = f"has {word} {done}" if done is not None else f"has no {word}"
    return Differing(f"{has}; the contract says {'none' if said is None else said}", sure)


def is_within(inner: Collection[str] | None, outer: Collection[str] | None) -> bool:
    """Whether every type of the one is allowed by the other; an integer is a number."""
    if inner is None or outer is None:
        return outer is None
    return all(each in outer or (each == "integer" and "number" in outer) for each in inner)


def _is_typed(pair: Pair) -> bool:
    """Whether both are a string of the same format that is a type of its own."""
    said, done = pair.said.words.get("format"), pair.done.words.get("format")
    return said == done and said in _TYPED | _CHECKED
