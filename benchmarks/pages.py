"""What was measured of defects, as tables in Markdown: for the site and for a terminal."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.defects.planted import DEFECTS, Defect

from benchmarks import kept
from benchmarks.catalogue import CATALOGUE
from benchmarks.planted import NAME, name_of
from benchmarks.planting import Mistake
from benchmarks.rivals import OURS, RIVALS, TEMPLATES, Rival
from tenhats.gates import Gate
from tenhats.rule import RULES

NOT_MEASURED = "not yet measured"
_NOTHING = "–"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table a line at a time."""
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def kept_as(rival: Rival) -> str:
    """The name under which is kept what a rival caught."""
    return f"defects-{rival.name}"


def planted() -> Iterator[str]:
    """Yield the planted defects by gate: the rule, what was planted and where, the seconds."""
    measured = kept.read(NAME)
    seconds = measured.get("seconds", {})
    times = [seconds[name_of(defect)] for defect in DEFECTS if name_of(defect) in seconds]
    yield f"{len(DEFECTS)} defects for {len({defect.code for defect in DEFECTS})} rules."
    if times:
        yield (
            f"Half of the verdicts took at most {statistics.median(times):.1f} seconds, the slowest took "
            f"{max(times):.1f}, on {measured['machine']}."
        )
    for gate in Gate:
        rows = [
            (_linked(defect.code), defect.what, f"`{defect.path}`", _seconds(defect, seconds))
            for defect in DEFECTS
            if RULES[defect.code].gate is gate
        ]
        yield from ["", f"## Gate {gate.value}: {gate.label}", ""]
        yield from table(("caught by", "what was planted", "told of in", "seconds"), rows)


def caught() -> Iterator[str]:
    """Yield who catches what: the contenders, the totals, and every mistake."""
    results = {rival.name: kept.read(kept_as(rival)) for rival in RIVALS}
    mistakes = {name: result.get("mistakes", {}) for name, result in results.items()}
    rivals = [rival for rival in RIVALS if mistakes[rival.name]]
    machines = {result["machine"] for result in results.values() if result}
    yield f"Measured on {' and '.join(sorted(machines))}."
    yield from ["", "## Who was asked", ""]
    heads = ("", "of", "what is run", "green at first", "seconds: green", "of all runs, the middle")
    yield from table(heads, [_asked(rival, results[rival.name]) for rival in RIVALS])
    yield from ["", "## How many were caught", ""]
    names = [rival.name for rival in rivals]
    totals = [(title, *(_total(mistakes[name], of) for name in names)) for title, of in CATALOGUE.items()]
    yield from table(("", *names), totals)
    for title, of in CATALOGUE.items():
        yield from ["", f"## {title}", ""]
        rows = [
            (mistake.what, *(_cell(each, mistakes[each.name], mistake) for each in rivals)) for mistake in of
        ]
        yield from table(("mistake", *names), rows)


def _linked(code: str) -> str:
    return f"[{code}](../reference/rules/{code}.md)"


def _seconds(defect: Defect, seconds: dict[str, float]) -> str:
    figure = seconds.get(name_of(defect))
    return NOT_MEASURED if figure is None else f"{figure:.1f}"


def _asked(rival: Rival, result: dict[str, Any]) -> tuple[str, ...]:
    source = f"<{rival.source}>" if rival in TEMPLATES else rival.source
    if "green" not in result:
        return (rival.name, source, rival.asks, result.get("cannot run", NOT_MEASURED), _NOTHING, _NOTHING)
    green = result["green"]
    times = [each["seconds"] for each in result["mistakes"].values() if "seconds" in each]
    middle = f"{statistics.median(times):.1f}" if times else _NOTHING
    said = "yes" if green["green"] else f"no: {', '.join(green['by'])}"
    return (
        rival.name,
        f"{source}, {result['versions']}",
        rival.asks,
        said,
        f"{green['seconds']:.1f}",
        middle,
    )


def _total(found: dict[str, Any], of: Iterable[Mistake]) -> str:
    judged = [found[each.what] for each in of if "green" in found.get(each.what, {})]
    return f"{sum(not each['green'] for each in judged)} of {len(judged)}" if judged else _NOTHING


def _cell(rival: Rival, found: dict[str, Any], mistake: Mistake) -> str:
    if mistake.what not in found:
        return _NOTHING if rival.reads_only_specifications else NOT_MEASURED
    result = found[mistake.what]
    if "green" not in result:
        return _NOTHING
    if result["green"]:
        return "no"
    if rival is not OURS:
        return f"yes: {', '.join(result['by'])}" if result["by"] else "yes"
    meant = [code for code in mistake.rules if code in result["by"]]
    return "yes: " + ", ".join(map(_linked, meant or result["by"]))
