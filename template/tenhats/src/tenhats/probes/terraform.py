"""Read the Terraform files on standard input, as JSON of paths and texts; runs where python-hcl2 is.

For each it prints its blocks with their labels, attributes and lines, the dotted names that it uses, and the
names that it binds itself; or the line and the reason why it cannot be read.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

_IN_TEXT = re.compile(r"[$%]\{[^{}\n]{0,300}?\b(var|local|module|data)\.([A-Za-z_][\w-]{0,100})")
_GOES_ON = re.compile(r"[ \t]{0,200}\.[A-Za-z_]")
# What stands in these names attributes of the resource itself, or what is no more.
_NOT_READ = {"ignore_changes", "provider", "providers"}
_GONE = {"moved", "removed"}


def main() -> None:
    """Read the files and answer on standard output, as JSON."""
    hcl2 = importlib.import_module("hcl2")
    said = {}
    for path, text in json.load(sys.stdin).items():
        try:
            tree = _tree(hcl2.parses_to_tree, text)
        except Exception as error:  # whatever the parser raises, the file cannot be read
            line, last = getattr(error, "line", None), text.count("\n") + 1
            said[path] = {
                "line": line if isinstance(line, int) and line > 0 else last,
                "error": _reason(error),
            }
            continue
        blocks = [_block(each) for each in _inner(tree.children[0], "block")]
        used, bound = _names(tree)
        said[path] = {"blocks": blocks, "used": used, "bound": sorted(bound)}
    print(json.dumps(said))


def _tree(parse: Callable[[str], Any], text: str) -> Any:
    # The grammar wants the last line ended, and knows no line that begins with the dot of a name.
    try:
        return parse(f"{text}\n")
    except Exception:
        joined = _joined(text)
        if joined == text:
            raise
        return parse(f"{joined}\n")


def _joined(text: str) -> str:
    """The text with each line that begins with a dot put to the end of the one before; no line moves."""
    lines: list[str] = []
    waiting = 0
    for line in text.split("\n"):
        if _GOES_ON.match(line) and lines:
            lines[-1 - waiting] += line.strip()
            lines.append("")
            waiting += 1
        else:
            lines.append(line)
            waiting = 0
    return "\n".join(lines)


def _reason(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:160]


def _inner(body: Any, kind: str) -> Iterator[Any]:
    return (each for each in body.children if getattr(each, "data", None) == kind)


def _block(node: Any) -> dict[str, Any]:
    """A block: its words (the type and the labels), its line, its attributes, the blocks in it."""
    words = [_text(each) for each in node.children if getattr(each, "data", None) in {"identifier", "string"}]
    body = next(_inner(node, "body"), None)
    attributes: dict[str, Any] = {}
    for each in _inner(body, "attribute") if body else ():
        name = str(each.children[0].children[0])
        attributes[name] = {"line": _line(each), **_value(each.children[-1])}
    blocks = [_block(each) for each in _inner(body, "block")] if body else []
    return {"words": words, "line": _line(node), "attributes": attributes, "blocks": blocks}


def _value(node: Any) -> dict[str, Any]:
    """What an attribute is set to, if that is a text, or an object of texts and of objects."""
    while node.data == "expr_term" and len(node.children) == 1:
        node = node.children[0]
    if node.data == "string":
        return {"text": _text(node)}
    if node.data != "object":
        return {}
    members = {}
    for each in _inner(node, "object_elem"):
        key = "".join(_tokens(each.children[0])).strip('"')
        members[key] = {"line": _line(each), **_value(each.children[-1])}
    return {"object": members}


def _text(node: Any) -> str | None:
    """The text of a literal; None if something is put into it."""
    if any(True for _ in node.find_data("interpolation")):
        return None
    return "".join(_tokens(node)).strip('"')


def _tokens(node: Any) -> Iterator[str]:
    return (str(each) for each in node.scan_values(lambda value: isinstance(value, str)))


def _line(node: Any) -> int:
    line: int = next(token.line for token in node.scan_values(lambda value: hasattr(value, "line")))
    return line


def _names(tree: Any) -> tuple[list[list[Any]], set[str]]:
    """The dotted names that are used, each with its line, and those that the file binds itself."""
    left_out = {
        id(part) for each in tree.iter_subtrees() if _is_left_out(each) for part in each.iter_subtrees()
    }
    chains: dict[int, list[str]] = {}
    used: dict[tuple[str, int], list[Any]] = {}
    bound: set[str] = set()
    for node in tree.iter_subtrees():
        if node.data == "for_intro":
            bound |= {str(each.children[0]) for each in _inner(node, "identifier")}
        elif node.data == "block" and _word(node) == "dynamic":
            bound |= {word for word in map(_text, _inner(node, "string")) if word}
        elif node.data == "attribute" and _word(node) == "iterator":
            bound |= set(_tokens(node.children[-1]))
        elif node.data == "expr_term" and len(node.children) == 1:
            inner = node.children[0]
            if getattr(inner, "data", None) == "identifier":
                chains[id(node)] = [str(inner.children[0])]
            elif id(inner) in chains:
                chains[id(node)] = chains[id(inner)]
        elif node.data == "get_attr_expr_term" and id(node.children[0]) in chains:
            step = node.children[1].children[-1]
            chain = [*chains[id(node.children[0])], "".join(_tokens(step))][:4]
            chains[id(node)] = chain
            if id(node) not in left_out:
                line = _line(node)
                used[".".join(chain), line] = [chain, line]
        elif str(node.data).startswith("heredoc") and id(node) not in left_out:
            line = _line(node)
            for found in _IN_TEXT.finditer("".join(_tokens(node))):
                used[f"{found[1]}.{found[2]}", line] = [[found[1], found[2]], line]
    return list(used.values()), bound


def _word(node: Any) -> str:
    """What a block or an attribute is called."""
    return next(iter(_tokens(node.children[0])), "")


def _is_left_out(node: Any) -> bool:
    if node.data == "block":
        return _word(node) in _GONE
    return bool(node.data == "attribute") and _word(node) in _NOT_READ


if __name__ == "__main__":
    main()
