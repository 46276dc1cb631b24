"""What the implementation developer promises: the tests pass, and the code is clean and typed."""

from __future__ import annotations

from tenhats.facts.behave import BehaveRun
from tenhats.facts.functions import Functions
from tenhats.facts.specs import Specs
from tenhats.facts.style import Formatting, Lint, Types
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks, Result, TestRun
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.complaints import handed_on

_STRICTLY = "Implements features strictly according to specifications"


@rule("DEV001", gate=Gate.IMPLEMENTATION, practice=_STRICTLY)
def tests_pass(suite: TestSuite, run: TestRun, benchmarks: Benchmarks, behaved: BehaveRun) -> Findings:
    """Every test passes.

    A failing test says that the code does not do what was specified. Mend the code; change the test
    only when the specification has changed, in the same commit. A file that cannot be collected, a
    run that does not end, a test that is expected to fail and passes: all are failures. Scenarios that
    behave runs are tests too.
    """
    findings = Findings()
    results = [*run.results, *benchmarks.results, *behaved.results]
    for result in findings.over(results, nothing="there is no test"):
        if result.outcome in {"failed", "error", "xpassed", "not run"}:
            name = result.id.rpartition("::")[2]
            said = f": {result.message}" if result.message else ""
            findings.add(result, f"{name} {_became(result)}{said}", "mend the code until it passes")
    broken = {
        each.path: (each.line, each.message) for each in (*run.broken, *benchmarks.broken, *behaved.broken)
    }
    broken |= {path: (line, message) for path, line, message in suite.unreadable}
    for path, (line, message) in broken.items():
        findings.looked_at += 1
        findings.add(Place(path, line), f"cannot be run: {message}", "mend the file")
    for path in run.written:
        findings.looked_at += 1
        findings.add(Place(path, 1), "the tests changed this file", "let them write into tmp_path")
    if behaved.unseen:
        findings.could_not_see(behaved.unseen)
    return findings


def _became(result: Result) -> str:
    words = {"error": "broke in its set-up", "xpassed": "was expected to fail and passed"}
    return words.get(result.outcome, result.outcome)


@rule("DEV002", gate=Gate.IMPLEMENTATION, practice=_STRICTLY)
def requirements_are_proven(
    specs: Specs, run: TestRun, benchmarks: Benchmarks, suite: TestSuite, behaved: BehaveRun
) -> Findings:
    """Every requirement is proven by a test that ran and passed.

    A test that is skipped or expected to fail proves nothing. Each requirement and each scenario with
    tests needs at least one that was run to its end, and passed, in this very run.
    """
    findings = Findings()
    outcomes: dict[str, set[str]] = {}
    for result in (*run.results, *benchmarks.results, *behaved.results):
        for word in result.names:
            outcomes.setdefault(specs.resolve(word) or word, set()).add(result.outcome)
    bound = {specs.resolve(word) for word in suite.bound_names}
    tested = [each for each in specs.promises if each.name in bound]
    unseen: set[str | None] = set()
    if behaved.unseen:
        findings.could_not_see(behaved.unseen)
        unseen = {specs.resolve(name) for names in suite.scenarios.values() for name in names}
    for each in findings.over(tested, nothing="no requirement has a test"):
        seen = outcomes.get(each.name, set())
        if "passed" not in seen and not seen & {"failed", "error"} and (seen or each.name not in unseen):
            how = " and ".join(sorted(seen)) or "never run"
            findings.add(each, f"{each.name} is not proven: its tests are {how}", "run one that passes")
    return findings


@rule("DEV003", gate=Gate.STYLE, practice="Follows PEP 8 and project coding standards")
def ruff_is_content(lint: Lint) -> Findings:
    """ruff finds nothing.

    The rules stand in `ruff.toml`, chosen one by one. `ruff check --fix` mends much of it; a line that
    must stand as it is says why: `# noqa: CODE  because …`. https://docs.astral.sh/ruff/rules/
    """
    return handed_on(lint, nothing="there is no Python file", fix="see: ruff rule CODE")


@rule("DEV004", gate=Gate.STYLE, practice="Follows PEP 8 and project coding standards")
def files_are_formatted(formatting: Formatting) -> Findings:
    """Every file is formatted.

    Nobody should spend a review on spaces. `ruff format` does it, in the way that `ruff.toml` says.
    """
    return handed_on(formatting, nothing="there is no Python file", fix="ruff format")


@rule("DEV005", gate=Gate.STYLE, practice="Uses type hints comprehensively")
def types_hold(types: Types) -> Findings:
    """mypy, strict, finds nothing.

    Types are the part of the specification that a machine can check on every line. mypy runs with
    `--strict` over the sources and the tests, in the project's own environment.
    https://mypy.readthedocs.io/en/stable/error_code_list.html
    """
    return handed_on(types, nothing="there is no Python file", fix="correct the types")


@rule("DEV006", gate=Gate.IMPLEMENTATION, practice=_STRICTLY)
def functions_serve_a_requirement(functions: Functions, run: TestRun) -> Findings:
    """Every public function serves a requirement.

    Code that no requirement asks for is nobody's wish and everybody's burden. Which function serves
    what is measured, not declared: it serves the requirements whose tests execute a line of it. Write
    the requirement and bind the test, or delete the function:

        @pytest.mark.req("001-greeting/FR-001")

    Functions that are not public, by an underscore in their name or their module's, only advise. Files that
    coverage.py is told to leave out are not asked; TST011 sees to it that they do not become more. Where
    a test file could not be run, what no other test executes is *unchecked*: nobody knows what that one
    would have executed.
    Measured by coverage.py, test by test; `nox -s trace -- FILE:LINE` shows what a line serves.
    """
    findings = Findings()
    measured = {file.path for file in run.files}
    doing = [each for each in functions.functions if each.first and (each.path in measured or not measured)]
    if doing and not run.reach.reached:
        findings.could_not_see("no test run was measured by coverage.py")
        return findings
    bound = (each.id.partition("[")[0] for each in run.results if each.names)
    asked_for = run.reach.of(bound)
    reached = run.reach.of(run.reach.by_test)
    unseen = 0
    for each in findings.over(doing, nothing="there is no function in the sources"):
        if asked_for.get(each.path, 0) & each.bits:
            continue
        by_tests = reached.get(each.path, 0) & each.bits
        if run.broken and not by_tests:
            unseen += 1
            continue
        how = "by tests that are bound to no requirement only" if by_tests else "by no test"
        say = findings.add if each.is_public else findings.advise
        fix = "bind a test of it to the requirement that asks for it, or delete it"
        say(each, f"{each.name} serves no requirement: it is executed {how}", fix)
    if unseen:
        findings.could_not_see(
            f"{unseen} of {len(doing)} functions are executed by no test that ran, "
            f"and {run.broken[0].path} could not be run"
        )
    return findings
