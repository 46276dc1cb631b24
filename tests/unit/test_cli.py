"""The command line imports what the command at hand needs, and every command is there."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import tenhats
from tenhats.cli import parser
from tenhats.fact import SOURCES
from tenhats.rule import RULES

pytestmark = pytest.mark.req("009-front-doors/FR-005")


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, by its name."""
    kinds = next(each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(kinds.choices)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_a_function(name: str) -> None:
    """What a command does is named as text, and imported when it is run: the name must be right."""
    module, _, function = str(commands()[name].get_default("does")).rpartition(".")
    assert callable(getattr(import_module(f"tenhats.{module}"), function))


def test_one_persona_costs_no_other_personas_rules() -> None:
    """Whoever asks for the rules of one persona waits for no other's modules, nor for other commands."""
    program = (
        "import sys, tenhats.cli, tenhats.engine\n"
        "codes = {rule.code[:3] for rule in tenhats.engine.choose(['SPC'])}\n"
        "loaded = {name for name in sys.modules if name.startswith('tenhats.rules.')}\n"
        "print(codes, 'tenhats.rules.architect' in loaded, 'tenhats.tracing' in sys.modules)\n"
    )
    source = Path(tenhats.__file__).parents[1]
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=source, capture_output=True, text=True, check=True
    )
    assert told.stdout == "{'SPC'} False False\n"


def test_whoever_imports_a_fact_imports_what_measures_it() -> None:
    """A fact's source stands beside its type, so that no other import is needed for it to be had."""
    wanted = {kind for rule in RULES.values() for kind in rule.needs.values()}
    strays = {kind for kind in wanted & SOURCES.keys() if SOURCES[kind].measure.__module__ != kind.__module__}
    assert strays == set()
