"""Heavy tools, each installed apart on the day that a project has what it looks at."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tenhats.environments import Environment, NotMade, make
from tenhats.errors import Unavailable
from tenhats.fact import Project


def equipped(project: Project, group: str, what: str) -> Environment:
    """The environment of a group of `tenhats/pyproject.toml`, made if it does not stand yet.

    Raises:
        Unavailable: if it cannot be made; `what` is the tool and what it reads, for the message.
    """
    from tenhats.facts.environment import pinned

    wanted = Environment(project.workshop / "envs" / group, tuple(pinned(group).values()))
    try:
        make(wanted, root=project.root, say=lambda line: print(f"tenhats: {line}", file=sys.stderr))
    except NotMade as error:
        msg = f"{what}, cannot be installed: {error}; look at the network, and run again"
        raise Unavailable(msg) from None
    return wanted


def program(environment: Environment, name: str) -> str:
    """The path of a program of such an environment."""
    return str(Path(environment.scripts) / (f"{name}.exe" if os.name == "nt" else name))
