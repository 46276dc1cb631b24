"""Build a project again: the sdist where it stands, the wheel and the sdist from a copy on “another machine”.

Runs where build is. All three are made in one environment, because making that is what costs.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from typing import Any

from build import BuildBackendException, BuildException, ProjectBuilder
from build.env import DefaultIsolatedEnv
from pyproject_hooks import quiet_subprocess_runner


def main() -> None:
    """Read the builds from standard input; answer with what broke, as JSON."""
    builds = json.load(sys.stdin)
    error = None
    try:
        with contextlib.redirect_stdout(sys.stderr):
            _build(builds)
    except (BuildException, BuildBackendException, subprocess.CalledProcessError) as broke:
        error = str(broke)
    print(json.dumps({"error": error}))


def _build(builds: list[dict[str, Any]]) -> None:
    asked: set[str] = set()
    with DefaultIsolatedEnv(installer="uv" if shutil.which("uv") else "pip") as env:
        for each in builds:
            os.environ |= {"PYTHONHASHSEED": each["seed"], "TZ": each["zone"]}
            os.umask(int(each["umask"], 8))
            builder = ProjectBuilder.from_isolated_env(env, each["source"], quiet_subprocess_runner)
            if not asked:
                env.install(builder.build_system_requires)
            if each["kind"] not in asked:
                env.install(builder.get_requires_for_build(each["kind"]))
                asked.add(each["kind"])
            builder.build(each["kind"], each["target"])


if __name__ == "__main__":
    main()
