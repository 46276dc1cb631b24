"""What the test engineer promises of the suite over time: proof does not get weaker unnoticed.

The comparison, and the principle it follows, is `tenhats.tampering`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tenhats.facts.doubles import Doubles
from tenhats.facts.earlier import EarlierSpecs
from tenhats.facts.specs import Specs
from tenhats.facts.weakened import Weakened
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.tampering import Weakening
from tenhats.tampering.doubles import Double


@rule("TST010", gate=Gate.TESTS, practice="Writes tests before implementation")
def no_proof_was_weakened(weakened: Weakened, specs: Specs, earlier: EarlierSpecs) -> Findings:
    """No proof was weakened.

    The quickest way to make a red test green is to ask less of it. Every changed test is compared with
    what it was at the base: a test deleted, renamed so that pytest does not collect it, newly skipped or
    expected to fail, no longer bound to its requirement; an assertion gone, never reached, swallowed, or
    loosened, such as `==` that became `in`, `raises` without its `match`, a wider tolerance. Mend the
    code. Where the requirement itself changed, say so at the line that the finding names, in the same
    change; a reason that was there before does not count:

        # tenhats: ignore[TST010] because FR-004 no longer promises the length

    A test that moved, got another name, was split, merged or parametrised, or asserts through a helper,
    is the same test: what is lost in one place is first sought in all others. Tests of a requirement
    that is withdrawn may go. A finding means that strength clearly fell. What may be right is advice: a
    skip on some platform, a deleted test of code that is gone too, a new expected value in a bound test
    whose requirement still says the same. What a deleted file proved is told at the requirement, else
    at `[tool.tenhats]` in pyproject.toml.
    """
    findings = Findings()
    reason = weakened.reason or "no test has changed since the base"
    for _ in findings.over(range(weakened.modules), nothing=reason):
        pass
    if weakened.unreadable:
        findings.could_not_see(f"{weakened.unreadable[0]} cannot be parsed, so it cannot be compared")
    places = {each.name: Place(each.path, each.line) for each in specs.promises}
    lost_files: dict[str, list[Weakening]] = {}
    for each in weakened.tests:
        names = [name for word in each.names if (name := specs.resolve(word))]
        if each.kind in {"deleted", "unbound"} and each.names and not names:
            continue
        if each.kind == "expected" and (not names or _was_reworded(names, specs, earlier)):
            continue
        if not each.path and not names:
            lost_files.setdefault(each.test.partition("::")[0], []).append(each)
            continue
        place = Place(each.path, each.line) if each.path else places[names[0]]
        certain = each.certain or (each.kind == "deleted" and bool(names))
        _tell(findings, place, each.message, each.fix, certain, weakened)
    for path, lost in lost_files.items():
        place = Place("pyproject.toml", weakened.settings_line)
        message = f"{path} is deleted, and {_count(lost)} with it"
        _tell(findings, place, message, lost[0].fix, any(each.certain for each in lost), weakened)
    return findings


def _was_reworded(names: Iterable[str], specs: Specs, earlier: EarlierSpecs) -> bool:
    """Whether one of the requirements says something else than at the base, or is new."""
    was = {each.name: each.text for feature in earlier.features.values() for each in feature.promises}
    now = {each.name: each.text for each in specs.promises}
    touched = {name.partition("/")[0] for name in names} & set(earlier.features)
    return bool(touched) and any(was.get(name) != now[name] for name in names)


def _count(lost: list[Weakening]) -> str:
    return f"its test {lost[0].test.rpartition('::')[2]}" if len(lost) == 1 else f"its {len(lost)} tests"


def _tell(
    findings: Findings, place: Place, message: str, fix: str, certain: bool, weakened: Weakened
) -> None:
    if certain:
        findings.add(place, message, fix, stale=weakened.waivers.get(place.path, frozenset()))
    else:
        findings.advise(place, message, fix)


@rule("TST011", gate=Gate.TESTS, practice="Maintains >80% code coverage")
def no_check_was_switched_off(weakened: Weakened) -> Findings:
    """No check was switched off.

    A gate can be made green by looking away. Compared with the base are the comments that switch a
    check off on their line (`# type: ignore`, `# noqa`, `# pragma: no cover`, `# nosec`), what
    `conftest.py` leaves out, and the configuration of pytest, coverage.py, ruff, mypy, bandit and the
    gates, in whichever file it stands: a lowered threshold, a new entry in an ignore list, a strict flag
    that is gone, `error` taken out of `filterwarnings`. A comment passes if it names what it switches
    off and says why, on its line or in a comment above:

        import plugins  # noqa: F401  importing registers them

    A setting passes with a waiver above it, written in the same change:

        # tenhats: ignore[TST011] because the generated client has no tests of its own
        omit = ["src/client/*"]

    Moving a comment or a setting to another file changes nothing, nor does ignoring what ruff was never
    asked to find. Advice: a rule switched off with its reason under `[tool.tenhats.off]`, a new waiver, a
    new hook of pytest that can change what the tests say.
    """
    findings = Findings()
    reason = weakened.reason or "nothing that could switch a check off has changed since the base"
    for _ in findings.over(range(weakened.files), nothing=reason):
        pass
    for each in weakened.checks:
        place = Place(each.path, each.line) if each.path else Place("pyproject.toml", weakened.settings_line)
        _tell(findings, place, each.message, each.fix, each.certain, weakened)
    return findings


@rule("TST012", gate=Gate.TESTS, practice="Creates comprehensive test suites")
def bound_tests_prove_the_real_thing(doubles: Doubles) -> Findings:
    """Every bound test proves the real thing.

    A test can pass without the code that it is about: it asserts only that a mock of its own was called,
    it replaces the very function it calls, or it calls a copy that stands in the test file. None of
    these would fail if the requirement were not met. Call the real thing, and assert what comes out:

        def test_a_name_is_greeted() -> None:
            assert greet("Ada") == "Hello, Ada!"

    A mock of something outside the project, a network or a clock, is fine. A finding is: no assertion
    but `mock.called` and its like; a patched function that the test calls; a patch of the project's own
    function that a test which was there at the base did without; a function or class of the same name
    and parameters as one in the sources, in place of it. Advice: no assertion but `assert_called_with`,
    and other patches of the project's own functions in the module that the test is about. Asked of
    tests that are bound to a requirement.
    """
    findings = Findings()
    for _ in findings.over(range(doubles.bound), nothing="no test is bound to a requirement"):
        pass
    for each in doubles.doubles:
        message, fix, certain = _what_is_wrong(each)
        if certain:
            findings.add(each, message, fix)
        else:
            findings.advise(each, message, fix)
    return findings


def _what_is_wrong(each: Double) -> tuple[str, str, bool]:
    """The message, the fix, and whether it is sure."""
    name = each.test.rpartition("::")[2]
    if each.kind in {"called", "called-with"}:
        message = f"{name} asserts only that a mock was called: {each.what}"
        return message, "assert what the code gives back or leaves behind", each.kind == "called"
    if each.kind == "copy":
        message = f"{name} is a copy of {each.what}; the tests that call it do not test the project's own"
        module, _, word = each.what.rpartition(".")
        return message, f"from {module} import {word}", True
    if each.kind == "unit":
        return f"{name} replaces {each.what} and calls it", "call the real one", True
    message = (
        f"{name} {'now replaces' if each.is_new else 'replaces'} {each.what}, a part of what it is about"
    )
    return message, "let the real one run, and replace only what is outside the project", each.is_new
