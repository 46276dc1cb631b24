"""`nox -s trace`: from requirements to lines, from a line to requirements, and what a change did to them."""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from rich.console import Console

from tenhats.changes import Change, changes_of
from tenhats.commands import FOUND, PASSED, write_or_print
from tenhats.errors import CannotRun, did_you_mean
from tenhats.fact import Project
from tenhats.facts.base import Base
from tenhats.facts.earlier import EarlierSpecs
from tenhats.gathering import facts_of, traces_of
from tenhats.reports import trace_changes, trace_csv, trace_junit, trace_program, trace_terminal
from tenhats.reports.console import SafeConsole
from tenhats.trace import State, Traced
from tenhats.traces import Traces, is_good

_FORMATS: dict[str, Callable[[Traces], str]] = {
    "json": trace_program.as_json,
    "csv": trace_csv.as_csv,
    "junit": trace_junit.as_junit,
}
_WIDTH = 120

# A source file, and perhaps a line of it.
Spot = tuple[str, int | None]


def show_trace(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Show the requirements that were asked for: their states, and what proves them."""
    traces = traces_of(project)
    if not traces.traced:
        raise CannotRun('Nothing is specified yet. Write the first specification: nox -s spec -- "Title"')
    changes = _changes(project, traces) if asked.changes else None
    names, places = _sorted_out(traces, asked.names)
    shown = list(_shown(traces, asked, names, places, changes))
    good = is_good(shown)
    if asked.format != "text":
        write_or_print(_FORMATS[asked.format](traces.only(shown)), asked.output, console)
        return PASSED if good else FOUND
    text = io.StringIO()
    target = SafeConsole(file=text, width=_WIDTH, no_color=True, emoji=False) if asked.output else console
    if changes is not None:
        kept = {each.name for each in shown}
        told = [each for each in changes if each.name in kept or (each.is_gone and _may_be_gone(each, asked))]
        trace_changes.print_changes(target, told)
    elif places:
        good = not [place for place in places if not _show_place(traces, place, target)] and good
    elif len(names) == 1 and names == [each.name for each in shown]:
        trace_terminal.print_chain(target, shown[0])
    else:
        titles = {feature.name: feature.title for feature in traces.features}
        trace_terminal.print_table(target, shown, titles)
    if asked.output:
        write_or_print(text.getvalue(), asked.output, console)
    return PASSED if good else FOUND


def _changes(project: Project, traces: Traces) -> list[Change]:
    facts = facts_of(project, [Base, EarlierSpecs])
    base: Base = facts[Base]
    if base.commit is None:
        msg = f"What changed cannot be said: {base.reason}."
        raise CannotRun(msg)
    return changes_of(traces, facts[EarlierSpecs].features, base.changed)


def _may_be_gone(change: Change, asked: argparse.Namespace) -> bool:
    """Whether a requirement that is no more was asked for; it has no state, and serves no file."""
    beginnings = (*asked.names, *(f"{feature}/" for feature in asked.feature))
    return not asked.state and not asked.file and change.name.startswith(beginnings or "")


def _sorted_out(traces: Traces, words: Iterable[str]) -> tuple[list[str], list[Spot]]:
    """The names, or beginnings of names, among the words, and the files and lines among them.

    Raises:
        CannotRun: if a word is none of them, or there are some of both.
    """
    names: list[str] = []
    places: list[Spot] = []
    for word in words:
        path, _, line = word.rpartition(":")
        if (whole := PurePath(word).as_posix()) in traces.files:
            places.append((whole, None))
        elif line.isdecimal() and (path := PurePath(path).as_posix()) in traces.files:
            places.append((path, int(line)))
        else:
            names.append(_name(traces, word))
    if names and places:
        msg = f"{names[0]} is a requirement and {places[0][0]} a file: ask for one or the other."
        raise CannotRun(msg)
    return names, places


def _name(traces: Traces, word: str) -> str:
    """The name that a word means, or the word, if names begin with it."""
    if word in traces.by_name or any(name.startswith(word) for name in traces.by_name):
        return word
    bare = [name for name in traces.by_name if name.endswith(f"/{word}")]
    if len(bare) == 1:
        return bare[0]
    known = [*traces.by_name, *(feature.name for feature in traces.features), *traces.files]
    known += [name.rpartition("/")[2] for name in traces.by_name]
    why = (
        f" {len(bare)} features have it: say which, such as {bare[0]}." if bare else did_you_mean(word, known)
    )
    msg = f"No requirement and no source file is called {word}.{why}"
    raise CannotRun(msg)


def _shown(
    traces: Traces,
    asked: argparse.Namespace,
    names: list[str],
    places: list[Spot],
    changes: list[Change] | None,
) -> Iterator[Traced]:
    """The requirements that were asked for, in the order of the specifications."""
    states = _known(",".join(asked.state).split(",") if asked.state else [], list(State), "state")
    features = _known(asked.feature, [feature.name for feature in traces.features], "feature")
    files = _known((PurePath(file).as_posix() for file in asked.file), traces.files, "source file")
    placed = {name for path, line in places for name in _serving(traces, path, line)}
    changed = {each.name for each in changes or () if not each.is_gone}
    for each in traces.traced:
        if (
            (not names or any(_means(traces, name, each) for name in names))
            and (not places or each.name in placed)
            and (changes is None or each.name in changed)
            and (not states or each.state in states)
            and (not features or each.feature in features)
            and (not files or any(part.function.path in files for part in each.parts))
        ):
            yield each


def _means(traces: Traces, name: str, each: Traced) -> bool:
    return each.name == name if name in traces.by_name else each.name.startswith(name)


def _known(words: Iterable[str], known: Iterable[str], what: str) -> set[str]:
    """The words, each of which must be known."""
    wanted = {word.strip() for word in words}
    for word in sorted(wanted - set(known)):
        msg = f"There is no {what} {word}.{did_you_mean(word, known)}"
        raise CannotRun(msg)
    return wanted


def _serving(traces: Traces, path: str, line: int | None) -> Iterable[str]:
    if line is not None:
        place = traces.at(path, line)
        return place.names or (place.served.names if place.served else ())
    return [name for each in traces.by_file[path] for name in each.names]


def _show_place(traces: Traces, place: Spot, console: Console) -> bool:
    """Show whom a file or a line serves; whether somebody asks for all of it."""
    path, line = place
    if line is None:
        served = traces.by_file[path]
        trace_terminal.print_file(console, path, served)
        return all(each.is_asked_for for each in served)
    at = traces.at(path, line)
    trace_terminal.print_place(console, at, traces.by_name)
    return at.served is None or at.served.is_asked_for
