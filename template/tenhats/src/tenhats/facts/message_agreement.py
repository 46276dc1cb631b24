"""Where the modules that protoc has made and the .proto files of the contracts say different things.

Such a module carries the description that it was made of. buf reads that like a folder of .proto files, so
that it can compare the two; nothing is imported for it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tenhats.contracts import protobuf
from tenhats.fact import Project
from tenhats.facts.model_agreement import Deviation
from tenhats.facts.protobuf import ask_buf
from tenhats.facts.tree import Tree

_GOOGLES = "google/protobuf/"
_QUOTED = re.compile(r'"([\w.]{1,200})"')
_GONE = re.compile(r"Previously present (?P<what>.{1,500}) was deleted")
_CHANGED = re.compile(
    r'(?P<what>.{1,500}) changed (?P<how>.{1,60}?) from "(?P<code>[^"]{0,200})"'
    r' to "(?P<contract>[^"]{0,200})"'
)


@dataclass(frozen=True)
class Generated:
    """A module that protoc has made: of which .proto file, with which imports, and its description."""

    path: str
    proto: str
    imports: tuple[str, ...]
    description: bytes


def generated_modules(project: Project, tree: Tree) -> dict[str, Generated]:
    """The modules that protoc has made, by the bare names of the .proto files that they were made of."""
    found: dict[str, Generated] = {}
    for path in tree.matching(f"{project.settings.source}/*_pb2.py"):
        description = protobuf.described((project.root / path).read_bytes())
        if description:
            name, imports = protobuf.file_and_imports(description)
            found[_bare(name)] = Generated(path, name, tuple(imports), description)
    return found


def message_deviations(
    project: Project, path: str, text: str, module: Generated, modules: dict[str, Generated]
) -> Iterator[Deviation]:
    """What buf finds between a .proto file and the module that was made of one of its name.

    Raises:
        Unavailable: if buf cannot be asked, or something that the module imports is nowhere.
    """
    folder = (project.root / path).parent
    room = project.workshop / "protobuf"
    room.mkdir(parents=True, exist_ok=True)
    image = room / "code.binpb"
    image.write_bytes(_image(project, module, modules, room))
    where = shlex.quote(path.rpartition("/")[0])
    made = f"python -m grpc_tools.protoc -I {where} --python_out={project.settings.source} {_bare(path)}"
    defined = set(protobuf.names(text))

    def concerns(said: protobuf.Said) -> bool:
        return bool(defined & {part for name in _QUOTED.findall(said.message) for part in name.split(".")})

    for each in ask_buf(project, ("breaking", ".", *protobuf.LACKING, str(image)), folder):
        if each.path in {"", _bare(path)} and concerns(each):
            yield Deviation(path, each.line, _both_sides(each.message, module.path), f"run: {made}", path)
    for each in ask_buf(project, ("breaking", str(image), *protobuf.LACKING, "."), folder):
        gone = _GONE.search(each.message)
        if gone and concerns(each):
            message = f"{gone['what']} is in the contract, and not in {module.path}"
            yield Deviation(path, _line(text, gone["what"]), message, f"run: {made}", path, waits=True)


def _image(project: Project, module: Generated, modules: dict[str, Generated], room: Path) -> bytes:
    """The module and all that it imports, as one description; buf itself has what Google's are."""
    needed, left = {module.proto: module}, [module]
    googles: set[str] = set()
    while left:
        for name in left.pop().imports:
            other = modules.get(_bare(name))
            if name.startswith(_GOOGLES):
                googles.add(name)
            elif other and other.proto not in needed:
                needed[other.proto] = other
                left.append(other)
    own = protobuf.image(each.description for each in needed.values())
    return own + (_googles(project, googles, room) if googles else b"")


def _googles(project: Project, names: Iterable[str], room: Path) -> bytes:
    stub, image = room / "googles", room / "googles.binpb"
    stub.mkdir(exist_ok=True)
    lines = "".join(f'import "{name}";\n' for name in sorted(names))
    (stub / "tenhats_imports.proto").write_text(f'syntax = "proto3";\n{lines}', encoding="utf-8")
    ask_buf(project, ("build", ".", "-o", str(image)), stub)
    return image.read_bytes()


def _both_sides(said: str, module: str) -> str:
    """What buf says of the code, then the contract, as said of both."""
    gone, changed = _GONE.search(said), _CHANGED.search(said)
    if gone:
        return f"{gone['what']} is in {module}, and not in the contract"
    if changed:
        code, contract = changed["code"], changed["contract"]
        return f"{changed['what']} has the {changed['how']} {code} in {module}; the contract says {contract}"
    return f"from {module} to the contract: {said.rstrip('.')}"


def _line(text: str, what: str) -> int:
    """The line of the .proto file on which the thing stands that is named first; a message is named last."""
    for name in _QUOTED.findall(what):
        written = re.compile(rf"\b{re.escape(name)}\b\s*(?:=|\{{|\()")
        for number, line in enumerate(text.splitlines(), 1):
            if not name.isdecimal() and written.search(line):
                return number
    return 1


def _bare(path: str) -> str:
    return path.rpartition("/")[2]
