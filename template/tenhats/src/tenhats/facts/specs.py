"""The specifications: every feature of every format, read once. Who reads what is in `formats.READERS`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from tenhats import cache, formats
from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.formats import Found, mentions
from tenhats.formats.gherkin import plain_words
from tenhats.formats.markdown import Page, read_page
from tenhats.formats.model import Feature, Problem, Question, Requirement, Scenario, Story, joined
from tenhats.formats.tasks import tasks_of
from tenhats.shelf import NOTHING_KEPT, Shelf

MOST_BYTES = 1_000_000
_NOTHING = "no "
_ASIDE = ("research.md", "architecture.md")
"""Pages that are read for what was decided, and promise nothing."""


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
        for feature in self.features:
            for name in feature.names:
                found.setdefault(name.removeprefix(f"{feature.name}/"), []).append(name)
        return found

    @cached_property
    def _worded(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for scenario in self.scenarios:
            found.setdefault(plain_words(scenario.text), []).append(scenario.name)
        return found

    def resolve(self, name: str) -> str | None:
        """The qualified name that `name` means: itself, or the only one with that bare id.

        Steps of a Gherkin scenario mean the only acceptance scenario that has the same words.
        """
        if name in self.names:
            return name
        meant = self._worded.get(plain_words(name), []) if "\n" in name else self._bare.get(name, [])
        return meant[0] if len(meant) == 1 else None


@fact()
def read_specs(project: Project, tree: Tree, shelf: Shelf = NOTHING_KEPT) -> Specs:
    """Read every specification, of whatever format, each file once."""
    folder = project.settings.specs
    features, found = read_features(project.root, formats.sort_out(tree.files, folder), shelf)
    problems = [*_meant(found, features), *_strays(project, tree, shelf)]
    if not features and all(each.advice for each in problems):
        message = f"there is no specification under {folder}/"
        problems.append(Problem(f"{folder}/", 1, message, 'write the first one: nox -s spec -- "Title"'))
    return Specs(tuple(features), tuple(problems), folder)


def read_features(
    root: Path, files: Iterable[Found], shelf: Shelf = NOTHING_KEPT
) -> tuple[list[Feature], list[Problem]]:
    """The features that the files make, in the order of their paths, and what keeps some from being read."""
    problems: list[Problem] = []
    belonging: dict[str, list[Found]] = {}
    for each in files:
        belonging.setdefault(each.feature, []).append(each)
    desk = _Desk(root, shelf, problems)
    read = (_read_feature(desk, each) for each in belonging.values())
    features = formats.settled(feature for feature in read if feature)
    return sorted(features, key=lambda each: each.path), problems


def _meant(problems: Sequence[Problem], features: Sequence[Feature]) -> Iterator[Problem]:
    """What is wrong with a page that promises nothing is advice.

    `docs/prd.md` is no specification on purpose where other formats have them all.
    """
    others = bool(features) and all(each.format != "bmad" for each in features)
    for each in problems:
        meant = others and each.path.startswith("docs/") and each.message.startswith(_NOTHING)
        aside = each.path.endswith(_ASIDE)
        yield replace(each, advice=True) if meant or aside else each


def _strays(project: Project, tree: Tree, shelf: Shelf) -> Iterator[Problem]:
    """The files that have requirements and stand where none is read; elsewhere that may be meant."""
    folder = project.settings.specs
    for path in formats.strays(tree.files, folder):
        content = _content_of(project.root, path, []) or b""
        key = cache.digest(["stray", path, hashlib.sha256(content).hexdigest()])
        line = shelf.had(int, key, partial(_first_promise, content, path))
        if line:
            home = path.removesuffix("/spec.md").rpartition("/")[0]
            elsewhere = (
                f', or set under [tool.tenhats]: specs = "{home}"' if path.endswith("/spec.md") else ""
            )
            fix = f"move it to {folder}/NAME/spec.md{elsewhere}"
            message = f"{path} has requirements, and is not read"
            yield Problem(path, line, message, fix, advice=not path.startswith(f"{folder}/"))


def _first_promise(content: bytes, path: str) -> int:
    """The line of the first requirement that a file has; 0 if it has none."""
    text = _text_of(content, path, [])
    return (formats.promises_in(read_page(text), path) or 0) if text else 0


@dataclass(frozen=True)
class _Desk:
    """Where files are read: the root, what was kept of them, and the problems met so far."""

    root: Path
    shelf: Shelf
    problems: list[Problem]


@dataclass(frozen=True)
class _Said:
    """What one file says, and what keeps it from being read."""

    part: Feature | None
    problems: tuple[Problem, ...]


def _read_feature(desk: _Desk, files: list[Found]) -> Feature | None:
    """Read one feature's files, the tasks last; what cannot be read is added to the problems."""
    main = [each for each in files if each.reader.part == "specification"]
    others = [each for each in files if each.reader.part in {"more", "status"}]
    known: list[str] = []
    parts: list[Feature] = []
    for each in (*main, *others):
        part = _read_part(desk, each, known)
        parts += [part] if part else []
        known += [must.name.removeprefix(f"{each.feature}/") for must in (part.requirements if part else ())]
    if main and not any(part.path == each.path for part in parts for each in main):
        return None
    tasks = [each for each in files if each.reader.part == "tasks"]
    parts += [part for each in tasks if (part := _read_part(desk, each, known))]
    if not main:
        for each in tasks:
            message = f"no specification stands beside {each.path}"
            if each.reader.format != "openspec":
                desk.problems.append(Problem(each.path, 1, message, "write it, or delete the tasks"))
    told = any(part.requirements or part.stories or _is_status(part) or _is_decided(part) for part in parts)
    return joined(parts) if parts and (main or told) else None


def _is_decided(part: Feature) -> bool:
    return bool(part.decisions) and part.format == "bmad"


def _is_status(part: Feature) -> bool:
    return bool(part.tasks) and part.path.endswith((".yaml", ".yml"))


def _read_part(desk: _Desk, file: Found, known: Sequence[str]) -> Feature | None:
    """What one file says: kept from the run before under a digest of what it is read from, or read now."""
    content = _content_of(desk.root, file.path, desk.problems)
    if content is None:
        return _unread(file)
    reader, name = file.reader, hashlib.sha256(content).hexdigest()
    key = cache.digest([name, file.path, file.feature, reader.format, reader.what, *known])
    said = desk.shelf.had(_Said, key, lambda: _said(content, file, known))
    desk.problems.extend(said.problems)
    return said.part


def _said(content: bytes, file: Found, known: Sequence[str]) -> _Said:
    reader, path, feature = file.reader, file.path, file.feature
    page: Page | None = None
    problems: list[Problem] = []
    text = _text_of(content, path, problems)
    if text is None:
        return _Said(_unread(file), tuple(problems))
    if reader.text:
        part = reader.text(text, path, feature)
    else:
        page = _page_of(text, path, problems)
        if reader.page:
            part = reader.page(page, path, feature)
        else:
            tasks = tasks_of(page, path, feature, known)
            part = Feature(feature, path, feature, tasks=tasks, format=reader.format)
    if part and page:
        own = (*known, *(each.name.removeprefix(f"{feature}/") for each in part.requirements))
        references = mentions.references_of(page, path, feature, own)
        part = replace(part, references=references, explained=mentions.explained_in(page))
    if part and not formats.yields(reader, part):
        what = {"tasks": "task", "status": "story"}.get(reader.part, "requirement")
        problems.append(Problem(path, 1, f"{_NOTHING}{what} was found in {path}", reader.hint))
    return _Said(part, tuple(problems))


def _unread(file: Found) -> Feature | None:
    """What is known of a file that cannot be read: a plan is there, whatever it says."""
    if file.reader.what in {"plan", "design"}:
        return Feature(file.feature, file.path, file.feature, plan=file.path, format=file.reader.format)
    return None


def read_file(root: Path, path: str, problems: list[Problem]) -> Page | None:
    """Read one Markdown file; None, and a problem, if it cannot be read as text."""
    text = read_text(root, path, problems)
    return None if text is None else _page_of(text, path, problems)


def read_text(root: Path, path: str, problems: list[Problem]) -> str | None:
    """Read one file; None, and a problem, if it is not text of a sensible length."""
    content = _content_of(root, path, problems)
    return None if content is None else _text_of(content, path, problems)


def _page_of(text: str, path: str, problems: list[Problem]) -> Page:
    """The page that a text is; a problem if a code block or comment swallows its end."""
    page = read_page(text)
    if page.unclosed:
        message = "this code block or comment is never closed; nothing after it is read"
        problems.append(
            Problem(path, page.unclosed, message, "close it with the same ``` or ~~~, or with -->")
        )
    return page


def _content_of(root: Path, path: str, problems: list[Problem]) -> bytes | None:
    """The bytes of one file; None, and a problem, if they are not to be had or far too many."""
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
    return content


def _text_of(content: bytes, path: str, problems: list[Problem]) -> str | None:
    """The text that bytes are; None, and a problem, if they are none."""
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
    return text
