"""What the specification engineer promises of contracts and code: that both say the same."""

from __future__ import annotations

from collections.abc import Iterable

from tenhats.facts.model_agreement import Deviation, ModelAgreement
from tenhats.facts.schema_agreement import SchemaAgreement
from tenhats.facts.service_agreement import ServiceAgreement
from tenhats.facts.specs import Specs
from tenhats.formats.claims import is_built
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule


@rule("SPC025", gate=Gate.SPECIFICATIONS, practice="Creates data models and validation rules")
def models_agree_with_contracts(specs: Specs, models: ModelAgreement) -> Findings:
    """The models in the code and the schemas of the contracts say the same.

    A model and a schema that were written twice drift apart, and the first to notice is a client. Write the
    field as the contract has it, or change the contract first:

        class OrderLine(BaseModel):
            sku: str = Field(max_length=12, pattern="^[A-Z]+$")
            quantity: int = Field(ge=1)

    A model belongs to the schema of its name: `OrderLine` to `order-line.schema.json`, to a schema with the
    title “Order line”, to `components/schemas/OrderLine` of an OpenAPI description. Compared both ways are
    fields, what is required, types and formats, null, values, bounds and patterns. Looked at are the models
    and dataclasses of Pydantic 2 and the structs of msgspec in the sources; each library writes the schema of
    its own model, in the project's environment, by the names that the field has outside. A model without a
    schema is nobody's concern. What may well be meant is advice: a field that may be null where the contract
    only lets it be left out, or a bound that a validator may hold.
    """
    findings = Findings()
    nothing = models.reason or "no model has the name of a contract's schema"
    for each in findings.over(models.compared, nothing=nothing):
        _tell(findings, specs, each.deviations)
    if models.unseen:
        findings.could_not_see(models.unseen)
    return findings


def _tell(findings: Findings, specs: Specs, deviations: Iterable[Deviation]) -> None:
    """Say what differs; what is not there yet is asked for once its feature claims to be built."""
    for each in deviations:
        feature = next((one for one in specs.features if each.contract.startswith(one.home)), None)
        if each.waits and feature and not is_built(feature):
            continue
        say = findings.add if each.sure else findings.advise
        say(each, each.message, each.fix)


@rule("SPC026", gate=Gate.SPECIFICATIONS, practice="Defines API endpoints and contracts")
def applications_agree_with_contracts(specs: Specs, service: ServiceAgreement) -> Findings:
    """The web application offers what its contract says, and nothing else.

    Who builds on `contracts/openapi.yaml` is let down by the first path that is spelt otherwise. Every
    operation stands in both, with the same parameters, body, status and answer:

        @app.post("/orders", status_code=201)
        def place_order(order: NewOrder) -> Order: ...

    FastAPI describes itself, and is compared whole. Of Flask and Django the routes are resolved, and their
    paths and methods compared. The application is imported for it in the project's environment; where a
    module holds none, its `create_app()` is called. What stands before all paths, such as the path of a
    server in the contract, does not count, nor does a slash at the end, nor the name of a parameter in a
    path. An operation that is not there yet is a finding once its feature claims to be built: by its status,
    or by its tasks, all ticked. An operation that no contract has is one if the contracts describe at least
    half of the application; below that it is one advice. Error answers that the application does not
    declare, and routes for machines such as `/health`, are not asked for. Two contracts may describe one
    operation: the one that fits better counts.
    """
    findings = Findings()
    nothing = service.reason or "no contract describes an operation"
    for _ in findings.over(service.operations, nothing=nothing):
        pass
    _tell(findings, specs, service.deviations)
    for path in service.strange:
        message = "the application has no operation of this contract"
        findings.advise(Place(path), message, "nothing, if another application serves it")
    _tell_more(findings, service)
    if service.unseen:
        findings.could_not_see(service.unseen)
    return findings


def _tell_more(findings: Findings, service: ServiceAgreement) -> None:
    """The operations that no contract has."""
    every = service.served + len(service.extra)
    if service.extra and 2 * service.served < every:
        message = f"the contracts describe {service.served} of {every} operations of the application"
        findings.advise(service.extra[0], message, "describe the others when a feature changes them")
        return
    for each in service.extra:
        message = f"{each.words} is in the application, and in no contract"
        findings.add(each, message, f"add {each.words} to the contract of the feature that it is for")


@rule("SPC027", gate=Gate.SPECIFICATIONS, practice="Defines API endpoints and contracts")
def schemas_agree_with_contracts(specs: Specs, schemas: SchemaAgreement) -> Findings:
    """The GraphQL schema and the protobuf modules of the code are those of the contract.

    A generated module that nobody made anew, and a resolver that no contract knows, both answer otherwise
    than was agreed. Let the contract lead:

        python -m grpc_tools.protoc -I specs/001-orders/contracts --python_out=src orders.proto

    The GraphQL schema that a module holds, made with strawberry, graphene, ariadne or graphql-core, is
    printed in the project's environment and compared with `contracts/*.graphql` by graphql-core, both ways.
    A module that protoc has made, `*_pb2.py`, carries its own description; buf compares that with the .proto
    file of the same name. What is not there yet is a finding once the feature claims to be built. Types and
    fields that no contract has are findings if the contracts have at least half of the schema's fields;
    below that they are one advice.
    """
    findings = Findings()
    for _ in findings.over(schemas.compared, nothing=schemas.reason):
        pass
    _tell(findings, specs, schemas.deviations)
    if schemas.unseen:
        findings.could_not_see(schemas.unseen)
    return findings
