"""A deployed web application under hadolint, kubernetes-validate and python-hcl2 (`nox -s examples`)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.examples.conftest import Example, assert_told, complaints

HEAVY = ("OPS010", "OPS011", "OPS017")


def test_a_good_project_has_no_complaint(example: Callable[[str], Example]) -> None:
    """Every rule looked at it, and says only that templates are not manifests."""
    judged = example("deployed").asked(*HEAVY)
    message = "advice: this template is not held against the API"
    assert [("OPS011", message)] == complaints(judged)
    assert all(findings.looked_at for findings in judged.values())


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("Dockerfile", "3.13-slim", "latest", ("OPS010", "DL3007")),
        ("deploy/greeter.yaml", "replicas: 2", "replicas: two", ("OPS011", "'two' is not of type")),
        ("infra/main.tf", "var.region", "var.regions", ("OPS017", "nothing declares var.regions")),
        ("infra/main.tf", ', version = "~> 6.0"', "", ("OPS017", "the provider aws has no version")),
        ("infra/main.tf", "local.name", "local.name)", ("OPS017", "syntax")),
        (
            "infra/variables.tf",
            "aws_ecr_repository.g",
            "aws_ecr_repository.w",
            ("OPS017", "nothing declares"),
        ),
    ],
)
def test_what_is_spoiled_is_noticed(
    example: Callable[[str], Example], path: str, old: str, new: str, said: tuple[str, str]
) -> None:
    """The rule that it concerns says what is wrong."""
    spoiled = example("deployed")
    spoiled.replace(path, old, new)
    assert_told(spoiled.asked(said[0]), *said)


def test_a_name_may_go_on_in_the_next_line(example: Callable[[str], Example]) -> None:
    """Terraform takes it in parentheses, where the grammar of python-hcl2 does not; no line moves by it."""
    good = example("deployed")
    good.replace("infra/main.tf", "local.name", "lower(\n    local\n    .name\n  )")
    good.replace("infra/main.tf", '"IMMUTABLE"', "var.mutability")
    assert [("OPS017", "undeclared: nothing declares var.mutability here")] == complaints(
        good.asked("OPS017")
    )
    (found,) = good.asked("OPS017")["OPS017"].found
    assert 16 == found.line
