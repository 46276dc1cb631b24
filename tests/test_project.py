"""A project made from the template, used through its front doors as its owner would."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from tenhats.personas import PERSONAS
from tenhats.rule import RULES
from tests.conftest import Rendered
from tests.world import ROOT, RealProject, commit_all, findings, git, render, verdicts


def test_fresh_project_is_green(real_project: RealProject) -> None:
    """`nox -s gates` ends well in its first minute; only the advisory service may be unchecked."""
    ended = real_project.nox("-s", "gates")
    report = json.loads(real_project.read(".tenhats/report.json"))

    assert ended.code == 0, ended.out + ended.err
    assert set() == verdicts(report, "failed")
    assert verdicts(report, "unchecked") <= {"SEC002"}
    assert verdicts(report, "not applicable") == {
        *(code for code in RULES if code.startswith(("DAT", "MLE"))),  # nothing is declared
        *("SPC007", "SPC020", "SPC023"),  # there is no contract, and no quantity is told twice
        *("SPC025", "SPC026", "SPC027"),  # so that no code can drift from one
        *("SPC009", "SPC024", "TST008", "TST009", "TST010", "TST011"),  # there is nothing earlier
        *("ARC006", "ARC007", "ARC008", "DOC009", "TST016", "PRF005"),  # nor has anything changed since
        *("OPS008", "OPS009", "OPS010", "OPS011", "OPS012"),  # no variable, no container, no cluster
        *("PRF003", "PRF004", "PRF007", "TST017"),  # no cache, growth, memory or property is promised
        "SEC010",  # nothing is shipped beside the project itself
        *("OPS017", "OPS018", "OPS019"),  # nothing is described or watched
        *("OPS015", "OPS016"),  # nothing is deployed
        *("SEC006", "SEC007"),  # nothing promises to withstand an attack, no network reaches it
    }
    assert "1 specifications" in ended.out
    assert f"verdict: {report['verdict']}" in ended.out


def test_report_keeps_its_promise(real_project: RealProject) -> None:
    """The report for programs has exactly the promised shape."""
    report = real_project.gates()

    assert {"schema", "commit", "verdict", "gates", "rules"} == set(report)
    assert report["schema"] == "tenhats/report/1"
    assert report["commit"] == git(real_project.root, "rev-parse", "HEAD")
    assert [(n, {"number", "name", "verdict"}) for n in range(1, 9)] == [
        (gate["number"], set(gate)) for gate in report["gates"]
    ]
    keys = {
        "code",
        "title",
        "persona",
        "gate",
        "practice",
        "verdict",
        "looked_at",
        "seconds",
        "reason",
        "findings",
    }
    assert sorted(RULES) == [rule["code"] for rule in report["rules"]]
    assert all(keys == set(rule) for rule in report["rules"])
    assert all(rule["looked_at"] > 0 for rule in report["rules"] if rule["verdict"] == "passed")


def test_sessions_read_like_a_table_of_contents(real_project: RealProject) -> None:
    """`nox -l` names a session for each persona and for each workflow, each with a line of its own."""
    listed = re.findall(r"^[*-] (\S+) -> (.+)$", real_project.nox("-l").out, re.MULTILINE)
    described = dict(listed)

    assert {persona.name for persona in PERSONAS} <= set(described)
    assert {
        "gates",
        "bmad",
        "spec-kit",
        "trace",
        "spec",
        "adr",
        "review",
        "retro",
        "agents",
        "explain",
        "docs",
    } <= set(described)
    assert all(0 < len(text) <= 70 for text in described.values())


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_persona_has_an_exit_code(real_project: RealProject, persona: object) -> None:
    """Each persona's session asks that persona's rules, and no others."""
    name = persona.name  # type: ignore[attr-defined]
    ended = real_project.tenhats(name, "--format", "json")

    assert ended.code == 0, ended.out + ended.err
    assert {name} == {rule["persona"] for rule in ended.report["rules"]}


@pytest.mark.parametrize("workflow", ["bmad", "spec-kit"])
def test_board_shows_the_step_and_what_is_missing(real_project: RealProject, workflow: str) -> None:
    """The board names the five steps, and for a feature that was just begun, what is next and who leads."""
    with real_project.changed() as project:
        project.tenhats("spec", "Say", "farewell")
        ended = project.tenhats(workflow)

    assert ended.code == 0, ended.out + ended.err
    assert "001-greeting" in ended.out
    assert "002-say-farewell" in ended.out
    assert "next:" in ended.out
    assert "specs/002-say-farewell/spec.md" in ended.out
    assert "specification-engineer" in ended.out


def test_trace_leads_from_requirements_to_lines_and_back(real_project: RealProject) -> None:
    """The table, one requirement's chain, a line's requirements, and the published shape for programs."""
    whole = real_project.tenhats("trace")
    chain = real_project.tenhats("trace", "001-greeting/FR-001")
    lines = real_project.read("src/greeter/greeting.py").splitlines()
    last = next(number for number, line in enumerate(lines, 1) if "return" in line)
    back = real_project.tenhats("trace", f"src/greeter/greeting.py:{last}")
    schema = json.loads((ROOT / "docs/reference/trace.schema.json").read_text("utf-8"))

    assert (0, 0, 0) == (whole.code, chain.code, back.code), whole.err + chain.err + back.err
    assert whole.out.strip().endswith("17 requirements: 17 proven")
    assert "test_greets_by_name" in chain.out
    assert re.search(r"src/greeter/greeting.py:\d+: greet  lines \d", chain.out)
    assert "001-greeting/FR-001  proven" in back.out
    jsonschema.validate(json.loads(real_project.read(".tenhats/trace.json")), schema)


def test_trace_fails_for_a_requirement_without_a_test(real_project: RealProject) -> None:
    """One that was gained is untested until a test is bound to it, and the changes say so."""
    with real_project.changed() as project:
        project.replace("specs/001-greeting/spec.md", "### Key", "- **FR-009**: It MUST fly.\n\n### Key")
        broken = project.tenhats("trace", "001-greeting/FR-009")
        changed = project.tenhats("trace", "--changes")

    assert (1, True) == (broken.code, "untested" in broken.out)
    assert (1, True) == (changed.code, "+ 001-greeting/FR-009  gained, untested" in changed.out), changed.err


def test_the_test_engineer_records_only_what_is_proven(real_project: RealProject) -> None:
    """A failing test is named and nothing is recorded; what has no test is named and not covered."""
    spec, record = "specs/001-greeting/spec.md", "specs/001-greeting/reviews/test-engineer.toml"
    with real_project.changed() as project:
        project.replace(spec, "### Key", "- **FR-009**: The library MUST fly.\n\n### Key")
        project.replace(spec, "The library MUST leave out white", "The library MUST keep out white")
        suspect = project.tenhats("trace", "001-greeting/FR-002")
        before = project.read(record)
        project.replace("tests/test_greeting.py", '== "Hello, Ada!"', '== "Hullo, Ada!"')
        refused = project.tenhats("review", "test-engineer", "001-greeting")
        untouched = project.read(record) == before
        project.replace("tests/test_greeting.py", '== "Hullo, Ada!"', '== "Hello, Ada!"')
        made = project.tenhats("review", "test-engineer", "001-greeting", "--by", "Ada")
        proven = project.tenhats("trace", "001-greeting/FR-002")
        after = project.read(record)

    assert (1, True) == (suspect.code, "suspect" in suspect.out)
    assert (1, True) == (refused.code, untouched)
    assert (
        "001-greeting/FR-001 is not proven: failing: tests/test_greeting.py::test_greets_by_name"
        in refused.out
    )
    assert (0, True) == (made.code, "001-greeting/FR-009 has no test" in made.out)
    assert (0, False) == (proven.code, "suspect" in proven.out)
    assert "FR-009" not in after


def test_next_specification_has_a_number_of_its_own(real_project: RealProject) -> None:
    """No number is taken twice, not even by two branches in flight; a new one is red until written."""
    with real_project.changed() as project:
        git(project.root, "checkout", "--quiet", "-b", "one")
        assert project.tenhats("spec", "The", "first").code == 0
        commit_all(project.root, "one")
        git(project.root, "checkout", "--quiet", "main")
        made = project.tenhats("spec", "The second, änd more")
        report = project.gates("--gate", "1")
        git(project.root, "branch", "--quiet", "-D", "one")

    assert "specs/003-the-second-and-more/spec.md" in made.out
    assert {"SPC005", "SPC006"} <= verdicts(report, "failed")


def test_a_retrospective_has_its_figures(real_project: RealProject) -> None:
    """Of the runs since the last one, and of what is due; the site takes the page; one a day."""
    with real_project.changed() as project:
        project.write("docs/retrospectives/2026-01-31.md", "# Retrospective 2026-01-31\n")
        project.gates()
        project.replace("specs/001-greeting/spec.md", "MUST refuse a blank name", "MUST reject a blank name")
        made = project.tenhats("retro")
        (path,) = re.findall(r"made (\S+)", made.out)
        page = project.read(path)
        again = project.tenhats("retro")
        report = project.gates("--only", "DOC001")

    assert (0, 2) == (made.code, again.code), made.out + made.err
    assert "Since 2026-01-31" in page
    assert "| suspect proofs | 001-greeting/FR-004 |" in page
    assert "| reviews due | architect 001-greeting; security-engineer 001-greeting; test-engineer" in page
    assert {"DOC001"} == verdicts(report, "passed")


def test_next_decision_is_indexed(real_project: RealProject) -> None:
    """A new decision has the next number and a line in the index, and is red until it is decided."""
    with real_project.changed() as project:
        made = project.tenhats("adr", "Keep", "prices", "in", "cents")
        index = project.read("docs/adr/index.md")
        report = project.gates("--only", "ARC001,ARC002")

    assert "docs/adr/0007-keep-prices-in-cents.md" in made.out
    assert "[Keep prices in cents](0007-keep-prices-in-cents.md)" in index
    assert {"ARC001"} == verdicts(report, "failed")


def test_agents_files_are_made_again(real_project: RealProject) -> None:
    """After a prompt was changed, one command brings every agent's copy into step."""
    with real_project.changed() as project:
        project.write("personas/architect.md", project.read("personas/architect.md") + "\nBe brief.\n")
        stale = project.tenhats("agents", "--check")
        made = project.tenhats("agents")
        fresh = project.tenhats("agents", "--check")
        copied = project.read(".github/agents/architect.agent.md")

    assert (1, 0, 0) == (stale.code, made.code, fresh.code)
    assert "nox -s agents" in stale.out
    assert copied.endswith("Be brief.\n")


def test_explain_has_a_page_for_everything(real_project: RealProject) -> None:
    """There is a page for each rule, gate and persona; an unknown word gets the nearest known one."""
    pages = {
        word: real_project.tenhats("explain", word) for word in ("SPC003", "2", "architect", "practices")
    }
    unknown = real_project.tenhats("explain", "architekt")

    assert all(page.code == 0 for page in pages.values())
    assert "Gate 1" in pages["SPC003"].out
    assert "TST001" in pages["2"].out
    assert "Documents architectural decisions" in pages["architect"].out
    assert 40 == sum(line[:2] == "  " != line[2:4] for line in pages["practices"].out.splitlines())
    assert (2, True) == (unknown.code, "Did you mean architect?" in unknown.err)


def test_brief_is_one_page_for_an_agent(real_project: RealProject) -> None:
    """The brief holds the prompt, what the rules say, the trace and the feature's documents."""
    ended = real_project.tenhats("brief", "security-engineer", "001-greeting")

    assert ended.code == 0, ended.err
    for part in ("Security Engineer", "SEC001", "001-greeting/FR-001", "## specs/001-greeting/plan.md"):
        assert part in ended.out


def test_site_has_interface_verdicts_and_trace(real_project: RealProject) -> None:
    """`nox -s docs` builds the site with what the gates found in it."""
    real_project.tenhats("gates")
    ended = real_project.tenhats("docs")
    site = real_project.root / ".tenhats" / "site"

    assert ended.code == 0, ended.out + ended.err
    assert "greet" in (site / "reference/api/index.html").read_text(encoding="utf-8")
    assert "SPC003" in (site / "quality/verdicts/index.html").read_text(encoding="utf-8")
    assert "../matrix/matrix.html" in (site / "quality/trace/index.html").read_text(encoding="utf-8")
    feature = (site / "quality/matrix/feature-001-greeting.html").read_text(encoding="utf-8")
    assert 'id="FR-001"' in feature
    assert (site / "quality/matrix/source-src-greeter-greeting.py.html").is_file()
    assert "<svg" in (site / "quality/profile/index.html").read_text(encoding="utf-8")


def test_profile_says_where_the_time_goes(real_project: RealProject) -> None:
    """`nox -s profile` names a benchmark's hottest function and draws it; an unknown name ends with 1."""
    ended = real_project.tenhats("profile", "library")
    unknown = real_project.tenhats("profile", "nowhere")

    assert (0, 1) == (ended.code, unknown.code), ended.out + ended.err
    assert "greet (src/greeter/greeting.py:" in ended.out
    (drawn,) = (real_project.root / ".tenhats/profile").glob("*.svg")
    assert drawn.relative_to(real_project.root).as_posix() in ended.out
    assert "<svg" in drawn.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "DOC0001"], "There is no rule DOC0001. Did you mean DOC001?"),
        (["--gate", "9"], "There is no gate 9"),
        (["--only", "SPC", "--gate", "7"], "No rule is left"),
        (["--colour"], "unrecognized arguments: --colour"),
    ],
    ids=str,
)
def test_what_cannot_run_exits_with_2(real_project: RealProject, arguments: list[str], said: str) -> None:
    """A question that makes no sense is answered with exit code 2 and the way out."""
    ended = real_project.tenhats("gates", *arguments)

    assert ended.code == 2
    assert said in " ".join(ended.err.split())


def test_nox_passes_the_exit_code_on(real_project: RealProject) -> None:
    """What cannot run ends with 2 for whoever asked through nox as well, and findings end with 1."""
    with real_project.changed() as project:
        (project.root / "CHANGELOG.md").unlink()
        found = project.nox("-s", "gates", "--", "--only", "DOC003")
        unknown = project.nox("-s", "gates", "--", "--only", "DOC999")

    assert (1, 2) == (found.code, unknown.code)


def test_colours_do_not_spoil_what_tools_answer(real_project: RealProject) -> None:
    """Where the environment forces colours, the tools are read all the same."""
    report = real_project.gates("--gate", "7", "--fresh", env={"FORCE_COLOR": "1", "NO_COLOR": ""})

    assert set() == verdicts(report, "unchecked")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("coverag = 80", "Did you mean coverage?"),
        ('coverage = "high"', "must be a number"),
        ("coverage = 800", "a percentage"),
        ('[tool.tenhats.off]\nSPC003 = ""', "without a reason"),
        ('[tool.tenhats.off]\nDOC0001 = "no"', "Did you mean DOC001?"),
        ('[tool.tenhats.pipelines.x]\nrun = ["true"]', "needs the setting outputs"),
    ],
    ids=str,
)
def test_wrong_settings_are_named_with_their_line(real_project: RealProject, setting: str, said: str) -> None:
    """A setting that means nothing stops the run, with its place and the nearest real one."""
    with real_project.changed() as project:
        if setting.startswith("["):
            project.write("pyproject.toml", f"{project.read('pyproject.toml')}\n{setting}\n")
        else:
            project.replace("pyproject.toml", "coverage = 80\n", f"{setting}\n")
        ended = project.tenhats("gates")

    assert ended.code == 2, ended.out
    assert said in " ".join(ended.err.split())


def test_rule_can_be_switched_off_with_a_reason(real_project: RealProject) -> None:
    """A rule that was switched off is not applicable, and the report says who wanted it so and why."""
    with real_project.changed() as project:
        project.write(
            "pyproject.toml", project.read("pyproject.toml") + '\n[tool.tenhats.off]\nDOC003 = "we blog"\n'
        )
        (project.root / "CHANGELOG.md").unlink()
        report = project.gates("--only", "DOC003")

    assert {"DOC003"} == verdicts(report, "not applicable")
    assert report["rules"][0]["reason"] == "switched off: we blog"


@pytest.mark.parametrize(("reason", "verdict"), [("the law says so", "passed"), ("", "failed")])
def test_finding_can_be_waived_with_a_reason(real_project: RealProject, reason: str, verdict: str) -> None:
    """A waiver on the line above silences one rule there; without a reason it silences nothing."""
    with real_project.changed() as project:
        waiver = f"<!-- tenhats: ignore[SPC003] {reason} -->".replace("]  ", "] ")
        project.replace(
            "specs/001-greeting/spec.md",
            "- **FR-002**: The library MUST leave",
            f"{waiver}\n- **FR-002**: The library leaves",
        )
        report = project.gates("--only", "SPC003")
        shown = project.tenhats("gates", "--only", "SPC003").out

    assert {"SPC003"} == verdicts(report, verdict)
    assert reason in shown
    assert (
        "reason" in (report["rules"][0]["reason"] or report["rules"][0]["findings"][0]["message"]) or reason
    )


def test_formats_for_every_audience(real_project: RealProject, tmp_path: Path) -> None:
    """The same verdicts are written for a pull request, a code scanner and a program."""
    with real_project.changed() as project:
        (project.root / "CHANGELOG.md").unlink()
        markdown = project.tenhats("gates", "--gate", "4", "--format", "markdown")
        sarif = project.tenhats("gates", "--gate", "4", "--format", "sarif")
        written = project.tenhats(
            "gates", "--gate", "4", "--format", "json", "--output", str(tmp_path / "r.json")
        )

    assert (1, 1, 1) == (markdown.code, sarif.code, written.code)
    assert "| `CHANGELOG.md:1` | DOC003 |" in markdown.out
    log = json.loads(sarif.out)
    assert "2.1.0" == log["version"]
    assert "DOC003" == log["runs"][0]["results"][0]["ruleId"]
    assert ("DOC003", "CHANGELOG.md", 1) in findings(json.loads((tmp_path / "r.json").read_text()))
    assert "DOC003" in written.out


def test_greeting_can_be_replaced(template: Path, real_project: RealProject) -> None:
    """With the greeting deleted and another feature in its place, and nothing else touched, all is green."""
    with real_project.changed() as project:
        for path in (
            "specs/001-greeting/spec.md", "specs/001-greeting/plan.md", "specs/001-greeting/tasks.md",
            "src/greeter/greeting.py", "src/greeter/__main__.py", "tests/test_greeting.py",
            "tests/test_command.py", "tests/test_speed.py", "docs/tutorial.md",
        ):  # fmt: skip
            (project.root / path).unlink()
        project.write("specs/001-count/spec.md", COUNT_SPEC)
        project.write("src/greeter/count.py", COUNT)
        project.write("src/greeter/__main__.py", COUNT_COMMAND)
        project.write("tests/test_count.py", COUNT_TEST)
        report = project.gates()

    assert set() == findings(report)
    assert verdicts(report, "unchecked") <= {"SEC002"}


COUNT_SPEC = """# Feature Specification: Count words

## User Scenarios & Testing

### User Story 1 - Count the words of a text (Priority: P1)

**Acceptance Scenarios**:

1. **Given** a text of two words, **When** it is counted, **Then** the command prints 2

## Requirements

- **FR-001**: The command MUST print how many words a text has

## Success Criteria

- **SC-001**: A text of 1000 words is counted without an error
"""

COUNT = '''"""Counts words."""


def count(text: str) -> int:
    """Return how many words the text has."""
    return len(text.split())
'''

COUNT_COMMAND = '''"""The command: count the words of a text."""

import argparse
import sys
from collections.abc import Sequence

from .count import count


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many words the text has; return the exit code 0."""
    parser = argparse.ArgumentParser(description="Count words.")
    parser.add_argument("text", help="the text")
    print(count(parser.parse_args(arguments).text))
    return 0


if __name__ == "__main__":
    sys.exit(main())
'''

COUNT_TEST = '''"""Counting words."""

import pytest

from greeter.__main__ import main
from greeter.count import count


@pytest.mark.req("001-count/FR-001", "001-count/US1.1")
def test_command_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """Two words are two."""
    assert main(["two words"]) == 0
    assert capsys.readouterr().out == "2\\n"


@pytest.mark.req("001-count/SC-001")
def test_many_words() -> None:
    """A thousand words are a thousand."""
    assert count("word " * 1000) == 1000
'''


def test_real_specification_is_read(real_project: RealProject) -> None:
    """A specification of a public repository, dropped in, has each untested promise named at its own line."""
    corpus = Path(__file__).parents[2] / "shared" / "corpus" / "speckit"
    if not corpus.is_dir():
        pytest.skip("the corpus of public specifications is not here")
    source = corpus / "21-DOT-DEV__subtree" / "specs" / "004-add-command"
    with real_project.changed() as project:
        shutil.copytree(source, project.root / "specs" / "004-add-command")
        lines = (source / "spec.md").read_text(encoding="utf-8").splitlines()
        ended = project.tenhats("gates", "--gate", "1", "--gate", "2", "--format", "json")

    untested = {found for found in findings(ended.report) if found[0] in {"TST001", "TST004"}}
    assert ended.code == 1
    assert 35 + 7 == sum(code == "TST001" for code, _, _ in untested)
    assert 20 == sum(code == "TST004" for code, _, _ in untested)
    assert all(
        "FR-" in lines[line - 1] or "SC-" in lines[line - 1] for code, _, line in untested if code == "TST001"
    )
    assert all("**Given**" in lines[line - 1] for code, _, line in untested if code == "TST004")


FOUR_FORMATS = {
    "openspec/specs/refunds/spec.md": """# Refunds

## Purpose

Money that goes back to whoever paid it.

## Requirements

### Requirement: Pay back

The system SHALL pay the whole sum back.

#### Scenario: In time

- **WHEN** the parcel comes back
- **THEN** the sum is paid back
""",
    ".kiro/specs/search/requirements.md": """# Requirements Document

## Introduction

Finding a parcel again.

### Requirement 1: Search

#### Acceptance Criteria

1. WHEN a number is asked for THE SYSTEM SHALL show its parcel
""",
    "docs/prd.md": """# Depot

## Functional Requirements

- **FR1:** A clerk can print a label
""",
}


def test_four_formats_are_one_trace(real_project: RealProject) -> None:
    """Features of spec-kit, OpenSpec, Kiro and BMAD are read as one, each requirement under its own name."""
    with real_project.changed() as project:
        for path, text in FOUR_FORMATS.items():
            project.write(path, text)
        report = project.gates("--only", "SPC002,SPC008,TST001")
        traced = project.nox("-s", "trace")
        trace = json.loads(project.read(".tenhats/trace.json"))

    untested = {
        ("TST001", "openspec/specs/refunds/spec.md", 9),
        ("TST001", ".kiro/specs/search/requirements.md", 11),
        ("TST001", "docs/prd.md", 5),
    }
    assert untested == findings(report)
    assert {"SPC002", "SPC008"} == verdicts(report, "passed")
    assert 1 == traced.code, traced.out + traced.err
    names = {each["name"] for each in trace["requirements"]}
    assert {"001-greeting/FR-001", "refunds/Pay back", "search/1.1", "prd/FR1"} <= names


def test_ctrl_c_leaves_no_child(real_project: RealProject) -> None:
    """A run that is stopped stops all that it has started, says so, and exits with 130."""
    with real_project.changed() as project:
        project.write("tests/test_slow.py", "import time\n\n\ndef test_slow():\n    time.sleep(60)\n")
        running = subprocess.Popen(
            [sys.executable, "tenhats", "gates", "--only", "DEV001"],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Whoever runs the tests in the background has them ignore Ctrl-C, and children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        children = _wait_for(lambda: _running_in(project.root, "-m pytest"))
        os.killpg(running.pid, signal.SIGINT)
        said, _ = running.communicate(timeout=30)

    assert children
    assert 130 == running.returncode, said
    assert "nothing is left running" in said
    assert not _running_in(real_project.root, "-m pytest")


def _wait_for(condition: object) -> list[str]:
    for _ in range(300):
        if found := condition():  # type: ignore[operator]
            return list(found)
        time.sleep(0.1)
    return []


def _running_in(folder: Path, words: str) -> list[str]:
    """The command lines of the processes that run in this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            here = (process / "cwd").resolve() == folder
        except OSError:
            continue
        if here and words in command:
            found.append(command)
    return found


def test_unchanged_project_is_not_measured_again(real_project: RealProject) -> None:
    """What has not changed since the last run is not measured again; a strict run measures everything."""
    real_project.tenhats("gates", "--gate", "7")
    again = real_project.tenhats("gates", "--gate", "7")
    strict = real_project.tenhats("gates", "--gate", "7", "--strict")

    assert "measured" not in again.err
    assert "measured Types" in strict.err


def test_gitlab_project_is_green(template: Path, tmp_path: Path, real_project: RealProject) -> None:
    """With GitLab chosen, CI runs every gate too, and what only GitHub has is not applicable."""
    folder = render(template, tmp_path / "project", ci="gitlab")
    commit_all(folder, "start")
    report = RealProject(folder).gates("--only", "OPS004,OPS005,OPS006,SEC004,DOC004")

    assert {"OPS004", "OPS005", "OPS006", "DOC004"} == verdicts(report, "passed")
    assert {"SEC004"} == verdicts(report, "not applicable")


def test_tools_bind_nothing_that_the_project_uses(template: Path, tmp_path: Path) -> None:
    """A project that wants an old rich, pydantic, click and markdown-it-py is green; pip will do."""
    old = ["rich==12.6.0", "pydantic==1.10.26", "click==7.1.2", "markdown-it-py==1.1.0"]
    project = RealProject(render(template, tmp_path / "project"))
    project.replace("pyproject.toml", "dependencies = []", f"dependencies = {json.dumps(old)}")
    commit_all(project.root, "start")
    report = project.gates(env={"PATH": _path_without_uv(tmp_path)})
    installed = project.run(
        str(project.root / ".tenhats/envs/project/bin/python"),
        "-c",
        "from importlib.metadata import version as v; print(v('rich'), v('click'), v('pydantic'))",
    )

    assert set() == findings(report)
    assert verdicts(report, "unchecked") <= {"SEC002"}
    assert "12.6.0 7.1.2 1.10.26" == installed.out.strip()


def _path_without_uv(folder: Path) -> str:
    """A PATH on which only what everybody has is found: git, and what a shell needs."""
    tools = folder / "bin"
    tools.mkdir()
    for name in ("git", "sh", "env", "uname"):
        if where := shutil.which(name):
            (tools / name).symlink_to(where)
    return str(tools)


def test_rendered_ci_has_a_job_for_each_gate(rendered: Rendered) -> None:
    """GitHub runs the eight gates side by side from one command, strictly, and a last job wants them all."""
    text = (rendered() / ".github/workflows/gates.yml").read_text(encoding="utf-8")

    assert "gate: [1, 2, 3, 4, 5, 6, 7, 8]" in text
    assert "nox -s gates -- --strict --gate ${{ matrix.gate }}" in text
    assert "$GITHUB_STEP_SUMMARY" in text
    assert "= success" in text
