"""A pytest plugin that runs the tests from back to front, or some of them in an order that is given.

Loaded with `-p tenhats.probes.tenhats_order`. The order is a list of ids, as JSON, in the file that
`TENHATS_ORDER` names. It knows nothing but pytest and the standard library.
"""

# mypy: ignore-errors
import itertools
import json
import os
from pathlib import Path

import pytest

_PATH = os.environ.get("TENHATS_ORDER", "")
_DECLARED = ("dependency", "incremental", "order", "random_order", "run")


def pytest_configure(config):
    """Keep pytest-randomly, which shuffles before anybody else is asked, from shuffling."""
    if hasattr(config.option, "randomly_reorganize"):
        config.option.randomly_reorganize = False


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Turn the order around before other plugins change it: an order that is declared still holds."""
    if not _PATH:
        items[:] = _backwards(items)
        return (yield)
    result = yield
    order = json.loads(Path(_PATH).read_text(encoding="utf-8"))
    places = {test: place for place, test in enumerate(order)}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in places])
    items[:] = sorted((item for item in items if item.nodeid in places), key=lambda item: places[item.nodeid])
    return result


def _backwards(items):
    """The files and the tests in each from the last to the first; a file that declares an order keeps it."""
    files = [list(file) for _, file in itertools.groupby(items, lambda item: item.nodeid.partition("::")[0])]
    for file in reversed(files):
        yield from file if any(map(_is_declared, file)) else reversed(file)


def _is_declared(item):
    return any(item.get_closest_marker(name) for name in _DECLARED)
