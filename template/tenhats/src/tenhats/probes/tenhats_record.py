"""A pytest plugin that writes down what a test run did. Loaded with `-p tenhats_record`.

It runs in the project's own environment, so it knows nothing but pytest and the standard library.
"""

# mypy: ignore-errors
import json
import os
import sys
import traceback

import pytest

_PATH = os.environ.get("TENHATS_RECORD", "")
_BENCHMARKS = os.environ.get("TENHATS_BENCHMARKS", "")
_tests = {}
_broken = []
_causes = {}
_warnings = {}


def pytest_configure(config):
    """Let the mark be used where the project has not registered it."""
    config.addinivalue_line("markers", "req(name, ...): the requirements that this test proves")


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_bdd_apply_tag(tag):
    """Let a scenario bear a requirement's name as a tag: pytest could not have a mark of that name."""
    return True if not tag.isidentifier() else None


def pytest_collection_modifyitems(config, items):
    """Keep the benchmarks apart from the rest: their times need a machine to themselves."""
    chosen, others = [], []
    for item in items:
        timed = "benchmark" in getattr(item, "fixturenames", ())
        wanted = not _BENCHMARKS or timed == (_BENCHMARKS == "only")
        (chosen if wanted else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = chosen
    for item in chosen:
        path, line, _ = item.location
        names = [str(name) for mark in item.iter_markers("req") for name in mark.args]
        _tests[item.nodeid] = {
            "id": item.nodeid,
            "path": path.replace(os.sep, "/"),
            "line": (line or 0) + 1,
            "names": names,
            "scenario": _scenario(item),
            "outcome": "not run",
            "message": "",
            "failed_path": "",
            "failed_line": 0,
            "seconds": 0.0,
        }


def _scenario(item):
    """The place of the Gherkin scenario that a test of pytest-bdd runs, and its row: `path:line[a-b]`."""
    module = sys.modules.get("pytest_bdd.scenario")
    function = getattr(item, "obj", None)
    if module is None or function is None:
        return ""
    known = getattr(module, "scenario_wrapper_template_registry", {})
    template = known.get(function) or getattr(function, "__scenario__", None)
    if template is None:
        return ""
    path = os.path.relpath(template.feature.filename, str(item.config.rootpath)).replace(os.sep, "/")
    row = getattr(getattr(item, "callspec", None), "params", {}).get("_pytest_bdd_example", {})
    case = f"[{'-'.join(row.values())}]" if row else ""
    return f"{path}:{template.line_number}{case}"


def pytest_runtest_logstart(nodeid):
    """Leave word of the test that runs: should it never end, nobody else could say which it was.

    The tests are told of in the order in which they ran.
    """
    if nodeid in _tests:
        _tests[nodeid] = _tests.pop(nodeid)
    if _PATH:
        with open(f"{_PATH}.begun", "w", encoding="utf-8") as file:
            file.write(nodeid)


def pytest_exception_interact(call, report):
    """Remember what kept a file from being collected; the report itself holds only prose."""
    if isinstance(report, pytest.CollectReport):
        error = call.excinfo.value
        cause = error.__cause__ or error
        what = f"{type(cause).__name__}: {cause}".split("\n", 1)[0]
        _causes[report.nodeid] = {"line": _line_in(report.nodeid, cause), "message": what}


def pytest_collectreport(report):
    """Write down a file that could not be collected."""
    if report.failed:
        known = {"line": 1, "message": str(report.longrepr).split("\n", 1)[0]}
        _broken.append({"path": report.nodeid, **known, **_causes.get(report.nodeid, {})})


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item):
    """Lines that the set-up executes are executed for this test."""
    _say_whose_lines(item.nodeid)
    return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item):
    """What is cleared away after a test belongs to none."""
    _say_whose_lines("")
    return (yield)


def _say_whose_lines(test):
    """Tell coverage.py, if this is its run, which test the lines are executed for from here on."""
    coverage = sys.modules.get("coverage")
    current = coverage.Coverage.current() if coverage else None
    if current is not None:
        current.switch_context(test)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report):
    """Join the phases of a test into one outcome."""
    test = _tests.get(report.nodeid)
    if test is None:
        return
    if _is_of_subtest(report):
        # Its time is in that of its test, and only a failure is one of its test too.
        if not report.failed:
            return
    else:
        test["seconds"] += report.duration
    if report.when == "call" or report.outcome != "passed":
        outcome = report.outcome
        if hasattr(report, "wasxfail"):
            outcome = "xfailed" if report.skipped else "xpassed"
        elif report.failed and report.when != "call":
            outcome = "error"
        if test["outcome"] in ("not run", "passed"):
            test["outcome"] = outcome
        crash = getattr(report.longrepr, "reprcrash", None)
        if report.failed and crash:
            test["message"] = crash.message.split("\n", 1)[0]
            test["failed_path"], test["failed_line"] = crash.path, crash.lineno


def _is_of_subtest(report):
    """Whether a report tells of a part of a test, which bears the id of the whole."""
    return type(report).__name__ in ("SubtestReport", "SubTestReport")


def pytest_warning_recorded(warning_message):
    """Write down each warning that the run will show, once for each line that it comes from."""
    kind, said = warning_message.category.__name__, str(warning_message.message).split("\n", 1)[0]
    place = (str(warning_message.filename), warning_message.lineno or 1)
    _warnings.setdefault((kind, *place), {"path": place[0], "line": place[1], "kind": kind, "message": said})


def pytest_sessionfinish(session, exitstatus):
    """Write everything down, once, in the process that collected the reports."""
    if _PATH and not hasattr(session.config, "workerinput"):
        with open(_PATH, "w", encoding="utf-8") as file:
            json.dump(
                {
                    "exit": int(exitstatus),
                    "tests": list(_tests.values()),
                    "broken": _broken,
                    "warnings": list(_warnings.values()),
                },
                file,
            )


def _line_in(path, error):
    """The line of the file at which the error was raised, or that it names itself."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    place = os.path.realpath(path)
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if os.path.realpath(frame.f_code.co_filename) == place
    ]
    return lines[-1] if lines else 1
