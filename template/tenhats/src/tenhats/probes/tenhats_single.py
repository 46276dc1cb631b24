"""A pytest plugin that keeps a run in one process: contexts and switches do not reach xdist's workers.

Loaded with `-p tenhats_single`. It knows nothing but pytest.
"""

# mypy: ignore-errors


def pytest_load_initial_conftests(early_config, args):
    """Overrule `-n auto` of the project's own options, if xdist is there to understand it."""
    if any(map(early_config.pluginmanager.hasplugin, ("xdist", "xdist.plugin"))):
        args.extend(["-n", "0"])
