"""The cards of declared models: which sections have words, and what is said under the metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.formats.markdown import Page, read_page

CARD_SECTIONS = ("intended use", "training data", "metrics", "limitations")


@dataclass(frozen=True)
class Said:
    """A line of a card."""

    line: int
    text: str


@dataclass(frozen=True)
class Card:
    """A model's card: whether it is there, which sections have no words, what is said of metrics."""

    model: str
    path: str
    line: int
    is_there: bool
    empty: tuple[str, ...] = ()
    metrics: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Cards:
    """The card of every declared model."""

    cards: tuple[Card, ...] = ()


@fact()
def read_cards(project: Project, tree: Tree) -> Cards:
    """Read the card of every declared model."""
    cards = []
    for model in project.settings.models:
        path = model.card or ""
        if path not in tree.files:
            cards.append(Card(model.name, "pyproject.toml", model.line, is_there=False))
            continue
        text = (project.root / path).read_text(encoding="utf-8", errors="replace")
        said = tuple(_sections(read_page(text)))
        empty = tuple(wanted for wanted in CARD_SECTIONS if not any(wanted in name for name, _ in said))
        metrics = tuple(line for name, line in said if "metrics" in name)
        cards.append(Card(model.name, path, 1, is_there=True, empty=empty, metrics=metrics))
    return Cards(tuple(cards))


def _sections(page: Page) -> Iterator[tuple[str, Said]]:
    """Every line with words, after the name of the section that it stands in."""
    section = ""
    headings = {heading.number: heading.text.lower() for heading in page.headings}
    for line in page.lines:
        if line.number in headings:
            section = headings[line.number]
        elif line.text.strip():
            yield section, Said(line.number, line.text)
