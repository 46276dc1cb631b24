"""The visits, cleaned: one line of JSON a customer, in the customers' order."""

import csv
import json
from pathlib import Path


def main() -> None:
    """Write `build/visits.jsonl`."""
    target = Path("build/visits.jsonl")
    target.parent.mkdir(exist_ok=True)
    with Path("data/visits.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(
            (row for row in csv.DictReader(file) if row["customer"]), key=lambda row: row["customer"]
        )
    with target.open("w", encoding="utf-8") as out:
        for row in rows:
            clean = {**row, "visits": int(row["visits"]), "spent": float(row["spent"])}
            del clean["stayed"]
            out.write(json.dumps(clean) + "\n")


if __name__ == "__main__":
    main()
