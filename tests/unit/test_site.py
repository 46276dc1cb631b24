"""The site is built from what people wrote and what is generated beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import tenhats
from tenhats.facts.site import build_site
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-005")


CONFIG = "site_name: a\nvalidation:\n  omitted_files: warn\nnav:\n  - index.md\n"


@pytest.fixture(autouse=True)
def tooling(monkeypatch: pytest.MonkeyPatch) -> None:
    """mkdocs runs in a process of its own, which imports the tooling too."""
    monkeypatch.setenv("PYTHONPATH", str(Path(tenhats.__file__).parents[1]))


def test_a_generated_page_need_not_be_in_a_nav_that_people_wrote(tmp_path: Path) -> None:
    """Nobody could have known of it."""
    here = folder(tmp_path, {"mkdocs.yml": CONFIG, "docs/index.md": "# A\n"})

    assert build_site(here, tree_of(here), {"reference/api.md": "# B\n"}, "site").complaints == ()


def test_a_written_page_that_the_nav_leaves_out_is_told_of(tmp_path: Path) -> None:
    """If the configuration asks for that; also where it leaves out others on purpose."""
    config = f"{CONFIG}not_in_nav: /draft.md\n"
    pages = {"docs/index.md": "# A\n", "docs/draft.md": "# D\n", "docs/lost.md": "# L\n"}
    here = folder(tmp_path, {"mkdocs.yml": config, **pages})
    (complaint,) = build_site(here, tree_of(here), {"reference/api.md": "# B\n"}, "site").complaints

    assert "lost.md" in complaint.message
    assert "draft.md" not in complaint.message
