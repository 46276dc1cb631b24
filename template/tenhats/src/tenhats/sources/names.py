"""What a dotted name in a module means, by the module's imports."""

from __future__ import annotations

import ast


def imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: `{"getenv": "os.getenv", "req": "requests"}`."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                top = each.name.partition(".")[0]
                found[each.asname or top] = each.name if each.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for each in node.names:
                found[each.asname or each.name] = f"{node.module}.{each.name}"
    return found


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """The whole dotted name of a name or an attribute; "" if it is neither."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([names.get(node.id, node.id), *reversed(parts)])


def parsed(source: bytes | str) -> ast.Module | None:
    """The module; None if Python cannot parse it, which the type checker and the tests will say."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None


def text_in(node: ast.AST | None) -> str | None:
    """The text of a literal; None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
