"""What the ML/AI engineer promises: a training that can be done again, a model that explains itself."""

from __future__ import annotations

from tenhats.facts.declared import CARD_SECTIONS, Cards, Trainings
from tenhats.gates import Gate
from tenhats.rule import Findings, rule
from tenhats.rules.data_engineer import same_twice

_NONE = "no model is declared in [tool.tenhats.models]"


@rule("MLE001", gate=Gate.IMPLEMENTATION, practice="Creates reproducible ML pipelines")
def trainings_are_reproducible(trainings: Trainings) -> Findings:
    """A model trained twice comes out the same.

    A result that cannot be had again is an anecdote. Declare the model:

        [tool.tenhats.models.churn]
        train = ["python", "-m", "mypackage.train", "--seed", "7"]
        outputs = ["build/metrics.json"]
        card = "docs/models/churn.md"

    It is trained twice, each time in a fresh copy of the project and with another hash seed; every
    output, the metrics among them, must come out with the same digest.
    """
    return same_twice(trainings.runs, "model", _NONE)


@rule("MLE002", gate=Gate.DOCUMENTATION, practice="Maintains model documentation")
def models_have_cards(cards: Cards) -> Findings:
    """Every model has a complete card.

    Who may use it for what, on which data it was trained, how good it is, where it fails: the
    sections of a model card (Mitchell et al., “Model Cards for Model Reporting”, 2019), each with
    words under it:

        ## Intended Use
        ## Training Data
        ## Metrics
        ## Limitations
    """
    findings = Findings()
    for card in findings.over(cards.cards, nothing=_NONE):
        if not card.is_there:
            wanted = ", ".join(CARD_SECTIONS)
            findings.add(card, f"the model {card.model} has no card", f"write one with the sections {wanted}")
        for section in card.empty:
            findings.add(card, f"the card says nothing under “{section}”", f"write ## {section.title()}")
    return findings
