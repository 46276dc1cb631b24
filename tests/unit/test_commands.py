"""Every command of the command line, called in this process on a fresh project."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import tenhats
from tenhats.cli import main, parser
from tests.world import commit_all, render

pytestmark = pytest.mark.req("009-front-doors/FR-001")


@pytest.fixture(scope="module", autouse=True)
def tooling() -> Iterator[None]:
    """The tools run in processes of their own, which import the tooling too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(tenhats.__file__).parents[1]))
        yield


@pytest.fixture(scope="module")
def judged(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh project in which the gates have passed."""
    folder = render(template, tmp_path_factory.mktemp("commands") / "greeter")
    commit_all(folder, "start")
    assert main(["--project", str(folder), "gates"]) == 0
    return folder


@pytest.fixture
def fresh(judged: Path, tmp_path: Path) -> Path:
    """A copy of the project that may be changed."""
    return shutil.copytree(judged, tmp_path / "greeter", ignore=shutil.ignore_patterns("envs"))


def test_the_verdict_is_kept_as_a_report(judged: Path) -> None:
    """In the shape that was promised; only the advisory service may be out of reach."""
    report = json.loads((judged / ".tenhats" / "report.json").read_text("utf-8"))

    assert report["schema"] == "tenhats/report/1"
    assert {rule["code"] for rule in report["rules"] if rule["verdict"] == "unchecked"} <= {"SEC002"}
    assert [rule["code"] for rule in report["rules"] if rule["findings"]] == []


@pytest.mark.req("009-front-doors/US1.1")
@pytest.mark.parametrize("persona", ["architect", "specification-engineer", "ml-engineer"])
def test_a_personas_rules_pass_in_a_fresh_project(judged: Path, persona: str) -> None:
    """Each persona is a command."""
    assert main(["--project", str(judged), persona]) == 0


@pytest.mark.req("009-front-doors/US1.2")
def test_a_folder_without_a_project_cannot_be_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, and the message says what is missing."""
    assert main(["--project", str(tmp_path), "gates"]) == 2
    assert "there is no pyproject.toml here" in " ".join(capsys.readouterr().err.split())


def test_what_is_wrong_ends_with_1(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And is told at its line."""
    spec = fresh / "specs" / "001-greeting" / "spec.md"
    spec.write_text(
        spec.read_text("utf-8").replace("The library MUST greet", "The library may greet"), "utf-8"
    )

    assert main(["--project", str(fresh), "gates", "--only", "SPC003"]) == 1
    assert "SPC003" in capsys.readouterr().out


@pytest.mark.req("006-verdicts/FR-008")
@pytest.mark.parametrize("words", [("gates", "--only", "SPC"), ("trace",), ("trace", "FR-001"), ("bmad",)])
def test_foreign_text_does_nothing_to_the_terminal(
    fresh: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Signs that would move the cursor or name the window are shown as pictures of themselves."""
    spec = fresh / "specs" / "001-greeting" / "spec.md"
    evil = "**FR-001**: It quickly \x1b[2J\x1b]0;owned\x07 greets\x9b8m"
    spec.write_text(re.sub(r"\*\*FR-001\*\*: .*", evil, spec.read_text("utf-8"), count=1), "utf-8")
    main(["--project", str(fresh), *words])
    said = capsys.readouterr().out

    assert {sign for sign in said if sign < " " or "\x7f" <= sign < "\xa0"} <= {"\n"}
    assert ("␛[2J" in said) == (words[0] == "trace")


@pytest.mark.parametrize(
    "words", [("trace",), ("bmad",), ("spec-kit",), ("review", "--list"), ("bite",), ("profile",)]
)
def test_what_only_shows_ends_with_0(judged: Path, words: tuple[str, ...]) -> None:
    """Nothing is wrong in a fresh project."""
    assert main(["--project", str(judged), *words]) == 0


@pytest.mark.parametrize("word", ["SPC003", "2", "architect", "practices", "formats", ""])
def test_a_page_of_the_manual_is_shown(judged: Path, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a rule, a gate, a persona, and of what belongs to all."""
    assert main(["--project", str(judged), "explain", *filter(None, [word])]) == 0
    assert len(capsys.readouterr().out) > 100


def test_a_page_for_an_agent_is_made(judged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the persona and the feature's requirements."""
    assert main(["--project", str(judged), "brief", "test-engineer", "001-greeting"]) == 0
    said = capsys.readouterr().out
    assert ("Test Engineer" in said, "FR-001" in said) == (True, True)


@pytest.mark.parametrize(
    "words", [("brief", "tester", "001-greeting"), ("brief", "architect", "001-gretting")]
)
def test_who_is_not_there_is_told_with_the_nearest_name(
    judged: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2."""
    assert main(["--project", str(judged), *words]) == 2
    assert "id you mean" in capsys.readouterr().err


@pytest.mark.req("009-front-doors/US2.1")
def test_the_next_specification_is_made(fresh: Path) -> None:
    """Under the next number, with plan and tasks."""
    assert main(["--project", str(fresh), "spec", "Wave", "back"]) == 0
    made = fresh / "specs" / "002-wave-back"
    assert {"plan.md", "spec.md", "tasks.md"} == {each.name for each in made.iterdir()}


def test_the_next_decision_is_made(fresh: Path) -> None:
    """With its line in the index."""
    assert main(["--project", str(fresh), "adr", "Use", "SQLite"]) == 0
    (made,) = (fresh / "docs" / "adr").glob("*-use-sqlite.md")
    assert made.name in (fresh / "docs" / "adr" / "index.md").read_text("utf-8")


def test_a_retrospective_is_made(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the last report."""
    assert main(["--project", str(fresh), "retro"]) == 0
    assert "made" in capsys.readouterr().out


def test_the_agents_files_are_made_and_compared(fresh: Path) -> None:
    """What is out of step is told of with `--check`, and made without."""
    prompt = fresh / "personas" / "architect.md"
    prompt.write_text(prompt.read_text("utf-8") + "\nAlways draw a picture.\n", "utf-8")

    assert main(["--project", str(fresh), "agents", "--check"]) == 1
    assert main(["--project", str(fresh), "agents"]) == 0
    assert main(["--project", str(fresh), "agents", "--check"]) == 0


def test_the_site_is_built(judged: Path) -> None:
    """With the verdicts and the matrix of the trace in it."""
    assert main(["--project", str(judged), "docs"]) == 0
    site = judged / ".tenhats" / "site"
    assert (site / "quality" / "verdicts" / "index.html").exists()
    assert (site / "quality" / "matrix" / "matrix.html").exists()


@pytest.mark.parametrize("shape", ["json", "markdown", "sarif"])
def test_a_report_goes_into_a_file(judged: Path, tmp_path: Path, shape: str) -> None:
    """For another program, a pull request, a code scanner."""
    target = tmp_path / "report"
    code = main(
        ["--project", str(judged), "gates", "--only", "SPC", "--format", shape, "--output", str(target)]
    )
    assert (code, target.stat().st_size > 500) == (0, True)


@pytest.mark.req("009-front-doors/SC-001")
def test_every_command_has_a_help_text() -> None:
    """What it does, in a line."""
    (kinds,) = (each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    texts = [each.help for each in kinds._choices_actions]
    assert len(texts) == 24
    assert all(texts)


def test_the_way_into_a_closed_pipe_is_no_traceback(judged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the output may stop reading."""

    def closed(*_: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr("tenhats.commands.explain", closed)
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    assert main(["--project", str(judged), "explain"]) == 2
