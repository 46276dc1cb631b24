"""What the documentation mentions: every word that looks like an option, and every word of its code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree

_PAGES = ("docs/*", "doc/*", "man/*", "README*", "*.md", "*.rst", "*.1")
_ENDINGS = (".md", ".rst", ".txt", ".adoc", ".mdx", ".1", "README")
_NOT_FOR_USERS = re.compile(
    r"(?:CHANGE|HISTORY|NEWS|RELEASE)[^/]*|(?:.+/)?(?:tests?|specs|personas|tenhats|\.[^/]+)/.+",
    re.IGNORECASE,
)
_OPTION = re.compile(r"(?<![\w-])--?[A-Za-z0-9][\w-]{0,60}")
_WORD = re.compile(r"[A-Za-z0-9][\w-]{0,60}")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_MADE = re.compile(
    r"^[ \t]*(?:::: ?(?:mkdocs-click|mkdocs-typer2?)|\.\. (?:click|typer|argparse|autoprogram|program-output|"
    r"command-output|clidoc)::|`{3,}\{(?:click|typer|argparse|program-output)\}|\[\[\[cog|<!-- ?\[\[\[cog)"
    r"|\bexec=[\"'](?:on|true|1|yes)",
    re.MULTILINE,
)
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Guide:
    """The options and the words of code that the pages for users mention, and the pages.

    `is_made` if a page is filled from the program itself when the site is built.
    """

    options: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()
    is_made: bool = False


@fact(reads=_PAGES)
def read_guide(project: Project, tree: Tree) -> Guide:
    """Read the pages that a user reads; the changelog and specifications are none."""
    options: set[str] = set()
    words: set[str] = set()
    pages = []
    is_made = False
    for path in tree.matching(*_PAGES):
        file = project.root / path
        if not path.endswith(_ENDINGS) or _NOT_FOR_USERS.fullmatch(path) or file.stat().st_size > _MOST_BYTES:
            continue
        text = file.read_text(encoding="utf-8", errors="replace").replace("\\-", "-")
        pages.append(path)
        is_made = is_made or bool(_MADE.search(text))
        options |= set(_OPTION.findall(text))
        words |= {word for line in _code(text, path) for word in _WORD.findall(line)}
    return Guide(frozenset(options), frozenset(words), tuple(pages), is_made)


def _code(text: str, path: str) -> list[str]:
    """The lines and the spans in which a name stands for itself: code, and headings."""
    if not path.endswith((".md", ".mdx")):
        return [text]
    found, inside = [], False
    for line in text.split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            inside = not inside
        elif inside or line.startswith(("#", "    ")):
            found.append(line)
        else:
            found += _CODE.findall(line)
    return found
