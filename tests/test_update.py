"""What `copier update` does to a project in which people have worked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from copier import run_update

from tests.world import ROOT, clone_template, commit_all, git, render

CONFLICT = "<" * 7


def add(folder: Path, path: str, text: str) -> None:
    """Add a line at the end of a file."""
    target = folder / path
    target.write_text(target.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(folder: Path, path: str, old: str, new: str) -> None:
    """Replace what stands in a file exactly once."""
    text = (folder / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / path).write_text(text.replace(old, new), encoding="utf-8")


def leftovers(folder: Path) -> list[str]:
    """The files in which an update has left a conflict."""
    listed = [folder / name for name in git(folder, "ls-files").splitlines()]
    opening = f"\n{CONFLICT} ".encode()
    marked = [path.name for path in listed if opening in path.read_bytes()]
    return [*(path.name for path in folder.rglob("*.rej")), *marked]


@pytest.fixture
def two_versions(tmp_path: Path) -> Path:
    """The template as v1.0.0, and a v1.1.0 that changes files of the project's and of its own."""
    template = clone_template(tmp_path / "template", tag="v1.0.0")
    inner = template / "template"
    replace(inner, "personas/architect.md", "# The Architect\n", "# The Architect\n\nNew in 1.1.\n")
    replace(inner, "noxfile.py", '"""The front door.', '"""The front door, new in 1.1.')
    replace(inner, "pyproject.toml.jinja", "xfail_strict = true", "xfail_strict = true\n# new in 1.1")
    add(inner, "ruff.toml", "# new in 1.1\n")
    add(inner, "README.md.jinja", "New in 1.1.\n")
    add(inner, "src/{{ package_name }}/greeting.py", "# new in 1.1\n")
    add(inner, "tenhats/src/tenhats/__init__.py", "# new in 1.1\n")
    (inner / "docs/adr/0099-new.md").write_text("# New in 1.1\n", encoding="utf-8")
    commit_all(template, "version 1.1")
    git(template, "tag", "v1.1.0")
    return template


@pytest.fixture
def project(two_versions: Path, tmp_path: Path) -> Path:
    """A project made from v1.0.0 and committed."""
    git(two_versions, "checkout", "--quiet", "v1.0.0")
    folder = render(two_versions, tmp_path / "project")
    git(two_versions, "checkout", "--quiet", "main")
    commit_all(folder, "start")
    return folder


def update(folder: Path) -> None:
    """Update to the newest version, as `copier update --defaults` does."""
    run_update(folder, defaults=True, overwrite=True, quiet=True)


def test_nobodys_edits_are_lost(project: Path) -> None:
    """Edits to a prompt, the package, the README and pyproject.toml stand beside what the template brings."""
    add(project, "personas/architect.md", "\nOurs: draw it first.\n")
    add(project, "src/greeter/greeting.py", "# ours\n")
    add(project, "README.md", "Ours.\n")
    replace(project, "pyproject.toml", "dependencies = []", 'dependencies = ["rich>=13"]')
    add(project, "CONTRIBUTING.md", "Ours.\n")
    commit_all(project, "our work")

    update(project)

    assert [] == leftovers(project)
    prompt = (project / "personas/architect.md").read_text(encoding="utf-8")
    assert "Ours: draw it first." in prompt
    assert "New in 1.1." in prompt
    metadata = (project / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dependencies = ["rich>=13"]' in metadata
    assert "# new in 1.1" in metadata
    assert (project / "src/greeter/greeting.py").read_text(encoding="utf-8").endswith("# ours\n")
    assert (project / "README.md").read_text(encoding="utf-8").endswith("Ours.\n")
    assert "new in 1.1" in (project / "noxfile.py").read_text(encoding="utf-8")
    assert "new in 1.1" in (project / "ruff.toml").read_text(encoding="utf-8")
    assert "new in 1.1" in (project / "tenhats/src/tenhats/__init__.py").read_text(encoding="utf-8")
    assert not (project / "docs/adr/0099-new.md").exists()


def test_untouched_project_becomes_a_fresh_one(two_versions: Path, project: Path, tmp_path: Path) -> None:
    """Where nobody has edited anything, an update gives what a fresh copy gives, the user's files apart."""
    update(project)
    fresh = render(two_versions, tmp_path / "fresh")
    theirs = {"README.md", "docs/adr/0099-new.md", "src/greeter/greeting.py"}

    compared = 0
    for path in fresh.rglob("*"):
        name = path.relative_to(fresh).as_posix()
        if path.is_file() and name not in theirs:
            assert path.read_bytes() == (project / name).read_bytes(), name
            compared += 1
    assert compared > 100


def test_deleted_feature_stays_deleted(project: Path) -> None:
    """An update does not bring the greeting back."""
    gone = [
        "specs/001-greeting/spec.md",
        "src/greeter/greeting.py",
        "tests/test_greeting.py",
        "docs/tutorial.md",
        "README.md",
    ]
    for path in gone:
        (project / path).unlink()
    commit_all(project, "our own feature instead")

    update(project)

    assert [] == [path for path in gone if (project / path).exists()]
    assert [] == leftovers(project)


def test_true_conflict_is_left_to_be_seen(project: Path) -> None:
    """Where both have changed one line, both versions stand there, marked; nothing is decided in silence."""
    replace(project, "noxfile.py", '"""The front door.', '"""Our front door.')
    commit_all(project, "our work")

    update(project)

    text = (project / "noxfile.py").read_text(encoding="utf-8")
    assert CONFLICT in text
    assert "Our front door." in text
    assert "new in 1.1" in text


def tags() -> list[str]:
    """The released versions of the template."""
    return subprocess.run(
        ["git", "tag", "--list", "v*"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split()


def test_every_released_version_updates_to_this_one(tmp_path: Path) -> None:
    """From every tag there is, an update of an untouched project ends without a conflict."""
    if not tags():
        pytest.skip("no version has been released yet")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(ROOT), str(clone))
    git(clone, "tag", "v999.0.0")
    for tag in tags():
        git(clone, "checkout", "--quiet", tag)
        folder = render(clone, tmp_path / tag)
        git(clone, "checkout", "--quiet", "v999.0.0")
        commit_all(folder, "start")
        update(folder)

        assert [] == leftovers(folder), tag
