"""Which bound tests try what must not work: they expect a refusal."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from tenhats.fact import Project, fact
from tenhats.facts.suite import TestSuite
from tenhats.sources.names import parsed

_REFUSES = re.compile(
    r"raises\b|assertRaises|(?:\b|HTTP_)4(?:0[0-9]|1[0-9]|2[0-9]|51)(?:\b|_)|TOO_MANY|"
    r"\bnot\b|!=|\bis (?:None|False)\b|== False|assertFalse|assertNot|assertIsNone|"
    r"refus|reject|deni|deny|forbid|unauthor|unauthenticated|invalid|block|"
    r"anonymous|stranger|attack|malicious|evil|wrong|incorrect|missing|without|\bno_|_no_|\bbad|_bad_|"
    r"sanit|escap|redact|mask|\*\*\*|expire|lock|limit|exit|returncode|error|fail",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Attacks:
    """Names that are bound to a test that was read, and those bound to one that expects a refusal."""

    read: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()


@fact()
def find_attacks(project: Project, suite: TestSuite) -> Attacks:
    """Read the source of every bound test."""
    read: set[str] = set()
    tried: set[str] = set()
    lines: dict[str, dict[int, str]] = {}
    for test in suite.tests:
        if not test.bindings:
            continue
        if test.path not in lines:
            lines[test.path] = _sources(project, test.path)
        source = lines[test.path].get(test.line)
        if source is None:
            continue
        names = {binding.name for binding in test.bindings}
        read |= names
        if _REFUSES.search(source):
            tried |= names
    return Attacks(frozenset(read), frozenset(tried))


def _sources(project: Project, path: str) -> dict[int, str]:
    """The source of each function of a file, by the line of its `def`."""
    try:
        content = (project.root / path).read_bytes()
    except OSError:
        return {}
    module = parsed(content)
    if module is None:
        return {}
    text = content.decode("utf-8", "replace").splitlines()
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            # What is tried stands as often in a decorator's list of cases.
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            found[node.lineno] = "\n".join(text[first - 1 : node.end_lineno])
    return found
