"""A small good feature, specified, tested and written in one way for every project that is compared.

Defects are planted into it, so each project has to be green with it first. Its lines are what all of their
formatters leave alone, and at most 80 columns wide, since one of them breaks prose there.
"""

from __future__ import annotations

PACKAGE = "trial"
CODE = f"src/{PACKAGE}/wave.py"
TESTS = "tests/test_wave.py"
SPEC = "specs/002-wave/spec.md"
PLAN = "specs/002-wave/plan.md"
TASKS = "specs/002-wave/tasks.md"
CONTRACT = "specs/002-wave/contracts/api.yaml"
OPENSPEC = "openspec/specs/wave/spec.md"
REQCOV = "docs/requirements/wave.md"

REQUIREMENTS = {
    "FR-001": "The library MUST wave in one line of text.",
    "FR-002": "The library MUST leave out white space around the name.",
    "FR-003": "The library MUST refuse a blank name.",
}

PURPOSE = "## Purpose\n\nWhat the library does to wave to one person, by name.\n\n"
SCENARIO = """\
1. **Given** the name `Ada`, **When** a developer calls the library with it,
   **Then** the library waves."""
CRITERION = "Each of 3 names is waved to in 1 line."
CRITERIA = f"""\
## Success Criteria

### Measurable Outcomes

- **SC-001**: {CRITERION}
"""


def _scenario(name: str) -> str:
    return f"#### Scenario: {name}, always\n\n- **WHEN** somebody calls the library\n- **THEN** it is so\n"


SECOND_SCENARIO = _scenario("FR-002")

_SPEC = f"""\
# Feature Specification: Wave

**Feature Branch**: `002-wave`

**Status**: Draft

**Version**: 0.1.0

## User Scenarios & Testing

### User Story 1 - Wave to a person (Priority: P1)

Somebody waves.

**Acceptance Scenarios**:

{SCENARIO}

### Edge Cases

- An empty name is refused.

## Requirements

### Functional Requirements

{{requirements}}

{CRITERIA}"""

HEAD = "# Copyright (c) 2026 Ada Lovelace\n\n"
"""What one of the projects wants at the top of each file of Python."""

_CODE = f'''\
{HEAD}"""A wave of the hand."""

from __future__ import annotations


def wave(name: str) -> str:
    """Wave to one person.

    Args:
        name: The person's name. White space around it is left out.

    Returns:
        One line of text, such as `o/ Ada`.

    Raises:
        ValueError: If the name is blank.
    """
    name = name.strip()
    if not name:
        msg = "the name is blank"
        raise ValueError(msg)
    return f"o/ {{name}}"
'''

_TESTS = f'''\
{HEAD}"""The wave."""

from __future__ import annotations

import pytest

from trial.wave import wave


@pytest.mark.req("002-wave/FR-001", "002-wave/US1.1")
def test_waves() -> None:
    """Ada is waved to."""
    assert wave("Ada") == "o/ Ada"


@pytest.mark.req("002-wave/FR-002")
def test_leaves_out_white_space() -> None:
    """White space around the name makes no difference."""
    assert wave(" Ada ") == "o/ Ada"


@pytest.mark.req("002-wave/FR-003")
def test_refuses_a_blank_name() -> None:
    """Nobody is waved to without a name."""
    with pytest.raises(ValueError, match="blank"):
        wave(" ")


@pytest.mark.req("002-wave/SC-001")
@pytest.mark.parametrize("name", ["Ada", "Grace", "Joan"])
def test_waves_in_one_line(name: str) -> None:
    """Each name is waved to in one line."""
    assert wave(name).splitlines() == [f"o/ {{name}}"]
'''

_CONTRACT = """\
openapi: 3.1.0
info:
  title: Wave
  version: 0.1.0
paths:
  /waves/{name}:
    get:
      operationId: getWave
      parameters:
        - name: name
          in: path
          required: true
          schema:
            type: string
      responses:
        "200":
          description: A wave
          content:
            application/json:
              schema:
                type: object
                required:
                  - text
                properties:
                  text:
                    type: string
"""

FILES = {
    CODE: _CODE,
    TESTS: _TESTS,
    SPEC: _SPEC.format(
        requirements="\n".join(f"- **{name}**: {words}" for name, words in REQUIREMENTS.items())
    ),
    PLAN: "# Implementation Plan: Wave\n\nThe interface is in contracts/api.yaml.\n\n"
    "## Threats\n\n- A name with a line break in it: it is only printed.\n",
    TASKS: "# Tasks: Wave\n\n- [ ] T001 Write the tests (FR-001, FR-002, FR-003)\n",
    CONTRACT: _CONTRACT,
}
"""Every file of the feature, by its path in a project."""


def as_openspec() -> dict[str, str]:
    """The same requirements as OpenSpec has them, each with the scenario that is asked for there."""
    blocks = (
        f"### Requirement: {name}\n\n{words}\n\n{_scenario(name)}" for name, words in REQUIREMENTS.items()
    )
    return {OPENSPEC: f"# Wave\n\n{PURPOSE}## Requirements\n\n" + "\n".join(blocks)}


def as_reqcov() -> dict[str, str]:
    """The same requirements as reqcov has them, with the code and the tests; its names know no feature."""
    everything = {**REQUIREMENTS, "SC-001": CRITERION}
    blocks = (f"## {name} — Wave\n\n{words}\n\nVerification: test\n" for name, words in everything.items())
    return {
        REQCOV: "# Wave\n\n" + "\n".join(blocks),
        CODE: _CODE,
        TESTS: _TESTS.replace("002-wave/", ""),
        f"src/{PACKAGE}/__init__.py": "",
        "pytest.ini": "[pytest]\npythonpath = src\n",
    }
