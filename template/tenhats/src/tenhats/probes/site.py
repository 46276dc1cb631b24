"""Build a mkdocs site strictly and print, as JSON, every warning: `mkdocs build -q --strict` hides them."""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(" ".join(record.getMessage().split()))


def main() -> None:
    """Read `{"config": …, "docs": …, "site": …, "added": …}` from standard input, answer on standard output.

    `added` are the generated pages: they may be missing in a `nav` that people wrote.
    """
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    asked = json.load(sys.stdin)
    stdout, sys.stdout = sys.stdout, sys.stderr

    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError
    from pathspec.gitignore import GitIgnoreSpec

    listener = _Listener()
    logging.getLogger("mkdocs").addHandler(listener)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    error = ""
    try:
        Path(asked["site"]).mkdir(parents=True, exist_ok=True)
        config = load_config(asked["config"], docs_dir=asked["docs"], site_dir=asked["site"], strict=False)
        added = GitIgnoreSpec.from_lines(f"/{page}" for page in asked["added"])
        config.not_in_nav = added + config.not_in_nav if config.not_in_nav else added
        build(config)
    except (Abort, ConfigurationError) as failure:
        error = str(failure) or "the configuration is not valid"
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
    print(json.dumps({"warnings": listener.heard, "error": error}), file=stdout)


if __name__ == "__main__":
    main()
