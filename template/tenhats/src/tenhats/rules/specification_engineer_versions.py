"""What the specification engineer promises of versions: that changed words bear a new number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenhats.facts.base import Base
from tenhats.facts.earlier import EarlierSpecs
from tenhats.facts.specs import Specs
from tenhats.formats.blocks import version_key
from tenhats.formats.claims import is_draft
from tenhats.formats.model import Feature, Version
from tenhats.formats.words_digest import normalised
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, Placed, rule

_MOST_WORDS = 160
_NUMBERS = re.compile(r"(?P<before>v?)(?P<major>\d+)(?:\.(?P<minor>\d+))?(?P<patch>\.\d+)?", re.IGNORECASE)


@rule("SPC009", gate=Gate.SPECIFICATIONS, practice="Maintains specification versioning")
def changed_words_have_a_new_version(specs: Specs, earlier: EarlierSpecs, base: Base) -> Findings:
    """A specification whose requirements change gets a new version.

    Who built, tested or reviewed version 1.2.0 must be able to see that 1.3.0 asks for something else. When
    a requirement's words change, or one comes or goes, raise the version at the head of the specification:

        **Version**: 1.3.0

    Compared with the base: where the branch left the one it will be merged into. Case, white space, emphasis
    and the full stop do not count; what stands in `code` counts to the letter. A new feature changes
    nothing. One that said Draft there and had no ticked task changes freely. A version stands at the head,
    in the front matter, or in the column Version of a change log. OpenSpec keeps no versions: there a
    change since the base that names the capability, archived or not, is its history. Of BMAD's files, the
    product requirements are asked; epics and stories repeat them.
    """
    findings = Findings()
    nothing = earlier.reason or "nothing was changed in a specification that is past its draft"
    for feature in specs.features:
        before = earlier.features.get(feature.name)
        if before is None or is_draft(before) or _is_told_elsewhere(feature, base):
            continue
        for _ in findings.over(feature.requirements, nothing=nothing):
            pass
        if not _has_moved(feature.version, before.version):
            _complain(findings, feature, list(_changes(feature, before)))
    findings.nothing = nothing
    return findings


def _is_told_elsewhere(feature: Feature, base: Base) -> bool:
    """Whether a file keeps its history in another, or repeats what another says."""
    if feature.format == "bmad":
        return not feature.path.rpartition("/")[2].lower().startswith(("prd", "spec."))
    if feature.format != "openspec":
        return False
    if feature.path.startswith("openspec/changes/"):
        return True
    told = f"/specs/{feature.path.removeprefix('openspec/specs/')}"
    return any(path.startswith("openspec/changes/") and path.endswith(told) for path in base.changed)


def _complain(findings: Findings, feature: Feature, changes: list[tuple[Placed, str]]) -> None:
    """Each change at its place; where there is no version at all, the first, and how many there are."""
    version = feature.version
    if version:
        for place, what in changes:
            message = f"{what}; the version on line {version.line} is still {version.text}"
            findings.add(place, message, _next(version))
    elif changes:
        place, what = changes[0]
        more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
        findings.add(place, f"{what}{more}; the specification has no version", _first(feature))


def _has_moved(now: Version | None, before: Version | None) -> bool:
    if now is None or before is None:
        return now is not None
    ordered, was = version_key(now.text), version_key(before.text)
    return ordered > was or (ordered == was and not ordered[1] and now.text != before.text)


def _changes(now: Feature, before: Feature) -> Iterator[tuple[Placed, str]]:
    """Each requirement whose words are not those of before, where it stands, and what it said."""
    said = {each.name: each.text for each in before.requirements}
    names = {each.name for each in now.requirements}
    for each in now.requirements:
        if each.name not in said:
            yield each, f"{each.name} is new"
        elif normalised(said[each.name]) != normalised(each.text):
            yield each, f"{each.name} said before: “{_short(said[each.name])}”"
    place = now.version or Place(now.path, 1)
    for each in before.requirements:
        if each.name not in names:
            yield place, f"{each.name} is gone; it said: “{_short(each.text)}”"


def _first(feature: Feature) -> str:
    """What to do where there is no version yet."""
    if feature.format == "openspec":
        told = feature.path.removeprefix("openspec/")
        return f"say it in a change, openspec/changes/NAME/{told}, and archive that"
    return "**Version**: 1.0.0"


def _next(version: Version) -> str:
    """The line to paste: the next minor version."""
    found = _NUMBERS.match(version.text)
    if found is None or found["minor"] is None:
        major = int(found["major"]) + 1 if found else 1
        return f"**Version**: {found['before'] if found else ''}{major}"
    following = f"{found['before']}{found['major']}.{int(found['minor']) + 1}"
    return f"**Version**: {following}{'.0' if found['patch'] else ''}"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_WORDS else f"{text[: _MOST_WORDS - 1]}…"
