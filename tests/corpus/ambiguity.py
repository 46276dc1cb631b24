"""Measure what is said of pronouns, and of “and” and “or”, against people's labels: ReqEval and MAANA.

ReqEval 2020 (Abualhaija and others) marks pronouns that two annotators read differently. MAANA (Ezzini and
others, ICSE 2021) marks phrases with “and” or “or” that can be read in two ways, and phrases whose last part
can belong to the verb or to the noun. The data lie in `../shared/datasets`; nothing of them is kept here.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tenhats.prose.smells import smells_of
from tests.corpus.scoring import Score, line, score

DATASETS = Path(__file__).resolve().parents[3] / "shared" / "datasets"
REQEVAL = DATASETS / "reqeval" / "training.tsv"
MAANA = DATASETS / "maana" / "Data.zip"

_LISTS = {"and-or", "open-list", "examples"}
_PAIR = re.compile(r"[\w-]+ [\w-]+ (?:and|or) [\w-]+$")


def pronouns() -> Score:
    """The judge of pronouns on ReqEval 2020: flagged at the marked place, against nocuous."""
    pairs = []
    with REQEVAL.open(encoding="utf-8", newline="") as lines:
        for each in csv.DictReader(lines, delimiter="\t"):
            before, marked, after = re.split(r"</?referential>", each["Sentence"], maxsplit=2)
            smells = smells_of(before + marked + after)
            flagged = any(smell.kind == "pronoun" and smell.start == len(before) for smell in smells)
            pairs.append((flagged, each["Detected as"] == "NOCUOUS"))
    return score(pairs)


def coordination() -> Score:
    """What is said within phrases with “and” or “or”, against ambiguous."""
    return score(
        (_is_told_of(sentence, phrase), ambiguous) for sentence, phrase, ambiguous in _labelled("CA")
    )


def pairs_with_a_modifier() -> Score:
    """What flagging “A B and C” would be worth; not one of our kinds, because it is worth too little."""
    return score((bool(_PAIR.match(phrase)), ambiguous) for _, phrase, ambiguous in _labelled("CA"))


def attachment() -> Score:
    """What is said within phrases whose last part can belong to two words: nothing looks for that."""
    return score(
        (_is_told_of(sentence, phrase), ambiguous) for sentence, phrase, ambiguous in _labelled("PAA")
    )


def _is_told_of(sentence: str, phrase: str) -> bool:
    begin = sentence.find(phrase)
    end = begin + len(phrase)
    return any(smell.kind in _LISTS and begin <= smell.start < end for smell in smells_of(sentence))


def _labelled(what: str) -> Iterator[tuple[str, str, bool]]:
    """Sentence, phrase, and whether the two annotators agreed on one reading."""
    with zipfile.ZipFile(MAANA) as archive, archive.open(f"Data/Ground-Truth/{what}-reconciled.csv") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", "replace"), delimiter=";"):
            yield row["sentence"], row["phrase"], row["decision"].startswith("0")


def table() -> Iterator[str]:
    """The lines of the report."""
    yield "Ambiguity: ReqEval 2020 and MAANA"
    yield line("pronouns, ReqEval", pronouns())
    if not MAANA.exists():
        return
    yield line("and, or: MAANA", coordination())
    yield line("  if “A B and C” were flagged", pairs_with_a_modifier())
    yield line("attachment: MAANA", attachment())
