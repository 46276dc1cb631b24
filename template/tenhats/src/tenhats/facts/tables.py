"""Data in rows, as pipelines and models read and write them: CSV, JSON and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True)
class Table:
    """The rows of one file; `kind` is how they are written, `alone` a document that is no list."""

    kind: str
    rows: tuple[Any, ...]
    alone: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields of all rows that have names, in the order in which they come up."""
        return tuple(dict.fromkeys(name for row in self.rows if isinstance(row, dict) for name in row))

    def with_rows(self, rows: Sequence[Any]) -> Table:
        """The same kind of file with other rows."""
        return replace(self, rows=tuple(rows))

    def text(self) -> str:
        """The file's text."""
        if self.kind == "csv":
            out = io.StringIO()
            writer = csv.DictWriter(out, self.fields, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)
            return out.getvalue()
        if self.kind == "lines":
            return "".join(f"{json.dumps(row)}\n" for row in self.rows)
        return json.dumps(self.rows[0] if self.alone and self.rows else list(self.rows))


def read_table(path: Path) -> Table:
    """Read the rows of a file by its name's ending.

    Raises:
        OSError: if it is not there.
        ValueError: if the ending is of none of the three, or the text is not what the ending says.
    """
    name = path.name
    if not name.endswith((".csv", ".json", *_LINES)):
        raise ValueError("only the rows of .csv, .json and .jsonl are read")
    text = path.read_text(encoding="utf-8-sig")
    if name.endswith(".csv"):
        reader = csv.DictReader(io.StringIO(text))
        try:
            rows = [{key: cell for key, cell in row.items() if key is not None} for row in reader]
        except csv.Error as error:
            raise ValueError(str(error)) from None
        return Table("csv", tuple(rows))
    if name.endswith(_LINES):
        return Table("lines", tuple(json.loads(line) for line in text.splitlines() if line.strip()))
    document = json.loads(text)
    if isinstance(document, list):
        return Table("json", tuple(document))
    return Table("json", (document,), alone=True)


def numbers_in(document: Any, prefix: str = "") -> Mapping[str, float]:
    """The numbers of a document by their keys, joined by points; lists are left out."""
    found: dict[str, float] = {}
    if not isinstance(document, dict):
        return found
    for key, value in document.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            found.update(numbers_in(value, f"{name}."))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = float(value)
    return found
