"""A monitor: ends with 1 if a number's mean has moved by more than a standard deviation, or a word is new."""

import csv
import statistics
import sys
from pathlib import Path


def columns(path: str) -> dict[str, list[str]]:
    """The columns of a CSV file."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in rows[0]}


def main(reference: str, current: str) -> int:
    """Compare two files, and name what has drifted."""
    before, now = columns(reference), columns(current)
    drifted = []
    for name in ("visits", "spent"):
        old, new = [float(each) for each in before[name]], [float(each) for each in now[name]]
        if abs(statistics.fmean(new) - statistics.fmean(old)) > statistics.pstdev(old):
            drifted.append(name)
    if not set(now["plan"]) <= set(before["plan"]):
        drifted.append("plan")
    print("drifted:", ", ".join(drifted) or "nothing")
    return 1 if drifted else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
