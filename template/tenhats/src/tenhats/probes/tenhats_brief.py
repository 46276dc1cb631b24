"""A pytest plugin that keeps benchmarks brief, also where a mark of theirs asks for more.

Loaded with `-p tenhats.probes.tenhats_brief`. It knows nothing but pytest.
"""

# mypy: ignore-errors
import pytest

_BRIEF = {"max_time": 0.1, "min_rounds": 3, "warmup": False}


def pytest_collection_modifyitems(items):
    """Put a mark before the one that is there: the nearest counts."""
    for item in items:
        mark = item.get_closest_marker("benchmark")
        theirs = mark.kwargs if mark else {}
        item.add_marker(pytest.mark.benchmark(**{**theirs, **_BRIEF}), append=False)
