"""What is measured must not depend on who measures it: git is asked as Ada, without anybody's settings."""

from __future__ import annotations

import os


def isolate() -> None:
    """Let this process, and all that it starts, forget the settings of whoever runs it."""
    os.environ.pop("VIRTUAL_ENV", None)
    os.environ.update(
        GIT_CONFIG_GLOBAL=os.devnull,
        GIT_AUTHOR_NAME="Ada",
        GIT_AUTHOR_EMAIL="ada@example.org",
        GIT_COMMITTER_NAME="Ada",
        GIT_COMMITTER_EMAIL="ada@example.org",
    )
