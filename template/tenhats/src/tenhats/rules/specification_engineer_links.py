"""What the specification engineer promises between files: what one names, the others have.

Tasks name requirements, requirements are named by tasks, and what a ticked task says it made is there.
INCOSE GtWR C10 “complete set”, C11 “consistent set”; the traceability of spec-kit's `/speckit.analyze`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tenhats.errors import did_you_mean
from tenhats.facts.specs import Specs
from tenhats.facts.tree import Tree
from tenhats.formats.model import Feature, Reference, Requirement, Scenario, Task
from tenhats.gates import Gate
from tenhats.rule import Findings, rule

_DETAILED = "Writes detailed feature specifications"
_VERSIONED = "Maintains specification versioning"
_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)")
_NUMBERED = re.compile(r"\d{1,3}-")
_ANOTHER = re.compile(
    r"\b(?:specs?|features?|change)[ /#-]{0,2}`?\d|\b\d{3}-[a-z]|\bother (?:spec|feature)", re.IGNORECASE
)
_REVIEWED = re.compile(r"\[(?:AI[- ])?Review\]", re.IGNORECASE)
_PATH = re.compile(
    r"(?<![\w/.~@:$*<{\[\]}-])(?P<path>\.?\w[\w.@+-]{0,80}(?:/[\w.@+\[\]()-]{1,100}){1,12}\.[A-Za-z]\w{0,7})"
    r"(?![\w/*{<\[-]|\.\w)"
)
_MAKES = re.compile(
    r"(?:\[[^\]\n]{1,12}\][ \t]*|\*\*[^*\n]{1,60}\*\*[:.]?[ \t]*){0,4}(?:create|add|write|implement|define"
    r"|build|make|set ?up|develop|(?:unit|integration|contract|end-to-end) tests?)\b",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:delet|remov|renam|mov|drop|replac|clean|retir|deprecat|extract|split|merg|migrat|convert|inlin"
    r"|consolidat|supersed|archiv|uninstall|refactor|temporar|copy|copied|from\b|instead\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w-]+")
_MADE = re.compile(r"(?:^|/)(?:build|dist|out|coverage|node_modules|\.env[\w.]*)(?:/|$)")
_GIVEN_UP = re.compile(r"supersed|retire|cancel|abandon|deprecat|reject|withdrawn|obsolete", re.IGNORECASE)


@rule("SPC014", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def requirements_are_reached_by_tasks(specs: Specs) -> Findings:
    """Every functional requirement is reached by a task.

    A requirement that no task names is forgotten, and nobody notices before the review. Name what a
    task is for at its end:

        - [ ] T003 [US1] Refuse a blank name in src/greeter/greeting.py (FR-004, US2.1)

    Kiro says the same with `_Requirements: 1.1, 2.3_`, BMAD with `(AC: 1)`. Asked once a task list
    reaches half of the feature's functional requirements (BMAD: of a story's criteria). Below that it
    is one advice, at the list: spec-kit's template asks for no references, and in 35 of 53 public
    features there are none. What a review added to a list is no plan, and not counted. OpenSpec has no
    ids to name.
    """
    findings = Findings()
    wanted = [one for one in specs.features if one.tasks and one.format != "openspec" and _to_reach(one)]
    for feature in findings.over(wanted, nothing="no feature has tasks and requirements that they can name"):
        planned = (task for task in feature.tasks if not _REVIEWED.match(task.text))
        named = {name for task in planned for name in task.refs}
        asked = _to_reach(feature)
        missed = [each for each in asked if each.name not in named]
        if 2 * len(missed) > len(asked):
            reached = f"{len(asked) - len(missed)} of its {len(asked)} requirements"
            findings.advise(
                feature.tasks[0],
                f"the tasks of {feature.name} name {reached}",
                f"say at the end of each task what it is for: ({asked[0].name.rpartition('/')[2]})",
            )
            continue
        for each in missed:
            bare = each.name.removeprefix(f"{feature.name}/")
            findings.add(each, f"{each.name} is reached by no task", _mention(feature, bare))
    return findings


def _to_reach(feature: Feature) -> Sequence[Requirement | Scenario]:
    if feature.format == "bmad":
        first = [each for each in feature.scenarios if "." not in _bare(each.name)]
        return first or feature.scenarios
    return [each for each in feature.requirements if each.concern == "functional"]


def _mention(feature: Feature, bare: str) -> str:
    """What to write into a task, in the words of its format."""
    form = {"kiro": f"_Requirements: {bare}_", "bmad": f"(AC: {bare.removeprefix('AC')})"}
    return f"add it to the task that does it: {form.get(feature.format, f'({bare})')}"


@rule("SPC015", gate=Gate.SPECIFICATIONS, practice=_VERSIONED)
def references_lead_somewhere(specs: Specs) -> Findings:
    """Every reference names a requirement that exists.

    A plan that cites FR-012 of a specification that ends with FR-011 was made for another version of it.
    Name what there is; what belongs to another feature is named with that feature:

        The refusal follows FR-006 and 001-greeting/FR-002.

    Looked at are the ids in specifications, plans, designs and task lists, Kiro's `_Requirements: 1.1_` and
    `Validates: Requirements 1.1`, and BMAD's `(AC: 1)`. An id of a kind that the feature does not
    define (a plan may have its own) is not asked for, nor what a range spans, nor an id of another feature
    which the same line names.
    """
    findings = Findings()
    known = {one.name: frozenset(map(_plain, _names(one))) for one in specs.features}
    everywhere = frozenset[str]().union(*known.values())
    for feature in specs.features:
        for each in findings.over(_references(feature), nothing="no file names a requirement"):
            qualified = _qualified(each, known)
            bare = each.name.removeprefix(f"{feature.name}/")
            if qualified is not None:
                of, name = qualified
                if _plain(name) not in known.get(of, ()):
                    near = did_you_mean(f"{of}/{name}", specs.names)
                    findings.add(each, f"there is no {of}/{name}.{near}", "correct the name")
            elif _plain(bare) not in known[feature.name] and _is_asked(bare, each, feature, everywhere):
                near = did_you_mean(bare, (_bare(name) for name in feature.names))
                findings.add(
                    each, f"{feature.name} has no {bare}.{near}", "name one that there is, or write it"
                )
    return findings


def _references(feature: Feature) -> Iterator[Reference]:
    """The references of all files; BMAD's tasks have theirs by the number of a criterion."""
    yield from feature.references
    if feature.format == "bmad":
        for task in feature.tasks:
            yield from (Reference(task.path, task.line, name, task.text) for name in task.refs)


def _names(feature: Feature) -> Iterator[str]:
    """The bare names of all that a feature defines or has retired, stories among them."""
    for each in (*feature.promises, *feature.withdrawn, *feature.stories):
        yield each.name.removeprefix(f"{feature.name}/")


@lru_cache(maxsize=10_000)
def _plain(bare: str) -> str:
    """An id as it is compared: `FR-001`, `FR001` and `FR-1` are one."""
    return _ZEROS.sub("", bare.replace("-", "")).upper()


def _qualified(each: Reference, known: dict[str, frozenset[str]]) -> tuple[str, str] | None:
    """The feature and the id, if the line names them together: `001-greeting/FR-002`."""
    bare = _bare(each.name)
    if f"/{bare}" not in each.text:
        return None
    found = re.search(rf"(?P<of>[\w.-]{{1,100}})/{re.escape(bare)}(?!\w)", each.text)
    if found and (found["of"] in known or _NUMBERED.match(found["of"])):
        return found["of"], bare
    return None


def _is_asked(bare: str, each: Reference, feature: Feature, everywhere: frozenset[str]) -> bool:
    """Whether an unknown id should be known."""
    if bare not in each.text and feature.format != "bmad":
        return False
    if bare[0].isdigit():
        return feature.format == "kiro"
    if _plain(bare) in everywhere and (feature.format == "bmad" or _names_another(each.text)):
        return False
    kinds = {_kind(name.removeprefix(f"{feature.name}/")) for name in feature.names}
    return _kind(bare) in kinds


def _names_another(text: str) -> bool:
    return bool(_ANOTHER.search(text))


def _bare(name: str) -> str:
    return name.rpartition("/")[2]


def _kind(bare: str) -> str:
    return re.split(r"[-\d]", bare, maxsplit=1)[0]


@rule("SPC016", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def ticked_tasks_made_what_they_name(specs: Specs, tree: Tree) -> Findings:
    """A ticked task that makes a file has made it.

    A tick says “done”; a file that is not there says otherwise. Write the file, take the tick back, or,
    if it has another name by now or was removed on purpose, say so in the task:

        - [X] T012 Create `src/greeter/shout.py` (removed again: nobody used it)

    Looked at are ticked tasks that begin with a word for making (create, add, write, implement), and the
    paths in their words. The file may stand in another folder. Not looked at are paths with wildcards or
    placeholders, what a build makes, features that were given up, and files that any task removes,
    moves or renames.
    """
    findings = Findings()
    files = {name.lower() for path in tree.files for name in (path, path.rpartition("/")[2])}
    tasks = (task for one in specs.features for task in one.tasks)
    gone = {word for task in tasks if _GONE.search(task.text) for word in _WORD.findall(task.text)}
    nothing = "no ticked task names a file that it makes"
    for task, path in findings.over(_promised(specs.features), nothing=nothing):
        name = path.rpartition("/")[2]
        if name.lower() not in files and name.partition(".")[0] not in gone:
            findings.add(
                task,
                f"{task.name or 'this task'} is ticked, and there is no {path}",
                f"write {path}, take the tick back, or say in the task what became of it",
            )
    return findings


def _promised(features: Iterable[Feature]) -> Iterator[tuple[Task, str]]:
    """Each file that a ticked task says it makes, once a task."""
    for feature in features:
        if feature.status and _GIVEN_UP.search(feature.status.text):
            continue
        for task in feature.tasks:
            if task.done and _MAKES.match(task.text) and not _GONE.search(task.text):
                paths = dict.fromkeys(found["path"] for found in _PATH.finditer(task.text))
                yield from ((task, path) for path in paths if not _MADE.search(path))
