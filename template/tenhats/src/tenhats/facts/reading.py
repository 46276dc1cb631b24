"""The order in which the documentation can be read: where it begins, and which kinds of pages it has.

The four kinds are those of Diátaxis, https://diataxis.fr/, known by the names of folders, of files, and of
entries in the navigation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree

KINDS = {
    "tutorial": re.compile(
        r"tutorials?|getting.?started|quick.?start|first.steps|learn|introduction|walkthrough"
    ),
    "how-to guide": re.compile(
        r"how.?to\b.*|howtos?|guides?|recipes?|cookbook|usage|use|using|examples?|faq|tasks?"
    ),
    "reference": re.compile(r"references?|api|cli|commands?|settings?|configuration|options|modules?"),
    "explanation": re.compile(
        r"explanations?|concepts?|background|why|decisions?|adrs?|architecture|design|internals?|theory|about|"
        r"discussions?|topics|philosophy|rationale|how.it.works"
    ),
}
_ENTRY = re.compile(r"[ \t]*-[ \t]+['\"]?([^:'\"\n]{1,80})['\"]?:")
_MADE_ELSEWHERE = re.compile(r"^docs_dir:[ \t]*['\"]?(?!docs['\"]?[ \t]*$)|\bgen-files\b", re.MULTILINE)
_FRONTS = ("docs/index.md", "docs/README.md", "docs/index.html")
_RECORDS = "docs/adr/"


@dataclass(frozen=True)
class ReadingOrder:
    """The pages of the site without the decision records, its front page, and the kinds that it has.

    `front` is empty where there is none. `has_site` says whether mkdocs makes a site of the pages.
    """

    pages: tuple[str, ...] = ()
    front: str = ""
    kinds: frozenset[str] = frozenset()
    has_site: bool = False


@fact(reads=("docs/*", "mkdocs.yml", "*.py"))
def find_reading_order(project: Project, tree: Tree) -> ReadingOrder:
    """Look at the names of the pages, and at the navigation if it is written down."""
    pages = tree.matching("docs/*.md")
    if "mkdocs.yml" not in tree.files or not pages:
        return ReadingOrder()
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace")
    if _MADE_ELSEWHERE.search(text):
        return ReadingOrder()
    names = {part for page in pages for part in page.removesuffix(".md").split("/")[1:]}
    names |= set(_ENTRY.findall(text))
    words = {re.sub(r"[^a-z]+", " ", name.lower()).strip() for name in names}
    kinds = {kind for kind, named in KINDS.items() if any(_speaks_of(named, each) for each in words)}
    if tree.matching(f"{project.settings.source}/*.py"):
        kinds.add("reference")  # The page of the interface is made when the site is built.
    front = next((each for each in _FRONTS if each in tree.files), "")
    own = tuple(page for page in pages if not page.startswith(_RECORDS))
    return ReadingOrder(own, front, frozenset(kinds), has_site=True)


def _speaks_of(kind: re.Pattern[str], name: str) -> bool:
    return bool(kind.fullmatch(name)) or any(kind.fullmatch(word) for word in name.split())
