"""Gherkin's scenarios: as they are written, what they are bound to, and what became of them."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tenhats.facts import suite as suite_fact
from tenhats.facts.behave import BehaveRun, run_behave
from tenhats.facts.environment import ProjectEnvironment
from tenhats.formats.gherkin import NotGherkin, name_in_tag, plain_words, scenarios_in
from tests.unit.made_up import folder, recorded, tree_of

pytestmark = pytest.mark.req("004-proof/FR-001")


FEATURE = """\
@001-greeting/FR-001 @slow
Feature: Greeting

  Background:
    Given a library

  @US1.2
  Scenario: By name
    Given the name "Ada"
    When it is greeted
    Then the greeting is "Hello, Ada!"

  Rule: Politeness
    @req:FR-003
    Scenario Outline: Many
      When <name> is greeted

      @FR-004
      Examples:
        | name | year |
        | Ada  | 1815 |
        | Bob  | 1946 |
"""
STEPS = "from behave import given\n"


def read(tmp_path: Path, **files: str) -> suite_fact.TestSuite:
    named = {name.replace("__", "/") + ".feature": text for name, text in files.items()}
    here = folder(tmp_path, named)
    return suite_fact.read_suite(here, tree_of(here))


def test_scenarios_are_read_with_their_steps_and_their_rows() -> None:
    """A rule's scenarios too; the background's steps come before their own, or not."""
    first, second = scenarios_in(FEATURE.encode())
    own = 'Given the name "Ada"\nWhen it is greeted\nThen the greeting is "Hello, Ada!"'
    assert (first.line, first.name, first.asserts) == (8, "By name", True)
    assert first.wordings == (own, f"Given a library\n{own}")
    assert first.tags == ((1, "001-greeting/FR-001"), (1, "slow"), (7, "US1.2"))
    assert (second.line, second.asserts) == (15, False)
    assert [(row.line, row.values, row.tags) for row in second.rows] == [
        (21, ("Ada", "1815"), ((18, "FR-004"),)),
        (22, ("Bob", "1946"), ((18, "FR-004"),)),
    ]
    assert second.rows[1].wordings[0] == "When Bob is greeted"


def test_other_languages_are_read() -> None:
    """By the parser's own word lists; Dann is an outcome."""
    (found,) = scenarios_in("# language: de\nFunktionalität: x\n  Szenario: y\n    Dann gilt es\n".encode())
    assert (found.asserts, found.wordings) == (True, ("Dann gilt es",))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "Feature: empty\n"])
def test_a_file_without_scenarios_has_none(text: str) -> None:
    """It is not broken for that."""
    assert list(scenarios_in(text.encode())) == []
    assert len(list(scenarios_in((text.removesuffix("Feature: empty\n") + FEATURE).encode()))) == 2


def test_a_file_that_cannot_be_parsed_says_where() -> None:
    """The line of the first mistake."""
    with pytest.raises(NotGherkin) as caught:
        list(scenarios_in(b"Feature: x\n  Scenario: y\n    Given a\n  Nonsense\n"))
    assert caught.value.line == 4
    assert "Nonsense" in str(caught.value)


@pytest.mark.parametrize(
    ("tag", "named"),
    [
        ("001-greeting/FR-001", ("001-greeting/FR-001", True)),
        ("001-greeting/US1.2", ("001-greeting/US1.2", True)),
        ("greeting/1.2", ("greeting/1.2", True)),
        ("req:FR-001", ("FR-001", True)),
        ("req:greeting/anything", ("greeting/anything", True)),
        ("FR-001", ("FR-001", False)),
        ("US1.2", ("US1.2", False)),
        ("1.2", None),
        ("US1", None),
        ("slow", None),
        ("v/beta", None),
        ("issue:https://example.org/FR-001", None),
        ("JIRA-77", None),
    ],
)
def test_a_tag_may_name_a_requirement(tag: str, named: tuple[str, bool] | None) -> None:
    """With `req:` or a feature it can mean nothing else; a bare id may."""
    assert name_in_tag(tag) == named


@pytest.mark.parametrize(
    ("specified", "written"),
    [
        (
            "**Given** the name `Ada`, **When** greeted, **Then** hi!",
            'Given the name "Ada"\nWhen greeted\nThen hi',
        ),
        ("- **WHEN** it  rains\n- **THEN** wet", "when it rains\nthen wet."),
        ("Given “Ada”", "Given 'Ada'"),
    ],
)
def test_the_same_words_are_the_same(specified: str, written: str) -> None:
    """Whatever the marks around them; a word more is not the same."""
    assert plain_words(specified) == plain_words(written)
    assert plain_words(specified) != plain_words(f"{written} twice")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Given -5", "Given 5"),
        ("Given a > b", "Given a < b"),
        ("Given 1.5", "Given 15"),
        ("Given a", "Given b"),
    ],
)
def test_other_words_are_others(one: str, other: str) -> None:
    """A sign and a point inside a number change the meaning."""
    assert plain_words(one) != plain_words(other)


def test_a_scenario_is_a_test(tmp_path: Path) -> None:
    """Under the tests' folder and under features/, bound by tags at their lines and by its words."""
    read_ = read(tmp_path, tests__deep__a=FEATURE, features__b="Feature: x\n  Scenario: y\n", docs__c=FEATURE)
    assert [test.id for test in read_.tests] == [
        "features/b.feature::y",
        "tests/deep/a.feature::By name",
        "tests/deep/a.feature::Many",
    ]
    tagged = [(each.line, each.name, each.case, each.by) for each in read_.bindings if each.by != "words"]
    assert tagged == [
        (1, "001-greeting/FR-001", "", "mark"),
        (7, "US1.2", "", "tag"),
        (1, "001-greeting/FR-001", "", "mark"),
        (14, "FR-003", "", "mark"),
        (18, "FR-004", "Ada-1815", "tag"),
        (18, "FR-004", "Bob-1946", "tag"),
    ]


def test_a_scenario_is_found_again_when_it_runs(tmp_path: Path) -> None:
    """By its line, or its row's; pytest-bdd tells the row by its values."""
    places = read(tmp_path, tests__a=FEATURE).scenarios
    assert "FR-003" in places["tests/a.feature:15"]
    assert "FR-004" not in places["tests/a.feature:15"]
    assert places["tests/a.feature:22"] == places["tests/a.feature:15[Bob-1946]"]
    assert {"FR-003", "FR-004", "When Bob is greeted"} <= set(places["tests/a.feature:22"])


def test_a_feature_file_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    """With its line; a file in another encoding too."""
    here = folder(
        tmp_path, {"tests/a.feature": "nonsense\n", "tests/b.feature": "Feature: é".encode("latin-1")}
    )
    unreadable = suite_fact.read_suite(here, tree_of(here)).unreadable
    assert [(path, line) for path, line, _ in unreadable] == [("tests/a.feature", 1), ("tests/b.feature", 1)]


def step(line: int, status: str | None, **more: Any) -> dict[str, Any]:
    result = {"result": {"status": status, "duration": 0.5, **more}} if status else {}
    return {"keyword": "Then", "name": "it holds", "location": f"features/a.feature:{line}", **result}


def behaving(tmp_path: Path, python: str, **files: str) -> BehaveRun:
    """What the fact makes of a project with a feature file, steps, and this interpreter."""
    plain = {"features/a.feature": FEATURE, "features/steps/all.py": STEPS}
    here = folder(
        tmp_path, {**plain, **{name.replace("__", "/") + ".py": text for name, text in files.items()}}
    )
    program = tmp_path / "interpreter"
    program.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{python}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    tree = tree_of(here)
    environment = ProjectEnvironment("x", str(program), "")
    return run_behave(here, environment, suite_fact.read_suite(here, tree), tree)


def reporting(*scenarios: tuple[str, int, list[dict[str, Any]]]) -> str:
    """An interpreter that answers as behave does."""
    elements = [
        {"type": "scenario", "name": name, "location": f"features/a.feature:{line}", "steps": steps}
        for name, line, steps in scenarios
    ]
    report = json.dumps([{"elements": [{"type": "background", "name": "", "steps": []}, *elements]}])
    return f"place = sys.argv[sys.argv.index('--outfile') + 1]\npathlib.Path(place).write_text({report!r})"


def test_behaves_report_becomes_results(tmp_path: Path) -> None:
    """A scenario is what its steps are; a failure stands at the step; a row has its own names."""
    python = reporting(
        ("By name", 8, [step(9, "passed"), step(10, "passed")]),
        (
            "Many -- @1.1 ",
            21,
            [step(16, "failed", error_message=["ASSERT FAILED: no", "more"]), step(17, None)],
        ),
        ("Many -- @1.2 ", 22, [step(16, "undefined")]),
        ("Skipped", 30, [step(31, "skipped")]),
        ("Empty", 40, []),
    )
    run = behaving(tmp_path, python)
    assert (run.broken, run.unseen) == ((), None)
    assert [(each.id.partition("::")[2], each.line, each.outcome, each.message) for each in run.results] == [
        ("By name", 8, "passed", ""),
        ("Many", 16, "failed", "ASSERT FAILED: no"),
        ("Many", 16, "failed", "the step is not written: Then it holds"),
        ("Skipped", 31, "skipped", "the step is skipped: Then it holds"),
        ("Empty", 40, "skipped", ""),
    ]
    assert run.results[0].seconds == 1.0
    assert "US1.2" in run.results[0].names
    assert "FR-004" in run.results[1].names


def test_without_behave_nothing_was_seen(tmp_path: Path) -> None:
    """That is said, and is not a failure."""
    run = behaving(tmp_path, "sys.exit('interpreter: No module named behave')")
    assert run.unseen is not None
    assert "add it to [dependency-groups]" in run.unseen
    assert run.broken == ()


def test_a_behave_that_breaks_is_told_of(tmp_path: Path) -> None:
    """With its last words."""
    run = behaving(tmp_path, "sys.exit('ModuleNotFoundError: greeter')")
    assert [each.message for each in run.broken] == ["behave did not run: ModuleNotFoundError: greeter"]


def test_steps_that_are_not_behaves_start_nothing(tmp_path: Path) -> None:
    """pytest-bdd's steps may stand in such a folder too; pytest runs them."""
    run = behaving(tmp_path, "sys.exit('never')", features__steps__all="from pytest_bdd import given\n")
    assert run == BehaveRun()


BDD = """
from pytest_bdd import scenario
import pytest

class Template:
    line_number = 8
    class feature:
        filename = __file__.replace("test_a.py", "a.feature")

@pytest.mark.parametrize("_pytest_bdd_example", [{"name": "Ada", "year": "1815"}])
def test_rows(_pytest_bdd_example): ...
def test_one(): ...
def test_other(): ...
scenario.scenario_wrapper_template_registry.update({test_rows: Template, test_one: Template})
"""


def test_a_run_writes_down_which_scenario_a_test_of_pytest_bdd_runs(tmp_path: Path) -> None:
    """By its place, and its row's values; another test has none. A stand-in has pytest-bdd's registry."""
    here = folder(
        tmp_path,
        {
            "pytest_bdd/__init__.py": "",
            "pytest_bdd/scenario.py": "scenario_wrapper_template_registry = {}\n",
            "pyproject.toml": "[tool.pytest]\n",
            "tests/test_a.py": BDD,
        },
    )
    done, record = recorded(here.root, "tests", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [(each["id"].partition("::")[2], each["scenario"]) for each in record["tests"]] == [
        ("test_rows[_pytest_bdd_example0]", "tests/a.feature:8[Ada-1815]"),
        ("test_one", "tests/a.feature:8"),
        ("test_other", ""),
    ]
