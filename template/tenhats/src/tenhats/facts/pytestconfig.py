"""How pytest is told to collect: which files, which classes, which functions, from where.

Read as pytest 9 does: the first of these files that has a word for it decides, the others say nothing.
https://docs.pytest.org/en/stable/reference/customize.html
"""

from __future__ import annotations

import configparser
import fnmatch
import shlex
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

FILES = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
_NEVER = ("*.egg", ".*", "_darcs", "build", "CVS", "dist", "node_modules", "venv", "{arch}")


@dataclass(frozen=True)
class PytestConfig:
    """The options that decide what is a test; patterns are pytest's.

    `warnings` are the filters of warnings, and `file` is where all this stands, if it stands anywhere.
    """

    files: tuple[str, ...] = ("test_*.py", "*_test.py")
    classes: tuple[str, ...] = ("Test",)
    functions: tuple[str, ...] = ("test",)
    paths: tuple[str, ...] = ()
    never_in: tuple[str, ...] = _NEVER
    importable: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    ignored_globs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    file: str = field(default="", compare=False)

    def is_file(self, path: str) -> bool:
        """Whether a file, by its path from the root, is a test module."""
        name = path.rpartition("/")[2]
        return any(
            fnmatch.fnmatchcase(f"/{path}", f"*/{each}") if "/" in each else fnmatch.fnmatchcase(name, each)
            for each in self.files
        )

    def is_within(self, path: str, folder: str) -> bool:
        """Whether a file is under a folder, and no folder between them is left out."""
        if path == folder:
            return True
        if folder not in {"", "."} and not path.startswith(f"{folder}/"):
            return False
        between = path.removeprefix(f"{folder}/").split("/")[:-1]
        left_out = any(fnmatch.fnmatchcase(part, each) for part in between for each in self.never_in)
        return not left_out and not self._is_ignored(path)

    def _is_ignored(self, path: str) -> bool:
        if any(path == each or path.startswith(f"{each}/") for each in self.ignored):
            return True
        return any(fnmatch.fnmatchcase(path, each) for each in self.ignored_globs)

    def is_class(self, name: str) -> bool:
        """Whether a class of this name holds tests."""
        return _fits(name, self.classes)

    def is_function(self, name: str) -> bool:
        """Whether a function of this name is a test."""
        return _fits(name, self.functions)


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(
        name.startswith(each) or (any(sign in each for sign in "*?[") and fnmatch.fnmatchcase(name, each))
        for each in patterns
    )


def read_config(root: Path) -> PytestConfig:
    """The project's configuration; pytest's defaults where none can be read."""
    for name in FILES:
        try:
            table = _table(name, (root / name).read_text(encoding="utf-8"))
        except (OSError, ValueError, configparser.Error):
            continue
        if table is not None:
            return replace(_config(table), file=name)
    return PytestConfig()


def _table(name: str, text: str) -> Mapping[str, Any] | None:
    """What one file says to pytest, or None if it says nothing."""
    if name.endswith(".toml"):
        document = tomllib.loads(text)
        if name != "pyproject.toml":
            return dict(document.get("pytest", {}))
        told = document.get("tool", {}).get("pytest")
        return None if told is None else dict(told.get("ini_options", told))
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string(text)
    section = "tool:pytest" if name == "setup.cfg" else "pytest"
    if parser.has_section(section):
        return dict(parser[section])
    return {} if name.endswith("pytest.ini") else None


def _config(table: Mapping[str, Any]) -> PytestConfig:
    plain = PytestConfig()

    def said(key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        return _words(table[key]) if key in table else default

    added = _words(table.get("addopts", ()))
    return PytestConfig(
        said("python_files", plain.files),
        said("python_classes", plain.classes),
        said("python_functions", plain.functions),
        tuple(each.rstrip("/") for each in said("testpaths", ())),
        said("norecursedirs", plain.never_in),
        tuple(each.rstrip("/") for each in said("pythonpath", ())),
        tuple(_option(added, "--ignore")),
        tuple(_option(added, "--ignore-glob")),
        (*_lines(table.get("filterwarnings", ())), *_filters(added)),
    )


def _words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        try:
            return tuple(shlex.split(value, comments=True))
        except ValueError:
            return tuple(value.split())
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def _lines(value: object) -> tuple[str, ...]:
    lines = value.splitlines() if isinstance(value, str) else value
    return tuple(str(each).strip() for each in lines) if isinstance(lines, list | tuple) else ()


def _filters(words: tuple[str, ...]) -> Iterable[str]:
    """The filters of `-W` on pytest's command line, given with it or as the next word."""
    for place, word in enumerate(words):
        if word == "-W" and place + 1 < len(words):
            yield words[place + 1]
        elif word.startswith("-W"):
            yield word.removeprefix("-W")


def _option(words: tuple[str, ...], name: str) -> Iterable[str]:
    """The values of an option of pytest's command line, given with `=` or as the next word."""
    for place, word in enumerate(words):
        if word.startswith(f"{name}="):
            yield word.partition("=")[2].rstrip("/")
        elif word == name and place + 1 < len(words):
            yield words[place + 1].rstrip("/")
