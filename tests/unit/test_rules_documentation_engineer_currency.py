"""The documentation engineer's rules on words and code that must agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.api import PublicApi, PublicObject, read_api
from tenhats.facts.decisions import Decision, DecisionMentions, Decisions, Mention, find_decision_mentions
from tenhats.facts.interface import SinceBase
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-005")


GREETING = "src/greeter/greeting.py"


def function(*parameters: str, said: tuple[str, ...] = (), name: str = "greeter.greet") -> PublicObject:
    lines = tuple((each, 6 + at) for at, each in enumerate(said))
    return PublicObject(GREETING, 3, name, "function", "greet(name)", "Greet.", parameters, lines)


def record(number: int, *, is_superseded: bool = False) -> Decision:
    path, status = (
        f"docs/adr/{number:04d}-prices.md",
        "superseded by ADR-0009" if is_superseded else "accepted",
    )
    return Decision(path, number, "Prices", status, 2, None, (), 2, is_superseded=is_superseded)


RECORDS = Decisions((record(3), record(4, is_superseded=True)), "docs/adr/index.md")


def test_a_page_must_lead_to_the_decisions() -> None:
    """The finding stands at their index; without decisions nothing is asked."""
    findings = ask("DOC007", RECORDS, DecisionMentions())
    assert told(findings) == [("docs/adr/index.md", 1, "no page of the documentation leads here")]
    assert "[Decisions](adr/index.md)" in findings.found[0].fix
    assert is_silent(ask("DOC007", RECORDS, DecisionMentions(("README.md",))))
    assert is_not_applicable(ask("DOC007", Decisions(), DecisionMentions()))


def test_a_decision_that_is_named_exists() -> None:
    """A superseded one is advice; number 0 is nobody's."""
    named = tuple(Mention(GREETING, 9, number) for number in (3, 4, 5, 0))
    findings = ask("DOC007", RECORDS, DecisionMentions(("README.md",), named))
    assert told(findings) == [(GREETING, 9, "there is no decision ADR-0005 in docs/adr/")]
    assert hinted(findings) == [(GREETING, 9, "this names a decision that is superseded by ADR-0009")]


def test_links_and_names_of_decisions_are_read(tmp_path: Path) -> None:
    """From pages, specifications and sources; not from code, nor from the records themselves."""
    here = folder(
        tmp_path,
        {
            "README.md": "# A\n\n[Why](docs/adr/index.md)\n",
            "docs/how-to/run.md": "# A\n\n[Why](../adr/0001-a.md#context), `ADR-0009`\n",
            "docs/index.md": "# A\n\n[Why](tutorial.md)\n",
            "docs/adr/0001-a.md": "# A\n\nADR-0002 [x](0002-b.md)\n",
            "specs/001-a/plan.md": "# A\n\nAs in ADR-0003.\n",
            GREETING: "# ADR-4\n",
        },
    )
    found = find_decision_mentions(here, tree_of(here))
    assert found.leading == ("README.md", "docs/how-to/run.md")
    assert found.mentions == (Mention("specs/001-a/plan.md", 3, 3), Mention(GREETING, 1, 4))


def test_a_docstring_names_only_what_is_taken() -> None:
    """At the line of the docstring; what is left out is advice."""
    findings = ask("DOC008", PublicApi((function("self", "name", "loud", said=("name", "noisy")),)))
    message = "greeter.greet does not take noisy, which its docstring describes"
    assert told(findings) == [(GREETING, 7, message)]
    assert hinted(findings) == [(GREETING, 3, "greeter.greet does not describe loud")]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError(name)", ["greeter.greet raises ValueError and does not say so"]),
        ("raise errors.Blank", ["greeter.greet raises Blank and does not say so"]),
        ("raise KeyError(name)", []),
        ("try:\n        raise ValueError\n    except ValueError:\n        pass", []),
        ("def inner():\n        raise ValueError\n    return inner", []),
        ("error = ValueError()\n    raise error", []),
    ],
)
def test_an_error_that_a_docstring_does_not_speak_of_is_advice(
    tmp_path: Path, body: str, said: list[str]
) -> None:
    """If it is raised by name, nothing catches it, and the docstring describes something."""
    docstring = '"""Greet.\n\n    Raises:\n        KeyError: never.\n    """'
    text = f'"""G."""\n\n\ndef greet(name):\n    {docstring}\n    {body}\n'
    here = folder(tmp_path, {"src/greeter/__init__.py": text})
    findings = ask("DOC008", read_api(here, tree_of(here)))

    assert (told(findings), [message for *_, message in hinted(findings)]) == ([], said)


def test_a_docstring_may_describe_options() -> None:
    """Where a function takes many of them; without descriptions it is not applicable."""
    assert is_silent(
        ask("DOC008", PublicApi((function("name", "*options", said=("name", "loud", "**options")),)))
    )
    assert is_not_applicable(ask("DOC008", PublicApi((function("name"),))))


@pytest.mark.parametrize(
    "docstring",
    [
        "Greet.\n\n    Args:\n        name: Who.\n        noisy: How.\n",
        "Greet.\n\n    Parameters\n    ----------\n    name : str\n        Who.\n    noisy\n        How.\n",
        "Greet.\n\n    :param name: Who.\n    :param noisy: How.\n",
    ],
)
def test_docstrings_are_read_in_three_styles(tmp_path: Path, docstring: str) -> None:
    """Google's, numpy's, Sphinx'; each name with its line."""
    text = f'"""G."""\n\n\ndef greet(name, *more, loud=False, **options):\n    """{docstring}    """\n'
    here = folder(tmp_path, {"src/greeter/__init__.py": text})
    found = read_api(here, tree_of(here)).objects[1]
    assert found.parameters == ("name", "*more", "loud", "*options")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "noisy" in each)
    assert [found.told[0][0], found.told[1]] == ["name", ("noisy", line)]


def test_a_changed_interface_must_be_told_of() -> None:
    """Each change at its function, what is gone at its file; what belongs to it is not said again."""
    since = SinceBase(
        ((function("name"), "greet(name, loud)"),),
        (function(name="greeter.Wave"), function(name="greeter.Wave.at")),
        (function(name="greeter.smile"),),
    )
    assert told(ask("DOC009", since)) == [
        (GREETING, 3, "greeter.greet was greet(name, loud), and no page tells of the change"),
        (GREETING, 1, "greeter.Wave is gone, and no page tells of it"),
    ]
    assert hinted(ask("DOC009", since)) == [(GREETING, 3, "greeter.smile is new, and no page tells of it")]


def test_a_page_in_the_same_change_tells_of_it() -> None:
    """And where nothing has changed there is nothing to tell."""
    since = SinceBase(((function("name"), "greet(name, loud)"),), told=("CHANGELOG.md",))
    assert is_silent(ask("DOC009", since))
    assert is_silent(ask("DOC009", SinceBase(same=3)))
    assert is_not_applicable(ask("DOC009", SinceBase(reason="no source file has changed since the base")))
