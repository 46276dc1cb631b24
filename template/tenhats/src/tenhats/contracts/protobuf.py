"""Protocol Buffers: how buf is asked (https://buf.build/docs/cli/), and what its answer means."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tenhats.sources.names import parsed

# PACKAGE is buf's category for those who generate code: a message may move to another file of its package.
# JSON names are worked out later, so that what protoc writes into a module has none.
_CONFIGURED = json.dumps({"version": "v2", "breaking": {"use": ["PACKAGE"]}})
_OF_CODE = json.dumps({"version": "v2", "breaking": {"use": ["PACKAGE"], "except": ["FIELD_SAME_JSON_NAME"]}})
BUILD = ("build", ".", "--error-format=json", f"--config={_CONFIGURED}")
BREAKING = ("breaking", ".", "--error-format=json", f"--config={_CONFIGURED}", "--against")
LACKING = ("--error-format=json", f"--config={_OF_CODE}", "--against")
EXPECTED = (0, 100)
"""The exit codes of an answer: nothing to say, or something."""
_DEFINED = re.compile(r"\b(?:message|enum|service|rpc)\s{1,20}(\w{1,200})")


@dataclass(frozen=True)
class Said:
    """One thing that buf says; `path` is empty where it stands in no file any more."""

    path: str
    line: int
    code: str
    message: str

    @property
    def is_missing(self) -> bool:
        """Whether it is that a file of others is not here."""
        return "imported file does not exist" in self.message


def said(out: str) -> Iterator[Said]:
    """What buf printed, a line of JSON each; what else it prints is for people.

    Raises:
        ValueError: if a line is no JSON after all.
    """
    for line in out.splitlines():
        if not line.startswith("{"):
            continue
        each = json.loads(line)
        yield Said(
            each.get("path", ""), each.get("start_line", 1), each.get("type", ""), each.get("message", "")
        )


def described(source: bytes) -> bytes | None:
    """The FileDescriptorProto that protoc has written into a module; None if there is none."""
    module = parsed(source)
    for node in ast.walk(module) if module else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            given = node.args[0]
            if node.func.attr == "AddSerializedFile" and isinstance(given, ast.Constant):
                return given.value if isinstance(given.value, bytes) else None
    return None


def image(files: Iterable[bytes]) -> bytes:
    """Several FileDescriptorProtos as a FileDescriptorSet, which buf reads like a folder."""
    return b"".join(b"\x0a" + _varint(len(each)) + each for each in files)


def file_and_imports(description: bytes) -> tuple[str, list[str]]:
    """The name of the .proto file that a FileDescriptorProto was made of, and those that it imports."""
    name, imports, at = "", [], 0
    while at < len(description):
        key, at = _read_varint(description, at)
        if key & 7 != 2:
            # Of a file, only texts and messages stand before what is asked for here.
            break
        size, at = _read_varint(description, at)
        if key >> 3 == 1:
            name = description[at : at + size].decode("utf-8", "replace")
        elif key >> 3 == 3:
            imports.append(description[at : at + size].decode("utf-8", "replace"))
        at += size
    return name, imports


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*made, number])


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """A number, and where what follows it begins."""
    number = shift = 0
    while at < len(data):
        byte = data[at]
        number, at, shift = number | (byte & 0x7F) << shift, at + 1, shift + 7
        if byte < 0x80:
            break
    return number, at


def names(text: str) -> Iterator[str]:
    """The names of what a file defines."""
    return (found[1] for found in _DEFINED.finditer(text))
