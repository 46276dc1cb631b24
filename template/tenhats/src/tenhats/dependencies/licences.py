"""Which licence a distribution is under, as an SPDX expression, from what its metadata says.

Asked in the order of PEP 639: the expression, the old field, the classifiers, the texts that come along. Old
fields hold whatever somebody wrote; what they call a licence is recognised, else kept as `LicenseRef-…`.
https://packaging.python.org/en/latest/specifications/core-metadata/#license-expression
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

_LONGEST_NAME = 100
_MOST_READ = 4000


@dataclass(frozen=True)
class Said:
    """What metadata says of a licence: the expression, the old field, the classifiers, the texts."""

    expression: str = ""
    field: str = ""
    classifiers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wording:
    """How people write of a licence, and what it is in SPDX; those of GNU are still without a version."""

    pattern: re.Pattern[str]
    spdx: str


def _wording(pattern: str, spdx: str) -> _Wording:
    return _Wording(re.compile(pattern, re.IGNORECASE), spdx)


_VERSION = re.compile(r"(?:v|version|public license|gpl)[ \t\n.,(-]{0,12}v?([123](?:\.[01])?)", re.IGNORECASE)
_LATER = re.compile(r"or[- ]?later|or newer|any later|[123](?:\.0)?\+", re.IGNORECASE)
_EXCEPTION = re.compile(r"\bexceptions?\b", re.IGNORECASE)
_WORDINGS = (
    _wording(r"\bAGPL|Affero", "AGPL"),
    _wording(r"\bLGPL|(?:Lesser|Library) General Public", "LGPL"),
    _wording(r"\bGPL|GNU General Public", "GPL"),
    _wording(r"\bApache\b", "Apache-2.0"),
    _wording(r"\bMIT\b|\bExpat\b|Permission is hereby granted, free of charge", "MIT"),
    _wording(r"\b0BSD\b", "0BSD"),
    _wording(r"\bBSD[- ]?(?:3|new)|(?:3[- ]clause|new|modified|revised) BSD", "BSD-3-Clause"),
    _wording(r"\bBSD[- ]?2|(?:2[- ]clause|simplified) BSD", "BSD-2-Clause"),
    _wording(r"\bBSD\b|Redistribution and use in source and binary forms", "LicenseRef-BSD"),
    _wording(r"\bISC\b|Permission to use, copy, modify, and(?:/or)? distribute this software", "ISC"),
    _wording(r"(?:\bMPL|Mozilla Public License)[- ]?(?:v|version )?1\.1", "MPL-1.1"),
    _wording(r"(?:\bMPL|Mozilla Public License)(?![- ]?(?:v|version )?1\.)", "MPL-2.0"),
    _wording(r"\bPSFL?\b|Python Software Foundation", "PSF-2.0"),
    _wording(r"\bZPL\b|Zope Public", "ZPL-2.1"),
    _wording(r"\bUnlicense\b", "Unlicense"),
    _wording(r"\bCC0\b", "CC0-1.0"),
    _wording(r"\bEPL\b|Eclipse Public", "EPL-2.0"),
    _wording(r"\bHPND\b|Historical Permission Notice", "HPND"),
    _wording(r"\bBoost Software", "BSL-1.0"),
    _wording(r"\bzlib\b", "Zlib"),
    _wording(r"Public Domain", "LicenseRef-Public-Domain"),
)
# Said in the field where no licence is named, but the reader is sent elsewhere.
_SAYS_NOTHING = re.compile(
    r"unknown\b|none\b|dual|licen[cs]e|see\b|other\Z|copying|file:|osi approved\Z", re.IGNORECASE
)


def licence_of(said: Said) -> str | None:
    """The licence as an SPDX expression; None if nothing says which it is."""
    for written in (said.expression, said.field):
        if exact := _canonical(written):
            return exact
    known = [_recognised(said.expression), _recognised(said.field)]
    named = [_classified(each) for each in said.classifiers if each.startswith("License :: ")]
    # Several classifiers are nearly always a choice: so say docutils, pyphen, and the guide on packaging.
    known.append(" OR ".join(dict.fromkeys(each for each in named if each)))
    known += [_recognised(each) for each in said.texts]
    return next((each for each in known if each), None) or _reference(said.field) or None


def _classified(classifier: str) -> str:
    name = classifier.rpartition(" :: ")[2]
    approved = "OSI " if " :: OSI Approved :: " in classifier else ""
    return _recognised(name) or _reference(f"{approved}{name}")


def _canonical(written: str) -> str | None:
    if not written.strip() or len(written) > 20 * _LONGEST_NAME:
        return None
    try:
        return str(canonicalize_license_expression(written.strip()))
    except InvalidLicenseExpression:
        return None


def _recognised(text: str) -> str:
    """The licence that a name or a text speaks of: in a name all that it lists, in a text the first."""
    text = text[:_MOST_READ]
    met = ((each.pattern.search(text), each) for each in _WORDINGS)
    found = [(place.start(), each) for place, each in met if place]
    if not found:
        return ""
    if len(text) > _LONGEST_NAME:
        return _exact(min(found, key=lambda each: each[0])[1].spdx, text)
    families = [each.spdx for _, each in sorted(found, key=lambda each: each[0])]
    if any(each.startswith("BSD-") for each in families):
        families = [each for each in families if each != "LicenseRef-BSD"]
    joint = " AND " if re.search(r"\band\b|&", text) else " OR "
    return joint.join(dict.fromkeys(_exact(each, text) for each in families))


def _exact(spdx: str, text: str) -> str:
    """The licence with its version, for those of GNU, of which each version is a licence of its own."""
    if "GPL" not in spdx:
        return spdx
    is_name = len(text) <= _LONGEST_NAME
    if spdx == "GPL" and _EXCEPTION.search(text[: 3 * _LONGEST_NAME]):
        return "LicenseRef-GPL-with-exception"
    version = _VERSION.search(text)
    if not version:
        # Where no version is named, any that was ever published may be chosen: section 14 of the GPL 3.
        return {"AGPL": "AGPL-3.0-only", "LGPL": "LGPL-2.0-or-later", "GPL": "GPL-1.0-or-later"}[spdx]
    number = version[1] if "." in version[1] else f"{version[1]}.0"
    until = "or-later" if not is_name or _LATER.search(text) else "only"
    return f"{spdx}-{number}-{until}"


def _reference(name: str) -> str:
    """A name of a licence that SPDX does not have, in the form that it keeps for those."""
    words = re.findall(r"[A-Za-z0-9.]+", name)
    if not words or len(name) > _LONGEST_NAME or _SAYS_NOTHING.match(name.strip()):
        return ""
    return f"LicenseRef-{'-'.join(words)}".rstrip(".")


def atoms(expression: str) -> Iterable[str]:
    """The words of an expression: its licences, the words between them, and parentheses."""
    return re.findall(r"\(|\)|[^\s()]+", expression)
