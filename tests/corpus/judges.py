"""Measure the judges of requirement prose against people's labels: `python -m tests.corpus.judges`.

The data lie in `../shared/datasets`; nothing of them is kept here. A row is one requirement; it is
positive if people marked a word of it as a smell (polysemy left out, as in the published figures),
and flagged if the judge finds a smell that blocks, or any smell at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tenhats.prose.kinds import BLOCK, KINDS, OFF
from tenhats.prose.smells import Smell, smells_of
from tests.corpus import ambiguity, fresh, labelled, readers
from tests.corpus.scoring import Score, line, score, share

DATASETS = ambiguity.DATASETS
ARTA = DATASETS / "arta_dev.jsonl"
REQEVAL = ambiguity.REQEVAL

# On all 985 rows of ARTA DS1, as the data's README gives them: precision, recall, F1, MCC.
PUBLISHED = {
    "flag everything": (0.557, 1.000, 0.716, 0.000),
    "Smella": (0.701, 0.736, 0.718, 0.344),
    "ARTA": (0.672, 0.840, 0.747, 0.350),
    "OpenReq lexicons": (0.625, 0.913, 0.742, 0.286),
    "wyzer-reqlint 0.1.0": (0.817, 0.464, 0.592, 0.356),
    "six modal words": (0.884, 0.373, 0.525, 0.365),
    "write-good 1.0.8": (0.552, 0.856, 0.671, -0.029),
}

# Which of our kinds speak of which class of the labels.
CLASSES = {
    "Uncertain_verb": {"weak-modal", "permission"},
    "Subjective_lang.": {"vague", "unmeasured", "size", "indefinite"},
    "Ambiguous_adv._adj.": {"adverb", "unmeasured", "temporal"},
    "Nonverifiable_term": {"unmeasured", "vague", "escape-clause", "indefinite", "open-list"},
    "Comparative": {"comparative"},
    "Superlative": {"superlative"},
    "Negative": {"negative"},
    "Vague_pron.": {"pronoun"},
}


@dataclass(frozen=True)
class Row:
    """One labelled requirement, and what the judge says of it."""

    source: str
    text: str
    gold: Mapping[str, list[str]]
    smells: tuple[Smell, ...]

    @property
    def positive(self) -> bool:
        """Whether people found a smell in it."""
        return any(self.gold[name] for name in CLASSES)


@cache
def rows() -> tuple[Row, ...]:
    """The labelled requirements, judged as functional requirements."""
    with ARTA.open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    return tuple(Row(each["source"], each["text"], each["gold"], smells_of(each["text"])) for each in read)


def sources() -> list[str]:
    """The documents that the requirements are from."""
    return sorted({row.source for row in rows()})


def blocks(row: Row) -> bool:
    """Whether the judge would stop the row, with nothing chosen anew."""
    return any(smell.level() == BLOCK for smell in row.smells)


def speaks(row: Row) -> bool:
    """Whether the judge says anything of the row, advice included."""
    return any(smell.level() != OFF for smell in row.smells)


def scored(judged: Iterable[Row], flags: Callable[[Row], bool]) -> Score:
    """The score of a way to flag rows."""
    return score((flags(row), row.positive) for row in judged)


def chosen_on(known: list[Row]) -> set[str]:
    """The kinds that would block if only these rows were known.

    Those that are right at least half as often again as chance leaves room for: the documents differ
    so much in their share of smells (0.31 to 0.92) that precision alone would choose everything on
    one of them and little on the others.
    """
    return {kind for kind in KINDS if _lift(kind, known) >= 0.5}


def chosen_elsewhere(source: str) -> set[str]:
    """The kinds that would block if only the other documents were known."""
    return chosen_on([row for row in rows() if row.source != source])


def halves(source: str) -> Iterator[tuple[bool, bool]]:
    """Flagged and labelled in each half of a document, by the kinds chosen on its other half."""
    own = [row for row in rows() if row.source == source]
    for known, asked in ((own[::2], own[1::2]), (own[1::2], own[::2])):
        flags = _flagging(chosen_on(known))
        yield from ((flags(row), row.positive) for row in asked)


def _lift(kind: str, known: list[Row]) -> float:
    flagged = [row for row in known if _flagging({kind})(row)]
    by_chance = sum(_base(row.source) for row in flagged)
    return share(sum(row.positive for row in flagged) - by_chance, len(flagged) - by_chance)


@cache
def _base(source: str) -> float:
    wanted = [row for row in rows() if row.source == source]
    return share(sum(row.positive for row in wanted), len(wanted))


def _flagging(kinds: Collection[str]) -> Callable[[Row], bool]:
    return lambda row: any(smell.kind in kinds and not smell.aside for smell in row.smells)


def table() -> Iterator[str]:
    """The lines of the report."""
    yield "Requirement prose: ARTA DS1, the rows at hand, judged by what blocks and by all that is said"
    yield ""
    yield f"{'document':34} {'rows':>5} {'base':>6}   {'P':>5} {'R':>5} {'F1':>5} {'MCC':>6}"
    ways: dict[str, Callable[[Row], bool]] = {"blocks": blocks, "blocks or advises": speaks}
    for name, flags in ways.items():
        yield f"-- {name}"
        for source in [*sources(), ""]:
            wanted = [row for row in rows() if source in {row.source, ""}]
            yield line(source or "all", scored(wanted, flags))
    yield "-- levels chosen on the other two documents (see chosen_on)"
    yield from _by_document(elsewhere)
    yield "-- levels chosen on the other half of the same document"
    yield from _by_document(halves)
    yield "-- published, on all 985 rows of the same data set"
    for name, (precision, recall, f1, mcc) in PUBLISHED.items():
        yield f"{name:34} {985:5} {0.557:6.3f}   {precision:5.3f} {recall:5.3f} {f1:5.3f} {mcc:+6.3f}"
    yield ""
    yield "-- by class of the labels"
    for label, kinds in CLASSES.items():
        pairs = [(any(s.kind in kinds for s in row.smells), bool(row.gold[label])) for row in rows()]
        yield line(label, score(pairs))
    yield ""
    yield f"{'kind, on rows with some smell':34} {'rows':>5} {'level':>8} {'P':>5}"
    for kind, known in KINDS.items():
        found = score((any(smell.kind == kind for smell in row.smells), row.positive) for row in rows())
        yield f"{kind:34} {found.found + found.false:5} {known.level:>8} {found.precision:5.3f}"


def elsewhere(source: str) -> Iterator[tuple[bool, bool]]:
    """Flagged and labelled in a document, by the kinds chosen on the others."""
    flags = _flagging(chosen_elsewhere(source))
    yield from ((flags(row), row.positive) for row in rows() if row.source == source)


def _by_document(judged: Callable[[str], Iterator[tuple[bool, bool]]]) -> Iterator[str]:
    for source in sources():
        yield line(source, score(judged(source)))
    yield line("all", score(pair for source in sources() for pair in judged(source)))


def main() -> int:
    """Print the tables; nothing to print if the data are not there."""
    if not ARTA.exists() or not REQEVAL.exists():
        print(f"The judges were not measured: there are no data under {DATASETS}.")
        return 0
    tables = [table(), ambiguity.table()]
    if readers.CORPUS.is_dir():
        tables.append(labelled.table())
    if fresh.are_here():
        tables.append(fresh.table())
    for each in tables:
        print(*each, sep="\n", end="\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
