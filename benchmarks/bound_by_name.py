"""Binds the tests of a package to requirements by their names. Copied to `tests/conftest.py` by `real_code`.

`bound.json` beside it says which requirements each function has, and which functions are meant where a
name does not tell. It runs in the package's own environment, so it knows nothing but pytest.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

_BOUND = json.loads(Path(__file__).with_name("bound.json").read_text(encoding="utf-8"))
_REQUIREMENTS: dict[str, str] = _BOUND["requirements"]
_MEANT: dict[str, list[str]] = _BOUND["meant"]
_PLAIN = {name.replace("_", "").lower(): name for name in _REQUIREMENTS}


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark, for suites that are strict about marks."""
    config.addinivalue_line("markers", "req(name, ...): what a test proves")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of which the name, or that of its class, tells what it is about."""
    for item in items:
        names = item.nodeid.partition("[")[0].split("::")[1:]
        functions = next(filter(None, map(meant, reversed(names))), [])
        for function in functions:
            item.add_marker(pytest.mark.req(_REQUIREMENTS[function]))


def meant(name: str) -> list[str]:
    """The functions that a test or a class is about: as it is written down, else as it is called.

    `ChunkedTests` is about `chunked`, `test_naturaldelta_nomonths` about `naturaldelta`.
    """
    if name in _MEANT:
        return _MEANT[name]
    bare = re.sub(r"^test_?|tests?$", "", name.lower())
    words = bare.split("_")
    heads = ("".join(words[:end]) for end in range(len(words), 0, -1))
    return next(([_PLAIN[head]] for head in heads if head in _PLAIN), [])
