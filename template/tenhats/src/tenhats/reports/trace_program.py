"""The trace for a program: `.tenhats/trace.json`. Its shape is a promise, named in `schema`."""

from __future__ import annotations

from typing import Any

import msgspec

from tenhats.trace import Traced
from tenhats.traces import Served, Traces

SCHEMA = "tenhats/trace/1"


def as_json(traces: Traces) -> str:
    """The trace as JSON, in the promised shape."""
    return msgspec.json.format(msgspec.json.encode(as_dict(traces)), indent=2).decode() + "\n"


def as_dict(traces: Traces) -> dict[str, Any]:
    """The trace as plain dictionaries and lists."""
    return {
        "schema": SCHEMA,
        "commit": traces.commit,
        "features": [
            {"name": each.name, "title": each.title, "path": each.path, "format": each.format}
            for each in traces.features
        ],
        "requirements": [_requirement(each) for each in traces.traced],
        "functions": [_function(each) for each in traces.served],
    }


def _requirement(each: Traced) -> dict[str, Any]:
    return {
        "name": each.name,
        "feature": each.feature,
        "kind": each.kind,
        "path": each.path,
        "line": each.line,
        "text": each.text,
        "state": each.state.value,
        "red": each.red or None,
        "tests": [
            {
                "id": proof.test,
                "path": proof.path,
                "line": proof.line,
                "outcome": proof.outcome,
                "bites": proof.bites,
            }
            for proof in each.proofs
        ],
        "parts": [
            {
                "path": part.function.path,
                "function": part.function.name,
                "line": part.function.line,
                "lines": part.lines,
            }
            for part in each.parts
        ],
    }


def _function(served: Served) -> dict[str, Any]:
    function = served.function
    return {
        "path": function.path,
        "line": function.line,
        "name": function.name,
        "public": function.is_public,
        "requirements": served.names,
    }
