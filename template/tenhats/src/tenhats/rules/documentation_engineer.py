"""What the documentation engineer promises: pages that build, are complete, and are the project's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenhats.fact import Project
from tenhats.facts.api import PublicApi
from tenhats.facts.pages import FrontPage, FrontPages
from tenhats.facts.site import Site
from tenhats.facts.upkeep import AgentFiles
from tenhats.formats.markdown import without_code
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.complaints import handed_on

_COMPREHENSIVE = "Maintains comprehensive documentation"
_CURRENT = "Ensures documentation stays current"
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME)(?=:|\.?\s*$)|\b[Ll]orem ipsum\b|\{\{[^{}\n]{0,80}\}\}|\{%[^%\n]{0,80}%\}"
    r"|\[(?:FEATURE NAME|PROJECT NAME|DESCRIPTION|YOUR [A-Z ]{2,30})\]"
    r"|<(?:project|your)[-_ ][\w -]{1,30}>"
)
_FEWEST_WORDS = 20


@rule("DOC001", gate=Gate.DOCUMENTATION, practice=_COMPREHENSIVE)
def site_builds_strictly(site: Site) -> Findings:
    """The site builds strictly.

    A link that leads nowhere, a page outside the navigation, an option that mkdocs does not know:
    every warning counts. `nox -s docs` builds the same site for reading.
    """
    return handed_on(site, nothing="there is no page under docs/", fix="correct the page or the link")


@rule("DOC002", gate=Gate.DOCUMENTATION, practice=_COMPREHENSIVE)
def public_objects_have_docstrings(api: PublicApi) -> Findings:
    """Every public object has a docstring.

    What has no name beginning with `_` is for others to use, and they should not have to read its
    body. The first line says what it gives or does; then its arguments, what it returns and raises:

        def greet(name: str) -> str:
            \"\"\"Return a greeting for `name`.

            Raises:
                ValueError: if the name is blank.
            \"\"\"
    """
    findings = Findings()
    for each in findings.over(api.objects, nothing="nothing is public"):
        if not (each.docstring or "").strip():
            findings.add(
                each, f"the {each.kind} {each.name} has no docstring", "say what it is for, in one line"
            )
    return findings


@rule("DOC003", gate=Gate.DOCUMENTATION, practice=_CURRENT)
def front_pages_are_our_own(project: Project, front: FrontPages) -> Findings:
    """README and CHANGELOG are there and are the project's own.

    They are the first that a visitor reads. The README has a title and at least twenty words and
    names the project as `pyproject.toml` does; the changelog has a section for what is unreleased or
    for a version; neither has a placeholder left (`TODO:`, `TBD`, `{{ … }}`, `[PROJECT NAME]`).
    """
    findings = Findings()
    for page in findings.over(front.pages, nothing="there is no page"):
        if not page.is_there:
            findings.add(Place(page.path), f"there is no {page.path}", "write one")
            continue
        for line, message, fix in _faults(page, project.settings.name):
            findings.add(Place(page.path, line), message, fix)
    for problem in front.problems:
        findings.add(problem, problem.message, problem.fix)
    return findings


def _faults(page: FrontPage, name: str) -> Iterator[tuple[int, str, str]]:
    words = sum(len(line.text.split()) for line in page.lines)
    if not any(heading.level == 1 for heading in page.headings):
        yield 1, f"{page.path} has no title", "begin with: # Name"
    if page.path == "README.md" and words < _FEWEST_WORDS:
        yield 1, f"{page.path} has {words} words", "say what this is, how to install it, how to use it"
    if page.path == "README.md" and not any(_bare(name) in _bare(line.text) for line in page.lines):
        yield 1, f"{page.path} does not name the project, {name}", "say in it what the project is called"
    if page.path == "CHANGELOG.md" and not any(heading.level == 2 for heading in page.headings):
        yield 1, f"{page.path} has no section", "add: ## [Unreleased]"
    for line in page.lines:
        if found := _PLACEHOLDER.search(without_code(line.text)):
            yield line.number, f"“{found[0]}” is a placeholder", "write what belongs there"


def _bare(text: str) -> str:
    """What a package's name keeps of a text: `my-project`, `my_project` and `My Project!` are one."""
    return "".join(character for character in text.lower() if character.isascii() and character.isalnum())


@rule("DOC004", gate=Gate.DOCUMENTATION, practice=_CURRENT)
def agent_files_are_in_step(agents: AgentFiles) -> Findings:
    """The agents' files are in step with the personas.

    The ten prompts in `personas/` are the one source; what each agent reads is made from them. Edit
    the prompt, then:

        nox -s agents
    """
    findings = Findings()
    for file in findings.over(agents.files, nothing="no agent was chosen"):
        if file.state == "missing":
            findings.add(file, f"{file.persona} is not there", "nox -s agents")
        elif file.state == "differs":
            findings.add(file, f"this differs from {file.persona}", "nox -s agents")
    return findings
