"""The front doors of a project, and how its tests get in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.doors import Door, Doors, Meeting, find_doors
from tenhats.facts.entering import INVOKES, PROGRAM, WEB, Ways, parts_of
from tenhats.facts.levels import Level, Levels
from tests.unit import made_up
from tests.unit.made_up import ask, hinted, is_not_applicable, is_silent, told

pytestmark = pytest.mark.req("004-proof/FR-010")


PYPROJECT = '[project]\nname = "greeter"\n\n[project.scripts]\ngreeter = "greeter:main"\n'
MAIN = "from .greeting import greet\n\n\ndef main() -> None:\n    print(greet())\n"
GREETING = "def greet() -> str:\n    return 'Hello'\n"


def doors_in(root: Path, **files: str) -> Doors:
    """The doors of a project with these modules in its package."""
    modules = {f"src/greeter/{name}.py": text for name, text in files.items()}
    project = made_up.folder(root, {"pyproject.toml": PYPROJECT, **modules})
    return find_doors(project, made_up.tree_of(project))


def test_a_command_leads_to_its_function(tmp_path: Path) -> None:
    """Also where the package only passes the function on."""
    found = doors_in(tmp_path, __init__="from .cli import main\n", cli=MAIN, greeting=GREETING)

    assert (Door("command", "greeter", "pyproject.toml", 5, "src/greeter/cli.py", "main"),) == found.doors
    assert Meeting("src/greeter/cli.py", 1, "src/greeter/greeting.py") in found.meetings


@pytest.mark.parametrize(
    "source",
    [
        "from fastapi import FastAPI\n\napp = FastAPI()\n",
        "import flask\n\ndef make():\n    return flask.Flask(__name__)\n",
        "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
    ],
)
def test_an_application_is_a_door(tmp_path: Path, source: str) -> None:
    """Wherever in the sources it is made."""
    found = doors_in(tmp_path, web=source)

    assert ["src/greeter/web.py"] == [each.path for each in found.doors if each.kind == "web application"]


@pytest.mark.parametrize(
    ("source", "way"),
    [
        ("import subprocess\n\ndef test_it():\n    subprocess.run(['greeter'])\n", PROGRAM),
        ("from subprocess import run as go\n\ndef test_it():\n    go(['greeter'])\n", PROGRAM),
        ("def test_it(console):\n    console('greeter')\n", PROGRAM),
        ("from click.testing import CliRunner\n\ndef test_it():\n    CliRunner()\n", INVOKES),
        ("def test_it(client):\n    client.get('/')\n", WEB),
        ("def test_it():\n    assert 'greeter'\n", ""),
    ],
)
def test_how_a_test_gets_in(source: str, way: str) -> None:
    """By itself or through a fixture of a `conftest.py`."""
    shared = b"import subprocess\n\ndef console():\n    return subprocess.check_output\n"
    files = {"tests/test_a.py": parts_of(source.encode()), "tests/conftest.py": parts_of(shared)}

    found = Ways(files).of("test_it", "tests/test_a.py")

    assert ({way} if way else set()) == found.ways
    assert way in {"", INVOKES, WEB} or "greeter" in found.texts


DOOR = Door("command", "greeter", "pyproject.toml", 5, "src/greeter/cli.py", "main")
OTHER = Door("command", "wave", "pyproject.toml", 6, "src/greeter/wave.py", "main")
TEST = f"{made_up.TESTS}::test_it"
GIVEN = (
    made_up.suite(made_up.bound("FR-001")),
    made_up.required(made_up.requirement()),
    made_up.ran(made_up.result("passed", "FR-001")),
)


def test_a_door_that_nobody_uses_is_found() -> None:
    """At the line that declares it, and only the first of several."""
    found = ask("TST014", Doors((DOOR, OTHER)), Levels({TEST: Level()}), *GIVEN)

    assert [("pyproject.toml", 5, "no bound test goes in by the command greeter")] == told(found)


def test_another_door_is_advice() -> None:
    """Once one command is tried."""
    found = ask("TST014", Doors((DOOR, OTHER)), Levels({TEST: Level((), (DOOR,))}), *GIVEN)

    assert is_silent(found)
    assert [("pyproject.toml", 6, "no bound test goes in by the command wave")] == hinted(found)


def test_without_a_door_there_is_nothing_to_go_in_by() -> None:
    """A library has no front door but its functions."""
    assert is_not_applicable(ask("TST014", Doors(), Levels(), *GIVEN))


def test_modules_that_no_test_runs_together() -> None:
    """Are named where one takes from the other."""
    meeting = Meeting("src/greeter/cli.py", 1, "src/greeter/greeting.py")
    run = made_up.ran(reach=made_up.reach(test_it=[4]))
    alone = ask("TST015", Levels({TEST: Level(("src/greeter/cli.py",))}, (meeting,)), run)
    both = ask("TST015", Levels({TEST: Level(("a.py", "b.py"))}, (meeting,)), run)

    assert [("src/greeter/cli.py", 1)] == [each[:2] for each in told(alone)]
    assert is_silent(both)
    assert is_not_applicable(ask("TST015", Levels({TEST: Level()}), run))
