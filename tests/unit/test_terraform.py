"""Modules of Terraform and projects of Pulumi: what is read, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenhats.contracts.documents import parse
from tenhats.facts.infrastructure import read_infrastructure
from tenhats.facts.terraform import Terraform, read_terraform
from tenhats.infrastructure import pulumi, terraform
from tenhats.infrastructure.model import Value
from tests.unit.made_up import ask, complaint, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-011")


def text(value: str, line: int = 2) -> dict[str, Any]:
    return {"line": line, "text": value}


def block(*words: str, line: int = 1, blocks: Any = (), **attributes: Any) -> dict[str, Any]:
    """A block, as the probe tells of it."""
    return {"words": list(words), "line": line, "attributes": attributes, "blocks": list(blocks)}


def file(*blocks: Any, used: Any = (), bound: Any = ()) -> dict[str, Any]:
    """A file, as the probe tells of it; each name is used on line 9."""
    return {"blocks": list(blocks), "used": [[each.split("."), 9] for each in used], "bound": list(bound)}


def wrong(locked: set[str] | None = None, **files: Any) -> list[tuple[str, int, str, str]]:
    said = {path.replace("__", "/") + ".tf": each for path, each in files.items()}
    found = terraform.complaints(terraform.modules_of(said), locked or set())
    return [(each.path, each.line, each.code, each.message) for each in found]


@pytest.mark.parametrize(
    ("used", "declared"),
    [
        ("var.cidr", block("variable", "cidr")),
        ("local.name", block("locals", name=text("a"))),
        ("module.net.id", block("module", "net", source=text("a/b/aws"), version=text("1"))),
        ("data.http.page.body", block("data", "http", "page", provider={})),
        ("aws_vpc.main.id", block("resource", "aws_vpc", "main", provider={})),
    ],
)
def test_a_name_is_declared_somewhere_in_its_folder(used: str, declared: Any) -> None:
    """In any file of it, and in no other folder."""
    other = block("resource", "aws_subnet", "one", provider={})
    shown = ".".join(used.split(".")[: 3 if used.startswith("data") else 2])
    assert [] == wrong(main=file(other, used=[used]), more=file(declared))
    assert [("main.tf", 9, "undeclared", f"nothing declares {shown} here")] == wrong(
        main=file(other, used=[used]), net__more=file(declared)
    )


def test_names_that_a_file_binds_itself_are_its_own() -> None:
    """Those of `for` and of dynamic blocks, and those that are no names of resources."""
    one = block("resource", "aws_vpc", "main", provider={})
    used = ["aws_each.key", "each.value", "path.module", "terraform.workspace", "some_object.name"]
    assert [] == wrong(main=file(one, used=used, bound=["aws_each"]))
    assert ["nothing declares aws_each.key here"] == [
        message for *_, message in wrong(main=file(one, used=used))
    ]


def test_a_module_of_the_project_gets_what_it_wants() -> None:
    """And takes nothing else; what is taken from it is an output."""
    net = file(
        block("variable", "cidr"), block("variable", "zone", default={"line": 3}), block("output", "id")
    )
    call = block("module", "net", line=4, source=text("./net"), cidr=text("10.0.0.0/16"), nmae=text("x", 6))
    assert [] == wrong(
        main=file(block("module", "net", source=text("./net"), cidr=text("x")), used=["module.net.id"]),
        net__main=net,
    )
    assert [
        ("main.tf", 9, "undeclared", "the module of net/ has no output ids"),
        ("main.tf", 6, "undeclared", "the module of net/ takes no nmae"),
    ] == wrong(main=file(call, used=["module.net.ids"]), net__main=net)
    empty = block("module", "net", line=4, source=text("./net"))
    assert [("main.tf", 4, "undeclared", "the module of net/ wants cidr, which is not set here")] == wrong(
        main=file(empty), net__main=net
    )


@pytest.mark.parametrize(
    ("source", "floats"),
    [
        ("terraform-aws-modules/vpc/aws", True),
        ("app.terraform.io/acme/vpc/aws", True),
        ("git::https://example.org/vpc.git", True),
        ("github.com/acme/vpc?ref=v1.2.0", False),
        ("./vpc", False),
        ("https://example.org/vpc.zip", False),
    ],
)
def test_a_module_of_others_has_a_version(source: str, floats: bool) -> None:
    """In an attribute, or in its address."""
    said = wrong(main=file(block("module", "vpc", source=text(source))))
    expected = [("main.tf", 2, "unpinned", f"{source} is another module tomorrow")] if floats else []
    assert expected == said
    assert (
        [] == wrong(main=file(block("module", "vpc", source=text(source), version=text("6.0"))))
        or ":" in source
    )


def required(**providers: Any) -> dict[str, Any]:
    return block("terraform", blocks=[block("required_providers", **providers)])


def test_a_provider_has_a_version() -> None:
    """Unless a lock file settles it; a module without a provider of its own is only open."""
    bucket = block("resource", "aws_s3_bucket", "one", line=7)
    versioned = {"line": 3, "object": {"source": text("hashicorp/aws"), "version": text("~> 6.0")}}
    bare = {"line": 3, "object": {"source": text("hashicorp/aws")}}
    assert [] == wrong(main=file(required(aws=versioned), bucket))
    assert [("main.tf", 3, "unpinned", "the provider aws has no version")] == wrong(
        main=file(required(aws=bare), bucket)
    )
    message = "no version of the provider aws is required in ./"
    assert [("main.tf", 7, "unpinned", message)] == wrong(main=file(block("provider", "aws"), bucket))
    assert [("main.tf", 7, "open", message)] == wrong(main=file(bucket))
    assert [] == wrong({"."}, main=file(bucket))


def test_texts_are_told_of_as_values() -> None:
    """Attributes of blocks in blocks, members of objects, and defaults of variables."""
    said = file(
        block("variable", "db_password", default=text("kaffeekanne77")),
        block(
            "resource",
            "a_b",
            "c",
            blocks=[block("login", token={"line": 5, "object": {"key": text("k", 6)}})],
        ),
    )
    found = list(terraform.values(terraform.modules_of({"main.tf": said})))
    assert Value("main.tf", 2, "db_password", "kaffeekanne77", "a variable") in found
    assert Value("main.tf", 6, "key", "k", "an attribute") in found


def test_what_is_wrong_is_handed_on() -> None:
    """A secret is told of, and a template was not looked at."""
    secret = Value("main.tf", 4, "master_password", "kaffeekanne77", "an attribute")
    found = Terraform(
        ("main.tf",), (complaint("main.tf", 2, "syntax"),), values=(secret,), templates=("a.tf",)
    )
    findings = ask("OPS017", found)
    assert [("main.tf", 2, "syntax: wrong"), ("main.tf", 4, _SAID)] == told(findings)
    assert [("a.tf", 1, "this is a template, and was not looked at")] == hinted(findings)
    assert is_silent(ask("OPS017", Terraform(("main.tf",))))


_SAID = "an attribute sets master_password to a value that stands here for everybody to read"


def test_without_a_file_nothing_is_installed(tmp_path: Path) -> None:
    """Nothing of the kind is not applicable, and costs nothing."""
    here = folder(tmp_path, {"README.md": "x"})
    tree = tree_of(here)
    assert is_not_applicable(ask("OPS017", read_terraform(here, tree, read_infrastructure(here, tree))))


def test_what_json_declares_is_not_read(tmp_path: Path) -> None:
    """It is said so: names of that folder are held against nothing."""
    here = folder(tmp_path, {"infra/more.tf.json": "{}"})
    tree = tree_of(here)
    found = read_terraform(here, tree, read_infrastructure(here, tree))
    assert ["infra/more.tf.json"] == [path for path, _, _ in hinted(ask("OPS017", found))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("name: greeter\nruntime: python\n", []),
        ("name: greeter\nruntime:\n  name: python\n  options: {virtualenv: venv}\n", []),
        ("name: a b\nruntime: python\n", [1]),
        ("name: greeter\nruntime: cobol\n", [2]),
        ("description: x\n", [1, 1]),
    ],
)
def test_a_project_of_pulumi_has_a_name_and_a_runtime(source: str, expected: list[int]) -> None:
    """One that Pulumi has."""
    assert expected == [each.line for each in pulumi.complaints(parse("Pulumi.yaml", source))]


def test_a_stack_keeps_its_secrets_encrypted(tmp_path: Path) -> None:
    """What is plain is a value like others; a project that is no YAML is told of."""
    stack = (
        "config:\n  aws:region: eu-west-1\n  app:dbPassword: kaffeekanne77\n  app:token:\n    secure: AAA=\n"
    )
    here = folder(tmp_path, {"Pulumi.yaml": "name: [\n", "Pulumi.dev.yaml": stack})
    tree = tree_of(here)
    findings = ask("OPS017", read_terraform(here, tree, read_infrastructure(here, tree)))
    assert [("Pulumi.dev.yaml", 3), ("Pulumi.yaml", 2)] == sorted(
        (path, line) for path, line, _ in told(findings)
    )
