"""What the architect promises: decisions on record, a plan before the work, imports that keep to it."""

from __future__ import annotations

import re

from tenhats.facts.decisions import FOLDER, Decision, Decisions
from tenhats.facts.reviews import Reviews
from tenhats.facts.specs import Specs
from tenhats.facts.style import Layers
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.complaints import handed_on, unreviewed

_STATUS = re.compile(r"(?:proposed|accepted|rejected|deprecated|superseded)\b", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_SECTIONS = {
    "context": "## Context and Problem Statement",
    "considered options": "## Considered Options",
    "decision": "## Decision Outcome",
    "consequences": "### Consequences",
}


@rule("ARC001", gate=Gate.DOCUMENTATION, practice="Documents architectural decisions (ADRs)")
def decisions_are_complete(decisions: Decisions) -> Findings:
    """Every decision record is complete.

    A decision without its reasons is taken again by the next person. A record in `docs/adr/` has a
    status (proposed, accepted, rejected, deprecated, superseded), a date, the context, at least two
    options, the outcome and its consequences, each with words in it:

        ---
        status: accepted
        date: 2026-11-22
        ---
        # Keep prices in cents

        ## Context and Problem Statement
        ## Considered Options
        ## Decision Outcome
        ### Consequences

    `nox -s adr -- "Title"` makes one. The form is MADR: https://adr.github.io/madr/
    """
    findings = Findings()
    for record in findings.over(decisions.records, nothing=f"there is no decision in {FOLDER}/"):
        for message, fix in _what_is_missing(record):
            line = record.status_line if "status" in message else 1
            findings.add(Place(record.path, line), message, fix)
    for problem in decisions.problems:
        findings.add(problem, problem.message, problem.fix)
    return findings


def _what_is_missing(record: Decision) -> list[tuple[str, str]]:
    missing = []
    if not record.title:
        missing.append(("this decision has no title", "begin with: # What was decided"))
    if not record.status:
        missing.append(("this decision has no status", "add to the front matter: status: accepted"))
    elif not _STATUS.match(record.status):
        known = "proposed, accepted, rejected, deprecated or superseded by ADR-0000"
        missing.append((f"the status “{record.status}” is not one of MADR's", f"write {known}"))
    if not record.date or not _DATE.match(record.date):
        missing.append(("this decision has no date", "add to the front matter: date: YYYY-MM-DD"))
    for word, heading in _SECTIONS.items():
        if not any(section.startswith(word) for section in record.sections):
            missing.append((f"this decision says nothing under “{heading}”", "write the section"))
    if any(section.startswith("considered options") for section in record.sections) and record.options < 2:
        missing.append(("one option is no choice", "list at least two under “## Considered Options”"))
    return missing


@rule("ARC002", gate=Gate.DOCUMENTATION, practice="Documents architectural decisions (ADRs)")
def decisions_are_indexed(decisions: Decisions) -> Findings:
    """Every decision is in the index, under one number.

    A decision nobody finds is not on record. `docs/adr/index.md` links to every record and to
    nothing else, and no two records bear one number:

        | 7 | [Keep prices in cents](0007-keep-prices-in-cents.md) | accepted | 2026-11-22 |

    `nox -s adr -- "Title"` takes the next number and adds the line.
    """
    findings = Findings()
    taken: dict[int, Decision] = {}
    for record in findings.over(decisions.records, nothing=f"there is no decision in {FOLDER}/"):
        name = record.path.rpartition("/")[2]
        if record.number in taken:
            other = taken[record.number].path
            findings.add(record, f"number {record.number} is taken by {other}", "give it the next number")
        taken.setdefault(record.number, record)
        if record.path not in decisions.indexed:
            where = decisions.index or f"{FOLDER}/index.md"
            fix = f"add to {where}: [{record.title or name}]({name})"
            findings.add(Place(record.path, 1), f"the index {where} does not name this decision", fix)
    for problem in decisions.dangling:
        findings.add(problem, problem.message, problem.fix)
    return findings


@rule(
    "ARC003",
    gate=Gate.STYLE,
    practice="Establishes project structure following Python best practices",
)
def imports_keep_to_contracts(layers: Layers) -> Findings:
    """Imports keep to the contracts.

    The structure that a picture shows is the one that the imports have. The contracts stand in
    `[tool.importlinter]` of `pyproject.toml`; as shipped, no two modules may import each other in a
    circle. Draw your own layers as the project grows:

        [[tool.importlinter.contracts]]
        name = "the core knows nothing of the command line"
        type = "layers"
        layers = ["mypackage.cli", "mypackage.core"]

    Looked at by import-linter: https://import-linter.readthedocs.io/
    """
    return handed_on(
        layers,
        nothing="there is no contract in [tool.importlinter]",
        fix="move what both need into a module of its own, or import it the other way round",
    )


_PLANS = {"spec-kit": "plan.md", "kiro": "design.md"}


@rule(
    "ARC004",
    gate=Gate.SPECIFICATIONS,
    practice="Creates comprehensive system specifications before implementation",
)
def features_are_planned(specs: Specs) -> Findings:
    """Every feature is planned before a task of it is done.

    A plan written afterwards is a report. As soon as a task is ticked in `tasks.md`, `plan.md` must
    stand beside the specification; `nox -s spec` makes both, and so does spec-kit's `/speckit.plan`.
    In Kiro the plan is `design.md`. OpenSpec and BMAD do not ask for one.
    """
    findings = Findings()
    wanted = [each for each in specs.features if each.format in _PLANS]
    for feature in findings.over(wanted, nothing="there is no feature"):
        done = next((task for task in feature.tasks if task.done), None)
        if done and not feature.plan:
            plan = _PLANS[feature.format]
            findings.add(
                done,
                f"{feature.name}: a task is ticked, and there is no {plan}",
                f"write {feature.path.rpartition('/')[0]}/{plan} first",
            )
    return findings


@rule(
    "ARC005",
    gate=Gate.SPECIFICATIONS,
    practice="Creates comprehensive system specifications before implementation",
)
def the_architect_has_reviewed(specs: Specs, reviews: Reviews) -> Findings:
    """What is being built has been reviewed by the architect, in its present words.

    A specification that changes after its review has not been reviewed. Read it, then record what you say;
    the record remembers the words of every requirement and scenario:

        nox -s review -- architect 001-greeting

    Asked as soon as work has begun: a task is ticked, or the status claims that the feature is approved,
    implemented, done or the like. A review with `--verdict changes-requested` stands as a finding until
    there is a better one. `nox -s review` lists what is due.
    """
    return unreviewed("architect", specs, reviews)
