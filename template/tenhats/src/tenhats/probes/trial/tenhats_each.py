"""A pytest plugin that tries functions one by one: each alone is off, and the tests that reach it run.

Everything is imported and collected once; each function then has a process of its own, forked from
this one, so that nothing which its tests leave behind is seen by the next. Loaded with
`-p tenhats_each`. It knows nothing but pytest and the standard library.
"""

# mypy: ignore-errors
import contextlib
import json
import os
import signal
import time

import pytest
import tenhats_switch
from _pytest.runner import runtestprotocol

with open(os.environ["TENHATS_TRIAL"], encoding="utf-8") as _file:
    _PLAN = json.load(_file)
_NOTICED, _UNNOTICED, _NOT_RUN = 1, 0, 2
_failed = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item):
    """Remember what failed: of a subtest, the report of the test around it does not tell."""
    report = yield
    if report.failed and report.when != "teardown":
        _failed.append(item.nodeid)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Try the functions, as many at a time as there are processors; no test runs in this process."""
    by_name = {}
    for item in session.items:
        by_name.setdefault(item.nodeid.partition("[")[0], []).append(item)
    jobs, running = list(reversed(_PLAN["jobs"])), {}
    try:
        while jobs or running:
            while jobs and len(running) < (os.cpu_count() or 1):
                job = jobs.pop()
                items = [item for name in job["tests"] for item in by_name.get(name, ())]
                running[_start(job["off"], items)] = (job, time.monotonic() + job["limit"])
            _reap(running)
            time.sleep(0.002)
    finally:
        for child in running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    return True


def _start(off, items):
    """Start a process in which one function is off; its exit code says what its tests said."""
    child = os.fork()
    if child:
        return child
    code = _NOT_RUN
    try:
        os.setsid()
        tenhats_switch.SWITCH.turn(off)
        code = _said(items)
    finally:
        os._exit(code)


def _said(items):
    ran = False
    for item, following in zip(items, [*items[1:], None], strict=True):
        _give_time(item)
        reports = runtestprotocol(item, log=False, nextitem=following)
        if _failed:
            return _NOTICED
        ran = ran or any(report.when == "call" and report.passed for report in reports)
    return _UNNOTICED if ran else _NOT_RUN


def _give_time(item):
    """End this process when the test has taken too long, also where no Python code runs."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, _PLAN["limits"][item.nodeid.partition("[")[0]])


def _reap(running):
    """Write down what has ended, and end what takes too long."""
    for child, (job, until) in list(running.items()):
        ended, status = os.waitpid(child, os.WNOHANG)
        late = not ended and time.monotonic() > until
        if not (ended or late):
            continue
        # What its tests have started goes with it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        if late:
            os.waitpid(child, 0)
        del running[child]
        code = os.waitstatus_to_exitcode(status) if ended else _NOTICED
        said = {_NOTICED: "noticed", _UNNOTICED: "unnoticed"}.get(code, "not run")
        # A function without which the process itself breaks down is noticed too.
        said = "noticed" if code < 0 else said
        with open(_PLAN["record"], "a", encoding="utf-8") as file:
            file.write(json.dumps({"off": job["off"], "said": said}) + "\n")
