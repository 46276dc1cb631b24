"""The architecture decision records under `docs/adr/`, in MADR form, and their index."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from tenhats.fact import Project, fact
from tenhats.facts.specs import read_file
from tenhats.facts.tree import Tree
from tenhats.formats.markdown import without_code
from tenhats.formats.model import Problem

FOLDER = "docs/adr"
_NUMBER = r"(?:\bADR[-\s#]{0,2}0{0,5}(?P<adr>\d{1,6})|(?<![\d.-])0{0,5}(?P<bare>\d{4,6}))\b(?!\.\d|-\d)"
_NUMBERS = re.compile(_NUMBER, re.IGNORECASE)
_REPLACES = re.compile(r"\b(?:supersedes|replaces)\b", re.IGNORECASE)
_REPLACED = re.compile(r"\bsuperseded\b", re.IGNORECASE)
_NAME = re.compile(r"(\d{1,6})-[^/]+\.md$")
_FIELD = re.compile(r"(status|date)\s*:\s*([\"']?)((?:[^\s\"'][^\"'\n]*)?)\2$", re.IGNORECASE)


@dataclass(frozen=True)
class Decision:
    """One record: its number, its status and date, the sections that have words, its options.

    `superseded_by` and `supersedes` are the numbers of the records that it says so of.
    """

    path: str
    number: int
    title: str
    status: str | None
    status_line: int
    date: str | None
    sections: tuple[str, ...]
    options: int
    line: int = 1
    is_superseded: bool = False
    superseded_by: tuple[int, ...] = ()
    supersedes: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Decisions:
    """Every decision record, the index's path, and the files that the index links to."""

    records: tuple[Decision, ...] = ()
    index: str | None = None
    indexed: frozenset[str] = frozenset()
    dangling: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@fact()
def read_decisions(project: Project, tree: Tree) -> Decisions:
    """Read the records and the index."""
    problems: list[Problem] = []
    records = []
    for path in tree.matching(f"{FOLDER}/*.md"):
        named = _NAME.search(path)
        if named and (record := _read_record(project, path, int(named[1]), problems)):
            records.append(record)
    index = next((path for path in tree.matching(f"{FOLDER}/index.md", f"{FOLDER}/README.md")), None)
    indexed: set[str] = set()
    dangling: list[Problem] = []
    page = read_file(project.root, index, problems) if index else None
    for line in page.lines if page else ():
        for target in re.findall(r"\]\(([^()\s]{1,200}\.md)\)", line.text):
            linked = str(PurePosixPath(FOLDER) / target)
            indexed.add(linked)
            if linked not in tree.files and not target.startswith(("http", "..")):
                message = f"the index names {target}, which does not exist"
                dangling.append(Problem(index or "", line.number, message, "correct or delete the line"))
    return Decisions(tuple(records), index, frozenset(indexed), tuple(dangling), tuple(problems))


def _read_record(project: Project, path: str, number: int, problems: list[Problem]) -> Decision | None:
    page = read_file(project.root, path, problems)
    if page is None:
        return None
    fields, status_line = _front_matter(project, path)
    title, section, options = "", "", 0
    filled: set[str] = set()
    headings = {heading.number: heading for heading in page.headings}
    for line in page.lines:
        heading = headings.get(line.number)
        if heading and heading.level == 1:
            title = title or heading.text
        elif heading and heading.level <= 3:
            section = heading.text.lower()
        elif line.text.strip() and section:
            filled.add(section)
            options += section.startswith("considered options") and bool(re.match(r"\s*[-*+]\s", line.text))
            if section == "status" and "status" not in fields:
                fields["status"], status_line = line.text.strip(), line.number
    text = "\n".join(line.text for line in page.lines)
    status = fields.get("status") or ""
    return Decision(
        path,
        number,
        title,
        fields.get("status"),
        status_line,
        fields.get("date"),
        tuple(sorted(filled)),
        options,
        is_superseded=bool(_REPLACED.match(status)),
        superseded_by=_numbers_in(status),
        supersedes=tuple(
            other
            for line in (*(each.text for each in page.front), *text.split("\n"))
            if (said := _REPLACES.search(line))
            for other in _numbers_in(line[said.end() :])
            if other != number
        ),
        text=text,
    )


def _numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of the records that a text names: `ADR-7`, `0007`, a link to `0007-title.md`."""
    named = (int(found["adr"] or found["bare"]) for found in _NUMBERS.finditer(text))
    return tuple(dict.fromkeys(named))


def _front_matter(project: Project, path: str) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    status_line = 1
    lines = (project.root / path).read_text(encoding="utf-8-sig").splitlines()
    inside = bool(lines) and lines[0].strip() == "---"
    for number, line in enumerate(lines[1:40] if inside else lines[:12], 2 if inside else 1):
        if inside and line.strip() == "---":
            break
        if found := _FIELD.match(line.lstrip("*- ").rstrip()):
            fields[found[1].lower()] = found[3].strip("* ")
            if found[1].lower() == "status":
                status_line = number
    return fields, status_line


@dataclass(frozen=True)
class Mention:
    """A place outside the records that names a decision by its number."""

    path: str
    line: int
    number: int


@dataclass(frozen=True)
class DecisionMentions:
    """The pages that link to the decisions, and every place that names one of them."""

    leading: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


_LINK = re.compile(r"\]\(([^()\s#]{1,200})")
_MENTION = re.compile(r"\bADR-(\d{1,6})\b")


@fact(reads=("*.md", "mkdocs.yml", "*.py"))
def find_decision_mentions(project: Project, tree: Tree) -> DecisionMentions:
    """Read the pages, the specifications and the sources."""
    leading: list[str] = []
    found: list[Mention] = []
    for path in tree.matching("docs/*.md", f"{project.settings.specs}/*.md", "*.md", "mkdocs.yml"):
        if path.startswith((f"{FOLDER}/", "tenhats/", ".")):
            continue
        page = read_file(project.root, path, [])
        for line in page.lines if page else ():
            text = without_code(line.text)
            found += (Mention(path, line.number, int(number)) for number in _MENTION.findall(text))
            leads = any(_leads(path, target) for target in _LINK.findall(text))
            if leads or (path == "mkdocs.yml" and re.search(r"\badr(?:/|\b)", text)):
                leading.append(path)
    for path in tree.matching(f"{project.settings.source}/*.py"):
        text = (project.root / path).read_text(encoding="utf-8", errors="replace")
        for at, words in enumerate(text.splitlines() if "ADR-" in text else (), 1):
            found += (Mention(path, at, int(number)) for number in _MENTION.findall(words))
    return DecisionMentions(tuple(dict.fromkeys(leading)), tuple(found))


def _leads(page: str, target: str) -> bool:
    """Whether a link on a page goes to the decisions."""
    where = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
    return where == FOLDER or where.startswith(f"{FOLDER}/") or f"/{FOLDER}/" in target
