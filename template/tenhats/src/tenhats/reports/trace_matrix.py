"""The matrix in the site: features down, requirements across; and a page for each feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from tenhats.reports.trace_pages import INDEX, SHAPES, STYLE, Pages, anchor, badge, bar, bare, frame, prose
from tenhats.reports.trace_style import CSS
from tenhats.reports.trace_terminal import spans
from tenhats.trace import Proof, State, Traced

_MOST_TITLE = 90
_BITES = {True: "yes", False: "no", None: "not known"}
_SITE = ("../../index.html", "Site")


def pages(matrix: Pages) -> Iterator[tuple[str, str]]:
    """Every page with its file name: the style, the matrix, each feature."""
    yield STYLE, CSS
    yield INDEX, frame("Trace", [_SITE], _index(matrix))
    for name, page in matrix.features.items():
        yield page, frame(name, [_SITE, (INDEX, "Trace")], _feature(matrix, name))


def entry_page(matrix: Pages) -> str:
    """The page of mkdocs that leads to them, as Markdown: a line for each feature."""
    lines = ["# Trace", "", f"**[The matrix](matrix/{INDEX})** leads from each requirement to its tests and "]
    lines += [
        "its lines, and back.",
        "",
        f"| feature | {' | '.join(SHAPES)} |",
        f"|---|{'--:|' * len(SHAPES)}",
    ]
    for name, traced in matrix.of_feature.items():
        counts = Counter(each.state for each in traced)
        cells = " | ".join(str(counts[state] or "") for state in SHAPES)
        lines.append(f"| [{_markdown(name)}](matrix/{matrix.features[name]}) | {cells} |")
    return "\n".join(lines) + "\n"


def _index(matrix: Pages) -> str:
    traces = matrix.traces
    counts = Counter(each.state for each in traces.traced)
    known = [f"{len(traces.traced)} requirements and scenarios", f"{len(traces.features)} features"]
    commit = f", at commit <code>{escape(traces.commit[:12])}</code>" if traces.commit else ""
    legend = "".join(
        f"<li>{_square(state)}<b>{counts[state]}</b> {state}<small>{escape(state.meaning)}</small></li>"
        for state in SHAPES
    )
    rows = "".join(_row(matrix, name, traced) for name, traced in matrix.of_feature.items())
    return (
        f"<h1>Trace</h1><p>{', '.join(known)}{commit}.</p>{bar(traces.traced)}"
        f'<ul class="legend">{legend}</ul>'
        '<table class="matrix"><thead><tr><th>feature</th><th>proven</th><th>requirements</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{_sources(matrix)}"
    )


def _row(matrix: Pages, name: str, traced: list[Traced]) -> str:
    title = matrix.known[name].title if name in matrix.known else ""
    subtitle = f"<small>{escape(title)}</small>" if title and title != name else ""
    asked = [each for each in traced if each.state is not State.RETIRED]
    proven = sum(each.state is State.PROVEN for each in asked)
    cells = "".join(_cell(matrix, each) for each in traced)
    return (
        f'<tr><th><a href="{matrix.features[name]}">{escape(name)}</a>{subtitle}</th>'
        f'<td class="count">{proven} of {len(asked)}</td><td><div class="cells">{cells}</div></td></tr>'
    )


def _cell(matrix: Pages, each: Traced) -> str:
    words = " ".join(each.text[:200].split())
    short = words if len(words) <= _MOST_TITLE else f"{words[:_MOST_TITLE]}…"
    title = escape(f"{bare(each)}, {each.state}: {short}")
    return (
        f'<a class="s {each.state}" href="{matrix.link(each)}" title="{title}"'
        f' aria-label="{escape(bare(each))}, {each.state}">{SHAPES[each.state]}</a>'
    )


def _square(state: State) -> str:
    return f'<span class="s {state}" aria-hidden="true">{SHAPES[state]}</span>'


def _sources(matrix: Pages) -> str:
    rows = []
    for path, page in matrix.sources.items():
        own = [each for each in matrix.traces.by_file[path] if each.function.first]
        serving = sum(bool(each.names) for each in own)
        unasked = [each.function for each in own if not each.is_asked_for]
        names = ", ".join(
            f'<a href="{page}#L{each.line}"><code>{escape(each.name)}</code></a>' for each in unasked
        )
        rows.append(
            f'<tr><th><a href="{page}">{escape(path)}</a></th><td class="count">{serving} of {len(own)}</td>'
            f"<td>{names or '–'}</td></tr>"
        )
    return (
        "<h2>Sources</h2><p>A function serves a requirement if a passing test of it executes it.</p>"
        '<table class="matrix"><thead><tr><th>file</th><th>functions that serve</th>'
        f"<th>public, and nobody asks for them</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _feature(matrix: Pages, name: str) -> str:
    traced = matrix.of_feature[name]
    feature = matrix.known.get(name)
    head = f"<h1>{escape(feature.title if feature else name)}</h1>"
    if feature:
        head += f"<p><code>{escape(feature.path)}</code></p>"
    cells = "".join(_cell(matrix, each) for each in traced)
    sections = "".join(_section(matrix, each) for each in traced)
    return f'{head}{bar(traced)}<div class="cells">{cells}</div>{sections}'


def _section(matrix: Pages, each: Traced) -> str:
    name = anchor(each)
    return (
        f'<section id="{escape(name)}"><h2>{badge(each.state)} <a href="{matrix.link(each)}">'
        f"{escape(bare(each))}</a> <small>{escape(each.path)}:{each.line}</small></h2>"
        f"<blockquote>{prose(each.text)}</blockquote>"
        f'<p class="meaning">{each.state}: {escape(each.state.meaning)}</p>'
        f"{_tests(each.proofs)}{_parts(matrix, each)}</section>"
    )


def _tests(proofs: Iterable[Proof]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(proof.test.partition('::')[2] or proof.test)}</code>"
        f"<small>{escape(proof.path)}:{proof.line}</small></td>"
        f'<td class="{"good" if proof.outcome == "passed" else "bad"}">{escape(proof.outcome)}</td>'
        f"<td>{_BITES[proof.bites]}</td></tr>"
        for proof in proofs
    )
    if not rows:
        return ""
    head = "<tr><th>test</th><th>outcome</th><th>fails without the implementation</th></tr>"
    return f'<table class="facts"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _parts(matrix: Pages, each: Traced) -> str:
    rows = "".join(
        f'<tr><td><a class="to-source" href="{matrix.spot(each, part)}">'
        f"<code>{escape(part.function.name)}</code></a>"
        f"<small>{escape(part.function.path)}:{part.function.line}</small></td>"
        f"<td>{spans(part.lines)}</td></tr>"
        for part in each.parts
        if part.function.path in matrix.sources
    )
    if not rows:
        return ""
    head = "<tr><th>function</th><th>executed by its passing tests</th></tr>"
    return f'<table class="facts"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _markdown(text: str) -> str:
    """A name in a table of Markdown, in which no character means anything."""
    return "".join(f"&#{ord(each)};" if each in "\\`*_{}[]()<>#|&!~" else each for each in text)
