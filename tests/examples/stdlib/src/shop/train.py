"""A model of who stays: the nearer of two centres. It writes its metrics and what it was made from."""

import csv
import hashlib
import json
import statistics
import zlib
from pathlib import Path

DATA = Path("data/visits.csv")
BUILD = Path("build")
FEATURES = ("visits", "spent")


def main() -> None:
    """Split by customer, train, measure, and write everything down."""
    BUILD.mkdir(exist_ok=True)
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    train = [row for row in rows if zlib.crc32(row["customer"].encode()) % 4]
    test = [row for row in rows if not zlib.crc32(row["customer"].encode()) % 4]
    for name, part in (("train", train), ("test", test)):
        with (BUILD / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(part)
    centres = {
        answer: [
            statistics.fmean(float(row[name]) for row in train if row["stayed"] == answer)
            for name in FEATURES
        ]
        for answer in ("no", "yes")
    }
    right = sum(predicted(row, centres) == row["stayed"] for row in test)
    write("metrics.json", {"accuracy": right / len(test), "rows": {"train": len(train), "test": len(test)}})
    write("model.json", centres)
    write("record.json", {"made from": [digest(DATA), digest(Path(__file__))]})


def predicted(row: dict[str, str], centres: dict[str, list[float]]) -> str:
    """Which centre is nearer."""
    here = [float(row[name]) for name in FEATURES]
    return min(
        centres, key=lambda answer: sum((a - b) ** 2 for a, b in zip(here, centres[answer], strict=True))
    )


def digest(path: Path) -> str:
    """The file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(name: str, what: object) -> None:
    """Write JSON into `build/`."""
    (BUILD / name).write_text(json.dumps(what, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
