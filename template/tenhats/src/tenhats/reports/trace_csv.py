"""The trace for a spreadsheet: a row for each requirement and test, RFC 4180."""

from __future__ import annotations

import csv
import io

from tenhats.traces import Traces

COLUMNS = (
    "requirement", "feature", "kind", "path", "line", "state", "text",
    "test", "test path", "test line", "outcome", "bites", "functions", "lines",
)  # fmt: skip
_BITES = {True: "yes", False: "no", None: ""}
# A spreadsheet takes what begins so for a formula, and runs it:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(traces: Traces) -> str:
    """One row for each test of a requirement; a requirement without tests has one row."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for each in traces.traced:
        lines = sum(part.bits.bit_count() for part in each.parts)
        head = [each.name, each.feature, each.kind, each.path, each.line, each.state.value, each.text]
        for proof in each.proofs or (None,):
            test = (
                [proof.test, proof.path, proof.line, proof.outcome, _BITES[proof.bites]]
                if proof
                else [""] * 5
            )
            rows.writerow(_harmless(cell) for cell in (*head, *test, len(each.parts), lines))
    return text.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
