"""What the test engineer promises: every requirement and scenario has a test that can fail."""

from __future__ import annotations

from tenhats.errors import did_you_mean
from tenhats.fact import Project
from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.reviews import Reviews, command
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks, TestRun
from tenhats.gates import Gate
from tenhats.reviewing import PROVER, compared, refused
from tenhats.rule import Findings, Place, rule

_COMPREHENSIVE = "Creates comprehensive test suites"


def _bound(specs: Specs, suite: TestSuite) -> frozenset[str]:
    return frozenset(name for word in suite.bound_names if (name := specs.resolve(word)))


@rule("TST001", gate=Gate.TESTS, practice=_COMPREHENSIVE)
def requirements_have_tests(specs: Specs, suite: TestSuite) -> Findings:
    """Every requirement has a test.

    A requirement without a test is a wish. Say in the test what it proves:

        @pytest.mark.req("001-greeting/FR-001")
        def test_a_name_is_greeted() -> None: ...

    A bare `FR-001` will do while only one feature has it.
    """
    findings = Findings()
    bound = _bound(specs, suite)
    for each in findings.over(specs.requirements, nothing="there is no requirement"):
        if each.name not in bound:
            findings.add(each, f"{each.name} has no test", f'@pytest.mark.req("{each.name}")')
    return findings


@rule("TST002", gate=Gate.TESTS, practice=_COMPREHENSIVE)
def bindings_name_what_exists(specs: Specs, suite: TestSuite) -> Findings:
    """Every name a test is bound to exists.

    A test bound to a name that no specification defines proves nothing: the requirement was renamed,
    retired, or mistyped. Correct the name or delete the mark:

        @pytest.mark.req("001-greeting/FR-001")

    Every form of a binding is looked at, also in Gherkin's tags. A bare tag, `@FR-099`, may be the key of
    another system: if no specification has it, that is advice. Nothing is said of a scenario whose words
    no specification has.
    """
    findings = Findings()
    named = (each for each in suite.bindings if each.by != "words")
    for binding in findings.over(named, nothing="no test is bound to a requirement"):
        if specs.resolve(binding.name) is None:
            tell = findings.advise if binding.by == "tag" else findings.add
            tell(binding, *_unknown(binding.name, specs))
    return findings


def _unknown(name: str, specs: Specs) -> tuple[str, str]:
    """What is wrong with a name that means nothing, and how to mend it."""
    bare = sorted(each for each in specs.names if each.endswith(f"/{name}"))
    if bare:
        return f"{name} is ambiguous: {', '.join(bare[:3])}", f'name the feature too: "{bare[0]}"'
    return f"there is no {name}.{did_you_mean(name, specs.names)}", "correct the name"


@rule("TST003", gate=Gate.TESTS, practice=_COMPREHENSIVE)
def bound_tests_assert(suite: TestSuite) -> Findings:
    """Every bound test asserts something.

    A test that asserts nothing passes whatever the code does. Counted are `assert`, `pytest.raises`
    and `pytest.warns`, unittest's and mock's `assert…` methods, the `benchmark` fixture, and functions
    and methods of the tests that do one of these, in whatever module; `assert True` is not. A Gherkin
    scenario asserts by its Then.
    """
    findings = Findings()
    bound = [test for test in suite.tests if any(binding.by != "words" for binding in test.bindings)]
    for test in findings.over(bound, nothing="no test is bound to a requirement"):
        if not test.asserts:
            name = test.id.rpartition("::")[2]
            findings.add(test, f"{name} asserts nothing", "assert what the requirement promises")
    return findings


@rule("TST004", gate=Gate.TESTS, practice=_COMPREHENSIVE)
def scenarios_have_tests(specs: Specs, suite: TestSuite) -> Findings:
    """Every acceptance scenario has a test.

    A scenario nobody runs is a promise nobody keeps. Bind one, by story and scenario number:

        @pytest.mark.req("001-greeting/US1.2")
    """
    findings = Findings()
    bound = _bound(specs, suite)
    for scenario in findings.over(specs.scenarios, nothing="there is no acceptance scenario"):
        if scenario.name not in bound:
            findings.add(scenario, f"{scenario.name} has no test", f'@pytest.mark.req("{scenario.name}")')
    return findings


@rule("TST005", gate=Gate.TESTS, practice="Maintains >80% code coverage")
def coverage_is_enough(project: Project, run: TestRun) -> Findings:
    """Coverage, branches included, reaches the threshold.

    Lines that no test executes are lines that nobody has seen work. The threshold is `coverage` in
    `[tool.tenhats]`, 80 per cent if nothing is said; each file with gaps is named at its first one.
    Measured by coverage.py with `--branch`, over the sources, also those that no test imports.
    """
    findings = Findings()
    for _ in findings.over(run.files, nothing="there is no source file to cover"):
        pass
    if not run.files:
        findings.could_not_see("no test run was measured by coverage.py")
    wanted = project.settings.coverage
    if run.files and run.coverage < wanted:
        for file in run.files:
            if file.first_missing is not None:
                findings.add(
                    Place(file.path, file.first_missing),
                    f"coverage is {run.coverage:.1f} %, wanted {wanted:g} %; "
                    f"{file.missing} lines of {file.path} are never run, the first is this",
                    "test it, or delete it",
                )
    return findings


@rule("TST006", gate=Gate.TESTS, practice=_COMPREHENSIVE)
def no_proof_is_suspect(
    specs: Specs, suite: TestSuite, earlier: EarlierSpecs, changed: ChangedTests, reviews: Reviews
) -> Findings:
    """No proof is suspect.

    A test that was written for other words may pass and prove nothing. When the words of a requirement or
    scenario have changed, look at its tests, mend them, and record that they prove the words as they stand:

        nox -s review -- test-engineer 001-greeting

    Where that was recorded, the words are compared with the record. Elsewhere they are compared with the
    base, where the branch left the one it will be merged into: a proof is suspect if its words have changed
    since, and not one of the tests bound to them has. A test has changed if the text of its function has.
    """
    findings = Findings()
    nothing = earlier.reason or "nothing that a test is bound to was changed, and nothing is recorded"
    for each in findings.over(compared(specs, suite, earlier, changed, reviews), nothing=nothing):
        if each.why:
            tests = ", ".join(test.rpartition("::")[2] for test in each.tests[:3])
            more = f" and {len(each.tests) - 3} more" if len(each.tests) > 3 else ""
            message = f"{each.promise.name} is suspect: {each.why}; look at {tests}{more}"
            findings.add(each.promise, message, command(PROVER, each.feature))
    for feature in specs.features:
        refusal = refused(feature, PROVER, reviews)
        if refusal:
            findings.looked_at += 1
            findings.add(refusal, refusal.why, refusal.fix)
    return findings


@rule("TST013", gate=Gate.TESTS, practice=_COMPREHENSIVE)
def names_exist_in_runs(specs: Specs, suite: TestSuite, run: TestRun, benchmarks: Benchmarks) -> Findings:
    """Every name that a test bears when it runs exists.

    A hook, a plugin or a computed name can bind a test without a word of it in the source; TST002 looks at
    the source. Here each collected test is asked for its marks. Write names as constants where you can, so
    that everybody sees the binding, also the rules that ask whether a requirement has a test:

        @pytest.mark.req("001-greeting/FR-001")

    A plain `pytest` says the same before its first test; `tests/conftest.py` loads the plugin for it.
    """
    findings = Findings()
    bound = [result for result in (*run.results, *benchmarks.results) if result.names]
    for result in findings.over(bound, nothing="no test that ran is bound"):
        for name in dict.fromkeys(result.names):
            if name not in suite.bound_names and specs.resolve(name) is None:
                message, fix = _unknown(name, specs)
                findings.add(result, message, fix)
    return findings
