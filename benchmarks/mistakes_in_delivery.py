"""Mistakes that somebody else pays for: secrets, workflows, packages, containers."""

from __future__ import annotations

from tests.defects.planted import delete, on_a_branch, replace, write

from benchmarks.planting import Mistake, helper, with_table, workflow

_KEY = f"the key is {'AKIA'}IOSFODNN7EXAMPLQ\n"
_CHECKOUT = "      - uses: actions/checkout@{}\n        with:\n          persist-credentials: false\n"
_PINNED = "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
_DATABASE = "services:\n  db:\n    image: postgres:17.2\n"

SECURITY = (
    Mistake(
        "a weak digest",
        helper(
            "def _digest(name: str) -> str:",
            "return hashlib.md5(name.encode()).hexdigest()",
            imports="import hashlib\n",
        ),
        ("SEC001",),
    ),
    Mistake(
        "a password under a quick digest",
        helper(
            "def _digest(password: str) -> str:",
            "return hashlib.sha256(password.encode()).hexdigest()",
            imports="import hashlib\n",
        ),
        ("SEC008",),
    ),
    Mistake(
        "a command that a shell reads",
        helper(
            "def _run(name: str) -> None:",
            'subprocess.run(f"true {name}", shell=True, check=False)',
            imports="import subprocess\n",
        ),
        ("SEC001",),
    ),
    Mistake(
        "text from outside that is evaluated",
        helper("def _run(name: str) -> None:", 'eval("str")(name)'),
        ("SEC001",),
    ),
    Mistake("a key of a cloud provider", write("notes.txt", _KEY), ("SEC003",)),
    Mistake(
        "a key that one commit adds and the next deletes",
        on_a_branch(write("notes.txt", _KEY), delete("notes.txt")),
        ("SEC009",),
    ),
    Mistake("an action that is not pinned to a commit", workflow(_CHECKOUT.format("v7")), ("SEC004",)),
    Mistake(
        "a workflow that runs what a stranger wrote",
        workflow('      - run: echo "${{ github.event.issue.title }}"\n'),
        ("SEC004",),
    ),
    Mistake(
        "a password in a Compose file",
        write("compose.yml", f"{_DATABASE}    environment:\n      POSTGRES_PASSWORD: kaffeekanne77\n"),
        ("OPS009", "SEC003"),
    ),
)

DEPLOYMENT = (
    Mistake(
        "a command whose module is not there",
        with_table("project.scripts", 'wave = "trial.nothing:main"'),
        ("OPS002",),
    ),
    Mistake(
        "a dependency that only the developer has",
        helper("def _plug(name: str) -> str:", "return name + pluggy.__version__", imports="import pluggy\n"),
        ("OPS002",),
    ),
    Mistake("a readme that is not there", replace("pyproject.toml", '"README.md"', '"GONE.md"'), ("OPS001",)),
    Mistake("an address that is none", with_table("project.urls", 'Home = "ftp:/"'), ("OPS003",)),
    Mistake("types that do not arrive", delete("src/trial/py.typed"), ("DEV008",)),
    Mistake(
        "a conflict that is not resolved",
        write(
            "NOTES.md",
            f"\n{'<' * 7} before\nours\n{'=' * 7}\ntheirs\n{'>' * 7} after\n",
        ),
        ("OPS005",),
    ),
    Mistake(
        "a variable that is written down nowhere",
        helper(
            "def _ask(name: str) -> str:", 'return os.environ.get("TRIAL_HAND", name)', imports="import os\n"
        ),
        ("OPS008",),
    ),
    Mistake(
        "an image that floats",
        write("Dockerfile", 'FROM python:latest\nCMD ["python"]\n'),
        ("OPS010",),
    ),
    Mistake(
        "a misspelt key in a Compose file", write("compose.yml", f"{_DATABASE}    portz: []\n"), ("OPS012",)
    ),
    Mistake(
        "a key that Kubernetes does not know",
        write(
            "deploy/web.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  prots: []\n"
        ),
        ("OPS011",),
    ),
    Mistake(
        "a misspelt key in a workflow",
        workflow(_CHECKOUT.format(_PINNED), "    stratagem: x\n"),
        ("OPS013",),
    ),
)
