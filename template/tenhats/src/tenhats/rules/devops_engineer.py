"""What the DevOps engineer promises: it builds, it installs, it runs, and CI sees to it."""

from __future__ import annotations

import re

from tenhats.facts.ci import Ci
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.package import Metadata, Package
from tenhats.facts.upkeep import Merges, Pins
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_PIPELINES = "Automates deployment pipelines"
_RELIABLE = "Ensures system reliability"
_EXACT = re.compile(r"[A-Za-z0-9._-]+(?:\[[^\]]*\])?\s*==\s*[^\s,*;]+\s*(?:;.*)?$")


@rule("OPS001", gate=Gate.DEPLOYMENT, practice=_PIPELINES)
def wheel_builds(package: Package) -> Findings:
    """The wheel builds.

    A project that cannot be built cannot be delivered. `python -m build --wheel` is run as a packager
    would, in an environment of its own; what it complains about last is handed on.
    """
    findings = Findings()
    for each in findings.over([package], nothing="there is no package"):
        if each.build_error:
            findings.add(each, f"the wheel does not build: {each.build_error}", "try: python -m build")
        elif not each.packages:
            findings.add(each, "the wheel holds no package", "tell the build where the package is")
    return findings


@rule("OPS002", gate=Gate.DEPLOYMENT, practice=_PIPELINES)
def commands_run_when_installed(package: Package) -> Findings:
    """The wheel installs into an empty environment and its commands run.

    What works in the developer's environment often lacks a dependency or a file elsewhere. The wheel
    is installed where there is nothing else, and each command in `[project.scripts]` must answer
    `--help` with exit code 0.
    """
    findings = Findings()
    if package.build_error:
        findings.could_not_see("there is no wheel to install; see OPS001")
        return findings
    for _ in findings.over([package], nothing="there is no wheel"):
        if package.install_error:
            message = f"the wheel does not install by itself: {package.install_error}"
            findings.add(package, message, "declare every dependency in [project]")
    for command in package.commands:
        findings.looked_at += 1
        if command.code:
            message = f"`{command.name} --help` ends with {command.code}: {command.last_words}"
            findings.add(command, message, "make the command run where only the wheel is installed")
    return findings


@rule("OPS003", gate=Gate.DEPLOYMENT, practice="Implements infrastructure specifications")
def metadata_is_valid(metadata: Metadata) -> Findings:
    """The package's metadata is valid.

    `pyproject.toml` is held against the packaging standards by validate-pyproject; an index refuses
    what they do not allow. https://packaging.python.org/en/latest/specifications/pyproject-toml/
    """
    findings = Findings()
    for _ in findings.over(metadata.tables, nothing="pyproject.toml is empty"):
        pass
    for fault in metadata.faults:
        findings.looked_at += 1
        findings.add(fault, fault.message, "correct it as the standard says")
    return findings


@rule("OPS004", gate=Gate.DEPLOYMENT, practice=_PIPELINES)
def ci_runs_every_gate(ci: Ci) -> Findings:
    """CI runs every gate.

    A gate that only a person runs is run until Friday. The workflow must call `nox -s gates` with
    `--strict`, either for all gates at once or for each of the eight:

        nox -s gates -- --strict --gate ${{ matrix.gate }}
    """
    findings = Findings()
    for problem in ci.problems:
        findings.looked_at += 1
        findings.add(problem, problem.message, problem.fix)
    if not ci.files:
        findings.looked_at = 1
        findings.add(
            Place(".github/workflows/gates.yml"),
            "there is no CI configuration",
            "restore it from the template, or write one that calls: nox -s gates -- --strict",
        )
        return findings
    strictly: set[int] = set()
    for call in findings.over(ci.calls, nothing="no CI job calls nox -s gates"):
        if call.strict:
            strictly |= call.gates
    missing = sorted(set(range(1, 9)) - strictly)
    if missing and not ci.problems:
        place = ci.calls[0] if ci.calls else Place(ci.files[0])
        named = ", ".join(map(str, missing))
        findings.looked_at += 1
        findings.add(place, f"CI does not run gate {named} strictly", "add: nox -s gates -- --strict")
    return findings


@rule("OPS005", gate=Gate.DEPLOYMENT, practice=_RELIABLE)
def merges_are_finished(merges: Merges) -> Findings:
    """No unfinished merge is left.

    `copier update` and `git merge` leave conflict markers or `*.rej` files and end with success. Open
    each place, keep what is right of both sides, delete the markers; for a `.rej`, apply the patch by
    hand and delete the file.
    """
    findings = Findings(looked_at=merges.files)
    for leftover in merges.leftovers:
        findings.add(leftover, f"here is {leftover.what}", "resolve it and delete what is left over")
    return findings


@rule("OPS006", gate=Gate.DEPLOYMENT, practice=_RELIABLE)
def tools_are_pinned(pins: Pins) -> Findings:
    """Every gate tool is pinned exactly.

    A tool that drifts turns a project red that nobody has touched. Each requirement in
    `tenhats/pyproject.toml` and each line of `tenhats/constraints.txt` names one version with `==`.
    The template raises them; `copier update` brings them.
    """
    findings = Findings()
    for pin in findings.over(pins.pins, nothing="there is no tenhats/pyproject.toml"):
        if not _EXACT.match(pin.requirement):
            findings.add(pin, f"“{pin.requirement}” is not one version", "pin it with ==")
    return findings


@rule("OPS007", gate=Gate.DEPLOYMENT, practice=_RELIABLE)
def project_installs(environment: ProjectEnvironment) -> Findings:
    """The project installs for development.

    The tests and the type checker need the project with its dependencies and its dependency groups.
    They are installed into `.tenhats/envs/project`, by uv where it is there and by pip elsewhere. If
    two requirements contradict each other, the installer's last words say which.
    """
    findings = Findings()
    for _ in findings.over([environment], nothing="there is no project"):
        if environment.error:
            findings.add(
                Place("pyproject.toml", environment.line),
                f"the project cannot be installed: {environment.error}",
                "correct the dependencies, or look at the network",
            )
    return findings
