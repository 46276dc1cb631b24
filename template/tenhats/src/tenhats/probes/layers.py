"""Hold imports against import-linter's contracts and print, as JSON, which import breaks which.

import-linter itself prints prose; what it knows is richer, so it is asked as a library.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Read `{"source": …, "cache": …}` from standard input and answer on standard output."""
    asked = json.load(sys.stdin)
    sys.path.insert(0, str(Path(asked["source"]).resolve()))
    with contextlib.redirect_stdout(sys.stderr):  # import-linter draws its progress there
        said = judge(asked["cache"])
    print(json.dumps(said))


def judge(cache: str) -> dict[str, Any]:
    """Check every contract; `error` is set if the contracts themselves cannot be read."""
    from importlinter import configuration
    from importlinter.application import use_cases

    configuration.configure()
    try:
        options = use_cases.read_user_options()
        if not options.contracts_options:
            return {"contracts": [], "complaints": []}
        use_cases._register_contract_types(options)
        report = use_cases.create_report(options, cache_dir=cache)
    except FileNotFoundError:
        return {"contracts": [], "complaints": []}
    except Exception as error:
        return {"error": " ".join(str(error).split()) or repr(error)}
    if report.could_not_run:
        wrong = {name: str(error.errors) for name, error in report.invalid_contract_options.items()}
        return {"error": f"the contracts are not valid: {wrong}"}
    complaints = []
    for contract, check in report.get_contracts_and_checks():
        if not check.kept:
            places = list(_places(check.metadata, report.graph)) or [("pyproject.toml", 1, "")]
            complaints += [
                {
                    "path": path,
                    "line": line,
                    "code": "imports",
                    "message": f"this import breaks the contract “{contract.name}”{what}",
                }
                for path, line, what in dict.fromkeys(places)
            ]
    return {"contracts": [contract.name for contract in report.contracts], "complaints": complaints}


def _places(metadata: Any, graph: Any) -> Iterator[tuple[str, int, str]]:
    """Every import that the contract's own account of its failure names."""
    for importer, imported in _imports(metadata):
        for detail in graph.get_import_details(importer=importer, imported=imported):
            path = _file(importer)
            if path:
                yield path, detail["line_number"], f": {importer} imports {imported}"


def _imports(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if {"importer", "imported"} <= node.keys() and "line_numbers" in node:
            yield node["importer"], node["imported"]
            return
        for value in node.values():
            yield from _imports(value)
    elif isinstance(node, tuple) and len(node) == 2 and all(isinstance(each, str) for each in node):
        yield node
    elif isinstance(node, list | tuple | set | frozenset):
        for value in sorted(node, key=str) if isinstance(node, set | frozenset) else node:
            yield from _imports(value)


def _file(module: str) -> str | None:
    for root in map(Path, sys.path[:1]):
        base = root.joinpath(*module.split("."))
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file():
                return path.relative_to(Path.cwd()).as_posix()
    return None


if __name__ == "__main__":
    main()
