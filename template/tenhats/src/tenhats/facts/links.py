"""Where the links of the project's own Markdown lead: to which file, and there to which anchor.

Nothing is fetched. Pages that a site generator reads are its own to judge: it may know pages that are no
files. What mkdocs does not look at by itself, anchors, is looked at here.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.specs import read_file
from tenhats.facts.tree import Tree
from tenhats.formats.links import anchors_of, bare, is_of_elsewhere, links_of, parted
from tenhats.formats.markdown import Page

_ENDINGS = (".md", ".markdown")
# In whose folder one of these stands, a generator of sites reads the pages.
_GENERATORS = frozenset({
    "conf.py", "_config.yml", "_config.toml", "_index.md", "book.toml", "myst.yml", "docusaurus.config.js",
    "docusaurus.config.ts", "sidebars.js", ".vitepress", "mint.json", "docs.json", "antora.yml", "hugo.toml",
    "astro.config.mjs", "mkdocs.yml", "zensical.toml", ".pages", "SUMMARY.md", "_sidebar.md",
})  # fmt: skip
# What stands there belongs to somebody else, to another place, or is read only when it is put into a page.
_NOT_READ_THERE = frozenset({
    "tests", "test", "testing", "testdata", "test_data", "fixtures", "snapshots", "samples", "vendor",
    "vendored", "_vendor", "third_party", "node_modules", "template", "templates", "includes", "_includes",
    "snippets", "changes", "changelog.d", "newsfragments", "news", "_bmad", "bmad",
})  # fmt: skip
_ANCHORS_WARN = re.compile(r"^[ \t]+anchors:[ \t]*warn\b", re.MULTILINE)
_MADE = re.compile(r"\{\{|\{%|--8<--|^:::")
_MOST_NEIGHBOURS = 300
"""Among so many names a likeness is looked for; among more it would take longer than it helps."""


@dataclass(frozen=True)
class Link:
    """A relative link: what is written, and the file from the project's root that it leads to.

    `is_there` says whether there is such a file or folder, `has_anchor` whether it has the fragment; both are
    true where that is not asked or cannot be known. `near` is the target that may be meant. One that is not
    `certain` may lead somewhere on another host.
    """

    path: str
    line: int
    target: str
    file: str
    is_there: bool = True
    has_anchor: bool = True
    near: str = ""
    certain: bool = True


@dataclass(frozen=True)
class Links:
    """Every relative link of the project's Markdown, and the pages that could not be read."""

    links: tuple[Link, ...] = ()
    unread: tuple[str, ...] = ()


@fact(reads=("*",))
def follow_links(project: Project, tree: Tree) -> Links:
    """Read the pages and look where each link leads."""
    reader = _Reader(project, tree)
    made = {posixpath.dirname(each) for each in tree.files if posixpath.basename(each) in _GENERATORS} - {""}
    site = _site_of_mkdocs(project, tree)
    links: list[Link] = []
    for path in tree.files:
        if not path.endswith(_ENDINGS) or not _is_own(path) or made.intersection(_above(path)):
            continue
        is_site = bool(site) and path.startswith("docs/")
        if not is_site or site == "files":
            links += reader.links_on(path, only_anchors=is_site)
    return Links(tuple(links), tuple(reader.unread))


def _is_own(path: str) -> bool:
    folders = path.split("/")[:-1]
    foreign = any(each.startswith(".") or each.lower() in _NOT_READ_THERE for each in folders)
    return not foreign and folders[:1] != ["tenhats"]


def _above(path: str) -> Iterator[str]:
    """The folders that a file stands in, the nearest first, without the project's own."""
    while path := posixpath.dirname(path):
        yield path


def _site_of_mkdocs(project: Project, tree: Tree) -> str:
    """What mkdocs sees to in `docs/`: `files`, or `anchors` as well; nothing where there is no mkdocs.yml."""
    if "mkdocs.yml" not in tree.files:
        return ""
    text = (project.root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace")
    return "anchors" if _ANCHORS_WARN.search(text) else "files"


class _Reader:
    """The pages that were read, each once, and the files by their names."""

    def __init__(self, project: Project, tree: Tree) -> None:
        self.unread: list[str] = []
        self._root = project.root
        self._files = frozenset(tree.files)
        self._folders = {".", *(folder for file in tree.files for folder in _above(file))}
        self._pages: dict[str, Page | None] = {}
        self._anchors: dict[str, frozenset[str] | None] = {}
        self._named: dict[str, list[str]] = {}
        self._beside: dict[str, list[str]] = {}
        for file in tree.files:
            folder, _, name = file.rpartition("/")
            self._named.setdefault(name.lower(), []).append(file)
            self._beside.setdefault(folder, []).append(name)

    def links_on(self, path: str, *, only_anchors: bool) -> Iterator[Link]:
        """The relative links of one page."""
        page = self._page(path)
        if page is None:
            if (self._root / path).stat().st_size:
                self.unread.append(path)
            return
        for line, target in links_of(page):
            if not target or is_of_elsewhere(target):
                continue
            name, _ = parted(target)
            file = self._file_of(path, name)
            if file.startswith(".."):
                continue  # A page of the forge, such as ../../issues.
            if not self._is_there(file):
                if not only_anchors:  # Else it is mkdocs' to say.
                    near, certain = self._nearest_file(path, file), not name.startswith("/")
                    yield Link(path, line, target, file, is_there=False, near=near, certain=certain)
            else:
                yield self._anchored(path, line, target, file)

    def _anchored(self, path: str, line: int, target: str, file: str) -> Link:
        """The link to a file that is there, and whether its fragment is."""
        name, fragment = parted(target)
        anchors = self._anchors_of(file) if fragment else None
        wanted = fragment.lower().removeprefix("user-content-")
        if anchors is None or wanted in {"top", "readme"} or ":~:" in wanted or wanted in anchors:
            return Link(path, line, target, file)
        alike = next((each for each in sorted(anchors) if bare(each) == bare(wanted)), "")
        close = [alike] if alike else _close(wanted, sorted(anchors))
        near = f"{name}#{close[0]}" if close else ""
        return Link(path, line, target, file, has_anchor=False, near=near, certain=not alike)

    def _file_of(self, path: str, name: str) -> str:
        """The file that is meant; one that begins at the root of a site is sought in every folder above."""
        if not name:
            return path
        if not name.startswith("/"):
            return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        bare_name = posixpath.normpath(name.strip("/") or ".")
        found = (
            candidate
            for folder in (*_above(path), "")
            for ending in ("", ".md", "/index.md", "/README.md")
            if self._is_there(candidate := posixpath.join(folder, f"{bare_name}{ending}"))
        )
        return next(found, bare_name)

    def _is_there(self, file: str) -> bool:
        # A folder that git does not list is one of a submodule.
        return file in self._files or file in self._folders or (self._root / file).is_dir()

    def _page(self, path: str) -> Page | None:
        if path not in self._pages:
            self._pages[path] = read_file(self._root, path, [])
        return self._pages[path]

    def _anchors_of(self, file: str) -> frozenset[str] | None:
        """The anchors of a page; None if it is no Markdown, cannot be read, or is put together later."""
        if file not in self._anchors:
            page = self._page(file) if file.endswith(_ENDINGS) and file in self._files else None
            made = page and (page.unclosed or any(_MADE.search(line.text) for line in page.lines))
            self._anchors[file] = anchors_of(page) if page and not made else None
        return self._anchors[file]

    def _nearest_file(self, path: str, file: str) -> str:
        """The target that may be meant: the same name elsewhere, or one beside it that is almost the same."""
        folder, _, name = file.rpartition("/")
        same = self._named.get(name.lower(), self._named.get(f"{name.lower()}.md", []))
        if name.lower() in {"readme.md", "index.md"}:
            same = same if len(same) == 1 else []
        best = _close(file, same, 0.3)
        if not best:
            best = [posixpath.join(folder, each) for each in _close(name, self._beside.get(folder, []), 0.75)]
        return posixpath.relpath(best[0], posixpath.dirname(path) or ".") if best else ""


def _close(word: str, known: list[str], cutoff: float = 0.6) -> list[str]:
    return difflib.get_close_matches(word, known, 1, cutoff) if len(known) <= _MOST_NEIGHBOURS else []
