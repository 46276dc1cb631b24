"""The continuous integration's configuration: which gates it really runs, and how strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tenhats.fact import Project, fact
from tenhats.facts.tree import Tree
from tenhats.formats.model import Problem

_GITHUB = (".github/workflows/*.yml", ".github/workflows/*.yaml")
_GITLAB = (".gitlab-ci.yml",)
_CALL = re.compile(r"nox\s[^\n;&|]{0,80}?-s\s+gates\b(?P<rest>[^\n;&|]*)")
_GATE = re.compile(r"--gate[ =]+[\"']?(?P<what>\$\{\{[^{}\n]{1,60}\}\}|\$\{?\w+\}?|\d)")


@dataclass(frozen=True)
class Call:
    """One place where CI runs the gates."""

    path: str
    line: int
    gates: frozenset[int]
    strict: bool


@dataclass(frozen=True)
class Ci:
    """The files that configure CI, the calls of the gates in them, and what cannot be read."""

    files: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    problems: tuple[Problem, ...] = ()


@fact(reads=(*_GITHUB, *_GITLAB))
def read_ci(project: Project, tree: Tree) -> Ci:
    """Read the workflows of GitHub and the pipeline of GitLab."""
    files = tree.matching(*_GITHUB, *_GITLAB)
    calls: list[Call] = []
    problems: list[Problem] = []
    for path in files:
        text = (project.root / path).read_text(encoding="utf-8", errors="replace")
        try:
            document = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problems.append(
                Problem(path, mark.line + 1 if mark else 1, f"{path} is not YAML", "mend its syntax")
            )
            continue
        if isinstance(document, dict):
            calls += _calls(path, document, text)
    return Ci(tuple(files), tuple(calls), tuple(problems))


def _calls(path: str, document: dict[Any, Any], text: str) -> Iterator[Call]:
    jobs = document.get("jobs") if path.startswith(".github") else document
    for job in (jobs or {}).values() if isinstance(jobs, dict) else ():
        if not isinstance(job, dict) or job.get("if") is False:
            continue
        values = _matrix(job)
        for command in _commands(job):
            for found in _CALL.finditer(command):
                wanted = _GATE.search(found["rest"])
                gates = frozenset(range(1, 9))
                if wanted:
                    word = re.sub(r"[${}\s]", "", wanted["what"]).removeprefix("matrix.")
                    gates = frozenset([int(word)] if word.isdigit() else values.get(word, ()))
                yield Call(path, _line(text), gates, "--strict" in found["rest"])


def _commands(job: dict[Any, Any]) -> Iterator[str]:
    for step in job.get("steps") or ():
        if isinstance(step, dict) and isinstance(step.get("run"), str):
            yield step["run"].replace("\\\n", " ")
    script = job.get("script") or ()
    yield from [script] if isinstance(script, str) else map(str, script)


def _matrix(job: dict[Any, Any]) -> dict[str, tuple[int, ...]]:
    github = (job.get("strategy") or {}).get("matrix") if isinstance(job.get("strategy"), dict) else None
    parallel = job.get("parallel")
    gitlab = parallel.get("matrix") if isinstance(parallel, dict) else None
    found: dict[str, tuple[int, ...]] = {}
    for table in [github] if isinstance(github, dict) else (gitlab or ()):
        for key, values in table.items():
            listed = values if isinstance(values, list) else [values]
            numbers = [_gate(value) for value in listed]
            found[str(key)] = found.get(str(key), ()) + tuple(n for n in numbers if n)
            for value in listed if key == "include" else ():
                for inner, one in value.items() if isinstance(value, dict) else ():
                    if number := _gate(one):
                        found[str(inner)] = (*found.get(str(inner), ()), number)
    return found


def _gate(value: Any) -> int | None:
    """The gate's number in `3`, `"3"` or `"3 implementation"`."""
    digits = re.match(r"[1-8]\b", str(value))
    return int(digits[0]) if digits else None


def _line(text: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if "-s gates" in line:
            return number
    return 1
