"""Other sources in the place of the project's own: those of an earlier commit, say.

A module that is found among the project's sources is read from the other folder, and is not there if
it is not there. It runs in the project's own environment, so it knows nothing but the standard library.
"""

# mypy: ignore-errors
from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from types import ModuleType

from tenhats_switch import SOURCE, found_after

INSTEAD = "TENHATS_INSTEAD"


def install() -> None:
    """Read the modules under the sources' folder from the other one, if one is named."""
    source, other = os.environ.get(SOURCE, ""), os.environ.get(INSTEAD, "")
    if source and other and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder(os.path.realpath(source), os.path.realpath(other)))


class _Finder(MetaPathFinder):
    """Asks the other finders where a module is, and says where it is instead."""

    def __init__(self, source: str, other: str) -> None:
        self._source, self._other = source, other

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = found_after(self, fullname, path, target)
        if spec is not None:
            return self._instead(fullname, spec)
        # What is found nowhere today may have been there.
        return PathFinder.find_spec(fullname, [self._other]) if path is None else None

    def _instead(self, fullname: str, spec: ModuleSpec) -> ModuleSpec | None:
        if spec.origin is None and spec.submodule_search_locations is not None:
            places = [self._moved(place) or place for place in spec.submodule_search_locations]
            spec.submodule_search_locations = places
            return spec
        moved = self._moved(spec.origin or "")
        if moved is None:
            return spec
        if not os.path.exists(moved):
            msg = f"No module named {fullname!r}"
            raise ModuleNotFoundError(msg, name=fullname)
        within = None if spec.submodule_search_locations is None else [os.path.dirname(moved)]
        return spec_from_file_location(fullname, moved, submodule_search_locations=within)

    def _moved(self, place: str) -> str | None:
        """The same place in the other folder; None if it is not among the sources."""
        real = os.path.realpath(place)
        inside = real == self._source or real.startswith(self._source + os.sep)
        return os.path.join(self._other, os.path.relpath(real, self._source)) if inside else None
