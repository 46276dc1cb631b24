"""What a schema for one row cannot say: the plans that there are, and that no customer comes twice."""

import json
import sys
from pathlib import Path

PLANS = {"basic", "plus"}


def main(path: str) -> int:
    """Return 0 if the file keeps to both."""
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    customers = [row["customer"] for row in rows]
    plans = {row["plan"] for row in rows if isinstance(row["plan"], str)}
    return 0 if len(set(map(str, customers))) == len(rows) and plans and plans <= PLANS else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
