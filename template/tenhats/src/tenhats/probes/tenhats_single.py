"""A pytest plugin that keeps a run in one process: contexts and switches do not reach xdist's workers.

Loaded with `-p tenhats_single`. It knows nothing but pytest.
"""

# mypy: ignore-errors
import pytest


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config, args):
    """Overrule `-n auto` and `--cov` of the project's own options, if there are such.

    A second coverage.py, which pytest-cov would start, takes the lines from the one that is running.
    """
    known = early_config.known_args_namespace
    if hasattr(known, "cov_source"):
        known.cov_source = None
    if any(map(early_config.pluginmanager.hasplugin, ("xdist", "xdist.plugin"))):
        args.extend(["-n", "0"])
    return (yield)
