"""The matrix in a real browser: from a cell to the marked lines and back, without a server or a script.

Run by `nox -s browser`; skipped where there is no Chromium, or no Playwright to drive it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.test_trace_site import MADE, site_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="there is no Playwright to drive a browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module", params=["light", "dark"])
def browsing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page of a browser without scripts and without a network; the site is in its `folder`."""
    folder = tmp_path_factory.mktemp("matrix of") / "quality" / "matrix"
    folder.mkdir(parents=True)
    for name, text in site_of(MADE).items():
        (folder / name).write_text(text, encoding="utf-8")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(color_scheme=request.param, java_script_enabled=False, offline=True)
        page = context.new_page()
        page.folder = folder
        yield page
        browser.close()


def background(page: Any, selector: str) -> str:
    """The colour behind an element, as the browser shows it."""
    shown = page.locator(selector).evaluate("element => getComputedStyle(element).backgroundColor")
    return str(shown)


def test_a_cell_leads_to_the_marked_lines_and_back(browsing: Any) -> None:
    """Click a cell, then a function: exactly its lines are marked, and the way back is one click."""
    asked: list[str] = []
    browsing.on("request", lambda request: asked.append(request.url))
    browsing.goto((browsing.folder / "matrix.html").as_uri())

    browsing.click("a[aria-label='FR-100, proven']")
    assert browsing.url.endswith("feature-001-greeting.html#FR-100")
    assert browsing.locator("section:target blockquote").inner_text().startswith('"><script>alert(1)')

    browsing.click("section:target a.to-source")
    assert re.search(r"source-src-greeter-greeting\.py\.html#q\d+-1$", browsing.url)
    (marked,) = (box.bounding_box() for box in browsing.locator(".band:target i").all())
    second, third = (browsing.locator(f"#L{line}").bounding_box() for line in (2, 3))
    assert marked["y"] == pytest.approx(second["y"], abs=1)
    assert marked["y"] + marked["height"] == pytest.approx(third["y"] + third["height"], abs=1)
    assert (
        browsing.locator(".band p:visible").inner_text().startswith("Marked: what the passing tests of 001-")
    )
    assert 0 < marked["y"] < browsing.viewport_size["height"]

    browsing.click(".band p:visible a")
    assert browsing.url.endswith("feature-001-greeting.html#FR-100")
    assert [] == [url for url in asked if not url.startswith("file://")]


def test_a_function_leads_to_the_requirements_that_it_serves(browsing: Any) -> None:
    """The other way round, from the sources."""
    browsing.goto((browsing.folder / "source-src-greeter-greeting.py.html").as_uri())

    browsing.click("#L1 summary")
    browsing.click("#L1 li a >> nth=0")

    assert browsing.url.endswith("feature-001-greeting.html#FR-100")


def test_a_line_that_is_linked_to_is_marked(browsing: Any) -> None:
    """People send each other lines."""
    browsing.goto((browsing.folder / "source-src-greeter-greeting.py.html#L5").as_uri().replace("%23", "#"))

    assert background(browsing, "#L5") != background(browsing, "#L6")
