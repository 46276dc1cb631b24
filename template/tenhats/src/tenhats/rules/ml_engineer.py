"""What the ML/AI engineer promises: a training that can be done again, a model that explains itself."""

from __future__ import annotations

from tenhats.fact import Project
from tenhats.facts.cards import CARD_SECTIONS, Card, Cards
from tenhats.facts.declared import Trainings
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.data_engineer import same_twice
from tenhats.rules.thresholds import is_rounded, names_of, numbers_after

NO_MODEL = "no model is declared in [tool.tenhats.models]"
NOT_TRAINED = "{} could not be trained; see MLE001"


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
    return same_twice(trainings.runs, "model", NO_MODEL)


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
    for card in findings.over(cards.cards, nothing=NO_MODEL):
        if not card.is_there:
            wanted = ", ".join(CARD_SECTIONS)
            findings.add(card, f"the model {card.model} has no card", f"write one with the sections {wanted}")
        for section in card.empty:
            findings.add(card, f"the card says nothing under “{section}”", f"write ## {section.title()}")
    return findings


@rule("MLE006", gate=Gate.IMPLEMENTATION, practice="Creates reproducible ML pipelines")
def models_know_their_versions(trainings: Trainings, project: Project) -> Findings:
    """Every model has a record of the versions of data that it was made from.

    Which data made the model that is in use? A file that the training writes, or a tool such as DVC keeps,
    names the digest of every input:

        [tool.tenhats.models.churn]
        inputs = ["data/churn.csv"]
        record = "dvc.lock"

    The record may be of any form. In it must stand the SHA-256, MD5, SHA-1 or git's digest of each input as
    it is now, in hexadecimal, or, for an address, the digest that it ends in. A record that does not name
    the code that trains is advised to.
    """
    findings = Findings()
    declared = {each.name: each for each in project.settings.models}
    for ran in findings.over(trainings.runs, nothing=NO_MODEL):
        model, record = declared[ran.name], ran.record
        if ran.error:
            findings.could_not_see(NOT_TRAINED.format(ran.name))
        elif not model.record:
            message = f"no record says from which data {ran.name} was made"
            findings.add(ran, message, 'add: inputs = ["data/train.csv"], record = "build/record.json"')
        elif not model.inputs:
            message = f"the model {ran.name} does not say what it is made from"
            findings.add(ran, message, 'add: inputs = ["data/train.csv"]')
        elif record and not record.is_there:
            findings.add(ran, f"the record {record.path} is not there", "let the training write it")
        for each in record.files if record and model.inputs else ():
            place = Place(record.path) if record and record.is_kept else ran
            if each.is_named is None:
                findings.add(ran, f"the input {each.file} is not there", "commit it, or dvc pull")
            elif not each.is_named and not each.is_code:
                message = f"the record does not name {each.file} as it is now"
                findings.add(place, message, "train again, and write down its sha256sum")
            elif not each.is_named:
                message = f"the record does not name {each.file}, which trains"
                findings.advise(place, message, "write down its sha256sum, too")
    return findings


@rule("MLE007", gate=Gate.DOCUMENTATION, practice="Maintains model documentation")
def cards_give_the_real_numbers(cards: Cards, trainings: Trainings) -> Findings:
    """A card's numbers are those of the training.

    A card that praises an older model misleads whoever trusts it. Under “Metrics” the card gives the
    numbers that are in the model's outputs (`.json`, `.toml`), by their names:

        ## Metrics

        | metric   | test  |
        |----------|-------|
        | accuracy | 0.931 |

    A number may be rounded, or a percentage. A metric that several lines name is right if one of them gives
    its number; of the metrics in the outputs, the card has to name one. Whole numbers above 1 are taken for
    counts, of rows or rounds, and left alone.
    """
    findings = Findings()
    ran = {each.name: each for each in trainings.runs}
    pairs = [(card, ran[card.model]) for card in cards.cards if card.is_there and card.model in ran]
    for card, run in findings.over(pairs, nothing="no model has a card"):
        if run.error:
            findings.could_not_see(NOT_TRAINED.format(run.name))
            continue
        metrics = {key: value for key, value in run.metrics.items() if abs(value) <= 1 or value % 1}
        if not metrics:
            findings.could_not_see(f"no output of {run.name} has metrics: let it write build/metrics.json")
            continue
        given = [
            _hold(findings, card, key, names, metrics[key]) for key, names in names_of(list(metrics)).items()
        ]
        if not any(given) and not card.empty:
            key, value = next(iter(metrics.items()))
            message = f"the card gives none of the numbers that {card.model} was measured by"
            line = card.metrics[0].line if card.metrics else card.line
            findings.add(Place(card.path, line), message, f"write under ## Metrics: {key}: {value:.4g}")
    return findings


def _hold(findings: Findings, card: Card, key: str, names: tuple[str, ...], value: float) -> bool:
    """Whether the card gives a number for a metric; one that is not the measured one is complained of."""
    said = [(line, numbers) for line in card.metrics if (numbers := numbers_after(names, line.text))]
    if said and not any(is_rounded(number, value) for _, numbers in said for number in numbers):
        line, numbers = said[0]
        message = f"the card says {numbers[0]} for {key}, measured is {value:.4g}"
        findings.add(Place(card.path, line.line), message, f"write {value:.4g}")
    return bool(said)
