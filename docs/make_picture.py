"""Make the picture in the README: a real run of the gates, in a project with one untested requirement."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from copier import run_copy
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "gates.svg"
WIDTH = 108
AFTER = "- **FR-007**"
# A picture that fetches fonts tells somebody who looked at it.
_FONTS = re.compile(r"@font-face \{[^{}]*\}\s*")
UNTESTED = "- **FR-008**: The library MUST greet in French when it is asked to."


def main() -> None:
    """Make a project, add the requirement, run the gates, and draw what they print."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "greeter"
        run_copy(str(ROOT), project, defaults=True, quiet=True, vcs_ref="HEAD")
        spec = project / "specs" / "001-greeting" / "spec.md"
        lines = spec.read_text(encoding="utf-8").splitlines()
        place = next(number for number, line in enumerate(lines) if line.startswith(AFTER))
        lines.insert(place + 1, UNTESTED)
        spec.write_text("\n".join(lines) + "\n", encoding="utf-8")
        printed = _gates(project)
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print("[bold]$[/] nox -s gates")
    console.print(Text.from_ansi(printed))
    PICTURE.parent.mkdir(exist_ok=True)
    picture = console.export_svg(title="ten personas, eight gates, one verdict", unique_id="gates")
    PICTURE.write_text(_FONTS.sub("", picture), encoding="utf-8")


def _gates(project: Path) -> str:
    """What the gates print to a terminal. A run before it makes the environments, so as not to time them."""
    env = {**os.environ, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    command = [sys.executable, "tenhats", "gates"]
    subprocess.run(command, cwd=project, capture_output=True, check=False)
    ours, theirs = os.openpty()
    done = subprocess.Popen(command, cwd=project, env=env, stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    printed = b""
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        while part := os.read(ours, 65536):
            printed += part
    os.close(ours)
    if done.wait() != 1:
        raise SystemExit(f"the gates ended with {done.returncode}; one finding was expected")
    return printed.decode().replace("\r\n", "\n").rstrip()


if __name__ == "__main__":
    main()
