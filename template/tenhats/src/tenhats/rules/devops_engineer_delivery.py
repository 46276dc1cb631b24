"""What the DevOps engineer promises of a delivery: the same everywhere, answering, with a way back."""

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
from tenhats.facts.deployments import CHART, CLUSTER, IMAGE, INDEX, PLAN, PLATFORM, Deployments
from tenhats.facts.health import Health
from tenhats.facts.rebuilt import Pair, Rebuilt
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_PIPELINES = "Automates deployment pipelines"
_RELIABLE = "Ensures system reliability"

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
_A_CHECK = 'HEALTHCHECK CMD ["python", "-c", "import urllib.request as r; r.urlopen(\'http://localhost:8000/health\')"]'
_BACK = {
    INDEX: "yank the release on PyPI, 2. pip install NAME==the version before",
    CLUSTER: "kubectl rollout undo deployment/NAME",
    CHART: "helm rollback NAME",
    PLAN: "git revert COMMIT, 2. terraform plan, 3. terraform apply",
    IMAGE: "docker run IMAGE:the version before",
    PLATFORM: "deploy the version before: git checkout v1.2.3, and run the same job",
}


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


@rule("OPS015", gate=Gate.DEPLOYMENT, practice=_RELIABLE)
def health_checks_are_answered(health: Health) -> Findings:
    """A deployed web application has a health check, and answers it.

    A probe that asks a route which is not there restarts a healthy program for ever; without one a dead one
    stays. Where a Dockerfile or a manifest deploys a web application of the sources, something asks it, the
    path is one of its routes, and a test asks the same path by the front door:

        HEALTHCHECK CMD ["curl", "--fail", "http://localhost:8000/health"]

        def test_health_check_is_answered() -> None:
            assert TestClient(app).get("/health").status_code == 200

    Read are `HEALTHCHECK`, Compose's `healthcheck` of what is built here, the probes of manifests whose image
    is named after the project, and the routes in the sources; a path is held against them from its end, since
    prefixes are put together while the program runs. Packages that bring routes along are believed. That
    another file speaks of a health check counts as one, and is advice, and so does a check without a path.
    https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
    """
    findings = Findings()
    if not health.applications:
        findings.nothing = "there is no web application"
        return findings
    application = health.applications[0]
    for first in findings.over(health.deployed[:1], nothing="nothing here deploys the web application"):
        if health.elsewhere:
            message = f"only {health.elsewhere} speaks of a health check; what it asks is not looked at"
            findings.advise(first, message, "see that a test asks the same path")
        elif not health.asked and not health.others:
            message = (
                f"this deploys the {application.name} of {application.path}; nothing asks whether it works"
            )
            findings.add(first, message, _A_CHECK)
    told: set[str] = set()
    for each in findings.over(health.asked, nothing=findings.nothing):
        if not each.is_there:
            message = f"the application has no route {each.route}, which this asks"
            findings.add(each, message, f"give {application.path} that route, or ask one that it has")
        elif not each.is_tried and each.route not in told:
            told.add(each.route)
            message = f"no test asks {each.route} at the front door, as this does"
            fix = f'add a test: assert client.get("{each.route}").status_code == 200'
            findings.add(each, message, fix)
    for other in health.others:
        findings.advise(other, "this asks no path, so that a program which only hangs may pass", _A_CHECK)
    return findings


@rule("OPS016", gate=Gate.DEPLOYMENT, practice=_RELIABLE)
def way_back_is_written_down(deployments: Deployments) -> Findings:
    """What is deployed has a way back that is written down.

    The night on which a release must be taken back is no night to find out how. Where a job of CI publishes
    or deploys, or manifests, charts, Terraform or a platform's file say what is deployed, a page has a
    heading about going back, and under it a step or a command:

        ## Roll back

        1. `kubectl rollout undo deployment/greeter`
        2. Watch http://greeter.example.org/health for five minutes.

    Read are the README and every other page of Markdown or reStructuredText outside `specs/`, whose headings
    may be in any language that specifications are read in. A Dockerfile alone, without a job that pushes the
    image, is advice. https://sre.google/sre-book/release-engineering/
    """
    findings = Findings()
    for each in findings.over(deployments.deployments, nothing="nothing here deploys or publishes"):
        if not deployments.ways_back and findings.looked_at == 1:
            does = "publishes" if each.kind == INDEX else "deploys"
            message = f"{each.what} {does}, and no page says how to go back"
            findings.add(each, message, f"write docs/rollback.md: # Roll back, 1. {_BACK[each.kind]}")
    for way in deployments.ways_back:
        findings.looked_at += 1
        if not way.has_steps and not any(each.has_steps for each in deployments.ways_back):
            message = f"under “{way.title}” there is neither a step nor a command"
            findings.add(way, message, "write the steps in their order: 1. `the command`")
    if deployments.images and not deployments.deployments and not deployments.ways_back:
        message = "if this is deployed, no page says how to go back"
        findings.advise(Place(deployments.images[0]), message, f"write docs/rollback.md: 1. {_BACK[IMAGE]}")
    return findings
