"""What the performance engineer promises of algorithms: with more data they take no longer than was said."""

from __future__ import annotations

import re

from tenhats.fact import Project
from tenhats.facts.growth import TOLERANCE, Growths
from tenhats.facts.specs import Specs
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_NOISE = 0.5
_ORDER = re.compile(
    r"\bO\((?P<order>1|log n|√n|n|n log n|n\*log n|n ?\^ ?[23]|n[²³])\)"
    r"|\b(?P<word>linear(?:ly)?|quadratic(?:ally)?|logarithmic(?:ally)?) (?:in|with|time\b)",
    re.IGNORECASE,
)


@rule("PRF004", gate=Gate.PERFORMANCE, practice="Optimizes algorithms and data structures")
def growth_is_kept(project: Project, specs: Specs, growths: Growths) -> Findings:
    """Every promised growth is measured and kept.

    What is fast on ten rows may stand still on ten million. A benchmark of one size does not show it. Say
    in `pyproject.toml` which function is meant, what makes an input of a given size, and with which power
    of that size the time may grow at most (1 is linear, and will do for n log n):

        [tool.tenhats.growth.ranking]
        call = "greeter.ranking:rank"
        input = "tests.sizes:names"
        exponent = 1.0
        promise = "001-greeting/SC-004"

    The function is timed at n, 2n, 4n and 8n, alone on the machine, in rounds that take turns; the least
    time of each size counts, and the exponent is that of the middle one of the three steps. A finding is an
    exponent that is more than 0.25 above the promise in two measurements; where the rounds do not agree with
    each other, 0.75, and less is *unchecked*. A small input may be used for several calls, so leave it as it
    is.

    A requirement that names an order, such as O(n log n) or “linear in”, wants a growth whose `promise`
    names it.
    """
    findings = Findings()
    grown = {each.name: each for each in growths.grown}
    for growth in findings.over(project.settings.growth, nothing="no growth is declared or required"):
        place, measured = Place("pyproject.toml", growth.line), grown[growth.name]
        limit = growth.exponent + TOLERANCE + (_NOISE if measured.is_noise else 0.0)
        if measured.exponent is None:
            findings.add(
                place, f"{growth.name}: {measured.trouble}", "correct `call` or `input`, or the code"
            )
        elif measured.exponent > limit:
            times = ", ".join(
                f"{each * 1e3:.3g} ms at {size}"
                for size, each in zip(measured.sizes, measured.times, strict=True)
            )
            findings.add(
                place,
                f"{growth.call} grows with the power {measured.exponent:.2f}, "
                f"promised is {growth.exponent:g}: {times}",
                "look for a loop within a loop, `in` on a list, a copy in a loop",
            )
        elif measured.is_noise:
            findings.could_not_see(f"the times of {growth.name} do not agree: the machine is busy")
    promised = {name for each in project.settings.growth if (name := specs.resolve(each.promise))}
    for each in specs.requirements:
        if found := _ORDER.search(each.text):
            findings.looked_at += 1
            if each.name not in promised:
                findings.add(
                    each,
                    f"{each.name} promises {found.group()}, and nothing measures it",
                    f'[tool.tenhats.growth.NAME] with call, input, and promise = "{each.name}"',
                )
    return findings
