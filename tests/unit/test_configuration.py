"""What is read from the environment and what is written down: sources, samples, Dockerfiles, manifests."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tenhats.facts.configuration import read_configuration
from tenhats.facts.exposed import Exposed, find_exposed
from tenhats.facts.infrastructure import read_infrastructure
from tenhats.infrastructure.model import Value
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-003")


READS = """import os
from os import getenv as get
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

HOST = os.environ["HOST"]
PORT = get("PORT_NUMBER")
HOME = os.environ.get("HOME")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")
    debug: bool = False
    key: str
    other: str = Field(alias="OTHER_NAME")
"""
SAMPLE = "# what to set\nHOST=localhost\nPORT_NUMBER=\nAPP_DEBUG=\nAPP_KEY=\nOTHER_NAME=\n"


def test_what_is_only_set_or_removed_is_not_read(tmp_path: Path) -> None:
    """A call whose answer nobody looks at."""
    sets = 'import os\n\nos.environ.setdefault("QUIET", "1")\nos.environ.pop("NOISE", None)\n'
    here = folder(tmp_path, {"src/a/b.py": sets})
    assert read_configuration(here, tree_of(here)).read == ()


def test_sources_and_sample_in_step_are_accepted(tmp_path: Path) -> None:
    """Every way of reading is known; what the system sets need not be written down."""
    here = folder(tmp_path, {"src/a/b.py": READS, ".env.example": SAMPLE})
    assert is_silent(ask("OPS008", read_configuration(here, tree_of(here))))


def test_what_is_missing_or_left_over_is_told_of_at_its_line(tmp_path: Path) -> None:
    """In the sources and in the sample."""
    sample = SAMPLE.replace("APP_KEY", "OLD_KEY").replace("HOST=localhost\n", "").replace("APP_DEBUG=\n", "")
    here = folder(tmp_path, {"src/a/b.py": READS, ".env.example": sample})
    findings = ask("OPS008", read_configuration(here, tree_of(here)))
    assert told(findings) == [
        ("src/a/b.py", 14, "APP_KEY is read from the environment, and .env.example does not name it"),
        ("src/a/b.py", 6, "HOST is read from the environment, and .env.example does not name it"),
        (".env.example", 3, "nothing reads OLD_KEY"),
    ]
    assert [line for _, line, _ in hinted(findings)] == [13]


def test_a_page_or_another_file_will_do(tmp_path: Path) -> None:
    """A page documents a name where there is no sample; a Compose file uses one that the sources do not."""
    reads = 'import os\nA = os.getenv("THE_NAME")\n'
    here = folder(tmp_path / "page", {"src/a.py": reads, "README.md": "Set `THE_NAME`."})
    assert is_silent(ask("OPS008", read_configuration(here, tree_of(here))))
    files = {"src/a.py": reads, ".env.example": "THE_NAME=\nDB_USER=\n", "compose.yml": "user: ${DB_USER}"}
    used = folder(tmp_path / "used", files)
    assert is_silent(ask("OPS008", read_configuration(used, tree_of(used))))


def test_a_program_without_configuration_has_none_to_write_down(tmp_path: Path) -> None:
    """Writing to the environment is not reading it."""
    here = folder(tmp_path, {"src/a.py": 'import os\nos.environ["A_NAME"] = "1"\n', ".env.example": "X_Y=\n"})
    assert is_not_applicable(ask("OPS008", read_configuration(here, tree_of(here))))


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("Dockerfile", "FROM a:1\nENV A=b \\\n    API_TOKEN=k3jh4k5jh\n", 2),
        ("deploy/Dockerfile.web", "FROM a:1\nARG DB_PASSWORD=k3jh4k5jh\n", 2),
        ("compose.yaml", "services:\n  a:\n    environment:\n      - API_KEY=k3jh4k5jh\n", 4),
        (
            "k8s/secret.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  TOKEN: k3jh4k5jh\n",
            5,
        ),
    ],
)
def test_a_secret_in_the_infrastructure_is_told_of(tmp_path: Path, path: str, text: str, line: int) -> None:
    """At the line of the instruction or the key."""
    here = folder(tmp_path, {path: text})
    tree = tree_of(here)
    findings = ask("OPS009", find_exposed(here, tree, read_infrastructure(here, tree)))
    assert [(where, at) for where, at, _ in told(findings)] == [(path, line)]


@pytest.mark.parametrize(
    "value", ["", "${TOKEN}", "<token>", "changeme", "your-token", "/run/secrets/a", "true"]
)
def test_what_only_stands_for_a_secret_is_accepted(value: str) -> None:
    """Variables, places to fill in, paths."""
    assert is_silent(
        ask("OPS009", Exposed((), (Value("compose.yml", 3, "API_TOKEN", value, "environment"),)))
    )


def test_a_password_that_everybody_knows_is_advice() -> None:
    """It leaks nothing."""
    findings = ask(
        "OPS009", Exposed((), (Value("compose.yml", 3, "DB_PASSWORD", "postgres", "environment"),))
    )
    assert (len(findings.found), len(findings.advised)) == (0, 1)


def test_a_committed_env_file_is_told_of(tmp_path: Path) -> None:
    """`.env` in any case, one for a place only if it sets a secret, a sample never."""
    files = {
        ".env": "A=1\n", ".env.test": "A=1\n", ".env.prod": "A=1\nDB_PASSWORD=k3jh4\n",
        ".env.example": "DB_PASSWORD=k3jh4\n",
    }  # fmt: skip
    here = folder(tmp_path, files)
    tree = dataclasses.replace(tree_of(here), has_git=True)
    findings = ask("OPS009", find_exposed(here, tree, read_infrastructure(here, tree)))
    assert [(path, line) for path, line, _ in told(findings)] == [(".env", 1), (".env.prod", 2)]
