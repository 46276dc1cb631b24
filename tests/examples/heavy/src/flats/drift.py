"""Ends with 1 if a column no longer looks like that of the reference: a two-sample test of SciPy."""

import sys

import polars as pl
from scipy.stats import ks_2samp

NUMBERS = ("size", "rooms", "price")


def main(reference: str, current: str) -> int:
    """Compare two files, and name what has drifted."""
    before, now = pl.read_csv(reference), pl.read_csv(current)
    drifted = [name for name in NUMBERS if ks_2samp(before[name], now[name]).pvalue < 0.001]
    if not set(now["district"]) <= set(before["district"]):
        drifted.append("district")
    print("drifted:", ", ".join(drifted) or "nothing")
    return 1 if drifted else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
