"""Red before green: what new tests say of the code from before them, in real repositories."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tenhats.facts.base import find_base
from tenhats.facts.earlier import read_earlier_specs
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.functions import read_functions
from tenhats.facts.red import Red, try_at_base
from tenhats.facts.specs import read_specs
from tenhats.facts.suite import read_suite
from tenhats.facts.testrun import run_tests
from tests.unit.made_up import ask, folder, is_not_applicable, required, requirement, suite, told, tree_of
from tests.world import commit_all, git

pytestmark = pytest.mark.req("004-proof/FR-005")


HERE = ProjectEnvironment("env", sys.executable, "stamp")
MARKER = 'markers = ["req(name): what it proves"]'
SPEC = "# Feature Specification: A\n\n- **FR-001**: System MUST greet\n"
TEST = """import pytest
import made

@pytest.mark.req('FR-001')
def test_greets():
    assert made.greet() == 'hi'
"""
FILES = {
    ".gitignore": "__pycache__\n.tenhats\n",
    "pyproject.toml": f'[tool.pytest]\npythonpath = ["src"]\n{MARKER}\n',
    "specs/001-a/spec.md": SPEC,
    "src/made.py": "def greet():\n    return 'hi'\n",
    "tests/test_made.py": TEST,
}
NEW_SPEC = {"specs/001-a/spec.md": f"{SPEC}- **FR-002**: System MUST part\n"}
NEW_CODE = {"src/made.py": f"{FILES['src/made.py']}\ndef part():\n    return 'bye'\n"}
NEW_TEST = {
    "tests/test_made.py": f"{TEST}\n@pytest.mark.req('FR-002')\n"
    "def test_parts():\n    assert made.part() == 'bye'\n"
}


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly, and on nobody's pull request."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)


@dataclass
class Branch:
    """A repository with one commit on main, and a branch on which work goes on."""

    root: Path

    def commit(self, *changes: dict[str, str]) -> None:
        """Write files and commit them."""
        for change in changes:
            folder(self.root, change)
        commit_all(self.root, "work")

    def red(self) -> Red:
        """What is found on the branch as it stands."""
        here = folder(self.root, {})
        tree = tree_of(here)
        base, specs, suite_ = find_base(here, tree), read_specs(here, tree), read_suite(here, tree)
        run = run_tests(here, HERE, suite_)
        earlier = read_earlier_specs(here, base)
        return try_at_base(here, HERE, base, earlier, specs, suite_, run, read_functions(here, tree))


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    """A branch on which nothing has happened yet."""
    made = Branch(tmp_path)
    made.commit(FILES)
    git(tmp_path, "switch", "--quiet", "--create", "work")
    return made


@pytest.mark.req("004-proof/US3.1")
def test_a_new_test_is_red_without_the_new_code(branch: Branch) -> None:
    """The test of what was there before is not asked."""
    branch.commit(NEW_SPEC, NEW_CODE, NEW_TEST)

    red = branch.red()

    assert ("001-a/FR-002",) == red.new
    assert [("tests/test_made.py::test_parts", "failed")] == [(each.id, each.outcome) for each in red.tried]
    assert () == red.late


def test_what_was_red_is_told_by_its_commit(branch: Branch) -> None:
    """So that it can be kept with the review of the requirement."""
    branch.commit(NEW_SPEC, NEW_CODE, NEW_TEST)

    red = branch.red()

    assert f"{red.base[:10]}: failed" == red.of(["tests/test_made.py::test_parts"])
    assert "" == red.of(["tests/test_made.py::test_greets"])


def test_a_module_that_was_not_there_is_red(branch: Branch) -> None:
    """Its tests cannot even be collected over the sources from before it."""
    test = (
        "import pytest\nimport fresh\n\n@pytest.mark.req('FR-002')\ndef test_it():\n    assert fresh.part()\n"
    )
    branch.commit(NEW_SPEC, {"src/fresh.py": "def part():\n    return 'bye'\n", "tests/test_fresh.py": test})

    (tried,) = branch.red().tried

    assert ("tests/test_fresh.py::test_it", "not run") == (tried.id, tried.outcome)


def test_a_test_that_was_never_red_is_found(branch: Branch) -> None:
    """It passes on the code from before the requirement."""
    test = f"{TEST}\n@pytest.mark.req('FR-002')\ndef test_parts():\n    assert made.greet()\n"
    branch.commit(NEW_SPEC, NEW_CODE, {"tests/test_made.py": test})
    here = folder(branch.root, {})

    found = told(ask("TST008", read_suite(here, tree_of(here)), branch.red()))

    assert [("tests/test_made.py", 9)] == [each[:2] for each in found]
    assert "test_parts passes on the sources of" in found[0][2]


def test_code_before_its_test_is_found(branch: Branch) -> None:
    """By the commits, each of which is named."""
    branch.commit(NEW_SPEC)
    branch.commit(NEW_CODE)
    branch.commit(NEW_TEST)
    here = folder(branch.root, {})

    found = told(ask("TST009", read_specs(here, tree_of(here)), branch.red()))

    assert [("specs/001-a/spec.md", 4)] == [each[:2] for each in found]
    assert "001-a/FR-002: part (src/made.py, commit" in found[0][2]


def test_code_after_its_test_is_good(branch: Branch) -> None:
    """And so is one commit with both."""
    branch.commit(NEW_SPEC)
    branch.commit(NEW_TEST)
    branch.commit(NEW_CODE)

    assert () == branch.red().late


def test_where_no_source_changed_nothing_is_asked(branch: Branch) -> None:
    """A specification alone implements nothing."""
    branch.commit(NEW_SPEC)

    red = branch.red()

    assert red.reason.startswith("no source has changed")
    assert is_not_applicable(ask("TST008", suite(), red))
    assert is_not_applicable(ask("TST009", required(requirement()), red))
