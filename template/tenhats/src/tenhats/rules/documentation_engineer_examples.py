"""What the documentation engineer promises of examples: they can be pasted, and call what there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tenhats.facts.examples import Callables, Examples
from tenhats.facts.sessions import Sessions, Statement
from tenhats.formats.samples import is_judged, mistake_in
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_EXAMPLES = "Creates code examples and tutorials"
_SHELLS = {"sh", "bash", "shell", "console", "shell-session", "shellsession", "zsh", "terminal"}
_SESSION = re.compile(r"\bnox\s+(?:-[RrNkxv]{1,4}\s+){0,3}(?:-s|--sessions?)[ =]([A-Za-z][\w.-]{0,80})")
_MODULE = re.compile(r"(?:^|[\s$&|;(])(?:python3?|py)\s+-m\s+([A-Za-z_][\w.]{0,120})")
_LONGEST = 80
_OF_A_VERSION = re.compile(r"-\d+\.\d+$")


@rule("DOC005", gate=Gate.DOCUMENTATION, practice=_EXAMPLES)
def examples_can_be_pasted(examples: Examples, sessions: Sessions) -> Findings:
    """Every example in the documentation is what it says it is.

    An example is the first thing that a reader tries. In the pages of `docs/`, the README and CONTRIBUTING,
    a block that says `python` must compile, also statement by statement after `>>>`; one that says `toml`,
    `json` or `yaml` must parse:

        ```python
        >>> greet("Ada")
        'Hello, Ada!'
        ```

    What stands after `>>>` is typed as well, page by page, in a copy of the project and without a network;
    what is printed or raised must be what the page shows. Output that is left out is no mistake, and `...`
    stands for any. What may come out otherwise elsewhere is advice: numbers, addresses, what another package
    or a name that the page does not import is needed for, and all that follows the first surprise on a page.
    `# doctest: +SKIP` leaves a statement out.

    What a sample may leave out is no mistake: bodies, `...`, a name in angle brackets, Jinja. A block that
    is something else says so: `text`, `console`, `jsonc`.
    """
    findings = Findings()
    judged = [each for each in examples.blocks if is_judged(each.language)]
    for block in findings.over(judged, nothing="there is no example in Python, TOML, JSON or YAML"):
        mistake = mistake_in(block.language, block.text)
        if mistake:
            offset, message = mistake
            fix = "correct the example, or name the language that it is in: ```text"
            findings.add(Place(block.path, block.line + offset), message, fix)
    for problem in examples.problems:
        findings.add(problem, problem.message, problem.fix)
    for each in sessions.statements:
        findings.looked_at += 1
        if each.became in {"differs", "raised"}:
            say = findings.add if each.certain else findings.advise
            say(each, *_surprise(each))
    if sessions.unseen:
        findings.could_not_see(sessions.unseen)
    return findings


def _surprise(each: Statement) -> tuple[str, str]:
    """What came of a statement, and what to write instead."""
    source, got = _first_line(each.source), _first_line(each.got) or "nothing"
    if each.became == "raised":
        return f"`{source}` raises {got}", "correct the example, or mark it: # doctest: +SKIP"
    return f"`{source}` gives {got}, not {_first_line(each.want)}", f"write what comes: {got}"


def _first_line(text: str) -> str:
    """The first line of a text, cut where it is long."""
    line = text.partition("\n")[0]
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


@rule("DOC006", gate=Gate.DOCUMENTATION, practice=_EXAMPLES)
def examples_call_what_exists(examples: Examples, there: Callables) -> Findings:
    """Every command in the documentation calls what exists.

    A tutorial ends where a command answers that there is no such thing. What a page tells the reader to
    run in a block of the shell must be there: the session in `noxfile.py`, the module in the sources:

        nox -s docs
        python -m greeter

    In a sentence, `code` may speak of another project, and is advice. Modules of other packages are not
    looked for.
    """
    findings = Findings(nothing="no page names a session or a module to run")
    for place, line in _in_shells(examples):
        for what, is_there in _called(line, there):
            findings.looked_at += 1
            if not is_there:
                findings.add(place, f"there is no {what}", "call what there is, or add it")
    for span in examples.spans:
        for what, is_there in _called(span.text, there):
            findings.looked_at += 1
            if not is_there:
                findings.advise(span, f"there is no {what}", "call what there is, or add it")
    return findings


def _called(line: str, there: Callables) -> Iterator[tuple[str, bool]]:
    """What a line calls of the project's own, and whether it is there."""
    for name in _SESSION.findall(line) if there.sessions is not None else ():
        bare = _OF_A_VERSION.sub("", name.rstrip("."))
        yield f"session {name} in noxfile.py", bool({name, bare} & (there.sessions or set()))
    for name in _MODULE.findall(line):
        module = name.rstrip(".")
        if module.split(".")[0] in there.packages:
            is_there = bool({module, f"{module}.__main__"} & there.modules)
            yield f"module {module} that can be run", is_there


def _in_shells(examples: Examples) -> Iterable[tuple[Place, str]]:
    for block in examples.blocks:
        if block.language in _SHELLS:
            yield from ((Place(block.path, n), line) for n, line in enumerate(block.lines, block.line))
