"""The interface since the last release and since the base, and what the project has grown by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.facts.additions import Additions, find_additions
from tenhats.facts.api import read_api
from tenhats.facts.base import find_base
from tenhats.facts.interface import SinceBase, SinceRelease, compare_with_base, compare_with_release
from tenhats.facts.pages import read_front_pages
from tests.unit.made_up import folder, tree_of
from tests.world import commit_all, git

pytestmark = pytest.mark.req("005-code-and-documentation/FR-002")


MODULE = "src/greeter/__init__.py"
PYPROJECT = '[project]\nname = "greeter"\nversion = "0.1.0"\ndependencies = [\n  "rich>=14",\n]\n'
GREETER = '''"""Greet."""

from __future__ import annotations

LONGEST = 3


def greet(name: str, loud: bool = False) -> str:
    """Greet."""
    return name


class Greeter:
    """Greets."""

    def greet(self, name: str) -> str:
        """Greet."""
        return name
'''


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that tests us may itself be working on a pull request."""
    for name in ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit, which greets."""
    folder(tmp_path, {MODULE: GREETER, "pyproject.toml": PYPROJECT, ".gitignore": ".tenhats/\n"})
    commit_all(tmp_path, "first")
    return tmp_path


def edit(root: Path, old: str, new: str, path: str = MODULE) -> None:
    """Replace a text that is there once."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def since_release(root: Path) -> SinceRelease:
    """The fact of the project at `root`."""
    here = folder(root, {})
    tree = tree_of(here)
    return compare_with_release(here, tree, find_base(here, tree), read_front_pages(here, tree))


def since_base(root: Path) -> SinceBase:
    """The fact of the project at `root`."""
    here = folder(root, {})
    tree = tree_of(here)
    return compare_with_base(here, find_base(here, tree), read_api(here, tree))


def growth(root: Path) -> Additions:
    """The fact of the project at `root`."""
    here = folder(root, {})
    tree = tree_of(here)
    return find_additions(here, tree, find_base(here, tree))


@pytest.mark.req("005-code-and-documentation/US1.1")
def test_what_broke_is_found_where_it_stands_now(root: Path) -> None:
    """A parameter and a method that are gone, a constant only with doubt; the newest tag is the release."""
    for tag in ("v0.0.9", "greeter-v0.1.0", "v0.0.10", "nightly", "v0.2.0rc1"):
        git(root, "tag", tag)
    edit(root, ", loud: bool = False", "")
    edit(
        root,
        '    def greet(self, name: str) -> str:\n        """Greet."""\n        return name\n',
        "    x = 1\n",
    )
    edit(root, "LONGEST = 3\n", "")
    found = since_release(root)
    assert (found.release, found.compared_with, found.version, found.line) == (
        "0.1.0",
        "greeter-v0.1.0",
        "0.1.0",
        3,
    )
    assert {(each.line, each.name, each.what, each.certain) for each in found.breakages} == {
        (7, "greeter.greet", "has lost the parameter loud", True),
        (12, "greeter.Greeter.greet", "is gone", True),
        (1, "greeter.LONGEST", "is gone", False),
    }
    assert {each.path for each in found.breakages} == {MODULE}


@pytest.mark.req("005-code-and-documentation/US1.2")
def test_what_nobody_was_promised_may_change(root: Path) -> None:
    """A new parameter with a default, other types, private names, and what the tests of a package say."""
    git(root, "tag", "v0.1.0")
    edit(root, "loud: bool = False) -> str", "loud: int = False, low: bool = True) -> str | None")
    assert since_release(root).breakages == ()
    assert since_release(root).modules == 1


@pytest.mark.parametrize(
    ("new", "what", "certain"),
    [
        ("low: bool, name: str, loud: bool = False", "has the parameter name in another position", True),
        (
            "name: str, low: bool = True, loud: bool = False",
            "has the parameter loud in another position",
            False,
        ),
        ("name: str, /, loud: bool = False", "takes the parameter name in another way", True),
        ("name: str, loud: bool", "asks for the parameter loud, which had a default", True),
        ("name: str, loud: bool = True", "has another default for the parameter loud", False),
    ],
)
def test_how_a_parameter_may_change(root: Path, new: str, what: str, certain: bool) -> None:
    """What has a default is mostly given by its name: another position is no certain break."""
    git(root, "tag", "v0.1.0")
    edit(root, "name: str, loud: bool = False", new)
    found = {each.what: each.certain for each in since_release(root).breakages}
    assert found[what] is certain


def test_a_package_that_is_gone_is_told_of(root: Path) -> None:
    """In pyproject.toml, for there is no other place left."""
    git(root, "tag", "v0.1.0")
    git(root, "mv", "src/greeter", "src/waver")
    found = since_release(root)
    assert [(each.path, each.name) for each in found.breakages] == [("pyproject.toml", "greeter")]


def test_a_release_of_this_very_state_is_not_earlier(root: Path) -> None:
    """The one before is compared with; where there is none, the base; without one, there is a reason."""
    assert "one commit only" in since_release(root).reason
    git(root, "tag", "v0.1.0")
    edit(root, ", loud: bool = False", "")
    commit_all(root, "second")
    git(root, "tag", "v0.2.0")
    assert since_release(root).release == "0.1.0"
    git(root, "tag", "--delete", "v0.1.0")
    found = since_release(root)
    assert (found.release, found.compared_with) == (None, "the base")
    assert len(found.breakages) == 1


def test_a_dynamic_version_is_the_changelogs(root: Path) -> None:
    """And what stands above it is announced."""
    git(root, "tag", "v0.1.0")
    edit(root, 'version = "0.1.0"', 'dynamic = ["version"]', "pyproject.toml")
    assert since_release(root).version is None
    folder(root, {"CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n- gone\n\n## v0.2.0 (today)\n\n- old\n"})
    found = since_release(root)
    assert (found.version, found.announced.split()) == (
        "0.2.0",
        ["#", "Changelog", "##", "Unreleased", "-", "gone"],
    )


def test_changed_signatures_are_seen_with_the_pages_that_changed(root: Path) -> None:
    """Changed, gone and new, by name."""
    edit(root, ", loud: bool = False", "")
    edit(root, "class Greeter", "class Waver")
    folder(root, {"docs/index.md": "# Greeter\n", "tests/test_it.py": "x = 1\n", "CHANGES.rst": "x\n"})
    found = since_base(root)
    assert [(each.name, old) for each, old in found.changed] == [
        ("greeter.greet", "greet(name: str, loud: bool = False) -> str")
    ]
    assert [each.name for each in found.gone] == ["greeter.Greeter", "greeter.Greeter.greet"]
    assert [each.name for each in found.new] == ["greeter.Waver", "greeter.Waver.greet"]
    assert found.told == ("CHANGES.rst", "docs/index.md")


def test_without_a_changed_source_nothing_is_compared(root: Path) -> None:
    """The reason says so."""
    folder(root, {"docs/index.md": "# Greeter\n"})
    assert "no source file has changed" in since_base(root).reason


def test_new_dependencies_and_packages_are_seen(root: Path) -> None:
    """Another version is no new dependency, and a package that took another's place no new package."""
    edit(root, '"rich>=14",', '"Rich >=15",\n  "httpx[http2]; python_version > \'3.11\'",', "pyproject.toml")
    folder(root, {"src/waver/__init__.py": '"""Wave."""\n'})
    assert [(each.path, each.line, each.kind, each.name) for each in growth(root).new] == [
        ("pyproject.toml", 6, "dependency", "httpx"),
        ("src/waver/__init__.py", 1, "package", "waver"),
    ]
    git(root, "rm", "-rqf", "src/greeter")
    assert [each.kind for each in growth(root).new] == ["dependency"]
