"""A pytest plugin for runs of which only the outcomes count: nothing is timed, shrunk or told at length.

Loaded with `-p tenhats_bare`. It knows nothing but pytest.
"""

# mypy: ignore-errors
import contextlib
import sys

import pytest


def pytest_load_initial_conftests(early_config, args):
    """Have what is to be timed called once, if the plugin that times it is there."""
    if any(map(early_config.pluginmanager.hasplugin, ("benchmark", "pytest_benchmark.plugin"))):
        args.append("--benchmark-disable")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Let the mark be used where the project has not registered it."""
    config.addinivalue_line("markers", "req(name, ...): the requirements that this test proves")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """Write no tracebacks, which nearly every test has here, and keep Hypothesis brief."""
    for item in session.items:
        item.repr_failure = item._repr_failure_py = lambda *_, **__: ""
    with contextlib.suppress(Exception):
        _brief(sys.modules["hypothesis"])


def _brief(hypothesis):
    """One failing example is enough here: it need not be small, and must not be kept."""
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("tenhats", database=None, deadline=None, phases=phases)
    hypothesis.settings.load_profile("tenhats")
