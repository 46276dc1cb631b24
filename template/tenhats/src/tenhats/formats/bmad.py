"""BMAD's product requirements, epics, stories and quick specifications, of the older and the newer kind.

The format: https://github.com/bmad-code-org/BMAD-METHOD. A story's acceptance criteria are its
scenarios. An epic repeats what the product requirements and the story files say: there the files speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tenhats.formats import ids, speckit, words
from tenhats.formats.blocks import item_of, sections_of, status_of, terms_of, version_of
from tenhats.formats.criteria import acceptance_lines, criteria_of
from tenhats.formats.definitions import bmad_defined_in
from tenhats.formats.markdown import Heading, Line, Page, heading_of
from tenhats.formats.model import Feature, Requirement, Scenario, Status, Story, Task
from tenhats.formats.tasks import tasks_of

_SYMBOLS = re.compile(r"^[^\w(]+")
_JOURNEY = re.compile(r"(?:\*\*)?(?P<id>UJ-?\d{1,3})(?:\*\*)?\s*[:：.—–-]?\s*(?P<title>[^\n]*)$")
_TASK_HEADING = re.compile(
    r"(?:Task|任务|タスク|작업)\s+(?P<number>(?:[A-Z]{1,2}\.)?\d{1,3}(?:\.\d{1,3}){0,3})\s*[:：.—–-]\s*(?P<title>[^\n]*)$"
)
_CRITERIA = re.compile(
    r"(?<![A-Za-z-])(?P<all>\([Aa]ll\s{1,2})?(?:ACs?|Acceptance Criteria)(?![A-Za-z])[\s-]{0,2}[:：]?\s{0,2}"
    r"(?P<what>#?\d{1,3}(?:\.\d{1,3})?(?:\s{0,2}(?:,|-|–|/|&|to|and)\s{0,2}(?:ACs?\s?)?#?\d{1,3}(?:\.\d{1,3})?)*"
    r"|(?:all|alle)\b)?"
)
_STORY_FILE = re.compile(r"(?:story[-_.])?(?P<number>(?:[a-z]|\d{1,3})[-.]\d{1,3}[a-z]?)(?!\d)(?:[-._]|$)")
_ROW = re.compile(
    r"[ \t]{2,8}(?P<name>[A-Za-z0-9][\w.-]{0,200}):[ \t]+(?P<status>[\w-]{1,40})[ \t]*(?:#[^\n]*)?$"
)
_REQUIREMENT_COLUMN = re.compile(
    r"Requirements?|要件|需求|요구사항|Anforderung|Exigence|Requisito", re.IGNORECASE
)
_MOST_WORDS = 100
_NOTES = re.compile(
    r"Dev(?:eloper|elopment)? (?:Notes?|Agent|Guide)|QA\b|Quality Gate|Change ?Log"
    r"|Code Review|Senior|References?\b"
    r"|Completion|File List|Testing|Review",
    re.IGNORECASE,
)
"""What stands beside a story: it cites requirements, and defines none."""

_NOTES_LEVEL = 2


@dataclass(frozen=True)
class _Region:
    """A story's heading and the lines up to the next one."""

    heading: Heading
    number: str
    title: str
    lines: Sequence[Line]


def product(page: Page, path: str, feature: str) -> Feature:
    """A PRD, of either generation, or a part of one; and `SPEC.md`."""
    defined = bmad_defined_in(page, path, feature)
    requirements = defined.requirements or tuple(_tabled(page, path, feature))
    journeys = (
        Story(path, each.number, f"{feature}/{found['id']}", found["title"], None, ())
        for each in page.headings
        if each.level > 1 and (found := _JOURNEY.match(each.text))
    )
    stories = tuple(_story(region, path, feature) for region in _regions(page, least=2))
    stories = stories or tuple(_listed(page, path, feature))
    every = (*journeys, *stories)
    return _feature(page, path, feature, requirements=requirements, stories=every, withdrawn=defined.retired)


def story(page: Page, path: str, feature: str) -> Feature:
    """A story file, or a quick specification: one story with its criteria and tasks."""
    criteria = tuple(_scenarios(page.lines, path, f"{feature}/AC"))
    title = _SYMBOLS.sub("", speckit.title_of(page, feature))
    first = next(iter(page.headings), None)
    named = words.STORY.match(title)
    own = Story(
        path,
        first.number if first else 1,
        f"{feature}/story",
        named["title"] if named else title,
        None,
        criteria,
    )
    accepting = acceptance_lines(page.lines)
    defined = bmad_defined_in(_own(page), path, feature).requirements
    requirements = tuple(each for each in defined if each.line not in accepting)
    names = [*(each.name for each in requirements), *(each.name for each in criteria)]
    known = [name.removeprefix(f"{feature}/") for name in names]
    tasks = tuple(_tasks(page, path, feature, known))
    return _feature(page, path, feature, requirements=requirements, stories=(own,), tasks=tasks)


def status_file(text: str, path: str, feature: str) -> Feature:
    """`sprint-status.yaml`: what each story is said to have reached, a task a story."""
    tasks: list[Task] = []
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1] not in {" ", "\t", "#", "\r", ""}:
            inside = line.startswith("development_status:")
        found = _ROW.match(line.rstrip("\r")) if inside else None
        if found:
            done = found["status"] in {"done", "completed", "optional"}
            tasks.append(Task(path, number, found["name"], found["status"], done))
    return Feature(feature, path, feature, tasks=tuple(tasks), format="bmad")


def settled(features: Sequence[Feature]) -> list[Feature]:
    """The features of one project: nothing told twice, and each story's status and references."""
    said = {
        task.name: Status(task.path, task.line, task.text)
        for one in features
        if _is_status(one)
        for task in one.tasks
    }
    every = [one for one in features if not _is_status(one)]
    first = {_bare(each.name) for one in every if not _retells(one) for each in one.requirements}
    product = {
        _bare(each.name)
        for one in every
        if not (_retells(one) or _is_story(one))
        for each in one.requirements
    }
    files = {number for one in every if _is_story(one) and (number := _number(one))}
    kept: list[Feature] = []
    for one in every:
        if _retells(one):
            requirements = tuple(must for must in one.requirements if _bare(must.name) not in first)
            stories = tuple(told for told in one.stories if _bare(told.name).lower() not in files)
            kept.append(replace(one, requirements=requirements, stories=stories))
        else:
            cited = product if _is_story(one) else frozenset[str]()
            requirements = tuple(must for must in one.requirements if _bare(must.name) not in cited)
            again = said.get(_stem(one))
            kept.append(
                replace(
                    one,
                    requirements=requirements,
                    status=again or one.status,
                    status_again=one.status if again else None,
                )
            )
    where: dict[str, set[str]] = {}
    for name in (name for one in kept for name in one.names):
        where.setdefault(_bare(name), set()).add(name)
    return [replace(one, tasks=tuple(_referred(one, where))) for one in kept]


def _referred(feature: Feature, where: dict[str, set[str]]) -> Iterator[Task]:
    """A feature's tasks; one of a story may name a requirement of the product."""
    own = feature.names

    def meant(name: str) -> str:
        found = where.get(_bare(name), set())
        return next(iter(found)) if name not in own and len(found) == 1 else name

    for task in feature.tasks:
        yield replace(task, refs=tuple(meant(name) for name in task.refs)) if task.refs else task


def _is_status(feature: Feature) -> bool:
    return feature.path.endswith((".yaml", ".yml"))


def _is_story(feature: Feature) -> bool:
    return any(each.name == f"{feature.name}/story" for each in feature.stories)


def _retells(feature: Feature) -> bool:
    """Whether a file repeats what others define: epics, and the parts of a PRD that was taken apart."""
    return not _is_story(feature) and ("epic" in _stem(feature).lower() or "/prd/" in feature.path.lower())


def _number(feature: Feature) -> str | None:
    """The story's number, `1.1`, by its title or its file's name."""
    titled = words.STORY.match(feature.title)
    if titled:
        return _dotted(titled["number"]).lower()
    named = _STORY_FILE.match(_stem(feature))
    return named["number"].replace("-", ".") if named else None


def _dotted(number: str) -> str:
    """A story's number as BMAD writes it: `1.2`, where people write `1-2` too; `10.1-H` keeps its letter."""
    return re.sub(r"-(?=\d)", ".", number)


def _feature(page: Page, path: str, feature: str, **more: object) -> Feature:
    title = _SYMBOLS.sub("", speckit.title_of(page, feature))
    return Feature(
        feature,
        path,
        title,
        sections_of(page, path),
        format="bmad",
        status=status_of(page, path),
        terms=terms_of(page, path),
        version=version_of(page, path),
        **more,  # type: ignore[arg-type]
    )


def _bare(name: str) -> str:
    return name.rpartition("/")[2]


def _stem(feature: Feature) -> str:
    return feature.path.rpartition("/")[2].rpartition(".")[0]


def _regions(page: Page, *, least: int) -> Iterator[_Region]:
    """Each story of a page that holds several; an index that only names stories twice names one."""
    opened: tuple[Heading, re.Match[str], int] | None = None
    for index, line in enumerate(page.lines):
        heading = heading_of(line)
        if not heading:
            continue
        if opened and heading.level <= opened[0].level:
            yield _Region(opened[0], opened[1]["number"], opened[1]["title"], page.lines[opened[2] : index])
            opened = None
        found = words.STORY.match(_SYMBOLS.sub("", heading.text)) if heading.level >= least else None
        if found and opened is None:
            opened = (heading, found, index + 1)
    if opened:
        yield _Region(opened[0], opened[1]["number"], opened[1]["title"], page.lines[opened[2] :])


def _story(region: _Region, path: str, feature: str) -> Story:
    name = f"{feature}/{_dotted(region.number)}"
    scenarios = tuple(_scenarios(region.lines, path, f"{name}.AC"))
    return Story(path, region.heading.number, name, region.title, None, scenarios)


def _listed(page: Page, path: str, feature: str) -> Iterator[Story]:
    """The stories that an epic only lists, each told in a file of its own: `1. [Story 1.1: Greet](…)`."""
    for line in page.lines:
        item = item_of(line)
        found = words.STORY.match(_SYMBOLS.sub("", item.text)) if item and line.indent <= 1 else None
        if found:
            yield Story(path, line.number, f"{feature}/{_dotted(found['number'])}", found["title"], None, ())


def _own(page: Page) -> Page:
    """A story's page without the notes that stand beside it."""
    lines: list[Line] = []
    noted = False
    for line in page.lines:
        heading = heading_of(line)
        if heading and heading.level <= _NOTES_LEVEL:
            noted = bool(_NOTES.match(_SYMBOLS.sub("", heading.text)))
        if not noted:
            lines.append(line)
    return replace(page, lines=tuple(lines))


def _scenarios(lines: Sequence[Line], path: str, prefix: str) -> Iterator[Scenario]:
    for each in criteria_of(lines):
        yield Scenario(path, each.line.number, f"{prefix}{each.number}", each.text)


def _tasks(page: Page, path: str, feature: str, known: Sequence[str]) -> Iterator[Task]:
    """The boxes of a story that are not criteria, and the headings that are tasks."""
    criteria = ids.Known(each.removeprefix("AC") for each in known if each.startswith("AC"))
    accepting = acceptance_lines(page.lines)
    sections = _task_lines(page)
    for each in tasks_of(Page(tuple(sections)), path, feature, known):
        if each.line not in accepting:
            own = (ref for ref in each.refs if not ref.startswith(f"{feature}/AC"))
            named = (f"{feature}/{name}" for name in _criteria_in(each.text, criteria))
            refs = tuple(dict.fromkeys((*own, *named)))
            yield replace(each, refs=refs)
    for heading in page.headings:
        found = _TASK_HEADING.match(_SYMBOLS.sub("", heading.text))
        if found and heading.level > 1:
            refs = tuple(f"{feature}/{name}" for name in ids.named_in(found["title"]))
            done = "✅" in found["title"]
            yield Task(path, heading.number, found["number"], found["title"], done, refs, has_box=False)


def _task_lines(page: Page) -> Iterator[Line]:
    """The lines under headings that speak of tasks or an implementation plan."""
    level = 0
    for line in page.lines:
        heading = heading_of(line)
        if heading and (not level or heading.level <= level):
            level = heading.level if words.TASKS.search(heading.text) and heading.level > 1 else 0
        if level:
            yield line


def _criteria_in(text: str, criteria: ids.Known) -> Iterator[str]:
    """The criteria that a task names: `(AC: #1, #3)`, `(AC: 1-5)`, `(all AC)`."""
    for found in _CRITERIA.finditer(text):
        what = (found["what"] or "").replace("#", "").replace("ACs", "").replace("AC", "")
        if found["all"] or what.strip().lower() in {"all", "alle"}:
            numbers = criteria.all()
        else:
            numbers = ids.numbers_in(what, criteria)
        yield from (f"AC{number}" for number in numbers)


def _tabled(page: Page, path: str, feature: str) -> Iterator[Requirement]:
    """Requirements without ids, a row each in a table with a column `Requirement`: the words are the name."""
    kind = ""
    column: int | None = None
    for line in page.lines:
        heading = heading_of(line)
        if heading:
            kind = "NFR" if words.NON_FUNCTIONAL.search(heading.text) else "FR"
            kind = kind if words.REQUIREMENTS.search(heading.text) else ""
        cells = [cell.strip(" *") for cell in line.text.strip().strip("|").split("|")]
        if not kind or line.text.lstrip()[:1] != "|":
            column = None
        elif column is None:
            found = (at for at, cell in enumerate(cells) if _REQUIREMENT_COLUMN.fullmatch(cell))
            column = next(found, -1)
        elif 0 <= column < len(cells) and cells[column].strip("-: "):
            words_ = cells[column]
            yield Requirement(path, line.number, f"{feature}/{words_[:_MOST_WORDS]}", kind, words_)
