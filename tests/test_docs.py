"""What the documentation says is so: the pages in step, the links, the sessions, the strict build."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tenhats.rule import RULES
from tests.defects.planted import DEFECTS, Defect
from tests.world import ROOT

DOCS = ROOT / "docs"
FRONT_PAGES = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "AGENTS.md", "CLAUDE.md")
]
PAGES = [*FRONT_PAGES, *sorted(DOCS.rglob("*.md"))]
_CODE = re.compile(r"^(`{3,}).*?^\1$|^ {4}[^\n]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^()\s]+)\)")
_SESSION = re.compile(r"nox\b[^\n`|]*? (?:-s|--sessions?)((?: [a-z][a-z-]+)+)")
_MADR = (
    "## Context and Problem Statement",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
)


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def sessions_of(noxfile: Path) -> set[str]:
    """The sessions of a noxfile: its functions under `@nox.session`, and the keys of `SESSIONS`."""
    names: set[str] = set()
    for node in ast.parse(noxfile.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            for decorator in map(ast.unparse, node.decorator_list):
                if "session" in decorator:
                    named = re.search(r"\bname='([^']+)'", decorator)
                    names.add(named[1] if named else node.name)
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SESSIONS":
            names |= set(ast.literal_eval(node.value))
    return names


def sessions_named(text: str) -> Iterator[str]:
    for found in _SESSION.finditer(text):
        yield from found[1].split()


def test_reference_is_in_step_with_the_code() -> None:
    done = run("docs/make_reference.py", "--check")

    assert done.returncode == 0, f"{done.stdout}{done.stderr}make them again: nox -s site"


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_a_page_and_stands_in_the_index(code: str) -> None:
    page = (DOCS / "reference" / "rules" / f"{code}.md").read_text(encoding="utf-8")
    index = (DOCS / "reference" / "rules" / "index.md").read_text(encoding="utf-8")

    assert page.startswith(f"# {code}: {RULES[code].title}\n")
    assert f"[{code}]({code}.md)" in index


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect.code} {defect.what}")
def test_every_planted_defect_stands_on_its_page(defect: Defect) -> None:
    page = (DOCS / "explanation" / "defects.md").read_text(encoding="utf-8")

    assert f"| [{defect.code}](../reference/rules/{defect.code}.md) | {defect.what} |" in page


def test_site_builds_strictly(tmp_path: Path) -> None:
    done = run("-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path), NO_MKDOCS_2_WARNING="1")

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "tutorial" / "index.html").is_file()
    assert not list(tmp_path.rglob("*.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    targets = [found["target"].partition("#")[0] for found in _LINK.finditer(text)]
    local = [target for target in targets if target and "://" not in target]

    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_sessions_that_are_named_exist(page: Path) -> None:
    known = sessions_of(ROOT / "template" / "noxfile.py")
    if page in FRONT_PAGES or "adr" in page.parts:
        known |= sessions_of(ROOT / "noxfile.py")
    named = set(sessions_named(page.read_text(encoding="utf-8")))

    assert named <= known


def test_sessions_are_found_in_prose_and_in_commands() -> None:
    text = "`nox -s spec-kit` or:\n\n    .venv/bin/nox --noxfile x/noxfile.py --sessions lint tests\n"

    assert list(sessions_named(text)) == ["spec-kit", "lint", "tests"]


def test_readme_has_the_commands_that_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    command = script.rstrip().splitlines()[-1]

    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "set -euo pipefail" in script
    assert f"```sh\n{command}\n```" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("record", sorted((DOCS / "adr").glob("0*.md")), ids=lambda record: record.stem)
def test_decisions_are_whole_and_in_the_index(record: Path) -> None:
    text = record.read_text(encoding="utf-8")

    assert re.match(r"---\nstatus: [a-z]+\ndate: \d{4}-\d{2}-\d{2}\n---\n", text)
    assert [heading for heading in _MADR if f"\n{heading}\n" not in text] == []
    assert f"({record.name})" in (DOCS / "adr" / "index.md").read_text(encoding="utf-8")


def test_every_dependency_of_the_tooling_has_its_reason() -> None:
    pins = tomllib.loads((ROOT / "template/tenhats/pyproject.toml").read_text(encoding="utf-8"))
    lines = [
        *pins["project"]["dependencies"],
        *(line for group in pins["dependency-groups"].values() for line in group),
    ]
    record = (DOCS / "adr" / "0009-dependencies-of-the-tooling.md").read_text(encoding="utf-8")
    named = set(
        re.findall(
            r"[a-z][a-z0-9-]+",
            " ".join(line.split("|")[1] for line in record.splitlines() if line.startswith("| ")),
        )
    )

    assert {Requirement(line).name for line in lines} - named == set()
