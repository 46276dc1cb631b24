"""What has become of the public interface: since the last release, and since the base.

The last release is the newest tag that looks like a version. Both states are read by griffe from the
source alone, and griffe says what breaks whom: https://mkdocstrings.github.io/griffe/guide/users/checking/
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import Version

from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.api import PublicApi, PublicObject, load, packages_of, read_packages
from tenhats.facts.base import Base, copy_of, files_at, git_says
from tenhats.facts.pages import FrontPages
from tenhats.facts.toolrun import within
from tenhats.facts.tree import Tree
from tenhats.settings import line_of

_TAG = re.compile(r"(?:[A-Za-z][\w.]{0,60}[-/@])?v?(\d{1,6}(?:\.\d{1,9}){1,3}(?:\.?post\d{1,4})?)$")
_IN_HEADING = re.compile(r"\bv?(\d{1,6}(?:\.\d{1,9}){1,3}(?:(?:a|b|rc|\.dev|\.post)\d{1,4})?)\b")
_CERTAIN = {
    "OBJECT_REMOVED": "is gone",
    "PARAMETER_REMOVED": "has lost the parameter {old}",
    "PARAMETER_ADDED_REQUIRED": "asks for a new parameter, {new}",
    "PARAMETER_CHANGED_REQUIRED": "asks for the parameter {old}, which had a default",
    "PARAMETER_MOVED": "has the parameter {old} in another position",
    "PARAMETER_CHANGED_KIND": "takes the parameter {old} in another way",
}
_DOUBTFUL = {
    "PARAMETER_CHANGED_DEFAULT": "has another default for the parameter {old}",
    "CLASS_REMOVED_BASE": "has a base class less",
}


_CALLED = {"__init__", "__new__", "__call__"}


@dataclass(frozen=True)
class Breakage:
    """A change after which somebody's code may run no more; `certain` if there is no other way to see it."""

    path: str
    line: int
    name: str
    what: str
    certain: bool


@dataclass(frozen=True)
class SinceRelease:
    """What breaks the promises of the last release.

    `release` is its version, `version` the one that the project bears now and `line` where it stands;
    None where nobody says. `announced` are the words of the changelog on what is unreleased. Where there
    is no release, `compared_with` is the base, and where there is none either, `reason` says why.
    """

    breakages: tuple[Breakage, ...] = ()
    modules: int = 0
    compared_with: str = ""
    release: str | None = None
    version: str | None = None
    line: int = 1
    announced: str = ""
    reason: str = ""


@fact()
def compare_with_release(project: Project, tree: Tree, base: Base, front: FrontPages) -> SinceRelease:
    """Compare the interface with that of the last release, or where there is none, of the base."""
    modules = tree.matching(f"{project.settings.source}/*.py")
    if not modules:
        return SinceRelease(reason="there is no Python file in the sources")
    release, tag = _last_release(project)
    compared = Base(_commit(project, tag)) if tag else base
    if compared.commit is None:
        return SinceRelease(reason=base.reason or "there is no release and nothing earlier")
    version, line = _version_now(project, front)
    return SinceRelease(
        tuple(_breakages(project, compared, modules)),
        len(modules),
        tag or "the base",
        release,
        version,
        line,
        _announced(front),
    )


def _last_release(project: Project) -> tuple[str | None, str]:
    """The newest version among the tags that lead here, and its tag; one of this state is not earlier."""
    told = git_says(project, "tag", "--merged", "HEAD") or ""
    is_changed = git_says(project, "status", "--porcelain", "--", ".")
    here = set() if is_changed else {*(git_says(project, "tag", "--points-at", "HEAD") or "").splitlines()}
    found = [
        (Version(named[1]), tag)
        for tag in told.splitlines()
        if tag not in here and (named := _TAG.match(tag)) is not None
    ]
    if not found:
        return None, ""
    version, tag = max(found)
    return str(version), tag


def _commit(project: Project, tag: str) -> str:
    return git_says(project, "rev-parse", "--verify", f"{tag}^{{commit}}") or ""


def _version_now(project: Project, front: FrontPages) -> tuple[str | None, int]:
    """The version in `pyproject.toml`; if it is dynamic, the newest in the changelog."""
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    version = tomllib.loads(text).get("project", {}).get("version")
    if isinstance(version, str):
        return version, line_of(text, "version")
    for page in front.pages:
        for heading in page.headings if page.path == "CHANGELOG.md" else ():
            if named := _IN_HEADING.search(heading.text):
                return named[1], line_of(text, "[project]")
    return None, 1


def _announced(front: FrontPages) -> str:
    """What the changelog says above its newest version, as one text."""
    for page in front.pages:
        if page.path != "CHANGELOG.md":
            continue
        versions = (each.number for each in page.headings if _IN_HEADING.search(each.text))
        end = next(versions, len(page.lines) + 1)
        return "\n".join(line.text for line in page.lines if line.number < end)
    return ""


def _breakages(project: Project, compared: Base, present: list[str]) -> Iterator[Breakage]:
    import griffe

    source = project.settings.source
    earlier = [path for path in files_at(project, compared) if path.startswith(f"{source}/")]
    python = [path for path in earlier if path.endswith(".py")]
    room = copy_of(project, compared, python, "interface")
    before, now = packages_of(python, source), packages_of(present, source)
    try:
        old = load(room / source, before, aliases=True)
    except Unavailable:
        return  # What could not be read then promised nothing that can be compared.
    new = load(project.root / source, now, aliases=True)
    for name in before:
        if name not in new:
            yield Breakage("pyproject.toml", 1, name, "is gone", certain=True)
            continue
        try:
            found = list(griffe.find_breaking_changes(old[name], new[name]))
        except griffe.GriffeError as error:
            raise Unavailable(f"griffe cannot compare {source}/{name}: {error}") from None
        moved: set[str] = set()
        for each in found:
            if each.kind.name not in {*_CERTAIN, *_DOUBTFUL} or not _is_promised(each.obj):
                continue
            if each.kind.name == "PARAMETER_MOVED":
                if each.obj.path in moved:
                    continue  # One that is put in between moves all that come after it.
                moved.add(each.obj.path)
            yield _breakage(project.root, new[name], each)


def _breakage(root: Path, package: Any, told: Any) -> Breakage:
    kind = told.kind.name
    path, line = _place(root, package, told.obj)
    words = _CERTAIN.get(kind) or _DOUBTFUL[kind]
    what = words.format(old=_word(told.old_value), new=_word(told.new_value))
    # What has a default is mostly given by its name.
    by_name = kind == "PARAMETER_MOVED" and not told.old_value.required
    is_certain = kind in _CERTAIN and not by_name and not _is_loose(told.obj)
    return Breakage(path, line, told.obj.path, what, is_certain)


def _is_promised(node: Any) -> bool:
    """Whether no part of the name begins with an underscore, and it is no test and no program."""
    parts = node.path.split(".")
    private = any(part.startswith("_") and part not in _CALLED for part in parts)
    return not private and not {"tests", "test", "conftest"} & set(parts)


def _is_loose(node: Any) -> bool:
    """Whether it is a name in a module that no `__all__` offers: a constant, a type for annotations."""
    return not node.is_alias and node.is_attribute and node.parent.is_module and not node.is_exported


def _place(root: Path, package: Any, node: Any) -> tuple[str, int]:
    """Where the thing stands now; what is gone, the nearest thing around it that is left."""
    found = package
    for name in node.path.split(".")[1:]:
        member = found.members.get(name)
        if member is None or member.is_alias or not (member.is_module or member.lineno):
            break
        found = member
    line = 1 if found.is_module else found.lineno
    return within(root, str(found.filepath)), line


def _word(value: Any) -> str:
    return str(getattr(value, "name", None) or getattr(value, "value", value))


@dataclass(frozen=True)
class SinceBase:
    """The public functions and classes that take something else, are gone or are new since the base.

    `told` are the pages and changelogs that have changed as well. Where there is no base, or nothing of
    the sources has changed, `reason` says so.
    """

    changed: tuple[tuple[PublicObject, str], ...] = ()
    gone: tuple[PublicObject, ...] = ()
    new: tuple[PublicObject, ...] = ()
    same: int = 0
    told: tuple[str, ...] = ()
    reason: str = ""


_TOLD = re.compile(
    r"(?:docs?/.+|(?:.+/)?(?:README|CHANGELOG|CHANGES|HISTORY|NEWS)[^/]*|(?:changes|changelog\.d|news|newsfragments)/.+)",
    re.IGNORECASE,
)


@fact()
def compare_with_base(project: Project, base: Base, api: PublicApi) -> SinceBase:
    """Compare what is public, and the names of what it takes, with the base."""
    if base.commit is None:
        return SinceBase(reason=base.reason)
    source = project.settings.source
    if not any(path.startswith(f"{source}/") and path.endswith(".py") for path in base.changed):
        return SinceBase(reason="no source file has changed since the base")
    python = [
        path for path in files_at(project, base) if path.startswith(f"{source}/") and path.endswith(".py")
    ]
    room = copy_of(project, base, python, "signatures")
    try:
        before = {each.name: each for each in read_packages(room, source, python)}
    except Unavailable:
        return SinceBase(reason="nothing that could be compared: the sources could not be parsed at the base")
    now = {each.name: each for each in api.objects}
    both = [(each, before[name]) for name, each in now.items() if name in before]
    # Types are not compared: to write down what was meant changes nothing for those who call.
    changed = tuple((each, old.signature) for each, old in both if each.parameters != old.parameters)
    return SinceBase(
        changed,
        tuple(each for name, each in before.items() if name not in now),
        tuple(each for name, each in now.items() if name not in before),
        len(both) - len(changed),
        tuple(sorted(path for path in base.changed if _TOLD.fullmatch(path))),
    )
