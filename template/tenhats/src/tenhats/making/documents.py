"""Make the next specification and decision record, under a number that nobody has taken, and pages by date.

A number counts as taken if any branch that git knows of has it, so that two branches in flight do
not meet under one number.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from string import Template

from tenhats import processes
from tenhats.errors import CannotRun, Unavailable
from tenhats.facts.decisions import FOLDER

RETROSPECTIVES = "docs/retrospectives"
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERED = re.compile(r"(\d{1,6})-")


def make_spec(root: Path, folder: str, title: str) -> list[str]:
    """Make `specs/NNN-title/` with a specification, a plan and tasks; return their paths.

    Raises:
        CannotRun: if the title has no letter or digit.
    """
    number = _next_number(root, folder)
    name = f"{number:03d}-{slug(title)}"
    made = []
    for document in ("spec", "plan", "tasks"):
        path = f"{folder}/{name}/{document}.md"
        _write(root / path, _template(document), title=title, name=name)
        made.append(path)
    return made


def make_decision(root: Path, title: str) -> list[str]:
    """Make `docs/adr/NNNN-title.md` and its line in the index; return their paths.

    Raises:
        CannotRun: if the title has no letter or digit.
    """
    number = _next_number(root, FOLDER)
    path = f"{FOLDER}/{number:04d}-{slug(title)}.md"
    _write(root / path, _template("adr"), title=title, name="")
    index = root / FOLDER / "index.md"
    row = f"| {number} | [{title}]({Path(path).name}) | proposed | {_today()} |\n"
    if not index.exists():
        index.write_text("# Decisions\n\n| number | decision | status | date |\n|---|---|---|---|\n", "utf-8")
    text = index.read_text(encoding="utf-8")
    index.write_text(text.rstrip("\n") + "\n" + row, encoding="utf-8")
    return [path, f"{FOLDER}/index.md"]


def make_retrospective(root: Path, today: str, page: str) -> str:
    """Make `docs/retrospectives/YYYY-MM-DD.md`; return its path.

    Raises:
        CannotRun: if there is one of this day.
    """
    path = f"{RETROSPECTIVES}/{today}.md"
    if (root / path).exists():
        raise CannotRun(f"{path} is there already; go on with it, or remove it.")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(page, encoding="utf-8")
    return path


def last_retrospective(root: Path) -> str | None:
    """The date of the last retrospective, or None if there was none."""
    dates = (path.stem for path in (root / RETROSPECTIVES).glob("*.md") if _DATED.fullmatch(path.stem))
    return max(dates, default=None)


def slug(title: str) -> str:
    """The title as part of a file name: ASCII letters and digits, joined by dashes.

    Raises:
        CannotRun: if nothing is left.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    if not words:
        msg = f"“{title}” has no letter or digit to name a file by. Give a title in Latin letters."
        raise CannotRun(msg)
    return "-".join(words)[:60].rstrip("-")


def _next_number(root: Path, folder: str) -> int:
    here = [path.name for path in (root / folder).glob("*")]
    return 1 + max((_number(name) for name in [*here, *_on_branches(root, folder)]), default=0)


def _number(name: str) -> int:
    found = _NUMBERED.match(name)
    return int(found[1]) if found else 0


def _on_branches(root: Path, folder: str) -> Iterable[str]:
    try:
        listed = processes.run(
            ["git", "for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes"], cwd=root
        )
        for commit in dict.fromkeys(listed.out.split()):
            names = processes.run(["git", "ls-tree", "--name-only", commit, f"{folder}/"], cwd=root)
            yield from (Path(line).name for line in names.out.splitlines())
    except Unavailable:
        return


def _template(name: str) -> Template:
    text = resources.files("tenhats.making").joinpath("templates", f"{name}.md").read_text("utf-8")
    return Template(text)


def _write(path: Path, template: Template, *, title: str, name: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(template.substitute(title=title, name=name, today=_today()), encoding="utf-8")


def _today() -> str:
    return datetime.date.today().isoformat()
