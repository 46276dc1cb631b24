"""What stands in a test in place of the code that it is about."""

from __future__ import annotations

import pytest

from tenhats.tampering.doubles import Sources, definitions_of, doubles_of

pytestmark = pytest.mark.req("004-proof/FR-007")


CODE = """import time

class Clock:
    def now(self, zone): ...

def greet(name): ...

def clean(name): ...
"""
SOURCES = Sources({"greeter": {}, "greeter.greeting": definitions_of(CODE)})
HEAD = "import pytest\nfrom greeter import greeting\nfrom greeter.greeting import Clock, clean, greet\n"
MARK = '@pytest.mark.req("FR-001")\n'


def found(test: str, head: str = HEAD) -> list[tuple[str, int, str]]:
    """The stand-ins of a module, each as its kind, its line after the head, and its name."""
    lines = head.count("\n")
    doubles = doubles_of(head + test, "tests/test_a.py", SOURCES)
    return [(each.kind, each.line - lines, each.what) for each in doubles]


def body(*lines: str, arguments: str = "", mark: str = MARK) -> str:
    """A bound test with this body."""
    return f"{mark}def test_it({arguments}):\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("assertion", "kind"),
    [
        ("m.assert_called_once()", "called"),
        ("assert m.called", "called"),
        ("assert m.send.call_count == 2", "called"),
        ("m.send.assert_called_once_with('Ada')", "called-with"),
    ],
)
def test_nothing_but_calls_of_ones_own_mock(assertion: str, kind: str) -> None:
    """What a mock was called with says a little more."""
    assert [each[:2] for each in found(body("m = Mock()", "greet(m)", assertion))] == [(kind, 5)]
    assert found(body("m = Mock()", "assert greet(m) == 1", assertion)) == []
    assert found(body("greet(m)", assertion, arguments="m")) == []
    assert found(body("m = Mock()", "greet(m)", assertion, mark="")) == []


def test_a_patch_of_what_the_test_calls() -> None:
    """The very function, or a method of the project's own class."""
    replaced = body("monkeypatch.setattr(greeting, 'greet', str)", "assert greeting.greet('a') == 'a'")
    method = body("with patch.object(Clock, 'now'): assert Clock().now(1) == 2")
    other = body("monkeypatch.setattr(greeting, 'clean', str)", "assert greeting.greet(greeting.clean('a'))")
    assert found(other) == [("part", 3, "greeter.greeting.clean")]
    assert found(replaced) == [("unit", 3, "greeter.greeting.greet")]
    assert found(method) == [("unit", 3, "greeter.greeting.Clock.now")]


def test_a_patch_of_a_part() -> None:
    """A function that the tested one calls; named by a string, or by the module."""
    by_name = body("with mock.patch('greeter.greeting.clean'): assert greet('a') == 'a'")
    decorated = "@patch('greeter.greeting.clean')\n" + body("assert greet('a') == 'a'", arguments="clean")
    assert found(by_name) == [("part", 3, "greeter.greeting.clean")]
    assert found(decorated) == [("part", 1, "greeter.greeting.clean")]


def test_what_is_not_the_projects_own_may_be_replaced() -> None:
    """The clock, the network, the environment; what is its own is told of."""
    for target in ("greeter.greeting.time.sleep", "time.sleep", "requests.get"):
        assert found(body(f"with mock.patch('{target}'): assert greet('a') == 'a'")) == []
    own = body("with mock.patch('greeter.greeting.clean'): assert greet('a') == 'a'")
    assert found(own) == [("part", 3, "greeter.greeting.clean")]


def test_a_helper_that_leads_to_the_code_is_no_copy() -> None:
    """Whatever it is called; also where it leads there through another helper, unless it leads nowhere."""
    direct = "def greet(name):\n    return greeting.greet(name)\n" + body("assert greet('a') == 'a'")
    through = f"def ask(name):\n    return greeting.greet(name)\n{direct.replace('greeting.greet', 'ask')}"
    assert (found(direct), found(through)) == ([], [])
    nowhere = direct.replace("greeting.greet(name)", "name")
    assert found(nowhere, head="import pytest\n") == [("copy", 1, "greeter.greeting.greet")]


def test_a_copy_of_the_code() -> None:
    """The same name and the same parameters, and the test calls it."""
    copy = "def greet(name):\n    return name\n" + body("assert greet('a') == 'a'")
    assert found(copy, head="import pytest\n") == [("copy", 1, "greeter.greeting.greet")]
    assert (
        found(
            "def greet(command, name):\n    return 1\n" + body("assert greet(1, 2) == 1"),
            head="import pytest\n",
        )
        == []
    )
    assert (
        found(
            "def greet(name):\n    return name\n" + body("assert other('a') == 'a'"), head="import pytest\n"
        )
        == []
    )
