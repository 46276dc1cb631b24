"""Every command of the tutorial is run, in order, in one shell, and shows what the page says it shows.

The convention of the page:

- In a ```console block each line after `$ ` is a command; the lines after it are what it prints, in this
  order, where `…` stands for anything and a line of `…` for any lines.
- `<!-- exits 1 -->` before such a block is the exit code of its commands; without it the code is 0.
- `<!-- file: path -->` before any other block means that its text is that file's.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.world import ROOT

TUTORIAL = ROOT / "docs" / "tutorial.md"
REPOSITORY = "<this repository>"
_BLOCK = re.compile(
    r"(?:^<!-- (?P<word>file|exits):? (?P<value>\S+) -->\n)?"
    r"^(?P<fence>```+)(?P<language>[a-z]*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
# Stops at the first command that does not end as the page says; each command's output has a file of its own.
_STEP = """step() {
  local began=$(date +%s.%N)
  eval "$3" >"$OUTPUT/$1" 2>&1
  local code=$?
  echo "$(date +%s.%N) - $began" | bc | xargs -I{} echo "{} $3" >>/tmp/t/docsw/times.txt
  [ "$code" = "$2" ] && return
  printf '$ %s\\nended with %s, the tutorial says %s\\n' "$3" "$code" "$2"
  cat "$OUTPUT/$1"
  exit 1
}
"""


@dataclass(frozen=True)
class Command:
    """A command of the page: its line, its exit code, and what the page says it prints."""

    line: int
    text: str
    code: int
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A file that the reader writes."""

    path: str
    text: str


def steps_of(page: str) -> Iterator[Command | Written]:
    """Yield the page's commands and files in their order."""
    for block in _BLOCK.finditer(page):
        if block["word"] == "file":
            yield Written(block["value"], block["text"])
        elif block["language"] == "console":
            first = page.count("\n", 0, block.start("text")) + 1
            code = int(block["value"]) if block["word"] == "exits" else 0
            yield from _commands(block["text"].splitlines(), first, code)


def _commands(lines: Sequence[str], first: int, code: int) -> Iterator[Command]:
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Command(first + start, lines[start][2:], code, tuple(lines[start + 1 : end]))


def missing_line(shown: Sequence[str], printed: str) -> str | None:
    """Return the first line of `shown` that `printed` does not have after those before it."""
    left = [line.strip() for line in printed.splitlines()]
    for line in shown:
        if line.strip() in {"", "…"}:
            continue
        wanted = re.compile(".*".join(map(re.escape, line.strip().split("…"))))
        while left and not wanted.fullmatch(left[0]):
            del left[0]
        if not left:
            return line
        del left[0]
    return None


def test_shown_lines_are_sought_in_order() -> None:
    assert missing_line(["one", "…", "t…e"], "zero\none\ntwo\nthree\n") is None
    assert missing_line(["two", "one"], "one\ntwo\n") == "one"


@pytest.mark.skipif(os.name == "nt", reason="the tutorial is for a POSIX shell")
def test_tutorial_does_what_it_says(template: Path, tmp_path: Path) -> None:
    steps = list(steps_of(TUTORIAL.read_text(encoding="utf-8")))
    output, files, home = (tmp_path / name for name in ("output", "files", "home"))
    for folder in (output, files, home):
        folder.mkdir()
    script = [_STEP]
    for number, step in enumerate(steps):
        if isinstance(step, Written):
            (files / str(number)).write_text(step.text, encoding="utf-8")
            script.append(f'cp "$FILES/{number}" {shlex.quote(step.path)} || exit 1')
        else:
            text = step.text.replace(REPOSITORY, shlex.quote(str(template)))
            script.append(f"step {number} {step.code} {shlex.quote(text)}")

    # The tutorial's python3 is the one that runs this test, whatever else the machine calls so.
    (home / "python3").symlink_to(sys.executable)
    kept = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", "\n".join(script)],
        cwd=home,
        env={
            **kept,
            "COLUMNS": "110",
            "FILES": str(files),
            "NO_COLOR": "1",
            "OUTPUT": str(output),
            "PATH": os.pathsep.join([str(home), os.environ["PATH"]]),
        },
        capture_output=True,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    for number, step in enumerate(steps):
        if isinstance(step, Command):
            printed = (output / str(number)).read_text(encoding="utf-8")
            missing = missing_line(step.shown, printed)
            assert missing is None, f"tutorial.md:{step.line}: {missing!r} is not in:\n{printed}"
