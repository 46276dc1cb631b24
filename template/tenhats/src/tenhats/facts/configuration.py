"""The configuration: which names the sources read from the environment, and which are written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tenhats.fact import Project, fact
from tenhats.facts.exposed import assigned
from tenhats.facts.tree import Tree
from tenhats.sources.environment import names_read
from tenhats.sources.names import parsed

_SAMPLES = re.compile(
    r"(?:\.?env\.(?:example|sample|template|dist)|(?:example|sample)\.env)\Z", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]{2,100}")
_MOST_BYTES = 300_000
# What the system, the shell or the CI sets is nobody's configuration to write down.
_OF_THE_SYSTEM = frozenset({
    "APPDATA", "BROWSER", "CI", "COLUMNS", "COMSPEC", "DISPLAY", "EDITOR", "FORCE_COLOR", "HOME", "HOSTNAME",
    "LANG", "LANGUAGE", "LINES", "LOCALAPPDATA", "LOGNAME", "NO_COLOR", "PAGER", "PATH", "PROGRAMDATA",
    "PROGRAMFILES", "PWD", "SHELL", "SSH_AUTH_SOCK", "SYSTEMROOT", "TEMP", "TERM", "TMP", "TMPDIR", "TZ",
    "USER", "USERNAME", "USERPROFILE", "VIRTUAL_ENV", "VISUAL", "WAYLAND_DISPLAY", "WEB_CONCURRENCY",
    "WINDIR",
})  # fmt: skip
_OF_OTHERS = (
    "AWS_LAMBDA_", "CI_", "CONDA_", "GITHUB_", "GITLAB_", "HEROKU_", "KUBERNETES_", "LC_", "NOX_", "PYTEST_",
    "PYTHON", "RAILWAY_", "RUNNER_", "TOX_", "VERCEL_", "XDG_",
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """The name of a variable, where it is read or written down.

    `has_default` if it is the field of a settings class that has a default, and so is written down there.
    """

    path: str
    line: int
    name: str
    has_default: bool = False


@dataclass(frozen=True)
class Configuration:
    """What is read, what the samples hold, and the words of other files that speak of such names.

    `documented` are names that a page mentions, `used` those of the samples that some other file names.
    """

    read: tuple[Name, ...] = ()
    samples: tuple[str, ...] = ()
    written: tuple[Name, ...] = ()
    documented: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()


@fact(reads=("*",))
def read_configuration(project: Project, tree: Tree) -> Configuration:
    """Read the sources, the samples of `.env` that stand above them, and what other files name."""
    source = project.settings.source
    read: dict[str, Name] = {}
    for path in tree.matching(f"{source}/*.py"):
        module = parsed((project.root / path).read_bytes())
        for name, line, has_default in names_read(module) if module else ():
            if not _is_of_others(name):
                read.setdefault(name.upper(), Name(path, line, name, has_default))
    if not read:
        return Configuration()
    above = {"", *(f"{source}/"[: at + 1] for at, sign in enumerate(f"{source}/") if sign == "/")}
    samples = [
        path for path in tree.files
        if _SAMPLES.match(path.rpartition("/")[2]) and path[: path.rfind("/") + 1] in above
    ]  # fmt: skip
    written = [
        Name(path, each.line, each.name)
        for path in samples
        for each in assigned(path, _text(project.root / path))
        if not _is_of_others(each.name)
    ]
    documented: set[str] = set()
    used: set[str] = set()
    sought = set(read) if not samples else {each.name.upper() for each in written} - set(read)
    for path in tree.files if sought else ():
        text = "" if path in samples else _text(project.root / path)
        said = sought & {word.upper() for word in _WORD.findall(text)}
        (documented if path.endswith((".md", ".rst", ".txt")) else used).update(said)
    return Configuration(
        tuple(read.values()), tuple(samples), tuple(written), frozenset(documented), frozenset(used)
    )


def _is_of_others(name: str) -> bool:
    return name in _OF_THE_SYSTEM or name.startswith(_OF_OTHERS)


def _text(file: Path) -> str:
    """The text of a file that may speak of variables; "" if it is too long for that, or cannot be read."""
    try:
        return file.read_text(encoding="utf-8", errors="ignore") if file.stat().st_size <= _MOST_BYTES else ""
    except OSError:
        return ""
