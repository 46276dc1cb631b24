"""Look for secrets in what commits have added; print what each holds, as JSON, newest first.

Reads from standard input lists of commits, each with how many seconds it may take. Those that it does not
come to, or not to the end of, are left out of the answer.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator

from tenhats.probes.secrets import transient

_LONGEST = 2000
# Detectors are slow, and hardly a line has what any of them could mean: a word of theirs, or a long token.
_MAYBE = re.compile(
    r"[A-Za-z0-9_+/=.-]{20}|pass|pwd|secret|token|key|credential|auth|://|BEGIN", re.IGNORECASE
)
_HUNK = re.compile(r"@@ -\S{1,40} \+(\d{1,9})")
_SKIPPED = (".lock", ".svg", ".min.js", ".map", ".csv", ".ipynb", "package-lock.json", "constraints.txt")


def main() -> None:
    """Read what is asked from standard input and answer on standard output."""
    from detect_secrets.settings import transient_settings

    known: dict[str, list[str]] = {}
    answers: dict[str, list[dict[str, str | int]]] = {}
    with transient_settings(transient()):
        for asked in json.load(sys.stdin):
            until = time.monotonic() + asked["seconds"]
            for commit in asked["commits"]:
                found = _found_in(commit, until, known)
                if found is None:
                    break
                answers[commit] = found
    print(json.dumps(answers))


def _found_in(commit: str, until: float, known: dict[str, list[str]]) -> list[dict[str, str | int]] | None:
    """What a commit has added that looks like a secret; None if the time is over before its end."""
    from detect_secrets.core.scan import scan_line

    found: list[dict[str, str | int]] = []
    if time.monotonic() > until:
        return None
    for path, number, line in _added(commit):
        if time.monotonic() > until:
            return None
        if line not in known:
            known[line] = [each.type for each in scan_line(line)]
        # The line itself is not handed on, so that no secret is kept in a second place.
        digest = hashlib.sha256(line.encode()).hexdigest()
        found += [{"path": path, "line": number, "code": kind, "digest": digest} for kind in known[line][:1]]
    return found


def _added(commit: str) -> Iterator[tuple[str, int, str]]:
    """Each line that a commit has added, with its file and its number there."""
    plain = ("--format=", "--unified=0", "--no-color", "--no-renames", "--no-ext-diff")
    command = ["git", "show", *plain, commit]
    done = subprocess.run(command, capture_output=True, check=False)
    shown = done.stdout.decode("utf-8", "replace")
    path, number = "", 0
    for line in shown.split("\n"):
        if line.startswith("+++ "):
            path = line[6:].rstrip("\t") if line.startswith("+++ b/") else ""
        elif hunk := _HUNK.match(line):
            number = int(hunk[1])
        elif line.startswith("+") and path:
            if len(line) <= _LONGEST and not path.endswith(_SKIPPED) and _MAYBE.search(line):
                yield path, number, line[1:]
            number += 1


if __name__ == "__main__":
    main()
