"""Measuring facts: each once, only if it is needed, the slow ones side by side.

What takes times is measured alone, after everything else that is ready. What was kept from an
earlier run is not measured again.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Protocol

from tenhats import cache, processes
from tenhats.errors import Unavailable
from tenhats.fact import SOURCES, Project, Source
from tenhats.facts.tree import Tree, look_at_tree
from tenhats.shelf import Shelf

BROKE = "the tooling itself failed"


class Watcher(Protocol):
    """Somebody who is told what is being measured."""

    def started(self, fact: str) -> None:
        """The measuring of a fact has begun."""

    def finished(self, fact: str, seconds: float, *, kept: bool) -> None:
        """A fact is there; `kept` if it was kept from an earlier run."""


class Broken(Unavailable):
    """Our own code failed while measuring; never a pass, and the run says so."""


def measure(project: Project, wanted: Iterable[type[Any]], watcher: Watcher) -> Mapping[type[Any], Any]:
    """Measure the wanted facts and what they need, and return them by their type.

    A fact that could not be measured is returned as the `Unavailable` that says why.

    Raises:
        KeyboardInterrupt: if the user stopped the run; no child process is left.
    """
    return _Measuring(project, watcher).of(wanted)


class _Measuring:
    """One run: the facts there are so far, and where earlier ones are kept."""

    def __init__(self, project: Project, watcher: Watcher) -> None:
        self._project = project
        self._watcher = watcher
        self._tree = look_at_tree(project)
        self._facts: dict[type[Any], Any] = {Project: project, Tree: self._tree}
        self._folder = project.workshop / "cache"
        self._kept = cache.Cache(self._folder, fresh=project.fresh)
        self._base = cache.digest([cache.tooling(), str(project.root), repr(project.settings)])

    def of(self, wanted: Iterable[type[Any]]) -> Mapping[type[Any], Any]:
        """Start each source as soon as what it needs is there, until every wanted fact is."""
        waiting = self._closure(wanted)
        running: dict[Future[Any], Source] = {}
        pool = ThreadPoolExecutor(max_workers=max(4, os.cpu_count() or 1))
        try:
            while waiting or running:
                for source in list(waiting):
                    if self._may_start(source, waiting, running.values()):
                        waiting.remove(source)
                        running[pool.submit(self._had, source)] = source
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    self._facts[running.pop(future).kind] = future.result()
        except BaseException:
            processes.stop_all()
            pool.shutdown(cancel_futures=True)
            raise
        pool.shutdown()
        return self._facts

    def _closure(self, wanted: Iterable[type[Any]]) -> list[Source]:
        """The sources of the wanted facts and of all that they need."""
        found: dict[type[Any], Source] = {}

        def add(kind: type[Any]) -> None:
            if kind not in found and kind not in self._facts:
                found[kind] = SOURCES[kind]
                for need in SOURCES[kind].needs.values():
                    add(need)

        for kind in wanted:
            add(kind)
        return list(found.values())

    def _is_ready(self, source: Source) -> bool:
        return all(kind in self._facts for kind in source.needs.values())

    def _may_start(self, source: Source, waiting: list[Source], running: Collection[Source]) -> bool:
        if not self._is_ready(source) or any(other.alone for other in running):
            return False
        others = any(self._is_ready(other) for other in waiting if not other.alone)
        return not source.alone or not (running or others)

    def _had(self, source: Source) -> Any:
        """The fact: kept from an earlier run, or measured now, or the reason why it is not there."""
        started = time.perf_counter()
        needs = {word: self._facts[kind] for word, kind in source.needs.items()}
        missing = next((need for need in needs.values() if isinstance(need, Unavailable)), None)
        if missing:
            return Unavailable(str(missing))
        name = source.kind.__name__
        key = self._key(source, needs) if source.reads else None
        value = self._kept.load(source.kind, key, source.keeps) if key else None
        kept = value is not None
        if not kept:
            self._watcher.started(name)
            value = self._measured(source, needs)
            if key and not isinstance(value, Unavailable):
                self._kept.save(source.kind, key, value)
        self._watcher.finished(name, time.perf_counter() - started, kept=kept)
        return value

    def _key(self, source: Source, needs: Mapping[str, Any]) -> str:
        """A digest of all that the fact is measured from."""
        stamps = [need.stamp for need in needs.values() if hasattr(need, "stamp")]
        return cache.digest([self._base, source.kind.__name__, *stamps, self._tree.digest(source.reads)])

    def _measured(self, source: Source, needs: Mapping[str, Any]) -> Any:
        try:
            if source.shelf is None:
                return source.measure(**needs)
            shelf = Shelf(
                self._folder / f"{source.kind.__name__}.pieces", self._base, fresh=self._project.fresh
            )
            value = source.measure(**needs, **{source.shelf: shelf})
            shelf.keep()
            return value
        except (Unavailable, processes.TimedOut) as error:
            return Unavailable(str(error))
        except OSError as error:
            return Unavailable(f"{error.filename or source.kind.__name__}: {error.strerror or error}")
        except Exception as error:
            return Broken(write_down(self._project, error))


def write_down(project: Project, error: Exception) -> str:
    """Keep the traceback for a bug report, and return the one line that the user gets."""
    place = project.workshop / "crash.txt"
    try:
        place.parent.mkdir(exist_ok=True)
        place.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return f"{BROKE}: {error!r}"
    return f"{BROKE}: {error!r}; the details are in .tenhats/crash.txt, please report them"
