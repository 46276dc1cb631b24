"""What a `conftest.py` newly leaves out of the tests, or does to their outcome."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from tenhats.sources.names import parsed
from tenhats.tampering import Weakening

_LISTS = {"collect_ignore", "collect_ignore_glob"}
_HOOKS = {
    "pytest_collection_modifyitems", "pytest_ignore_collect", "pytest_runtest_makereport",
    "pytest_pyfunc_call", "pytest_sessionfinish",
}  # fmt: skip


def left_out(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Weakening]:
    """The files that are newly ignored, and the hooks that can change which tests run and how they end."""
    for path, text in new.items():
        if path.rpartition("/")[2] != "conftest.py":
            continue
        before = dict(_said(old.get(path, "")))
        for what, line in _said(text):
            if what in before:
                continue
            is_hook = what in _HOOKS
            message = f"a new hook {what} can change what the tests say" if is_hook else f"{what} is new"
            fix = "take it out; if it must be, say why: # tenhats: ignore[TST011] because …"
            yield Weakening("setting", path, line, message, fix, not is_hook)


def _said(source: str) -> Iterator[tuple[str, int]]:
    """Each hook, and each entry of a list of files to ignore, with its line."""
    tree = parsed(source)
    if not tree:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in _HOOKS:
            yield node.name, node.lineno
        elif isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in {target.id for target in targets if isinstance(target, ast.Name)} & _LISTS:
                for each in ast.walk(node.value):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield f"{name}: {each.value}", each.lineno
