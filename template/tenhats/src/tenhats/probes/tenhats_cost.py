"""Runs a program and writes down what it cost: `python tenhats_cost.py REPORT PROGRAM ARGUMENTS…`.

It stands between the gates and the program, and knows only the standard library: the peak that a system
remembers of a child is never below what its parent had at the start, and the gates are large.
"""

import json
import subprocess
import sys
import time
from pathlib import Path


def main(report: str, command: list[str]) -> int:
    """Run the command, write seconds and bytes as JSON, and end as it ended."""
    started = time.perf_counter()
    try:
        code = subprocess.call(command)
    except OSError as error:
        print(f"{command[0]} cannot be started: {error.strerror or error}", file=sys.stderr)
        return 127
    seconds = time.perf_counter() - started
    Path(report).write_text(json.dumps({"seconds": seconds, "peak": _peak()}), encoding="utf-8")
    return code if code >= 0 else 128 - code


def _peak() -> "int | None":
    """The bytes of the largest process among those that ran; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
