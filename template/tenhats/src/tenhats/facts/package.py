"""The package as its users get it: built, installed where nothing else is, its commands run."""

from __future__ import annotations

import os
import shutil
import tomllib
import zipfile
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

from tenhats import processes
from tenhats.environments import Environment, NotMade, make
from tenhats.fact import Project, fact
from tenhats.facts.epoch import Epoch
from tenhats.settings import line_of

WHAT_IS_BUILT = (
    "pyproject.toml", "setup.cfg", "MANIFEST.in", "README.md", "LICENSE*", "*.py", "src/*",
)  # fmt: skip
SEED = "1"


@dataclass(frozen=True)
class Command:
    """A command that the wheel installs, and how it answered `--help`."""

    name: str
    code: int
    last_words: str
    path: str = "pyproject.toml"
    line: int = 1


@dataclass(frozen=True)
class Package:
    """The built wheel; why it could not be built or installed; its commands."""

    wheel: str | None
    build_error: str | None = None
    install_error: str | None = None
    commands: tuple[Command, ...] = ()
    packages: tuple[str, ...] = ()
    path: str = "pyproject.toml"
    line: int = 1


@fact(reads=WHAT_IS_BUILT)
def build_package(project: Project, epoch: Epoch) -> Package:
    """Build the wheel, install it into an empty environment and run its commands there."""
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    line = line_of(text, "[build-system]")
    room = project.workshop / "package"
    shutil.rmtree(room, ignore_errors=True)
    installer = ["--installer=uv"] if shutil.which("uv") else []
    done = processes.tool(
        "build", "--wheel", *installer, f"--outdir={room}", str(project.root), cwd=project.root,
        env={"PYTHONHASHSEED": SEED, **epoch.variables},
    )  # fmt: skip
    wheels = sorted(room.glob("*.whl"))
    if done.code or not wheels:
        return Package(None, build_error=done.last_words or f"build ended with {done.code}", line=line)
    wheel = wheels[-1]
    empty, trouble = Environment(room / "empty", (str(wheel),)), None
    try:
        make(empty, root=project.root, say=lambda line: None)
    except NotMade as error:
        trouble = str(error)
    commands = () if trouble else tuple(_run_commands(wheel, empty, text))
    return Package(wheel.name, None, trouble, commands, _packages(wheel), line=line)


def _run_commands(wheel: Path, empty: Environment, text: str) -> list[Command]:
    entries = ConfigParser(delimiters=("=",))
    entries.optionxform = str  # type: ignore[assignment,method-assign]
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".dist-info/entry_points.txt"):
                entries.read_string(archive.read(name).decode("utf-8"))
    found = []
    for name in entries["console_scripts"] if entries.has_section("console_scripts") else ():
        program = shutil.which(name, path=str(empty.scripts)) or str(empty.scripts / name)
        line = line_of(text, name)
        try:
            done = processes.run([program, "--help"], cwd=empty.folder, timeout=60)
            found.append(Command(name, done.code, done.last_words, line=line))
        except processes.TimedOut as error:
            found.append(Command(name, 124, str(error), line=line))
    return found


def _packages(wheel: Path) -> tuple[str, ...]:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    return tuple(sorted(top for top in tops if not top.endswith((".dist-info", ".data"))))


@dataclass(frozen=True)
class Fault:
    """Something in the metadata that the standard does not allow."""

    path: str
    line: int
    message: str


@dataclass(frozen=True)
class Metadata:
    """What `pyproject.toml` says of the package, held against the standard."""

    tables: tuple[str, ...]
    faults: tuple[Fault, ...]


@fact(reads=("pyproject.toml",))
def read_metadata(project: Project) -> Metadata:
    """Validate `pyproject.toml` with validate-pyproject, without the network."""
    os.environ.setdefault("VALIDATE_PYPROJECT_NO_NETWORK", "1")
    from validate_pyproject import api, errors

    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    faults: list[Fault] = []
    try:
        api.Validator()(document)
    except errors.ValidationError as error:
        name = str(error.name).replace("data.", "", 1).strip("`")
        what = str(error.summary).partition("\n")[0]
        faults.append(Fault("pyproject.toml", _line_of_key(text, name), f"{name}: {what}"))
    if "project" not in document:
        faults.append(Fault("pyproject.toml", 1, "there is no [project] table: nothing says what this is"))
    return Metadata(tuple(document), tuple(faults))


def _line_of_key(text: str, dotted: str) -> int:
    """The line of the last key of a dotted path that can be found, inside its table."""
    keys = [key.partition("[")[0] for key in dotted.split(".")]
    lines = text.splitlines()
    table = next((i for i, line in enumerate(lines) if line.strip() == f"[{keys[0]}]"), 0)
    for key in reversed(keys):
        for number, line in enumerate(lines[table:], table + 1):
            if line.strip().startswith((f"{key} ", f"{key}=", f"[{key}]")):
                return number
    return table + 1
