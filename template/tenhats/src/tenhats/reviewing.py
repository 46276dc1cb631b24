"""What reviews are due: of features that are being built, and of proofs that have become suspect.

Pure: the rules ask it, and so do `nox -s review` and the trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats.facts.earlier import ChangedTests, EarlierSpecs
from tenhats.facts.reviews import APPROVED, Review, Reviews, command
from tenhats.facts.specs import Specs
from tenhats.facts.suite import TestSuite
from tenhats.formats.claims import has_begun
from tenhats.formats.model import Feature, Requirement, Scenario, Task
from tenhats.formats.words_digest import words_digest

REVIEWERS = ("architect", "security-engineer")
PROVER = "test-engineer"


@dataclass(frozen=True)
class Due:
    """A review that is due: whose, of which feature, why, and where that is seen."""

    persona: str
    feature: str
    path: str
    line: int
    why: str

    @property
    def fix(self) -> str:
        """The command that records the review."""
        return command(self.persona, self.feature)


@dataclass(frozen=True)
class Compared:
    """A promise whose words were compared with those that its tests were made for.

    `why` says what makes the proof suspect; it is empty if the proof stands.
    """

    feature: str
    promise: Requirement | Scenario
    tests: tuple[str, ...]
    why: str = ""


def under_way(specs: Specs) -> list[Feature]:
    """The features that promise something and are being built, or are built."""
    return [each for each in specs.features if each.promises and has_begun(each)]


def due(feature: Feature, persona: str, reviews: Reviews) -> Due | None:
    """The review that a persona owes a feature, or None if its words are approved as they stand."""
    review = reviews.kept.get((persona, feature.name))
    refusal = refused(feature, persona, reviews)
    if refusal or review is None:
        begun = _begun(feature)
        why = f"{feature.name}: work has begun, and the {_spoken(persona)} has not reviewed it"
        return refusal or Due(persona, feature.name, begun.path, begun.line, why)
    changed = [each for each in feature.promises if not _is_as_seen(each, feature, review)]
    if not changed:
        return None
    first, more = changed[0], len(changed) - 1
    others = f", and so were {more} more" if more else ""
    why = f"{first.name} was changed or added since the {_spoken(persona)} reviewed it on {review.on}{others}"
    return Due(persona, feature.name, first.path, first.line, why)


def all_due(specs: Specs, reviews: Reviews, seen: Iterable[Compared]) -> Iterator[Due]:
    """Every review that is due, feature by feature; of suspect proofs one a feature."""
    suspect: dict[str, list[Compared]] = {}
    for each in seen:
        if each.why:
            suspect.setdefault(each.feature, []).append(each)
    building = {feature.name for feature in under_way(specs)}
    for feature in specs.features:
        owed = [due(feature, persona, reviews) for persona in REVIEWERS if feature.name in building]
        yield from (each for each in (*owed, refused(feature, PROVER, reviews)) if each)
        for each in suspect.get(feature.name, ())[:1]:
            more = len(suspect[feature.name]) - 1
            others = f"; so are {more} more" if more else ""
            why = f"{each.promise.name} is suspect: {each.why}{others}"
            yield Due(PROVER, feature.name, each.promise.path, each.promise.line, why)


def refused(feature: Feature, persona: str, reviews: Reviews) -> Due | None:
    """The review that is due because the last one cannot be read, or asked for changes."""
    problem = reviews.broken.get((persona, feature.name))
    if problem:
        return Due(persona, feature.name, problem.path, problem.line, problem.message)
    review = reviews.kept.get((persona, feature.name))
    if review is None or review.verdict == APPROVED:
        return None
    note = f": {review.note}" if review.note else ""
    why = f"{feature.name}: the {_spoken(persona)} asked for changes on {review.on}{note}"
    begun = _begun(feature)
    return Due(persona, feature.name, begun.path, begun.line, why)


def _spoken(persona: str) -> str:
    """A persona's name as one says it: security engineer."""
    return persona.replace("-", " ")


def _begun(feature: Feature) -> Task | Feature:
    """Where one sees that work has begun: the first ticked task, or the specification."""
    return next((task for task in feature.tasks if task.done), feature)


def compared(
    specs: Specs, suite: TestSuite, earlier: EarlierSpecs, changed: ChangedTests, reviews: Reviews
) -> Iterator[Compared]:
    """Compare the words of each promise that has tests with those that the tests were made for.

    Those are the words that the test engineer has recorded. Where nothing is recorded, they are the
    words at the base, unless one of the tests has changed since.
    """
    bound: dict[str, dict[str, None]] = {}
    for binding in suite.bindings:
        bound.setdefault(specs.resolve(binding.name) or binding.name, {})[binding.test] = None
    for feature in specs.features:
        review = reviews.kept.get((PROVER, feature.name))
        known = earlier.features.get(feature.name)
        before = {each.name: words_digest(each) for each in known.promises} if known else {}
        for each in feature.promises:
            tests = tuple(bound.get(each.name, ()))
            if tests and review and _bare(each, feature) in review.words:
                why = f"its words are not those that the test engineer saw proven on {review.on}"
                yield Compared(feature.name, each, tests, "" if _is_as_seen(each, feature, review) else why)
            elif tests and each.name in before:
                same = before[each.name] == words_digest(each) or not changed.ids.isdisjoint(tests)
                why = "its words have changed, and its tests have not"
                yield Compared(feature.name, each, tests, "" if same else why)


def _bare(promise: Requirement | Scenario, feature: Feature) -> str:
    return promise.name.removeprefix(f"{feature.name}/")


def _is_as_seen(promise: Requirement | Scenario, feature: Feature, review: Review) -> bool:
    return review.words.get(_bare(promise, feature)) == words_digest(promise)
