"""What the architect promises of the project's structure: it is laid out as Python's tools expect."""

from __future__ import annotations

from collections.abc import Iterator

from tenhats.facts.package import Package
from tenhats.facts.structure import Missing, Structure
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

# What is installed under one of these names comes into the way of every other project.
_NOBODYS = frozenset({
    "test", "tests", "doc", "docs", "example", "examples", "script", "scripts", "benchmark", "benchmarks",
    "tools", "src", "utils", "setup.py", "conftest.py", "noxfile.py",
})  # fmt: skip
_PASTE = {
    "[build-system]": "add at the top: "
    'build-system = { requires = ["hatchling>=1.27"], build-backend = "hatchling.build" }',
    "requires-python": 'add to [project]: requires-python = ">=3.11"',
}
_WHY = {
    "[build-system]": "nothing says what builds the package",
    "requires-python": "nothing says which Python the package needs",
}


@rule(
    "ARC009",
    gate=Gate.STYLE,
    practice="Establishes project structure following Python best practices",
)
def project_is_laid_out_as_tools_expect(structure: Structure, package: Package) -> Findings:
    """The project is laid out as Python's tools expect.

    What every tool knows need not be explained to anybody:

        pyproject.toml     with [build-system], and requires-python in [project]
        LICENSE
        src/greeter/__init__.py
        tests/

    The folder `src` is no package itself, so nobody can import what is not installed. A folder of a package
    whose modules are imported has an `__init__.py`; without one, setuptools leaves it out. The wheel installs
    nothing by a name that belongs to everybody, such as `tests` or `utils`. Nothing that a tool has built is
    under git: `__pycache__/`, `*.egg-info/`, environments, wheels.

    Tests inside the package, a folder of it that nobody imports, and a `setup.py` that runs other programs
    are advice. So is a missing licence where the classifiers say `Private :: Do Not Upload`.
    https://packaging.python.org/en/latest/discussions/src-layout-vs-flat-layout/
    """
    findings = Findings()
    for each in findings.over(structure.missing, nothing="there is no project"):
        findings.add(each, *_told(each))
    findings.looked_at += 1 + len(structure.packages)
    if structure.is_package and structure.source.rpartition("/")[2] == "src":
        message = "src is a package itself: it can be imported as src, installed or not"
        findings.add(
            Place(f"{structure.source}/__init__.py"), message, "delete src/__init__.py, import without src."
        )
    for built in structure.built:
        fix = f"git rm -r --cached {built.what}, and add it to .gitignore"
        findings.add(built, f"{built.what} was made by a tool, and git keeps it", fix)
    for bare in structure.bare:
        say = findings.add if bare.imported_at else findings.advise
        why = f"though {bare.imported_at} imports from it" if bare.imported_at else "and is part of a package"
        say(bare, f"{bare.folder}/ has no __init__.py, {why}", f"touch {bare.folder}/__init__.py")
    if not structure.has_licence:
        say = findings.advise if structure.is_private else findings.add
        say(Place("pyproject.toml"), "there is no LICENSE: nobody may use this", "add a file LICENSE")
    _advise(structure, findings)
    for place, message, fix in _installed(package):
        findings.add(place, message, fix)
    if package.build_error:
        findings.could_not_see("there is no wheel to look into; see OPS001")
    return findings


def _told(each: Missing) -> tuple[str, str]:
    return f"there is no {each.name}: {_WHY[each.name]}", _PASTE[each.name]


def _advise(structure: Structure, findings: Findings) -> None:
    for path in structure.suites[:1]:
        count = len(structure.suites)
        message = f"{count} files of tests stand in the package, and are installed with it"
        findings.advise(Place(path), message, "move them to tests/, unless users are to run them")
    for line in structure.working[:1]:
        findings.advise(
            Place("setup.py", line),
            "setup.py runs something while the package is built",
            "let the build backend do it",
        )


def _installed(package: Package) -> Iterator[tuple[Package, str, str]]:
    """What the wheel installs beside the project's own packages."""
    for name in package.packages:
        if name in _NOBODYS:
            yield (
                package,
                f"the wheel installs {name}, which may be anybody's",
                f"leave {name} out of the wheel",
            )
