"""Whether a sample in a page can be what it says it is: Python that compiles, TOML, JSON or YAML that parses.

A sample is shorter than what it is a sample of: bodies are left out, `...` stands for more, a name in
angle brackets for the reader's own. What may be meant so is no mistake.
"""

from __future__ import annotations

import ast
import doctest
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator

import yaml

Mistake = tuple[int, str]
"""The line, counted from 0 within the sample, and what is wrong there."""

_PLACEHOLDER = re.compile(
    r"\{\{|\{%|<[A-Za-z][\w .:/-]{0,60}>|\[\.\.\.\]|…|--8<--"
    r"|^[ \t]*(?:\.\.\.|…|#[ \t]*\.\.\.)[ \t]*,?[ \t]*$",
    re.MULTILINE,
)
_NO_SCRIPT = re.compile(r"^(?:[%!?]|In \[|Out\[|\$ |[-+] |Traceback \(most recent)", re.MULTILINE)
_MORE = re.compile(r",[ \t]*\.\.\.\s{0,9}(?=[)\]}])|(?<=\()\.\.\.(?=\)[^\n:]{0,80}:)")
_NO_BODY = re.compile(r"expected an indented block after .{1,60} on line (\d{1,6})")
_TWICE = re.compile(r"twice|overwrite|mutate|already", re.IGNORECASE)
_MOST_BODIES = 30
_MOST_CHARACTERS = 20_000
"""What is longer is data, and no sample."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def mistake_in(language: str, text: str) -> Mistake | None:
    """What is wrong with a sample; None if nothing is, or nobody can tell."""
    judge = _JUDGES.get(language)
    return judge(text) if judge and text.strip() and len(text) <= _MOST_CHARACTERS else None


def is_judged(language: str) -> bool:
    """Whether there is a reader for samples of this language."""
    return language in _JUDGES


def _python(text: str) -> Mistake | None:
    faults = (_fault(each) for each in _readings(text))
    first = next(faults)
    if first is None or any(each is None for each in faults):
        return None
    if re.search(r"^[ \t]*>>>", text, re.MULTILINE):
        return _session(text)
    if _NO_SCRIPT.search(text) or _PLACEHOLDER.search(text):
        return None
    return first


def _readings(text: str) -> Iterator[str]:
    """The sample as it stands, and with what a sample may leave out."""
    yield text
    full = _MORE.sub("", _dedented(text).replace("…", "..."))
    yield full
    yield _with_bodies(full)
    yield f"def {full.strip().removeprefix('def ')}: ..."
    yield f"try:\n ...\n{_with_bodies(full)}"
    yield f"if 1:\n ...\n{_with_bodies(full)}"
    yield f"class {full.strip().removeprefix('class ')}: ..."


def _dedented(text: str) -> str:
    lines = text.split("\n")
    width = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[width:] for line in lines)


def _with_bodies(text: str) -> str:
    """The sample with `...` for each body that it leaves out."""
    for _ in range(_MOST_BODIES):
        fault = _fault(text)
        missing = _NO_BODY.search(fault[1]) if fault else None
        if missing is None:
            break
        lines = text.split("\n")
        head = lines[int(missing[1]) - 1]
        # The error names the line where the statement begins; the line that follows it is where it ends.
        at = fault[0] if fault and fault[0] >= int(missing[1]) else len(lines)
        indent = len(head) - len(head.lstrip())
        text = "\n".join([*lines[:at], f"{' ' * (indent + 1)}...", *lines[at:]])
    return text


def _fault(text: str) -> Mistake | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return max((error.lineno or 1) - 1, 0), f"this is not Python: {error.msg}"
    except (ValueError, RecursionError, MemoryError):
        return None
    return None


def _session(text: str) -> Mistake | None:
    """The first statement of an interactive session that does not compile, and was not meant to."""
    try:
        examples = doctest.DocTestParser().get_examples(text)
    except ValueError as error:
        found = re.match(r"line (\d{1,6})", str(error))
        return (int(found[1]) - 1 if found else 0), "this is no interactive session: a space is missing"
    for each in examples:
        if "SyntaxError" in (each.exc_msg or "") or _NO_SCRIPT.match(each.source):
            continue
        fault = _fault(_with_bodies(_MORE.sub("", each.source.replace("…", "..."))))
        if fault and not _PLACEHOLDER.search(each.source):
            return each.lineno + fault[0], fault[1]
    return None


def _json(text: str) -> Mistake | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return None
        is_part = _reads(json.loads, f"{{{text.strip().rstrip(',')}}}")
        if is_part or all(_reads(json.loads, line) for line in text.splitlines() if line.strip()):
            return None
        if _PLACEHOLDER.search(text) or re.search(r"\.\.\.|^[ \t]*(?://|#)|\s//|/\*", text, re.MULTILINE):
            return None
        return error.lineno - 1, f"this is not JSON: {error.msg}"
    except RecursionError:
        return None
    return None


def _toml(text: str) -> Mistake | None:
    try:
        tomllib.loads(f"{text}\n")
    except tomllib.TOMLDecodeError as error:
        # The same table twice is two ways to write one thing, beside each other.
        if _TWICE.search(str(error)) or _PLACEHOLDER.search(text) or "..." in text:
            return None
        at = re.search(r"\(at line (\d{1,6})", str(error))
        what = str(error).partition(" (at ")[0]
        return (int(at[1]) - 1 if at else max(text.count("\n"), 0)), f"this is not TOML: {what}"
    return None


def _yaml(text: str) -> Mistake | None:
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except yaml.YAMLError as error:
        if _PLACEHOLDER.search(text):
            return None
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be parsed"
        return (min(mark.line, text.count("\n")) if mark else 0), f"this is not YAML: {what}"
    return None


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except (ValueError, RecursionError):
        return False
    return True


_JUDGES: dict[str, Callable[[str], Mistake | None]] = {
    **dict.fromkeys(("python", "py", "python3", "py3", "pycon", "python-console", "doctest"), _python),
    "json": _json,
    "toml": _toml,
    **dict.fromkeys(("yaml", "yml"), _yaml),
}
