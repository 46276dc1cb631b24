"""The specifications as they were at the base, so that a change of their words can be seen.

Read by the same readers, out of a copy that git gives; only the features of which a file has changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from tenhats import formats
from tenhats.fact import Project, fact
from tenhats.facts.base import Base, copy_of, files_at
from tenhats.facts.specs import read_features
from tenhats.formats.model import Feature


@dataclass(frozen=True)
class EarlierSpecs:
    """The features at the base of which a file has changed since, by their names.

    Where there is no base, `reason` says why, and there are none.
    """

    features: dict[str, Feature]
    reason: str = ""


@fact()
def read_earlier_specs(project: Project, base: Base) -> EarlierSpecs:
    """Read the changed features as they were."""
    if base.commit is None:
        return EarlierSpecs({}, base.reason)
    found = formats.sort_out(files_at(project, base), project.settings.specs)
    touched = {each.feature for each in found if each.path in base.changed}
    # BMAD's files tell each other's stories: what one of them means is seen from all of them.
    together = any(each.feature in touched and each.reader.format == "bmad" for each in found)
    wanted = [
        each for each in found if each.feature in touched or (together and each.reader.format == "bmad")
    ]
    if not wanted:
        return EarlierSpecs({}, "")
    root = copy_of(project, base, (each.path for each in wanted), "specs")
    features, _ = read_features(root, wanted)
    return EarlierSpecs({each.name: each for each in features if each.name in touched})
