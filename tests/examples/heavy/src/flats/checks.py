"""What a cleaned flat must be, in pandera's words."""

import sys

import pandera.polars as pa
import polars as pl


class Flats(pa.DataFrameModel):
    """One row is one flat."""

    flat: str = pa.Field(unique=True, str_matches=r"^F\d{4}$")
    district: str = pa.Field(isin=["harbour", "hill", "north"])
    size: float = pa.Field(gt=10, lt=1_000)
    rooms: int = pa.Field(ge=1, le=20)
    price: float = pa.Field(gt=0, lt=10_000)
    per_metre: float = pa.Field(gt=0, lt=100)


if __name__ == "__main__":
    Flats.validate(pl.read_csv(sys.argv[1]), lazy=True)
