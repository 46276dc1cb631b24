"""What the security engineer promises of what is shipped: its licences, and the bill of materials."""

from __future__ import annotations

from packaging.utils import canonicalize_name

from tenhats.dependencies.terms import Terms, terms_of
from tenhats.facts.imported import Imported
from tenhats.facts.sbom import Sbom
from tenhats.facts.shipped import Part, Shipped
from tenhats.gates import Gate
from tenhats.rule import Findings, rule

_DEPENDENCIES = "Manages dependencies vulnerabilities"


@rule("SEC010", gate=Gate.SECURITY, practice=_DEPENDENCIES)
def dependencies_may_be_shipped(shipped: Shipped) -> Findings:
    """Every runtime dependency has a known licence, and may be shipped under the project's own.

    Who ships a library accepts its terms. Without a licence nobody may pass it on. One under the GPL or AGPL
    alone asks that the whole be under it too, which a project under MIT, Apache or a licence of its own does
    not promise. What the project itself is under stands in SPDX's words:

        [project]
        license = "MIT"

    Looked at is the metadata of each runtime dependency, and of theirs, as installed: the expression, the old
    field, the classifiers, the licence texts. An offer of several licences is fine if one of them is. The
    LGPL and the MPL are fine: nothing is asked of what only imports. Terms that SPDX does not know, or that
    are not open, are advice: read them. Where you may do more, say so on the dependency's line:
    `# tenhats: ignore[SEC010] we have bought the commercial licence`. Dependencies of development, and those
    of extras, are not looked at.
    https://packaging.python.org/en/latest/specifications/license-expression/
    https://www.gnu.org/licenses/gpl-faq.html#IfLibraryIsGPL
    """
    findings = Findings()
    for part in findings.over(shipped.parts, nothing="there is no runtime dependency"):
        known = f"{_called(part)} is under {part.licence}"
        terms = terms_of(part.licence or "", shipped.licence or "")
        if part.licence is None:
            message = f"nothing in {_called(part)} says under which licence it is"
            findings.add(part, message, f"replace it, or ask its authors; if you know: {_waiver('it is …')}")
        elif terms is Terms.TO_READ:
            findings.advise(part, known, "read its terms before you ship")
        elif terms is Terms.FORBIDDEN and shipped.licence is None:
            findings.could_not_see(f'{known}; name your own licence in [project]: license = "…"')
        elif terms is Terms.FORBIDDEN:
            message = f"{known}, and cannot be shipped under {shipped.licence} alone"
            findings.add(part, message, f"replace it, or put the project under it too; else {_waiver('why')}")
    return findings


def _called(part: Part) -> str:
    brought = "" if part.via == part.name else f", which {part.via} brings,"
    return f"{part.name} {part.version}{brought}"


def _waiver(reason: str) -> str:
    return f"# tenhats: ignore[SEC010] {reason}"


@rule("SEC011", gate=Gate.SECURITY, practice=_DEPENDENCIES)
def the_bill_of_materials_is_whole(imported: Imported, sbom: Sbom) -> Findings:
    """What the sources import is declared, and so stands on the bill of materials.

    Whoever has to know by tomorrow whether a flawed library is in what you ship reads the bill. It is made of
    what is declared, so what is imported and not declared is missing there, and on the machine of a user:

        dependencies = ["httpx>=0.28"]      # and then: import httpx

    Every run of the gates writes `.tenhats/sbom.json`, in CycloneDX 1.6: the project, its runtime
    dependencies and theirs, each with version, licence, purl and what it needs. Looked at is what runs as
    soon as a package, a command or a web application is imported. An import inside a function, under an
    `if`, or in a `try` that catches its failure is a choice, and so is what an extra provides. What is
    required, but not installed, leaves the rule unchecked.
    https://cyclonedx.org/docs/1.6/json/
    """
    findings = Findings()
    for _ in findings.over(imported.files, nothing="there is no source file"):
        pass
    shipped = sbom.shipped
    for each in imported.borrowed:
        if each.module not in shipped.provided and canonicalize_name(each.module) not in shipped.declared:
            message = f"{each.module} is imported, and nothing that is shipped provides it"
            findings.add(each, message, "add its distribution to dependencies in [project]")
    if shipped.absent:
        named = ", ".join(shipped.absent[:3])
        findings.could_not_see(f"required, but not installed: {named}; remove .tenhats/envs and run again")
    return findings
