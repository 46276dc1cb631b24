"""What bandit, pip-audit, detect-secrets and zizmor find; four facts, each of one tool."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from tenhats import processes
from tenhats.dependencies.asked import line_naming
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.toolrun import Complaint, ToolRun, answer, within
from tenhats.facts.tree import Tree

_PATIENCE = 3.0
_LONGEST_AUDIT = 180.0
_AN_HOUR = 3600.0
# CVE-2013-1888, CVE-2019-20916, CVE-2023-5752 and others: a service that knows of none has no data.
_FLAWED_PIP = "1.0"
# An advisory that pip-audit does not understand it leaves out with a warning, as if there were none.
_SKIPPED = re.compile(r"^WARNING:pip_audit\._service\.\w+:(.{1,200})", re.MULTILINE)
_ZIZMOR_FOUND = (0, 10, 11, 12, 13, 14)


@dataclass(frozen=True)
class Bandit(ToolRun):
    """What bandit says of the sources."""


@dataclass(frozen=True)
class Secrets(ToolRun):
    """What detect-secrets finds in the tree."""


@dataclass(frozen=True)
class Workflows(ToolRun):
    """What zizmor says of the GitHub workflows."""


@dataclass(frozen=True)
class Advisories(ToolRun):
    """What pip-audit knows of the installed dependencies; `unaudited` are those it could not ask about."""

    unaudited: tuple[str, ...] = ()


@fact(reads=("*.py", "pyproject.toml", ".bandit"))
def bandit(project: Project, tree: Tree) -> Bandit:
    """Run bandit over the sources."""
    files = tree.matching(f"{project.settings.source}/*.py")
    if not files:
        return Bandit()
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    # bandit reads pyproject.toml only if it is told to.
    own = ["-c", "pyproject.toml"] if "bandit" in tomllib.loads(text).get("tool", {}) else []
    done = processes.tool("bandit", "-q", *own, "-r", project.settings.source, "-f", "json", cwd=project.root)
    said = answer(done, "bandit")
    if said["errors"]:
        first = said["errors"][0]
        raise Unavailable(f"bandit could not read {first['filename']}: {first['reason']}")
    return Bandit(
        tuple(files),
        tuple(
            Complaint(
                within(project.root, each["filename"]),
                each["line_number"],
                each["test_id"],
                each["issue_text"],
                f"see {each['more_info']}",
            )
            for each in said["results"]
        ),
    )


@fact(reads=("*",))
def secrets(project: Project, tree: Tree) -> Secrets:
    """Look for secrets in every file that git has or would have; nothing leaves the machine."""
    store = project.workshop / "cache" / "secrets.json"
    seen = {} if project.fresh else _seen(store)
    keys = {file: f"{tree.digest_of(file)} {file}" for file in tree.files}
    unseen = [file for file, key in keys.items() if key not in seen]
    if unseen:
        done = processes.tool("tenhats.probes.secrets", cwd=project.root, given=json.dumps(unseen))
        found = answer(done, "detect-secrets")
        for file in unseen:
            seen[keys[file]] = [each for each in found if each["path"] == file]
    now = {key: seen[key] for key in keys.values()}
    with contextlib.suppress(OSError):
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_text(json.dumps(now), encoding="utf-8")
    complaints = tuple(Complaint(**each) for key in now for each in now[key])
    return Secrets(tree.files, complaints)


def _seen(store: Path) -> dict[str, list[dict[str, Any]]]:
    """What was found in files of known content: looking for secrets is slow, so none is read twice."""
    try:
        return dict(json.loads(store.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


@fact(reads=(".github/*",))
def workflows(project: Project, tree: Tree) -> Workflows:
    """Run zizmor, without the network, over workflows, actions and dependabot's configuration."""
    files = tree.matching(".github/workflows/*.yml", ".github/workflows/*.yaml", ".github/dependabot.yml")
    if not files:
        return Workflows()
    command = [_beside("zizmor"), "--offline", "--no-progress", "--quiet", "--format=json-v1", *files]
    done = processes.run(command, cwd=project.root)
    complaints = []
    for each in answer(done, "zizmor", expected=_ZIZMOR_FOUND):
        if each["ignored"]:
            continue
        place = next(spot for spot in each["locations"] if spot["symbolic"]["kind"] == "Primary")
        complaints.append(
            Complaint(
                within(project.root, place["symbolic"]["key"]["Local"]["verbatim_path"]),
                place["concrete"]["location"]["start_point"]["row"] + 1,
                each["ident"],
                each["desc"],
                f"see {each['url']}",
            )
        )
    return Workflows(tuple(files), tuple(complaints))


@fact(reads=("pyproject.toml",), keeps=_AN_HOUR)
def advisories(project: Project, environment: ProjectEnvironment) -> Advisories:
    """Ask the advisory service about every package in the project's environment.

    The service is asked once, shortly, about a package that is known to be vulnerable: pip-audit waits long
    for one that is not there, and takes whatever is empty for a clean answer.
    """
    environment.interpreter()
    url = project.settings.advisories
    _must_answer(url)
    command = ["--format=json", "--progress-spinner=off", "--timeout=10", "-s", "osv", "--osv-url", url]
    command += ["--path", str(environment.libraries)]
    try:
        done = processes.tool("pip_audit", *command, cwd=project.root, timeout=_LONGEST_AUDIT)
    except processes.TimedOut:
        msg = f"the advisory service {url} is too slow: the audit took more than {_LONGEST_AUDIT:g} s"
        raise Unavailable(msg) from None
    if done.code not in {0, 1}:
        raise Unavailable(f"pip-audit ended with {done.code}: {done.last_words}")
    if skipped := _SKIPPED.search(done.err):
        raise Unavailable(f"pip-audit could not read an answer of {url}: {skipped[1]}")
    try:
        said = json.loads(done.out)
    except ValueError:
        # Its last words are those of a traceback; only the last line of that is for a reader.
        why = done.last_words.rpartition(" / ")[2]
        raise Unavailable(f"pip-audit did not finish asking {url}: {why}") from None
    text = (project.root / "pyproject.toml").read_text(encoding="utf-8")
    own = canonicalize_name(tomllib.loads(text).get("project", {}).get("name", ""))
    asked = [each for each in said["dependencies"] if canonicalize_name(each["name"]) != own]
    return Advisories(
        tuple(each["name"] for each in asked if "skip_reason" not in each),
        tuple(
            Complaint(
                "pyproject.toml",
                line_naming(text, each["name"]),
                flaw["id"],
                f"{each['name']} {each['version']}: {_first_sentence(flaw['description'])}",
                f"raise {each['name']} to {' or '.join(flaw['fix_versions'])}"
                if flaw["fix_versions"]
                else f"no release of {each['name']} mends it yet: replace it or waive it with a reason",
            )
            for each in asked
            for flaw in each.get("vulns", [])
        ),
        tuple(f"{each['name']} ({each['skip_reason']})" for each in asked if "skip_reason" in each),
    )


def _must_answer(url: str) -> None:
    import urllib.request
    from http.client import HTTPException

    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise Unavailable(f"the advisory service {url} is not asked: the address must begin with https://")
    body = json.dumps({"package": {"name": "pip", "ecosystem": "PyPI"}, "version": _FLAWED_PIP}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310  # nosec B310
            said = json.load(response)
    except (OSError, ValueError, HTTPException) as error:
        why = getattr(error, "reason", error)
        raise Unavailable(f"the advisory service {url} did not answer: {why}") from None
    if not isinstance(said, dict) or not said.get("vulns"):
        msg = f"the advisory service {url} knows of no flaw in pip {_FLAWED_PIP}, so it knows too little"
        raise Unavailable(msg)


def _beside(program: str) -> str:
    return str(Path(sys.executable).with_name(program))


def _first_sentence(text: str) -> str:
    return " ".join(text.split())[:200].split(". ")[0]
