"""The code blocks of pages, and whether each is what it says it is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tenhats.facts.examples import Callables, Examples, Span, find_callables, read_examples
from tenhats.facts.sessions import Sessions
from tenhats.formats.fences import Block, blocks_of
from tenhats.formats.samples import is_judged, mistake_in
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-005")


def block(language: str, *lines: str) -> Block:
    return Block("docs/index.md", 5, language, "", lines)


def test_blocks_are_read_in_whatever_they_stand() -> None:
    """In lists, under tabs, with titles and classes, longer fences around others; not when left open."""
    page = (
        '# A\n\n```python title="x.py"\na = 1\n```\n\n=== "Tab"\n\n'
        "    ~~~ TOML\n    [a]\n\n    b = 1\n    ~~~\n"
        "````markdown\n```sh\nx\n```\n````\n``` {.yaml .big}\na: 1\n```\n"
        "```{note}\nx\n```\n```\nplain\n```\n```py\nopen\n"
    )
    assert [(each.line, each.language, each.text) for each in blocks_of(page, "docs/index.md")] == [
        (4, "python", "a = 1"),
        (10, "toml", "[a]\n\nb = 1"),
        (15, "markdown", "```sh\nx\n```"),
        (20, "yaml", "a: 1"),
        (23, "", "x"),
        (26, "", "plain"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "def greet(name: str) -> str:\n"),
        ("python", "class A:\n    def b(self):\n    def c(self):\n\nprint(1)"),
        ("python", "def a(\n    b,\n):\n\nc = 1"),
        ("python", "greet(name: str, *, loud: bool = False) -> str"),
        ("python", "    await greet()\n    return 1"),
        ("python", "greet(name='Ada', ...)"),
        ("python", "configure(…)"),
        ("python", "import <your package>"),
        ("python", ">>> greet(\"Ada\")\n'Hello, Ada!'\n>>> for x in y:\n...     print(x)\n"),
        ("python", 'def a():\n    """Do.\n\n    >>> a()\n    None\n    """\n'),
        ("pycon", ">>> 1 +\nTraceback (most recent call last):\nSyntaxError: invalid syntax"),
        ("python", "!pip install greeter\nimport greeter"),
        ("python", "%timeit greet('Ada')"),
        ("python", "x = {{ cookiecutter.name"),
        ("json", '"a": 1,'),
        ("json", '{"a": 1}\n{"a": 2}'),
        ("json", '{"a": 1, ...}'),
        ("json", '{"a": 1} // one'),
        ("toml", "[a]\nb = 1\n[a]\nb = 2"),
        ("toml", "[a]\n..."),
        ("yaml", "a: {{ b }}: c"),
        ("yaml", "a: !python/name:b.c"),
        ("text", "def (:"),
        ("python", ""),
    ],
)
def test_what_a_sample_may_leave_out_is_no_mistake(language: str, text: str) -> None:
    """Bodies, arguments, names of the reader's own; a wrong bracket is one."""
    assert mistake_in(language, text) is None
    assert mistake_in("python", "f([g(1])") is not None


@pytest.mark.parametrize(
    ("language", "text", "line", "words"),
    [
        ("python", "a = 1\nf([g(1])\n", 1, "does not match"),
        ("py", "def greet(name:\n    return 1", 0, "this is not Python"),
        ("python", ">>> a = 1\n>>> f(1]\n1\n", 1, "does not match"),
        ("python", ">>> a = 1\n>>>b = 2\n", 1, "a space is missing"),
        ("json", '{"a": 1,\n"b": 2,}', 1, "this is not JSON"),
        ("toml", "[a]\nb = yes\n", 1, "this is not TOML: Invalid value"),
        ("toml", "a = [1,", 0, "this is not TOML"),
        ("yaml", "a: 1\n b: [2\n", 1, "this is not YAML"),
    ],
)
def test_a_mistake_is_told_of_at_its_line(language: str, text: str, line: int, words: str) -> None:
    """In the words of whoever reads the language."""
    mistake = mistake_in(language, text)
    assert mistake is not None
    assert (mistake[0], words in mistake[1]) == (line, True)


def test_a_large_sample_takes_no_time() -> None:
    """Whatever it is made of."""
    texts = (
        "def a():\n" * 900,
        "(" * 5000,
        ">>> (\n" * 900,
        "<a" * 9000,
        ", ..." * 3900,
        "{{" * 2000,
        "\n" * 19000,
    )
    started = time.perf_counter()
    found = [mistake_in(language, text) for text in texts for language in ("python", "toml", "yaml", "json")]
    assert time.perf_counter() - started < 10
    assert any(found)


def test_an_example_that_cannot_be_pasted_is_told_of() -> None:
    """At its own line of the page; other languages are not looked at."""
    examples = Examples((block("python", "a = 1", "f([g(1])"), block("text", "f(["), block("json", "{}")))
    findings = ask("DOC005", examples, Sessions())
    assert [(path, line) for path, line, _ in told(findings)] == [("docs/index.md", 6)]
    assert findings.looked_at == 2
    assert is_silent(ask("DOC005", Examples((block("toml", "a = 1"),)), Sessions()))
    assert is_not_applicable(ask("DOC005", Examples((block("text", "x"),)), Sessions()))
    assert not is_judged("text")


THERE = Callables(
    frozenset({"gates", "docs", "tests"}),
    frozenset({"greeter"}),
    frozenset({"greeter", "greeter.__main__", "greeter.wave"}),
)


@pytest.mark.req("005-code-and-documentation/US2.1")
def test_a_command_that_calls_nothing_is_told_of() -> None:
    """Sessions and modules; what a sentence says is advice."""
    examples = Examples(
        (block("sh", "nox -s gates -- --strict", "nox -R -s dcos", "$ python -m greeter.shout Ada"),),
        (Span("README.md", 3, "nox -s audit"),),
    )
    assert told(ask("DOC006", examples, THERE)) == [
        ("docs/index.md", 6, "there is no session dcos in noxfile.py"),
        ("docs/index.md", 7, "there is no module greeter.shout that can be run"),
    ]
    assert hinted(ask("DOC006", examples, THERE)) == [
        ("README.md", 3, "there is no session audit in noxfile.py")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "nox -s tests-3.12",
        "python -m greeter Ada",
        "python3 -m greeter.wave",
        "python -m pip install x && nox -s docs.",
    ],
)
def test_a_command_that_calls_what_is_there_is_accepted(line: str) -> None:
    """Sessions of a version among them."""
    assert not ask("DOC006", Examples((block("console", line),)), THERE).found


def test_without_commands_or_a_noxfile_nothing_is_asked() -> None:
    """Not applicable."""
    assert is_not_applicable(ask("DOC006", Examples((block("sh", "nox -s x"),)), Callables()))
    assert is_not_applicable(ask("DOC006", Examples((block("sh", "ls"),)), THERE))


def test_pages_and_what_they_may_call_are_read(tmp_path: Path) -> None:
    """Of docs/ and the README; sessions of a loop and of a file that is run are known by their texts."""
    here = folder(
        tmp_path,
        {
            "README.md": "# A\n\nRun `nox -s gates`.\n\n```sh\nnox\n```\n",
            "docs/how-to/run.md": "```py\nx\n```\n",
            "specs/a.md": "```py\ny\n```\n",
            "noxfile.py": 'run_path("more/sessions.py")\nfor name in ("gates", "docs"):\n    make(name)\n'
            "def unit_tests(session): ...\n",
            "more/sessions.py": "def lint(session): ...\n",
            "src/greeter/wave.py": "",
        },
    )
    examples, there = read_examples(here, tree_of(here)), find_callables(here, tree_of(here))
    assert {(each.path, each.line, each.language) for each in examples.blocks} == {
        ("README.md", 6, "sh"),
        ("docs/how-to/run.md", 2, "py"),
    }
    assert examples.spans == (Span("README.md", 3, "nox -s gates"),)
    assert there.sessions is not None
    assert {"gates", "docs", "unit_tests", "unit-tests", "lint"} <= there.sessions
    assert (set(there.packages), set(there.modules)) == ({"greeter"}, {"greeter.wave"})
    (tmp_path / "noxfile.py").write_text("def (:", encoding="utf-8")
    assert find_callables(here, tree_of(here)).sessions is None
