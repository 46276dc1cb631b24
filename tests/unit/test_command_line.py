"""What programs say of their options, what pages say of them, and the rule that wants both to agree."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tenhats.facts.command_line import CommandLine, Declared, Program, ask_for_help
from tenhats.facts.doors import find_doors
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.examples import Examples
from tenhats.facts.guide import Guide, read_guide
from tenhats.formats.fences import Block, blocks_of
from tenhats.formats.help_text import Help, Option, read_help
from tenhats.formats.shell import commands_of
from tests.unit.made_up import ask, folder, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("005-code-and-documentation/FR-006")

ARGPARSE = """usage: greeter [-h] [--loud] [-n NAME] {wave,nod} ...

positional arguments:
  {wave,nod}            what to do
    wave                wave a hand

options:
  -h, --help            show this help message and exit
  --loud                say it in capitals, unlike
                        --quiet elsewhere
  -n NAME, --name NAME  who is greeted
"""
CLICK = """Usage: greeter [OPTIONS] COMMAND [ARGS]...

  Greet people.

Options:
  -n, --name TEXT       Who is greeted.
  --loud / --no-loud    Say it in capitals.
  --help                Show this message and exit.

Commands:
  wave    Wave a hand.
  nod     Nod.
"""
TYPER = """
 Usage: greeter [OPTIONS] COMMAND [ARGS]...

╭─ Options ──────────────────────────────────────────╮
│ *  --name  -n            TEXT  Who is greeted.     │
│    --loud    --no-loud         Say it in capitals. │
│    --help                      Show this message.  │
╰────────────────────────────────────────────────────╯
╭─ Commands ─────────────────────────────────────────╮
│ wave   Wave a hand.                                │
│ nod    Nod.                                        │
╰────────────────────────────────────────────────────╯
"""
PARSER = """import argparse

def main() -> None:
    parser = argparse.ArgumentParser(prog="greeter")
    parser.add_argument("--loud", action="store_true", help="say it in capitals")
    parser.add_argument("--quiet", help=argparse.SUPPRESS)
    below = parser.add_subparsers()
    below.add_parser("wave").add_argument("--left")
    parser.parse_args()
"""
SCRIPT = '[project]\nname = "greeter"\n[project.scripts]\ngreeter = "greeter.__main__:main"\n'


@pytest.mark.parametrize("text", [ARGPARSE, CLICK, TYPER])
def test_options_and_commands_are_read_from_help(text: str) -> None:
    """In the shapes of argparse, click and typer."""
    said = read_help(text)
    assert said is not None
    assert {each.name for each in said.options} == {"--help", "--loud", "--name"}
    assert (said.commands, said.is_strict) == (("wave", "nod"), True)
    assert [each.words.lower().rstrip(".") for each in said.options if each.name == "--name"] == [
        "who is greeted"
    ]


def test_what_has_no_usage_is_no_help() -> None:
    """Nobody can tell its options; with a usage they are known."""
    assert read_help("Hello, --help!") is None
    assert read_help(ARGPARSE) is not None


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("$ greeter --loud Ada\nHello\n$ nod", [["greeter", "--loud", "Ada"], ["nod"]]),
        ("greeter a | greeter b && greeter c # d", [["greeter", "a"], ["greeter", "b"], ["greeter", "c"]]),
        ("A=1 uv run greeter \\\n  --loud", [["greeter", "--loud"]]),
        ('greeter "a b" # x', [["greeter", '"a b"']]),
    ],
)
def test_commands_are_read_from_blocks(text: str, commands: list[list[str]]) -> None:
    """Prompts, variables and comments left out; where there is a prompt, what is printed too."""
    (block,) = blocks_of(f"```sh\n{text}\n```\n", "README.md")
    assert [[word for _, word in each] for each in commands_of(block)] == commands


def page(*lines: str) -> Examples:
    return Examples((Block("README.md", 7, "sh", "", lines),))


def program(*words: str, options: tuple[str, ...] = ("--loud",), **more: object) -> Program:
    made = tuple(Option((each,), "say it in capitals") for each in options)
    return Program(words, Help(made, mentioned=frozenset(options), **more), "pyproject.toml", 4)  # type: ignore[arg-type]


ALL_TOLD = Guide(frozenset({"--loud", "--left", "-v"}), frozenset({"wave"}), ("README.md",))


def test_an_option_in_a_page_must_exist() -> None:
    """The finding stands at its line, and names the option that may be meant."""
    findings = ask("DOC011", CommandLine((program("greeter"),)), page("greeter \\", "  --laud Ada"), ALL_TOLD)
    assert told(findings) == [("README.md", 8, "greeter has no option --laud")]
    assert findings.found[0].fix == "Did you mean --loud?"


def test_an_option_belongs_to_its_command() -> None:
    """What only another command takes is no option of this one; what stands before the command is its own."""
    there = CommandLine(
        (
            program("greeter", commands=("wave",), is_strict=True),
            program("greeter", "wave", options=("--left",)),
        ),
        (("greeter", "greeter"),),
        (Declared("--left", "src/a.py", 3),),
    )
    used = page("greeter wave --left", "greeter --left", "python -m greeter wave --loud -3", "greeter wvae")
    assert told(ask("DOC011", there, used, ALL_TOLD)) == [
        ("README.md", 8, "greeter has no option --left"),
        ("README.md", 10, "greeter has no command wvae"),
    ]


def test_a_command_that_was_not_asked_is_not_judged() -> None:
    """Nobody knows what it takes."""
    there = CommandLine((program("greeter", commands=("wave",), is_strict=True),))
    assert told(ask("DOC011", there, page("greeter wave --left"), ALL_TOLD)) == []


def test_what_may_be_meant_otherwise_passes() -> None:
    """Other programs, hidden options, what follows `--`, placeholders, short ones written together."""
    there = CommandLine(
        (program("greeter", options=("--loud", "-v")),), declared=(Declared("--quiet", "src/a.py", 3),)
    )
    used = page(
        "nod --left", "greeter --quiet -vv --lo", "greeter -- --left", "greeter --<option>", "pip greeter"
    )
    assert is_silent(ask("DOC011", there, used, ALL_TOLD))


def test_an_option_of_the_program_must_be_told() -> None:
    """At the line where it is declared; once, however many commands take it."""
    there = CommandLine(
        (program("greeter", commands=("nod",)), program("greeter", "nod")),
        declared=(Declared("--loud", "src/greeter/__main__.py", 5),),
    )
    findings = ask("DOC011", there, page(), Guide(pages=("docs/cli.md",)))
    assert told(findings) == [
        ("src/greeter/__main__.py", 5, "no page tells of greeter --loud"),
        ("pyproject.toml", 4, "no page tells of the command greeter nod"),
    ]
    assert findings.found[0].fix == "add to docs/cli.md: `--loud`: say it in capitals"


def test_pages_that_are_made_from_the_program_tell_everything() -> None:
    """mkdocs-click and the like write them."""
    assert is_silent(ask("DOC011", CommandLine((program("greeter"),)), page(), Guide(is_made=True)))


def test_without_a_command_nothing_is_asked() -> None:
    """And a command that does not answer leaves the rule unchecked."""
    assert is_not_applicable(ask("DOC011", CommandLine(), page("greeter --laud"), Guide()))
    findings = ask("DOC011", CommandLine(silent=("greeter --help answers: no",)), page(), Guide())
    assert findings.unseen == "greeter --help answers: no"


def test_programs_are_asked(tmp_path: Path) -> None:
    """Each of their commands too; options that help hides are read from the sources."""
    here = folder(
        tmp_path,
        {"pyproject.toml": SCRIPT, "src/greeter/__init__.py": "", "src/greeter/__main__.py": PARSER},
    )
    scripts = tmp_path / "bin"
    scripts.mkdir()
    (scripts / "greeter").write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(tmp_path / 'src')!r})\n"
        "from greeter.__main__ import main\nmain()\n"
    )
    (scripts / "greeter").chmod(0o755)
    tree = tree_of(here)
    environment = ProjectEnvironment(str(tmp_path), str(scripts / "python"), "")
    found = ask_for_help(here, tree, find_doors(here, tree), environment)
    assert [(each.words, each.help.options[-1].name) for each in found.programs] == [
        (("greeter",), "--loud"),
        (("greeter", "wave"), "--left"),
    ]
    assert Declared("--quiet", "src/greeter/__main__.py", 6) in found.declared
    assert found.modules == (("greeter", "greeter"),)
    assert (found.silent, found.programs[0].line) == ((), 4)


def test_a_program_that_fails_is_told_of(tmp_path: Path) -> None:
    """With its own last words; one without a parser is never run."""
    files = {"pyproject.toml": SCRIPT, "src/greeter/__init__.py": "", "src/greeter/__main__.py": PARSER}
    here = folder(tmp_path, files)
    environment = ProjectEnvironment(str(tmp_path), str(tmp_path / "bin/python"), "")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/greeter").write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    (tmp_path / "bin/greeter").chmod(0o755)
    tree = tree_of(here)
    assert ask_for_help(here, tree, find_doors(here, tree), environment).silent == (
        "greeter --help answers: broken",
    )
    (tmp_path / "src/greeter/__main__.py").write_text("def main() -> None:\n    print('--help')\n")
    assert ask_for_help(here, tree, find_doors(here, tree), environment) == CommandLine()


def test_pages_are_read_for_options_and_words_of_code(tmp_path: Path) -> None:
    """Not the changelog, nor specifications; a word in a sentence is no command."""
    here = folder(
        tmp_path,
        {
            "README.md": "# A\n\nUse `greeter wave` or --loud, and nod.\n",
            "CHANGELOG.md": "`--quiet`\n",
            "specs/001-a/spec.md": "--left\n",
            "docs/cli.rst": ".. click:: greeter:main\n",
        },
    )
    found = read_guide(here, tree_of(here))
    assert (found.options, "wave" in found.words, "nod" in found.words) == (
        frozenset({"--loud"}),
        True,
        False,
    )
    assert found.is_made
