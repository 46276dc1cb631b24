"""Where reading begins and what kinds of pages there are, and the rule about both."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.reading import KINDS, ReadingOrder, find_reading_order
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-008")

PAGES = tuple(f"docs/{number}.md" for number in range(9))


def found(root: Path, *pages: str, mkdocs: str = "site_name: A\n") -> ReadingOrder:
    here = folder(root, {"mkdocs.yml": mkdocs, **dict.fromkeys(pages, "# A\n")})
    return find_reading_order(here, tree_of(here))


def test_a_site_has_a_front_page() -> None:
    """Without one its address shows nothing; without a site nothing is asked."""
    assert told(ask("DOC012", ReadingOrder(PAGES[:2], kinds=frozenset(KINDS)))) == [
        ("mkdocs.yml", 1, "the site has no front page: there is no docs/index.md")
    ]
    assert is_silent(ask("DOC012", ReadingOrder(PAGES[:2], "docs/index.md")))
    assert is_not_applicable(ask("DOC012", ReadingOrder()))


def test_a_kind_that_is_missing_is_advice() -> None:
    """In a site of more than eight pages."""
    kinds = frozenset({"tutorial", "how-to guide", "reference"})
    assert ask("DOC012", ReadingOrder(PAGES[:8], "docs/index.md", kinds)).advised == []
    findings = ask("DOC012", ReadingOrder(PAGES, "docs/index.md", kinds))
    assert (told(findings), [path for path, _, _ in hinted(findings)]) == ([], ["mkdocs.yml"])
    assert "explanation" in findings.advised[0].message


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("docs/tutorial.md", "tutorial"),
        ("docs/getting-started/one.md", "tutorial"),
        ("docs/how-to/one.md", "how-to guide"),
        ("docs/guides/one.md", "how-to guide"),
        ("docs/reference/one.md", "reference"),
        ("docs/cli.md", "reference"),
        ("docs/adr/0001-a.md", "explanation"),
        ("docs/02_concepts.md", "explanation"),
    ],
)
def test_kinds_are_known_by_their_names(tmp_path: Path, page: str, kind: str) -> None:
    """Of folders and files."""
    assert found(tmp_path, page).kinds == {kind}


def test_kinds_are_known_by_the_navigation(tmp_path: Path) -> None:
    """And by the page that is made from the docstrings."""
    order = found(
        tmp_path, "docs/a.md", "src/greeter.py", mkdocs="site_name: A\nnav:\n  - 'First steps':\n    - a.md\n"
    )
    assert order.kinds == {"tutorial", "reference"}


def test_records_are_no_pages_to_read_through(tmp_path: Path) -> None:
    """However many decisions there are."""
    order = found(tmp_path, "docs/README.md", "docs/adr/0001-a.md")
    assert (order.pages, order.front) == (("docs/README.md",), "docs/README.md")


@pytest.mark.parametrize("mkdocs", ["docs_dir: pages\n", "plugins:\n  - gen-files:\n"])
def test_a_site_that_is_made_elsewhere_is_left_alone(tmp_path: Path, mkdocs: str) -> None:
    """Its front page may be made when it is built."""
    assert found(tmp_path, "docs/a.md", mkdocs=mkdocs) == ReadingOrder()
