"""What the specification engineer promises of a feature by itself: nothing that its format has is missing.

spec-kit's stories have a priority and an independent test, and its specifications have edge cases
(https://github.com/github/spec-kit, `templates/spec-template.md`). ISO 29148 5.2.6 “complete”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tenhats.facts.specs import Specs
from tenhats.formats import words
from tenhats.formats.model import Feature, Story
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_DETAILED = "Writes detailed feature specifications"
_FAILURE = re.compile(
    r"\b(?:errors?|invalid\w*|fail\w*|reject\w*|refus\w*|den(?:y|ied|ies)|missing|empty|blank|unavailable"
    r"|unreachable|offline|timeouts?|times? out|exceed\w*|too (?:long|large|many|big|small|short)|malformed"
    r"|corrupt\w*|conflict\w*|duplicate\w*|forbidden|unauthori[sz]ed|cannot|can't|unable|without|expire\w*"
    r"|crash\w*|interrupt\w*|lost|wrong|mismatch\w*|unknown|none|no \w+|not|never|warn\w*|block\w*|prevent\w*"
    r"|doesn't|isn't|[45]\d\d|fehl\w*|ung[üu]ltig\w*|leer\w*|abgelehnt|nicht|ohne|erreur\w*|vide\w*"
    r"|[ée]chou\w*|sans|inv[áa]lid\w*|vac[íi][oa]s?|fall[ao]\w*|rechaz\w*|sin|erros?|falh\w*|vazi[oa]s?|sem"
    r"|rejeit\w*|n[ãa]o)\b"
    r"|エラー|無効|失敗|空|拒否|ない|不正|错误|錯誤|无效|無效|失败|失敗|为空|為空|拒绝|拒絕|不存在|异常|異常|不能"
    r"|오류|에러|실패|유효하지|잘못|거부|없|않",
    re.IGNORECASE,
)


@rule("SPC017", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def stories_can_be_chosen_and_tried(specs: Specs) -> Findings:
    """Every user story has a priority and an independent test.

    The priority says which story to leave out when time is short, the independent test how to try this
    one without the others. Without the second a story is no slice, only a chapter:

        ### User Story 2 - Say what is wrong with a name (Priority: P2)

        **Independent Test**: Run the command with a blank name, and see exit code 2.

    Asked of spec-kit's stories once one of the same specification has it; a specification in which none
    has is only advised, for older templates did not ask. spec-kit, `spec-template.md`; INVEST (Wake 2003).
    """
    findings = Findings()
    wanted = [one for one in specs.features if one.format == "spec-kit" and one.stories]
    for feature in findings.over(wanted, nothing="there is no user story of spec-kit"):
        without = [story for story in feature.stories if not story.priority]
        _tell(findings, feature, without, "priority", "end its heading with (Priority: P2)")
        without = [story for story in feature.stories if not story.independent_test]
        _tell(findings, feature, without, "independent test", "write under it: **Independent Test**: …")
    return findings


def _tell(findings: Findings, feature: Feature, without: Sequence[Story], what: str, fix: str) -> None:
    """A finding for each story that lacks it, or one advice if all do."""
    if len(without) == len(feature.stories):
        findings.advise(without[0], f"the user stories of {feature.name} have no {what}", fix)
        return
    for story in without:
        findings.add(story, f"{story.name} has no {what}, and others have", fix)


@rule("SPC018", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def what_goes_wrong_is_told(specs: Specs) -> Findings:
    """Every feature says what happens when something goes wrong.

    Most code is for what goes wrong, and most disputes are about it. Tell at least one such case, in a
    requirement, a scenario or under the heading that spec-kit has for it:

        ### Edge Cases

        - A name of 101 characters is refused.

    Blocking, in spec-kit's format: the heading with nothing under it; and a feature in which no sentence
    tells of an error, a refusal, an absence or a limit. Advising: no such heading; edge cases that only ask
    “What happens when …?”; and in OpenSpec and Kiro the same silence about errors. BMAD's criteria are
    read by their first lines, so they are not asked. ISO 29148 5.2.6 “complete”.
    """
    findings = Findings()
    wanted = [one for one in specs.features if one.format != "bmad" and one.requirements]
    for feature in findings.over(wanted, nothing="there is no specification with requirements"):
        told = [*(each.text for each in feature.promises), *(each.text for each in feature.edge_cases)]
        heading = next((each for each in feature.sections if words.EDGE_CASES.search(each.title)), None)
        place = Place(heading.path, heading.line) if heading else Place(feature.path, feature.line)
        fix = "add: - <what is wrong> is <refused, repeated, left as it is>."
        if heading and feature.format == "spec-kit" and not feature.edge_cases:
            findings.add(heading, f"{feature.name}: nothing stands under “{heading.title}”", fix)
        elif not any(_FAILURE.search(text) for text in told):
            message = f"{feature.name} does not say what happens when something goes wrong"
            (findings.add if feature.format == "spec-kit" else findings.advise)(place, message, fix)
        elif feature.format == "spec-kit" and heading is None:
            findings.advise(place, f"{feature.name} has no edge cases", "add the heading: ### Edge Cases")
        else:
            _ask_for_answers(findings, feature)
    return findings


def _ask_for_answers(findings: Findings, feature: Feature) -> None:
    """One advice for edge cases that end with their question."""
    asking = [each for each in feature.edge_cases if each.text.rstrip("*_ ").endswith(("?", "？"))]
    if asking:
        message = (
            f"{len(asking)} of {len(feature.edge_cases)} edge cases of {feature.name} ask and do not answer"
        )
        findings.advise(asking[0], message, "say what happens, after the question or in its place")
