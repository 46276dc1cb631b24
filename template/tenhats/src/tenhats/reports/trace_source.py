"""The sources in the site: each line with whether it serves, each function with whom, and back.

What a requirement executes of a function lies as a band behind the lines, which shows when the address
names it: `#q12-3` is the requirement of number 12 in the function on line 3. One rule of the style
sheet does it for all of them, there is no script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from tenhats.reports.trace_pages import INDEX, Pages, frame
from tenhats.reports.trace_style import LINE
from tenhats.reports.trace_terminal import runs
from tenhats.trace import Part, Traced
from tenhats.traces import Served

_MOST_NAMES = 50
_SITE = ("../../index.html", "Site")
_KEY = '<i class="x">executed by a test of a requirement</i> <i class="u">nobody asks for it</i>'


def pages(matrix: Pages, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The page of each source file, with its file name."""
    parts: dict[str, list[tuple[Traced, Part]]] = {path: [] for path in matrix.sources}
    for each in matrix.traces.traced:
        for part in each.parts:
            parts[part.function.path].append((each, part))
    for path, page in matrix.sources.items():
        bands = "".join(_band(matrix, each, part) for each, part in parts[path])
        executed = 0
        for _, part in parts[path]:
            executed |= part.bits
        lines = "".join(_lines(matrix, texts[path], matrix.traces.by_file[path], executed))
        body = f'<h1><code>{escape(path)}</code></h1><p class="key">{_KEY}</p>'
        body += f'<div class="code">{bands}{lines}</div>'
        yield page, frame(path, [_SITE, (INDEX, "Trace")], body)


def _band(matrix: Pages, each: Traced, part: Part) -> str:
    """What the tests of one requirement execute of one function; hidden until the address names it."""
    function = part.function
    spans = "".join(
        f'<i style="top:{(first - function.line) * LINE}em;height:{(last - first + 1) * LINE}em"></i>'
        for first, last in runs(part.lines)
    )
    said = f'Marked: what the passing tests of <a href="{matrix.link(each)}">{escape(each.name)}</a> '
    said += f"execute of <code>{escape(function.name)}</code>."
    place = f'id="{matrix.spot_id(each, part)}" style="top:{(function.line - 1) * LINE}em"'
    return f'<div class="band" {place}>{spans}<p>{said}</p></div>\n'


def _lines(matrix: Pages, text: str, served: Iterable[Served], executed: int) -> Iterator[str]:
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers.python import PythonLexer

    unasked = 0
    heads = {each.function.line: each for each in served}
    for each in heads.values():
        if not each.is_asked_for:
            unasked |= (1 << each.function.last + 1) - (1 << each.function.line)
    coloured = highlight(
        text, PythonLexer(stripnl=False, ensurenl=True), HtmlFormatter(nowrap=True, classprefix="p-")
    )
    for number, line in enumerate(coloured.removesuffix("\n").split("\n"), 1):
        mark = " x" if executed >> number & 1 else " u" if unasked >> number & 1 else ""
        who = _who(matrix, heads[number]) if number in heads else ""
        yield (
            f'<div class="l{mark}" id="L{number}"><a class="n" href="#L{number}">{number}</a>'
            f'<span class="c">{line or " "}</span>{who}</div>\n'
        )


def _who(matrix: Pages, served: Served) -> str:
    """At the head of a function: whom it serves."""
    if not served.names:
        return "" if served.is_asked_for else '<span class="who">nobody asks for it</span>'
    by_name = matrix.traces.by_name
    links = "".join(_item(matrix, by_name[name]) for name in served.names[:_MOST_NAMES])
    more = len(served.names) - _MOST_NAMES
    rest = f"<li>and {more} more</li>" if more > 0 else ""
    count = f"{len(served.names)} requirement{'s' * (len(served.names) != 1)}"
    return f'<details class="who"><summary>serves {count}</summary><ul>{links}{rest}</ul></details>'


def _item(matrix: Pages, each: Traced) -> str:
    return f'<li><a href="{matrix.link(each)}">{escape(each.name)}</a> {each.state}</li>'
