"""The environments: made once, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tenhats.environments import Environment, NotMade, make

pytestmark = pytest.mark.req("009-front-doors/FR-002")


posix = pytest.mark.skipif(os.name != "posix", reason="a dead process is only known by its id here")


@pytest.fixture(autouse=True)
def _without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No index is asked, and no uv is looked for where it is not needed."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("UV_OFFLINE", "1")


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installer that only writes down what it was asked for; `fails` beside it makes it fail."""
    folder = tmp_path / "installer"
    folder.mkdir()
    uv = folder / "uv"
    uv.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "here = pathlib.Path(__file__).parent\n"
        "with (here / 'asked').open('a') as file: print(*sys.argv[1:], file=file)\n"
        "if sys.argv[1] == 'venv':\n"
        "    (pathlib.Path(sys.argv[-1]) / 'bin').mkdir(parents=True)\n"
        "    (pathlib.Path(sys.argv[-1]) / 'bin/python').touch()\n"
        "    (pathlib.Path(sys.argv[-1]) / 'lib/python3/site-packages').mkdir(parents=True)\n"
        "elif (here / 'fails').exists():\n"
        "    sys.exit('no version of x\\n\\n  was found')\n"
    )
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def asked(installer: Path) -> list[str]:
    """What the installer was asked for, by its first two words."""
    file = installer / "asked"
    lines = file.read_text().splitlines() if file.exists() else []
    return [" ".join(line.split()[:2]) for line in lines]


def environment(tmp_path: Path, *requirements: str) -> Environment:
    return Environment(tmp_path / "envs" / "tools", requirements)


def quietly(line: str) -> None:
    """Say nothing."""


@posix
def test_an_environment_is_made_once(tmp_path: Path, installer: Path) -> None:
    """The second time it stands, and nothing is said."""
    said: list[str] = []
    wanted = environment(tmp_path, "x==1")
    assert not wanted.is_made
    make(wanted, root=tmp_path, say=said.append)
    make(wanted, root=tmp_path, say=said.append)
    assert wanted.is_made
    assert said == [f"making {Path('envs/tools')} (once)"]
    assert asked(installer) == ["venv --quiet", "pip install"]


@posix
def test_an_environment_is_made_again_when_its_recipe_changes(tmp_path: Path, installer: Path) -> None:
    """Requirements, constraints, and whatever else it is made of."""
    first = environment(tmp_path, "x==1")
    make(first, root=tmp_path, say=quietly)
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("y==1\n")
    for other in (
        replace(first, requirements=("x==2",)),
        replace(first, constraints=constraints),
        replace(first, made_of="other scripts"),
    ):
        assert not other.is_made
    bound = replace(first, constraints=constraints)
    make(bound, root=tmp_path, say=quietly)
    assert bound.is_made
    constraints.write_text("y==2\n")
    assert not bound.is_made


@posix
def test_a_half_made_environment_is_made_again(tmp_path: Path, installer: Path) -> None:
    """What a killed run left behind is removed first."""
    wanted = environment(tmp_path, "x==1")
    (wanted.folder / "bin").mkdir(parents=True)
    (wanted.folder / "bin" / "left-over").touch()
    wanted.python.touch()
    assert not wanted.is_made
    make(wanted, root=tmp_path, say=quietly)
    assert wanted.is_made
    assert not (wanted.folder / "bin" / "left-over").exists()


@posix
def test_an_environment_without_its_interpreter_is_not_made(tmp_path: Path, installer: Path) -> None:
    """A stamp alone is not enough."""
    wanted = environment(tmp_path, "x==1")
    make(wanted, root=tmp_path, say=quietly)
    wanted.python.unlink()
    assert not wanted.is_made


@posix
def test_an_environment_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, installer: Path) -> None:
    """The installer's last words are the error; no folder, no lock."""
    (installer / "fails").touch()
    wanted = environment(tmp_path, "x==1")
    with pytest.raises(NotMade, match=r"^no version of x / was found$"):
        make(wanted, root=tmp_path, say=quietly)
    assert list((tmp_path / "envs").iterdir()) == []
    (installer / "fails").unlink()
    make(wanted, root=tmp_path, say=quietly)
    assert wanted.is_made


@posix
def test_folders_to_import_from_are_put_on_the_path(tmp_path: Path, installer: Path) -> None:
    """By a .pth file, which needs no build."""
    wanted = replace(environment(tmp_path), imports=tmp_path / "src")
    make(wanted, root=tmp_path, say=quietly)
    path = wanted.folder / "lib/python3/site-packages/tenhats.pth"
    assert path.read_text() == f"{tmp_path / 'src'}\n"


@posix
@pytest.mark.parametrize("content", ["dead", ""])
def test_a_lock_whose_owner_is_gone_does_not_count(tmp_path: Path, installer: Path, content: str) -> None:
    """A run that was killed does not stop the next one; nor does a lock that nobody signed."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    lock = tmp_path / "envs" / "tools.lock"
    lock.parent.mkdir()
    lock.write_text(str(gone.pid) if content else "")
    long_ago = time.time() - 60
    os.utime(lock, (long_ago, long_ago))
    wanted = environment(tmp_path, "x==1")
    make(wanted, root=tmp_path, say=quietly)
    assert wanted.is_made
    assert not lock.exists()


def test_a_real_installer_that_finds_nothing_is_told_of(tmp_path: Path) -> None:
    """With whatever it says itself, and nothing left behind."""
    wanted = environment(tmp_path, "tenhats-no-such-package==9")
    with pytest.raises(NotMade, match="tenhats-no-such-package"):
        make(wanted, root=tmp_path, say=quietly)
    assert not wanted.folder.exists()
