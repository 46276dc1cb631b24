"""The matrix in the site: every link leads somewhere, nothing in a specification is taken for HTML."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import product
from urllib.parse import unquote

import pytest

from tenhats.reports import trace_matrix, trace_source
from tenhats.reports.trace_pages import Pages
from tenhats.trace import State
from tenhats.traces import Traces
from tests.unit.made_up import chain, function, part, traces

pytestmark = pytest.mark.req("004-proof/FR-008")


EVIL = '"><script>alert(1)</script> & <img src=x onerror=alert(1)> **bold** `code`'
GREET, UNASKED = function("greet", 1, 3), function("<b>", 5, 6)
SOURCE = 'def greet():\n    """<script>alert(1)</script>"""\n    return "</div>"\n\ndef b():\n    pass\n'
MADE = traces(
    *(chain(f"001-greeting/FR-{n:03d}", state) for n, state in enumerate(State)),
    chain("001-greeting/FR-100", State.PROVEN, part(GREET, 2, 3), text=EVIL),
    chain("001-greeting/Say hello: to <Ada>", State.PROVEN, part(GREET, 2)),
    chain("a/../<b> c/FR-001", State.PROVEN, part(GREET, 3)),
    chain("a/..-<b> c/FR-001", State.UNPROVEN, part(GREET, 3)),
    functions=(GREET, UNASKED),
    commit="c0ffee",
)


class Page(HTMLParser):
    """The ids, the links and the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in {"href", "src"} and value:
                self.links.append(value)
        if tag not in {"meta", "link", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop(), f"</{tag}> closes what was not opened last"


def site_of(made: Traces, source: str = SOURCE) -> dict[str, str]:
    """All pages by their file names."""
    matrix = Pages(made)
    sources = dict.fromkeys(matrix.sources, source)
    return dict([*trace_matrix.pages(matrix), *trace_source.pages(matrix, sources)])


@pytest.fixture
def site() -> dict[str, str]:
    """The pages of what is made up here."""
    return site_of(MADE)


@pytest.fixture
def html(site: dict[str, str]) -> dict[str, Page]:
    """Those of them that are HTML, parsed."""
    return {name: Page(text) for name, text in site.items() if name.endswith(".html")}


def broken(pages: dict[str, Page]) -> Iterator[str]:
    """Links that lead to no page, or to no place in it."""
    for name, page in pages.items():
        for link in page.links:
            target, _, spot = link.partition("#")
            if target in {"../../index.html", "trace.css"}:
                continue
            there = pages.get(unquote(target) or name)
            if there is None or (spot and unquote(spot) not in there.ids):
                yield f"{name}: {link}"


def test_every_link_leads_to_a_page_and_a_place(html: dict[str, Page]) -> None:
    """From the matrix to requirements, on to lines, and back."""
    assert [] == list(broken(html))
    assert all(len(page.ids) == len(set(page.ids)) for page in html.values())
    assert all(page.open == [] for page in html.values())


def test_each_requirement_is_a_cell_that_leads_to_its_lines(
    site: dict[str, str], html: dict[str, Page]
) -> None:
    """The whole way, by links alone."""
    cell = next(link for link in html["matrix.html"].links if link.endswith("#FR-100"))
    spot = next(link for link in html[cell.partition("#")[0]].links if link.endswith("#q7-1"))
    source = site[spot.partition("#")[0]]

    assert "source-src-greeter-greeting.py.html#q7-1" == spot
    band = re.search(r'id="q7-1" style="top:([\d.]+)em">(.*?)<p>', source)
    assert band
    spans = re.findall(r"top:([\d.]+)em;height:([\d.]+)em", band[2])
    assert [(1.5, 3.0)] == [(float(band[1]) + float(top), float(height)) for top, height in spans]


def test_words_names_and_sources_are_never_taken_for_html(
    site: dict[str, str], html: dict[str, Page]
) -> None:
    """No script, no image, no handler of an event, wherever it is written."""
    for page in html.values():
        assert page.tags & {"script", "img", "iframe"} == set()
        assert [name for name in page.attributes if name.startswith("on")] == []
    assert any("<b>bold</b> <code>code</code>" in text for text in site.values())


def test_nothing_is_fetched_from_elsewhere(site: dict[str, str]) -> None:
    """The pages open from a folder, without a server and without a network."""
    for text in site.values():
        assert "://" not in text
        assert "url(" not in text


def test_pages_have_file_names_of_their_own(site: dict[str, str]) -> None:
    """Names that look alike for a file system get different files, and none leaves the folder."""
    assert len(site) == len({name.lower() for name in site})
    assert [name for name in site if not re.fullmatch(r"[A-Za-z0-9._-]{1,120}", name)] == []


def test_the_page_of_mkdocs_leads_to_the_matrix(site: dict[str, str]) -> None:
    """Its links are those of Markdown, so that mkdocs checks them; names mean nothing there."""
    page = trace_matrix.entry_page(Pages(MADE))
    links = re.findall(r"\]\(matrix/([^)\s]+)\)", page)

    assert links[0] == "matrix.html"
    assert set(links) <= set(site)
    assert "<b>" not in page
    assert len({row.count("|") for row in page.splitlines() if row.startswith("|")}) == 1


@pytest.mark.req("004-proof/SC-002")
def test_ten_thousand_requirements_stay_small_and_quick() -> None:
    """A page for each feature, and a matrix that a browser still opens."""
    many = traces(
        *(
            chain(f"{n // 100:03d}-area/FR-{n % 100:03d}", State.PROVEN, part(GREET, 2, 3), text="word " * 40)
            for n in range(10_000)
        ),
        functions=(GREET,),
    )
    started = time.process_time()
    pages = site_of(many)

    assert time.process_time() - started < 20
    assert len(pages["matrix.html"]) < 3_500_000
    assert max(map(len, pages.values())) < 5_000_000


def test_source_of_any_form_is_shown_line_by_line() -> None:
    """Empty lines at either end count, and what is no Python is shown all the same."""
    for source in ("", "\n\n\ndef greet(:\n\x0c\ttext = '''\n\n'''", "x = 1\r\ny = 2\r\n"):
        page = next(text for name, text in site_of(MADE, source).items() if name.startswith("source"))
        shown = re.findall(r'id="L(\d+)"', page)
        assert max(1, len(source.replace("\r\n", "\n").removesuffix("\n").split("\n"))) == len(shown)


def _luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    digits = colour.lstrip("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _palettes(style: str) -> list[dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]


@pytest.mark.parametrize("at", [0, 1], ids=["light", "dark"])
def test_every_text_has_the_contrast_of_wcag_aa(site: dict[str, str], at: int) -> None:
    """4.5 to 1, in the light and in the dark."""
    palettes = _palettes(site["trace.css"])
    assert len(palettes) == 2
    palette = palettes[at]
    on_page = ["fg", "soft", "link", "served", "unasked", "key", "name", "text", "number", "note"]
    pairs: Iterable[tuple[str, str]] = [
        *((f"{state}-fg", f"{state}-bg") for state in State),
        *product(on_page, ["bg"]),
        *product(["fg", "link", "soft", "key", "name", "text", "number", "note"], ["hit"]),
    ]
    ratios = {}
    for fore, back in pairs:
        light, dark = sorted((_luminance(palette[fore]), _luminance(palette[back])), reverse=True)
        ratios[fore, back] = round((light + 0.05) / (dark + 0.05), 2)

    assert {} == {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5}
