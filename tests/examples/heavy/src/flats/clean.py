"""The flats that have a size, with the price of a square metre: a lazy plan of polars."""

from pathlib import Path

import polars as pl


def main() -> None:
    """Write `build/flats.csv`."""
    target = Path("build/flats.csv")
    target.parent.mkdir(exist_ok=True)
    flats = (
        pl.scan_csv("data/flats.csv", schema_overrides={"rooms": pl.Int64})
        .drop_nulls("size")
        .with_columns((pl.col("price") / pl.col("size")).round(3).alias("per_metre"))
        .sort("flat")
    )
    flats.collect().write_csv(target)


if __name__ == "__main__":
    main()
