"""The pages a visitor sees first: the README and the changelog."""

from __future__ import annotations

from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.specs import read_file
from tenhats.facts.tree import Tree
from tenhats.formats.markdown import Heading, Line
from tenhats.formats.model import Problem

WANTED = ("README.md", "CHANGELOG.md")


@dataclass(frozen=True)
class FrontPage:
    """One of them: its headings and its lines, code left out; None for lines if it is missing."""

    path: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    is_there: bool = True
    line: int = 1


@dataclass(frozen=True)
class FrontPages:
    """The README and the changelog, there or not."""

    pages: tuple[FrontPage, ...] = ()
    problems: tuple[Problem, ...] = ()


@fact()
def read_front_pages(project: Project, tree: Tree) -> FrontPages:
    """Read them."""
    problems: list[Problem] = []
    pages = []
    for path in WANTED:
        page = read_file(project.root, path, problems) if path in tree.files else None
        pages.append(
            FrontPage(path, page.headings, page.lines)
            if page
            else FrontPage(path, (), (), is_there=path in tree.files)
        )
    return FrontPages(tuple(pages), tuple(problems))
