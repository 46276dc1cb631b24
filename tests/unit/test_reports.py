"""The reports: each says what was found to its audience, in the shape that was promised."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from tenhats.cli import main
from tenhats.formats.model import Problem
from tenhats.gates import Gate
from tenhats.personas import BY_NAME
from tenhats.reports import board, program, pull_request, scanner, terminal, web
from tenhats.reports.brief import brief
from tenhats.rule import RULES, Finding
from tenhats.trace import State
from tenhats.verdicts import Outcome, Verdict, worst
from tests.unit.made_up import SPEC, chain, feature, folder, judged, outcome, specs

pytestmark = pytest.mark.req("006-verdicts/FR-006")


WRONG = Finding(SPEC, 100, "a | b <c> [d] has no test", 'add: req("001-greeting/FR-001")')
FAILED = judged("TST001", Verdict.FAILED, WRONG, looked_at=14, seconds=0.00412)
MIXED = outcome(
    judged("DAT001", Verdict.NOT_APPLICABLE, looked_at=0, reason="no pipeline is declared"),
    judged("SEC002", Verdict.UNCHECKED, looked_at=0, reason="the service did not answer"),
    judged("SPC001", Verdict.PASSED, looked_at=1),
    FAILED,
)


def printed(run: Outcome, *, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    text = io.TextIOWrapper(raw, encoding=encoding)
    terminal.print_outcome(Console(width=100, emoji=False, file=text), run, 1.25)
    text.flush()
    return raw.getvalue().decode(encoding)


def test_the_worst_verdict_counts() -> None:
    """Failed, else unchecked, else passed; not applicable if there is nothing else."""
    passed, failed, unchecked, none = (
        Verdict.PASSED,
        Verdict.FAILED,
        Verdict.UNCHECKED,
        Verdict.NOT_APPLICABLE,
    )
    assert worst([passed, unchecked, failed, none]) is failed
    assert worst([passed, unchecked, none]) is unchecked
    assert worst([none, passed]) is passed
    assert worst([none]) is none
    assert worst([]) is none


def test_a_gate_of_which_no_rule_was_asked_is_unchecked() -> None:
    """Never green by silence."""
    assert MIXED.of_gate(Gate.DEPLOYMENT) is Verdict.UNCHECKED
    assert MIXED.of_gate(Gate.SPECIFICATIONS) is Verdict.PASSED
    assert MIXED.at("test-engineer", Gate.TESTS) is Verdict.FAILED
    assert MIXED.at("test-engineer", Gate.STYLE) is None


def test_the_report_for_a_program_has_the_promised_shape() -> None:
    """The keys, their order and their kinds are a promise."""
    report = json.loads(program.as_json(MIXED))
    assert list(report) == ["schema", "commit", "verdict", "gates", "rules"]
    assert (report["schema"], report["commit"], report["verdict"]) == ("tenhats/report/1", "c0ffee", "failed")
    assert report["gates"] == [
        {"number": 1, "name": "specifications", "verdict": "passed"},
        {"number": 2, "name": "tests", "verdict": "failed"},
        {"number": 3, "name": "implementation", "verdict": "not applicable"},
        {"number": 4, "name": "documentation", "verdict": "unchecked"},
        {"number": 5, "name": "security", "verdict": "unchecked"},
        {"number": 6, "name": "performance", "verdict": "unchecked"},
        {"number": 7, "name": "style", "verdict": "unchecked"},
        {"number": 8, "name": "deployment", "verdict": "unchecked"},
    ]
    assert report["rules"][3] == {
        "code": "TST001",
        "title": "Every requirement has a test",
        "persona": "test-engineer",
        "gate": 2,
        "practice": "Creates comprehensive test suites",
        "verdict": "failed",
        "looked_at": 14,
        "seconds": 0.0041,
        "reason": None,
        "findings": [{"path": SPEC, "line": 100, "message": WRONG.message, "fix": WRONG.fix}],
    }
    assert report["rules"][0]["reason"] == "no pipeline is declared"


def test_the_report_of_a_project_without_commits_has_none() -> None:
    """`commit` is null then."""
    assert json.loads(program.as_json(outcome(commit=None)))["commit"] is None


def test_the_report_for_a_scanner_is_sarif() -> None:
    """Version, driver, rules with their pages, results with their places."""
    log = json.loads(scanner.as_sarif(MIXED))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["DAT001", "SEC002", "SPC001", "TST001"]
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("TST001", "error")
    assert result["message"]["text"] == f"{WRONG.message}\nTo mend it: {WRONG.fix}"
    (location,) = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": SPEC}, "region": {"startLine": 100}}


def test_sarif_quotes_paths_and_counts_lines_from_one() -> None:
    """A path is a URI, and there is no line 0."""
    odd = judged("TST001", Verdict.FAILED, Finding("my docs/ä.md", 0, "wrong", "mend it"))
    (result,) = json.loads(scanner.as_sarif(outcome(odd)))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "my%20docs/%C3%A4.md"}, "region": {"startLine": 1}}


def test_the_report_for_a_pull_request_is_a_table() -> None:
    """Only the gates that were asked; cells that cannot break the table; reasons at the end."""
    page = pull_request.as_markdown(MIXED)
    assert page.startswith("## Gates: failed\n")
    assert "| 2 tests | ❌ failed | 1 |" in page
    assert "8 deployment" not in page
    assert f"| `{SPEC}:100` | TST001 | a \\| b &lt;c> [d] has no test |" in page
    assert "### Not checked\n\n- SEC002 No dependency has a known vulnerability: the service did not" in page
    assert "### Not applicable\n\n- DAT001" in page


def test_the_report_for_a_terminal_can_be_clicked_and_pasted() -> None:
    """Path, line, code, message as they are; the fix below; then the verdict."""
    text = printed(MIXED)
    assert f"{SPEC}:100: TST001 {WRONG.message}\n    fix: {WRONG.fix}\n" in text
    assert "unchecked: SEC002: the service did not answer" in text
    assert "not applicable: DAT001: no pipeline is declared" in text
    assert text.rstrip().endswith("verdict: failed (4 rules, 1 finding, 1.2 s)")


def test_advice_is_printed_and_kept_out_of_what_was_promised() -> None:
    """The first five of a rule beside others, all of them alone; never in the report for a program."""
    advice = tuple(Finding(SPEC, line, "a [b] is passive", "say who") for line in range(1, 8))
    advised = judged("SPC013", Verdict.PASSED, advice=advice)
    text = printed(outcome(advised, judged("SPC001")))
    assert f"advice: {SPEC}:5: SPC013 a [b] is passive: say who\n" in text
    assert f"{SPEC}:6:" not in text
    assert "advice: SPC013: 2 more; all of them: nox -s gates -- --only SPC013\n" in text
    assert f"advice: {SPEC}:7: SPC013" in printed(outcome(advised))
    assert "passive" not in program.as_json(outcome(advised))


def test_a_terminal_without_utf8_gets_plain_signs() -> None:
    """Nothing breaks where only ASCII can be written."""
    text = printed(outcome(judged("SPC001", Verdict.PASSED)), encoding="ascii")
    assert "verdict: passed" in text
    assert "+" in text


PYPROJECT = '[project]\nname = "x"\n'
LATE = "# A\n" + "\n" * 98 + "### User Story 1 - A :bug: [/b]\n"


def run(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str]:
    code = main(["--project", str(root), *arguments])
    return code, capsys.readouterr().out


def test_what_is_printed_is_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`:100:` is a line and `[/b]` is text: neither becomes a picture or a style."""
    folder(tmp_path, {"pyproject.toml": PYPROJECT, "specs/001-a/spec.md": LATE})
    code, text = run(capsys, tmp_path, "gates", "--only", "SPC004")
    assert code == 1
    assert "specs/001-a/spec.md:100: SPC004 001-a/US1 “A :bug: [/b]” has no acceptance scenario" in text
    code, text = run(capsys, tmp_path, "gates", "--only", "SPC004", "--format", "json")
    (rule,) = json.loads(text)["rules"]
    assert (code, rule["findings"][0]["message"]) == (
        1,
        "001-a/US1 “A :bug: [/b]” has no acceptance scenario",
    )


@pytest.mark.parametrize("kind", ["text", "json", "markdown", "sarif"])
def test_a_report_can_be_written_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """In every format; the terminal gets its own report beside it."""
    folder(tmp_path, {"pyproject.toml": PYPROJECT, "specs/001-a/spec.md": LATE})
    target = tmp_path / "new" / "report"
    code, text = run(capsys, tmp_path, "gates", "--only", "SPC004", "--format", kind, "--output", str(target))
    assert code == 1
    assert "has no acceptance scenario" in target.read_text(encoding="utf-8")
    assert "verdict: failed" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--only", "SPX001"], "There is no rule SPX001. Did you mean SPC001?"),
        (["--gate", "9"], "There is no gate 9; they are 1 to 8."),
        (["--gate", "8", "--only", "SPC"], "No rule is left"),
    ],
)
def test_a_question_that_cannot_be_asked_ends_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    """Exit code 2, and what to do on standard error."""
    folder(tmp_path, {"pyproject.toml": PYPROJECT})
    assert main(["--project", str(tmp_path), "gates", *words]) == 2
    assert message in capsys.readouterr().err


def test_a_folder_without_a_project_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing was judged, and nobody may think it was."""
    assert main(["--project", str(tmp_path), "gates"]) == 2
    assert "cannot run:" in capsys.readouterr().err


def test_unchecked_fails_only_when_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gate that could not be checked is green for nobody, and red in CI."""
    folder(tmp_path, {"pyproject.toml": PYPROJECT, "docs/index.md": "# A\n"})
    assert run(capsys, tmp_path, "gates", "--only", "DOC001")[0] == 0
    code, text = run(capsys, tmp_path, "gates", "--only", "DOC001", "--strict")
    assert code == 1
    assert "unchecked: DOC001: there is no mkdocs.yml to build a site from" in text


def test_the_last_report_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In `.tenhats/report.json`, whatever was printed."""
    folder(tmp_path, {"pyproject.toml": PYPROJECT})
    run(capsys, tmp_path, "gates", "--only", "SPC008")
    report = json.loads((tmp_path / ".tenhats/report.json").read_text(encoding="utf-8"))
    assert [rule["code"] for rule in report["rules"]] == ["SPC008"]
    assert report["verdict"] == "failed"


def test_the_page_of_verdicts_is_made_from_the_report() -> None:
    """Gates and rules, with their signs; without a report it says how to get one."""
    page = web.verdict_page(program.as_dict(MIXED))
    assert "Judged at commit `c0ffee`: **failed**." in page
    assert "| 2 tests | ❌ failed |" in page
    assert "| TST001 | Every requirement has a test | test-engineer | 2 | ❌ failed | 14 |" in page
    assert "nox -s gates" in web.verdict_page(None)


def test_the_page_of_trends_begins_with_the_newest() -> None:
    """Thirty runs at most."""
    runs = [{"when": f"day {n}", "commit": None, "verdict": "passed", "findings": n} for n in range(40)]
    rows = web.trend_page(runs).strip().splitlines()[4:]
    assert len(rows) == 30
    assert rows[0] == "| day 39 | `none` | ✅ passed | 39 |"


def test_a_brief_holds_what_a_persona_needs() -> None:
    """The prompt, the verdicts, the trace of this feature, its documents."""
    traced = [
        chain("001-greeting/FR-001", State.UNTESTED),
        chain("002-parting/FR-001", State.PROVEN),
    ]
    page = brief(
        BY_NAME["test-engineer"],
        "You test.\n",
        feature(),
        {SPEC: "# Greeting\n```\ncode\n```\n"},
        traced,
        MIXED,
    )
    assert page.startswith("# Brief: Test Engineer, 001-greeting\n")
    assert "You test." in page
    assert f"    - {SPEC}:100: {WRONG.message}. Fix: {WRONG.fix}" in page
    assert "| 001-greeting/FR-001 | untested | – |" in page
    assert "002-parting" not in page
    assert f"## {SPEC}\n\n````markdown\n# Greeting\n```\ncode\n```\n````" in page


def shown(workflow: str, title: str, run_: Outcome) -> str:
    file = io.StringIO()
    named = replace(feature(), title=title)
    board.print_board(Console(width=140, emoji=False, file=file), workflow, specs(named), run_)
    return file.getvalue()


def test_the_board_shows_the_next_step_and_what_is_missing() -> None:
    """Who leads it, which command helps, and each finding; a title is text, whatever it holds."""
    text = shown("spec-kit", "Greet [/b] and :100: part", MIXED)
    assert "001-greeting  Greet [/b] and :100: part" in text
    assert "next: Test Generation (test-engineer): nox -s test-engineer" in text
    assert f"  {SPEC}:100: TST001 {WRONG.message}" in text


def test_the_board_says_when_all_is_reached() -> None:
    """Five of five."""
    text = shown("bmad", "Greet", outcome(*(judged(code) for code in RULES)))
    assert text.count("  reached  ") == 5
    assert "all five steps are reached" in text


def test_the_board_shows_what_cannot_be_read() -> None:
    """A file with brackets in its name is named as it is."""
    file = io.StringIO()
    unread = specs(problems=(Problem("specs/[a]/spec.md", 1, "specs/[a]/spec.md is empty", "write [it]"),))
    board.print_board(Console(width=140, file=file), "bmad", unread, outcome())
    assert file.getvalue() == "specs/[a]/spec.md:1: specs/[a]/spec.md is empty\n    fix: write [it]\n"
