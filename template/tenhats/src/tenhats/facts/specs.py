"""The specifications: every feature under `specs/`, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.formats import speckit
from tenhats.formats.markdown import Page, read_page
from tenhats.formats.model import Feature, Problem, Question, Requirement, Scenario, Story

MOST_BYTES = 1_000_000


@dataclass
class Specs:
    """All features, what keeps some of them from being read, and where they were looked for."""

    features: tuple[Feature, ...] = ()
    problems: tuple[Problem, ...] = ()
    folder: str = "specs"

    @property
    def requirements(self) -> list[Requirement]:
        """Every requirement and success criterion of every feature."""
        return [each for feature in self.features for each in feature.requirements]

    @property
    def promises(self) -> list[Requirement | Scenario]:
        """All that a test can be bound to, in the order of the features."""
        return [each for feature in self.features for each in feature.promises]

    @property
    def stories(self) -> list[Story]:
        """Every user story."""
        return [each for feature in self.features for each in feature.stories]

    @property
    def scenarios(self) -> list[Scenario]:
        """Every acceptance scenario."""
        return [each for feature in self.features for each in feature.scenarios]

    @property
    def questions(self) -> list[Question]:
        """Every question left open."""
        return [each for feature in self.features for each in feature.questions]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every qualified name that a test can be bound to."""
        return frozenset(name for feature in self.features for name in feature.names)

    @cached_property
    def _bare(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(name.rpartition("/")[2], []).append(name)
        return found

    def resolve(self, name: str) -> str | None:
        """The qualified name that `name` means: itself, or the only one with that bare id."""
        if name in self.names:
            return name
        meant = self._bare.get(name, [])
        return meant[0] if len(meant) == 1 else None


@fact()
def read_specs(project: Project, tree: Tree) -> Specs:
    """Read every `spec.md` under the specifications' folder, with its plan and tasks."""
    folder = project.settings.specs
    features: list[Feature] = []
    problems: list[Problem] = []
    for path in tree.matching(f"{folder}/*/spec.md"):
        feature = read_feature(project.root, path, folder, frozenset(tree.files), problems)
        if feature:
            features.append(feature)
    if not features and not problems:
        problems.append(
            Problem(
                f"{folder}/",
                1,
                f"there is no specification under {folder}/",
                'write the first one: nox -s spec -- "Title"',
            )
        )
    return Specs(tuple(features), tuple(problems), folder)


def read_feature(
    root: Path, path: str, folder: str, files: frozenset[str], problems: list[Problem]
) -> Feature | None:
    """Read one feature's folder; what cannot be read is added to `problems`."""
    page = read_file(root, path, problems)
    if page is None:
        return None
    here = path.removesuffix("/spec.md")
    name = here.removeprefix(f"{folder}/")
    plan = f"{here}/plan.md" if f"{here}/plan.md" in files else None
    tasks = f"{here}/tasks.md" if f"{here}/tasks.md" in files else None
    plan_page = read_file(root, plan, problems) if plan else None
    tasks_page = read_file(root, tasks, problems) if tasks else None
    requirements = speckit.requirements_of(page, path, name)
    if not requirements:
        problems.append(
            Problem(
                path,
                1,
                f"no requirement was found in {path}",
                "write each one as: - **FR-001**: System MUST …",
            )
        )
    questions = speckit.questions_of(page, path)
    if plan_page and plan:
        questions += speckit.questions_of(plan_page, plan)
    return Feature(
        name,
        path,
        speckit.title_of(page, name),
        speckit.sections_of(page, path),
        requirements,
        speckit.stories_of(page, path, name),
        questions,
        speckit.tasks_of(tasks_page, tasks) if tasks_page and tasks else (),
        plan,
    )


def read_file(root: Path, path: str, problems: list[Problem]) -> Page | None:
    """Read one Markdown file; None, and a problem, if it cannot be read as text."""
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        problems.append(Problem(path, 1, f"{path} cannot be read: {error.strerror}", "look at its rights"))
        return None
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1_000_000:.1f} MB"
        message = f"{path} has {size}; nobody reads a specification of more than 1 MB"
        problems.append(Problem(path, 1, message, "split it into features, a folder each"))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{path} is not UTF-8: byte {content[error.start]:#04x} on line {line}"
        problems.append(Problem(path, line, message, "save it as UTF-8"))
        return None
    if not text.strip():
        problems.append(Problem(path, 1, f"{path} is empty", "write it, or delete the file"))
        return None
    page = read_page(text)
    if page.unclosed:
        message = "this code block or comment is never closed; nothing after it is read"
        problems.append(
            Problem(path, page.unclosed, message, "close it with the same ``` or ~~~, or with -->")
        )
    return page
