"""What the specification engineer promises of numbers: one quantity has one, and each has its unit.

INCOSE GtWR R6 “units of measure”; ISO 29148 5.2.5 “unambiguous” and 5.2.6 “consistent”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tenhats.facts.contracts import Contracts
from tenhats.facts.specs import Specs
from tenhats.formats.model import Feature, Requirement
from tenhats.gates import Gate
from tenhats.prose.literals import blanked
from tenhats.rule import Findings, Placed, rule
from tenhats.rules.quantities import quantities_in

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")
_UNITLESS = r"(?=[.;!?|)\]]*\s*$|[.;,)]\s|[ \t]+(?:and|or|but|then|when|if|must|shall)\b)"
_BARE = re.compile(
    r"\b(?=[aceghilmnpsuwf])"
    r"(?P<bound>(?:less|fewer|more|greater|larger|longer|shorter) than|at (?:most|least)|within|up to"
    r"|exceeds?|no (?:more|fewer|less) than|(?:a )?(?:maximum|minimum) of|weniger als|mehr als"
    r"|h[öo]chstens|mindestens|innerhalb von|moins de|plus de|au (?:plus|moins)|menos de|m[áa]s de|mais de"
    r"|(?:como|no) m[áa]ximo)"
    rf"[ \t]+(?P<number>\d[\d.,]{{0,12}}\d|\d){_UNITLESS}",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\d{_UNITLESS}", re.IGNORECASE)
"""What every bare bound ends with: far quicker to look for, as few texts have it."""
_COUNTED = re.compile(
    r"\b(?:number|count|total|amount|score|rating|ratio|level|rank|index|version|status|code|port|step|grade|factor"
    r"|priority|probability|confidence|similarity|threshold|depth|length|size|scale|value|coverage|complexity"
    r"|Anzahl|nombre|n[úu]mero|Wert|valeur|valor)s?\b",
    re.IGNORECASE,
)
_NEAR = 80


@dataclass(frozen=True)
class _Pair:
    """A requirement, and a place that repeats a quantity of it in the same unit."""

    must: Requirement
    place: Placed
    unit: str
    told: frozenset[float]
    there: frozenset[float]


@rule("SPC020", gate=Gate.SPECIFICATIONS, practice="Creates data models and validation rules")
def one_quantity_has_one_number(specs: Specs, contracts: Contracts) -> Findings:
    """No number contradicts the requirement that it stands for.

    If the specification says 100 characters and the contract 50, one of them is wrong, and the code will
    follow either. Give both the same number:

        - **FR-005**: The library MUST refuse a name of more than 100 characters.

        "name": {"type": "string", "maxLength": 100}

    Compared are a requirement and every other line that names it and no second one, in the same unit;
    and a property's `maxLength` in `contracts/` with the characters that a requirement of the same
    feature gives to what bears the property's name. Milliseconds, seconds, minutes and hours are one unit.
    """
    findings = Findings()
    pairs = (pair for one in specs.features for pair in (*_repeated(one), *_bounded(one, contracts)))
    nothing = "no line and no contract repeats a quantity of a requirement"
    for pair in findings.over(pairs, nothing=nothing):
        if not pair.told & pair.there:
            findings.add(
                pair.place,
                f"{_listed(pair.there)} {pair.unit} here, and {_listed(pair.told)} in {pair.must.name} "
                f"({pair.must.path}:{pair.must.line})",
                "give both the same number",
            )
    return findings


def _repeated(feature: Feature) -> Iterator[_Pair]:
    """The lines that name one requirement and a quantity."""
    musts = {each.name: each for each in feature.requirements}
    named = Counter((each.path, each.line) for each in feature.references)
    for each in feature.references:
        must = musts.get(each.name)
        if (
            must is None
            or named[each.path, each.line] > 1
            or (must.path, must.line) == (each.path, each.line)
        ):
            continue
        yield from _pairs(must, each, quantities_in(each.text))


def _bounded(feature: Feature, contracts: Contracts) -> Iterator[_Pair]:
    """The lengths that the feature's contracts allow, beside the requirements that speak of the property."""
    for contract in contracts.contracts:
        if not contract.path.startswith(f"{feature.home}contracts/"):
            continue
        for limit in contract.limits:
            spoken = re.compile(rf"\b{re.escape(_HUMP.sub(' ', limit.name))}\b", re.IGNORECASE)
            for must in feature.requirements:
                if spoken.search(must.text.replace("_", " ")):
                    yield from _pairs(must, limit, {"characters": frozenset({float(limit.characters)})})


def _pairs(must: Requirement, place: Placed, there: Mapping[str, frozenset[float]]) -> Iterator[_Pair]:
    told = quantities_in(must.text) if there else {}
    yield from (_Pair(must, place, unit, told[unit], there[unit]) for unit in told.keys() & there.keys())


def _listed(numbers: frozenset[float]) -> str:
    return ", ".join(f"{number:g}" for number in sorted(numbers))


@rule("SPC022", gate=Gate.SPECIFICATIONS, practice="Writes detailed feature specifications")
def numbers_have_units(specs: Specs) -> Findings:
    """Every bound has its unit.

    “Within 30” is seconds to one reader and minutes to the next. Say of what:

        - **FR-005**: The library MUST refuse a name of more than 100 characters.

    Looked at are bounds (at most, at least, within, less than, more than) with a number in digits. What
    has no unit is not asked for one: a score, a ratio, a level, the number of something. INCOSE GtWR R6.
    """
    findings = Findings()
    for each in findings.over(specs.requirements, nothing="there is no requirement"):
        if not _NUMBER.search(each.text) or not _BARE.search(each.text):
            continue
        text = blanked(each.text)
        for found in _BARE.finditer(text):
            if not _COUNTED.search(text[max(0, found.start() - _NEAR) : found.start()]):
                said = f"{found['bound']} {found['number']}"
                findings.add(
                    each, f"{each.name}: “{said}” does not say of what", f"say the unit: {said} seconds"
                )
    return findings
