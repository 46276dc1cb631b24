"""What the documentation engineer promises of words and code: each says what the other does."""

from __future__ import annotations

from tenhats.facts.api import PublicApi, PublicObject
from tenhats.facts.decisions import FOLDER, DecisionMentions, Decisions
from tenhats.facts.interface import SinceBase
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule


@rule("DOC007", gate=Gate.DOCUMENTATION, practice="Documents architectural decisions")
def documentation_leads_to_the_decisions(decisions: Decisions, mentions: DecisionMentions) -> Findings:
    """The documentation leads to the decisions, and names only those that exist.

    A reader who asks why must come to the answer. A page outside `docs/adr/`, such as `docs/index.md` or the
    README, or the navigation in `mkdocs.yml`, links to the index of the records:

        [Decisions](adr/index.md)

    Where a page, a specification or a source file names a decision, as in ADR-0003, there is one of that
    number; that it names one which is superseded is advice.
    """
    findings = Findings()
    by_number = {each.number: each for each in decisions.records}
    for _ in findings.over(decisions.records, nothing=f"there is no decision in {FOLDER}/"):
        pass
    if not decisions.records:
        return findings
    if not mentions.leading:
        index = decisions.index or decisions.records[0].path
        fix = f"add to docs/index.md: [Decisions]({index.removeprefix('docs/')})"
        findings.add(Place(index), "no page of the documentation leads here", fix)
    for each in mentions.mentions:
        record = by_number.get(each.number)
        findings.looked_at += 1
        if record is None and each.number:
            message = f"there is no decision ADR-{each.number:04d} in {FOLDER}/"
            findings.add(each, message, "name one that exists, or record it: nox -s adr")
        elif record and record.is_superseded:
            findings.advise(each, f"this names a decision that is {record.status}", "name what holds now")
    return findings


@rule("DOC008", gate=Gate.DOCUMENTATION, practice="Maintains comprehensive documentation")
def docstrings_describe_what_is_taken(api: PublicApi) -> Findings:
    """A docstring describes the parameters that its function takes, and no other.

    A parameter that was renamed or taken away lives on in the docstring, and whoever passes it fails. Each
    name under `Args:` (or numpy's `Parameters`, or Sphinx' `:param`) is one that a public function takes:

        def greet(name: str) -> str:
            \"\"\"Return a greeting.

            :param name: who is greeted
            \"\"\"

    A function with `**options` may describe each of them. A parameter that is left out where others are
    described is advice, and so is an error that the function raises by name, if its docstring describes
    something and does not speak of it. Docstrings are read by griffe.
    """
    findings = Findings()
    described = [each for each in api.objects if each.told or each.warned]
    for each in findings.over(described, nothing="no public docstring describes a parameter"):
        taken = {name.lstrip("*") for name in each.parameters}
        is_open = any(name.startswith("*") for name in each.parameters)
        told = {name.lstrip("*") for name, _ in each.told}
        for name, line in each.told:
            if name.lstrip("*") not in taken and not is_open:
                message = f"{each.name} does not take {name}, which its docstring describes"
                findings.add(Place(each.path, line), message, f"describe what it takes: {each.signature}")
        for name in each.parameters if each.told else ():
            if name not in told | {"self", "cls"} and not name.startswith(("*", "_")):
                findings.advise(each, f"{each.name} does not describe {name}", f"add to Args: {name}: …")
        for error in each.raised:
            if error not in each.warned:
                message = f"{each.name} raises {error} and does not say so"
                findings.advise(each, message, f"add to Raises: {error}: …")
    return findings


@rule("DOC009", gate=Gate.DOCUMENTATION, practice="Ensures documentation stays current")
def changed_interfaces_are_told_of(since: SinceBase) -> Findings:
    """A change of the public interface is told of in the same change.

    Who calls a function that takes something else since yesterday reads of it in the changelog or on a page,
    or nowhere. When the parameters of a public function change since the base, or it is gone, a page of
    `docs/`, the README or the changelog changes as well:

        ### Changed

        - `greet` takes `loud`.

    What is new is advice: nobody has called it yet. Types are not compared. News fragments, such as those
    under `changes/` or `newsfragments/`, count as the changelog.
    """
    findings = Findings(nothing=since.reason or "nothing public is there at the base and now")
    findings.looked_at = since.same + len(since.changed) + len(since.gone)
    if since.told or since.reason:
        return findings
    fix = "say it in CHANGELOG.md, or on the page of docs/ that describes it"
    for now, before in since.changed:
        findings.add(now, f"{now.name} was {before}, and no page tells of the change", fix)
    gone = {each.name for each in since.gone}
    for each in since.gone:
        if not _within(each, gone):
            findings.add(Place(each.path), f"{each.name} is gone, and no page tells of it", fix)
    new = {each.name for each in since.new}
    for each in since.new:
        if not _within(each, new):
            findings.advise(each, f"{each.name} is new, and no page tells of it", fix)
    return findings


def _within(each: PublicObject, names: set[str]) -> bool:
    """Whether what it belongs to is among the names, and says it all."""
    return each.name.rpartition(".")[0] in names
