"""Model cards: which sections have words, and what is said under the metrics."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.cards import CARD_SECTIONS, Card, Said, read_cards
from tenhats.settings import Model
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("007-pipelines-and-models/FR-005")


CARD = "# Churn\n\n## Intended Use\n\nx\n\n## Training Data\n\nx\n\n## Metrics\n\nx\n\n## Limitations\n\nx\n"


def test_a_card_is_read_with_its_sections(tmp_path: Path) -> None:
    """A heading without words, or with a comment, is empty; a card that is not declared is not there."""
    models = (
        Model("a", (), (), "docs/a.md", 3),
        Model("b", (), (), "docs/b.md", 4),
        Model("c", (), (), None, 5),
        Model("d", (), (), "docs/d.md", 6),
    )
    empty = "# Churn\n\n## Metrics\n<!-- soon -->\n## Limitations\nnone"
    here = folder(tmp_path, {"docs/a.md": CARD, "docs/d.md": empty}, models=models)
    assert read_cards(here, tree_of(here)).cards == (
        Card("a", "docs/a.md", 1, is_there=True, metrics=(Said(13, "x"),)),
        Card("b", "pyproject.toml", 4, is_there=False),
        Card("c", "pyproject.toml", 5, is_there=False),
        Card("d", "docs/d.md", 1, is_there=True, empty=CARD_SECTIONS[:3]),
    )
