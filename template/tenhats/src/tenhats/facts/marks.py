"""What the names of a test file mean: constants, imports, and the marks that are made of them.

What another module gives stays a reference, `module:name`, and is followed in `facts/modules.py`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

REQ = "pytest:mark.req"
REFERENCE = "\0"
_PARAMETRIZE, _PARAM = "pytest:mark.parametrize", "pytest:param"
_FOREIGN = sys.stdlib_module_names | {"pytest", "hypothesis", "pytest_bdd", "pytest_benchmark", "numpy"}
_DEEPEST = 20


@dataclass(frozen=True)
class Mark:
    """A name that a mark gives, and the line of the mark.

    Between two NULs in `name` stands a reference. `via` is the reference of what was called or used as
    the mark, where another module defines it. `case` is the part of pytest's id that tells the parameter.
    """

    line: int
    name: str = ""
    via: str = ""
    case: str = ""


@dataclass
class Names:
    """The names of a file so far: what was assigned to them, or where they were imported from."""

    known: dict[str, ast.expr] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    def reference(self, node: ast.AST, depth: int = 0) -> str:
        """What a name means, as `module:name`; of what this file defines itself, the bare name."""
        if isinstance(node, ast.Call):
            return self.reference(node.func, depth)
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        known = self.known.get(node.id)
        if isinstance(known, ast.Name | ast.Attribute) and depth < _DEEPEST:
            first = self.reference(known, depth + 1)
        else:
            first = self.imports.get(node.id, node.id) if known is None else node.id
        rest = ".".join(reversed(parts))
        if not rest:
            return first
        return f"{first}{rest}" if first.endswith(":") else f"{first}.{rest}"

    def text(self, node: ast.expr, depth: int = 0) -> str | None:
        """The text that an expression makes of constants, or None."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else None
        if isinstance(node, ast.JoinedStr):
            return _joined(self._part(each, depth) for each in node.values)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined(self.text(each, depth + 1) for each in (node.left, node.right))
        if not isinstance(node, ast.Name | ast.Attribute) or depth > _DEEPEST:
            return None
        reference = self.reference(node)
        if ":" in reference:
            return f"{REFERENCE}{reference}{REFERENCE}"
        known = self.known.get(reference)
        return self.text(known, depth + 1) if known is not None else None

    def _part(self, node: ast.expr, depth: int) -> str | None:
        """A part of an f-string: its constant text, or a constant that is put in as it is."""
        if not isinstance(node, ast.FormattedValue):
            return self.text(node, depth + 1)
        if node.format_spec is not None or node.conversion != -1:
            return None
        if isinstance(node.value, ast.Constant):
            return str(node.value.value)
        return self.text(node.value, depth + 1)

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list of the module."""
        known = self.known.get(name)
        return tuple(text for each in self._elements(known) if (text := self.text(each))) if known else ()

    def _elements(self, node: ast.expr, depth: int = 0) -> Iterator[ast.expr]:
        """The elements of a list or a tuple, written here or under a name of this file."""
        if isinstance(node, ast.List | ast.Tuple):
            for each in node.elts:
                if isinstance(each, ast.Starred):
                    yield from self._elements(each.value, depth + 1)
                else:
                    yield each
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            yield from self._elements(node.left, depth + 1)
            yield from self._elements(node.right, depth + 1)
        elif isinstance(node, ast.Name | ast.Attribute) and depth < _DEEPEST:
            known = self.known.get(self.reference(node))
            if known is not None:
                yield from self._elements(known, depth + 1)

    def marks(self, node: ast.expr, line: int = 0, depth: int = 0) -> Iterator[Mark]:
        """The marks of a decorator or of a `pytestmark`; `line` is where a name for them is used."""
        if isinstance(node, ast.List | ast.Tuple | ast.BinOp):
            for each in self._elements(node):
                yield from self.marks(each, line, depth + 1)
            return
        reference = self.reference(node)
        if isinstance(node, ast.Call):
            if reference == _PARAMETRIZE:
                yield from self._cases(node)
            elif reference == REQ or _is_near(reference):
                yield from self._names(node, line, "" if reference == REQ else reference)
        elif isinstance(node, ast.Name | ast.Attribute):
            known = self.known.get(reference)
            if known is not None and depth < _DEEPEST:
                yield from self.marks(known, line or node.lineno, depth + 1)
            elif _is_near(reference):
                yield Mark(line or node.lineno, via=reference)

    def _names(self, call: ast.Call, line: int, via: str) -> Iterator[Mark]:
        for argument in call.args:
            for each in self._elements(argument.value) if isinstance(argument, ast.Starred) else [argument]:
                text = self.text(each)
                if text is not None:
                    yield Mark(line or argument.lineno, text, via)

    def _cases(self, call: ast.Call) -> Iterator[Mark]:
        """The marks of `pytest.param(…, marks=…)`, each with its case."""
        given = dict(zip(("argnames", "argvalues", "indirect", "ids"), call.args, strict=False))
        given |= {each.arg: each.value for each in call.keywords if each.arg}
        if "argvalues" not in given:
            return
        ids = [self.text(each) for each in self._elements(given["ids"])] if "ids" in given else []
        for number, each in enumerate(self._elements(given["argvalues"])):
            if isinstance(each, ast.Call) and self.reference(each) == _PARAM:
                about = {keyword.arg: keyword.value for keyword in each.keywords}
                if "marks" not in about:
                    continue
                said = self.text(about["id"]) if "id" in about else None
                said = said or (ids[number] if number < len(ids) else None)
                case = said or "-".join(self._shown(each.args, given.get("argnames"), number))
                for mark in self.marks(about["marks"]):
                    yield Mark(mark.line, mark.name, mark.via, case)

    def _shown(self, values: list[ast.expr], names: ast.expr | None, number: int) -> Iterator[str]:
        """How pytest shows the values of a case: constants as they are, all else by the argument's name."""
        text = self.text(names) if names else None
        if text is not None:
            arguments = [each.strip() for each in text.split(",")]
        else:
            arguments = [self.text(each) or "" for each in self._elements(names)] if names else []
        for place, value in enumerate(values):
            constant = self.text(value)
            if constant is not None and REFERENCE not in constant:
                yield constant.encode("unicode_escape").decode("ascii")
            elif isinstance(value, ast.Constant) and isinstance(value.value, bytes):
                yield value.value.decode("ascii", "backslashreplace")
            elif isinstance(value, ast.Constant | ast.UnaryOp):
                yield ast.unparse(value)
            else:
                yield f"{arguments[place] if place < len(arguments) else ''}{number}"


def _is_near(reference: str) -> bool:
    """Whether a reference may lead to a module of the project."""
    module, colon, _ = reference.partition(":")
    return bool(colon) and module.partition(".")[0] not in _FOREIGN


def _joined(parts: Iterable[str | None]) -> str | None:
    found = list(parts)
    return "".join(each for each in found if each is not None) if None not in found else None
