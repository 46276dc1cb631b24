"""A ridge regression behind a one-hot encoder, in one pipeline of scikit-learn."""

import hashlib
import json
from pathlib import Path

import polars as pl
from sklearn.compose import make_column_transformer
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

DATA = Path("data/flats.csv")
BUILD = Path("build")


def features(flats: pl.DataFrame) -> list[list[object]]:
    """District, size and rooms of each flat."""
    return [list(row) for row in flats.select("district", "size", "rooms").iter_rows()]


def main() -> None:
    """Split, train, measure, and write everything down."""
    BUILD.mkdir(exist_ok=True)
    flats = pl.read_csv(DATA).drop_nulls("size")
    train, test = train_test_split(flats, test_size=0.25, random_state=7)
    train.write_csv(BUILD / "train.csv")
    test.write_csv(BUILD / "test.csv")
    model = make_pipeline(
        make_column_transformer((OneHotEncoder(handle_unknown="ignore"), [0]), (StandardScaler(), [1, 2])),
        Ridge(0.1),
    )
    model.fit(features(train), train["price"].to_list())
    guessed, real = model.predict(features(test)), test["price"].to_list()
    metrics = {
        "test": {
            "r2": round(r2_score(real, guessed), 4),
            "mae": round(mean_absolute_error(real, guessed), 2),
        },
        "train": {"r2": round(model.score(features(train), train["price"].to_list()), 4)},
    }
    (BUILD / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    made_from = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in (DATA, Path(__file__))}
    (BUILD / "record.json").write_text(json.dumps(made_from), encoding="utf-8")


if __name__ == "__main__":
    main()
