"""Links of Markdown pages: which there are, where they lead, and the rule that they lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.links import Links, follow_links
from tenhats.formats.links import anchors_of, links_of
from tenhats.formats.markdown import read_page
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-006")


def followed(root: Path, files: dict[str, str]) -> Links:
    here = folder(root, files)
    return follow_links(here, tree_of(here))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](b.md) and ![c](d.png 'of d')", ["b.md", "d.png"]),
        ("[a](<b c.md>) [d](e_(f).md)", ["b c.md", "e_(f).md"]),
        ("[![badge](a.svg)](b.md)", ["a.svg", "b.md"]),
        ("[a]: b.md\n[^1]: c.md", ["b.md"]),
        ("<a class='x' href=\"a.md\">b</a> <img alt='' src='c.png'>", ["a.md", "c.png"]),
        ("`[a](b.md)` <!-- [a](c.md) -->\n```\n[a](d.md)\n```", []),
        ("Thus:\n\n    [a](b.md)\n\nthen [c](d.md)", ["d.md"]),
        ("- one\n\n    [a](b.md)", ["b.md"]),
    ],
)
def test_links_are_read_as_a_reader_sees_them(text: str, targets: list[str]) -> None:
    """In every form of Markdown and HTML; not in code, comments and footnotes."""
    assert [target for _, target in links_of(read_page(text))] == targets


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## Set up", "set-up"),
        ("Set up\n------", "set-up"),
        ("## `greet()` & **more**", "greet--more"),
        ("## `greet()` & **more**", "greet-more"),
        ("## [Set](a.md) up ##", "set-up"),
        ("## `<config>`", "config"),
        ("## \N{PARTY POPPER} News", "-news"),
        ("## :tada: News", "tada-news"),
        ("## Übung", "übung"),
        ("## Übung", "ubung"),
        ("## A\n## A", "a-1"),
        ("## A\n## A", "a_1"),
        ("## Set up {#start}", "start"),
        ("## Set up {#start}", "set-up"),
        ('<a id="Start"></a>', "start"),
        ("<h2 align='center'>\nSet up</h2>", "set-up"),
        ("- ## Set up", "set-up"),
        ("## snake_case", "snake_case"),
    ],
)
def test_headings_get_the_anchors_that_their_hosts_make(heading: str, anchor: str) -> None:
    """GitHub, GitLab and Python-Markdown each in its way."""
    assert anchor in anchors_of(read_page(heading))


def test_a_link_must_lead_to_a_file_and_to_a_heading(tmp_path: Path) -> None:
    """The finding stands at the link; the fix names what may be meant."""
    links = followed(
        tmp_path,
        {
            "README.md": "# A\n\n[a](docs/guide.md)\n[b](guide.md)\n[c](docs/guide.md#begn) [d](#b)\n"
            "[e](CONTRIBUTNG.md)\n",
            "CONTRIBUTING.md": "# C\n",
            "docs/guide.md": "# Guide\n\n## Begin\n",
        },
    )
    findings = ask("DOC010", links)
    assert told(findings) == [
        ("README.md", 4, "guide.md leads nowhere: there is no guide.md"),
        ("README.md", 5, "docs/guide.md has no heading or anchor #begn"),
        ("README.md", 5, "README.md has no heading or anchor #b"),
        ("README.md", 6, "CONTRIBUTNG.md leads nowhere: there is no CONTRIBUTNG.md"),
    ]
    assert [each.fix for each in findings.found] == [
        "link to docs/guide.md",
        "link to docs/guide.md#begin",
        "correct the link, or delete it",
        "link to CONTRIBUTING.md",
    ]


def test_what_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    """Addresses, pages of the forge, placeholders."""
    text = "# A\n\n[a](https://a.b/c) [c](../../issues) [d]({{ url }}) [e](//a.b/c)\n[f](<url>)\n"
    assert is_not_applicable(ask("DOC010", followed(tmp_path, {"README.md": text})))


def test_links_that_lead_somewhere_pass(tmp_path: Path) -> None:
    """A folder, a file with a line, a query, escapes, the page's top."""
    text = (
        "# A_B\n\n[a](docs/) [b](src/a.py#L3) [c](a%20b.png?raw=1) [d](#a\\_b) [e](#top) [f](/docs/guide)\n"
    )
    files = {"README.md": text, "docs/guide.md": "", "src/a.py": "", "a b.png": ""}
    findings = ask("DOC010", followed(tmp_path, files))
    assert is_silent(findings)
    assert (findings.looked_at, findings.advised) == (6, [])


def test_what_depends_on_the_host_is_advice(tmp_path: Path) -> None:
    """An anchor that differs by a sign, and a target from the root of a site."""
    links = followed(tmp_path, {"README.md": "# A\n\n## The news\n\n[a](#the_news) [b](/nowhere)\n"})
    findings = ask("DOC010", links)
    assert told(findings) == []
    assert [line for _, line, _ in hinted(findings)] == [5, 5]
    assert findings.advised[0].fix == "link to #the-news"


@pytest.mark.parametrize(
    "path", ["tests/data/a.md", ".github/a.md", "docs/_index.md", "src/templates/a.md", "tenhats/a.md"]
)
def test_pages_that_are_read_elsewhere_are_left_alone(tmp_path: Path, path: str) -> None:
    """Data of tests, templates, hidden folders, a site that another generator makes, the tooling."""
    assert followed(tmp_path, {path: "# A\n\n[a](b.md)\n"}).links == ()


@pytest.mark.parametrize(("anchors", "expected"), [("info", [(3, "#b")]), ("warn", [])])
def test_in_a_site_only_what_mkdocs_leaves_is_looked_at(
    tmp_path: Path, anchors: str, expected: list[tuple[int, str]]
) -> None:
    """Files are DOC001's; anchors too, if mkdocs is told to warn of them."""
    links = followed(
        tmp_path,
        {
            "mkdocs.yml": f"site_name: A\nvalidation:\n  anchors: {anchors}\n",
            "docs/index.md": "# A\n\n[a](nowhere.md) [b](#b) [c](made.md#x)\n",
            "docs/made.md": "# A\n\n{{ all }}\n",
        },
    )
    found = ask("DOC010", links).found
    assert [(each.line, each.message[-2:]) for each in found] == expected


def test_a_page_that_cannot_be_read_is_unchecked(tmp_path: Path) -> None:
    """It may have links; an empty one has none."""
    here = folder(tmp_path, {"README.md": b"\xff\xfe\x00a", "CHANGELOG.md": ""})
    findings = ask("DOC010", follow_links(here, tree_of(here)))
    assert findings.unseen == "README.md cannot be read"
