"""Where a feature's own documents speak of its contracts: by the file's name, or by what it defines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenhats.contracts import kinds
from tenhats.fact import Project, fact
from tenhats.facts.contracts import Contracts
from tenhats.facts.specs import read_text
from tenhats.facts.tree import Tree

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ADDRESS = re.compile(r"/[\w{}/.:-]+")
_COMPOUND = re.compile(r"[a-z0-9][A-Z]|_|\d")


@dataclass(frozen=True)
class Mention:
    """A contract, the documents of its feature, and those among them that speak of it.

    One that `is_prose` is written for people only.
    """

    path: str
    is_prose: bool = False
    documents: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True)
class Mentions:
    """Every contract, those in prose among them."""

    mentions: tuple[Mention, ...] = ()


@fact()
def find_mentions(project: Project, tree: Tree, contracts: Contracts) -> Mentions:
    """Look for every contract in the Markdown files of its feature, and in the contracts beside it."""
    named = {each.path: each.names for each in contracts.contracts}
    named |= {path: () for path in contracts.unread if not path.endswith("/README.md")}
    texts: dict[str, _Text] = {}
    found = []
    for path, names in sorted(named.items()):
        home = kinds.feature_of(path)
        beside = [each for each in tree.files if each.startswith(home) and each != path]
        told = [each for each in beside if each.endswith((".md", ".mdx")) or each in named]
        for each in told:
            if each not in texts:
                texts[each] = _Text(read_text(project.root, each, []) or "")
        where = tuple(each for each in told if texts[each].speaks_of(path, names))
        found.append(Mention(path, path in contracts.unread, tuple(told), where))
    return Mentions(tuple(found))


class _Text:
    """The words of a document."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = set(_WORD.findall(text))
        self._addresses = {each.rstrip(".:/") for each in _ADDRESS.findall(text)}

    def speaks_of(self, path: str, names: tuple[str, ...]) -> bool:
        """Whether it names the file, or something that is defined there and bears no everyday name."""
        if path.rpartition("/")[2] in self._text:
            return True
        return any(
            name.rstrip("/") in self._addresses
            if name.startswith("/")
            else name in self._words and _COMPOUND.search(name)
            for name in names
        )
