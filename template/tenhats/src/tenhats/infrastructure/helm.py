"""What a chart's templates take from its values, and what is wrong with its `Chart.yaml`.

A template is read by its actions alone, from the first to the last. A value that some template guards, by
`if`, `default` and the like, may be missing.
https://helm.sh/docs/topics/charts/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tenhats.contracts.documents import Document
from tenhats.facts.toolrun import Complaint

Path = tuple[str, ...]

MISSING, PERHAPS = "missing", "perhaps"

_NAME = re.compile(r"[A-Za-z0-9._-]{1,250}\Z")
# https://semver.org; Helm takes no version that is none.
_VERSION = re.compile(r"v?\d{1,9}(?:\.\d{1,9}){0,2}(?:-[0-9A-Za-z.-]{1,80})?(?:\+[0-9A-Za-z.-]{1,80})?\Z")
_TYPES = {"application", "library"}
_VALUE = re.compile(r"(?<![\w.)$])\$?\.Values((?:\.[A-Za-z_]\w{0,100}){1,12})")
_TEXTS = re.compile(r"\"(?:[^\"\\\n]|\\.){0,2000}\"|`[^`]{0,2000}`")
_WORD = re.compile(r"[A-Za-z]\w{0,40}")
# Nobody writes a longer action; a text that is one cannot be scanned for strings in linear time.
_LONGEST = 5_000
_OPENS = {"if", "with", "range", "define", "block"}
_GUARDS = {
    "if", "with", "range", "default", "coalesce", "required", "hasKey", "dig", "empty", "ternary", "and",
    "or", "not", "kindIs", "typeIs", "eq", "ne", "get", "pluck", "compact", "toYaml",
}  # fmt: skip


@dataclass(frozen=True)
class Use:
    """A value that a template takes without a guard of its own.

    `always` if nothing stands around it that may leave it out, such as a condition or a definition.
    """

    path: str
    line: int
    value: Path
    always: bool = False


@dataclass(frozen=True)
class Uses:
    """What the templates of a chart take, and the values that some guard of theirs is about."""

    uses: tuple[Use, ...] = ()
    guarded: frozenset[Path] = frozenset()


def uses_of(path: str, text: str) -> Uses:
    """Read one template."""
    uses: list[Use] = []
    guarded: set[Path] = set()
    around: list[set[Path]] = []
    open_around: Counter[Path] = Counter()
    for line, action in _actions(text):
        bare = _TEXTS.sub('""', action)
        words = _WORD.findall(bare)
        first = words[0] if words else ""
        values = [tuple(found[1].strip(".").split(".")) for found in _VALUE.finditer(bare)]
        if _GUARDS & set(words) or first == "else":
            guarded |= set(values)
        else:
            always = not around and not path.endswith((".tpl", ".txt"))
            uses += [Use(path, line, value, always) for value in values if not _is_around(value, open_around)]
        if first in _OPENS:
            around.append(set())
        if around and first in {*_OPENS, "else"}:
            asked = {*values, *(value[:-1] for value in values if len(value) > 1)} - around[-1]
            open_around.update(asked)
            around[-1] |= asked
        elif around and first == "end":
            open_around.subtract(around.pop())
    return Uses(tuple(uses), frozenset(guarded))


def _is_around(value: Path, around: Counter[Path]) -> bool:
    return any(around[value[:length]] > 0 for length in range(1, len(value) + 1))


def _actions(text: str) -> Iterator[tuple[int, str]]:
    """What stands between double braces, each with its line; comments are left out."""
    at, line, counted = 0, 1, 0
    while (begin := text.find("{{", at)) >= 0:
        line += text.count("\n", counted, begin)
        counted = begin
        inner = text[begin + 2 : begin + 5].lstrip("- ")
        closing = "*/" if inner.startswith("/*") else "}}"
        end = text.find(closing, begin + 2)
        if end < 0:
            return
        if closing == "}}":
            if end - begin <= _LONGEST:
                yield line, text[begin + 2 : end].strip("- \t\n")
            at = end + 2
        else:
            end = text.find("}}", end)
            at = end + 2 if end >= 0 else len(text)


def missing(document: Document, depends_on: set[str]) -> Iterator[Complaint]:
    """What `Chart.yaml` lacks of what Helm wants."""
    data, path = document.data, document.path
    for key in sorted({"apiVersion", "name", "version"} - data.keys()):
        yield Complaint(path, 1, "chart", f"there is no {key}", f"add: {_EXAMPLES[key]}")
    if data.get("apiVersion") not in {None, "v1", "v2"}:
        message = f"apiVersion is v2, or v1; this is {data['apiVersion']}"
        yield Complaint(path, document.line(("apiVersion",)), "chart", message, "apiVersion: v2")
    name, version = data.get("name"), data.get("version")
    if name is not None and not (isinstance(name, str) and _NAME.match(name)):
        yield Complaint(
            path, document.line(("name",)), "chart", f"{name} is no name of a chart", "name: greeter"
        )
    if version is not None and not (isinstance(version, str | int | float) and _VERSION.match(str(version))):
        message = f"{version} is no semantic version"
        yield Complaint(path, document.line(("version",)), "chart", message, "version: 1.2.3")
    app = data.get("appVersion")
    if app is not None and not isinstance(app, str):
        message = "appVersion is a text; without quotes this is a number"
        yield Complaint(path, document.line(("appVersion",)), "chart", message, f'appVersion: "{app}"')
    if data.get("type") not in {None, *_TYPES}:
        message = f"the type is application or library; this is {data['type']}"
        yield Complaint(path, document.line(("type",)), "chart", message, "type: application")
    dependencies = data.get("dependencies")
    for at, each in enumerate(dependencies if isinstance(dependencies, list) else ()):
        lacks = [key for key in ("name", "version") if not isinstance(each, dict) or not each.get(key)]
        # A chart that stands in the folder itself needs no version.
        if lacks and not (isinstance(each, dict) and each.get("name") in depends_on):
            line = document.line(("dependencies", at))
            yield Complaint(path, line, "chart", f"this dependency has no {lacks[0]}", f"add: {lacks[0]}: …")


_EXAMPLES = {"apiVersion": "apiVersion: v2", "name": "name: greeter", "version": "version: 0.1.0"}


def names_of_dependencies(chart: dict[str, Any]) -> set[str]:
    """What the values of the charts that it depends on stand under."""
    dependencies = chart.get("dependencies")
    listed = dependencies if isinstance(dependencies, list) else []
    return {str(each.get("alias") or each.get("name")) for each in listed if isinstance(each, dict)}


def is_known(value: Path, values: object) -> bool:
    """Whether a value stands in the values; below an empty mapping, or nothing, anything may."""
    for step in value:
        if values is None or values == {} or isinstance(values, list):
            return True
        if not isinstance(values, dict) or step not in values:
            return False
        values = values[step]
    return True


def is_in_schema(value: Path, schema: object) -> bool:
    """Whether a JSON Schema of the values tells of a value; what it only refers to counts."""
    for step in value:
        if not isinstance(schema, dict) or "$ref" in schema:
            return isinstance(schema, dict)
        properties = schema.get("properties")
        if not isinstance(properties, dict) or step not in properties:
            return False
        schema = properties[step]
    return True


def unknown(use: Use, values: list[dict[str, Any]]) -> Complaint:
    """A use of a value that no file of values has; rendering breaks if what it stands in is missing, too."""
    name = ".".join(use.value)
    above = use.value[:-1]
    message = f"values.yaml has no {name}, and nothing guards it here"
    if above and not any(is_known(above, each) for each in values):
        message = f"no values have {'.'.join(above)}, so that .Values.{name} breaks the template"
    fix = f'add it to values.yaml, or write: .Values.{name} | default ""'
    return Complaint(use.path, use.line, MISSING if use.always else PERHAPS, message, fix)
