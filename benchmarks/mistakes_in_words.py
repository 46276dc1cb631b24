"""Mistakes in what is written for people: specifications, contracts, decisions, documentation."""

from __future__ import annotations

from tests.defects.planted import both, replace, write
from tests.world import RealProject

from benchmarks.feature import CODE, CONTRACT, CRITERIA, PURPOSE, SCENARIO, SECOND_SCENARIO, TASKS
from benchmarks.planting import Mistake, in_code, in_spec, on_a_page

_DECISION = (
    "---\nstatus: fine\ndate: 2026-01-31\n---\n\n# Wave with one hand\n\n"
    "## Context and Problem Statement\n\nHow many hands?\n\n## Considered Options\n\n- One\n- Two\n\n"
    "## Decision Outcome\n\nOne.\n\n### Consequences\n\n- Good, because the other is free\n"
)


def _without_docstring(project: RealProject) -> None:
    before, _, rest = project.read(CODE).partition('    """Wave to one person.')
    project.write(CODE, before + rest.partition('    """\n')[2])


SPECIFICATIONS = (
    Mistake(
        "two requirements with one number",
        in_spec(("FR-002", "FR-001")),
        ("SPC002",),
        of_specifications=True,
    ),
    Mistake(
        "a requirement that obliges nobody",
        in_spec(("MUST wave", "can wave")),
        ("SPC003",),
        of_specifications=True,
    ),
    Mistake(
        "a vague requirement",
        in_spec(("refuse a blank name.", "refuse a blank name with an appropriate error.")),
        ("SPC011",),
        of_specifications=True,
    ),
    Mistake(
        "a list that is left open",
        in_spec(("white space around", "white space etc. around")),
        ("SPC012",),
        of_specifications=True,
    ),
    Mistake(
        "a question left open",
        in_spec(("in one line of text.", "in one line. [NEEDS CLARIFICATION: why?]")),
        ("SPC006",),
        of_specifications=True,
    ),
    Mistake(
        "a story, or a requirement, without a scenario",
        in_spec((SCENARIO, "None yet."), (SECOND_SCENARIO, "")),
        ("SPC004",),
        of_specifications=True,
    ),
    Mistake(
        "a success criterion that cannot be measured",
        in_spec(("Each of 3 names is waved to in 1 line.", "Waving is a joy.")),
        ("SPC005",),
        of_specifications=True,
    ),
    Mistake(
        "a specification without its purpose or its criteria",
        in_spec((f"\n{CRITERIA}", ""), (PURPOSE, "")),
        ("SPC001",),
        of_specifications=True,
    ),
    Mistake("a task for a requirement that does not exist", replace(TASKS, "FR-003", "FR-009"), ("SPC015",)),
    Mistake("an OpenAPI description without a title", replace(CONTRACT, "  title: Wave\n", ""), ("SPC007",)),
    Mistake(
        "an answer that has lost a property, under the same version",
        both(
            replace(CONTRACT, "                  text:\n", "                  words:\n"),
            replace(CONTRACT, "                  - text\n", "                  - words\n"),
        ),
        ("SPC024",),
    ),
    Mistake(
        "a decision with a status that nobody knows",
        write("docs/adr/0099-wave.md", _DECISION),
        ("ARC001",),
    ),
)

DOCUMENTATION = (
    Mistake("a link that leads nowhere", on_a_page("\nSee [the wave](wave.md).\n"), ("DOC001",)),
    Mistake("a public function without a docstring", _without_docstring, ("DOC002",)),
    Mistake(
        "a docstring with a parameter that is not there",
        in_code("\n    Returns:\n", "        loud: Whether to shout.\n\n    Returns:\n"),
        ("DOC008",),
    ),
    Mistake(
        "a parameter that the docstring leaves out",
        both(
            in_code("def wave(name: str) -> str:", 'def wave(name: str, hand: str = "o/") -> str:'),
            in_code('f"o/ {name}"\n', 'f"{hand} {name}"\n'),
        ),
        ("DEV003", "DOC008"),
    ),
    Mistake(
        "an example with a bracket that nothing opens",
        on_a_page('\n```python\nprint(wave("Ada"])\n```\n'),
        ("DOC005",),
    ),
    Mistake(
        "a command that calls a module which does not exist",
        on_a_page("\n```sh\npython -m trial.nothing\n```\n"),
        ("DOC006",),
    ),
    Mistake(
        "a page that names a decision which nobody took",
        on_a_page("\nWhy is it so? See ADR-0777.\n"),
        ("DOC007",),
    ),
)
