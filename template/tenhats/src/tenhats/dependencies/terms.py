"""Whether what is under one licence may be shipped with a project that is under another.

Only what is plain is called forbidden: the GNU GPL and AGPL ask that the whole is under them, and a project
whose licence is neither does not say so. The LGPL, the MPL and their like ask nothing of a program that
imports. What SPDX does not know, and what no one calls open, somebody has to read.
https://www.gnu.org/licenses/gpl-faq.html#IfLibraryIsGPL
https://www.gnu.org/licenses/license-list.html
"""

from __future__ import annotations

import re
from enum import IntEnum

from tenhats.dependencies.licences import atoms


class Terms(IntEnum):
    """May be shipped; may be, if somebody has read the terms; may not be."""

    FINE = 0
    TO_READ = 1
    FORBIDDEN = 2


_GNU = re.compile(r"(A?GPL)-([123])\.0(-or-later|-only|\+)?\Z")
_TO_READ = re.compile(
    r"LicenseRef-(?!BSD\Z|Public-Domain\Z|OSI-)|SSPL-|BUSL-|Elastic-|PolyForm-|CC-BY-(?:NC|ND)|Parity-|Prosperity-"
)
# Each of these names the GNU GPL among those under which the whole may be passed on.
_OPEN_TO_GNU = re.compile(r"EUPL-1\.[12]\Z|CECILL-2\.[01]\Z")
_NEWEST = 3


def terms_of(expression: str, own: str) -> Terms:
    """What shipping something under `expression` means for a project under `own`, both in SPDX's words."""
    words = list(atoms(expression))
    versions = _versions_in(own)
    place = 0

    def choice() -> Terms:
        nonlocal place
        least = together()
        while place < len(words) and words[place].upper() == "OR":
            place += 1
            least = min(least, together())
        return least

    def together() -> Terms:
        nonlocal place
        most = single()
        while place < len(words) and words[place].upper() == "AND":
            place += 1
            most = max(most, single())
        return most

    def single() -> Terms:
        nonlocal place
        word = words[place] if place < len(words) else ""
        place += 1
        if word == "(":
            inside = choice()
            place += 1
            return inside
        if place < len(words) and words[place].upper() == "WITH":
            # SPDX's exceptions are of this kind: they let other programs link, build or import.
            place += 2
            return Terms.FINE
        return _terms_of_one(word, versions)

    return choice()


def _terms_of_one(licence: str, own: frozenset[int]) -> Terms:
    if _TO_READ.match(licence):
        return Terms.TO_READ
    versions = _versions(licence)
    return Terms.FORBIDDEN if versions and not versions & own else Terms.FINE


def _versions_in(own: str) -> frozenset[int]:
    """The versions of the GNU GPL under which a project may be passed on; none if it is under another."""
    words = list(atoms(own))
    versions = frozenset[int]().union(*map(_versions, words))
    return versions | ({2, 3} if any(_OPEN_TO_GNU.match(each) for each in words) else set())


def _versions(licence: str) -> frozenset[int]:
    found = _GNU.match(licence)
    if not found:
        return frozenset()
    first = int(found[2])
    return frozenset(range(first, _NEWEST + 1)) if found[3] in {"-or-later", "+"} else frozenset({first})
