"""What the pages of the matrix have in common: their names, their frame, and how each state looks.

They are plain HTML beside the site of mkdocs: a requirement, a line or a name in them is never taken
for Markdown, ten thousand requirements cost mkdocs nothing, and they open from a folder as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from tenhats.trace import Part, State, Traced
from tenhats.traces import Traces

# A shape for each state, so that colour is never the only difference.
SHAPES = {
    State.PROVEN: "✓",
    State.UNPROVEN: "≈",
    State.SUSPECT: "?",
    State.SKIPPED: "»",
    State.FAILING: "✗",
    State.UNTESTED: "○",
    State.RETIRED: "–",
}
INDEX, STYLE = "matrix.html", "trace.css"
_CODE = re.compile(r"`([^`\n]{1,200})`")
_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*")


class Pages:
    """The whole trace, and the name of the page of each of its features and source files."""

    def __init__(self, traces: Traces) -> None:
        self.traces = traces
        self.numbers = {id(each): number for number, each in enumerate(traces.traced)}
        self.known = {feature.name: feature for feature in traces.features}
        self.of_feature: dict[str, list[Traced]] = {feature.name: [] for feature in traces.features}
        for each in traces.traced:
            self.of_feature.setdefault(each.feature, []).append(each)
        taken = {INDEX, STYLE}
        self.features = {name: _file_name("feature", name, taken) for name in self.of_feature}
        self.sources = {path: _file_name("source", path, taken) for path in traces.files}

    def link(self, each: Traced) -> str:
        """Where a requirement is told of."""
        return f"{self.features[each.feature]}#{quote(anchor(each), safe='')}"

    def spot(self, each: Traced, part: Part) -> str:
        """The place in a source page where the lines of a requirement are marked."""
        return f"{self.sources[part.function.path]}#{self.spot_id(each, part)}"

    def spot_id(self, each: Traced, part: Part) -> str:
        """The id of that place on its page."""
        return f"q{self.numbers[id(each)]}-{part.function.line}"


def anchor(each: Traced) -> str:
    """The id of a requirement on its page; an id holds no white space."""
    return "-".join(bare(each).split())


def bare(each: Traced) -> str:
    """The name of a requirement within its feature."""
    return each.name.removeprefix(f"{each.feature}/")


def frame(title: str, trail: Iterable[tuple[str, str]], body: str) -> str:
    """A whole page; `trail` are the pages above it, each with its address and its title."""
    steps = "".join(f'<a href="{escape(to)}">{escape(name)}</a><span>›</span>' for to, name in trail)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="stylesheet" href="{STYLE}"></head>\n<body>'
        f'<header><nav aria-label="Where this is">{steps}<b>{escape(title)}</b></nav></header>\n'
        f"<main>{body}</main></body></html>\n"
    )


def badge(state: State) -> str:
    """A state in colour, with its shape and its word."""
    return f'<span class="s {state}" title="{escape(state.meaning)}">{SHAPES[state]} {state}</span>'


def bar(traced: Iterable[Traced]) -> str:
    """How many of each state there are, as a picture; the numbers stand beside it."""
    counts = Counter(each.state for each in traced)
    parts = (
        f'<i class="s {state}" style="flex-grow:{counts[state]}" title="{counts[state]} {state}"></i>'
        for state in SHAPES
        if counts[state]
    )
    return f'<span class="bar" aria-hidden="true">{"".join(parts)}</span>'


def prose(text: str) -> str:
    """The words of a requirement as HTML: only `code` and **bold** are shown as what they mean."""
    return _BOLD.sub(r"<b>\1</b>", _CODE.sub(r"<code>\1</code>", escape(text)))


def _file_name(kind: str, name: str, taken: set[str]) -> str:
    """A file name that every system can hold; of names that look alike the later get a number."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:100]
    found, number = f"{kind}-{plain}.html", 2
    while found.lower() in taken:
        found, number = f"{kind}-{plain}-{number}.html", number + 1
    taken.add(found.lower())
    return found
