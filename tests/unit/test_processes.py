"""Running other programs so that none outlives us."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from tenhats import processes
from tenhats.errors import Unavailable

pytestmark = pytest.mark.req("009-front-doors/FR-003")


posix = pytest.mark.skipif(os.name != "posix", reason="there are no process groups here")

FAMILY = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("pids").write_text(f"{__import__('os').getpid()} {child.pid}")
time.sleep(60)
"""


def python(code: str, cwd: Path, **how: object) -> processes.Completed:
    return processes.run([sys.executable, "-c", code], cwd=cwd, **how)  # type: ignore[arg-type]


def are_gone(pids: list[int]) -> bool:
    """Whether none of the processes runs, or one that ended is only not yet buried."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if not any(is_running(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_program_is_run_to_its_end(tmp_path: Path) -> None:
    """Its code, what it printed, on both ways, in its folder."""
    code = "import os, sys; print(os.getcwd()); print('no', file=sys.stderr); sys.exit(3)"
    done = python(code, tmp_path)
    assert (done.code, done.out.strip(), done.err.strip()) == (3, str(tmp_path.resolve()), "no")


def test_a_program_is_given_its_input_and_its_variables(tmp_path: Path) -> None:
    """And without input it reads nothing, rather than waiting for somebody to type."""
    code = "import os, sys; print(os.environ.get('HAT'), sys.stdin.read())"
    assert python(code, tmp_path, given="ten", env={"HAT": "red"}).out.split() == ["red", "ten"]
    assert python(code, tmp_path).out.split() == ["None"]


def test_output_that_is_not_utf8_is_read_all_the_same(tmp_path: Path) -> None:
    """A tool may print what it likes."""
    done = python("import sys; sys.stdout.buffer.write(b'a\\xffb')", tmp_path)
    assert done.out == "a\ufffdb"


def test_the_last_words_are_the_last_lines() -> None:
    """Of standard error, else of standard output, on one line."""
    assert processes.Completed(1, "out", "a\nb\n c\nd\n").last_words == "b / c / d"
    assert processes.Completed(1, "out\n", " \n").last_words == "out"
    assert processes.Completed(1, "", "").last_words == ""


def test_a_program_that_is_missing_is_unavailable(tmp_path: Path) -> None:
    """By its name, without its folders."""
    with pytest.raises(Unavailable, match=r"^no-such-tool cannot be started: No such file"):
        processes.run(["/nowhere/no-such-tool"], cwd=tmp_path)


def test_a_tool_is_run_by_the_interpreter_of_the_tools(tmp_path: Path) -> None:
    """`python -m`, wherever PATH leads."""
    assert processes.tool("json.tool", cwd=tmp_path, given="[1]").out.split() == ["[", "1", "]"]


@posix
def test_a_program_that_takes_too_long_is_stopped_with_its_children(tmp_path: Path) -> None:
    """Neither the child nor the grandchild is left."""
    with pytest.raises(processes.TimedOut, match=r"was stopped after 2 s"):
        python(FAMILY, tmp_path, timeout=2)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2
    assert are_gone(pids)


@posix
def test_stopping_ends_all_and_starts_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the user presses Ctrl-C: nothing is left, and nothing new begins."""
    # What is stopped stays stopped, so this test stops what is its own.
    monkeypatch.setattr(processes, "_stopping", threading.Event())
    monkeypatch.setattr(processes, "_running", set())
    pids = tmp_path / "pids"
    family = threading.Thread(target=python, args=(FAMILY, tmp_path), kwargs={"timeout": 20}, daemon=True)
    family.start()
    while family.is_alive() and not (pids.exists() and " " in pids.read_text()):
        time.sleep(0.02)

    processes.stop_all()
    family.join(10)

    with pytest.raises(Unavailable, match=r"^stopped before it was measured$"):
        python("", tmp_path)
    assert not family.is_alive()
    assert are_gone([int(pid) for pid in pids.read_text().split()])
