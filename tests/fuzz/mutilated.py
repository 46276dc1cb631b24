"""Real specifications, spoilt: read or told of, judged, and every place within them.

    nox -s fuzz

Each run spoils them otherwise, and says by which seed; `FUZZ_SEED=7 nox -s fuzz` does the same again.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tenhats.facts.specs import MOST_BYTES
from tenhats.formats import sort_out
from tests.corpus import readers
from tests.fuzz.damage import DAMAGES
from tests.fuzz.reading import hold

pytestmark = pytest.mark.skipif(
    not readers.CORPUS.is_dir(), reason="the corpus of public specifications is not here; set CORPUS"
)
SEED = int(os.environ.get("FUZZ_SEED") or time.time_ns() % 1_000_000)


def features() -> list[dict[str, bytes]]:
    """The files of each feature of each repository, where a project has them."""
    found: dict[tuple[Path, str], dict[str, bytes]] = {}
    for project, tree in readers.whole_projects():
        folder = project.settings.specs
        for each in sort_out(tree.files, folder):
            path = (
                f"specs/{each.path.removeprefix(f'{folder}/')}"
                if each.reader.format == "spec-kit"
                else each.path
            )
            files = found.setdefault((project.root, each.feature), {})
            files[path] = (project.root / each.path).read_bytes()
    return list(found.values())


def hold_or_say(root: Path, files: dict[str, bytes]) -> None:
    """Hold, or say how to have the same failure again."""
    try:
        hold(root, files)
    except Exception as error:
        error.add_note(f"FUZZ_SEED={SEED}; the files are in {root}")
        raise


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_spoilt_specification_is_read_or_told_of(tmp_path: Path, damage: str) -> None:
    """Every file of a feature spoilt in one way."""
    chance = random.Random(f"{SEED} {damage}")  # noqa: S311
    for at, files in enumerate(features()):
        spoilt = {path: DAMAGES[damage](content, chance) for path, content in files.items()}
        hold_or_say(tmp_path / str(at), spoilt)


def test_specifications_spoilt_in_two_ways_are_read_or_told_of(tmp_path: Path) -> None:
    """One way after another."""
    chance = random.Random(SEED)  # noqa: S311
    for at, files in enumerate(features()):
        spoilt = dict(files)
        for _ in range(2):
            damage = chance.choice(list(DAMAGES.values()))
            spoilt = {path: damage(content, chance) for path, content in spoilt.items()}
        hold_or_say(tmp_path / str(at), spoilt)


def test_as_much_on_one_line_as_is_read_at_all(tmp_path: Path) -> None:
    """A megabyte, which is read, and ten, which are told of."""
    for at, files in enumerate(features()):
        for size in (MOST_BYTES, 10 * MOST_BYTES) if at % 20 == 0 else ():
            spoilt = {
                path: (content.replace(b"\n", b" ") * (size // (len(content) or 1) + 1))[:size]
                for path, content in files.items()
            }
            hold(tmp_path / f"{at} {size}", spoilt)
