"""What happens when something is wrong: a clear line, never a traceback, never green."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import Ended, RealProject, findings, render, verdicts

SPEC = "specs/001-greeting/spec.md"


def gate_1(project: RealProject) -> Ended:
    """Run the first gate and return how it ended, having seen that nobody was shown a traceback."""
    ended = project.tenhats("gates", "--gate", "1", "--format", "json")
    assert "Traceback" not in ended.out + ended.err
    return ended


@pytest.mark.parametrize(
    ("content", "said", "line"),
    [
        (b"", "is empty", 1),
        (b"# One\n\nTwo \xff three\n", "not UTF-8", 3),
        (b"# One\n\n" + b"- **FR-001**: System MUST be long. " * 150_000, " MB; nobody reads", 1),
        (b"# One\n\n```python\n- **FR-001**: System MUST be read\n", "never closed", 3),
        (b"# One\n\nNo requirement here.\n", "no requirement was found", 1),
        (b"\0\x01\x02" * 1000, "no requirement was found", 1),
    ],
    ids=["empty", "not UTF-8", "far too long", "unclosed fence", "no requirement", "binary"],
)
def test_unreadable_specification(real_project: RealProject, content: bytes, said: str, line: int) -> None:
    """A specification that cannot be read is named with its line and what is wrong."""
    with real_project.changed() as project:
        project.write("specs/002-bad/spec.md", content)
        ended = gate_1(project)

    assert ended.code == 1
    assert ("SPC008", "specs/002-bad/spec.md", line) in findings(ended.report)
    assert said in ended.out


def test_windows_line_ends_are_read(real_project: RealProject) -> None:
    """A specification with CRLF says what it says with LF."""
    with real_project.changed() as project:
        project.write(SPEC, project.read(SPEC).replace("\n", "\r\n"))
        ended = gate_1(project)

    assert (0, set()) == (ended.code, findings(ended.report))


def test_no_specification_at_all(real_project: RealProject) -> None:
    """A project without `specs/` is told how to write the first one; its gate is not green."""
    with real_project.changed() as project:
        for name in ("spec.md", "plan.md", "tasks.md"):
            (project.root / "specs/001-greeting" / name).unlink()
        ended = gate_1(project)

    assert ended.code == 1
    assert ("SPC008", "specs/", 1) in findings(ended.report)
    assert "nox -s spec" in ended.out


def test_tests_that_cannot_be_collected(real_project: RealProject) -> None:
    """A test file with a syntax error is named at its line."""
    with real_project.changed() as project:
        project.write("tests/test_broken.py", "def test_one() -> None:\n    assert (\n")
        report = project.gates("--only", "DEV001,TST005")

    assert ("DEV001", "tests/test_broken.py", 2) in findings(report)


def test_import_error_in_a_test_file(real_project: RealProject) -> None:
    """A test file that imports what does not exist is named at that line."""
    with real_project.changed() as project:
        project.write("tests/test_broken.py", '"""Broken."""\n\nimport nothing_like_this\n')
        report = project.gates("--only", "DEV001")

    assert ("DEV001", "tests/test_broken.py", 3) in findings(report)


def test_suite_that_does_not_end(real_project: RealProject) -> None:
    """A test run that takes too long is stopped and said to have failed."""
    with real_project.changed() as project:
        project.replace("pyproject.toml", "test-timeout = 600", "test-timeout = 3")
        project.write("tests/test_slow.py", "import time\n\n\ndef test_slow():\n    time.sleep(60)\n")
        ended = project.tenhats("gates", "--only", "DEV001")

    assert ended.code == 1
    assert "did not end" in ended.out
    assert "test-timeout" in ended.out


@pytest.fixture
def without_git(real_project: RealProject) -> Iterator[RealProject]:
    """The project without its repository."""
    git = real_project.root / ".git"
    away = real_project.root.with_name("git away")
    git.rename(away)
    yield real_project
    away.rename(git)


def test_project_without_git(without_git: RealProject) -> None:
    """Without git the gates judge the files that are there, and the report names no commit."""
    report = without_git.gates("--gate", "1", "--gate", "7", "--gate", "8")

    assert set() == findings(report)
    assert report["commit"] is None
    assert set() == verdicts(report, "unchecked")


def test_dirty_tree_is_judged_as_it_is(real_project: RealProject) -> None:
    """What is not committed counts: a new file with a fault is found before it is staged."""
    with real_project.changed() as project:
        project.write("src/greeter/new.py", "import os\n")
        report = project.gates("--only", "DEV003")

    assert ("DEV003", "src/greeter/new.py", 1) in findings(report)


def test_tool_that_is_not_installed(real_project: RealProject) -> None:
    """A gate tool that has gone is unchecked, with the remedy; a strict run fails."""
    packages = next((real_project.root / ".tenhats/envs/tools").glob("lib/*/site-packages"))
    there, away = packages / "bandit", packages / "bandit-away"
    there.rename(away)
    try:
        plain = real_project.tenhats("gates", "--only", "SEC001", "--fresh")
        strict = real_project.tenhats("gates", "--only", "SEC001", "--strict")
    finally:
        away.rename(there)

    assert (0, 1) == (plain.code, strict.code)
    assert "unchecked: SEC001: bandit is not installed" in plain.out
    assert "remove .tenhats/envs" in plain.out


def test_no_network_for_the_first_run(template: Path, tmp_path: Path) -> None:
    """Where the tools cannot be fetched, one line says so and how to go on, and nothing is left half-made."""
    project = RealProject(render(template, tmp_path / "project"))
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_CONFIG_FILE": "/dev/null",
        "UV_OFFLINE": "1",
        "UV_NO_CACHE": "1",
    }
    ended = project.tenhats("gates", env=nowhere)

    assert ended.code == 2
    assert "could not be installed" in ended.out
    assert "network" in ended.out
    assert "Traceback" not in ended.out + ended.err
    assert not (project.root / ".tenhats/envs/tools").exists()


def test_not_a_project(tmp_path: Path, real_project: RealProject) -> None:
    """Where there is no pyproject.toml, or one that is no TOML, the run says so and exits with 2."""
    with real_project.changed() as project:
        project.write("pyproject.toml", "[project\n")
        broken = project.tenhats("gates")
        (project.root / "pyproject.toml").unlink()
        missing = project.tenhats("gates")

    assert (2, 2) == (broken.code, missing.code)
    assert "cannot be read" in broken.err
    assert "there is no pyproject.toml" in " ".join(missing.err.split())


def test_report_that_cannot_be_written(real_project: RealProject) -> None:
    """A report that has no place to go ends with exit code 2 and the place."""
    ended = real_project.tenhats(
        "gates", "--only", "SPC", "--format", "json", "--output", "/proc/nowhere/r.json"
    )

    assert ended.code == 2
    assert "/proc/nowhere" in ended.err
    assert "Traceback" not in ended.err
