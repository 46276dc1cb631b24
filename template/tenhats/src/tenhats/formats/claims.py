"""What a feature's status and tasks claim: that it is only a draft, or that work on it has begun."""

from __future__ import annotations

import re

from tenhats.formats.model import Feature

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
