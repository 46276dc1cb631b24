"""What a feature's status and tasks claim: that it is only a draft, or that work on it has begun."""

from __future__ import annotations

import re

from tenhats.formats.model import Feature, Status

_DRAFT = re.compile(
    r"draft|proposed|initialized|(?:requirements|design|tasks)-generated|Entwurf|brouillon|borrador|rascunho"
    r"|ドラフト|下書き|草案|草稿|초안",
    re.IGNORECASE,
)
_CLAIMED = re.compile(
    r"\b(?:implemented|completed?|done|approved|accepted|finished|shipped|released|deployed"
    r"|umgesetzt|abgeschlossen|terminé|completado|implementado|concluído)\b"
    r"|実装済|完了|承認済|已完成|已实现|已實現|已批准|완료|구현됨|승인됨",
    re.IGNORECASE,
)
_RETIRED = re.compile(r"superseded|deprecated|retired|cancell?ed|withdrawn|rejected|obsolete", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|to be|pending|awaiting|until|before|nicht)\b|未", re.IGNORECASE)
_DONE = re.compile(
    r"[\W_]*(?:implemented|completed?|done|finished|shipped|released|delivered|closed|fertig|umgesetzt"
    r"|termin[ée]|completad[oa]|conclu[íi]d[oa]|完了|已完成|完成|완료)(?P<rest>[^\n]*)$",
    re.IGNORECASE,
)


def is_draft(feature: Feature) -> bool:
    """Whether a feature says that it is a draft, and none of its tasks is ticked: nothing is built on it."""
    said = feature.status is not None and _DRAFT.search(feature.status.text) is not None
    return said and not any(task.done for task in feature.tasks)


def has_begun(feature: Feature) -> bool:
    """Whether work on a feature has begun: a task is ticked, or its status claims to be past that.

    What its status calls superseded, withdrawn or the like is worked on no more.
    """
    claimed = feature.status.text if feature.status else ""
    if _RETIRED.search(claimed):
        return False
    return any(task.done for task in feature.tasks) or bool(
        _CLAIMED.search(claimed) and not _DENIED.search(claimed)
    )


def says_done(status: Status) -> bool:
    """Whether a status says done, with nothing but marks and dates after it."""
    found = _DONE.match(status.text)
    return found is not None and not re.search(r"[^\W\d_]", found["rest"])


def is_built(feature: Feature) -> bool:
    """Whether a feature claims to be built: its status says so, or every task that has a box is ticked."""
    claimed = feature.status.text if feature.status else ""
    boxes = [task for task in feature.tasks if task.has_box]
    if _RETIRED.search(claimed):
        return False
    return bool(feature.status and says_done(feature.status)) or (
        bool(boxes) and all(task.done for task in boxes)
    )
