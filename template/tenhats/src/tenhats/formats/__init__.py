"""Readers: from the text of a file to what it means. They open nothing and judge nothing.

Which reader reads which file is decided by the table `READERS` and nowhere else.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tenhats.formats import bmad, kiro, openspec, speckit
from tenhats.formats.markdown import Page
from tenhats.formats.model import Feature
from tenhats.formats.readers import OTHER_KITS, READERS, Reader

__all__ = [
    "READERS",
    "Found",
    "Reader",
    "described",
    "is_specification",
    "promises_in",
    "settled",
    "sort_out",
    "strays",
    "yields",
]


@dataclass(frozen=True)
class Found:
    """A file of a specification: its reader, and the name of the feature that it belongs to."""

    path: str
    reader: Reader
    feature: str


def sort_out(files: Iterable[str], folder: str) -> list[Found]:
    """Who reads which of the files, `folder` being that of spec-kit's features.

    Where two formats have a feature of one name, the later in the table bears its format before it.
    """
    readers = _compiled(folder)
    anything = _any(folder)
    found: list[Found] = []
    for path in files:
        if not anything.match(path):
            continue
        reader, match = next((each, hit) for each, fits in readers if (hit := fits.match(path)))
        if reader.part != "none":
            name = next((text for text in match.groups() if text), path)
            found.append(Found(path, reader, name))
    order = {reader.format: at for at, reader in reversed(list(enumerate(READERS)))}
    owners: dict[str, str] = {}
    for each in sorted(found, key=lambda each: order[each.reader.format]):
        owners.setdefault(each.feature, each.reader.format)
    return [
        each
        if owners[each.feature] == each.reader.format
        else replace(each, feature=f"{each.reader.format}/{each.feature}")
        for each in found
    ]


def yields(reader: Reader, part: Feature) -> bool:
    """Whether a file says what a file of its kind is there to say."""
    if reader.part in {"tasks", "status"}:
        return bool(part.tasks)
    if reader.part != "specification":
        return True
    if reader.format == "spec-kit":
        return bool(part.requirements)
    told = part.requirements or part.withdrawn or part.scenarios
    return bool(told or (reader.page is bmad.product and part.stories))


def is_specification(path: str, folder: str) -> bool:
    """Whether a file lies where some feature of some format has its files."""
    homes = (f"{folder}/", *(f"{each}/" for each in OTHER_KITS), ".kiro/specs/", "openspec/")
    return path.startswith(homes) or bool(_any(folder).match(path))


_HOMES = (
    ".specs",
    "spec",
    "docs/specs",
    "docs/spec",
    "specifications",
    "docs/specifications",
    "docs/features",
)
_STRAY = (
    "{specs}/*.md",
    "{specs}/**/requirements.md",
    "**/specs/**/spec.md",
    "**/.kiro/specs/**/requirements.md",
    *(f"{folder}/**/{file}.md" for folder in _HOMES for file in ("spec", "requirements")),
)
_NO_STRAY = re.compile(
    r"(?:.*/)?(?:checklists|contracts|templates?|fixtures?|examples?|samples?|tests?|testdata|archive|node_modules"
    r"|_?archived?|\.git|README\.md|index\.md)(?:/|\Z)",
    re.IGNORECASE,
)


def strays(files: Iterable[str], folder: str) -> list[str]:
    """The files that no reader reads, and that stand where many people keep their specifications."""
    stray = _path("|".join(_regex(pattern, folder) for pattern in _STRAY))
    read = _any(folder)
    return [path for path in files if stray.match(path) and not (read.match(path) or _NO_STRAY.match(path))]


def promises_in(page: Page, path: str) -> int | None:
    """The line of the first requirement that some reader would find in a page."""
    parts = (
        speckit.requirements_of(page, path, ""),
        openspec.specification(page, path, "").requirements,
        kiro.requirements(page, path, "").requirements,
    )
    return min((part[0].line for part in parts if part), default=None)


def described(folder: str = "specs") -> str:
    """The table, for people: `nox -s explain -- formats`."""
    lines = ["# Formats: which file is read as what", ""]
    lines += [
        f"{reader.format:<9} {_shown(pattern, folder):<64} {reader.what}"
        for reader in READERS
        for pattern in reader.patterns
    ]
    lines += ["", "The first row that fits reads the file; <…> is the feature's name.", ""]
    return "\n".join(lines)


def settled(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """The features of the project, once those of a format that repeats itself are put together."""
    every = list(features)
    own = bmad.settled([each for each in every if each.format == "bmad"])
    told = any(each.promises or each.stories or each.tasks for each in own)
    kept = [each for each in every if each.format != "bmad"]
    return (*kept, *own) if told else tuple(kept)


def _shown(pattern: str, folder: str) -> str:
    return pattern.replace("{specs}", folder)


@functools.lru_cache(maxsize=16)
def _compiled(folder: str) -> tuple[tuple[Reader, re.Pattern[str]], ...]:
    return tuple(
        (reader, _path("|".join(_regex(pattern, folder) for pattern in reader.patterns)))
        for reader in READERS
    )


@functools.lru_cache(maxsize=16)
def _any(folder: str) -> re.Pattern[str]:
    return _path("|".join(fits.pattern for _, fits in _compiled(folder)))


def _path(pattern: str) -> re.Pattern[str]:
    """People write `PRD.md` and `prd.md`."""
    return re.compile(pattern, re.IGNORECASE)


def _regex(pattern: str, folder: str) -> str:
    made = re.sub(r"[.+(){}]", lambda found: f"\\{found[0]}", _shown(pattern, re.escape(folder)))
    made = made.replace("<**>", "(.+)").replace("**/", "(?:.+/)?").replace("**", ".+")
    made = re.sub(r"(?<![.)+])\*", "[^/]*", made)
    return made.replace("<", "(").replace(">", ")") + r"\Z"
