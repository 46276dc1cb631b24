"""What a specification says, whatever format it is written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Something that keeps a file from being read as it was meant."""

    path: str
    line: int
    message: str
    fix: str


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


@dataclass(frozen=True)
class Scenario:
    """An acceptance scenario of a user story."""

    path: str
    line: int
    name: str
    text: str


@dataclass(frozen=True)
class Story:
    """A user story with its scenarios."""

    path: str
    line: int
    name: str
    title: str
    priority: str | None
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True)
class Question:
    """A `[NEEDS CLARIFICATION]` that stands in running text."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Task:
    """A line of a task list."""

    path: str
    line: int
    name: str
    text: str
    done: bool


@dataclass(frozen=True)
class Feature:
    """One feature: everything that its folder says."""

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
