"""The same requirements, each with one test and one function, in the form of each tool.

Nothing is left to chance or the clock. Fifty requirements make a feature, with a module and a file of
tests. A tool that reads marks in the code gets them in its own form; one that does not is told of the
tests in its own files. The forms are those that the tools' own documentation shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

IN_A_FEATURE = 50
_THINGS = ("parcel", "invoice", "booking", "ticket", "letter")
_DEEDS = ("record", "refuse", "forward", "price", "archive", "weigh", "label")

Marked = Callable[[int], str]


def sentence(number: int) -> str:
    """What the requirement of this number says."""
    thing, deed = _THINGS[number % 5], _DEEDS[number % 7]
    return f"When a {thing} arrives, the depot MUST {deed} it within {number} seconds."


def _features(count: int) -> Iterator[tuple[int, range]]:
    for first in range(1, count + 1, IN_A_FEATURE):
        yield first // IN_A_FEATURE + 1, range(first, min(first + IN_A_FEATURE, count + 1))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _unmarked(number: int) -> str:
    return ""


def _code(root: Path, count: int, of_function: Marked, of_test: Marked, *, head: str = "") -> None:
    """A module and its tests for each feature; the marks are whole lines above a function."""
    _write(root / "src/app/__init__.py", "")
    for feature, numbers in _features(count):
        functions, tests = (
            ['"""A module."""\n'],
            [f'"""Tests."""\n\n{head}from app import mod_{feature:03d}\n'],
        )
        for number in numbers:
            functions.append(
                f"\n{of_function(number)}def deed_{number}(weight: int) -> int:\n"
                f"    if weight > {number}:\n        return weight - {number}\n    return {number}\n"
            )
            tests.append(
                f"\n{of_test(number)}def test_deed_{number}() -> None:\n"
                f"    assert mod_{feature:03d}.deed_{number}(0) == {number}\n"
            )
        _write(root / f"src/app/mod_{feature:03d}.py", "\n".join(functions))
        _write(root / f"tests/test_mod_{feature:03d}.py", "\n".join(tests))


def speckit(root: Path, count: int) -> None:
    """spec-kit's layout, with our mark."""
    for feature, numbers in _features(count):
        lines = "\n".join(f"- **FR-{number:05d}**: {sentence(number)}" for number in numbers)
        text = f"# Feature Specification: Area {feature}\n\n## Requirements\n\n{lines}\n"
        _write(root / f"specs/{feature:03d}-area/spec.md", text)
    _write(root / "pyproject.toml", '[project]\nname = "app"\nversion = "1"\n')
    _code(root, count, _unmarked, lambda n: f'@pytest.mark.req("FR-{n:05d}")\n', head="import pytest\n\n")


def strictdoc(root: Path, count: int) -> None:
    """StrictDoc's own form, with relations in the code."""
    features = '"TRACEABILITY_MATRIX_SCREEN", "REQUIREMENT_TO_SOURCE_TRACEABILITY"'
    _write(
        root / "strictdoc_config.py",
        "from strictdoc.core.project_config import ProjectConfig\n\n\ndef create_config():\n"
        f'    return ProjectConfig(project_title="Depot", project_features=[{features}],\n'
        '        include_source_paths=["/src/**.py", "/tests/**.py"], include_doc_paths=["/docs/**"])\n',
    )
    for feature, numbers in _features(count):
        blocks = "\n".join(
            f"[REQUIREMENT]\nUID: REQ-{n:05d}\nTITLE: Deed {n}\nSTATEMENT: {sentence(n)}\n" for n in numbers
        )
        _write(root / f"docs/area_{feature:03d}.sdoc", f"[DOCUMENT]\nTITLE: Area {feature}\n\n{blocks}")
    mark = "# @relation(REQ-{:05d}, scope=function)\n".format
    _code(root, count, mark, mark)


def doorstop(root: Path, count: int) -> None:
    """A file for each requirement and each test, linked by its parent."""
    for prefix, parent in (("REQ", ""), ("TST", "  parent: REQ\n")):
        settings = f"settings:\n  digits: 5\n{parent}  prefix: {prefix}\n  sep: ''\n"
        _write(root / f"reqs/{prefix}/.doorstop.yml", settings)
    for feature, numbers in _features(count):
        for at, number in enumerate(numbers, 1):
            level = f"'{feature}.{at}'"
            common = f"active: true\nderived: false\nheader: ''\nlevel: {level}\nnormative: true\n"
            common += "ref: ''\nreviewed: null\n"
            own = f"{common}links: []\ntext: |\n  {sentence(number)}\n"
            _write(root / f"reqs/REQ/REQ{number:05d}.yml", own)
            test = f"{common}links:\n- REQ{number:05d}: null\ntext: |\n  Test of it.\n"
            _write(root / f"reqs/TST/TST{number:05d}.yml", test)
    _code(root, count, _unmarked, _unmarked)


def sphinx_needs(root: Path, count: int) -> None:
    """Requirements, functions and tests as needs in reStructuredText."""
    kinds = ("req", "impl", "test")
    types = ", ".join(
        f'dict(directive="{k}", title="{k}", prefix="{k}", color="#fff", style="node")' for k in kinds
    )
    _write(
        root / "docs/conf.py",
        f'project = "Depot"\nextensions = ["sphinx_needs"]\nneeds_types = [{types}]\n'
        'needs_id_regex = "^[A-Z]+-[0-9]{5}$"\n',
    )
    pages = []
    for feature, numbers in _features(count):
        pages.append(f"   area_{feature:03d}")
        needs = [f"Area {feature}\n==========\n"]
        for n in numbers:
            needs.append(f".. req:: Deed {n}\n   :id: REQ-{n:05d}\n\n   {sentence(n)}\n")
            needs.append(f".. impl:: deed_{n}\n   :id: IMPL-{n:05d}\n   :links: REQ-{n:05d}\n")
            needs.append(f".. test:: test_deed_{n}\n   :id: TEST-{n:05d}\n   :links: REQ-{n:05d}\n")
        _write(root / f"docs/area_{feature:03d}.rst", "\n".join(needs))
    table = ".. needtable::\n   :types: req\n   :columns: id, title, incoming\n   :style: table\n"
    _write(root / "docs/matrix.rst", f"Matrix\n======\n\n{table}")
    index = "\n".join(["Depot\n=====\n\n.. toctree::\n", *pages, "   matrix\n"])
    _write(root / "docs/index.rst", index)


def lobster(root: Path, count: int) -> None:
    """TRLC for requirements, LOBSTER's tags in the code."""
    _write(root / "reqs/model.rsl", "package reqs\n\ntype Requirement {\n  description String\n}\n")
    for feature, numbers in _features(count):
        own = "\n".join(
            f"Requirement REQ_{n:05d} {{\n  description = {json.dumps(sentence(n))}\n}}\n" for n in numbers
        )
        _write(root / f"reqs/area_{feature:03d}.trlc", f"package reqs\n\n{own}")
    files = "".join(f"  - reqs/area_{feature:03d}.trlc\n" for feature, _ in _features(count))
    rules = "  - package: reqs\n    record-type: Requirement\n    namespace: req\n"
    rules += "    description-fields:\n      - description\n"
    _write(root / "lobster-trlc.yaml", f"inputs:\n  - reqs/model.rsl\n{files}conversion-rules:\n{rules}")
    _write(
        root / "lobster.conf",
        'requirements "Requirements" {\n  source: "reqs.lobster";\n}\n'
        'implementation "Code" {\n  source: "code.lobster";\n  trace to: "Requirements";\n}\n'
        'activity "Tests" {\n  source: "tests.lobster";\n  trace to: "Requirements";\n}\n',
    )
    _code(root, count, _unmarked, _unmarked)
    for folder in ("src/app", "tests"):
        for path in (root / folder).glob("*mod_*.py"):
            lines = []
            for line in path.read_text("utf-8").splitlines():
                lines.append(line)
                if line.startswith("def "):
                    number = int(line.partition("deed_")[2].partition("(")[0])
                    lines.append(f"    # lobster-trace: reqs.REQ_{number:05d}")
            _write(path, "\n".join(lines) + "\n")


def reqcov(root: Path, count: int) -> None:
    """Headings with an id, marks in code and tests."""
    for feature, numbers in _features(count):
        own = "\n".join(f"## SRS-{n:05d} — Deed {n}\n{sentence(n)}\nVerification: test\n" for n in numbers)
        _write(root / f"docs/requirements/area_{feature:03d}.md", f"# Area {feature}\n\n{own}")
    tests = '@pytest.mark.req("SRS-{:05d}")\n'.format
    _code(root, count, "# @implements SRS-{:05d}\n".format, tests, head="import pytest\n\n")


def elspais(root: Path, count: int) -> None:
    """Requirements with one assertion each, comments in code and tests."""
    for feature, numbers in _features(count):
        own = "\n".join(
            f"## REQ-d{n:05d}: Deed {n}\n\n**Level**: Dev | **Status**: Active | **Implements**: -\n\n"
            f"### Assertions\n\nA. {sentence(n).replace('MUST', 'SHALL')}\n\n*End* *Deed {n}*\n---\n"
            for n in numbers
        )
        _write(root / f"spec/area_{feature:03d}.md", f"# Area {feature}\n\n{own}")
    _code(root, count, "# Implements: REQ-d{:05d}-A\n".format, "# Verifies: REQ-d{:05d}-A\n".format)


def spec_trace(root: Path, count: int) -> None:
    """Lists with an id in brackets, comments in tests; it links tests only."""
    for feature, numbers in _features(count):
        own = "\n".join(f"- {sentence(n)} `[r-{n:05d}]`" for n in numbers)
        _write(root / f"docs/specs/area-{feature:03d}.md", f"# Area {feature}\n\n{own}\n")
    _write(
        root / "pyproject.toml", '[tool.spec-trace]\nspecs_dir = "docs/specs"\nmax_behaviour_length = 200\n'
    )
    mark = lambda n: f"# SPEC: area-{(n - 1) // IN_A_FEATURE + 1:03d}#r-{n:05d}\n"  # noqa: E731
    _code(root, count, _unmarked, mark)


def reqstool(root: Path, count: int) -> None:
    """Three files of YAML, and a report of the tests."""
    head = (
        "metadata:\n  urn: depot\n  variant: microservice\n  title: Depot\n  url: https://example.invalid\n"
    )
    required, cases, implemented, tested, ran = [], [], [], [], []
    for feature, numbers in _features(count):
        for n in numbers:
            required.append(
                f"  - id: REQ_{n:05d}\n    title: Deed {n}\n    significance: shall\n    revision: 1.0.0\n"
                f"    description: {json.dumps(sentence(n))}\n    rationale: Asked for.\n"
                '    categories: ["functional-suitability"]\n'
            )
            cases.append(
                f'  - id: SVC_{n:05d}\n    requirement_ids: ["REQ_{n:05d}"]\n    title: "Test {n}"\n'
                '    verification: automated-test\n    revision: "1.0.0"\n'
            )
            method = f"mod_{feature:03d}"
            implemented.append(_annotated(f"REQ_{n:05d}", f"src.app.{method}.deed_{n}"))
            tested.append(_annotated(f"SVC_{n:05d}", f"tests.test_{method}.test_deed_{n}"))
            ran.append(f'<testcase classname="tests.test_{method}" name="test_deed_{n}" time="0.001"/>')
    home = root / "reqstool"
    _write(home / "requirements.yml", f"{head}\nrequirements:\n{''.join(required)}")
    _write(home / "software_verification_cases.yml", f"cases:\n{''.join(cases)}")
    annotated = f"  implementations:\n{''.join(implemented)}  tests:\n{''.join(tested)}"
    _write(home / "annotations.yml", f"requirement_annotations:\n{annotated}")
    results = "resources:\n  test_results:\n    - test_results/**/*.xml\n"
    _write(home / "reqstool_config.yml", f"language: python\nbuild: hatch\n{results}")
    suite = f'<testsuite name="pytest" errors="0" failures="0" skipped="0" tests="{count}" time="1">'
    _write(home / "test_results/junit.xml", f"<testsuites>{suite}{''.join(ran)}</testsuite></testsuites>")


def _annotated(name: str, method: str) -> str:
    return f'    {name}:\n      - elementKind: "METHOD"\n        fullyQualifiedName: "{method}"\n'
