"""What the specification engineer promises of contracts: they are valid, meant, and kept."""

from __future__ import annotations

from tenhats.contracts import versions
from tenhats.facts.contract_changes import Compared, ContractChanges
from tenhats.facts.contracts import Contracts
from tenhats.facts.earlier import EarlierSpecs
from tenhats.facts.mentions import Mentions
from tenhats.facts.specs import Specs
from tenhats.formats.model import Feature
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_DEFINED = "Defines API endpoints and contracts"
_VERSIONED = "Maintains specification versioning"


@rule("SPC007", gate=Gate.SPECIFICATIONS, practice=_DEFINED)
def contracts_are_valid(contracts: Contracts) -> Findings:
    """Every contract is valid.

    A contract that its own format's library refuses binds nobody. Looked at are the files in
    `specs/*/contracts/`: OpenAPI 3.0 and 3.1 by openapi-spec-validator, JSON Schema by jsonschema, GraphQL
    by graphql-core, Protocol Buffers by buf. A schema names its dialect:

        "$schema": "https://json-schema.org/draft/2020-12/schema"

    A `$ref` leads to the same file or to one in a folder of contracts. Nothing is fetched, so one to
    another place is a finding. Contracts in prose (Markdown) and in other formats are not looked at, and
    the rule says so.
    """
    findings = Findings()
    nothing = "no feature has a contract in JSON, YAML, GraphQL or Protocol Buffers under contracts/"
    if contracts.unread:
        nothing = f"{nothing}; nobody can validate {_some(contracts.unread)}"
    for contract in findings.over(contracts.contracts, nothing=nothing):
        for complaint in contract.complaints:
            findings.add(complaint, f"{contract.kind}: {complaint.message}", "correct the contract")
    if contracts.contracts and contracts.unread:
        message = f"not looked at: {_some(contracts.unread)}"
        findings.advise(Place(contracts.unread[0]), message, "have a person read it")
    if contracts.unseen:
        findings.could_not_see(contracts.unseen)
    return findings


def _some(paths: tuple[str, ...]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"{paths[0]}{more}"


@rule("SPC023", gate=Gate.SPECIFICATIONS, practice=_DEFINED)
def contracts_are_referred_to(mentions: Mentions) -> Findings:
    """Every contract is spoken of in its feature.

    A contract that no requirement and no plan speaks of was left over, or nobody will find it. Name the
    file, or an operation, a path or a type that it defines:

        - **FR-003**: The service MUST answer `GET /greetings/{name}` as contracts/greet.yaml says.

    Looked at are the Markdown files of the feature, and the other contracts beside it. A name that is also
    an everyday word, such as `Order`, counts only as part of a longer one (`OrderItem`). For a contract in
    prose it is advice.
    """
    findings = Findings()
    for each in findings.over(mentions.mentions, nothing="there is no contract"):
        if not each.where:
            name = each.path.rpartition("/")[2]
            message = f"nothing in this feature speaks of {name}"
            fix = f"name contracts/{name} in the requirement or the plan that it serves"
            say = findings.advise if each.is_prose else findings.add
            say(each, message, fix)
    return findings


@rule("SPC024", gate=Gate.SPECIFICATIONS, practice=_VERSIONED)
def contracts_are_kept(specs: Specs, earlier: EarlierSpecs, contracts: ContractChanges) -> Findings:
    """No contract breaks its clients without a new major version.

    Whoever built on a contract finds out too late. Each contract is compared with what it was at the base:
    the commit that this work started from. What a client could send must still be taken, what it is sent
    must still be what it knows, and what it could name must still be there. To break all that, say so, by
    the version of the contract or of the specification (below 1.0 the minor one is enough):

        info:
          version: 2.0.0

        **Version**: 2.0.0

    In OpenAPI, JSON Schema, GraphQL and Protocol Buffers. A version that a JSON Schema has in its `$id`
    counts; a specification that had no version is taken for 1.0. What may break a client, and may not, is
    advice. Changes bear the names of oasdiff (https://github.com/oasdiff/oasdiff), graphql-core and buf
    (https://buf.build/docs/breaking/rules/). A contract that is gone breaks; one that was moved does not,
    nor does one whose whole feature is gone.
    Semantic Versioning 2.0.0, points 4 and 8.
    """
    findings = Findings()
    nothing = contracts.reason or "there is no contract at the base that can be compared"
    for each in findings.over(contracts.compared, nothing=nothing):
        feature = next((one for one in specs.features if each.path.startswith(one.home)), None)
        after = _version(feature)
        # A feature of which no file has changed has the version that it had.
        before = _version(earlier.features.get(feature.name, feature)) if feature else None
        if versions.allows_breaks(each.before, each.after) or versions.allows_breaks(before, after):
            continue
        way = _way_out(each, before or after)
        if each.is_gone and feature:
            name = each.path.removeprefix(feature.home)
            message = f"the contract {name} is gone; clients built on it"
            findings.add(Place(feature.path, feature.line), message, f"bring it back; {way}")
        for change in each.changes:
            say = findings.add if change.breaking else findings.advise
            say(change, f"{change.id}: {change.message}", f"{change.fix}; {way}")
    if contracts.unseen:
        findings.could_not_see(contracts.unseen)
    return findings


def _version(feature: Feature | None) -> str | None:
    return feature.version.text if feature and feature.version else None


def _way_out(contract: Compared, specified: str | None) -> str:
    """How to break it all the same."""
    if contract.before:
        return f"or raise the contract's version to {versions.next_breaking(contract.before)}"
    return f"or raise the specification's: **Version**: {versions.next_breaking(specified)}"
