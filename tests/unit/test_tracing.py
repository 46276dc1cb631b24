"""`nox -s trace`: what is asked for is shown, from either end, and the exit code says how it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from tenhats import tracing
from tenhats.cli import main
from tenhats.facts.base import Base
from tenhats.facts.earlier import EarlierSpecs
from tenhats.reports import trace_terminal
from tenhats.trace import State
from tenhats.traces import Traces
from tests.unit.made_up import TESTS, chain, feature, function, part, reach, requirement, traces

pytestmark = pytest.mark.req("004-proof/FR-008")


GREET = function("greet", 3, 9)
HIDDEN = function("_hidden", 20, 22)
UNASKED = function("unasked", 30, 33)
FILE = GREET.path
MADE = traces(
    chain("001-greeting/FR-001", State.PROVEN, part(GREET, 4, 5)),
    chain("001-greeting/FR-0011", State.UNPROVEN, part(GREET, 4)),
    chain("002-parting/FR-001", State.UNTESTED, text="System MUST [part] from a person " + "slowly " * 40),
    chain("002-parting/FR-002", State.RETIRED),
    functions=(GREET, HIDDEN, UNASKED),
    reach=reach(FILE, test_it=[4, 5], test_other=[4]),
)

Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Ask:
    """Run the command on the made-up trace; gives its exit code, and what it prints."""
    monkeypatch.setattr(tracing, "traces_of", lambda _: MADE)
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "pyproject.toml").write_text("")

    def run(*words: str) -> tuple[int, str]:
        code = main(["--project", str(tmp_path), "trace", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_every_requirement_has_one_line_and_no_number_is_cut(ask: Ask) -> None:
    """Features are headings, long words are cut, and the sum says how many of each state there are."""
    code, out = ask()
    lines = out.splitlines()

    assert code == 1
    assert "001-greeting  Greeting" in lines
    assert "  FR-001   proven        1          1      2  System MUST greet" in [x.rstrip() for x in lines]
    assert max(map(len, lines)) <= 100
    assert any("MUST [part] from" in line and line.endswith("…") for line in lines)
    assert lines[-1] == "4 requirements: 1 proven, 1 unproven, 1 untested, 1 retired"


def test_a_narrow_terminal_loses_words_only() -> None:
    """Names, states and numbers stand, however narrow it is."""
    console = Console(width=20, no_color=True)
    with console.capture() as capture:
        trace_terminal.print_table(console, MADE.traced, {})

    assert "  FR-0011  unproven      1          1      1  System MUST gre…" in capture.get()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["001"], ["FR-001", "FR-0011"]),
        (["--feature", "002-parting"], ["FR-001", "FR-002"]),
        (["--state", "unproven,retired"], ["FR-0011", "FR-002"]),
        (["--file", FILE], ["FR-001", "FR-0011"]),
        (["--file", f"./{FILE}", "--state", "proven"], ["FR-001"]),
        (["002-parting/FR-002", "001-greeting/FR-001"], ["FR-001", "FR-002"]),
    ],
    ids=str,
)
def test_filters_leave_what_was_asked_for(ask: Ask, words: list[str], names: list[str]) -> None:
    """A whole name means itself alone; the beginning of names means all of them."""
    _, out = ask(*words)

    assert set(names) == {line.split()[0] for line in out.splitlines() if line.startswith("  FR-")}


def test_one_name_shows_the_whole_chain(ask: Ask) -> None:
    """Words, place, state with its meaning, tests with what they did, functions with their lines."""
    code, out = ask("001-greeting/FR-001")

    assert code == 0
    assert "specs/001-greeting/spec.md:10\nSystem MUST greet\n" in out
    assert "proven: a test of it ran, passed" in out
    assert f"  passed, bites  {TESTS}:8: test_it" in out
    assert f"  {FILE}:3: greet  lines 4–5" in out


def test_a_bare_name_is_enough_where_one_feature_has_it(ask: Ask) -> None:
    """Where several have it, the answer says so."""
    assert ask("FR-0011")[1].startswith("001-greeting/FR-0011\n")
    code, out = ask("FR-001")
    assert (2, True) == (code, "2 features have it" in out)


@pytest.mark.req("004-proof/US1.2")
def test_back_from_a_line(ask: Ask) -> None:
    """The function, the requirements whose tests execute the line, all tests that execute it."""
    code, out = ask(f"{FILE}:4")

    assert code == 1
    assert "in greet, lines 3–9" in out
    assert "  001-greeting/FR-001  proven\n  001-greeting/FR-0011  unproven\n" in out
    assert f"  {TESTS}::test_it\n  {TESTS}::test_other\n" in out


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        (5, 0, "requirements whose tests execute this line:\n  001-greeting/FR-001  proven\n"),
        (8, 1, "no requirement's test executes this line, but its function serves:\n"),
        (31, 1, "nobody asks for it"),
        (100, 0, "in no function"),
    ],
)
def test_back_from_any_line(ask: Ask, line: int, code: int, said: str) -> None:
    """A line that is executed, one that is not, one of a function that nobody asks for, one outside."""
    ended, out = ask(f"{FILE}:{line}")

    assert (code, True) == (ended, said in out), out


def test_back_from_a_file(ask: Ask) -> None:
    """Each function with whom it serves; a private one need not serve anybody directly."""
    code, out = ask(FILE)

    assert code == 1
    assert "      3  greet    001-greeting/FR-001, 001-greeting/FR-0011\n" in out
    assert "     20  _hidden  – private\n" in out
    assert "     30  unasked  nobody asks for it\n" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["001-greting"], "Did you mean 001-greeting?"),
        (["src/greeter/greting.py"], f"Did you mean {FILE}?"),
        (["--state", "prooven"], "Did you mean proven?"),
        (["--feature", "002-party"], "Did you mean 002-parting?"),
        (["--file", "src/greeter/greet.py"], f"Did you mean {FILE}?"),
        (["001-greeting/FR-001", FILE], "ask for one or the other"),
    ],
    ids=str,
)
def test_what_is_unknown_ends_with_2_and_the_nearest_word(ask: Ask, words: list[str], said: str) -> None:
    """Nothing is silently left out."""
    code, out = ask(*words)

    assert (2, True) == (code, said in " ".join(out.split())), out


def test_a_report_holds_what_was_asked_for(ask: Ask, tmp_path: Path) -> None:
    """Filtered like the table; the functions are those that the shown requirements need."""
    target = tmp_path / "deep" / "trace.json"
    code, out = ask("--state", "unproven", "--format", "json", "--output", str(target))
    made = json.loads(target.read_text("utf-8"))

    assert (1, "") == (code, out)
    assert ["001-greeting"] == [each["name"] for each in made["features"]]
    assert ["001-greeting/FR-0011"] == [each["name"] for each in made["requirements"]]
    assert ["greet"] == [each["name"] for each in made["functions"]]


def test_text_can_go_to_a_file_too(ask: Ask, tmp_path: Path) -> None:
    """Without colours, and wide enough for words."""
    assert (0, "") == ask("001-greeting/FR-001", "--output", str(tmp_path / "one.txt"))
    assert "System MUST greet" in (tmp_path / "one.txt").read_text("utf-8")


def test_changes_are_shown_with_their_words(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gained, reworded, lost; what did not change is left out, and so are untouched features."""
    before = feature(
        requirement("FR-001", "System  MUST\ngreet"),
        requirement("FR-0011", "System MUST wave"),
        requirement("FR-009", "System MUST sing", line=44),
    )
    now = Traces(
        (
            feature(requirement("FR-001"), requirement("FR-0011")),
            feature(requirement("FR-001", feature="002-parting"), name="002-parting"),
        ),
        MADE.traced,
    )
    base = Base("c0ffee", frozenset({"specs/001-greeting/spec.md"}))
    facts = {Base: base, EarlierSpecs: EarlierSpecs({"001-greeting": before})}
    monkeypatch.setattr(tracing, "traces_of", lambda _: now)
    monkeypatch.setattr(tracing, "facts_of", lambda *_: facts)

    code, out = ask("--changes")
    _, elsewhere = ask("--changes", "--feature", "002-parting")

    assert code == 1
    assert "since the base: no requirement differs\n" == elsewhere
    assert "~ 001-greeting/FR-0011  reworded, unproven" in out
    assert "    - System MUST wave\n    + System MUST greet\n" in out
    assert "- 001-greeting/FR-009  lost  specs/001-greeting/spec.md:44\n" in out
    assert out.endswith("since the base: 1 reworded, 1 lost\n")


def test_without_a_base_there_are_no_changes_to_show(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is said, and the run counts as impossible."""
    facts = {Base: Base(reason="there is one commit only"), EarlierSpecs: EarlierSpecs({})}
    monkeypatch.setattr(tracing, "facts_of", lambda *_: facts)

    code, out = ask("--changes")

    assert (2, True) == (code, "there is one commit only" in out)
