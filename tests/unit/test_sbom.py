"""The bill of materials: valid CycloneDX, with what a lock knows."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from tenhats.dependencies.locked import Archive, archives_in
from tenhats.facts.sbom import write_sbom
from tenhats.facts.shipped import Part, Shipped
from tests.unit.made_up import folder

pytestmark = pytest.mark.req("008-deployment-and-security/FR-012")

DIGEST = "a" * 64
SHIPPED = Shipped(
    "greeter",
    "2.0+local",
    "LicenseRef-Proprietary",
    ("web",),
    (
        Part("loop", "1.0", None, (), "web", 6),
        Part("web", "1.0", "MIT OR Apache-2.0", ("loop",), "web", 6),
    ),
)
LOCK = f"""
[[package]]
name = "Web"
version = "1.0"
sdist = {{ url = "https://example.org/web-1.0.tar.gz", hash = "sha256:{DIGEST}" }}
"""


def written(root: Path, files: dict[str, str]) -> Any:
    """The bill of a project with these files."""
    here = folder(root, files)
    sbom = write_sbom(here, SHIPPED)
    return json.loads((root / sbom.path).read_text(encoding="utf-8"))


def test_the_bill_is_valid(tmp_path: Path) -> None:
    """By the schema that CycloneDX publishes, licences and digests included."""
    schemas = {
        name: json.loads((resources.files("cyclonedx.schema._res") / name).read_text(encoding="utf-8"))
        for name in (
            "bom-1.6.SNAPSHOT.schema.json", "spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json",
        )
    }  # fmt: skip
    known = [(each["$id"], Resource.from_contents(each)) for each in schemas.values()]
    schema = schemas["bom-1.6.SNAPSHOT.schema.json"]
    bill = written(tmp_path, {"uv.lock": LOCK})

    valid = jsonschema.Draft7Validator(schema, registry=Registry().with_resources(known))
    assert list(valid.iter_errors(bill)) == []
    assert list(valid.iter_errors({**bill, "components": "none"})) != []


def test_the_bill_says_what_is_shipped(tmp_path: Path) -> None:
    """Each part with version, licence and purl, what needs what, and the digests of the lock."""
    bill = written(tmp_path, {"uv.lock": LOCK})
    web = next(each for each in bill["components"] if each["name"] == "web")

    assert "pkg:pypi/greeter@2.0%2Blocal" == bill["metadata"]["component"]["purl"]
    assert "pkg:pypi/web@1.0" == web["purl"]
    assert [{"expression": "MIT OR Apache-2.0", "acknowledgement": "declared"}] == web["licenses"]
    assert [{"alg": "SHA-256", "content": DIGEST}] == web["externalReferences"][0]["hashes"]
    assert {
        "pkg:pypi/greeter@2.0%2Blocal": ["pkg:pypi/web@1.0"],
        "pkg:pypi/loop@1.0": [],
        "pkg:pypi/web@1.0": ["pkg:pypi/loop@1.0"],
    } == {each["ref"]: each["dependsOn"] for each in bill["dependencies"]}


def test_the_same_bill_has_the_same_number(tmp_path: Path) -> None:
    """Whenever it is written; another bill has another."""
    first, again = (written(tmp_path, {})["serialNumber"] for _ in range(2))
    assert first == again
    assert first != written(tmp_path, {"uv.lock": LOCK})["serialNumber"]


def test_locks_name_their_archives() -> None:
    """Those of PEP 751 and of Poetry too; what is no lock, or no digest, names none."""
    named = 'name = "a"\nversion = "1"\n'
    pep = f'[[packages]]\n{named}wheels = [{{name = "a.whl", hashes = {{sha256 = "{DIGEST}"}}}}]'
    poetry = f'[[package]]\n{named}files = [{{file = "a.whl", hash = "sha256:{DIGEST}"}}]'
    for lock in (pep, poetry):
        assert {"a==1": (Archive("a.whl", DIGEST),)} == archives_in(lock)
    assert {"a==1": ()} == archives_in(f'[[package]]\n{named}sdist = {{hash = "md5:0"}}')
    assert {} == archives_in("package = 3\n")
    assert {} == archives_in("[[")
