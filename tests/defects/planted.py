"""The planted defects: what is changed, which rule must say so, and at which line."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.world import RealProject, commit_all, git

SPEC = "specs/001-greeting/spec.md"
PLAN = "specs/001-greeting/plan.md"
TASKS = "specs/001-greeting/tasks.md"
DRAFT = "specs/002-wave/spec.md"
REVIEWS = "specs/001-greeting/reviews"
GREETING = "src/greeter/greeting.py"
CONTRACTS = "specs/001-greeting/contracts/"
ORDERS = "docs/data/orders.md"
CARD = "docs/models/churn.md"
WORKFLOW = ".github/workflows/gates.yml"

Change = Callable[[RealProject], None]


@dataclass(frozen=True)
class Defect:
    """A change, the rule that must turn red, and the line it must name by what stands on it."""

    code: str
    what: str
    change: Change
    path: str
    at: str = ""


def replace(path: str, old: str, new: str) -> Change:
    """Replace the only `old` in a file by `new`."""
    return lambda project: project.replace(path, old, new)


def write(path: str, text: str) -> Change:
    """Write a file."""
    return lambda project: project.write(path, text)


def delete(path: str) -> Change:
    """Delete a file."""
    return lambda project: (project.root / path).unlink()


def append(path: str, text: str) -> Change:
    """Add to the end of a file."""
    return lambda project: project.write(path, project.read(path) + text)


def both(*changes: Change) -> Change:
    """Make several changes."""

    def change(project: RealProject) -> None:
        for each in changes:
            each(project)

    return change


def committed(change: Change) -> Change:
    """Make a change and commit it, so that what follows is compared with it."""

    def commit(project: RealProject) -> None:
        change(project)
        commit_all(project.root, "before")

    return commit


def tracked(path: str) -> Change:
    """Let git keep what it was told to ignore."""

    def change(project: RealProject) -> None:
        git(project.root, "add", "--force", path)

    return change


def on_a_branch(*changes: Change) -> Change:
    """Leave main, and commit one change after the other."""

    def change(project: RealProject) -> None:
        git(project.root, "switch", "--quiet", "--create", "work")
        for each in changes:
            committed(each)(project)

    return change


def released(tag: str) -> Change:
    """Call the last commit a release."""

    def change(project: RealProject) -> None:
        git(project.root, "tag", tag)

    return change


def changelog(*lines: str) -> Change:
    """Say something in the changelog, as what was added."""
    return append("CHANGELOG.md", "".join(f"- {line}\n" for line in lines))


def seen_otherwise(persona: str, name: str) -> Change:
    """Let a persona's record remember other words of a requirement than those that stand there."""
    path = f"{REVIEWS}/{persona}.toml"

    def change(project: RealProject) -> None:
        lines = (
            f'"{name}" = "0000000000000000"' if line.startswith(f'"{name}"') else line
            for line in project.read(path).splitlines()
        )
        project.write(path, "\n".join(lines) + "\n")

    return change


def drafted(old: str = "", new: str = "") -> Change:
    """Add a good feature that is only a draft, with tests, and replace `old` in its specification by `new`.

    Rewording a feature that was reviewed and proven rightly turns other rules red as well.
    """

    def change(project: RealProject) -> None:
        project.write(DRAFT, _WAVE)
        project.write("specs/002-wave/plan.md", "# Implementation Plan: Wave\n\nBy `greet`.\n")
        project.write("specs/002-wave/tasks.md", "# Tasks: Wave\n\n- [ ] T001 Write the tests (FR-001)\n")
        project.write("tests/test_wave.py", _WAVE_TESTS)
        if old:
            project.replace(DRAFT, old, new)

    return change


_WAVE = """# Feature Specification: Wave

**Feature Branch**: `002-wave`
**Status**: Draft
**Version**: 0.1.0

## User Scenarios & Testing *(mandatory)*

### User Story 1 - Wave to a person (Priority: P1)

Somebody waves.

**Acceptance Scenarios**:

1. **Given** the name `Ada`, **When** a developer calls the library with it, **Then** the library waves.

### Edge Cases

- An empty name is refused.

## Requirements *(mandatory)*

### Functional Requirements

- **FR-001**: The library MUST wave in one line of text.
- **FR-002**: The library MUST leave out white space around the name.
- **FR-003**: The library MUST refuse a blank name, with an error that says the name is blank.

## Success Criteria *(mandatory)*

### Measurable Outcomes

- **SC-001**: A person is waved to within 1 millisecond.
"""

_WAVE_TESTS = '''"""The wave."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from greeter.greeting import greet


@pytest.mark.req("002-wave/FR-001", "002-wave/FR-002", "002-wave/US1.1")
def test_waves() -> None:
    """Ada is waved to."""
    assert greet(" Ada ") == "Hello, Ada!"


@pytest.mark.req("002-wave/FR-003")
def test_refuses_a_blank_name() -> None:
    """Nobody is waved to without a name."""
    with pytest.raises(ValueError, match="blank"):
        greet(" ")


@pytest.mark.req("002-wave/SC-001")
def test_speed(benchmark: BenchmarkFixture) -> None:
    """The time that a wave takes is measured."""
    assert benchmark(greet, "Ada") == "Hello, Ada!"
'''


def contract(name: str, text: str) -> Change:
    """Write a contract, and name it in the plan."""
    return both(write(f"{CONTRACTS}{name}", text), append(PLAN, f"\nThe interface is in contracts/{name}.\n"))


_A_CIRCLE = both(
    write(
        "src/greeter/limits.py",
        '"""How long a name may be."""\n\nfrom . import greeting\n\n\n'
        'def longest() -> int:\n    """Return how many characters a name may have."""\n'
        "    return greeting.LONGEST_NAME\n",
    ),
    replace(GREETING, "import unicodedata\n", "import unicodedata\n\nfrom . import limits\n"),
    replace(GREETING, "if len(name) > LONGEST_NAME:", "if len(name) > limits.longest():"),
)

_COMMAND_TESTS = '''"""The command, called from Python."""

import pytest

from greeter.__main__ import {name}


@pytest.mark.req("001-greeting/FR-003", "001-greeting/US1.2")
def test_greets({given}capsys: pytest.CaptureFixture[str]) -> None:
    """It prints the greeting."""
{greets}    assert {name}(["Ada"]) == 0
    assert capsys.readouterr().out == "Hello, Ada!\\n"


@pytest.mark.req("001-greeting/FR-007", "001-greeting/US2.4")
def test_refuses({given}capsys: pytest.CaptureFixture[str]) -> None:
    """It exits with 2 where a name is refused."""
{refuses}    with pytest.raises(SystemExit) as ended:
        {name}([" "])

    assert ended.value.code == 2
    assert capsys.readouterr().out == ""
'''


def command_tests(name: str, *replaced: str) -> Change:
    """Let the tests of the command call a function of it, with these in the place of the greeting."""
    lines = [f'    monkeypatch.setattr("greeter.__main__.greet", {each})\n' for each in replaced]
    greets, refuses = lines or ["", ""]
    given = "monkeypatch: pytest.MonkeyPatch, " if lines else ""
    text = _COMMAND_TESTS.format(name=name, given=given, greets=greets, refuses=refuses)
    return both(
        write("tests/test_command.py", text),
        write(
            "tests/test_speed.py",
            '"""How fast a greeting is."""\n\nimport pytest\nfrom pytest_benchmark.fixture import '
            "BenchmarkFixture\n\n"
            f"from greeter.__main__ import {name}\n\n\n"
            '@pytest.mark.req("001-greeting/SC-001", "001-greeting/SC-002")\n'
            "def test_speed(benchmark: BenchmarkFixture) -> None:\n"
            f'    """The time is measured."""\n    assert benchmark({name}, ["Ada"]) == 0\n',
        ),
    )


_SCRIPT = 'greeter = "greeter.__main__:main"'
_MAIN = "src/greeter/__main__.py"

_NOT_BY_THE_DOOR = both(
    command_tests("answer"),
    replace(_MAIN, "def main(", "def answer("),
    replace(
        _MAIN,
        'if __name__ == "__main__":\n    sys.exit(main())',
        'def _main() -> int:\n    return answer()\n\n\nif __name__ == "__main__":\n    sys.exit(_main())',
    ),
    replace("pyproject.toml", _SCRIPT, _SCRIPT.replace(":main", ":_main")),
)

_EACH_ALONE = both(
    command_tests("main", 'lambda name: f"Hello, {name}!"', 'lambda name: str(int(f"no {name}"))'),
    replace("pyproject.toml", f"[project.scripts]\n{_SCRIPT}\n", ""),
)

_WEB = both(
    replace("pyproject.toml", "dependencies = []", 'dependencies = ["falcon==4.2.0"]'),
    write(
        "src/greeter/web.py",
        '''"""The greeting, over HTTP."""

import falcon

from .greeting import greet


class Greeting:
    """Whom the last step of the path names is greeted."""

    def on_get(self, _: falcon.Request, response: falcon.Response, name: str) -> None:
        """Greet."""
        response.text = greet(name)


app = falcon.App()
app.add_route("/greetings/{name}", Greeting())
''',
    ),
    write(
        "tests/test_web.py",
        '''"""The greeting, over HTTP."""

import pytest
from falcon.testing import TestClient

from greeter.web import app


@pytest.mark.req("001-greeting/FR-001")
def test_greets() -> None:
    """Ada is greeted."""
    assert TestClient(app).simulate_get("/greetings/Ada").text == "Hello, Ada!"
''',
    ),
)

_WAY_BACK = append("README.md", "\n## Roll back\n\n1. `git revert HEAD`\n")

_IMAGE = """FROM python:3.13-slim
HEALTHCHECK CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8000{route}')"]
CMD ["gunicorn", "greeter.web:app"]
"""

_UNREMARKABLE = append("README.md", "\n")

_NEVER_RUN = (
    '"""Nobody calls _never."""\n\n\ndef _never(number: int) -> int:\n    """Count."""\n'
    + "".join(f"    if number == {n}:\n        number += {n}\n" for n in range(19))
    + "    return number\n"
)

_STAGE = """
[tool.tenhats.pipelines.orders]
run = ["python", "-c", "{code}"]
inputs = {inputs}
outputs = ["orders.csv"]
schema = "orders.schema.json"
{limit}
"""

_ROWS = '{"type": "object", "properties": {"total": {"type": "number", "minimum": 0}}}\n'

_MODEL = """
[tool.tenhats.models.churn]
train = ["python", "-c", "{code}"]
inputs = ["data/churn.csv"]
outputs = ["metrics.json"]
record = "data/record.json"
card = "docs/models/churn.md"
monitor = ["python", "-c", "{monitor}", "{{reference}}", "{{current}}"]
reference = "data/churn.csv"
metrics = {{ accuracy = ">= {accuracy}" }}
{split}
"""

_CUSTOMERS = "visits\n1\n2\n3\n4\n5\n"

_CARD = "# Churn\n\n## Intended Use\n\nTests.\n\n## Training Data\n\nNone.\n\n## Metrics\n\n- accuracy: 0.9\n"

_LIMITS = "\n## Limitations\n\nMany.\n"

_COMPARES = (
    "import pathlib, sys; sys.exit(len({pathlib.Path(name).read_text() for name in sys.argv[1:]}) > 1)"
)


def pipeline(
    code: str = "pathlib.Path('orders.csv').write_text('total\\\\n5\\\\n')",
    *,
    rows: str = _ROWS,
    inputs: str = "[]",
    limit: str = "seconds = 60",
) -> Change:
    """Declare a pipeline, which is good by itself."""
    stage = _STAGE.format(code=python(code), inputs=inputs, limit=limit)
    page = f"# Orders\n\nFrom {inputs} comes orders.csv.\n"
    return both(append("pyproject.toml", stage), write("orders.schema.json", rows), write(ORDERS, page))


def model(
    code: str = "pathlib.Path('metrics.json').write_text(json.dumps({'accuracy': 0.9}))",
    *,
    card: str = _CARD + _LIMITS,
    monitor: str = _COMPARES,
    accuracy: float = 0.8,
    split: str = "",
    made_from: str = _CUSTOMERS,
) -> Change:
    """Declare a model, which is good by itself; its record says what it was made from."""
    table = _MODEL.format(code=python(code), monitor=monitor, accuracy=accuracy, split=split)
    digest = hashlib.sha256(made_from.encode()).hexdigest()
    return both(
        append("pyproject.toml", table),
        write("data/churn.csv", _CUSTOMERS),
        write("data/record.json", f'{{"data/churn.csv": "{digest}"}}\n'),
        write(CARD, card),
    )


_KEY = "AKIA" + "IOSFODNN7EXAMPLQ"


MORE_TESTS = "tests/test_polite.py"


def more_tests(body: str, names: str = '"001-greeting/FR-001"', imports: str = "") -> Change:
    """Write a new test, bound to the names: a test that is there already may not be weakened."""
    return a_test_of("greet", body, names, imports)


def a_test_of(function: str, body: str, names: str = '"001-greeting/FR-001"', imports: str = "") -> Change:
    """Write a new test of a function of the library, bound to the names."""
    head = f'"""Politeness."""\n\n{imports}import pytest\n\nfrom greeter.greeting import {function}\n\n\n'
    text = f'@pytest.mark.req({names})\ndef test_is_polite() -> None:\n    """It is polite."""\n{body}'
    return write(MORE_TESTS, head + text)


def python(code: str) -> str:
    """Code for `python -c` inside a TOML string."""
    return f"import json, pathlib, time, random; {code}"


_API = """\
openapi: 3.1.0
info: {title: Greeter, version: "1.0.0"}
paths:
  /greetings/{name}:
    get:
      operationId: getGreeting
      parameters: [{name: name, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: A greeting
          content:
            application/json:
              schema:
                type: object
                properties: {text: {type: string}}
"""

_LINE = """\
{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Order line",
  "type": "object",
  "required": ["sku"],
  "properties": {"sku": {"type": "string", "maxLength": 12}}
}
"""

_MODEL_OF_A_LINE = '''"""Orders."""

from pydantic import BaseModel, Field


class OrderLine(BaseModel):
    """One line of an order."""

    sku: str = Field(max_length=10)
'''

_SERVED = '''"""The greeting, by the web."""

from flask import Flask

from greeter.greeting import greet

app = Flask(__name__)


@app.get("/greeting/<name>")
def get_greeting(name: str) -> dict[str, str]:
    """Answer with the greeting of somebody."""
    return {"text": greet(name)}
'''

_GRAPH = '''"""The schema of the greeting."""

from graphql import build_schema

schema = build_schema("type Query { greeting(name: String!): String }")
'''


def deviating(dependency: str, code: str, name: str, text: str, takes: str, body: str) -> Change:
    """Have code that needs a library, with a test of it, and only then a contract that says otherwise."""
    test = (
        '"""What is offered."""\n\nimport pytest\n\n'
        f"from greeter.greeting import greet\nfrom greeter.offered import {takes}\n\n\n"
        f'@pytest.mark.req("001-greeting/FR-001")\ndef test_is_offered() -> None:\n    """It is."""\n'
        f'    assert greet("Ada") == "Hello, Ada!"\n{body}'
    )
    return both(
        committed(
            both(
                replace("pyproject.toml", "dependencies = []", f'dependencies = ["{dependency}"]'),
                write("src/greeter/offered.py", code),
                write(MORE_TESTS, test),
            )
        ),
        contract(name, text),
    )


DEFECTS = (
    Defect(
        "ARC001",
        "a decision with a status that MADR does not know",
        replace(
            "docs/adr/0002-keep-specifications-in-spec-kits-layout.md", "status: accepted", "status: fine"
        ),
        "docs/adr/0002-keep-specifications-in-spec-kits-layout.md",
        "status: fine",
    ),
    Defect(
        "ARC002",
        "a decision that the index does not name",
        write(
            "docs/adr/0077-forgotten.md",
            "---\nstatus: accepted\ndate: 2026-01-31\n---\n\n# Forget this\n\n"
            "## Context and Problem Statement\n\nWho knows?\n\n## Considered Options\n\n"
            "* Forget\n* Remember\n\n## Decision Outcome\n\nForget.\n\n"
            "### Consequences\n\n* Good, because it is short\n",
        ),
        "docs/adr/0077-forgotten.md",
    ),
    Defect(
        "ARC003",
        "two modules that import each other",
        _A_CIRCLE,
        "src/greeter/limits.py",
        "from . import greeting",
    ),
    Defect(
        "ARC004",
        "ticked tasks without a plan",
        delete("specs/001-greeting/plan.md"),
        "specs/001-greeting/tasks.md",
        "T001",
    ),
    Defect(
        "ARC005",
        "a feature that is built without the architect's review",
        delete(f"{REVIEWS}/architect.toml"),
        "specs/001-greeting/tasks.md",
        "T001",
    ),
    Defect(
        "ARC006",
        "a released function that is called in another way",
        both(
            released("v0.1.0"),
            replace(GREETING, "def greet(name: str)", "def greet(name: str, /)"),
            changelog("`greet` takes the name by its position only."),
        ),
        GREETING,
        "def greet(",
    ),
    Defect(
        "ARC007",
        "a decision that supersedes one which does not know of it",
        append(
            "docs/adr/0006-use-the-src-layout-hatchling-and-dependency-groups.md",
            "\nThis decision supersedes [ADR-0002](0002-keep-specifications-in-spec-kits-layout.md).\n",
        ),
        "docs/adr/0002-keep-specifications-in-spec-kits-layout.md",
        "status: accepted",
    ),
    Defect(
        "ARC008",
        "a dependency that nobody decided on",
        replace("pyproject.toml", "dependencies = []", 'dependencies = ["pluggy>=1"]'),
        "pyproject.toml",
        '["pluggy>=1"]',
    ),
    Defect(
        "ARC009",
        "what a tool has built, kept under git",
        both(
            write("src/greeter.egg-info/PKG-INFO", "Name: greeter\n"),
            tracked("src/greeter.egg-info"),
        ),
        "src/greeter.egg-info/PKG-INFO",
    ),
    Defect(
        "SPC001",
        "a specification without success criteria",
        both(
            replace(SPEC, "## Success Criteria *(mandatory)*", "## Hopes"),
            replace(SPEC, "### Measurable Outcomes", "### Some"),
        ),
        SPEC,
    ),
    Defect(
        "SPC002",
        "a number used twice",
        drafted("## Success Criteria", "- **FR-003**: The library MUST be polite.\n\n## Success Criteria"),
        DRAFT,
        "MUST be polite",
    ),
    Defect(
        "SPC003",
        "a requirement that obliges nobody",
        drafted("The library MUST leave out white space", "The library leaves out white space"),
        DRAFT,
        "**FR-002**",
    ),
    Defect(
        "SPC004",
        "a story without a scenario",
        replace(
            SPEC,
            "### Edge Cases",
            "### User Story 3 - Wave (Priority: P3)\n\n**Independent Test**: Wave.\n\n### Edge Cases",
        ),
        SPEC,
        "### User Story 3",
    ),
    Defect(
        "SPC005",
        "a success criterion without a number",
        drafted("A person is waved to within 1 millisecond.", "A person is waved to."),
        DRAFT,
        "**SC-001**",
    ),
    Defect(
        "SPC006",
        "a question left open",
        append(SPEC, "- [NEEDS CLARIFICATION: may a name be a number?]\n"),
        SPEC,
        "may a name be a number",
    ),
    Defect(
        "SPC007",
        "an OpenAPI description without a title",
        contract("greet.yaml", 'openapi: 3.1.0\ninfo:\n  version: "1"\npaths: {}\n'),
        f"{CONTRACTS}greet.yaml",
        "info:",
    ),
    Defect(
        "SPC007",
        "a GraphQL schema with a type that nobody defines",
        contract("greet.graphql", "type Query {\n  greeting(name: Nome!): String!\n}\n"),
        f"{CONTRACTS}greet.graphql",
        "name: Nome!",
    ),
    Defect(
        "SPC007",
        "a Protocol Buffers file with a type that nobody defines",
        contract("greet.proto", 'syntax = "proto3";\n\nmessage Greeting {\n  Nome name = 1;\n}\n'),
        f"{CONTRACTS}greet.proto",
        "Nome name",
    ),
    Defect(
        "SPC008",
        "an empty specification",
        write("specs/002-nothing/spec.md", ""),
        "specs/002-nothing/spec.md",
    ),
    Defect(
        "SPC009",
        "a requirement with other words, in a specification of the same version",
        both(
            committed(both(drafted(), replace(DRAFT, "**Status**: Draft", "**Status**: Planned"))),
            replace(DRAFT, "MUST wave in one line", "MUST wave in two lines"),
            replace("tests/test_wave.py", '"""Ada is waved to."""', '"""Ada is waved to, in two lines."""'),
        ),
        DRAFT,
        "**FR-001**",
    ),
    Defect(
        "SPC010",
        "a requirement with a way out: where possible",
        drafted("MUST wave in one line of text.", "MUST wave in one line of text where possible."),
        DRAFT,
        "**FR-001**",
    ),
    Defect(
        "SPC011",
        "a requirement with a vague word: appropriate",
        drafted("with an error that says the name is blank.", "with an appropriate error."),
        DRAFT,
        "**FR-003**",
    ),
    Defect(
        "SPC012",
        "a requirement with a list that ends in etc.",
        drafted("MUST leave out white space around", "MUST leave out white space, quotes etc. around"),
        DRAFT,
        "**FR-002**",
    ),
    Defect(
        "SPC013",
        "a pronoun that stands for anything, in a team that blocks pronouns",
        both(
            replace("pyproject.toml", "[tool.tenhats]\n", '[tool.tenhats]\nprose.pronoun = "block"\n'),
            drafted("an error that says the name is blank.", "an error that says why it is blank."),
        ),
        DRAFT,
        "**FR-003**",
    ),
    Defect(
        "SPC014",
        "a requirement that no task names",
        both(
            replace(TASKS, "(FR-006, US2.3)", "(US2.3)"),
            replace(TASKS, "FR-005, FR-006, US2.1", "FR-005, US2.1"),
        ),
        SPEC,
        "**FR-006**",
    ),
    Defect(
        "SPC015",
        "a task for a requirement that does not exist",
        replace(TASKS, "(FR-006, US2.3)", "(FR-006, FR-066, US2.3)"),
        TASKS,
        "FR-066",
    ),
    Defect(
        "SPC016",
        "a task that is ticked for a file that nobody wrote",
        append(TASKS, "\n- [X] T018 Write `src/greeter/shout.py` (FR-001)\n"),
        TASKS,
        "T018",
    ),
    Defect(
        "SPC017",
        "a user story without an independent test",
        replace(SPEC, "**Independent Test**: Run", "Run"),
        SPEC,
        "### User Story 2",
    ),
    Defect(
        "SPC018",
        "edge cases that are only a heading",
        replace(SPEC, "### Edge Cases\n", "### Edge Cases\n\n### Lengths And Characters\n"),
        SPEC,
        "### Edge Cases",
    ),
    Defect(
        "SPC019",
        "a feature that calls itself implemented with a task open",
        replace(TASKS, "- [X] T017", "- [ ] T017"),
        SPEC,
        "**Status**",
    ),
    Defect(
        "SPC020",
        "a plan with another number than its specification",
        append(PLAN, "\nSC-001 is met if a greeting is made within 5 milliseconds.\n"),
        PLAN,
        "5 milliseconds",
    ),
    Defect(
        "SPC020",
        "a contract with another length than its specification",
        contract(
            "name.json",
            '{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n'
            '  "properties": {"name": {"type": "string",\n    "maxLength": 50}}\n}\n',
        ),
        f"{CONTRACTS}name.json",
        "maxLength",
    ),
    Defect(
        "SPC021",
        "a term with two meanings",
        append(
            SPEC, "\n## Glossary\n\n- **Greeting**: one line of text\n- **Greeting**: a wave of the hand\n"
        ),
        SPEC,
        "a wave of the hand",
    ),
    Defect(
        "SPC022",
        "a limit without a unit",
        drafted(
            "- **FR-002**: The library MUST leave out",
            "- **FR-002**: The library MUST wave at most 3, leave out",
        ),
        DRAFT,
        "**FR-002**",
    ),
    Defect(
        "SPC023",
        "a contract that nothing speaks of",
        write(f"{CONTRACTS}left-over.yaml", _API),
        f"{CONTRACTS}left-over.yaml",
    ),
    Defect(
        "SPC024",
        "an API's answer that has lost a property, under the same version",
        both(
            committed(contract("greet.yaml", _API)),
            replace(f"{CONTRACTS}greet.yaml", "properties: {text: {type: string}}", "properties: {}"),
        ),
        f"{CONTRACTS}greet.yaml",
        "properties: {}",
    ),
    Defect(
        "SPC025",
        "a model whose bound is not that of its schema",
        deviating(
            "pydantic>=2",
            _MODEL_OF_A_LINE,
            "order-line.schema.json",
            _LINE,
            "OrderLine",
            '    with pytest.raises(ValueError, match="at most 10"):\n        OrderLine(sku=11 * "a")\n',
        ),
        "src/greeter/offered.py",
        "sku: str",
    ),
    Defect(
        "SPC026",
        "a route that is spelt otherwise than in the contract",
        deviating(
            "flask>=3",
            _SERVED,
            "greet.yaml",
            _API.replace("/greetings/", "/greeting/").replace(
                "paths:", "paths:\n  /greetings: {get: {responses: {'200': {description: All}}}}"
            ),
            "app",
            '    assert app.test_client().get("/greeting/Ada").json == {"text": "Hello, Ada!"}\n',
        ),
        f"{CONTRACTS}greet.yaml",
        "/greetings:",
    ),
    Defect(
        "SPC027",
        "a field of the GraphQL contract that the schema has not",
        deviating(
            "graphql-core>=3.2",
            _GRAPH,
            "greet.graphql",
            "type Query {\n  greeting(name: String!): String\n  farewell: String\n}\n",
            "schema",
            "    assert schema.query_type is not None\n",
        ),
        f"{CONTRACTS}greet.graphql",
        "farewell",
    ),
    Defect(
        "TST001",
        "a requirement without a test",
        drafted("## Success Criteria", "- **FR-004**: The library MUST smile.\n\n## Success Criteria"),
        DRAFT,
        "MUST smile",
    ),
    Defect(
        "TST002",
        "a test bound to a name that does not exist",
        replace(
            "tests/test_greeting.py", '"001-greeting/US1.3"', '"001-greeting/US1.3", "001-greeting/FR-099"'
        ),
        "tests/test_greeting.py",
        "FR-099",
    ),
    Defect(
        "TST002",
        "a case bound to a name that does not exist",
        replace(
            "tests/test_greeting.py",
            '        ("a", "Hello, a!"),',
            '        pytest.param("a", "Hello, a!", marks=pytest.mark.req("001-greeting/SC-004")),',
        ),
        "tests/test_greeting.py",
        "SC-004",
    ),
    Defect(
        "TST002",
        "a scenario whose tag names what does not exist",
        write(
            "tests/greeting.feature",
            "Feature: Greeting\n\n  @001-greeting/FR-099\n  Scenario: By name\n    Given a name\n"
            "    When it is greeted\n    Then it is in the greeting\n",
        ),
        "tests/greeting.feature",
        "FR-099",
    ),
    Defect(
        "TST003",
        "a test that asserts nothing",
        more_tests('    greet("Ada")\n'),
        MORE_TESTS,
        "def test_is_polite",
    ),
    Defect(
        "TST004",
        "a scenario without a test",
        drafted(
            "### Edge Cases",
            "2. **Given** two, **When** both are waved to, **Then** both wave back.\n\n### Edge Cases",
        ),
        DRAFT,
        "both wave back",
    ),
    Defect(
        "TST005",
        "code that no test runs",
        write("src/greeter/unused.py", _NEVER_RUN),
        "src/greeter/unused.py",
        "def _never",
    ),
    Defect(
        "TST007",
        "a test that passes whatever the code does",
        append(
            "tests/test_greeting.py",
            '\n\n@pytest.mark.req("001-greeting/FR-001")\ndef test_is_not_rude() -> None:\n'
            '    """Ada is not sent away."""\n    assert greet("Ada") != "Go away!"\n',
        ),
        "tests/test_greeting.py",
        "def test_is_not_rude",
    ),
    Defect(
        "TST008",
        "a test that passes on the code from before its requirement",
        both(drafted(), append(GREETING, "\n\n# A wave is a greeting, too.\n")),
        "tests/test_wave.py",
        "def test_waves",
    ),
    Defect(
        "TST009",
        "code that was committed before its test",
        on_a_branch(
            write(
                "src/greeter/wave.py",
                '"""The wave."""\n\nfrom .greeting import greet\n\n\ndef wave(name: str) -> str:\n'
                '    """Return a wave, which is a greeting."""\n    return greet(name)\n',
            ),
            both(
                drafted(),
                replace(
                    "tests/test_wave.py",
                    "from greeter.greeting import greet",
                    "from greeter.wave import wave as greet",
                ),
            ),
        ),
        DRAFT,
        "**FR-001**",
    ),
    Defect(
        "TST006",
        "a draft's requirement in other words, its tests as they were",
        both(committed(drafted()), replace(DRAFT, "MUST wave in one line", "MUST wave in two lines")),
        DRAFT,
        "**FR-001**",
    ),
    Defect(
        "TST006",
        "a requirement whose present words the test engineer never saw proven",
        seen_otherwise("test-engineer", "US1.1"),
        SPEC,
        "1. **Given** the name `Ada`",
    ),
    Defect(
        "TST010",
        "an assertion that notices less",
        replace(
            "tests/test_greeting.py",
            'assert greet("Ada") == "Hello, Ada!"',
            'assert "Ada" in greet("Ada")',
        ),
        "tests/test_greeting.py",
        'assert "Ada" in greet("Ada")',
    ),
    Defect(
        "TST010",
        "a test that is skipped now",
        replace(
            "tests/test_greeting.py",
            "@given(name=names)",
            '@given(name=names)\n@pytest.mark.skip(reason="some other day")',
        ),
        "tests/test_greeting.py",
        "@pytest.mark.skip",
    ),
    Defect(
        "TST010",
        "a test that pytest does not collect any more",
        replace("tests/test_greeting.py", "def test_greets_in_one_line", "def greets_in_one_line"),
        "tests/test_greeting.py",
        "def greets_in_one_line",
    ),
    Defect(
        "TST011",
        "a lowered threshold",
        replace("pyproject.toml", "coverage = 80", "coverage = 70"),
        "pyproject.toml",
        "coverage = 70",
    ),
    Defect(
        "TST011",
        "a line that coverage no longer looks at",
        replace(GREETING, 'return f"Hello, {name}!"', 'return f"Hello, {name}!"  # pragma: no cover'),
        GREETING,
        "pragma: no cover",
    ),
    Defect(
        "TST012",
        "a test that asserts only that a mock was called",
        more_tests(
            '    polite = mock.Mock(side_effect=greet)\n    polite("Ada")\n    polite.assert_called_once()\n',
            imports="from unittest import mock\n\n",
        ),
        MORE_TESTS,
        "polite.assert_called_once()",
    ),
    Defect(
        "TST012",
        "a test of its own copy of the code",
        write(
            MORE_TESTS,
            '"""Politeness."""\n\nimport pytest\n\n\ndef greet(name: str) -> str:\n'
            '    return f"Hello, {name}!"\n\n\n@pytest.mark.req("001-greeting/FR-001")\n'
            'def test_is_polite() -> None:\n    """It is polite."""\n'
            '    assert greet("Ada") == "Hello, Ada!"\n',
        ),
        MORE_TESTS,
        "def greet(",
    ),
    Defect(
        "TST013",
        "a test bound to a name that does not exist, by a hook",
        append(
            "tests/conftest.py",
            "\n\ndef pytest_collection_modifyitems(items: list[pytest.Item]) -> None:\n"
            '    """Bind one test where nobody sees it."""\n    for item in items:\n'
            '        if item.name == "test_greets_by_name":\n'
            '            item.add_marker(pytest.mark.req(f"001-greeting/FR-{99:03}"))\n',
        ),
        "tests/test_greeting.py",
        '"001-greeting/FR-001", "001-greeting/US1.1"',
    ),
    Defect(
        "TST014",
        "a command that no test starts",
        both(committed(_NOT_BY_THE_DOOR), _UNREMARKABLE),
        "pyproject.toml",
        "greeter.__main__:_main",
    ),
    Defect(
        "TST015",
        "modules that no test runs together",
        both(committed(_EACH_ALONE), _UNREMARKABLE),
        "src/greeter/__main__.py",
        "from .greeting import greet",
    ),
    Defect(
        "TST016",
        "new code that no test runs, in a project that is covered well enough",
        append(
            GREETING,
            "\n\n# At feasts: _shout.\n"
            'def _shout(name: str) -> str:\n    """Greet loudly."""\n    return greet(name).upper()\n',
        ),
        GREETING,
        "return greet(name).upper()",
    ),
    Defect(
        "TST017",
        "a property for any input that is tried on one",
        both(
            more_tests('    assert greet("Ada") == "Hello, Ada!"\n', '"waving/1.1"'),
            write(
                ".kiro/specs/waving/requirements.md",
                "# Requirements Document\n\n## Introduction\n\nPeople are waved to.\n\n"
                "## Requirements\n\n### Requirement 1: Waving\n\n"
                "**User Story:** As a person, I want to be waved to, so that I am seen.\n\n"
                "#### Acceptance Criteria\n\n"
                "1. WHEN a name is given THEN the library SHALL answer with one line of text.\n",
            ),
            write(
                ".kiro/specs/waving/design.md",
                "# Design Document\n\n## Correctness Properties\n\n### Property 1: One line\n\n"
                "*For any* name, the answer SHALL be one line of text.\n\n"
                "**Validates: Requirements 1.1**\n",
            ),
        ),
        ".kiro/specs/waving/design.md",
        "### Property 1",
    ),
    Defect(
        "TST018",
        "tests that warnings do not fail any more",
        both(
            committed(
                both(
                    replace("pyproject.toml", 'filterwarnings = ["error"]', 'filterwarnings = ["default"]'),
                    more_tests(
                        '    warnings.warn("greet is old", DeprecationWarning, stacklevel=1)\n'
                        '    assert greet("Ada") == "Hello, Ada!"\n',
                        imports="import warnings\n\n",
                    ),
                )
            ),
            _UNREMARKABLE,
        ),
        MORE_TESTS,
        "warnings.warn",
    ),
    Defect(
        "TST019",
        "a test that needs another one before it",
        write(
            "tests/test_memory.py",
            '"""Greetings, one after the other."""\n\nfrom greeter.greeting import greet\n\n'
            "_GREETED: list[str] = []\n\n\n"
            'def test_greets() -> None:\n    """A greeting is kept."""\n'
            '    _GREETED.append(greet("Ada"))\n    assert len(_GREETED) == 1\n\n\n'
            'def test_greeting_is_kept() -> None:\n    """It is still there."""\n'
            '    assert _GREETED[0] == "Hello, Ada!"\n',
        ),
        "tests/test_memory.py",
        "def test_greeting_is_kept",
    ),
    Defect(
        "DEV001",
        "code that does not do what was specified",
        replace(GREETING, "characters; {LONGEST_NAME} are", "letters; {LONGEST_NAME} are"),
        "tests/test_greeting.py",
        'match="101 characters"',
    ),
    Defect(
        "DEV002",
        "a requirement whose only test is skipped",
        both(
            drafted("## Success Criteria", "- **FR-004**: The library MUST smile.\n\n## Success Criteria"),
            more_tests('    pytest.skip("some other day")\n    assert greet("Ada")\n', '"002-wave/FR-004"'),
        ),
        DRAFT,
        "**FR-004**",
    ),
    Defect(
        "DEV006",
        "a function that no requirement asks for",
        both(
            write(
                "src/greeter/farewell.py",
                '"""The end of a visit."""\n\n\ndef part(name: str) -> str:\n'
                '    """Return a farewell."""\n    return f"Bye, {name}!"\n',
            ),
            write(
                "tests/test_farewell.py",
                '"""The farewell."""\n\nfrom greeter.farewell import part\n\n\n'
                'def test_parts() -> None:\n    """Ada is seen off."""\n'
                '    assert part("Ada") == "Bye, Ada!"\n',
            ),
        ),
        "src/greeter/farewell.py",
        "def part",
    ),
    Defect(
        "DEV003",
        "an unused import",
        replace(GREETING, "import unicodedata\n", "import os\nimport unicodedata\n"),
        GREETING,
        "import os",
    ),
    Defect(
        "DEV004",
        "code that is not formatted",
        replace(GREETING, "LONGEST_NAME = 100", "LONGEST_NAME  =  100"),
        GREETING,
        "LONGEST_NAME  =  100",
    ),
    Defect(
        "DEV005",
        "a wrong type",
        replace(GREETING, "LONGEST_NAME = 100", "LONGEST_NAME: str | int = 100"),
        GREETING,
        "if len(name) > LONGEST_NAME",
    ),
    Defect(
        "DAT001",
        "a pipeline that writes the time",
        pipeline("pathlib.Path('orders.csv').write_text('total\\\\n%s\\\\n' % time.time_ns())"),
        "pyproject.toml",
        "[tool.tenhats.pipelines.orders]",
    ),
    Defect(
        "DAT002",
        "a pipeline whose rows break its schema",
        pipeline("pathlib.Path('orders.csv').write_text('total\\\\n-5\\\\n')"),
        "pyproject.toml",
        "[tool.tenhats.pipelines.orders]",
    ),
    Defect(
        "DAT003",
        "a pipeline that takes longer than its criterion allows",
        both(drafted(), pipeline(limit='requirement = "002-wave/SC-001"')),
        DRAFT,
        "**SC-001**",
    ),
    Defect(
        "DAT003",
        "a pipeline without any limit",
        pipeline(limit=""),
        "pyproject.toml",
        "[tool.tenhats.pipelines.orders]",
    ),
    Defect(
        "DAT004",
        "a pipeline that holds more than it may",
        pipeline(
            "held = b'x' * 200_000_000; pathlib.Path('orders.csv').write_text('total\\\\n5\\\\n')",
            limit="peak-memory-mb = 100",
        ),
        "pyproject.toml",
        "[tool.tenhats.pipelines.orders]",
    ),
    Defect(
        "DAT005",
        "a schema that accepts anything",
        pipeline(rows='{"type": "object"}\n'),
        "pyproject.toml",
        "[tool.tenhats.pipelines.orders]",
    ),
    Defect(
        "DAT006",
        "a pipeline that reads what is not there",
        pipeline(inputs='["data/gone.csv"]'),
        "pyproject.toml",
        "[tool.tenhats.pipelines.orders]",
    ),
    Defect(
        "MLE001",
        "a training without a seed",
        model(
            "pathlib.Path('metrics.json').write_text(json.dumps({'accuracy': 0.9, 'luck': random.random()}))"
        ),
        "pyproject.toml",
        "[tool.tenhats.models.churn]",
    ),
    Defect(
        "MLE002",
        "a model's card that says nothing of its limits",
        model(card=_CARD),
        CARD,
    ),
    Defect(
        "MLE003",
        "a monitor that never raises an alarm",
        model(monitor="pass"),
        "pyproject.toml",
        "[tool.tenhats.models.churn]",
    ),
    Defect(
        "MLE004",
        "a model that is worse than was asked",
        model(accuracy=0.95),
        "pyproject.toml",
        "[tool.tenhats.models.churn]",
    ),
    Defect(
        "MLE005",
        "test data that the training has seen",
        model(split='split = { train = "data/churn.csv", test = "data/churn.csv" }'),
        "pyproject.toml",
        "[tool.tenhats.models.churn]",
    ),
    Defect(
        "MLE006",
        "a record of other data than is there",
        model(made_from="visits\n1\n"),
        "data/record.json",
    ),
    Defect(
        "MLE007",
        "a card with the number of another model",
        model(card=_CARD.replace("0.9", "0.99") + _LIMITS),
        CARD,
        "0.99",
    ),
    Defect(
        "OPS001",
        "a package whose README is not there",
        replace("pyproject.toml", 'readme = "README.md"', 'readme = "GONE.md"'),
        "pyproject.toml",
        "[build-system]",
    ),
    Defect(
        "OPS002",
        "a module that the wheel leaves out",
        replace(
            "pyproject.toml",
            'packages = ["src/greeter"]\n',
            'packages = ["src/greeter"]\nexclude = ["src/greeter/greeting.py"]\n',
        ),
        "pyproject.toml",
        'greeter = "greeter.__main__:main"',
    ),
    Defect(
        "OPS003",
        "a project URL that is no address",
        replace(
            "pyproject.toml",
            "[project.scripts]",
            '[project.urls]\nHome = "ftp:/"\n\n[project.scripts]',
        ),
        "pyproject.toml",
        'Home = "ftp:/"',
    ),
    Defect(
        "OPS004",
        "a gate that CI does not run",
        replace(WORKFLOW, "gate: [1, 2, 3, 4, 5, 6, 7, 8]", "gate: [1, 2, 3, 4, 5, 6, 7]"),
        WORKFLOW,
        "nox -s gates -- --strict",
    ),
    Defect(
        "OPS005",
        "a conflict that is not resolved",
        write(
            "NOTES.md",
            "\n"
            + "<" * 7
            + " before updating\nours\n"
            + "=" * 7
            + "\ntheirs\n"
            + ">" * 7
            + " after updating\n",
        ),
        "NOTES.md",
        "<" * 7 + " before updating",
    ),
    Defect(
        "OPS006",
        "a gate tool without an exact version",
        append("tenhats/pyproject.toml", 'more = [\n  "rich>=15",\n]\n'),
        "tenhats/pyproject.toml",
        '"rich>=15"',
    ),
    Defect(
        "OPS007",
        "a dependency that does not exist",
        replace("pyproject.toml", 'dev = ["coverage"', 'dev = ["no-such-thing-as-this==99", "coverage"'),
        "pyproject.toml",
        "dependencies = []",
    ),
    Defect(
        "OPS008",
        "an environment variable that is written down nowhere",
        both(
            replace(GREETING, "import unicodedata\n", "import os\nimport unicodedata\n"),
            replace(
                GREETING, "LONGEST_NAME = 100", 'LONGEST_NAME = int(os.environ.get("LONGEST_NAME", "100"))'
            ),
        ),
        GREETING,
        "os.environ.get",
    ),
    Defect(
        "OPS008",
        "a variable in .env.example that nothing reads any more",
        both(
            replace(GREETING, "import unicodedata\n", "import os\nimport unicodedata\n"),
            replace(
                GREETING, "LONGEST_NAME = 100", 'LONGEST_NAME = int(os.environ.get("LONGEST_NAME", "100"))'
            ),
            write(".env.example", "LONGEST_NAME=\nSHORTEST_NAME=\n"),
        ),
        ".env.example",
        "SHORTEST_NAME=",
    ),
    Defect(
        "OPS009",
        "a password in a Compose file",
        write(
            "compose.yml",
            "services:\n  db:\n    image: postgres:17.2\n    environment:\n"
            "      POSTGRES_PASSWORD: kaffeekanne77  # pragma: allowlist secret\n",
        ),
        "compose.yml",
        "POSTGRES_PASSWORD",
    ),
    Defect(
        "OPS010",
        "a container image without a fixed version",
        write("Dockerfile", 'FROM python:latest\nCMD ["python"]\n'),
        "Dockerfile",
        "FROM",
    ),
    Defect(
        "OPS011",
        "a Kubernetes manifest with a key that its API does not know",
        both(
            _WAY_BACK,
            write(
                "deploy/web.yaml",
                "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  prots: []\n",
            ),
        ),
        "deploy/web.yaml",
        "spec:",
    ),
    Defect(
        "OPS012",
        "a misspelt key in a Compose file",
        write("compose.yml", "services:\n  db:\n    image: postgres:17.2\n    portz: []\n"),
        "compose.yml",
        "portz",
    ),
    Defect(
        "OPS013",
        "a misspelt key in a workflow",
        replace(WORKFLOW, "    strategy:\n", "    stratagem: x\n    strategy:\n"),
        WORKFLOW,
        "stratagem",
    ),
    Defect(
        "OPS014",
        "a wheel that holds the time of its files",
        append("pyproject.toml", "\n[tool.hatch.build]\nreproducible = false\n"),
        "pyproject.toml",
        "[build-system]",
    ),
    Defect(
        "OPS015",
        "a health check of a route that is not there",
        both(committed(_WEB), write("Dockerfile", _IMAGE.format(route="/healthz"))),
        "Dockerfile",
        "HEALTHCHECK",
    ),
    Defect(
        "OPS015",
        "a health check that no test asks as well",
        both(committed(_WEB), write("Dockerfile", _IMAGE.format(route="/greetings/Bo/"))),
        "Dockerfile",
        "HEALTHCHECK",
    ),
    Defect(
        "OPS016",
        "a job that publishes, and no way back",
        write(
            ".github/workflows/release.yml",
            "name: release\non:\n  push:\n    tags: [v*]\npermissions: {}\n"
            "concurrency:\n  group: release\n  cancel-in-progress: false\n"
            "jobs:\n  publish:\n    name: publish\n"
            "    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n"
            "      - run: uv publish --dry-run\n",
        ),
        ".github/workflows/release.yml",
        "  publish:",
    ),
    Defect(
        "OPS017",
        "a variable of Terraform that nothing declares",
        both(
            _WAY_BACK,
            write(
                "infra/main.tf",
                'variable "name" {\n  type = string\n}\n\n'
                'output "greeting" {\n  value = "Hello, ${var.nam}!"\n}\n',
            ),
        ),
        "infra/main.tf",
        "var.nam}",
    ),
    Defect(
        "OPS018",
        "an alarm whose expression is not closed",
        write(
            "monitoring/rules.yml",
            "groups:\n  - name: greeter\n    rules:\n      - alert: GreeterIsDown\n"
            "        expr: sum(up{job='greeter'} == 0\n",
        ),
        "monitoring/rules.yml",
        "expr:",
    ),
    Defect(
        "OPS019",
        "a value of a chart that is not there",
        both(
            _WAY_BACK,
            write("chart/Chart.yaml", "apiVersion: v2\nname: greeter\nversion: 0.1.0\n"),
            write("chart/values.yaml", "image:\n  tag: 1.2.0\n"),
            write("chart/templates/web.yaml", "spec:\n  image: greeter:{{ .Values.image.tagg }}\n"),
        ),
        "chart/templates/web.yaml",
        "tagg",
    ),
    Defect(
        "SEC001",
        "an MD5 digest",
        both(
            committed(
                both(
                    replace(GREETING, "import unicodedata\n", "import hashlib\nimport unicodedata\n"),
                    append(
                        GREETING,
                        "\n\n# For the archive: _digest.\n"
                        'def _digest(name: str) -> str:\n    """Return a digest of the name."""\n'
                        "    return hashlib.md5(name.encode()).hexdigest()\n",
                    ),
                )
            ),
            _UNREMARKABLE,
        ),
        GREETING,
        "hashlib.md5",
    ),
    Defect(
        "SEC003",
        "a key of a cloud provider",
        write("notes.txt", f"the key is {_KEY}\n"),
        "notes.txt",
        "the key is",
    ),
    Defect(
        "SEC004",
        "an action that is not pinned",
        replace(
            WORKFLOW,
            "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
            "actions/checkout@v7",
        ),
        WORKFLOW,
        "actions/checkout@v7",
    ),
    Defect(
        "SEC005",
        "a feature to which the security engineer objects",
        replace(f"{REVIEWS}/security-engineer.toml", 'verdict = "approved"', 'verdict = "changes-requested"'),
        "specs/001-greeting/tasks.md",
        "T001",
    ),
    Defect(
        "SEC005",
        "a feature that has changed since the security engineer's review",
        seen_otherwise("security-engineer", "FR-004"),
        SPEC,
        "**FR-004**",
    ),
    Defect(
        "SEC009",
        "a key that one commit adds and the next deletes",
        on_a_branch(write("notes.txt", f"the key is {_KEY}\n"), delete("notes.txt")),
        "notes.txt",
    ),
    Defect(
        "SEC010",
        "a dependency under the GPL in a project under MIT",
        both(
            committed(
                replace("pyproject.toml", "dependencies = []", 'dependencies = ["html2text==2025.4.15"]')
            ),
            _UNREMARKABLE,
        ),
        "pyproject.toml",
        "html2text",
    ),
    Defect(
        "SEC011",
        "a library that only the developers have",
        both(
            committed(
                write("src/polite.py", '"""Politeness."""\n\nimport hypothesis\n\nNAMES = hypothesis.given\n')
            ),
            _UNREMARKABLE,
        ),
        "src/polite.py",
        "import hypothesis",
    ),
    Defect(
        "SEC006",
        "a security requirement whose attack no test tries",
        both(
            drafted(
                "- **FR-003**: The", "- **SEC-001**: The library MUST reject a stranger.\n- **FR-003**: The"
            ),
            replace("tests/test_wave.py", '"002-wave/FR-001", ', '"002-wave/FR-001", "002-wave/SEC-001", '),
        ),
        DRAFT,
        "SEC-001",
    ),
    Defect(
        "SEC007",
        "an interface whose threats nobody has written down",
        both(
            contract("api.yaml", _API),
            replace(PLAN, "## Threats\n", "## Notes\n"),
        ),
        f"{CONTRACTS}api.yaml",
    ),
    Defect(
        "SEC008",
        "a password under a quick digest",
        both(
            replace(GREETING, "import unicodedata\n", "import hashlib\nimport unicodedata\n"),
            append(
                GREETING,
                '\n\ndef _digest(password: str) -> str:\n    """Return a digest of the password."""\n'
                "    return hashlib.sha256(password.encode()).hexdigest()\n",
            ),
            a_test_of("_digest", '    assert len(_digest("Ada")) == 64\n'),
        ),
        GREETING,
        "hashlib.sha256",
    ),
    Defect(
        "PRF001",
        "a promised time that nobody measures",
        both(
            drafted(),
            append(DRAFT, "- **SC-002**: The library is imported within 5 seconds.\n"),
            replace("tests/test_wave.py", '"002-wave/US1.1"', '"002-wave/US1.1", "002-wave/SC-002"'),
        ),
        DRAFT,
        "**SC-002**",
    ),
    Defect(
        "PRF002",
        "a time that cannot be kept",
        drafted("within 1 millisecond", "within 1 nanosecond"),
        DRAFT,
        "**SC-001**",
    ),
    Defect(
        "PRF003",
        "a cache that grows for ever",
        both(
            replace(GREETING, "import unicodedata\n", "import functools\nimport unicodedata\n"),
            replace(GREETING, "\ndef greet(", "\n@functools.cache\ndef greet("),
        ),
        GREETING,
        "@functools.cache",
    ),
    Defect(
        "PRF004",
        "a loop within a loop where linear time was promised",
        both(
            more_tests('    assert greet("Ada" * 3) == "Hello, AdaAdaAda!"\n'),
            append(
                MORE_TESTS,
                "\n\ndef names(number: int) -> list[str]:\n"
                '    """Make this many names."""\n    return [str(each) for each in range(number)]\n\n\n'
                "def pairs(given: list[str]) -> int:\n"
                '    """Count the pairs of equal names."""\n'
                "    return sum(one == other for one in given for other in given)\n",
            ),
            append(
                "pyproject.toml",
                '\n[tool.tenhats.growth.pairs]\ncall = "tests.test_polite:pairs"\n'
                'input = "tests.test_polite:names"\n',
            ),
        ),
        "pyproject.toml",
        "[tool.tenhats.growth.pairs]",
    ),
    Defect(
        "PRF004",
        "a promised order that nothing measures",
        drafted("MUST wave in one line of text.", "MUST wave in one line of text, in O(n)."),
        DRAFT,
        "**FR-001**",
    ),
    Defect(
        "PRF005",
        "a function that takes several times as long as before",
        replace(
            GREETING,
            'return f"Hello, {name}!"',
            'return "".join([f"Hello, {name}!"] * 999)[: len(name) + 8]',
        ),
        "tests/test_speed.py",
        "def test_speed_of_the_library",
    ),
    Defect(
        "PRF006",
        "a benchmark that measures how its input is made",
        both(
            drafted(),
            replace(
                "tests/test_wave.py",
                'benchmark(greet, "Ada") ==',
                'benchmark(lambda: (sorted(range(9999)), greet("Ada"))[1]) ==',
            ),
        ),
        "tests/test_wave.py",
        "def test_speed",
    ),
    Defect(
        "PRF007",
        "a limit of memory that nobody measures",
        both(
            drafted(),
            append(DRAFT, "- **SC-002**: A person is waved to with at most 5 MB of memory.\n"),
            replace("tests/test_wave.py", '"002-wave/US1.1"', '"002-wave/US1.1", "002-wave/SC-002"'),
        ),
        DRAFT,
        "**SC-002**",
    ),
    Defect(
        "PRF007",
        "a limit of memory that is not kept",
        both(
            drafted("within 1 millisecond", "within 1 second, with at most 500 kB of memory"),
            replace(
                "tests/test_wave.py",
                'benchmark(greet, "Ada") ==',
                'benchmark(lambda: [greet("Ada") for _ in range(20000)].pop()) ==',
            ),
        ),
        DRAFT,
        "**SC-001**",
    ),
    Defect(
        "DOC001",
        "a link that leads nowhere",
        append("docs/index.md", "\n[Nowhere](nowhere.md)\n"),
        "docs/index.md",
        "nowhere.md",
    ),
    Defect(
        "DOC002",
        "a public function without a docstring",
        both(
            append(
                GREETING,
                '\n\ndef untold() -> str:  # noqa: D103  who calls it knows it\n    return greet("nobody")\n',
            ),
            write(
                MORE_TESTS,
                '"""Politeness."""\n\nimport pytest\n\nfrom greeter.greeting import untold\n\n\n'
                '@pytest.mark.req("001-greeting/FR-001")\ndef test_is_polite() -> None:\n'
                '    """It is polite."""\n    assert untold() == "Hello, nobody!"\n',
            ),
        ),
        GREETING,
        "def untold",
    ),
    Defect("DOC003", "a project without a changelog", delete("CHANGELOG.md"), "CHANGELOG.md"),
    Defect(
        "DOC004",
        "a persona's prompt changed, and the agents' copies of it not",
        append("personas/architect.md", "\nBe brief.\n"),
        ".claude/agents/architect.md",
        "",
    ),
    Defect(
        "DOC005",
        "an example with a bracket that nothing opens",
        append(
            "docs/index.md", '\n```python\n>>> from greeter.greeting import greet\n>>> greet("Ada"]\n```\n'
        ),
        "docs/index.md",
        'greet("Ada"]',
    ),
    Defect(
        "DOC005",
        "a session that shows what does not come",
        append(
            "docs/index.md",
            "\n```pycon\n>>> from greeter.greeting import greet\n>>> greet(\"Ada\")\n'Hi!'\n```\n",
        ),
        "docs/index.md",
        'greet("Ada")',
    ),
    Defect(
        "DOC006",
        "a page with the command of a nox session that does not exist",
        append("docs/index.md", "\n```sh\nnox -s dcos\n```\n"),
        "docs/index.md",
        "nox -s dcos",
    ),
    Defect(
        "DOC007",
        "a page that names a decision which nobody took",
        append("docs/index.md", "\nWhy is it so? See ADR-0777.\n"),
        "docs/index.md",
        "ADR-0777",
    ),
    Defect(
        "DOC007",
        "decisions that no page leads to",
        replace("docs/index.md", "- [Decisions](adr/index.md): why the project is as it is.\n", ""),
        "docs/adr/index.md",
    ),
    Defect(
        "DOC008",
        "a docstring with a parameter that is not there",
        replace(GREETING, "\n    Returns:\n", "        loud: Whether to shout.\n\n    Returns:\n"),
        GREETING,
        "loud: Whether",
    ),
    Defect(
        "DOC009",
        "a new parameter that no page tells of",
        both(
            replace(GREETING, "def greet(name: str)", 'def greet(name: str, mark: str = "!")'),
            replace(GREETING, "\n    Returns:\n", "        mark: What ends the line.\n\n    Returns:\n"),
            replace(GREETING, 'return f"Hello, {name}!"', 'return f"Hello, {name}{mark}"'),
        ),
        GREETING,
        "def greet(",
    ),
    Defect(
        "DOC010",
        "a link to a heading that is not there",
        append("CONTRIBUTING.md", "\n[The rules](AGENTS.md#the-rules-of-the-house)\n"),
        "CONTRIBUTING.md",
        "#the-rules-of-the-house",
    ),
    Defect(
        "DOC011",
        "an option on a page that the program does not take",
        append("docs/index.md", "\n```sh\ngreeter --loud Ada\n```\n"),
        "docs/index.md",
        "greeter --loud",
    ),
    Defect(
        "DOC011",
        "an option of the program that no page tells of",
        replace(
            "src/greeter/__main__.py",
            '    parser.add_argument("name", ',
            '    parser.add_argument("--loud", help="how loud to say it")\n    parser.add_argument("name", ',
        ),
        "src/greeter/__main__.py",
        '"--loud"',
    ),
    Defect(
        "DOC012",
        "a site without a front page",
        both(
            delete("docs/index.md"),
            replace("README.md", "(docs/index.md)", "(docs/adr/index.md)"),
        ),
        "mkdocs.yml",
    ),
    Defect(
        "DEV007",
        "a function that holds up the event loop",
        both(
            replace(GREETING, "import unicodedata\n", "import time\nimport unicodedata\n"),
            append(
                GREETING,
                '\n\nasync def _rest() -> str:\n    """Wait."""\n    time.sleep(0)\n    return "rested"\n',
            ),
            a_test_of("_rest", '    assert asyncio.run(_rest()) == "rested"\n', imports="import asyncio\n\n"),
        ),
        GREETING,
        "time.sleep(0)",
    ),
    Defect(
        "DEV008",
        "a typed package without its py.typed",
        delete("src/greeter/py.typed"),
        "src/greeter/__init__.py",
    ),
    Defect(
        "DEV009",
        "a constant that nobody uses",
        replace(GREETING, "LONGEST_NAME = 100", "LONGEST_NAME = 100\n_SHORTEST_NAME = 1"),
        GREETING,
        "_SHORTEST_NAME = 1",
    ),
)
