"""What the DevOps engineer promises of infrastructure: each format's own tool is content with it."""

from __future__ import annotations

from collections.abc import Sequence

from tenhats.facts.helm import Charts
from tenhats.facts.infrastructure import ComposeSchema, Hadolint, Infrastructure, Manifests
from tenhats.facts.pipelines import Pipelines
from tenhats.facts.prometheus import Monitoring
from tenhats.facts.terraform import Terraform
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.complaints import handed_on
from tenhats.rules.secrets import tell_of_secrets

_INFRASTRUCTURE = "Implements infrastructure specifications"


@rule("OPS010", gate=Gate.DEPLOYMENT, practice=_INFRASTRUCTURE)
def dockerfiles_are_sound(hadolint: Hadolint) -> Findings:
    """hadolint finds nothing wrong in a Dockerfile.

    An image that floats is another one tomorrow; a failure inside a pipe is not noticed. hadolint reads each
    `Dockerfile` and `Containerfile`, and ShellCheck what stands in `RUN`:

        FROM python:3.13-slim
        SHELL ["/bin/bash", "-o", "pipefail", "-c"]
        RUN curl --fail https://example.org/key.asc | gpg --import

    What it only informs about, and pins of a distribution's packages, are advice. A line that must stand says
    so above itself, `# hadolint ignore=DL3006`; `.hadolint.yaml` holds. Files under `tests/` are not looked
    at. https://github.com/hadolint/hadolint
    """
    findings = handed_on(hadolint, nothing="there is no Dockerfile", fix="write it as hadolint's page says")
    for each in hadolint.mild:
        findings.advise(each, f"{each.code}: {each.message}", each.fix)
    return findings


@rule("OPS011", gate=Gate.DEPLOYMENT, practice=_INFRASTRUCTURE)
def manifests_are_valid(infrastructure: Infrastructure, manifests: Manifests) -> Findings:
    """The manifests of Kubernetes are valid.

    A misspelt key is refused when one deploys, or, worse, passed over. Each document with an `apiVersion` and
    a `kind` is held against the API, strictly, by kubernetes-validate and without a cluster:

        apiVersion: apps/v1
        kind: Deployment
        spec:
          replicas: 2

    Advice: an image without a version, a container that no probe asks, and what is not looked at: resources
    of extensions, which have no schema here, and templates, which are YAML only once they are filled in.
    https://pypi.org/project/kubernetes-validate/
    """
    nothing = "there is no manifest of Kubernetes"
    findings = handed_on(manifests, nothing=nothing, fix="write it as the API of Kubernetes wants it")
    for each in manifests.unknown:
        findings.advise(each, f"{each.message}, so it was not looked at", "validate it against the cluster")
    if infrastructure.templates:
        message = f"this template is not held against the API{_and_others(infrastructure.templates)}"
        findings.advise(
            Place(infrastructure.templates[0]), message, "let CI run: helm template . | kubeconform"
        )
    for problem in infrastructure.problems:
        if problem.path not in infrastructure.composed:
            findings.looked_at += 1
            findings.add(problem, problem.message, problem.fix)
    _in_use(infrastructure, infrastructure.manifests, findings)
    return findings


@rule("OPS012", gate=Gate.DEPLOYMENT, practice=_INFRASTRUCTURE)
def compose_files_are_valid(infrastructure: Infrastructure, schema: ComposeSchema) -> Findings:
    """The Compose files are valid.

    Held against the schema of the Compose specification, which check-jsonschema brings along; nothing is
    fetched. A key that it does not know is most often a mistake of the indentation or the spelling:

        services:
          web:
            build: .
            healthcheck:
              test: ["CMD", "curl", "--fail", "http://localhost:8000/health"]

    Advice: an image without a version, a service built here that nothing asks whether it works.
    https://docs.docker.com/reference/compose-file/
    """
    findings = handed_on(schema, nothing="there is no Compose file", fix="write it as the specification says")
    for problem in infrastructure.problems:
        if problem.path in infrastructure.composed:
            findings.add(problem, problem.message, problem.fix)
    _in_use(infrastructure, infrastructure.composed, findings)
    return findings


@rule("OPS013", gate=Gate.DEPLOYMENT, practice="Automates deployment pipelines")
def pipelines_are_valid(pipelines: Pipelines) -> Findings:
    """The pipelines of CI are valid.

    A workflow with a misspelt key does not run, and a job that does not run is not red. The workflows of
    GitHub, its `dependabot.yml`, and the pipeline of GitLab are held against their schemas, which
    check-jsonschema brings along; nothing is fetched:

        jobs:
          gates:
            runs-on: ubuntu-24.04
            steps:
              - run: nox -s gates -- --strict

    https://check-jsonschema.readthedocs.io/
    """
    return handed_on(pipelines, nothing="there is no pipeline", fix="write it as the schema says")


@rule("OPS017", gate=Gate.DEPLOYMENT, practice=_INFRASTRUCTURE)
def terraform_holds_together(terraform: Terraform) -> Findings:
    """What Terraform and Pulumi describe holds together, and floats nowhere.

    `terraform validate` wants every provider fetched first, so what it would say is heard late. What needs
    no provider is looked at here: the syntax, by python-hcl2; that each variable, local, module, resource and
    source of data that is named is declared in its folder; that a module of this project gets what it wants
    and gives what is taken from it; and that providers and modules have a version:

        terraform {
          required_providers {
            aws = { source = "hashicorp/aws", version = "~> 6.0" }
          }
        }

    `.terraform.lock.hcl` settles providers as well; a module that sets up none of its own is advised. No
    attribute, no default of a variable and no plain value of a stack of Pulumi is a secret. `Pulumi.yaml` has
    a name and a runtime. Whether a provider takes an attribute is not looked at: let CI run `terraform
    validate`.
    https://developer.hashicorp.com/terraform/language
    """
    nothing = "there is no file of Terraform or Pulumi"
    findings = handed_on(terraform, nothing=nothing, fix="write it as the page of Terraform's language says")
    for each in terraform.mild:
        findings.advise(each, each.message, each.fix)
    for path in terraform.templates:
        findings.advise(
            Place(path), "this is a template, and was not looked at", "validate what is made of it"
        )
    tell_of_secrets(terraform.values, findings, nothing=nothing)
    return findings


@rule("OPS018", gate=Gate.DEPLOYMENT, practice=_INFRASTRUCTURE)
def monitoring_is_well_formed(monitoring: Monitoring) -> Findings:
    """The rules and the configuration of Prometheus are well formed.

    Prometheus refuses a whole file for one key that it does not know, and then nothing raises an alarm. Every
    file with `groups` of rules, each `PrometheusRule`, and each configuration with `scrape_configs` is held
    against the form of the documentation: names that are one group's or one job's alone, either `alert` or
    `record`, an `expr` whose brackets and quotes are closed, durations, labels and annotations:

        groups:
          - name: greeter
            rules:
              - alert: GreeterIsDown
                expr: up{job="greeter"} == 0
                for: 5m
                labels: {severity: page}

    What an expression means is known to promtool alone. Where it is on the `PATH`, it is asked as well;
    elsewhere advice says that nobody read the expressions. Keys of Mimir, Loki and vmalert are no mistakes.
    https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
    """
    findings = handed_on(
        monitoring,
        nothing="there is no file for Prometheus",
        fix="write it as the documentation of Prometheus says",
    )
    for each in monitoring.mild:
        findings.advise(each, f"{each.code}: {each.message}", "ask a newer promtool")
    if monitoring.unread:
        message = f"promtool did not read the expressions of this file{_and_others(monitoring.unread)}"
        findings.advise(Place(monitoring.unread[0]), message, "let CI run: promtool check rules")
    return findings


@rule("OPS019", gate=Gate.DEPLOYMENT, practice=_INFRASTRUCTURE)
def charts_fit_their_values(charts: Charts) -> Findings:
    """The charts of Helm are whole, and their templates take only values that there are.

    A template takes a value that is not there for nothing: the image has no tag, the port is empty, and Helm
    does not say so. `Chart.yaml` has its name, its version and its dependencies as Helm wants them,
    `values.yaml` can be read, and each `.Values.…` that a template always takes stands in it:

        image:
          repository: ghcr.io/acme/greeter
          tag: 1.2.0

    A value may be missing where `if`, `with`, `range`, `default`, `required` and the like guard it anywhere
    in the chart, below an empty mapping, and where a comment of `values.yaml`, `values.schema.json` or
    another file of values names it. Under a condition on something else it is advice. Values of subcharts,
    `global`, and charts that are libraries are left alone. Where helm is on the `PATH`, `helm lint` is asked
    as well.
    https://helm.sh/docs/chart_best_practices/values/
    """
    findings = handed_on(charts, nothing="there is no chart of Helm", fix="write it as helm lint wants it")
    for each in charts.mild:
        findings.advise(each, each.message, each.fix)
    return findings


def _and_others(paths: Sequence[str]) -> str:
    return f", nor {len(paths) - 1} others" if len(paths) > 1 else ""


def _in_use(infrastructure: Infrastructure, files: tuple[str, ...], findings: Findings) -> None:
    """Advice on what the files run: versions of images, and whether anybody asks if it works."""
    for image in infrastructure.parts.images:
        if image.path in files and not image.is_settled:
            findings.advise(
                image, f"{image.name} is another image tomorrow", "name its version, or its digest"
            )
    for each in infrastructure.parts.unchecked:
        if each.path in files:
            findings.advise(each, f"nothing asks whether {each.name} works", "give it a health check")
