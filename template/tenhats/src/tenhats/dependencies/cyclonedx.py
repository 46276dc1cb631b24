"""The bill of materials as CycloneDX 1.6: what is shipped, in which version, under which licence.

https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from tenhats.dependencies.locked import Archive
from tenhats.facts.shipped import Part, Shipped

_LOCKED: tuple[Archive, ...] = ()


def as_cyclonedx(shipped: Shipped, archives: Mapping[str, Sequence[Archive]], when: datetime.datetime) -> str:
    """The bill, as JSON; `archives` are the files of each distribution, by `name==version`, as far as known.

    What is shipped decides the serial number, so the same bill has the same one whenever it is written.
    """
    graph = [(_purl(shipped.name, shipped.version), shipped.needs)]
    graph += [(_purl(part.name, part.version), part.needs) for part in shipped.parts]
    refs = {part.name: _purl(part.name, part.version) for part in shipped.parts}
    content: dict[str, Any] = {
        "components": [
            _component(part, "library", archives.get(f"{part.name}=={part.version}", _LOCKED))
            for part in shipped.parts
        ],
        "dependencies": [
            {"ref": ref, "dependsOn": [refs[need] for need in needs if need in refs]} for ref, needs in graph
        ],
    }
    own = _component(shipped, "application", _LOCKED)
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([own, content], sort_keys=True))
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": when.isoformat(timespec="seconds"),
            "lifecycles": [{"phase": "build"}],
            "tools": {"components": [{"type": "application", "name": "tenhats"}]},
            "component": own,
        },
        **content,
    }
    return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


def _component(what: Part | Shipped, kind: str, archives: Sequence[Archive]) -> dict[str, Any]:
    purl = _purl(what.name, what.version)
    component: dict[str, Any] = {
        "type": kind,
        "bom-ref": purl,
        "name": what.name,
        "version": what.version,
        "purl": purl,
    }
    if what.licence:
        component["licenses"] = [{"expression": what.licence, "acknowledgement": "declared"}]
    if archives:
        component["externalReferences"] = [
            {
                "type": "distribution",
                "url": each.url,
                "hashes": [{"alg": "SHA-256", "content": each.sha256}],
            }
            for each in archives
        ]
    return component


def _purl(name: str, version: str) -> str:
    # A local version is the one part of a version that a URL does not take as it is.
    return f"pkg:pypi/{name}@{version.replace('+', '%2B')}"
