"""A pytest plugin that tries tests with functions switched off. Loaded with `-p tenhats_trial`.

What becomes of each test is written down as soon as it is known, a line a test, because a test that
is caught in a loop may have to be ended from outside, and the process with it. It runs in the
project's own environment, so it knows nothing but pytest and the standard library.
"""

# mypy: ignore-errors
import contextlib
import faulthandler
import json
import os
import signal
import sys

import pytest
import tenhats_switch

with open(os.environ["TENHATS_TRIAL"], encoding="utf-8") as _file:
    _PLAN = json.load(_file)
_PATIENCE = 3.0
_outcome = {}


class TookTooLong(BaseException):
    """A test ran longer than it may; no `except Exception` of the code under test catches it."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Keep the tests that are to be tried; a name without parameters stands for all its cases."""
    wanted, done = set(_PLAN["tests"]), set(_PLAN["done"])
    chosen, others = [], []
    for item in items:
        is_wanted = item.nodeid in wanted or item.nodeid.partition("[")[0] in wanted
        (chosen if is_wanted and item.nodeid not in done else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = chosen


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Everything is imported: from here on the functions are off."""
    _write({"collected": len(session.items)})
    tenhats_switch.SWITCH.turn(_PLAN["off"])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Write down that a test begins, and then what became of it."""
    _outcome.clear()
    _write({"id": item.nodeid})
    try:
        return (yield)
    finally:
        _write({"id": item.nodeid, "outcome": _outcome.get("is", "skipped"), "why": _outcome.get("why", "")})


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item):
    """Give the set-up its time."""
    with _limited(item):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item):
    """Give the test its time."""
    with _limited(item):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    """Give the teardown its time."""
    with _limited(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Tell a test that failed from one that could not be run at all."""
    report = yield
    if report.when == "call" and report.passed:
        _outcome.setdefault("is", "passed")
    elif report.failed and report.when != "teardown":
        error = call.excinfo.value
        _outcome["is"] = "too long" if isinstance(error, TookTooLong) else "failed"
        _outcome["is"] = "not imported" if _while_importing(error) else _outcome["is"]
        _outcome["why"] = f"{type(error).__name__}: {error}".split("\n", 1)[0][:200]
    return report


def _while_importing(error):
    """Whether a module of the project, or what it needs, could not be imported."""
    if isinstance(error, ImportError):
        return True
    source = os.path.join(os.path.realpath(os.environ[tenhats_switch.SOURCE]), "")
    frame = error.__traceback__
    while frame:
        code = frame.tb_frame.f_code
        if code.co_name == "<module>" and os.path.realpath(code.co_filename).startswith(source):
            return True
        frame = frame.tb_next
    return False


@contextlib.contextmanager
def _limited(item):
    """End what takes too long: by an exception, or where no Python code runs, by ending the process."""
    limit = _PLAN["limits"].get(item.nodeid, _PLAN["limit"])
    faulthandler.dump_traceback_later(limit + _PATIENCE, exit=True, file=sys.__stderr__)
    before = signal.signal(signal.SIGALRM, _stop) if hasattr(signal, "SIGALRM") else None
    if before is not None:
        signal.setitimer(signal.ITIMER_REAL, limit, limit)
    try:
        yield
    finally:
        if before is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


def _stop(number, frame):
    raise TookTooLong


def _write(what):
    with open(_PLAN["record"], "a", encoding="utf-8") as file:
        file.write(json.dumps(what) + "\n")
