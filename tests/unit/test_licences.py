"""Licences: what metadata calls them, and which may be shipped under which."""

from __future__ import annotations

import pytest

from tenhats.dependencies.licences import Said, licence_of
from tenhats.dependencies.terms import Terms, terms_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-012")

OSI = "License :: OSI Approved :: "
MIT_TEXT = (
    "Copyright (c) 2026 Ada\n\nPermission is hereby granted, free of charge, to any person obtaining\n" * 2
)
BSD_TEXT = (
    "Copyright (c) 2026 Ada\n\nRedistribution and use in source and binary forms, with or without\n" * 2
)
GPL_TEXT = (
    "                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n\n" * 2
)


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        (Said("MIT"), "MIT"),
        (Said("bsd-3-clause AND apache-2.0"), "BSD-3-Clause AND Apache-2.0"),
        (Said("MIT", "GPL", (f"{OSI}BSD License",)), "MIT"),
        (Said(field="Apache-2.0"), "Apache-2.0"),
        (Said(field="Apache License, Version 2.0"), "Apache-2.0"),
        (Said(field="BSD 3-Clause License"), "BSD-3-Clause"),
        (Said(field="New BSD"), "BSD-3-Clause"),
        (Said(field="BSD"), "LicenseRef-BSD"),
        (Said(field="MIT -or- Apache License 2.0"), "MIT OR Apache-2.0"),
        (Said(field="MPL 1.1"), "MPL-1.1"),
        (Said(field="GPL v3"), "GPL-3.0-only"),
        (Said(field="GPLv2+"), "GPL-2.0-or-later"),
        (Said(field="GPL"), "GPL-1.0-or-later"),
        (Said(field="LGPL with exceptions"), "LGPL-2.0-or-later"),
        (Said(field="GNU GPLv2 (with FOSS License Exception)"), "LicenseRef-GPL-with-exception"),
        (Said(field=MIT_TEXT), "MIT"),
        (Said(field=BSD_TEXT), "LicenseRef-BSD"),
        (Said(field="UNKNOWN", classifiers=(f"{OSI}ISC License (ISCL)",)), "ISC"),
        (
            Said(field="Dual License", classifiers=(f"{OSI}BSD License", f"{OSI}Apache Software License")),
            "LicenseRef-BSD OR Apache-2.0",
        ),
        (
            Said(classifiers=(f"{OSI}GNU General Public License v2 or later (GPLv2+)",)),
            "GPL-2.0-or-later",
        ),
        (
            Said(classifiers=(f"{OSI}GNU Library or Lesser General Public License (LGPL)",)),
            "LGPL-2.0-or-later",
        ),
        (Said(classifiers=(f"{OSI}Artistic License",)), "LicenseRef-OSI-Artistic-License"),
        (Said(classifiers=("License :: Other/Proprietary License",)), "LicenseRef-Other-Proprietary-License"),
        (Said(texts=(GPL_TEXT,)), "GPL-3.0-or-later"),
        (Said(field="NVIDIA Proprietary Software"), "LicenseRef-NVIDIA-Proprietary-Software"),
        (Said(field="LICENSE.txt", classifiers=("Typing :: Typed", "License :: OSI Approved")), None),
        (Said(), None),
    ],
)
def test_a_licence_is_known_however_it_is_written(said: Said, licence: str | None) -> None:
    """The expression, then the field, the classifiers, the texts; None only if nothing says it."""
    assert licence == licence_of(said)


@pytest.mark.parametrize(
    ("licence", "own", "terms"),
    [
        ("MIT", "MIT", Terms.FINE),
        ("MPL-2.0 AND MIT", "LicenseRef-Proprietary", Terms.FINE),
        ("LGPL-3.0-only", "MIT", Terms.FINE),
        ("GPL-3.0-only", "MIT", Terms.FORBIDDEN),
        ("GPL-3.0-only", "LicenseRef-Proprietary", Terms.FORBIDDEN),
        ("AGPL-3.0-or-later", "Apache-2.0", Terms.FORBIDDEN),
        ("MIT AND GPL-2.0-or-later", "MIT", Terms.FORBIDDEN),
        ("MIT OR GPL-2.0-or-later", "MIT", Terms.FINE),
        ("MIT AND (GPL-3.0-only OR BSD-3-Clause)", "MIT", Terms.FINE),
        ("GPL-3.0-or-later WITH GCC-exception-3.1 AND BSD-3-Clause", "MIT", Terms.FINE),
        ("GPL-3.0-only", "GPL-2.0-or-later", Terms.FINE),
        ("GPL-3.0-only", "AGPL-3.0-or-later", Terms.FINE),
        ("GPL-2.0-only", "GPL-3.0-or-later", Terms.FORBIDDEN),
        ("GPL-1.0-or-later", "GPL-2.0-only", Terms.FINE),
        ("GPL-2.0", "MIT OR GPL-2.0", Terms.FINE),
        ("GPL-3.0-or-later", "EUPL-1.2", Terms.FINE),
        ("LicenseRef-BSD", "MIT", Terms.FINE),
        ("LicenseRef-OSI-Artistic-License", "MIT", Terms.FINE),
        ("LicenseRef-NVIDIA-Proprietary-Software", "MIT", Terms.TO_READ),
        ("BUSL-1.1", "MIT", Terms.TO_READ),
    ],
)
def test_what_may_be_shipped_under_what(licence: str, own: str, terms: Terms) -> None:
    """Only a GPL or AGPL without a choice is forbidden, and only where the whole is not under it."""
    assert terms == terms_of(licence, own)
