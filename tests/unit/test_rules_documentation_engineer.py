"""The documentation engineer's rules, on made-up pages and interfaces."""

from __future__ import annotations

import pytest

from tenhats.facts.api import PublicApi, PublicObject
from tenhats.facts.pages import FrontPage, FrontPages
from tenhats.facts.site import Site
from tenhats.facts.upkeep import AgentFile, AgentFiles
from tenhats.formats.markdown import read_page
from tenhats.formats.model import Problem
from tests.unit.made_up import ask, complaint, is_not_applicable, is_silent, project, told

pytestmark = pytest.mark.req("005-code-and-documentation/FR-005")


README = "# Greeter\n\n" + "Greets whoever is there, politely. " * 5
CHANGELOG = "# Changelog\n\n## [Unreleased]\n"


def front(readme: str | None = README, changelog: str | None = CHANGELOG) -> FrontPages:
    texts = {"README.md": readme, "CHANGELOG.md": changelog}
    pages = []
    for path, text in texts.items():
        page = read_page(text or "")
        pages.append(FrontPage(path, page.headings, page.lines, is_there=text is not None))
    return FrontPages(tuple(pages))


def public(docstring: str | None) -> PublicApi:
    return PublicApi(
        (PublicObject("src/greeter/greeting.py", 4, "greeter.greet", "function", "greet()", docstring),)
    )


def test_a_warning_of_the_site_is_handed_on() -> None:
    """The finding stands on the page."""
    findings = ask(
        "DOC001", Site(("docs/index.md",), (complaint("docs/index.md", 5, "mkdocs", "no such page"),))
    )
    assert told(findings) == [("docs/index.md", 5, "mkdocs: no such page")]


def test_a_site_without_warnings_is_accepted() -> None:
    """Pages without warnings pass; without pages it is not applicable."""
    assert is_silent(ask("DOC001", Site(("docs/index.md",))))
    assert is_not_applicable(ask("DOC001", Site()))


@pytest.mark.parametrize("docstring", [None, "", "  \n "])
def test_a_public_object_without_a_docstring_is_told_of(docstring: str | None) -> None:
    """A docstring of spaces is none."""
    findings = ask("DOC002", public(docstring))
    message = "the function greeter.greet has no docstring"
    assert told(findings) == [("src/greeter/greeting.py", 4, message)]


def test_a_docstring_is_accepted() -> None:
    """One line is enough; nothing public is not applicable."""
    assert is_silent(ask("DOC002", public("Return a greeting.")))
    assert is_not_applicable(ask("DOC002", PublicApi()))


def test_front_pages_of_the_projects_own_are_accepted() -> None:
    """A README with a title and words, a changelog with a section."""
    assert is_silent(ask("DOC003", project(), front()))


def test_a_missing_front_page_is_told_of() -> None:
    """Each is asked for by name."""
    findings = ask("DOC003", project(), front(readme=None))
    assert told(findings) == [("README.md", 1, "there is no README.md")]


def test_a_bare_front_page_is_told_of() -> None:
    """Title, words and sections are asked for."""
    findings = ask("DOC003", project(), front("Greeter", "nothing yet"))
    assert told(findings) == [
        ("README.md", 1, "README.md has no title"),
        ("README.md", 1, "README.md has 1 words"),
        ("CHANGELOG.md", 1, "CHANGELOG.md has no title"),
        ("CHANGELOG.md", 1, "CHANGELOG.md has no section"),
    ]


def test_a_readme_of_another_project_is_told_of() -> None:
    """A README names the project as its metadata does, however it is spaced and spelt."""
    other = ask("DOC003", project(name="cafe-bar"), front())
    assert told(other) == [("README.md", 1, "README.md does not name the project, cafe-bar")]
    assert is_silent(ask("DOC003", project(name="caf-bar"), front(f"# Café Bar!\n\n{README}")))


@pytest.mark.parametrize(
    "words", ["TODO: write this", "TBD", "{{ project_name }}", "[PROJECT NAME]", "<your-name>"]
)
def test_a_placeholder_is_told_of_at_its_line(words: str) -> None:
    """What the template or a hurry left behind is named."""
    findings = ask("DOC003", project(), front(f"{README}\n\n{words}\n"))
    assert [(path, line) for path, line, _ in told(findings)] == [("README.md", 5)]
    assert told(findings)[0][2].endswith("is a placeholder")


def test_a_placeholder_in_code_is_not_told_of() -> None:
    """A page may speak of placeholders."""
    assert is_silent(ask("DOC003", project(), front(f"{README}\n\nwrite `{{{{ name }}}}` or `TODO:`\n")))


def test_a_front_page_that_cannot_be_read_is_told_of() -> None:
    """A page that is no text does not pass."""
    unread = FrontPages(problems=(Problem("README.md", 3, "README.md is not UTF-8", "save it as UTF-8"),))
    assert told(ask("DOC003", project(), unread)) == [("README.md", 3, "README.md is not UTF-8")]


@pytest.mark.parametrize(
    ("state", "message"),
    [("missing", "personas/a.md is not there"), ("differs", "this differs from personas/a.md")],
)
def test_an_agents_file_out_of_step_is_told_of(state: str, message: str) -> None:
    """The fix is the command that makes them."""
    findings = ask("DOC004", AgentFiles((AgentFile("here.md", "personas/a.md", state, 4),)))
    assert told(findings) == [("here.md", 4, message)]
    assert findings.found[0].fix == "nox -s agents"


def test_agents_files_in_step_are_accepted() -> None:
    """Files in step pass; where no agent was chosen there is nothing to compare."""
    assert is_silent(ask("DOC004", AgentFiles((AgentFile("here.md", "personas/a.md", "in step"),))))
    assert is_not_applicable(ask("DOC004", AgentFiles(())))
