"""What is wrong with a module of Terraform: names that nothing declares, versions that float.

A module is a folder. What is judged here is what `terraform validate` says before it asks a provider.
https://developer.hashicorp.com/terraform/language
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenhats.facts.toolrun import Complaint
from tenhats.infrastructure.model import Value

UNDECLARED, UNPINNED, OPEN = "undeclared", "unpinned", "open"
# Not providers of their own, but Terraform itself.
_BUILT_IN = {"terraform"}
_LOCAL = ("./", "../")
_MANAGED = {"resource", "data", "ephemeral"}
_NO_ARGUMENTS = {"source", "version", "count", "for_each", "providers", "depends_on"}


@dataclass(frozen=True)
class Block:
    """A block of a file, such as `resource "aws_vpc" "this"`, and what is set in it."""

    path: str
    line: int
    kind: str
    labels: tuple[str, ...]
    attributes: Mapping[str, Any]
    blocks: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Module:
    """The blocks of a folder, the dotted names that are used in it, and those that it binds itself."""

    folder: str
    blocks: tuple[Block, ...]
    used: tuple[tuple[str, int, tuple[str, ...]], ...]
    bound: frozenset[str]

    def of(self, kind: str) -> Iterator[Block]:
        """The blocks of one kind."""
        return (each for each in self.blocks if each.kind == kind)

    def names(self, kind: str) -> set[str]:
        """What the blocks of one kind are called."""
        return {each.labels[0] for each in self.of(kind) if each.labels}


def modules_of(said: Mapping[str, Any]) -> dict[str, Module]:
    """The modules, by their folders, from what the probe says of each file that it could read."""
    folders: dict[str, list[str]] = {}
    for path, each in said.items():
        if "blocks" in each:
            folders.setdefault(posixpath.dirname(path) or ".", []).append(path)
    return {
        folder: Module(
            folder,
            tuple(
                Block(
                    path,
                    each["line"],
                    each["words"][0],
                    tuple(each["words"][1:]),
                    each["attributes"],
                    tuple(each["blocks"]),
                )
                for path in paths
                for each in said[path]["blocks"]
            ),
            tuple((path, line, tuple(chain)) for path in paths for chain, line in said[path]["used"]),
            frozenset(name for path in paths for name in said[path]["bound"]),
        )
        for folder, paths in folders.items()
    }


def complaints(modules: Mapping[str, Module], locked: set[str]) -> Iterator[Complaint]:
    """What is wrong with the modules; `locked` are the folders with a lock file."""
    called = {
        place for each in modules.values() for call in each.of("module") if (place := _place(each, call))
    }
    for each in modules.values():
        yield from _undeclared(each, modules)
        yield from _calls(each, modules)
        yield from _floating_modules(each)
        if each.folder not in called | locked:
            yield from _floating_providers(each)


def values(modules: Mapping[str, Module]) -> Iterator[Value]:
    """What attributes, and the defaults of variables, are set to, where that is a text."""
    for module in modules.values():
        for block in module.blocks:
            if block.kind == "variable" and block.labels and "text" in block.attributes.get("default", {}):
                default = block.attributes["default"]
                yield Value(block.path, default["line"], block.labels[0], default["text"] or "", "a variable")
            yield from _texts(block.path, {"attributes": block.attributes, "blocks": block.blocks})


def _texts(path: str, block: Mapping[str, Any]) -> Iterator[Value]:
    for name, value in block["attributes"].items():
        if value.get("text"):
            yield Value(path, value["line"], name, value["text"], "an attribute")
        yield from _texts(path, {"attributes": value.get("object", {}), "blocks": ()})
    for each in block["blocks"]:
        yield from _texts(path, each)


def _undeclared(module: Module, modules: Mapping[str, Module]) -> Iterator[Complaint]:
    variables = module.names("variable")
    calls = {each.labels[0]: each for each in module.of("module") if each.labels}
    locals_ = {name for each in module.of("locals") for name in each.attributes}
    managed = {
        (each.kind, *each.labels[:2])
        for each in module.blocks
        if each.kind in _MANAGED and len(each.labels) > 1
    }
    types = {each[1] for each in managed if each[0] == "resource"}
    providers = {each.partition("_")[0] for each in types}
    told: set[tuple[str, str]] = set()
    for path, line, chain in module.used:
        root, name = chain[0], chain[1]
        if root in module.bound:
            continue
        missing = ""
        if root == "var" and name not in variables:
            missing = f'variable "{name}" {{}}'
        elif root == "local" and name not in locals_:
            missing = f"locals {{ {name} = … }}"
        elif root == "module" and name not in calls:
            missing = f'module "{name}" {{ source = … }}'
        elif root in {"data", "ephemeral"} and len(chain) > 2 and (root, name, chain[2]) not in managed:
            missing = f'{root} "{name}" "{chain[2]}" {{}}'
            name = f"{name}.{chain[2]}"
        elif _is_type(root, types, providers) and ("resource", root, name) not in managed:
            missing = f'resource "{root}" "{name}" {{}}'
        if missing and (root, name) not in told:
            told.add((root, name))
            yield Complaint(path, line, UNDECLARED, f"nothing declares {root}.{name} here", f"add: {missing}")
        elif not missing and root == "module" and len(chain) > 2:
            yield from _output(module, modules, calls[name], chain[2], path, line)


def _is_type(word: str, types: set[str], providers: set[str]) -> bool:
    """Whether a word names a type of resource: one that is used here, or of the same provider."""
    return word in types or ("_" in word and word.partition("_")[0] in providers)


def _output(
    module: Module, modules: Mapping[str, Module], call: Block, name: str, path: str, line: int
) -> Iterator[Complaint]:
    target = modules.get(_place(module, call))
    if target and name not in target.names("output") and not call.attributes.keys() & {"count", "for_each"}:
        message = f"the module of {target.folder}/ has no output {name}"
        yield Complaint(path, line, UNDECLARED, message, f'add there: output "{name}" {{ value = … }}')


def _place(module: Module, call: Block) -> str:
    """The folder of a module that stands in this project; "" if it is another's."""
    source = call.attributes.get("source", {}).get("text") or ""
    return posixpath.normpath(posixpath.join(module.folder, source)) if source.startswith(_LOCAL) else ""


def _calls(module: Module, modules: Mapping[str, Module]) -> Iterator[Complaint]:
    """Arguments that a module of this project does not take, and those that it misses."""
    for call in module.of("module"):
        target = modules.get(_place(module, call))
        if target is None:
            continue
        known = target.names("variable")
        for name in call.attributes.keys() - _NO_ARGUMENTS - known:
            line = call.attributes[name]["line"]
            message = f"the module of {target.folder}/ takes no {name}"
            yield Complaint(call.path, line, UNDECLARED, message, f'add there: variable "{name}" {{}}')
        needed = {
            each.labels[0]
            for each in target.of("variable")
            if each.labels and "default" not in each.attributes
        }
        for name in sorted(needed - call.attributes.keys()):
            message = f"the module of {target.folder}/ wants {name}, which is not set here"
            yield Complaint(call.path, call.line, UNDECLARED, message, f"add: {name} = …")


def _floating_modules(module: Module) -> Iterator[Complaint]:
    for call in module.of("module"):
        source = call.attributes.get("source", {})
        text = source.get("text") or ""
        if _floats(text, call.attributes):
            fix = 'add: version = "…"' if _is_of_a_registry(text) else f'write: source = "{text}?ref=v1.2.3"'
            yield Complaint(call.path, source["line"], UNPINNED, f"{text} is another module tomorrow", fix)


def _floating_providers(module: Module) -> Iterator[Complaint]:
    """Providers without a version; in a module that sets up none itself, whoever calls it may settle that."""
    required: dict[str, tuple[str, int, bool]] = {}
    backends = {"backend", "cloud"}
    is_whole = any(True for _ in module.of("provider"))
    for block in module.of("terraform"):
        is_whole = is_whole or any(inner["words"][0] in backends for inner in block.blocks)
        for inner in block.blocks:
            if inner["words"][0] == "required_providers":
                for name, value in inner["attributes"].items():
                    settled = "text" in value or "version" in value.get("object", {})
                    required[name] = (block.path, value["line"], settled)
    for name, (path, line, settled) in required.items():
        if not settled:
            message = f"the provider {name} has no version"
            yield Complaint(path, line, UNPINNED, message, 'add: version = "~> 1.0"')
    set_up = {
        each.labels[0] for each in module.of("provider") if each.labels and "version" in each.attributes
    }
    first: dict[str, Block] = {}
    for block in module.blocks:
        if block.kind in _MANAGED and block.labels and "provider" not in block.attributes:
            first.setdefault(block.labels[0].partition("_")[0], block)
    for name, block in first.items():
        if name not in {*required, *set_up, *_BUILT_IN}:
            message = f"no version of the provider {name} is required in {module.folder}/"
            fix = f'terraform {{ required_providers {{ {name} = {{ source = "…", version = "~> 1.0" }} }} }}'
            yield Complaint(block.path, block.line, UNPINNED if is_whole else OPEN, message, fix)


def _is_of_a_registry(source: str) -> bool:
    parts = source.partition("//")[0].split("/")
    return len(parts) in {3, 4} and ":" not in source and "." not in parts[-3]


def _floats(source: str, attributes: Mapping[str, Any]) -> bool:
    if not source or source.startswith(_LOCAL):
        return False
    if _is_of_a_registry(source):
        return "version" not in attributes
    is_git = source.startswith(("git::", "git@", "github.com/", "bitbucket.org/"))
    return is_git and "ref=" not in source
