"""Mistakes that the others have a check for, by what their settings say.

They were chosen by reading the enabled checks of each of the others, without regard to what ours would say.
"""

from __future__ import annotations

from tests.defects.planted import both, replace, write
from tests.world import RealProject

from benchmarks.feature import CODE, HEAD
from benchmarks.planting import BODY, Mistake, helper, in_code, new_test, on_a_page

_WIDTH = """\
    width = 0
    for letter in name:
        if letter.isupper():
            width += 2
        elif letter.islower():
            width += 1
        elif letter == "-":
            width -= 1
    return min(width, 80)
"""


def _module(words: str, rest: str) -> str:
    return f'{HEAD}"""{words}"""\n\nfrom __future__ import annotations\n\n{rest}'


def _hidden_test(project: RealProject) -> None:
    test = 'def test_waves_back() -> None:\n    """It waves."""\n    assert wave("Ada") == "o/ Grace"\n'
    text = _module("More of the wave.", f"from trial.wave import wave\n\n\n{test}")
    project.write("tests/wave_checks.py", text)


def _linked(project: RealProject) -> None:
    (project.root / "docs" / "wave-of-old.md").symlink_to("gone.md")


def _twins(project: RealProject) -> None:
    for name in ("waves.txt", "Waves.txt"):
        project.write(f"docs/{name}", "A wave.\n")


def _same_twice(project: RealProject) -> None:
    for side in ("left", "right"):
        function = f'\ndef _{side}(name: str) -> int:\n    """Return a width."""\n{_WIDTH}'
        project.write(f"src/trial/{side}.py", _module(f"The {side} hand.", function))
    imports = "from trial.left import _left\nfrom trial.right import _right\n"
    in_code(BODY, f"    _left(name)\n    _right(name)\n{BODY}", imports)(project)
    new_test('    assert wave("Ada-1") == "o/ Ada-1"\n')(project)


STRENGTHS = (
    Mistake(
        "a misspelt word in a docstring",
        in_code('"""A wave of the hand."""', '"""A wave that is recieved."""'),
    ),
    Mistake("a misspelt word on a page", on_a_page("\nWaves are recieved with joy.\n")),
    Mistake("a name of a product in the wrong capitals", on_a_page("\nWe are on Github.\n")),
    Mistake("white space at the end of a line of a page", on_a_page("\nWe wave.   \nThey wave.\n")),
    Mistake(
        "a YAML file that is not as the formatter would write it", write("deploy.yaml", "waves:   [ 1,2 ]\n")
    ),
    Mistake("a page without a line break at its end", on_a_page("\nWe wave.")),
    Mistake("a symbolic link that leads nowhere", _linked),
    Mistake("two files whose names differ only in capitals", _twins),
    Mistake("a file of a megabyte", write("docs/wave.bin", "wave" * 262_144)),
    Mistake(
        "a test file whose name hides it from pytest",
        _hidden_test,
    ),
    Mistake(
        "a mistake in a script of the shell",
        write("wave.sh", '#!/bin/sh\nset -e\nhand=$1\nif [ $hand = "left" ]; then echo "o/"; fi\n'),
    ),
    Mistake("a Read the Docs configuration of no known version", write(".readthedocs.yaml", "version: 3\n")),
    Mistake("a print that was left in the library", helper("def _show(name: str) -> None:", "print(name)")),
    Mistake(
        "a variable that may have no value yet",
        helper("def _size(name: str) -> int:", "if name:", "    size = 1", "return size"),
    ),
    Mistake(
        "an error message made with an f-string in the call",
        both(
            helper(
                "def _refuse(name: str) -> None:", "if name == chr(0):", '    raise ValueError(f"no {name}")'
            ),
            new_test('    with pytest.raises(ValueError, match="no"):\n        wave(chr(0))\n'),
        ),
    ),
    Mistake(
        "a global variable that a function changes",
        helper("def _count(_name: str) -> None:", "global _waves", "_waves += 1", imports="\n_waves = 0\n"),
    ),
    Mistake(
        "a file that is read without naming its encoding",
        helper(
            "def _read(_name: str) -> str:",
            "return Path(__file__).read_text()",
            imports="from pathlib import Path\n",
        ),
    ),
    Mistake(
        "a secret made by a generator that can be foretold",
        helper(
            "def _token(_name: str) -> str:",
            'return "".join(random.choices("abcdef", k=16))',
            imports="import random\n",
        ),
    ),
    Mistake(
        "a flag that is passed by its place",
        helper("def _shout(name: str, loud: bool = False) -> str:", "return name.upper() if loud else name"),
    ),
    Mistake("a file of code without a copyright notice", replace(CODE, HEAD, "")),
    Mistake(
        "a public module that the reference of the interface leaves out",
        both(
            write("src/trial/nod.py", _module("A nod.", 'NODS = 1\n"""How often."""\n')),
            in_code("name.strip()", "name.strip()[: nod.NODS * 99]", "from trial import nod\n"),
        ),
    ),
    Mistake("the same ten lines in two modules", _same_twice),
    Mistake(
        "a name that is used but private to another module",
        helper(
            "def _peek(name: str) -> int:",
            "return len(json.decoder._CONSTANTS) + len(name)",
            imports="import json.decoder\n",
        ),
    ),
)
