"""What the ML/AI engineer promises of a model's worth: it is as good as was asked, and watched in use."""

from __future__ import annotations

from collections.abc import Iterator

from tenhats.fact import Project
from tenhats.facts.declared import Trained, Trainings
from tenhats.facts.drift import Watched
from tenhats.facts.specs import Specs
from tenhats.gates import Gate
from tenhats.rule import Findings, Placed, rule
from tenhats.rules.budgets import named
from tenhats.rules.ml_engineer import NO_MODEL, NOT_TRAINED
from tenhats.rules.thresholds import thresholds_in
from tenhats.settings import Model, Threshold


@rule("MLE003", gate=Gate.IMPLEMENTATION, practice="Implements model monitoring")
def models_are_watched(trainings: Trainings, project: Project) -> Findings:
    """Every model has a monitor that tells drifted data from its own.

    A model that is fed other data than it knows goes on answering. Declare the program that would tell:

        [tool.tenhats.models.churn]
        monitor = ["python", "-m", "mypackage.drift", "{reference}", "{current}"]
        reference = "data/train.csv"

    It gets two files. Handed the reference twice it must end with 0. It must end with another code when we
    move every number by five standard deviations, or replace every word by one that was never there; that
    it notices only one of the two is advice. The reference is a `.csv`, `.json` or `.jsonl` file, by itself
    the training data of `split`. A monitor that breaks has not raised an alarm.
    """
    findings = Findings()
    for ran, model in findings.over(_declared(trainings, project), nothing=NO_MODEL):
        if not model.monitor:
            findings.add(
                ran,
                f"nothing watches the model {ran.name} in use",
                'add: monitor = ["python", "-m", "mypackage.drift", "{reference}", "{current}"]',
            )
        elif not (model.reference or model.split):
            message = f"the monitor of {ran.name} has no data to compare with"
            findings.add(ran, message, 'add: reference = "data/train.csv"')
        elif ran.error:
            findings.could_not_see(NOT_TRAINED.format(ran.name))
        elif ran.watched:
            _hear(findings, ran, ran.watched)
    return findings


def _hear(findings: Findings, ran: Trained, watched: Watched) -> None:
    if watched.unseen or not watched.quiet:
        findings.could_not_see(watched.unseen or f"{watched.reference} was not tried")
        return
    if watched.quiet.broke:
        message = f"the monitor of {ran.name} breaks on its own reference: {watched.quiet.broke}"
        findings.add(ran, message, "run it by hand in a fresh clone")
        return
    if watched.quiet.alarm:
        message = f"the monitor of {ran.name} raises an alarm on its own reference, {watched.reference}"
        findings.add(ran, message, "end with 0 where nothing has drifted")
        return
    deaf = [said for said in watched.drifted if not said.alarm]
    if len(deaf) == len(watched.drifted):
        of = " or ".join(said.of for said in deaf)
        message = f"the monitor of {ran.name} raises no alarm, whatever becomes of the {of}"
        findings.add(ran, message, "compare each column's spread with the reference; end with 1 on drift")
        return
    for said in deaf:
        message = f"the monitor of {ran.name} does not notice when the {said.of} drift"
        findings.advise(ran, message, f"compare the {said.of} of each column with the reference, too")


@rule("MLE004", gate=Gate.PERFORMANCE, practice="Optimizes model performance")
def models_are_good_enough(trainings: Trainings, specs: Specs, project: Project) -> Findings:
    """Every model is as good as its specification asks.

    “Good enough” has a number, or nobody can say when to stop, or to stop using it. Name the criterion, or
    the bound itself:

        [tool.tenhats.models.churn]
        requirement = "003-churn/SC-001"   # … reaches an accuracy of at least 0.9 on the test data
        metrics = { accuracy = ">= 0.9" }

    The metrics are the numbers in the training's outputs that are `.json` or `.toml`, by their keys, joined
    by points. A requirement calls them by the same words: `test.roc_auc` is “ROC AUC” or “test ROC AUC”.
    """
    findings = Findings()
    for ran, model in findings.over(_declared(trainings, project), nothing=NO_MODEL):
        if not model.metrics and not model.requirements:
            findings.add(
                ran,
                f"nothing says how good the model {ran.name} must be",
                'add: requirement = "003-churn/SC-001", or metrics = { accuracy = ">= 0.9" }',
            )
        elif ran.error:
            findings.could_not_see(NOT_TRAINED.format(ran.name))
        else:
            for place, by, bound in _bounds(findings, ran, model, specs):
                _hold(findings, ran, place, by, bound)
    return findings


def _bounds(
    findings: Findings, ran: Trained, model: Model, specs: Specs
) -> Iterator[tuple[Placed, str, Threshold]]:
    """Each bound with where it stands; a requirement that sets none is complained of."""
    for bound in model.metrics:
        yield ran, "its declaration", bound
    for name, requirement in named(specs, model.requirements):
        if requirement is None:
            findings.add(ran, f"no requirement is called {name}", "name one that is in a specification")
            continue
        bounds = list(thresholds_in(requirement.text, ran.metrics))
        for bound in bounds:
            yield requirement, name, bound
        if not bounds:
            measured = ", ".join(ran.metrics) or "none"
            message = f"{name} sets no bound to any metric of {ran.name}; measured are: {measured}"
            findings.add(requirement, message, "write: an accuracy of at least 0.9, with a metric's own name")


def _hold(findings: Findings, ran: Trained, place: Placed, by: str, bound: Threshold) -> None:
    value = ran.metrics.get(bound.metric)
    if value is None:
        measured = ", ".join(ran.metrics) or "none"
        message = f"the training of {ran.name} measures no {bound.metric}; measured are: {measured}"
        findings.add(ran, message, "let it write the metric into build/metrics.json")
    elif not bound.holds_for(value):
        wanted = f"{'at least' if bound.sign == '>=' else 'at most'} {bound.value:.6g}"
        message = f"{ran.name} reaches {bound.metric} {value:.6g}, {by} asks for {wanted}"
        findings.add(place, message, "improve the model, or have the requirement changed")


@rule("MLE005", gate=Gate.IMPLEMENTATION, practice="Optimizes model performance")
def test_data_is_unseen(trainings: Trainings) -> Findings:
    """No row of the test data is in the training data.

    A model that was shown the answers is measured by its memory. Declare the two files, and the column that
    says which person or thing a row is about:

        [tool.tenhats.models.churn]
        split = { train = "build/train.csv", test = "build/test.csv", id = "customer" }

    No id may be in both. Without `id`, rows are compared whole. Then some may be alike by chance: as many as
    would be if rows repeated in the test data as they do in the training data, and three standard deviations
    of that number more, are only advice.
    """
    findings = Findings()
    splits = [(ran, ran.shared) for ran in trainings.runs if ran.shared]
    for ran, shared in findings.over(splits, nothing="no model declares a split of its data"):
        if shared.unseen:
            findings.could_not_see(shared.unseen)
        elif shared.rows:
            of = f" by {shared.split.id}" if shared.split.id else ""
            said = (
                f"{shared.rows} of {shared.tests} rows in {shared.split.test} are in {shared.split.train}{of}"
            )
            by_chance = shared.by_chance + 3 * (shared.by_chance + 1) ** 0.5
            if shared.split.id or shared.rows > by_chance:
                findings.add(ran, said, "split by person or thing, before anything is copied or made up")
            else:
                findings.advise(ran, said, "remove repeated rows before you split")
    return findings


def _declared(trainings: Trainings, project: Project) -> Iterator[tuple[Trained, Model]]:
    """Each training with what is declared of it."""
    known = {each.name: each for each in project.settings.models}
    for ran in trainings.runs:
        yield ran, known[ran.name]
