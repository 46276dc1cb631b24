"""Where `pyproject.toml` asks for a dependency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name


def required(document: Mapping[str, Any]) -> dict[str, str]:
    """The runtime requirements as they are written, by the canonical names."""
    found: dict[str, str] = {}
    for asked in document.get("project", {}).get("dependencies", []):
        try:
            found[canonicalize_name(Requirement(asked).name)] = str(asked)
        except InvalidRequirement:
            continue
    return found


def line_asking(text: str, asked: str) -> int:
    """The line on which a requirement stands in quotes, of either kind; 1 if none does."""
    lines = enumerate(text.splitlines(), 1)
    return next((n for n, each in lines if f'"{asked}"' in each or f"'{asked}'" in each), 1)


def line_naming(text: str, package: str) -> int:
    """The first line that names a package, as a whole word however its parts are joined; 1 if none does."""
    joined = "[-_.]{1,3}".join(map(re.escape, re.split(r"[-_.]+", package)))
    name = re.compile(rf"(?<![\w.-]){joined}(?![\w.-])", re.IGNORECASE)
    lines = enumerate(text.splitlines(), 1)
    return next((n for n, each in lines if not each.lstrip().startswith("#") and name.search(each)), 1)
