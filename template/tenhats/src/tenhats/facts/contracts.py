"""The contracts in `specs/*/contracts/`: OpenAPI descriptions and JSON Schemas, and their faults.

Validity is asked of the formats' own libraries: openapi-spec-validator and jsonschema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tenhats.fact import Project, fact
from tenhats.facts.toolrun import Complaint
from tenhats.facts.tree import Tree

_LENGTH = re.compile(r"[0-9]{1,9}\Z")


@dataclass(frozen=True)
class Limit:
    """How many characters a property of a contract may have: its `maxLength`."""

    path: str
    line: int
    name: str
    characters: int


@dataclass(frozen=True)
class Contract:
    """One contract file: what it is, what is wrong with it, and what it limits."""

    path: str
    kind: str
    complaints: tuple[Complaint, ...]
    line: int = 1
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class Contracts:
    """Every contract of every feature."""

    contracts: tuple[Contract, ...] = ()


@fact(reads=("*/contracts/*",))
def read_contracts(project: Project, tree: Tree) -> Contracts:
    """Parse and validate every JSON and YAML file in a `contracts/` folder of the specifications."""
    folder = project.settings.specs
    patterns = [f"{folder}/*/contracts/*.{ending}" for ending in ("json", "yaml", "yml")]
    return Contracts(tuple(_read(project, path) for path in tree.matching(*patterns)))


def _read(project: Project, path: str) -> Contract:
    try:
        text = (project.root / path).read_text(encoding="utf-8-sig")
        document = json.loads(text) if path.endswith(".json") else yaml.safe_load(text)
    except json.JSONDecodeError as error:
        return _broken(path, error.lineno, f"this is not JSON: {error.msg}")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be parsed"
        return _broken(path, mark.line + 1 if mark else 1, f"this is not YAML: {what}")
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        return _broken(path, 1, f"this cannot be read: {error}")
    if not isinstance(document, dict):
        return _broken(path, 1, "a contract is a mapping; this is none")
    if "openapi" in document or "swagger" in document:
        kind, complaints = "OpenAPI", tuple(_openapi(path, document, text))
    else:
        kind, complaints = "JSON Schema", tuple(_json_schema(path, document, text))
    return Contract(path, kind, complaints, limits=tuple(_limits(path, text)))


def _openapi(path: str, document: dict[str, Any], text: str) -> list[Complaint]:
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    version = str(document.get("openapi", ""))
    validators = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}
    validator = validators.get(version[:3])
    if validator is None:
        line = _line(text, ["openapi"] if "openapi" in document else ["swagger"])
        message = f"OpenAPI {version or document.get('swagger')} is not read here; write 3.0 or 3.1"
        return [Complaint(path, line, "openapi", message)]
    try:
        errors = list(validator(document).iter_errors())
    except Exception as error:
        return [Complaint(path, 1, "openapi", f"this is not a valid OpenAPI description: {error}")]
    return [Complaint(path, _line(text, error.absolute_path), "openapi", error.message) for error in errors]


def _json_schema(path: str, document: dict[str, Any], text: str) -> list[Complaint]:
    from jsonschema import validators

    unknown = validators.Draft202012Validator
    dialect = str(document.get("$schema", ""))
    validator = validators.validator_for({"$schema": dialect}, default=unknown)
    if validator is unknown and "2020-12" not in dialect:
        message = "this is neither OpenAPI nor JSON Schema: it has no `openapi` and no known `$schema`"
        return [Complaint(path, 1, "contract", message)]
    meta = validator(validator.META_SCHEMA)
    return [
        Complaint(path, _line(text, error.absolute_path), "json-schema", error.message)
        for error in meta.iter_errors(document)
    ]


def _limits(path: str, text: str) -> Iterator[Limit]:
    """Every `maxLength` with the name of its property, as far as the lines can be told."""
    if "maxLength" not in text:
        return
    try:
        pending = [("", yaml.compose(text, Loader=yaml.SafeLoader))]
    except (yaml.YAMLError, RecursionError):
        return
    seen: set[int] = set()
    while pending:
        name, node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            pending += [(name, each) for each in node.value]
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == "maxLength" and name and _LENGTH.match(str(value.value)):
                    yield Limit(path, key.start_mark.line + 1, name, int(value.value))
                pending.append((str(key.value), value))


def _broken(path: str, line: int, message: str) -> Contract:
    return Contract(path, "contract", (Complaint(path, line, "syntax", message),))


def _line(text: str, steps: Any) -> int:
    """The line where the path of keys leads, as far as it can be followed; JSON is YAML to this."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return 1
    line = 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            pairs = {str(key.value): (key, value) for key, value in node.value}
            if str(step) not in pairs:
                break
            key, node = pairs[str(step)]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line
