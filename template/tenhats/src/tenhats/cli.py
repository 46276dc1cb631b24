"""The command line of the gate tooling: `python -m tenhats gates`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType

from tenhats import processes
from tenhats.commands import CANNOT_RUN
from tenhats.errors import CannotRun
from tenhats.fact import Project
from tenhats.facts.reviews import APPROVED, VERDICTS
from tenhats.personas import PERSONAS
from tenhats.reports.console import SafeConsole
from tenhats.settings import read_settings
from tenhats.workflow import WORKFLOWS

_STOPPED = 130


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    whole = argparse.ArgumentParser(
        prog="nox -s", description="Ten personas, eight gates, one verdict.", allow_abbrev=False
    )
    whole.add_argument("--project", default=".", help="the project's folder")
    kinds = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, does: str, help_: str) -> argparse.ArgumentParser:
        kind = kinds.add_parser(
            name, help=help_, description=help_, prog=f"nox -s {name} --", allow_abbrev=False
        )
        kind.set_defaults(does=does)
        return kind

    _judging(add("gates", "commands.gates", "all rules, eight gates, one verdict"))
    for persona in PERSONAS:
        kind = add(persona.name, "commands.persona", f"the rules of the {persona.title}")
        kind.set_defaults(name=persona.name)
        _judging(kind)
    for name in WORKFLOWS:
        kind = add(
            name, "commands_making.show_board", f"the {name} board: each feature and the step it has reached"
        )
        kind.set_defaults(workflow=name)
    _tracing(add("trace", "tracing.show_trace", "from each requirement to its tests and its lines, and back"))
    kind = add("bite", "examination.bite", "which functions the bound tests really examine, one by one")
    kind.add_argument("--all", action="store_true", help="also what is known and has not changed since")
    kind = add("profile", "profiling.profile", "where the time of each benchmark goes, with a flame graph")
    kind.add_argument("names", nargs="*", help="only benchmarks with one of these words in their names")
    kind = add("spec", "commands_making.new_spec", "make the next specification")
    kind.add_argument("title", nargs="+", help="what the feature is called")
    kind = add("adr", "commands_making.new_decision", "make the next decision record")
    kind.add_argument("title", nargs="+", help="what was decided")
    kind = add("review", "commands_review.review", "record a review, or list those that are due")
    kind.add_argument("name", nargs="?", metavar="persona", help="architect, security-engineer, …")
    kind.add_argument("feature", nargs="?", help="001-greeting, …")
    kind.add_argument("--verdict", choices=VERDICTS, default=APPROVED, help="what the review says")
    kind.add_argument("--note", default="", help="what is to be changed, or what was seen")
    kind.add_argument("--by", metavar="NAME", help="who reviewed; by itself whom git names as its user")
    kind.add_argument("--list", action="store_true", help="which reviews are due; also without a persona")
    add(
        "retro",
        "commands_making.new_retrospective",
        "make a retrospective, with the figures since the last one",
    )
    kind = add("agents", "commands_making.agents", "make the agents' files from the personas")
    kind.add_argument("--check", action="store_true", help="change nothing; say which are out of step")
    kind.set_defaults(format="text", output=None, strict=False)
    kind = add("explain", "commands.explain", "a page on a rule, a gate or a persona")
    kind.add_argument("word", nargs="?", default="", help="SPC003, 2, architect, practices, or nothing")
    kind = add("brief", "commands_making.make_brief", "what one persona needs to know about one feature")
    kind.add_argument("name", metavar="persona", help="architect, test-engineer, …")
    kind.add_argument("feature", help="001-greeting, …")
    kind.add_argument("--output", metavar="FILE", help="write the page there")
    add("docs", "publishing.build_docs", "build the site")
    return whole


def _judging(kind: argparse.ArgumentParser) -> None:
    kind.add_argument("--strict", action="store_true", help="unchecked is a failure, nothing kept is used")
    kind.add_argument(
        "--gate",
        action="append",
        default=[],
        metavar="GATES",
        help="only these gates, by number or name: 2,tests; may be repeated",
    )
    kind.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CODES",
        help="only these rules, by code or by prefix: SPC,TST004",
    )
    kind.add_argument("--fresh", action="store_true", help="use nothing kept from earlier runs")
    formats = ("text", "json", "markdown", "sarif")
    kind.add_argument("--format", choices=formats, default="text", help="how to write the report")
    kind.add_argument("--output", metavar="FILE", help="write the report there")


def _tracing(kind: argparse.ArgumentParser) -> None:
    kind.add_argument(
        "names",
        nargs="*",
        help="only names that begin so; a whole name, src/file.py or src/file.py:42 shows all of it",
    )
    kind.add_argument(
        "--feature", action="append", default=[], metavar="NAME", help="only this feature; may be repeated"
    )
    kind.add_argument(
        "--state", action="append", default=[], metavar="STATES", help="only these states: untested,suspect"
    )
    kind.add_argument(
        "--file", action="append", default=[], metavar="FILE", help="only what this source file serves"
    )
    kind.add_argument("--changes", action="store_true", help="only what differs from the base, and how")
    formats = ("text", "json", "csv", "junit")
    kind.add_argument("--format", choices=formats, default="text", help="how to write the trace")
    kind.add_argument("--output", metavar="FILE", help="write the trace there")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 passed, 1 findings, 2 cannot run, 130 stopped."""
    asked = parser().parse_args(arguments)
    console, aside = SafeConsole(emoji=False), SafeConsole(stderr=True, emoji=False)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        root = Path(asked.project).resolve()
        fresh = getattr(asked, "fresh", False) or getattr(asked, "strict", False)
        project = Project(root, read_settings(root), fresh)
        module, _, function = asked.does.rpartition(".")
        does = getattr(import_module(f"tenhats.{module}"), function)  # no command needs what all others do
        return int(does(project, asked, console))
    except CannotRun as error:
        aside.print(f"cannot run: {error}", style="bold red", highlight=False, markup=False, soft_wrap=True)
        return CANNOT_RUN
    except KeyboardInterrupt:
        processes.stop_all()
        aside.print("stopped; nothing is left running", highlight=False)
        return _STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT_RUN
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        aside.print(
            f"cannot run: {where}{error.strerror or error}", style="bold red", markup=False, soft_wrap=True
        )
        return CANNOT_RUN


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
