"""The recorded reviews: which persona has looked at which words of which feature, and what it said.

One small TOML file a persona, in the feature's own folder, made by `nox -s review`. Words are remembered
by their digests, one a line, so that reviews of two branches merge.
"""

from __future__ import annotations

import datetime
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tenhats.errors import did_you_mean
from tenhats.fact import Project, fact
from tenhats.facts.specs import Specs
from tenhats.facts.tree import Tree
from tenhats.formats.model import Feature, Problem
from tenhats.personas import BY_NAME
from tenhats.settings import line_of

APPROVED, CHANGES_REQUESTED = VERDICTS = ("approved", "changes-requested")
_WRITTEN = {"verdict": str, "on": datetime.date, "by": str, "note": str, "words": dict, "red": dict}
_CALLED = {str: "string", datetime.date: "date, such as 2026-11-22", dict: "table"}
_NEEDED = ("verdict", "on", "by", "words")
_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Review:
    """What one persona said of one feature; `words` are digests, by the names without the feature's.

    `red` is what the test engineer saw of new requirements before they were implemented: the base's
    commit, and what their tests said there.
    """

    path: str
    persona: str
    verdict: str
    on: str
    by: str
    words: Mapping[str, str]
    note: str = ""
    red: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reviews:
    """The reviews by persona and feature, and those that cannot be read."""

    kept: Mapping[tuple[str, str], Review] = field(default_factory=dict)
    broken: Mapping[tuple[str, str], Problem] = field(default_factory=dict)


@fact()
def read_reviews(project: Project, tree: Tree, specs: Specs) -> Reviews:
    """Read the review files of every feature; a file that is named after no persona is none."""
    kept: dict[tuple[str, str], Review] = {}
    broken: dict[tuple[str, str], Problem] = {}
    features = {folder_of(feature): feature.name for feature in specs.features}
    for path in tree.matching("*.toml"):
        folder, _, name = path.rpartition("/")
        persona = name.removesuffix(".toml")
        if folder not in features or persona not in BY_NAME:
            continue
        feature = features[folder]
        try:
            content = (project.root / path).read_bytes()
            kept[persona, feature] = _review(content.decode("utf-8"), path, persona)
        except (_Wrong, OSError, UnicodeDecodeError) as error:
            line = error.line if isinstance(error, _Wrong) else 1
            message = f"this review cannot be read: {getattr(error, 'reason', None) or error}"
            broken[persona, feature] = Problem(path, line, message, command(persona, feature))
    return Reviews(kept, broken)


def folder_of(feature: Feature) -> str:
    """Where the reviews of a feature are: in its folder; of BMAD's, which has none, under `docs/reviews/`."""
    own = feature.home.endswith("/")
    return f"{feature.home}reviews" if own else f"docs/reviews/{feature.name}"


def command(persona: str, feature: str) -> str:
    """The command that records a review."""
    return f"nox -s review -- {persona} {shlex.quote(feature)}"


class _Wrong(Exception):
    """What is wrong with a review, and on which line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def _review(text: str, path: str, persona: str) -> Review:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        raise _Wrong(int(place[1]) if place else 1, f"it is no TOML: {error}") from None
    for key, what in _wrong(document):
        raise _Wrong(line_of(text, key), what)
    given = {key: document[key] for key in _WRITTEN if key in document}
    return Review(path, persona, **{**given, "on": str(document["on"])})


def _wrong(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong, each with the key that it is wrong with."""
    for key in _NEEDED:
        if key not in document:
            yield key, f"it has no `{key}`"
    for key, value in document.items():
        if key not in _WRITTEN:
            yield key, f"it has a `{key}`, which no review has.{did_you_mean(key, _WRITTEN)}"
        elif not isinstance(value, _WRITTEN[key]):
            yield key, f"its `{key}` is no {_CALLED[_WRITTEN[key]]}"
    if document["verdict"] not in VERDICTS:
        yield "verdict", f"the verdict “{document['verdict']}” is not one of {', '.join(VERDICTS)}"
    for name, said in (*document["words"].items(), *document.get("red", {}).items()):
        if not isinstance(said, str):
            yield name, f"{name} has no text in quotation marks"
