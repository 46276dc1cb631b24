"""Facts that the tests make up: each builder gives the smallest good thing, and takes what differs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import tenhats
from tenhats.fact import Project
from tenhats.facts import behave, testrun
from tenhats.facts import specs as specs_fact
from tenhats.facts import suite as suite_fact
from tenhats.facts.bite import Bite
from tenhats.facts.declared import Output, Ran, Trained
from tenhats.facts.functions import Function, Functions
from tenhats.facts.guarded import Guarded
from tenhats.facts.prose import Prose, read_prose
from tenhats.facts.reach import Reach, Reached
from tenhats.facts.reviews import Review, Reviews, folder_of
from tenhats.facts.toolrun import Complaint
from tenhats.facts.tree import Tree, look_at_tree
from tenhats.facts.trial import Tried
from tenhats.formats.model import Feature, Reference, Requirement, Scenario, Section, Story, Task
from tenhats.formats.words_digest import digests_of
from tenhats.gates import Gate
from tenhats.rule import RULES, Finding, Findings, Rule
from tenhats.settings import Settings
from tenhats.trace import Part, Proof, State, Traced
from tenhats.traces import Traces
from tenhats.verdicts import Judgement, Outcome, Verdict

SPEC = "specs/001-greeting/spec.md"
PLAN = "specs/001-greeting/plan.md"
TASKS = "specs/001-greeting/tasks.md"
TESTS = "tests/test_greeting.py"


def requirement(
    bare: str = "FR-001", text: str = "System MUST greet", *, line: int = 10, feature: str = "001-greeting"
) -> Requirement:
    """A requirement of the feature 001-greeting; its kind is what its name begins with."""
    return Requirement(f"specs/{feature}/spec.md", line, f"{feature}/{bare}", bare.partition("-")[0], text)


def scenario(bare: str = "US1.1", *, line: int = 20) -> Scenario:
    """An acceptance scenario of the feature 001-greeting."""
    return Scenario(SPEC, line, f"001-greeting/{bare}", "**Given** a name, **When** asked, **Then** greeted")


def story(*scenarios: Scenario, line: int = 19, **more: Any) -> Story:
    """The first user story, with these scenarios and no other."""
    one = Story(SPEC, line, "001-greeting/US1", "Greet", "P1", scenarios, "Run it")
    return replace(one, **more)


def feature(*requirements: Requirement, name: str = "001-greeting", **more: Any) -> Feature:
    """A feature with the sections that it must have, and these requirements."""
    path = f"specs/{name}/spec.md"
    titles = ("User Scenarios & Testing", "Requirements", "Success Criteria")
    sections = tuple(Section(path, line, 2, title) for line, title in enumerate(titles, 3))
    return Feature(name, path, "Greeting", **{"sections": sections, "requirements": requirements, **more})


def specs(*features: Feature, **more: Any) -> specs_fact.Specs:
    """These features and nothing that could not be read."""
    return specs_fact.Specs(features, **more)


def required(*requirements: Requirement) -> specs_fact.Specs:
    """One feature with these requirements."""
    return specs(feature(*requirements))


def prose(*requirements: Requirement, **more: Any) -> Prose:
    """The prose of one feature with these requirements."""
    return read_prose(specs(feature(*requirements, **more)))


def task(*refs: str, done: bool, line: int = 5, text: str = "write the test") -> Task:
    """A task of the feature 001-greeting that names these of its requirements."""
    names = tuple(f"001-greeting/{bare}" for bare in refs)
    return Task(TASKS, line, "T001", text, done, names)


def reference(bare: str, text: str = "", *, line: int = 7, path: str = PLAN) -> Reference:
    """A line of the plan that names a requirement of the feature 001-greeting."""
    return Reference(path, line, f"001-greeting/{bare}", text or f"The command keeps {bare}.")


def review(
    persona: str,
    of: Feature,
    *,
    verdict: str = "approved",
    note: str = "",
    words: Mapping[str, str] | None = None,
) -> Review:
    """A persona's review of a feature, whose words are as it saw them if nothing is said."""
    seen = digests_of(of.promises, of.name) if words is None else words
    return Review(f"{folder_of(of)}/{persona}.toml", persona, verdict, "2026-11-22", "Ada", seen, note)


def reviews(*kept: Review, feature: str = "001-greeting", **more: Any) -> Reviews:
    """These reviews of one feature."""
    return Reviews({(each.persona, feature): each for each in kept}, **more)


def bound(
    *names: str,
    asserts: bool = True,
    timed: bool = False,
    line: int = 8,
    id_: str = "test_it",
    by: str = "mark",
) -> suite_fact.Test:
    """A test that is bound to these names, by a mark on the line above it."""
    whole = f"{TESTS}::{id_}"
    bindings = tuple(suite_fact.Binding(TESTS, line - 1, name, whole, by=by) for name in names)
    return suite_fact.Test(TESTS, line, whole, bindings, asserts, timed)


def suite(*tests: suite_fact.Test, **more: Any) -> suite_fact.TestSuite:
    """These tests and no file that cannot be parsed."""
    return suite_fact.TestSuite(tests, **more)


def result(
    outcome: str = "passed", *names: str, message: str = "", line: int = 8, id_: str = "test_it"
) -> testrun.Result:
    """What became of a test that is bound to these names."""
    return testrun.Result(f"{TESTS}::{id_}", TESTS, line, names, outcome, message)


def ran(*results: testrun.Result, **more: Any) -> testrun.TestRun:
    """A run of the suite with these results."""
    return testrun.TestRun(results, **more)


def benchmarks(
    *results: testrun.Result, medians: Mapping[str, float] | None = None, **more: Any
) -> testrun.Benchmarks:
    """A run of the benchmarks with these results and medians."""
    timings = tuple(testrun.Timing(f"{TESTS}::{id_}", median, 7) for id_, median in (medians or {}).items())
    return testrun.Benchmarks(results, timings=timings, **more)


def behaved(*results: testrun.Result, **more: Any) -> behave.BehaveRun:
    """A run of behave with these results."""
    return behave.BehaveRun(results, **more)


def bite(**noticed: bool | None) -> Bite:
    """What the tests of these names said when no function did anything; None for one that did not run."""
    outcomes = {True: "failed", False: "passed", None: "not imported"}
    return Bite(tuple(Tried(f"{TESTS}::{name}", outcomes[said]) for name, said in noticed.items()))


def function(
    name: str = "greet",
    line: int = 3,
    last: int = 6,
    *,
    path: str = "src/greeter/greeting.py",
    does: bool = True,
) -> Function:
    """A function whose body begins on the line after its `def`."""
    return Function(path, line, name, line + 1 if does else 0, last)


def functions(*each: Function) -> Functions:
    """These functions of the sources."""
    return Functions(each)


def reach(path: str = "src/greeter/greeting.py", **lines: Iterable[int]) -> Reach:
    """The lines of one file that the tests of these names executed."""
    bits = {name: sum(1 << line for line in executed) for name, executed in lines.items()}
    return Reach(tuple(Reached(path, f"{TESTS}::{name}", f"{each:x}") for name, each in bits.items()))


def chain(
    name: str = "001-greeting/FR-001",
    state: State = State.PROVEN,
    *parts: Part,
    text: str = "System MUST greet",
    line: int = 10,
    tests: Iterable[str] | None = None,
) -> Traced:
    """A requirement with its chain: one test that suits the state, unless others are named."""
    outcome = {State.FAILING: "failed", State.SKIPPED: "skipped"}.get(state, "passed")
    usual = () if state is State.UNTESTED else ("test_it",)
    proofs = tuple(
        Proof(f"{TESTS}::{test}", TESTS, 8, outcome, state is State.PROVEN or None)
        for test in (usual if tests is None else tests)
    )
    owner, _, bare = name.partition("/")
    return Traced(
        name, owner, bare.partition("-")[0], f"specs/{owner}/spec.md", line, text, state, proofs, parts
    )


def part(of: Function, *lines: int) -> Part:
    """These lines of a function."""
    return Part(of, sum(1 << line for line in lines))


def traces(*traced: Traced, functions: Iterable[Function] = (), **more: Any) -> Traces:
    """The trace of these requirements, in features that are called Greeting."""
    own = tuple(functions)
    names = dict.fromkeys(each.feature for each in traced)
    files = tuple(dict.fromkeys(each.path for each in own))
    return Traces(tuple(feature(name=name) for name in names), traced, own, files, **more)


def measured(
    path: str = "src/greeter/greeting.py",
    *,
    statements: int = 10,
    covered: int = 10,
    first: int | None = None,
) -> testrun.Measured:
    """The coverage of one file without branches."""
    return testrun.Measured(path, statements, covered, 0, 0, first, statements - covered)


def complaint(
    path: str = "src/greeter/greeting.py",
    line: int = 3,
    code: str = "X1",
    message: str = "wrong",
    fix: str = "",
) -> Complaint:
    """A tool's complaint."""
    return Complaint(path, line, code, message, fix)


def run_twice(
    *, error: str | None = None, same: bool = True, schema: str | None = "row.json", **output: Any
) -> Ran:
    """Two runs of the pipeline `orders`, which make one file."""
    guarded = Guarded(**{"rows": 2, **output}) if schema or output else None
    made = Output("build/orders.csv", ("aa", "aa" if same else "bb"), guarded)
    return Ran("orders", 7, error, () if error else (made,), 3.0, 50_000_000, 2, schema)


def trained_twice(*, error: str | None = None, same: bool = True, **seen: Any) -> Trained:
    """Two trainings of the model `churn`, which make one file, with what was seen of the model."""
    made = Output("build/metrics.json", ("aa", "aa" if same else "bb"))
    return Trained("churn", 9, error, () if error else (made,), **seen)


def project(root: Path = Path("nowhere"), *, fresh: bool = False, **settings: Any) -> Project:
    """A project with these settings; a rule's test needs no folder for it."""
    return Project(root, Settings(**settings), fresh)


def folder(root: Path, files: Mapping[str, str | bytes], **settings: Any) -> Project:
    """A small project on disk, without git."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return project(root, **settings)


def tree_of(on_disk: Project) -> Tree:
    """The files of a small project on disk."""
    return look_at_tree(on_disk)


def surroundings(**more: str) -> dict[str, str]:
    """The variables with which a program finds the tooling, and takes nothing of the gates' run for its own.

    What switches functions off is handed on, or nothing that only such a program does would ever be missed.
    """
    kept = {name: os.environ[name] for name in os.environ.keys() - {"TENHATS_RECORD", "TENHATS_BENCHMARKS"}}
    places = [str(Path(tenhats.__file__).parents[1]), kept.get("PYTHONPATH", "")]
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, places)), **more}


def recorded(
    root: Path, *arguments: str, **more: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """A run of pytest in a folder, and what the plugin of the gates wrote down of it."""
    record = root / "record.json"
    plugins = ["-p", "tenhats.probes.tenhats_record", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *arguments],
        cwd=root,
        env=surroundings(PYTHONDONTWRITEBYTECODE="1", TENHATS_RECORD=str(record), **more),
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )
    return done, dict(json.loads(record.read_text(encoding="utf-8")))


def ask(code: str, *facts: object) -> Findings:
    """Ask one rule its question of made-up facts, in the order of its parameters."""
    return RULES[code].ask(*facts)


def told(findings: Findings) -> list[tuple[str, int, str]]:
    """What a rule found, each as its path, its line and its message."""
    return [(each.path, each.line, each.message) for each in findings.found]


def hinted(findings: Findings) -> list[tuple[str, int, str]]:
    """What a rule advised, each as its path, its line and its message."""
    return [(each.path, each.line, each.message) for each in findings.advised]


def is_silent(findings: Findings) -> bool:
    """Whether a rule looked at something, saw all of it, and found nothing wrong."""
    return findings.looked_at > 0 and not findings.found and findings.unseen is None


def is_not_applicable(findings: Findings) -> bool:
    """Whether a rule had nothing to look at, and says so."""
    return (
        findings.looked_at == 0
        and not findings.found
        and findings.unseen is None
        and findings.nothing.startswith(("there is no", "no ", "nothing "))
    )


def judged(
    code: str = "TST001", verdict: Verdict = Verdict.PASSED, *findings: Finding, **more: Any
) -> Judgement:
    """A judgement on a real rule."""
    return Judgement(RULES[code], verdict, **{"looked_at": 1, "findings": findings, **more})


def outcome(*judgements: Judgement, commit: str | None = "c0ffee", **more: Any) -> Outcome:
    """A run in which these rules were asked."""
    return Outcome(commit, judgements, **more)


def rule_on(
    *kinds: type[Any], code: str = "TST001", says: Iterable[Finding] = (), advises: Iterable[Finding] = ()
) -> Rule:
    """A rule, not registered, that looks at facts of these types and finds what it is told to."""
    found, advised = list(says), list(advises)

    def question(**facts: object) -> Findings:
        """The made-up question."""
        return Findings(looked_at=len(facts), found=found, advised=advised)

    question.__annotations__ = {kind.__name__.lower(): kind for kind in kinds} | {"return": Findings}
    return Rule(code, Gate.TESTS, RULES[code].practice, question)


class Quiet:
    """A watcher that remembers which facts were measured and which were kept."""

    def __init__(self) -> None:
        self.measured: list[str] = []
        self.kept: list[str] = []

    def started(self, fact: str) -> None:
        """The measuring of a fact has begun."""
        self.measured.append(fact)

    def finished(self, fact: str, seconds: float, *, kept: bool) -> None:
        """A fact is there."""
        if kept:
            self.kept.append(fact)
