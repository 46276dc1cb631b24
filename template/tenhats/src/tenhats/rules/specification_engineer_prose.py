"""What the specification engineer promises of every sentence: it can be read in one way only.

What is judged, and after whom, stands in `tenhats.prose.kinds`. Quoted words, code, names and ids are
never judged. Some kinds of smells block and the others advise; `[tool.tenhats.prose]` chooses anew.
"""

from __future__ import annotations

from tenhats.fact import Project
from tenhats.facts.prose import Prose
from tenhats.gates import Gate
from tenhats.prose.kinds import ADVISE, BLOCK, KINDS
from tenhats.rule import Findings, rule

_DETAILED = "Writes detailed feature specifications"


@rule("SPC010", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def no_loophole_is_left(prose: Prose, project: Project) -> Findings:
    """No requirement leaves a loophole.

    “The system should, where possible, …” can be ticked without being met. Say MUST, and name the
    condition in the form of EARS:

        When the name is blank, the command MUST exit with code 2.

    Blocking: weak-modal (should, may, might; can and could where nothing obliges), escape-clause (as
    needed, if possible, where appropriate). Advising: permission (MAY, optionally). Off, until it is
    chosen: ability (be able to). In BMAD's formats, and in a success criterion, “Users can …” is how it is
    said, and no smell. What explains only advises: words in parentheses, a sentence without MUST beside
    one that has it, a clause that hangs on a MUST. A team chooses anew, for each kind:

        [tool.tenhats.prose]
        permission = "block"    # or "advise", or "off"

    INCOSE GtWR R8, R10; ISO 29148 5.2.4 and 5.2.7; EARS (Mavin 2009).
    """
    return _judge("SPC010", prose, project)


@rule("SPC011", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def nothing_is_vague(prose: Prose, project: Project) -> Findings:
    """No requirement is vague.

    “Appropriate”, “easy” and “fast” mean something else to everybody, and no test can decide them.
    Say which, how many, how much:

        A name of more than 100 characters MUST be refused within 50 milliseconds.

    Blocking: vague (appropriate, user-friendly), unmeasured (quickly, minimize), adverb (usually),
    indefinite (several), size (large), comparative (faster, without “than”), superlative (best). A number
    in the sentence resolves unmeasured, size, comparative and superlative. Advising: extreme (highest),
    unspecific (consistent), temporal (immediately). Off, until it is chosen: absolute (always). A word that
    is explained at once, “gracefully (returns an empty list)”, or that says what for, “an index for fast
    querying”, only advises.

    INCOSE GtWR R7, R26, R34, R35; ISO 29148 5.2.7; Femmer et al. 2017.
    """
    return _judge("SPC011", prose, project)


@rule("SPC012", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def no_list_is_left_open(prose: Prose, project: Project) -> Findings:
    """No list is left open.

    After “etc.” nobody knows what else was meant, and after “TBD” not even what was. Name every
    member, or the rule that decides who is one.

    Blocking: open-list (etc., and so on, including but not limited to, TBD). Advising: examples (such
    as, e.g.), and-or.

    INCOSE GtWR R9, R15, R17; ISO 29148 5.2.7.
    """
    return _judge("SPC012", prose, project)


@rule("SPC013", gate=Gate.SPECIFICATIONS, practice=_DETAILED)
def who_does_what_is_said(prose: Prose, project: Project) -> Findings:
    """Every requirement says who does what.

    All of this is advice, unless a team says otherwise under `[tool.tenhats.prose]`: passive (MUST be
    sent, without “by”), pronoun (“it” after two things that it can stand for), implementation (the
    name of a product or a pattern, where what can be observed would do). Off, until they are chosen:
    negative (MUST NOT), purpose (in order to).

    INCOSE GtWR R2, R16, R20, R24, R31; ISO 29148 5.2.4 and 5.2.7.
    """
    return _judge("SPC013", prose, project)


def _judge(code: str, prose: Prose, project: Project) -> Findings:
    findings = Findings()
    chosen = project.settings.prose
    for each, smells in findings.over(prose.judged, nothing="there is no requirement"):
        for smell in smells:
            if KINDS[smell.kind].code != code:
                continue
            level = smell.level(chosen)
            message = f"{each.name}: {smell.message}"
            if level == BLOCK:
                findings.add(each, message, smell.fix)
            elif level == ADVISE:
                findings.advise(each, message, smell.fix)
    return findings
