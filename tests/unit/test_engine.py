"""The engine: nothing passes that was not looked at, and nothing is measured twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tenhats import engine, measuring
from tenhats.errors import CannotRun, Unavailable
from tenhats.fact import SOURCES, Project, fact
from tenhats.facts.specs import Specs
from tenhats.facts.tree import Tree
from tenhats.gates import Gate
from tenhats.processes import TimedOut
from tenhats.rule import RULES, Finding, Findings, Rule
from tenhats.shelf import Shelf
from tenhats.verdicts import Judgement, Outcome, Verdict
from tests.unit.made_up import Quiet, folder, project, rule_on

pytestmark = pytest.mark.req("006-verdicts/FR-001")


COMPLAINT = Finding("src/a.py", 2, "it is wrong", "mend it")


@dataclass(frozen=True)
class Weather:
    """A made-up fact."""

    degrees: int = 20


@dataclass(frozen=True)
class Forecast:
    """A made-up fact that needs another."""

    text: str = ""


@dataclass(frozen=True)
class Stopwatch:
    """A made-up fact that must be alone."""

    seconds: float = 0.0


@pytest.fixture(autouse=True)
def _sources_are_restored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget the facts that a test registers."""
    before = dict(SOURCES)
    yield
    SOURCES.clear()
    SOURCES.update(before)


def judge(here: Project, *rules: Rule, watcher: Quiet | None = None) -> Outcome:
    return engine.judge(here, rules, watcher or Quiet())


def judge_one(here: Project, rule: Rule) -> Judgement:
    return judge(here, rule).judgements[0]


def asking(question: Any, code: str = "TST001") -> Rule:
    return Rule(code, Gate.TESTS, RULES[code].practice, question)


def measured_by(measure: Any, **how: Any) -> None:
    fact(**how)(measure)


def test_a_rule_that_looked_and_found_nothing_passes(tmp_path: Path) -> None:
    """Having looked at one thing and found nothing wrong is passed."""
    judged = judge_one(folder(tmp_path, {}), rule_on(Tree))
    assert (judged.verdict, judged.looked_at, judged.reason) == (Verdict.PASSED, 1, None)


def test_a_rule_that_complains_fails(tmp_path: Path) -> None:
    """Findings are ordered by their place."""
    other = Finding("src/a.py", 1, "so is this", "mend it")
    judged = judge_one(folder(tmp_path, {}), rule_on(Tree, says=[COMPLAINT, other]))
    assert (judged.verdict, judged.findings) == (Verdict.FAILED, (other, COMPLAINT))


@pytest.mark.req("006-verdicts/US1.1")
def test_a_rule_that_saw_nothing_is_not_applicable(tmp_path: Path) -> None:
    """Nothing looked at is no pass, and the rule says why."""

    def question(tree: Tree) -> Findings:
        findings = Findings()
        for _ in findings.over([], nothing="there is no pipeline"):
            pass
        return findings

    judged = judge_one(folder(tmp_path, {}), asking(question))
    assert (judged.verdict, judged.reason) == (Verdict.NOT_APPLICABLE, "there is no pipeline")


def test_a_rule_that_could_not_see_all_is_unchecked(tmp_path: Path) -> None:
    """What was there and could not be looked at outweighs what was."""

    def question(tree: Tree) -> Findings:
        findings = Findings(looked_at=3)
        findings.could_not_see("one of them is locked")
        return findings

    judged = judge_one(folder(tmp_path, {}), asking(question))
    assert (judged.verdict, judged.reason) == (Verdict.UNCHECKED, "one of them is locked")


def test_a_complaint_outweighs_what_could_not_be_seen(tmp_path: Path) -> None:
    """Failed, else unchecked, else not applicable, else passed."""

    def question(tree: Tree) -> Findings:
        return Findings(found=[COMPLAINT], unseen="one of them is locked")

    assert judge_one(folder(tmp_path, {}), asking(question)).verdict is Verdict.FAILED


@pytest.mark.req("006-verdicts/US1.2")
@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Unavailable("the service did not answer"), "the service did not answer"),
        (TimedOut("mypy was stopped after 300 s"), "mypy was stopped after 300 s"),
        (PermissionError(13, "Permission denied", "a.py"), "a.py: Permission denied"),
    ],
)
def test_a_fact_that_cannot_be_measured_leaves_its_rules_unchecked(
    tmp_path: Path, error: Exception, reason: str
) -> None:
    """With the reason, and without calling it our own failure."""

    def measure(project: Project) -> Weather:
        raise error

    measured_by(measure)
    outcome = judge(folder(tmp_path, {}), rule_on(Weather))
    assert (outcome.verdict, outcome.judgements[0].reason, outcome.crashed) == (
        Verdict.UNCHECKED,
        reason,
        False,
    )


def test_what_needs_an_unmeasured_fact_is_unchecked_too(tmp_path: Path) -> None:
    """The reason is handed on, and the needing fact is not measured at all."""

    def measure(project: Project) -> Weather:
        raise Unavailable("no thermometer")

    def forecast(weather: Weather) -> Forecast:
        raise AssertionError

    measured_by(measure)
    measured_by(forecast)
    judged = judge_one(folder(tmp_path, {}), rule_on(Forecast, Weather))
    assert (judged.verdict, judged.reason) == (Verdict.UNCHECKED, "no thermometer")


def test_a_fact_whose_own_code_breaks_is_unchecked_and_said_aloud(tmp_path: Path) -> None:
    """Our own mistake is never a pass; the run says that it crashed and where the details are."""

    def measure(project: Project) -> Weather:
        raise ZeroDivisionError

    measured_by(measure)
    outcome = judge(folder(tmp_path, {}), rule_on(Weather))
    assert (outcome.verdict, outcome.crashed) == (Verdict.UNCHECKED, True)
    assert "ZeroDivisionError" in (tmp_path / ".tenhats/crash.txt").read_text()


def test_a_rule_whose_own_code_breaks_is_unchecked_and_said_aloud(tmp_path: Path) -> None:
    """The other rules are asked all the same."""

    def question(tree: Tree) -> Findings:
        raise KeyError("x")

    outcome = judge(folder(tmp_path, {}), asking(question), rule_on(Tree, code="TST002"))
    assert [judged.verdict for judged in outcome.judgements] == [Verdict.UNCHECKED, Verdict.PASSED]
    assert outcome.crashed
    assert "the tooling itself failed: KeyError('x')" in str(outcome.judgements[0].reason)


def test_a_rule_that_is_switched_off_is_not_applicable(tmp_path: Path) -> None:
    """By its code or by its prefix, with the project's reason; its facts are not measured."""
    watcher = Quiet()
    for word in ("TST001", "TST"):
        here = folder(tmp_path, {}, off={word: "no tests yet"})
        (judged,) = judge(here, rule_on(Specs), watcher=watcher).judgements
        assert (judged.verdict, judged.reason) == (Verdict.NOT_APPLICABLE, "switched off: no tests yet")
    assert watcher.measured == []


def test_switching_off_what_does_not_exist_stops_the_run(tmp_path: Path) -> None:
    """A mistyped code must not leave a rule on, or seem to."""
    with pytest.raises(CannotRun, match=r"There is no rule TST0001\. Did you mean TST001\?"):
        judge(folder(tmp_path, {}, off={"TST0001": "no tests yet"}), rule_on(Tree))


@pytest.mark.parametrize("line", [1, 2])
def test_a_waiver_with_a_reason_takes_the_finding_back(tmp_path: Path, line: int) -> None:
    """On the line or above it; the verdict carries the reason."""
    lines = ["x = 1", "y = 2"]
    lines[line - 1] += "  # tenhats: ignore[TST001] it is meant"
    here = folder(tmp_path, {"src/a.py": "\n".join(lines)})
    judged = judge_one(here, rule_on(Tree, says=[COMPLAINT]))
    assert (judged.verdict, judged.findings) == (Verdict.PASSED, ())
    assert judged.reason == "waived at src/a.py:2: it is meant"


def test_a_waiver_without_a_reason_does_not_count(tmp_path: Path) -> None:
    """The finding stands, and says what the waiver lacks."""
    here = folder(tmp_path, {"src/a.py": "x = 1\ny = 2  # tenhats: ignore[TST001]\n"})
    judged = judge_one(here, rule_on(Tree, says=[COMPLAINT]))
    assert judged.verdict is Verdict.FAILED
    assert judged.findings[0].message == "it is wrong (the waiver on line 2 gives no reason)"


def test_advice_fails_nobody(tmp_path: Path) -> None:
    """It is handed on beside the findings, unless it is waived."""
    here = folder(tmp_path, {"src/a.py": "x = 1\ny = 2\n"})
    judged = judge_one(here, rule_on(Tree, advises=[COMPLAINT]))
    assert (judged.verdict, judged.findings, judged.advice) == (Verdict.PASSED, (), (COMPLAINT,))
    here = folder(tmp_path, {"src/a.py": "x = 1\ny = 2  # tenhats: ignore[TST001] it is meant\n"})
    assert judge_one(here, rule_on(Tree, advises=[COMPLAINT])).advice == ()


def test_a_waiver_of_another_rule_does_not_count(tmp_path: Path) -> None:
    """A waiver is for the rules that it names."""
    here = folder(tmp_path, {"src/a.py": "x = 1\ny = 2  # tenhats: ignore[TST002] it is meant\n"})
    assert judge_one(here, rule_on(Tree, says=[COMPLAINT])).verdict is Verdict.FAILED


def test_all_rules_are_chosen_by_no_word_and_some_by_their_names() -> None:
    """Codes and prefixes, mixed, each once, in order."""
    assert [rule.code for rule in engine.choose([])] == sorted(RULES)
    assert [rule.code for rule in engine.choose(["TST004", "ARC", "ARC001"])] == [
        *sorted(code for code in RULES if code.startswith("ARC")),
        "TST004",
    ]


@pytest.mark.parametrize(("word", "near"), [("TST0004", "TST004"), ("SPEC", "SPC"), ("tst", "")])
def test_an_unknown_rule_stops_the_run(word: str, near: str) -> None:
    """With the nearest that exists."""
    hint = rf" Did you mean {near}\w*\?" if near else ""
    with pytest.raises(CannotRun, match=rf"There is no rule {word}\.{hint}"):
        engine.choose([word])


def test_a_fact_is_measured_once_for_many_rules(tmp_path: Path) -> None:
    """And only those that are needed."""
    times: list[int] = []

    def measure(project: Project) -> Weather:
        times.append(1)
        return Weather()

    def forecast(weather: Weather) -> Forecast:
        raise AssertionError

    measured_by(measure)
    measured_by(forecast)
    watcher = Quiet()
    judge(folder(tmp_path, {}), rule_on(Weather), rule_on(Weather, code="TST002"), watcher=watcher)
    assert (len(times), watcher.measured) == (1, ["Weather"])


def test_a_fact_that_must_be_alone_runs_when_nothing_else_does(tmp_path: Path) -> None:
    """After every other fact has ended, whatever the order they are wanted in."""
    running: list[str] = []
    seen: list[list[str]] = []
    lock = threading.Lock()

    def beside(name: str) -> None:
        with lock:
            running.append(name)
        time.sleep(0.05)
        with lock:
            running.remove(name)

    def alone(project: Project) -> Stopwatch:
        seen.append(list(running))
        time.sleep(0.05)
        seen.append(list(running))
        return Stopwatch()

    def measure(project: Project) -> Weather:
        beside("weather")
        return Weather()

    def forecast(weather: Weather) -> Forecast:
        beside("forecast")
        return Forecast()

    measured_by(alone, alone=True)
    measured_by(measure)
    measured_by(forecast)
    watcher = Quiet()
    measuring.measure(folder(tmp_path, {}), [Stopwatch, Forecast], watcher)
    assert seen == [[], []]
    assert watcher.measured == ["Weather", "Forecast", "Stopwatch"]


def test_a_fact_may_need_one_that_must_be_alone(tmp_path: Path) -> None:
    """The two do not wait for each other."""

    def alone(project: Project) -> Stopwatch:
        return Stopwatch(2.0)

    def forecast(stopwatch: Stopwatch) -> Forecast:
        return Forecast(f"in {stopwatch.seconds} s")

    measured_by(alone, alone=True)
    measured_by(forecast)
    done: list[Any] = []

    def run() -> None:
        done.append(measuring.measure(folder(tmp_path, {}), [Forecast], Quiet())[Forecast])

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    assert done == [Forecast("in 2.0 s")]


def counted(tmp_path: Path, **how: Any) -> list[int]:
    """A fact that reads a.txt and counts how often it was measured."""
    times: list[int] = []

    def measure(project: Project, tree: Tree) -> Weather:
        times.append(1)
        if (tmp_path / "a.txt").read_text() == "fog":
            raise Unavailable("fog")
        return Weather(len(times))

    measured_by(measure, **{"reads": ("*.txt",), **how})
    return times


def look(tmp_path: Path, *, fresh: bool = False, **settings: Any) -> Any:
    return measuring.measure(project(tmp_path, fresh=fresh, **settings), [Weather], Quiet())[Weather]


@pytest.mark.req("006-verdicts/US2.1")
def test_a_fact_is_kept_until_a_file_it_reads_changes(tmp_path: Path) -> None:
    """What it does not read may change; the settings may not."""
    folder(tmp_path, {"a.txt": "sun", "b.py": ""})
    times = counted(tmp_path)
    assert look(tmp_path) == look(tmp_path) == Weather(1)
    (tmp_path / "b.py").write_text("changed")
    assert look(tmp_path) == Weather(1)
    (tmp_path / "a.txt").write_text("rain")
    assert look(tmp_path) == Weather(2)
    (tmp_path / "c.txt").write_text("a new file")
    assert look(tmp_path) == Weather(3)
    assert look(tmp_path, coverage=90) == Weather(4)
    assert len(times) == 4


def test_a_kept_fact_is_said_to_be_kept(tmp_path: Path) -> None:
    """The watcher is told, so that nobody takes an old look for a new one."""
    here = folder(tmp_path, {"a.txt": "sun"})
    counted(tmp_path)
    first, second = Quiet(), Quiet()
    measuring.measure(here, [Weather], first)
    measuring.measure(here, [Weather], second)
    assert (first.measured, first.kept) == (["Weather"], [])
    assert (second.measured, second.kept) == ([], ["Weather"])


def test_what_could_not_be_measured_is_not_kept(tmp_path: Path) -> None:
    """The next run looks again."""
    folder(tmp_path, {"a.txt": "fog"})
    times = counted(tmp_path)
    assert str(look(tmp_path)) == "fog"
    assert str(look(tmp_path)) == "fog"
    assert len(times) == 2


def test_a_fresh_look_uses_nothing_kept(tmp_path: Path) -> None:
    """And what it sees is kept for the next run."""
    folder(tmp_path, {"a.txt": "sun"})
    counted(tmp_path)
    assert look(tmp_path) == Weather(1)
    assert look(tmp_path, fresh=True) == Weather(2)
    assert look(tmp_path) == Weather(2)


def test_a_fact_that_reads_nothing_is_measured_in_every_run(tmp_path: Path) -> None:
    """Nothing says when it would have changed."""
    folder(tmp_path, {"a.txt": "sun"})
    counted(tmp_path, reads=())
    assert [look(tmp_path), look(tmp_path)] == [Weather(1), Weather(2)]


@pytest.mark.req("006-verdicts/US2.2")
@pytest.mark.parametrize("rubbish", [b"", b"{", b"\xff\xfe", b'{"degrees": "warm"}', b"null", b'"\xff"'])
def test_a_corrupt_cache_is_ignored(tmp_path: Path, rubbish: bytes) -> None:
    """A half-written or damaged file costs a measuring and nothing else."""
    folder(tmp_path, {"a.txt": "sun"})
    counted(tmp_path)
    look(tmp_path)
    for file in (tmp_path / ".tenhats/cache/Weather").iterdir():
        file.write_bytes(rubbish)
    assert look(tmp_path) == Weather(2)


def test_a_fact_that_cannot_be_written_down_is_only_not_kept(tmp_path: Path) -> None:
    """A file name that is no UTF-8 does not end the run."""
    folder(tmp_path, {"a.txt": "sun"})

    def measure(tree: Tree) -> Forecast:
        return Forecast("\udcff")

    measured_by(measure, reads=("*.txt",))
    assert measuring.measure(project(tmp_path), [Forecast], Quiet())[Forecast] == Forecast("\udcff")


@pytest.mark.parametrize(("fresh", "made"), [(False, ["1", "2", "3"]), (True, ["1", "2", "1", "2", "3"])])
def test_a_fact_of_pieces_makes_only_those_that_are_new(
    tmp_path: Path, *, fresh: bool, made: list[str]
) -> None:
    """The others are had from the run before, unless the look is fresh."""
    there, asked = ["1", "2"], list[str]()

    def make(key: str) -> str:
        asked.append(key)
        return f"piece {key}"

    def measure(project: Project, shelf: Shelf) -> Forecast:
        return Forecast(", ".join(shelf.had(str, key, partial(make, key)) for key in there))

    measured_by(measure)
    here = folder(tmp_path, {})
    judge(here, rule_on(Forecast))
    there.append("3")
    judge(replace(here, fresh=fresh), rule_on(Forecast))
    assert asked == made
