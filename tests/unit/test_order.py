"""Tests that depend on their order: what is found when the suite runs from back to front."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.order import (
    Backwards,
    Dependent,
    OrderDependence,
    look_into,
    look_into_order,
    run_backwards,
)
from tenhats.facts.suite import read_suite
from tenhats.facts.testrun import run_tests
from tenhats.rule import Findings
from tests.unit.made_up import (
    TESTS,
    ask,
    bound,
    folder,
    hinted,
    is_not_applicable,
    is_silent,
    ran,
    result,
    suite,
    told,
    tree_of,
)

pytestmark = pytest.mark.req("004-proof/FR-011")

HERE = ProjectEnvironment("env", sys.executable, "stamp")
IDS = [f"{TESTS}::test_{letter}" for letter in "abcdefg"]


@pytest.fixture(autouse=True)
def _no_other_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start quickly: load no plugin but ours."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def asked_of(root: Path, *tests: str) -> Findings:
    """What the rule says of a project with these test files."""
    files = {f"tests/test_{number}.py": text for number, text in enumerate(tests, 1)}
    here = folder(root, {"pyproject.toml": "[project]\nname = 'made'\n", "src/made.py": "", **files})
    read = read_suite(here, tree_of(here))
    run = run_tests(here, HERE, read)
    backwards = run_backwards(here, HERE, read, run)
    return ask("TST019", read, run, backwards, look_into_order(here, HERE, read, run, backwards))


def test_independent_tests_are_accepted(tmp_path: Path) -> None:
    """Also with fixtures of a module and parameters."""
    test = (
        "import pytest\n\n@pytest.fixture(scope='module', params=[1, 2])\ndef number(request):\n"
        "    return request.param\n\ndef test_a(number):\n    assert number\n\ndef test_b(number):\n"
        "    assert number\n"
    )
    found = asked_of(tmp_path, test, "def test_c():\n    pass\n")

    assert is_silent(found)
    assert 5 == found.looked_at


def test_a_test_that_needs_another_is_found(tmp_path: Path) -> None:
    """At its own line; it fails alone."""
    test = "made = []\n\ndef test_makes():\n    made.append(1)\n\ndef test_needs():\n    assert made\n"
    found = asked_of(tmp_path, test)

    message = "test_needs fails when it runs alone: it needs what another test leaves behind"
    assert [("tests/test_1.py", 6, message)] == told(found)
    assert found.found[0].fix.endswith("python -m pytest tests/test_1.py::test_needs")


def test_a_test_that_another_spoils_is_found_with_the_other(tmp_path: Path) -> None:
    """Over files, and among tests that have nothing to do with it."""
    victim = "import os\n\ndef test_reads():\n    assert 'SPOILT' not in os.environ\n"
    idle = "import pytest\n\n@pytest.mark.parametrize('n', range(9))\ndef test_idle(n):\n    pass\n"
    spoils = "import os\n\ndef test_spoils():\n    os.environ['SPOILT'] = '1'\n"
    found = asked_of(tmp_path, victim, idle, spoils)

    assert [("tests/test_1.py", 3)] == [each[:2] for each in told(found)]
    assert "test_reads fails after tests/test_3.py::test_spoils" in told(found)[0][2]
    command = "python -m pytest tests/test_3.py::test_spoils tests/test_1.py::test_reads"
    assert found.found[0].fix.endswith(command)


def test_a_declared_order_is_kept(tmp_path: Path) -> None:
    """Steps that say that they are steps are run as steps."""
    test = (
        "import pytest\n\nmade = []\n\n@pytest.mark.incremental\nclass TestSteps:\n"
        "    def test_makes(self):\n        made.append(1)\n\n    def test_needs(self):\n"
        "        assert made\n"
    )
    assert is_silent(asked_of(tmp_path, test))


def test_what_fails_only_now_and_then_is_not_blamed_on_the_order(tmp_path: Path) -> None:
    """It is advice: here the second run of the suite fails, in any order."""
    test = (
        "from pathlib import Path\n\ndef test_first_time_only():\n    place = Path('tests/seen')\n"
        "    seen = place.exists()\n    place.touch()\n    assert not seen\n\ndef test_b():\n    pass\n"
    )
    found = asked_of(tmp_path, test)

    assert [] == told(found)
    assert [("tests/test_1.py", 3)] == [each[:2] for each in hinted(found)]
    assert "not by the order" in hinted(found)[0][2]


def test_a_test_that_several_together_spoil_has_no_single_cause() -> None:
    """Neither half of the others makes it fail."""

    def run(tests: Sequence[str]) -> dict[str, str]:
        before = set(tests[: tests.index(IDS[0])]) if IDS[0] in tests else set()
        return dict.fromkeys(tests, "passed") | ({IDS[0]: "failed"} if {IDS[1], IDS[6]} <= before else {})

    assert [Dependent(IDS[0], "order")] == look_into([IDS[0]], IDS, IDS[::-1], run)


def test_the_one_that_spoils_is_tried_first_on_the_next() -> None:
    """So that many victims of one cost little more than one."""
    runs: list[Sequence[str]] = []

    def run(tests: Sequence[str]) -> dict[str, str]:
        runs.append(tests)
        at = tests.index(IDS[6]) if IDS[6] in tests else len(tests)
        return {each: "failed" if place > at else "passed" for place, each in enumerate(tests)}

    found = look_into(IDS[4::-1], IDS, IDS[::-1], run)

    assert [Dependent(each, "after", IDS[6]) for each in IDS[4::-1]] == found
    assert len(runs) < 15


def test_what_could_not_be_run_is_unchecked() -> None:
    """A run that did not end, and a test that was not reached."""
    tests, run = suite(bound()), ran(result(), result(id_="test_b"))
    ended = ask("TST019", tests, run, Backwards({}, "stopped"), OrderDependence())
    reached = ask("TST019", tests, run, Backwards({f"{TESTS}::test_b": "passed"}), OrderDependence())

    assert (0, True) == (ended.looked_at, "stopped" in (ended.unseen or ""))
    assert (1, True) == (reached.looked_at, "test_it" in (reached.unseen or ""))


def test_where_no_two_tests_pass_there_is_no_order() -> None:
    """One test has none beside it."""
    assert is_not_applicable(ask("TST019", suite(bound()), ran(result()), Backwards(), OrderDependence()))
