"""The page of a retrospective: the figures since the last one, and the questions to answer together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

_QUESTIONS = """
## What went well

## What did not

## Which sentence let which defect through

| defect | requirement or scenario | what it says from now on |
|---|---|---|

## What we change

| change | who | by when |
|---|---|---|
"""


def retrospective(
    today: str,
    last: str | None,
    runs: Sequence[Mapping[str, Any]],
    report: Mapping[str, Any],
    suspect: Sequence[str],
    due: Sequence[str],
) -> str:
    """The page, as Markdown.

    Args:
        today: The date of this retrospective.
        last: The date of the last one, or None.
        runs: The runs of all gates since then, the first one first.
        report: The last `report.json`.
        suspect: The requirements and scenarios whose proof is suspect.
        due: The reviews that are due, each as a line.
    """
    verdicts = Counter(run["verdict"] for run in runs)
    found = {rule["code"]: len(rule["findings"]) for rule in report["rules"] if rule["findings"]}
    rows = [
        ("runs of all gates", f"{len(runs)}"),
        ("their verdicts", ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())),
        ("findings, first run to last", f"{runs[0]['findings']} to {runs[-1]['findings']}" if runs else ""),
        ("the verdict now", report["verdict"]),
        ("findings now, by rule", ", ".join(f"{code}: {count}" for code, count in found.items())),
        ("suspect proofs", ", ".join(suspect)),
        ("reviews due", "; ".join(due)),
    ]
    lines = [
        f"# Retrospective {today}",
        "",
        f"Since {last or 'the first run on record'}, on this machine.",
        "",
    ]
    lines += ["| what | figure |", "|---|---|"]
    lines += [f"| {what} | {figure.replace('|', chr(92) + '|') or 'none'} |" for what, figure in rows]
    return "\n".join(lines) + "\n" + _QUESTIONS
