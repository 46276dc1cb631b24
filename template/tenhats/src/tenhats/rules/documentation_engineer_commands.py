"""What the documentation engineer promises of the command line: pages and program know the same options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tenhats.errors import did_you_mean
from tenhats.facts.command_line import CommandLine, Program
from tenhats.facts.examples import Examples
from tenhats.facts.guide import Guide
from tenhats.formats.help_text import Option
from tenhats.formats.shell import SHELLS, Word, commands_of
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_LONG = re.compile(r"--[A-Za-z][\w-]{0,60}")
_SHORT = re.compile(r"-[A-Za-z]\w{0,60}")
_PYTHON = re.compile(r"python(?:3(?:\.\d{1,2})?)?|py")
# What every program of a kind has, and nobody looks up.
_OF_EVERY_PROGRAM = frozenset({
    "--help", "-h", "-?", "--version", "-V", "--install-completion", "--show-completion", "--completions",
    "--help-all",
})  # fmt: skip


@rule("DOC011", gate=Gate.DOCUMENTATION, practice="Maintains comprehensive documentation")
def pages_and_program_know_the_same_options(
    command_line: CommandLine, examples: Examples, guide: Guide
) -> Findings:
    """The documentation and the program know the same options.

    An option that a page shows and the program does not take ends the first try; one that no page shows is
    found by nobody. Every option in a command of a page exists in that program:

        greeter --loud Ada

    and every option and command of the program stands somewhere in the README or in `docs/`:

        `--loud`: says it in capitals.

    Each command of `[project.scripts]` is asked with `--help` in the project's environment, and so are its
    own commands, if the sources use argparse, click, typer or the like. In the pages only commands of these
    programs are looked at, `uv run greeter` and `python -m greeter` among them. `--help` and `--version` need
    no page. Where a page is filled from the program, as by mkdocs-click, nothing has to be written.
    """
    findings = Findings(nothing="there is no command that a parser of options answers for")
    programs = {each.words: each for each in command_line.programs}
    shown = {name for each in command_line.programs for name in each.help.mentioned}
    hidden = {each.name for each in command_line.declared} - shown
    for command in _commands(examples, command_line):
        _hold_against(command, programs, hidden, findings)
    _hold_program_against(guide, command_line, findings)
    if command_line.silent:
        findings.could_not_see(command_line.silent[0])
    return findings


def _hold_program_against(guide: Guide, command_line: CommandLine, findings: Findings) -> None:
    """Look for each option and each command on the pages; one that several commands share, once."""
    places = {each.name: each for each in command_line.declared}
    seen: set[str] = set()
    for program in command_line.programs:
        words = " ".join(program.words)
        for option in program.help.options:
            findings.looked_at += 1
            if not guide.is_made and not _is_told(option, guide) and option.name not in seen:
                fix = f"add to {_page(guide)}: `{option.name}`: {option.words or 'what it does'}"
                findings.add(places.get(option.name, program), f"no page tells of {words} {option.name}", fix)
                seen.add(option.name)
        for name in program.help.commands:
            findings.looked_at += 1
            if not guide.is_made and name not in guide.words and name != "help":
                fix = f"add to {_page(guide)}: `{words} {name}`: what it does"
                findings.add(program, f"no page tells of the command {words} {name}", fix)


def _page(guide: Guide) -> str:
    """The page on which the options belong, as far as its name says so; else the README."""
    named = (
        each for each in guide.pages if re.search(r"(?:cli|command|usage|option|reference)", each.lower())
    )
    return next(named, "README.md")


def _is_told(option: Option, guide: Guide) -> bool:
    long = [each for each in option.names if each.startswith("--")]
    return bool(_OF_EVERY_PROGRAM & set(option.names) or guide.options & set(long or option.names))


def _commands(examples: Examples, command_line: CommandLine) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """The page and the words of each command that calls a program of ours, its name first."""
    names = {each.words[0] for each in command_line.programs}
    modules = dict(command_line.modules)
    for block in examples.blocks:
        if block.language not in SHELLS and block.language not in {"", "text"}:
            continue
        for words in commands_of(block):
            first, rest = words[0][1].rpartition("/")[2], words[1:]
            if _PYTHON.fullmatch(first) and len(rest) > 1 and rest[0][1] == "-m":
                first, rest = modules.get(rest[1][1], ""), rest[2:]
            if first in names:
                yield block.path, ((words[0][0], first), *rest)


def _hold_against(
    command: tuple[str, tuple[Word, ...]],
    programs: Mapping[tuple[str, ...], Program],
    hidden: set[str],
    findings: Findings,
) -> None:
    """Look at each option of a command; each belongs to the program or to the command before it."""
    path, words = command
    program = programs[(words[0][1],)]
    known = set(program.help.mentioned)
    is_plain = False
    for at, (line, word) in enumerate(words[1:]):
        if word == "--" or (is_plain and program.help.is_open):
            return
        deeper = programs.get((*program.words, word))
        if deeper:
            program, is_plain = deeper, False
            known |= program.help.mentioned
        elif word in program.help.commands:
            return  # It was not asked, and nobody knows what it takes.
        elif not word.startswith("-"):
            is_plain = True
            if at == 0 and program.help.is_strict and re.fullmatch(r"[a-z][a-z0-9-]{1,40}", word):
                findings.looked_at += 1
                if word not in program.help.commands:
                    near = did_you_mean(word, program.help.commands).strip()
                    message = f"{program.words[0]} has no command {word}"
                    findings.add(Place(path, line), message, near or "call what there is")
        elif name := _option_in(word):
            findings.looked_at += 1
            if not _is_known(name, known) and name not in hidden:
                near = did_you_mean(name, (each for each in known if each.startswith("--"))).strip()
                message = f"{' '.join(program.words)} has no option {name}"
                findings.add(Place(path, line), message, near or "correct the page, or add the option")


def _option_in(word: str) -> str:
    """The option that a word is; "" if it is a placeholder, a number, or something else."""
    bare = word.partition("=")[0]
    found = _LONG.fullmatch(bare) or _SHORT.fullmatch(bare)
    return found[0] if found else ""


def _is_known(name: str, known: set[str]) -> bool:
    """Whether it is one of these: by its name, the beginning of one, or short ones written together."""
    if name in known:
        return True
    if name.startswith("--"):
        return any(each.startswith(name) for each in known)
    return name[:2] in known
