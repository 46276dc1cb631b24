"""What has become weaker since the base: tests, and the settings and comments that switch checks off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tenhats.fact import Project, fact
from tenhats.facts.base import Base, copy_of
from tenhats.facts.tree import Tree
from tenhats.facts.waivers import waiving_lines
from tenhats.settings import line_of
from tenhats.tampering import Weakening, comments, compared, configs
from tenhats.tampering.collecting import left_out
from tenhats.tampering.doubles import definitions_of
from tenhats.tampering.suites import Module, read_module


@dataclass(frozen=True)
class Weakened:
    """What is weaker, in tests and in checks; how much was compared; what could not be parsed.

    `settings_line` is where `[tool.tenhats]` stands, the place for what left no file behind. `waivers`
    are, by file, the lines that were waivers at the base already, which excuse nothing that was done since.
    Where there is no base, `reason` says why, and nothing was compared.
    """

    tests: tuple[Weakening, ...] = ()
    checks: tuple[Weakening, ...] = ()
    modules: int = 0
    files: int = 0
    unreadable: tuple[str, ...] = ()
    settings_line: int = 1
    waivers: dict[str, frozenset[str]] = field(default_factory=dict)
    reason: str = ""


@fact(reads=("*.py", *configs.FILES))
def find_weakened(project: Project, base: Base, tree: Tree) -> Weakened:
    """Compare the changed tests, sources and configuration with what they were."""
    if base.commit is None:
        return Weakened(reason=base.reason)
    folders = (f"{project.settings.tests}/", f"{project.settings.source}/")
    wanted = [each for each in sorted(base.changed) if _is_compared(each, folders)]
    old = _read(copy_of(project, base, wanted, "weakened"), wanted) if wanted else {}
    here = frozenset(tree.files)
    new = _read(project.root, (each for each in wanted if each in here))
    tests, sources = (_under(folder, old, new) for folder in folders)
    unreadable: list[str] = []
    before, after = (_modules(files, unreadable) for files in tests)
    settings = [{path: files[path] for path in configs.FILES if path in files} for files in (old, new)]
    together = [{**mine, **other} for mine, other in zip(tests, sources, strict=True)]
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    return Weakened(
        tuple(compared.compare(before, after, _gone(*sources))),
        (
            *comments.new_suppressions(*together),
            *left_out(*tests),
            *configs.compare(*settings),
        ),
        len({*before, *after}),
        len(wanted),
        tuple(unreadable),
        line_of(text, "[tool.tenhats]"),
        {path: waiving_lines(text) for path, text in old.items()},
    )


def _is_compared(path: str, folders: tuple[str, ...]) -> bool:
    return path in configs.FILES or (path.endswith(".py") and path.startswith(folders))


def _read(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """The texts of the files that are there."""
    return {
        path: (root / path).read_text(encoding="utf-8", errors="replace")
        for path in paths
        if (root / path).is_file()
    }


def _under(folder: str, *states: dict[str, str]) -> list[dict[str, str]]:
    """The Python files of each state that stand in a folder."""
    return [
        {path: text for path, text in files.items() if path.startswith(folder) and path.endswith(".py")}
        for files in states
    ]


def _modules(files: dict[str, str], unreadable: list[str]) -> dict[str, Module]:
    found = {}
    for path, text in files.items():
        try:
            found[path] = read_module(text, path)
        except (SyntaxError, ValueError):
            unreadable.append(path)
    return found


def _gone(old: dict[str, str], new: dict[str, str]) -> frozenset[str]:
    """The functions and classes that the changed sources defined, and define no more."""

    def defined(files: dict[str, str]) -> set[str]:
        return {name for text in files.values() for name in _definitions(text)}

    return frozenset(defined(old) - defined(new))


def _definitions(text: str) -> Iterable[str]:
    try:
        return definitions_of(text)
    except (SyntaxError, ValueError):
        return ()
