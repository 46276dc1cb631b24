"""The trace for somebody at a terminal: a line for each requirement, or the whole chain of one.

Names, states and numbers are never cut, only the words of a requirement are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from tenhats.trace import Proof, State, Traced
from tenhats.traces import Place, Served

STYLES = {
    State.PROVEN: "green",
    State.RETIRED: "dim",
    State.FAILING: "bold red",
    State.UNTESTED: "red",
}
_OTHER = "yellow"
_BITES = {True: ", bites", False: ", would pass just as well without the implementation", None: ""}
_LEAST_WORDS = 16


def print_table(console: Console, traced: Sequence[Traced], titles: Mapping[str, str]) -> None:
    """Print a line for each requirement, feature by feature, and how many are in which state."""
    name = max((cell_len(_bare(each)) for each in traced), default=0) + 2
    state = max((len(each.state) for each in traced), default=0)
    head = f"{'':<{name + 2}}{'state':<{state}}  tests  functions  lines  "
    room = max(console.width - len(head), _LEAST_WORDS)
    for feature, group in groupby(traced, key=lambda each: each.feature):
        title = titles.get(feature, "")
        _print(console, Text(f"{feature}  {title}" if title and title != feature else feature, "bold"))
        _print(console, Text(f"{head}says", "dim"))
        for each in group:
            row = Text(f"  {set_cell_size(_bare(each), name)}")
            row.append(f"{each.state:<{state}}", style_of(each.state))
            lines = sum(part.bits.bit_count() for part in each.parts)
            row.append(f"  {len(each.proofs):>5}  {len(each.parts):>9}  {lines:>5}  ")
            row.append(_cut(each.text, room), "dim")
            _print(console, row)
        console.print()
    print_summary(console, traced)


def print_summary(console: Console, traced: Iterable[Traced]) -> None:
    """Print how many there are of each state."""
    counts = Counter(each.state for each in traced)
    line = Text(f"{counts.total() or 'no'} requirement{'s' * (counts.total() != 1)}")
    for number, state in enumerate(state for state in reversed(State) if counts[state]):
        line.append(", " if number else ": ").append(f"{counts[state]} {state}", style_of(state))
    _print(console, line)


def print_chain(console: Console, each: Traced) -> None:
    """Print all that is known of one requirement, down to the lines."""
    _print(console, Text(each.name, "bold"))
    _print(console, Text(f"{each.path}:{each.line}"))
    console.print(Text(" ".join(each.text.split())), highlight=False)
    console.print()
    _print(console, Text.assemble((each.state.value, style_of(each.state)), f": {each.state.meaning}"))
    _print(console, Text("tests:" if each.proofs else "tests: none"))
    for proof in each.proofs:
        _print(console, _proof(proof))
    if each.red:
        _print(console, Text(f"before it was implemented, at {each.red}"))
    _print(console, Text("functions:" if each.parts else "functions: none that a passing test executes"))
    for part in each.parts:
        function = part.function
        place = f"  {function.path}:{function.line}: {function.name}"
        _print(console, Text.assemble(place, (f"  {spans(part.lines)}", "dim")))


def print_place(console: Console, place: Place, by_name: Mapping[str, Traced]) -> None:
    """Print where a line belongs, whom it serves, and which tests execute it."""
    where = Text(f"{place.path}:{place.line}", "bold")
    if place.served is None:
        _print(console, where.append(": in no function, so no requirement can ask for it", ""))
    else:
        function = place.served.function
        _print(console, where.append(f": in {function.name}, lines {function.line}–{function.last}", ""))
    if place.names:
        _print(console, Text("requirements whose tests execute this line:"))
        _print_names(console, place.names, by_name)
    elif place.served and place.served.names:
        _print(console, Text("no requirement's test executes this line, but its function serves:"))
        _print_names(console, place.served.names, by_name)
    elif place.served:
        _print(
            console, Text("nobody asks for it: no test that is bound to a requirement executes it", _OTHER)
        )
    _print(console, Text("tests that execute this line:" if place.tests else "no test executes this line"))
    for test in place.tests:
        _print(console, Text(f"  {test}"))


def print_file(console: Console, path: str, served: Sequence[Served]) -> None:
    """Print the functions of a file, and whom each serves."""
    _print(console, Text(path, "bold"))
    width = max((cell_len(each.function.name) for each in served), default=0)
    for each in served:
        function = each.function
        row = Text(f"  {function.line:>5}  {set_cell_size(function.name, width)}  ")
        if each.names:
            row.append(", ".join(each.names))
        elif each.is_asked_for:
            row.append("– does nothing by itself" if not function.first else "– private", "dim")
        else:
            row.append("nobody asks for it", _OTHER)
        _print(console, row)
    if not served:
        _print(console, Text("  it has no function", "dim"))


def spans(lines: Iterable[int]) -> str:
    """Numbers of lines in short: `lines 3–5, 9`."""
    found = runs(lines)
    joined = ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in found)
    return f"line{'s' * (len(found) > 1 or '–' in joined)} {joined}" if found else ""


def runs(lines: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers of lines as runs: the first and the last of each."""
    found: list[tuple[int, int]] = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1] = found[-1][0], line
        else:
            found.append((line, line))
    return found


def _proof(proof: Proof) -> Text:
    style = {"passed": "green" if proof.bites else _OTHER, "not run": _OTHER, "skipped": _OTHER}
    line = Text("  ").append(proof.outcome, style.get(proof.outcome, "red"))
    line.append(_BITES[proof.bites] if proof.outcome == "passed" else "")
    name = proof.test.partition("::")[2]
    return line.append(f"  {proof.path}:{proof.line}: {name}")


def _print_names(console: Console, names: Iterable[str], by_name: Mapping[str, Traced]) -> None:
    for name in names:
        state = by_name[name].state
        _print(console, Text.assemble(f"  {name}  ", (state.value, style_of(state))))


def _print(console: Console, line: Text) -> None:
    console.print(line, highlight=False, soft_wrap=True)


def _bare(each: Traced) -> str:
    return each.name.removeprefix(f"{each.feature}/")


def style_of(state: State) -> str:
    """How a state is coloured."""
    return STYLES.get(state, _OTHER)


def _cut(text: str, room: int) -> str:
    flat = " ".join(text[: 4 * room].split())
    return flat if cell_len(flat) <= room else set_cell_size(flat, room - 1) + "…"
