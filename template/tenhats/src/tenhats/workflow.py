"""The two workflows: five steps each, and the rules whose silence shows that a step was taken.

The steps, their leads and their support are those of BMAD and of spec-kit as the personas use them.
A feature has reached a step when no rule of that step, nor of any before it, complains about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats.formats import is_specification
from tenhats.formats.model import Feature
from tenhats.rule import Finding, Rule
from tenhats.verdicts import Judgement, Outcome, Verdict


@dataclass(frozen=True)
class Step:
    """One step: who leads, who supports, which rules show it, what to run next."""

    title: str
    lead: str
    support: str
    rules: tuple[str, ...]
    evidence: str
    command: str


_PLAIN = ("SPC010", "SPC011", "SPC012", "SPC013")
_WHOLE = ("SPC017", "SPC018")
_CONSISTENT = ("SPC020", "SPC021", "SPC022")
_SPECIFIED = (
    "SPC001", "SPC002", "SPC003", "SPC004", "SPC005", "SPC006", "SPC008", "SPC009",
    *_PLAIN, *_WHOLE, *_CONSISTENT,
)  # fmt: skip
_CONTRACTS = ("SPC007", "SPC023", "SPC024")
_PLANNED = ("SPC014", "SPC015")
_TESTED = ("TST001", "TST002", "TST003", "TST004", "TST006")
_AGREEING = ("SPC025", "SPC026", "SPC027")
_BUILT = ("DEV001", "DEV002", "DEV003", "DEV004", "DEV005", "TST005", "SPC016", "SPC019", *_AGREEING)

WORKFLOWS: dict[str, tuple[Step, ...]] = {
    "bmad": (
        Step(
            "Business Modeling",
            "architect",
            "specification-engineer",
            ("SPC001", "SPC004", "SPC008", *_WHOLE),
            "the stories have scenarios",
            'nox -s spec -- "Title"',
        ),
        Step(
            "Specification Phase",
            "specification-engineer",
            "test-engineer",
            ("SPC002", "SPC003", "SPC005", "SPC006", *_CONTRACTS, "SPC009", *_PLAIN, *_PLANNED, *_CONSISTENT),
            "the requirements are plain, measurable and consistent",
            "nox -s specification-engineer",
        ),
        Step(
            "Test Creation",
            "test-engineer",
            "",
            _TESTED,
            "every requirement and scenario has a test",
            "nox -s test-engineer",
        ),
        Step(
            "Implementation",
            "implementation-developer",
            "",
            _BUILT,
            "the tests pass and prove every requirement",
            "nox -s implementation-developer",
        ),
        Step(
            "Review & Refactor",
            "all personas",
            "",
            ("*",),
            "no rule complains",
            "nox -s gates",
        ),
    ),
    "spec-kit": (
        Step(
            "Spec Definition",
            "specification-engineer",
            "",
            _SPECIFIED,
            "the specification is whole, plain and measurable",
            'nox -s spec -- "Title"',
        ),
        Step(
            "Spec Review",
            "architect",
            "security-engineer",
            (*_CONTRACTS, *_PLANNED, "ARC001", "ARC002", "ARC004", "ARC005", "SEC005", "SEC007"),
            "plan, tasks, contracts and decisions stand, and what is built was reviewed",
            "nox -s review",
        ),
        Step(
            "Test Generation",
            "test-engineer",
            "",
            _TESTED,
            "every requirement and scenario has a test",
            "nox -s test-engineer",
        ),
        Step(
            "Development",
            "implementation-developer",
            "",
            _BUILT,
            "the tests pass and prove every requirement",
            "nox -s implementation-developer",
        ),
        Step(
            "Validation",
            "devops-engineer",
            "",
            ("*",),
            "it builds, installs, runs, and CI sees to it",
            "nox -s gates",
        ),
    ),
}


@dataclass(frozen=True)
class Progress:
    """One step of one feature: whether it is reached, and what is missing for it."""

    step: Step
    reached: bool
    missing: tuple[tuple[str, Finding], ...]
    unchecked: tuple[str, ...]


def rules_of(workflow: str, rules: Iterable[Rule]) -> list[Rule]:
    """The rules that the board of a workflow needs."""
    wanted = {code for step in WORKFLOWS[workflow] for code in step.rules}
    return [rule for rule in rules if "*" in wanted or rule.code in wanted]


def progress(workflow: str, feature: Feature, outcome: Outcome) -> Iterator[Progress]:
    """Yield the five steps of one feature, in order."""
    before: list[tuple[str, Finding]] = []
    for step in WORKFLOWS[workflow]:
        asked = [
            judged for judged in outcome.judgements if judged.rule.code in step.rules or "*" in step.rules
        ]
        missing = [*before, *_about(feature, asked)]
        unchecked = tuple(judged.rule.code for judged in asked if judged.verdict is Verdict.UNCHECKED)
        yield Progress(step, not missing and not unchecked, tuple(dict.fromkeys(missing)), unchecked)
        before = missing


def _about(feature: Feature, asked: Iterable[Judgement]) -> Iterator[tuple[str, Finding]]:
    """The findings that concern the feature: those in its folder, and those of the project's own."""
    home = feature.home
    specs = home[: -len(feature.name) - 2] if feature.format == "spec-kit" else "specs"
    for judged in asked:
        for finding in judged.findings:
            if finding.path.startswith(home) or not is_specification(finding.path, specs):
                yield judged.rule.code, finding
