"""What the specification engineer promises: specifications that are whole, plain and measurable.

The questions are those of the spec-kit templates (https://github.com/github/spec-kit) and of the
INCOSE Guide to Writing Requirements: one thing a requirement (R18), a definite obligation (R1),
nothing left open (R9), measurable performance (R34).
"""

from __future__ import annotations

import re

from tenhats.facts.specs import Specs
from tenhats.formats import words
from tenhats.formats.markdown import without_code
from tenhats.formats.model import Feature, Requirement
from tenhats.gates import Gate
from tenhats.prose.duties import times_obliged
from tenhats.prose.measures import is_measured
from tenhats.rule import Findings, Place, rule

_DETAILED = "Writes detailed feature specifications"
_REQUIREMENTS = ("Requirements", words.REQUIREMENTS)
_SECTIONS = {
    "spec-kit": (
        ("User Scenarios & Testing", re.compile(r"user scenarios|user stor", re.IGNORECASE)),
        _REQUIREMENTS,
        ("Success Criteria", re.compile(r"success criteria|measurable outcomes", re.IGNORECASE)),
    ),
    "openspec": (("Purpose", re.compile(r"purpose", re.IGNORECASE)), _REQUIREMENTS),
    "kiro": (("Introduction", re.compile(r"introduction|overview", re.IGNORECASE)), _REQUIREMENTS),
}
_OBLIGED = {"spec-kit", "openspec", "kiro"}
_QUOTED = re.compile(r"\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”|「[^」\n]{0,200}」")
_NON_LATIN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@rule("SPC001", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def specifications_have_their_sections(specs: Specs) -> Findings:
    """Every specification has its sections.

    Who wants what, what the software must do, and how one will know: a specification has the
    sections that its format calls mandatory, each as a heading. Those of spec-kit:

        ## User Scenarios & Testing
        ## Requirements
        ## Success Criteria

    OpenSpec has Purpose and Requirements, Kiro has Introduction and Requirements. A change's delta
    and BMAD's files have none that every one must have.
    """
    findings = Findings()
    wanted = [each for each in specs.features if each.format in _SECTIONS and not _is_change(each)]
    for feature in findings.over(wanted, nothing="there is no specification"):
        for title, known in _SECTIONS[feature.format]:
            if not any(known.search(section.title) for section in feature.sections):
                line = _translated(feature)
                if line is None:
                    findings.add(
                        Place(feature.path, 1),
                        f"{feature.name} has no section “{title}”",
                        f"add the heading: ## {title}",
                    )
    return findings


def _is_change(feature: Feature) -> bool:
    return feature.path.startswith("openspec/changes/")


def _translated(feature: Feature) -> int | None:
    """The line of the first heading that is not in Latin script: its words are not ours to judge."""
    for section in feature.sections:
        if section.level == 2 and _NON_LATIN.search(section.title):
            return section.line
    return None


@rule("SPC002", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def names_are_unique(specs: Specs) -> Findings:
    """Every requirement has a name of its own.

    Two requirements under one number cannot be told apart by a test, a task or a reviewer. Give the
    second one the next free number; a number, once used, is never given to something else, not even when
    its requirement is struck out.
    """
    findings = Findings()
    numbered = (each for each in specs.features if each.format != "openspec")
    first = {gone.name: gone.line for each in numbered for gone in each.withdrawn}
    taken = specs.names | first.keys()
    free: dict[str, str] = {}
    for each in findings.over(specs.promises, nothing="there is no requirement"):
        if each.name in first:
            findings.add(
                each,
                f"{each.name} already stands on line {first[each.name]}",
                f"call it {_next_free(each.name, taken, free)}",
            )
        first.setdefault(each.name, each.line)
    return findings


def _next_free(name: str, names: frozenset[str], known: dict[str, str]) -> str:
    """The next name of its kind that nothing bears; `known` remembers it for every name passed on the way."""
    numbered = re.match(r"(.*?)(\d+)[a-z]?$", name)
    if not numbered:
        return "something else: its words are its name"
    stem, digits = numbered.groups()
    number, at, passed = int(digits), f"{stem}{digits}", list[str]()
    while at in names and at not in known:
        passed.append(at)
        number += 1
        at = f"{stem}{number:0{len(digits)}d}"
    free = known.get(at, at)
    known.update(dict.fromkeys(passed, free))
    return free.rpartition("/")[2]


@rule("SPC003", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def requirements_oblige_once(specs: Specs) -> Findings:
    """Every requirement says MUST exactly once.

    Without a MUST (or SHALL) nobody knows whether it is an obligation; with two, half of it can be
    met and the number still ticked. Split it:

        - **FR-003**: System MUST reject a blank name
        - **FR-004**: System MUST name the reason on standard error

    Words in quotation marks and in code are not counted, and beside a MUST in capitals no small one. A
    requirement of OpenSpec is a block and may oblige more than once; BMAD's formats oblige nobody by a
    word. INCOSE R18, ISO 29148 5.2.5 “singular”.
    """
    findings = Findings()
    wanted = [
        (each, one.format)
        for one in specs.features
        if one.format in _OBLIGED
        for each in one.requirements
        if each.kind not in {"SC", "AC"}
    ]
    for each, form in findings.over(wanted, nothing="there is no functional requirement"):
        text = _QUOTED.sub("", without_code(each.text))
        times = times_obliged(text, in_capitals=form == "spec-kit")
        if times == 0:
            findings.add(each, f"{each.name} obliges nobody: it has no MUST", "say what the system MUST do")
        elif times > 1 and form != "openspec" and not _NON_LATIN.search(each.text):
            findings.add(
                each,
                f"{each.name} says MUST {times} times: it is {times} requirements",
                "give each its own number",
            )
    return findings


@rule("SPC004", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def stories_have_scenarios(specs: Specs) -> Findings:
    """Every user story has a Given/When/Then scenario.

    A story says what somebody wants; only a scenario can be tested. Write, under the story:

        **Acceptance Scenarios**:

        1. **Given** a blank name, **When** I ask for a greeting, **Then** I am told what is wrong

    Asked of spec-kit's stories and of BMAD's, where a scenario is an acceptance criterion.
    """
    findings = Findings()
    wanted = [story for one in specs.features if _tells_scenarios(one) for story in one.stories]
    for story in findings.over(wanted, nothing="there is no user story"):
        if not story.scenarios:
            findings.add(
                story,
                f"{story.name} “{story.title}” has no acceptance scenario",
                "add: 1. **Given** …, **When** …, **Then** …",
            )
    return findings


def _tells_scenarios(feature: Feature) -> bool:
    """Whether the format gives its stories scenarios: Kiro's have criteria, a PRD's journeys have none."""
    if feature.format == "bmad":
        return bool(feature.scenarios)
    return feature.format == "spec-kit" and not any(each.kind == "AC" for each in feature.requirements)


@rule("SPC005", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def success_is_measurable(specs: Specs) -> Findings:
    """Every success criterion carries a number or names what can be observed.

    “Fast” is an opinion. A success criterion names a number with its unit, a quantity without
    exception (all, every, none), or something that anybody can look at: code or words in quotation
    marks that appear, two things that are the same, something that does not happen:

        - **SC-001**: A greeting is made within 1 millisecond
        - **SC-002**: `greet --help` names both options

    Whether the words around it are vague is asked by SPC011. A criterion in Chinese, Japanese or Korean is
    only advised: fewer of their words are known here. INCOSE R34 “measurable performance”.
    """
    findings = Findings()
    wanted = [each for each in specs.requirements if each.concern == "success"]
    for each in findings.over(wanted, nothing="there is no success criterion"):
        text = _bare(each)
        if not (is_measured(text) or _QUOTED.search(text)):
            tell = findings.advise if _NON_LATIN.search(text) else findings.add
            tell(each, f"{each.name} cannot be measured: it has no number", "say how much, in which unit")
    return findings


def _bare(each: Requirement) -> str:
    return re.sub(r"\b(?:FR|SC|NFR)-?\d+\b", "", each.text)


@rule("SPC006", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def nothing_is_left_open(specs: Specs) -> Findings:
    """No question is left open.

    `[NEEDS CLARIFICATION: …]` is an honest mark while a specification is written. Before it is built,
    ask the question, write the answer under “## Clarifications”, and replace the mark by what was
    decided. Words that a checklist, a quotation or a code block repeats are not counted.
    """
    findings = Findings()
    for _ in findings.over(specs.features, nothing="there is no specification"):
        pass
    for question in specs.questions:
        asked = f": {question.text}" if question.text else ""
        findings.add(question, f"a question is left open{asked}", "ask it, and write down the answer")
    return findings


@rule("SPC008", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def specifications_can_be_read(specs: Specs) -> Findings:
    """Every specification can be read.

    What cannot be read cannot be judged, and must not pass for it: no specification at all, a file
    that is empty, not UTF-8 or far too long, a code block or comment that is never closed and
    swallows the requirements after it, a file that looks like a specification and in which nothing was
    found, or one with requirements that stands where none is read. `nox -s explain -- formats` says which
    files are read as what.
    """
    findings = Findings()
    for _ in findings.over(specs.features, nothing="there is no specification"):
        pass
    for problem in specs.problems:
        findings.looked_at += 1
        tell = findings.advise if problem.advice else findings.add
        tell(problem, problem.message, problem.fix)
    return findings
