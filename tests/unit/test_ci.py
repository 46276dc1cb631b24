"""What CI's configuration really runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.ci import Ci, read_ci
from tests.unit.made_up import folder, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-002")


ALL = frozenset(range(1, 9))
GITHUB = ".github/workflows/gates.yml"


def read(tmp_path: Path, text: str, path: str = GITHUB) -> Ci:
    here = folder(tmp_path, {path: text})
    return read_ci(here, tree_of(here))


def calls(ci: Ci) -> list[tuple[frozenset[int], bool]]:
    return [(each.gates, each.strict) for each in ci.calls]


def job(command: str, more: str = "") -> str:
    return f"on: push\njobs:\n  gates:\n{more}    steps:\n      - uses: x\n      - run: {command}\n"


@pytest.mark.parametrize(
    ("command", "gates", "strict"),
    [
        ("nox -s gates -- --strict", ALL, True),
        ("nox -s gates", ALL, False),
        ("uvx nox -R -s gates -- --strict --gate 2", frozenset({2}), True),
        ("nox -s gates -- --gate=3 --strict", frozenset({3}), True),
        ("nox -s gates && echo --strict", ALL, False),
        ("|\n          nox -s gates -- \\\n            --strict", ALL, True),
    ],
)
def test_a_call_of_the_gates_is_read(
    tmp_path: Path, command: str, gates: frozenset[int], strict: bool
) -> None:
    """Which gates, and whether strictly."""
    assert calls(read(tmp_path, job(command))) == [(gates, strict)]


@pytest.mark.parametrize("command", ["nox -s tests", "echo gates", "make"])
def test_another_command_is_no_call(tmp_path: Path, command: str) -> None:
    """Only the gates count."""
    assert calls(read(tmp_path, job(command))) == []


def test_a_job_that_is_switched_off_is_no_call(tmp_path: Path) -> None:
    """`if: false` runs nothing; a commented-out step runs nothing."""
    assert calls(read(tmp_path, job("nox -s gates -- --strict", "    if: false\n"))) == []
    assert calls(read(tmp_path, job("echo # nox -s tests"))) == []
    assert calls(read(tmp_path, "jobs:\n  a:\n    steps:\n#     - run: nox -s gates\n")) == []


@pytest.mark.parametrize(
    "matrix",
    [
        "gate: [1, 2, 3]",
        'gate: ["1 specifications", "2 tests", "3 implementation"]',
        "include: [{gate: 1}, {gate: 2}, {gate: 3, os: x}]",
        "gate: [1, 2]\n        include: [{gate: 3}]",
    ],
)
def test_a_matrix_is_followed(tmp_path: Path, matrix: str) -> None:
    """Each value of the gate's key counts."""
    text = job(
        "nox -s gates -- --strict --gate ${{ matrix.gate }}",
        f"    strategy:\n      matrix:\n        {matrix}\n",
    )
    assert calls(read(tmp_path, text)) == [(frozenset({1, 2, 3}), True)]


@pytest.mark.parametrize("matrix", ["${{ fromJSON(x) }}", "{gate: '${{ x }}'}", "{include: '${{ x }}'}"])
def test_a_matrix_that_is_computed_runs_no_gate_for_sure(tmp_path: Path, matrix: str) -> None:
    """What cannot be known is not taken for granted, and breaks nothing."""
    text = job(
        "nox -s gates -- --strict --gate ${{ matrix.gate }}", f"    strategy:\n      matrix: {matrix}\n"
    )
    assert calls(read(tmp_path, text)) == [(frozenset(), True)]


def test_gitlab_is_read_too(tmp_path: Path) -> None:
    """A script on one line or several, and its matrix."""
    text = (
        "image: python\nall:\n  script: nox -s gates -- --strict\n"
        "each:\n  parallel:\n    matrix:\n      - GATE: [1, 2]\n"
        '  script:\n    - pip install nox\n    - nox -s gates -- --strict --gate "$GATE"\n'
    )
    assert calls(read(tmp_path, text, ".gitlab-ci.yml")) == [(ALL, True), (frozenset({1, 2}), True)]


def test_a_call_is_placed_at_its_line(tmp_path: Path) -> None:
    """For the finding."""
    (call,) = read(tmp_path, job("nox -s gates")).calls
    assert (call.path, call.line) == (GITHUB, 6)


def test_a_workflow_that_is_not_yaml_is_a_problem(tmp_path: Path) -> None:
    """At the line that YAML itself names."""
    (problem,) = read(tmp_path, "a: 1\nb: [\n").problems
    assert (problem.path, problem.line, problem.message) == (GITHUB, 3, f"{GITHUB} is not YAML")


@pytest.mark.parametrize(
    "text", ["", "[]", "jobs:", "jobs: []", "jobs: {a: 1}", "jobs: {a: {steps: }}", "jobs: {a: {steps: [1]}}"]
)
def test_an_odd_workflow_runs_nothing(tmp_path: Path, text: str) -> None:
    """And stops nobody."""
    assert calls(read(tmp_path, text)) == []


def test_a_project_without_ci_has_no_files(tmp_path: Path) -> None:
    """Which is for the rule to judge."""
    assert read(tmp_path, "x", "README.md") == Ci()
