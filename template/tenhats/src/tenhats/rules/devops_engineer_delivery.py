"""What the DevOps engineer promises of what is delivered: it is built the same everywhere."""

from __future__ import annotations

from tenhats.archives import (
    CONTAINER,
    CONTENT,
    FIRST_ONLY,
    GENERATOR,
    NAME,
    ORDER,
    PERMISSIONS,
    SECOND_ONLY,
    TIME,
)
from tenhats.facts.rebuilt import Pair, Rebuilt
from tenhats.gates import Gate
from tenhats.rule import Findings, rule

_PIPELINES = "Automates deployment pipelines"

_SEEN = {
    CONTENT: "other content: {names}",
    TIME: "other time stamps: {names}",
    PERMISSIONS: "other permissions: {names}",
    FIRST_ONLY: "what git does not have: {names}",
    SECOND_ONLY: "left out the first time: {names}",
    GENERATOR: "another version of the build system: {names}",
    NAME: "another name: {names}",
    ORDER: "its members in another order",
    CONTAINER: "another time or compression of the archive itself",
}
_SETTLED = "build with hatchling, or set in CI: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)"
_FIXES = {
    CONTENT: "write no time, no path and no random number into it, and sort what is listed: sorted(names)",
    TIME: _SETTLED,
    PERMISSIONS: "build with hatchling, or build where `umask 022` is set",
    FIRST_ONLY: "make it in a hook of the build, or add it to git; delete the folder build/",
    SECOND_ONLY: "delete the folder build/, which holds what was built before",
    GENERATOR: 'pin it in [build-system]: requires = ["hatchling==…"]',
    NAME: 'take the version from one place: [project] version = "…"',
    ORDER: "sort what is listed: sorted(names)",
    CONTAINER: _SETTLED,
}
# An index takes any permissions; and which build system came out meanwhile is not the project's doing.
_MILD = {"wheel": {PERMISSIONS, GENERATOR}, "sdist": {PERMISSIONS, TIME, ORDER, CONTAINER}}
_NAMED = 3


@rule("OPS014", gate=Gate.DEPLOYMENT, practice=_PIPELINES)
def build_is_reproducible(rebuilt: Rebuilt) -> Findings:
    """The package is the same whoever builds it.

    If two builds of one commit differ, nobody can tell a wheel that was tampered with from an honest one. The
    wheel and the sdist are built twice: here, and from a copy of what git has, with other time stamps, umask,
    seed of hashes and time zone. Both must be the same byte for byte. hatchling sees to that by itself; with
    setuptools, CI settles the time:

        export SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
        python -m build

    If a workflow, `noxfile.py`, `Makefile` or a script sets that variable, it is set here as well.
    Permissions of members are advice, and of an sdist, time stamps too: setuptools cannot settle those.
    https://reproducible-builds.org/docs/definition/
    """
    findings = Findings()
    if rebuilt.unseen:
        findings.could_not_see(rebuilt.unseen)
        return findings
    for pair in findings.over(rebuilt.pairs, nothing="nothing is built"):
        for what in dict.fromkeys(each.what for each in pair.differences):
            tell = findings.advise if what in _MILD[pair.kind] else findings.add
            tell(
                rebuilt, f"the {pair.kind} differs when it is built again: {_seen(pair, what)}", _FIXES[what]
            )
    return findings


def _seen(pair: Pair, what: str) -> str:
    members = [each.member for each in pair.differences if each.what == what]
    more = f" and {len(members) - _NAMED} more" if len(members) > _NAMED else ""
    return _SEEN[what].format(names=", ".join(members[:_NAMED]) + more)
