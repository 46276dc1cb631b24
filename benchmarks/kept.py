"""What was measured, kept as JSON: pages are made from it, and a run that was stopped goes on from it."""

from __future__ import annotations

import datetime
import json
import os
import platform
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")


def read(name: str) -> dict[str, Any]:
    """Return what was kept under a name; nothing, if nothing was."""
    path = RESULTS / f"{name}.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def write(name: str, measured: dict[str, Any]) -> None:
    """Keep what was measured under a name."""
    text = json.dumps(measured, indent=1, sort_keys=True, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def machine() -> str:
    """Name the machine and the day, in a few words."""
    cores = f"{os.cpu_count()} cores, {platform.system()} on {platform.machine()}"
    return f"{cores}, Python {platform.python_version()}, {datetime.datetime.now(datetime.UTC):%B %Y}"
