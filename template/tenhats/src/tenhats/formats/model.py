"""What a specification says, whatever format it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Problem:
    """Something that keeps a file from being read as it was meant; `advice` if it may well be meant so."""

    path: str
    line: int
    message: str
    fix: str
    advice: bool = False


@dataclass(frozen=True)
class Section:
    """A heading of a specification."""

    path: str
    line: int
    level: int
    title: str


@dataclass(frozen=True)
class Requirement:
    """Something the software must do or reach; its kind is `FR`, `NFR`, `SC` or the like."""

    path: str
    line: int
    name: str
    kind: str
    text: str

    @property
    def concern(self) -> str:
        """What it is about: functional, non-functional, success, security or performance."""
        domain = self.name.rpartition("/")[2].partition("-")[2]
        if self.kind == "SEC" or domain.startswith("SEC-"):
            return "security"
        if self.kind == "PERF" or domain.startswith("PERF-"):
            return "performance"
        return {"NFR": "non-functional", "SC": "success", "SM": "success"}.get(self.kind, "functional")


@dataclass(frozen=True)
class Scenario:
    """An acceptance scenario of a user story."""

    path: str
    line: int
    name: str
    text: str


@dataclass(frozen=True)
class Story:
    """A user story with its scenarios, and how its author says that it can be tried by itself."""

    path: str
    line: int
    name: str
    title: str
    priority: str | None
    scenarios: tuple[Scenario, ...]
    independent_test: str | None = None


@dataclass(frozen=True)
class Question:
    """A `[NEEDS CLARIFICATION]` that stands in running text."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Task:
    """A line of a task list, and the qualified names of the requirements that it says it serves.

    Ranges are written out. A name that stands in no specification is among them too. A task that is a
    heading has no box that could be ticked.
    """

    path: str
    line: int
    name: str
    text: str
    done: bool
    refs: tuple[str, ...] = ()
    has_box: bool = True


@dataclass(frozen=True)
class Reference:
    """A line that names a requirement by its qualified name, and the words of that line.

    A name that stands in no specification is one too.
    """

    path: str
    line: int
    name: str
    text: str


@dataclass(frozen=True)
class EdgeCase:
    """What a specification says of a case at the edge: an item or a paragraph."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Term:
    """A word that the glossary explains."""

    path: str
    line: int
    name: str
    text: str


@dataclass(frozen=True)
class Decision:
    """What a specification has settled: its id, heading or question, and the words of the answer.

    The decision records of `docs/adr` are not among them.
    """

    path: str
    line: int
    name: str
    text: str


@dataclass(frozen=True)
class Status:
    """What a feature claims to have reached, in its author's words."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Version:
    """The version that a specification gives itself, in its author's words."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Feature:
    """One feature: everything that its files say.

    `withdrawn` is what a change takes away; `status_again` what a second file says of the status;
    `explained` the acronyms that some file writes out.
    """

    name: str
    path: str
    title: str
    sections: tuple[Section, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    stories: tuple[Story, ...] = ()
    questions: tuple[Question, ...] = ()
    tasks: tuple[Task, ...] = ()
    plan: str | None = None
    line: int = 1
    format: str = "spec-kit"
    status: Status | None = None
    terms: tuple[Term, ...] = ()
    withdrawn: tuple[Requirement, ...] = ()
    version: Version | None = None
    decisions: tuple[Decision, ...] = ()
    references: tuple[Reference, ...] = ()
    edge_cases: tuple[EdgeCase, ...] = ()
    explained: frozenset[str] = frozenset()
    status_again: Status | None = None

    @property
    def home(self) -> str:
        """Where the feature's files are: a folder, with a slash at its end, or BMAD's one file."""
        if self.format == "bmad":
            return self.path
        if self.path.startswith("openspec/changes/"):
            return "/".join(self.path.split("/")[:3]) + "/"
        return self.path.rpartition("/")[0] + "/"

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios of all stories."""
        return tuple(scenario for story in self.stories for scenario in story.scenarios)

    @property
    def promises(self) -> tuple[Requirement | Scenario, ...]:
        """All that a test can be bound to: the requirements, then the scenarios."""
        return (*self.requirements, *self.scenarios)

    @property
    def names(self) -> frozenset[str]:
        """Every name that a test can be bound to."""
        return frozenset(each.name for each in self.promises)


def joined(parts: Sequence[Feature]) -> Feature:
    """One feature out of what each of its files says; the first file gives its place and its title."""
    first = parts[0]
    return replace(
        first,
        sections=tuple(each for part in parts for each in part.sections),
        requirements=tuple(each for part in parts for each in part.requirements),
        stories=tuple(each for part in parts for each in part.stories),
        questions=tuple(each for part in parts for each in part.questions),
        tasks=tuple(each for part in parts for each in part.tasks),
        plan=next((part.plan for part in parts if part.plan), None),
        status=next((part.status for part in parts if part.status), None),
        terms=tuple(each for part in parts for each in part.terms),
        withdrawn=tuple(each for part in parts for each in part.withdrawn),
        version=next((part.version for part in parts if part.version), None),
        decisions=tuple(each for part in parts for each in part.decisions),
        references=tuple(each for part in parts for each in part.references),
        edge_cases=tuple(each for part in parts for each in part.edge_cases),
        explained=frozenset(each for part in parts for each in part.explained),
    )
