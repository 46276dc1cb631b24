"""What the tests do with warnings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.testrun import Shown
from tenhats.facts.warned import Warned, read_warned
from tests.unit import made_up
from tests.unit.made_up import ask, hinted, is_not_applicable, is_silent, told

pytestmark = pytest.mark.req("004-proof/FR-010")


TOML = "[project]\n\n[tool.pytest.ini_options]\n"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"pyproject.toml": TOML + 'filterwarnings = ["error"]\n'}, Warned("pyproject.toml", 4, ("error",))),
        ({"pyproject.toml": TOML + 'addopts = "-W error"\n'}, Warned("pyproject.toml", 3, ("error",))),
        (
            {"pyproject.toml": "", "pytest.ini": "[pytest]\nfilterwarnings =\n  error::ResourceWarning\n"},
            Warned("pytest.ini", 2, ("", "error::ResourceWarning")),
        ),
        ({"pyproject.toml": "[project]\n"}, Warned("pyproject.toml", 1, ())),
    ],
)
def test_the_filters_of_warnings(tmp_path: Path, files: dict[str, str], found: Warned) -> None:
    """Whichever file pytest takes them from."""
    assert found == read_warned(made_up.folder(tmp_path, files))


SHOWN = (Shown("tests/test_a.py", 7, "DeprecationWarning", "greet is old"),)


@pytest.mark.parametrize("filters", [("error",), ("ignore", "error::ResourceWarning")])
def test_warnings_that_are_errors(filters: tuple[str, ...]) -> None:
    """All of them, or some; then what is still shown was let through."""
    run = made_up.ran(made_up.result(), warnings=SHOWN)
    assert is_silent(ask("TST018", Warned("pytest.ini", 2, filters), run))


def test_warnings_that_nobody_reads() -> None:
    """Are told of at the lines that they come from; without a test there is none."""
    warned = Warned("pytest.ini", 2, ("default",))
    found = ask("TST018", warned, made_up.ran(made_up.result(), warnings=SHOWN))

    message = "DeprecationWarning: greet is old; nobody has to read it"
    assert [("tests/test_a.py", 7, message)] == told(found)
    assert is_not_applicable(ask("TST018", warned, made_up.ran()))


def test_as_long_as_no_warning_is_shown_it_is_advice() -> None:
    """Where the filter would stand."""
    found = ask("TST018", Warned("pytest.ini", 2, ()), made_up.ran(made_up.result()))
    assert is_silent(found)
    assert [("pytest.ini", 2)] == [each[:2] for each in hinted(found)]
