"""From the text of a JSON or YAML file to plain values, and from a value back to its line.

YAML is read as OpenAPI asks for it, by the JSON schema of YAML 1.2: a key is a string, a date is a string,
`yes` is a string. Text that would cost more than it is worth is refused: by its length, by its depth, and
by the number of values that its aliases unfold to.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

MOST_BYTES = 2_000_000
DEEPEST = 200
MOST_ALIASED = 20_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]{1,400}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,400}|[0-9]{1,400}(?:\.[0-9]{0,400})?)(?:[eE][-+]?[0-9]{1,9})?\Z")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class Faulty(Exception):
    """A text that is no document: the line, and what is wrong with it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed contract: a mapping of plain values, and the nodes that know the lines."""

    path: str
    data: dict[str, Any]
    root: yaml.Node | None = None

    def line(self, steps: Iterable[str | int]) -> int:
        """The line where the keys and indexes lead, as far as they can be followed."""
        node, line = self.root, 1
        for step in steps:
            if isinstance(node, yaml.MappingNode):
                found = next((pair for pair in node.value if pair[0].value == str(step)), None)
                if found is None:
                    break
                key, node = found
                line = key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line


def text_of(content: bytes) -> str:
    """The text of a contract's file.

    Raises:
        Faulty: if it is too long to be one, or no UTF-8 text.
    """
    if len(content) > MOST_BYTES:
        raise Faulty(1, f"this has {len(content) / 1_000_000:.1f} MB; more than 2 MB are not read: split it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Faulty(line, f"this cannot be read: it is not UTF-8 at byte {error.start}") from None
    if "\0" in text:
        raise Faulty(text.count("\n", 0, text.index("\0")) + 1, "this cannot be read: it is binary")
    return text


def parse(path: str, text: str) -> Document:
    """Parse a JSON file, if it is called so, or else YAML.

    Raises:
        Faulty: if it is neither, is too deep or too large, or holds anything but a mapping.
    """
    data: Any
    if path.endswith(".json"):
        data = _json(text)
        root = None
        with contextlib.suppress(Faulty):
            # JSON is YAML but for tabs, which it has nowhere but between its tokens.
            root = _compose(text.replace("\t", " "))
    else:
        root = _compose(text)
        data = _Values().of(root) if root else None
    if not isinstance(data, dict):
        raise Faulty(1, "a contract is a mapping; this is none")
    return Document(path, data, root)


def parse_all(path: str, text: str) -> list[Document]:
    """Parse YAML with any number of documents; those that hold no mapping are left out.

    Raises:
        Faulty: if it is no YAML, is too deep or too large.
    """
    made = ((_Values().of(root), root) for root in _compose_all(text))
    return [Document(path, data, root) for data, root in made if isinstance(data, dict)]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Faulty(error.lineno, f"this is not JSON: {error.msg}") from None
    except (RecursionError, ValueError) as error:
        raise Faulty(1, f"this cannot be read: {error}") from None


def _compose(text: str) -> yaml.Node | None:
    roots = _compose_all(text)
    if len(roots) > 1:
        line = roots[1].start_mark.line + 1
        raise Faulty(line, "this is not YAML: expected a single document in the stream")
    return roots[0] if roots else None


def _compose_all(text: str) -> list[yaml.Node]:
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise Faulty(line, f"this cannot be read: it is nested more than {DEEPEST} deep")
        return list(yaml.compose_all(text, Loader=_Loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
        raise Faulty(mark.line + 1 if mark else 1, f"this is not YAML: {what}") from None


class _Values:
    """Plain values of YAML nodes. What is aliased is made once, and counted as often as it is used."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Any, int]] = {}
        self._open: set[int] = set()
        self._written = 0

    def of(self, node: yaml.Node) -> Any:
        return self._value(node)[0]

    def _value(self, node: yaml.Node) -> tuple[Any, int]:
        """The value, and how many values it consists of."""
        if id(node) in self._made:
            return self._made[id(node)]
        self._written += 1
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node), 1
        line = node.start_mark.line + 1
        if id(node) in self._open:
            raise Faulty(line, "this alias holds itself")
        self._open.add(id(node))
        value: Any
        if isinstance(node, yaml.SequenceNode):
            pairs = [self._value(each) for each in node.value]
            value, count = [each for each, _ in pairs], 1 + sum(size for _, size in pairs)
        else:
            value, count = self._mapping(node)
        if count > self._written + MOST_ALIASED:
            raise Faulty(line, f"its aliases unfold to more than {MOST_ALIASED} values")
        self._open.discard(id(node))
        self._made[id(node)] = value, count
        return value, count

    def _mapping(self, node: yaml.Node) -> tuple[dict[str, Any], int]:
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        count = 1
        for key, each in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise Faulty(line, "a key is a word; this is a list or a mapping")
            value, size = self._value(each)
            count += size
            if key.value == "<<" and not key.style:
                for part in value if isinstance(value, list) else [value]:
                    merged |= {k: v for k, v in part.items() if k not in merged} if _is_map(part) else {}
            elif key.value in own:
                raise Faulty(line, f"the key {key.value} stands here a second time")
            else:
                own[key.value] = value
        return merged | own, count


def _is_map(value: object) -> bool:
    return isinstance(value, dict)


def _scalar(node: yaml.ScalarNode) -> Any:
    text = node.value
    if node.style or node.tag.endswith(":str"):
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _FLOAT.match(text) else text
