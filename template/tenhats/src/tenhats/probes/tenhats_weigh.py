"""A pytest plugin that weighs what benchmarks call: how much more memory the process holds meanwhile.

Loaded with `-p tenhats.probes.tenhats_weigh`, in a process for one benchmark: what a process held at most is
never forgotten. `TENHATS_WEIGH` says where to write; `TENHATS_TRACED` is set if Python is to count what it
allocates, which takes memory itself. It knows nothing but pytest and the standard library.
"""

# mypy: ignore-errors
import gc
import json
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

_PATH = os.environ.get("TENHATS_WEIGH", "")
_TRACED = bool(os.environ.get("TENHATS_TRACED"))
_found = []


class _Weighing:
    """Stands before the fixture `benchmark`, and weighs the function that it is given."""

    def __init__(self, fixture):
        self._fixture = fixture

    def __call__(self, function, *arguments, **named):
        return self._fixture(_weighed(function), *arguments, **named)

    def pedantic(self, target, *arguments, **named):
        return self._fixture.pedantic(_weighed(target), *arguments, **named)

    def __getattr__(self, name):
        return getattr(self._fixture, name)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item):
    """Weigh what is given to `benchmark`; pytest-benchmark wants its own fixture back afterwards."""
    fixture = getattr(item, "funcargs", {}).get("benchmark")
    if fixture is None:
        return (yield)
    item.funcargs["benchmark"] = _Weighing(fixture)
    try:
        return (yield)
    finally:
        item.funcargs["benchmark"] = fixture


def pytest_sessionfinish():
    """Write down what each call weighed."""
    Path(_PATH).write_text(json.dumps(_found), encoding="utf-8")


def _weighed(function):
    def called(*arguments, **named):
        gc.collect()
        weigh = _traced if _TRACED else _resident
        result, weight = weigh(lambda: function(*arguments, **named))
        _found.append(weight)
        return result

    return called


def _traced(function):
    tracemalloc.start()
    try:
        result = function()
        return result, {"grown": tracemalloc.get_traced_memory()[1]}
    finally:
        tracemalloc.stop()


def _resident(function):
    """The bytes by which the process grew; and of its largest child, if one ran, those that are sure."""
    held, children = _held(), _children()
    if held is None:
        return function(), {"grown": 0}
    result = function()
    peak, now = _peak(), _children()
    child = now.ru_maxrss * _unit() if now.ru_minflt != children.ru_minflt else 0
    return result, {"grown": max(0, peak - held), "child": child, "parent": peak}


def _held():
    """What the process holds now, with its peak forgotten where the system lets it be."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return _peak()
    return _status("VmRSS:") or _peak()


def _peak():
    """The most that the process held at one time; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    return _status("VmHWM:") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _unit()


def _status(name):
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), None)


def _children():
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_CHILDREN)


def _unit():
    return 1 if sys.platform == "darwin" else 1024
