"""What the implementation developer promises its readers: functions to follow, types that arrive."""

from __future__ import annotations

from tenhats.facts.style import Clarity
from tenhats.facts.typed import TypedPackages
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_ADVICE = {"PLR0913"}
_FIXES = {
    "C901": "take parts of it out, into functions that are named for what they do",
    "PLR0915": "take parts of it out, into functions that are named for what they do",
    "PLR0913": "put what belongs together into a dataclass",
}
_WAIT = "await its asynchronous counterpart, or hand it to asyncio.to_thread"


@rule("DEV007", gate=Gate.IMPLEMENTATION, practice="Writes self-documenting code")
def functions_can_be_followed(clarity: Clarity) -> Findings:
    """Every function can be followed, and none holds up an event loop.

    A function with more paths than a reader keeps in mind needs a page beside it to be understood. One has
    at most 20 paths and 80 statements. In an `async def`, a call that waits for a file, a process, the
    network or a clock stops everything else, and nothing on the line says so:

        async def greet(name: str) -> str:
            await asyncio.sleep(1)

    More than 8 parameters are advice. Looked at by ruff in the sources, whatever `ruff.toml` selects: C901,
    PLR0915, PLR0913, ASYNC2xx. `# noqa: C901  because …` is honoured. More than 20 paths is what the Software
    Engineering Institute called complex, of high risk: https://docs.astral.sh/ruff/rules/complex-structure/
    """
    findings = Findings()
    for _ in findings.over(clarity.files, nothing="there is no Python file in the sources"):
        pass
    for each in clarity.complaints:
        say = findings.advise if each.code in _ADVICE else findings.add
        say(each, f"{each.code}: {each.message}", _FIXES.get(each.code, _WAIT))
    return findings


@rule("DEV008", gate=Gate.IMPLEMENTATION, practice="Uses type hints comprehensively")
def types_reach_the_users(typed: TypedPackages) -> Findings:
    """The types of a package reach whoever uses it.

    A type checker does not look at the hints of an installed package that does not say it has some. A package
    in the sources whose functions are annotated holds an empty file of this name, beside its `__init__.py`:

        py.typed

    That is PEP 561: https://typing.python.org/en/latest/spec/distributing.html#packaging-type-information.
    Asked of packages with hints, where `pyproject.toml` claims `Typing :: Typed`; elsewhere it is advice, for
    a program that nobody imports needs none. Public functions without any hint are advice as well.
    """
    findings = Findings()
    for package in findings.over(
        typed.packages, nothing="there is no package with type hints in the sources"
    ):
        if not package.is_marked:
            message = f"{package.name} has type hints, and no py.typed tells of them"
            say = findings.add if typed.claimed else findings.advise
            say(Place(package.path), message, f"add the empty file {package.folder}/py.typed")
        for function in package.bare:
            findings.advise(
                function, f"{function.name} has no type hints", "annotate what it takes and gives"
            )
    return findings
