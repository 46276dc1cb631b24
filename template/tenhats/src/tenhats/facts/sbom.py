"""The bill of materials, written to `.tenhats/sbom.json` in every run that looks at security."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from tenhats.dependencies.cyclonedx import as_cyclonedx
from tenhats.dependencies.locked import LOCKS, archives_in
from tenhats.fact import Project, fact
from tenhats.facts.shipped import Shipped

_NAME = "sbom.json"


@dataclass(frozen=True)
class Sbom:
    """Where the bill is, from the project's root, and what stands on it."""

    path: str
    shipped: Shipped


@fact()
def write_sbom(project: Project, shipped: Shipped) -> Sbom:
    """Write down what is shipped, with the digests that a lock names for the same versions."""
    lock = next((project.root / name for name in LOCKS if (project.root / name).is_file()), None)
    archives = archives_in(lock.read_text(encoding="utf-8", errors="replace")) if lock else {}
    project.workshop.mkdir(exist_ok=True)
    when = datetime.datetime.now(datetime.UTC)
    (project.workshop / _NAME).write_text(as_cyclonedx(shipped, archives, when), encoding="utf-8")
    return Sbom(f"{project.workshop.name}/{_NAME}", shipped)
