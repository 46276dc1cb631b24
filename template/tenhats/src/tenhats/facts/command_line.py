"""The command line as the installed program tells it: its commands and options, asked for by `--help`.

Asked are only programs whose sources use a parser that answers `--help` and does nothing else.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.doors import Door, Doors
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.tree import Tree
from tenhats.formats.help_text import Help, read_help
from tenhats.shelf import NOTHING_KEPT, Shelf
from tenhats.sources.names import imported, parsed, text_in

_PARSERS = frozenset({
    "argparse", "click", "typer", "rich_click", "asyncclick", "cloup", "cyclopts", "docopt", "tyro",
    "jsonargparse", "configargparse", "simple_parsing", "optparse", "plumbum",
})  # fmt: skip
_OPTION = re.compile(r"--?[A-Za-z][\w-]{0,60}")
_PATIENCE = 30.0
_MOST_ASKED = 60
_AT_ONCE = 4
_SPEAKS_OF_OPTIONS = re.compile(rb"[\"']-|argparse|click|typer|command|option", re.IGNORECASE)
_PLAIN = {
    "COLUMNS": "200",
    "TERMINAL_WIDTH": "200",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "_TYPER_STANDARD_TRACEBACK": "1",
}


@dataclass(frozen=True)
class Program:
    """A command, `("greeter",)`, or one of its commands, `("greeter", "wave")`, and what it says of itself.

    The place is where it is declared.
    """

    words: tuple[str, ...]
    help: Help
    path: str
    line: int


@dataclass(frozen=True)
class Declared:
    """An option that the sources name: `--loud`, and the place."""

    name: str
    path: str
    line: int


@dataclass(frozen=True)
class CommandLine:
    """Every program that answered; those that did not, with the reason.

    `modules` leads from what `python -m` runs to the words of its program, `declared` are the options that
    the sources name, those among them that `--help` hides.
    """

    programs: tuple[Program, ...] = ()
    modules: tuple[tuple[str, str], ...] = ()
    declared: tuple[Declared, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What one command and its own commands said, or why nothing was said."""

    programs: tuple[Program, ...] = ()
    silence: str = ""


@fact(reads=("*.py", "pyproject.toml"))
def ask_for_help(
    project: Project,
    tree: Tree,
    doors: Doors,
    environment: ProjectEnvironment,
    shelf: Shelf = NOTHING_KEPT,
) -> CommandLine:
    """Run every command of the project with `--help`, and then its commands.

    What a command answers is kept until a source file changes that speaks of options.
    """
    commands = [each for each in doors.doors if each.kind == "command" and each.leads_to]
    sources = _Sources(project, tree) if commands else None
    if sources is None or not sources.use_a_parser:
        return CommandLine()
    environment.interpreter()
    (project.workshop / "help").mkdir(parents=True, exist_ok=True)
    answers = [
        shelf.had(
            Answer,
            f"{each.name} {each.line} {environment.stamp} {sources.digest}",
            partial(_ask, project, environment, each),
        )
        for each in commands
    ]
    home = f"{project.settings.source}/"
    return CommandLine(
        tuple(program for each in answers for program in each.programs),
        tuple((_module(each.leads_to.removeprefix(home)), each.name) for each in commands),
        tuple(sources.declared.values()),
        tuple(each.silence for each in answers if each.silence),
    )


def _module(path: str) -> str:
    """What `python -m` calls a file of the sources."""
    return path.removesuffix(".py").removesuffix("/__main__").replace("/", ".")


def _ask(project: Project, environment: ProjectEnvironment, door: Door) -> Answer:
    """Ask a command and its own commands, the outer ones first."""
    start = str(environment.scripts / door.name)

    def said_by(words: tuple[str, ...]) -> processes.Completed:
        command = [start, *words[1:], "--help"]
        return processes.run(command, cwd=project.workshop / "help", env=_PLAIN, given="", timeout=_PATIENCE)

    programs: list[Program] = []
    waiting: list[tuple[str, ...]] = [(door.name,)]
    try:
        while waiting and len(programs) + len(waiting) <= _MOST_ASKED:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                answers = list(pool.map(said_by, waiting))
            found = [
                Program(words, said, door.path, door.line)
                for words, done in zip(waiting, answers, strict=True)
                if not done.code and (said := read_help(done.out))
            ]
            if not programs and not found:
                why = answers[0].last_words if answers[0].code else "in no form that is known"
                return Answer(silence=f"{door.name} --help answers: {why}")
            programs += found
            waiting = [(*each.words, name) for each in found for name in each.help.commands]
    except (Unavailable, processes.TimedOut) as error:
        return Answer(silence=f"{door.name} --help does not answer: {error}")
    return Answer(tuple(programs))


class _Sources:
    """The options that the sources name, whether they use a parser, and what they depend on, as a digest."""

    def __init__(self, project: Project, tree: Tree) -> None:
        self.declared: dict[str, Declared] = {}
        self.use_a_parser = False
        seen = hashlib.sha256()
        others: dict[str, Declared] = {}
        for path in tree.matching(f"{project.settings.source}/*.py"):
            content = (project.root / path).read_bytes()
            module = parsed(content) if _SPEAKS_OF_OPTIONS.search(content) else None
            if module is None:
                continue
            seen.update(content)
            names = imported(module).values()
            self.use_a_parser = self.use_a_parser or any(each.partition(".")[0] in _PARSERS for each in names)
            for node in ast.walk(module):
                if isinstance(node, ast.Call):
                    _note(self.declared if _declares(node.func) else others, node.args, path)
                elif isinstance(node, ast.List | ast.Tuple | ast.Assign):
                    _note(others, [node.value] if isinstance(node, ast.Assign) else node.elts, path)
        self.declared = {**others, **self.declared}
        self.digest = seen.hexdigest()


def _declares(function: ast.expr) -> bool:
    """Whether a function that is called has a name by which parsers take an option."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return any(word in name.lower() for word in ("arg", "option", "flag", "param"))


def _note(found: dict[str, Declared], texts: Sequence[ast.expr], path: str) -> None:
    for each in texts:
        text = text_in(each) or ""
        for name in _OPTION.findall(text) if text.startswith("-") else ():
            found.setdefault(name, Declared(name, path, each.lineno))
