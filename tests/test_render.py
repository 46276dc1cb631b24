"""What `copier copy` makes, for all kinds of answers, looked at without running it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from itertools import product
from pathlib import Path

import pytest
import yaml
from copier import run_copy

from tenhats.fact import Project
from tenhats.facts.reviews import read_reviews
from tenhats.facts.specs import read_specs
from tenhats.facts.tree import look_at_tree
from tenhats.formats.words_digest import digests_of
from tenhats.personas import PERSONAS
from tenhats.rule import RULES
from tenhats.settings import read_settings
from tests.conftest import Rendered
from tests.world import ROOT, commit_all, render

LICENSES = ("MIT", "Apache-2.0", "BSD-3-Clause", "MPL-2.0", "GPL-3.0-or-later", "Proprietary")
KINDS = [
    {},
    {"ci": "gitlab", "agents": ["claude"]},
    {"python_min": "3.14", "agents": ["skills"], "user_email": "ada@example.org", "github_user": "ada"},
    {"project_name": "X", "package_name": "x", "agents": ["copilot"]},
    {"project_name": "It's a rather long name, with 7 words & signs", "user_name": "Ørsted's"},
]


def files(folder: Path) -> list[Path]:
    """Every file of a render."""
    found = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    assert found
    return found


@pytest.mark.parametrize("answers", [*({"license": each} for each in LICENSES), *KINDS], ids=str)
@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=" ".join)
def test_render_is_as_the_formatter_leaves_it(
    rendered: Rendered, answers: dict[str, object], command: list[str]
) -> None:
    """For every licence, for short names and long, the shipped linter and formatter find nothing to do."""
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--no-cache"],
        cwd=rendered(**answers),
        capture_output=True,
        check=False,
        text=True,
    )

    assert (0, "") == (done.returncode, done.stderr), done.stdout


@pytest.mark.parametrize("answers", KINDS, ids=str)
def test_every_file_parses(rendered: Rendered, answers: dict[str, object]) -> None:
    """Every TOML, YAML and JSON file is what its name says, and no Jinja is left in any file."""
    folder = rendered(**answers)
    parsed = 0

    for path in files(folder):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".toml":
            parsed += bool(tomllib.loads(text))
        elif path.suffix in {".yml", ".yaml"}:
            parsed += bool(yaml.safe_load(text))
        elif path.suffix == ".json":
            parsed += bool(json.loads(text))
        if "tenhats" not in path.relative_to(folder).parts:
            assert not re.search(r"\{%|(?<!\$)\{\{", text), path

    assert parsed > 4


@pytest.mark.parametrize("license_", LICENSES)
def test_license_is_the_one_that_was_chosen(rendered: Rendered, license_: str) -> None:
    """The licence's text is there, and the metadata names it."""
    folder = rendered(license=license_)
    metadata = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert (folder / "LICENSE").stat().st_size > 100
    assert metadata["license"] == license_ or metadata["license"].startswith("LicenseRef-")


def test_tooling_arrives_byte_for_byte(rendered: Rendered) -> None:
    """What a project gets as `tenhats/` is what was linted, typed and tested here."""
    ours = ROOT / "template" / "tenhats"
    theirs = rendered() / "tenhats"
    names = sorted(path.relative_to(theirs).as_posix() for path in files(theirs))

    assert len(names) > 50
    for name in names:
        assert (ours / name).read_bytes() == (theirs / name).read_bytes(), name


def test_agents_get_the_prompts_in_their_own_places(rendered: Rendered) -> None:
    """Each chosen agent has a copy of all ten prompts; an agent that was not chosen has nothing."""
    places = {
        "skills": (".agents/skills/{}/SKILL.md",),
        "claude": (".claude/skills/{}/SKILL.md", ".claude/agents/{}.md"),
        "copilot": (".github/agents/{}.agent.md",),
    }
    for chosen in (["claude", "copilot", "skills"], ["claude"], ["copilot"], ["skills"], []):
        folder = rendered(agents=chosen)
        for (agent, patterns), persona in product(places.items(), PERSONAS):
            prompt = (folder / persona.prompt).read_bytes()
            for pattern in patterns:
                copy = folder / pattern.format(persona.name)
                assert (agent in chosen) == copy.is_file(), copy
                assert agent not in chosen or prompt == copy.read_bytes()


def test_front_matter_is_that_of_an_agent_skill(rendered: Rendered) -> None:
    """A prompt's front matter has a name, that of its file, and a description, and nothing else."""
    for persona in PERSONAS:
        text = (rendered() / persona.prompt).read_text(encoding="utf-8")
        front = yaml.safe_load(text.split("---\n")[1])

        assert {"name", "description"} == set(front)
        assert persona.name == front["name"]
        assert 20 < len(front["description"]) <= 1024


def test_prompts_and_rules_agree(rendered: Rendered) -> None:
    """Each prompt promises its four practices and names, under each, the rules that show it."""
    for persona in PERSONAS:
        text = (rendered() / persona.prompt).read_text(encoding="utf-8")
        for practice in persona.practices:
            _, heading, after = text.partition(f"### {practice}\n")
            section = re.split(r"\n##", after)[0]
            shown = {
                code for code, rule in RULES.items() if rule.persona == persona and rule.practice == practice
            }

            assert heading, f"{persona.name}: {practice}"
            assert shown <= set(re.findall(r"\b[A-Z]{3}\d{3}\b", section)), practice
            assert shown or "Judgment" in section, practice
        assert set(re.findall(r"\b[A-Z]{3}\d{3}\b", text)) <= set(RULES)


@pytest.mark.parametrize("answers", KINDS, ids=str)
def test_reviews_are_of_the_words_that_arrive(rendered: Rendered, answers: dict[str, object]) -> None:
    """Whatever is answered, what was reviewed and proven of the greeting is what its specification says."""
    folder = rendered(**answers)
    project = Project(folder, read_settings(folder))
    tree = look_at_tree(project)
    specs = read_specs(project, tree)
    (greeting,) = specs.features
    kept = read_reviews(project, tree, specs).kept
    wanted = ("architect", "security-engineer", "test-engineer")
    words = digests_of(greeting.promises, greeting.name)

    assert greeting.version
    assert dict.fromkeys(wanted, words) == {persona: review.words for (persona, _), review in kept.items()}


def test_ci_is_the_one_that_was_chosen(rendered: Rendered) -> None:
    """GitHub's files or GitLab's, never both."""
    github, gitlab = rendered(), rendered(ci="gitlab")

    assert (github / ".github/workflows/gates.yml").is_file()
    assert (github / ".github/dependabot.yml").is_file()
    assert not (github / ".gitlab-ci.yml").exists()
    assert (gitlab / ".gitlab-ci.yml").is_file()
    assert (gitlab / "renovate.json").is_file()
    assert not (gitlab / ".github/workflows").exists()


def test_names_are_fit_for_every_system() -> None:
    """No file of the template has a name that Windows does not allow."""
    for path in (ROOT / "template").rglob("*"):
        assert not re.search(r'[<>:"|?*\\]', path.relative_to(ROOT).as_posix()), path


def test_nothing_needs_trust(rendered: Rendered) -> None:
    """The template runs nothing: no tasks, no extensions, no migrations."""
    keys = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8"))

    assert not {"_tasks", "_jinja_extensions", "_migrations"} & set(keys)
    assert (rendered() / ".copier-answers.yml").is_file()


def test_defaults_come_from_the_persons_own_settings(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has told Copier their name once is not asked for it again."""
    settings = tmp_path / "settings.yml"
    settings.write_text("defaults:\n  user_name: Grace Hopper\n  user_email: grace@example.org\n")
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(settings))

    folder = render(template, tmp_path / "project")

    assert "Grace Hopper" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert "grace@example.org" in (folder / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["{}", "git+file://{}", "{}/.git"])
def test_copies_from_a_path_and_from_an_address(template: Path, tmp_path: Path, address: str) -> None:
    """A clone's path and a repository's address make the same project, also under a name with spaces."""
    folder = tmp_path / "a folder with spaces"
    run_copy(address.format(template), folder, defaults=True, quiet=True)

    assert (folder / "noxfile.py").is_file()
    assert "_commit: v1.0.0" in (folder / ".copier-answers.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"project_name": " "}, "Give the project a name"),
        ({"project_name": 'a "name"'}, "double quotes"),
        ({"project_name": "数"}, "at least one letter"),
        ({"project_name": "x" * 51}, "at most 50"),
        ({"project_description": 'It "quotes".'}, "double quotes"),
        ({"package_name": "Upper"}, "lower-case"),
        ({"package_name": "class"}, "Python language"),
        ({"package_name": "json"}, "standard library"),
        ({"package_name": "two words"}, "lower-case"),
        ({"user_email": "ada at example"}, "one @"),
        ({"user_name": "<Ada>"}, "angle brackets"),
        ({"github_user": "a b"}, "letters, digits and hyphens"),
    ],
    ids=str,
)
def test_wrong_answer_is_refused_in_plain_words(
    template: Path, tmp_path: Path, answer: dict[str, str], said: str
) -> None:
    """An answer that would break the project is refused, with what to do about it, and nothing is made."""
    with pytest.raises(ValueError, match=said):
        render(template, tmp_path / "project", **answer)

    assert not (tmp_path / "project").exists()


def test_render_can_be_committed_as_it_is(rendered: Rendered, template: Path, tmp_path: Path) -> None:
    """Nothing that a fresh project holds is ignored by its own .gitignore."""
    folder = render(template, tmp_path / "project")
    made = {path.relative_to(folder).as_posix() for path in files(folder)}
    commit_all(folder, "start")
    listed = subprocess.run(["git", "ls-files"], cwd=folder, capture_output=True, check=True, text=True)

    assert made == set(listed.stdout.split())


def test_every_tool_is_pinned() -> None:
    """No gate tool can drift: each is one exact version, and so is all that it needs."""
    tools = tomllib.loads((ROOT / "template/tenhats/pyproject.toml").read_text(encoding="utf-8"))
    groups = tools["dependency-groups"].values()
    wanted = [*tools["project"]["dependencies"], *(line for group in groups for line in group)]
    pinned = (ROOT / "template/tenhats/constraints.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in pinned if line and not line.startswith("#")]

    assert len(wanted) > 15
    assert len(lines) > 60
    assert all(re.fullmatch(r"[\w.\[\]-]+==[\w.]+(?: ; .+)?", line) for line in [*wanted, *lines])
    assert {line.split("[")[0].split("==")[0] for line in tools["project"]["dependencies"]} <= {
        line.split("==")[0] for line in lines
    }
