"""A pytest plugin that ends a run before its first test if a mark names what no specification has.

A project's `tests/conftest.py` loads it, so that a developer is told by a plain `pytest`. It runs in the
project's own environment, so it takes nothing but pytest, the standard library and our own readers. In the
gates' run it keeps quiet: there the rules TST002 and TST013 tell, and the other verdicts stay to be seen.
"""

from __future__ import annotations

import difflib
import linecache
import os
from pathlib import Path

import pytest

from tenhats.errors import CannotRun
from tenhats.fact import Project
from tenhats.facts.specs import Specs, read_specs
from tenhats.facts.tree import look_at_tree
from tenhats.settings import read_settings


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Look at the names of every test's marks.

    Raises:
        UsageError: naming each place, what is written there, and the nearest real names; or what is wrong
            with our own settings.
    """
    if "TENHATS_RECORD" in os.environ:
        return
    borne = [(item, str(name)) for item in items for mark in item.iter_markers("req") for name in mark.args]
    if not borne:
        return
    specs = _specs(config.rootpath)
    unknown = {name for name in {name for _, name in borne} if specs.resolve(name) is None}
    told = dict.fromkeys(_message(item, name, specs) for item, name in borne if name in unknown)
    if told:
        raise pytest.UsageError("\n".join(told))


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_bdd_apply_tag(tag: str) -> bool | None:
    """Let a scenario bear a requirement's name as a tag: pytest could not have a mark of that name."""
    return True if not tag.isidentifier() else None


def _specs(root: Path) -> Specs:
    try:
        project = Project(root, read_settings(root))
    except CannotRun as error:
        raise pytest.UsageError(str(error)) from None
    return read_specs(project, look_at_tree(project))


def _message(item: pytest.Item, name: str, specs: Specs) -> str:
    path, line, _ = item.location
    near = difflib.get_close_matches(name, specs.names, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    alike = sorted(each for each in specs.names if each.endswith(f"/{name}"))
    what = f"{name} is ambiguous: {', '.join(alike)}" if alike else f"there is no {name}.{hint}"
    return f"{path}:{_line_of(name, item.path, line or 0)}: {what}"


def _line_of(name: str, path: Path, first: int) -> int:
    """The line on which the name stands, the nearest to the test; that of the test if it stands nowhere."""
    lines = linecache.getlines(str(path))
    written = [number for number, text in enumerate(lines, 1) if f'"{name}"' in text or f"'{name}'" in text]
    return min(written, key=lambda number: abs(number - first - 1), default=first + 1)
