"""The report for who wants to know where the time goes: a flame graph, one SVG that needs nothing else.

Each frame is a function that was called from the one below, as wide as its part of the time; what is the
project's own is coloured, and a frame says its place and its part where the pointer rests.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tenhats.facts.profiled import OURS, TESTS, Frame, Profile

_WIDE, _HIGH, _LETTER = 1200, 18, 6.6
_COLOURS = {OURS: "#f2994a", TESTS: "#9bbcff"}
_OTHER = "#d9d9d9"


def flame_graph(profile: Profile) -> str:
    """The flame graph of one benchmark, as an SVG without empty lines."""
    height = (max((each.depth for each in profile.frames), default=0) + 1) * _HIGH
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {height + 2 * _HIGH}" '
        'font-family="monospace" font-size="11" role="img">'
    )
    title = f"<title>{escape(profile.id)}</title>"
    legend = f'<text x="4" y="13" fill="#808080">{escape(profile.id)}: {_legend(profile)}</text>'
    drawn = (_drawn(each, height) for each in profile.frames)
    return "\n".join([head, title, legend, *drawn, "</svg>"]) + "\n"


def profile_page(profiles: Iterable[tuple[Profile, str]]) -> str:
    """The page of the site: each benchmark with its time and its hottest function, the first one drawn."""
    told = list(profiles)
    if not told:
        return "# Profile\n\nNo benchmark was profiled.\n"
    lines = ["# Profile", "", "| benchmark | median | most of it in | part |", "|---|---|---|---|"]
    for each, time in told:
        hot = each.hot
        where = f"`{hot.name}` ({hot.path}:{hot.line}) | {hot.part:.0%}" if hot else "– | –"
        lines.append(f"| `{each.id}` | {time} | {where} |")
    # In a block of its own Markdown leaves names such as __init__ as they are.
    return "\n".join([*lines, "", "<div>", f"{flame_graph(told[0][0])}</div>", ""])


def _legend(profile: Profile) -> str:
    if profile.hot is None:
        return "no function of the sources was seen"
    return f"{profile.hot.part:.0%} in {escape(profile.hot.name)} (orange: the sources, blue: the test)"


def _drawn(frame: Frame, height: int) -> str:
    x, width = frame.start * _WIDE, max(frame.width * _WIDE - 0.5, 0.5)
    y = height - (frame.depth + 1) * _HIGH + 2 * _HIGH - 4
    place = f" ({frame.path}:{frame.line})" if frame.path else ""
    name = escape(frame.name)
    letters = int(width / _LETTER)
    text = f'<text x="{x + 3:.1f}" y="{y + 12}">{escape(frame.name[:letters])}</text>' if letters > 2 else ""
    colour = _COLOURS.get(frame.kind, _OTHER)
    return (
        f"<g><title>{name}{escape(place)}: {frame.width:.1%}</title>"
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_HIGH - 1}" fill="{colour}"/>{text}</g>'
    )
