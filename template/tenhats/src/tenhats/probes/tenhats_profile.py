"""A pytest plugin that has each benchmark profiled once it is timed, and writes down what cProfile saw.

Loaded with `-p tenhats.probes.tenhats_profile`. pytest-benchmark does the profiling, after the last round, by
calls that it makes or may make anyway; a benchmark that is `pedantic` is left alone, because what it calls
may be meant to be called so and so often. It knows nothing but pytest and the standard library.
"""

# mypy: ignore-errors
import json
import os
from pathlib import Path

import pytest

_PATH = os.environ.get("TENHATS_PROFILE", "")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Ask pytest-benchmark for profiles, as often as it calls the function in one round."""
    if hasattr(config.option, "benchmark_cprofile"):
        config.option.benchmark_cprofile = config.option.benchmark_cprofile or "tottime"
        config.option.benchmark_cprofile_loops = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """Have no profile made of a benchmark that says itself how often it may be called."""
    fixture = getattr(item, "funcargs", {}).get("benchmark")
    pedantic = getattr(fixture, "pedantic", None)
    if pedantic is None:
        return

    def unprofiled(*arguments, **named):
        fixture.cprofile = None
        return pedantic(*arguments, **named)

    fixture.pedantic = unprofiled


@pytest.hookimpl(optionalhook=True)
def pytest_benchmark_update_json(benchmarks):
    """Write down each profile: the functions with their times, and who called them."""
    found = {}
    for each in benchmarks:
        profile = getattr(each, "cprofile_stats", None)
        if profile is not None:
            found[each.fullname] = [
                {
                    "function": function,
                    "calls": calls,
                    "own": own,
                    "whole": whole,
                    "callers": [[caller, times[0], times[3]] for caller, times in callers.items()],
                }
                for function, (_, calls, own, whole, callers) in profile.stats.items()
            ]
    if _PATH:
        Path(_PATH).write_text(json.dumps(found), encoding="utf-8")
