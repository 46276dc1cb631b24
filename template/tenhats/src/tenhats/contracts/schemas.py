"""What one schema allows and an earlier one did not, or the other way round, and whom that breaks.

Two schemas are compared from one side. What a client sends must still be allowed: there, allowing less
breaks it. What a client is sent must still be what it knows: there, allowing more breaks it. And what it
could name before must still be there. The names are those of oasdiff (https://github.com/oasdiff/oasdiff)
wherever it has one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tenhats.contracts import Change, constraints
from tenhats.contracts.constraints import Difference
from tenhats.contracts.documents import Document
from tenhats.contracts.references import Library, Node, root_of
from tenhats.contracts.shapes import Shape, Shapes

_ASKED = (
    constraints.null,
    constraints.values,
    constraints.bounds,
    constraints.words,
    constraints.others,
)
_DEFINED = (("schemas",), ("$defs",), ("definitions",))
_UNIONS = {"oneOf": "one-of", "anyOf": "any-of"}


@dataclass(frozen=True)
class Place:
    """Where a schema is used: whether a client sends it, and what machines and people call the place.

    `subject` is its name at the front of a change's name, `inner` that of all that it holds.
    """

    sent: bool
    subject: str
    words: str
    inner: str
    trail: str = ""

    def within(self, step: str) -> Place:
        """The same, one step further in."""
        return replace(self, subject=self.inner, trail=f"{self.trail}/{step}")

    @property
    def name(self) -> str:
        """What a person calls it."""
        return f"{self.words} {self.trail}" if self.trail else self.words


class Comparison:
    """The changes of schemas, each pair of them looked at once from each side."""

    def __init__(self, earlier: Library, present: Library) -> None:
        self.earlier = Shapes(earlier)
        self.present = Shapes(present)
        self._changes: list[Change] = []
        self._seen: set[object] = set()
        self._left: list[tuple[Node, Node, Place]] = []

    @property
    def changes(self) -> list[Change]:
        """What was found, once everything that is to be compared has been."""
        while self._left:
            self._compare(*self._left.pop())
        return sorted(self._changes, key=lambda each: (each.path, each.line, each.message))

    def say(self, name: str, at: Node, steps: tuple[str, ...], message: str, fix: str) -> None:
        """Write down what breaks a client, at the line of what stands under `at` in the present document."""
        self._write(Change(name, at.path, at.line(*steps), message, fix))

    def hint(self, name: str, at: Node, steps: tuple[str, ...], message: str, fix: str) -> None:
        """Write down what may break a client."""
        self._write(Change(name, at.path, at.line(*steps), message, fix, breaking=False))

    def _write(self, change: Change) -> None:
        if change not in self._seen:
            self._seen.add(change)
            self._changes.append(change)

    def of(self, old: Node, new: Node, place: Place) -> None:
        """Have two schemas compared, and all that they hold."""
        pair = (_home(old, self.earlier.library), _home(new, self.present.library), place.sent)
        if pair not in self._seen:
            self._seen.add(pair)
            self._left.append((old, new, place))

    def _compare(self, old: Node, new: Node, place: Place) -> None:
        was, now = self.earlier.of(old), self.present.of(new)
        if was.unseen or now.unseen:
            self._unseen(was, now, place)
        elif bool(was.branches) != bool(now.branches):
            self._all(constraints.null(was, now, sent=place.sent), now, place)
            self._union(was, now, place)
        elif difference := constraints.types(was, now, sent=place.sent):
            self._all([difference], now, place)
        else:
            for ask in _ASKED:
                self._all(ask(was, now, sent=place.sent), now, place)
            self._properties(was, now, place)
            self._parts(was, now, place)
            self._union(was, now, place)

    def _all(self, differences: Iterable[Difference], now: Shape, place: Place) -> None:
        for each in differences:
            write = self.say if each.breaking else self.hint
            message = f"{place.name} {each.message}"
            write(f"{place.subject}-{each.what}", now.node, (each.at,), message, each.fix)

    def _unseen(self, was: Shape, now: Shape, place: Place) -> None:
        if was.unseen != now.unseen:
            there, here = (", ".join(each.unseen) or "a schema here" for each in (was, now))
            message = f"{place.name} refers to {here}; it was {there}, and neither is compared"
            fix = "look whether they say the same"
            self.hint("schema-not-seen", now.node, (), message, fix)

    def _properties(self, was: Shape, now: Shape, place: Place) -> None:
        for name, old in was.properties.items():
            hidden = self.earlier.of(old)
            if hidden.read_only if place.sent else hidden.write_only:
                continue
            if name in now.properties:
                self.of(old, now.properties[name], place.within(name))
                continue
            kind = "required" if name in was.required else "optional"
            side = place.inner.removesuffix("-property")
            what = f"{place.inner}-removed" if place.sent else f"{side}-{kind}-property-removed"
            message = f"{place.name} has lost the {kind} property {name}"
            self.say(what, now.node, ("properties",), message, f"keep {name}")
        if place.sent:
            self._sent(was, now, place)
        else:
            self._received(was, now, place)

    def _sent(self, was: Shape, now: Shape, place: Place) -> None:
        for name in sorted(now.required - was.required):
            self._required(name, was, now, place)
        if now.closed and not was.closed:
            message = f"{place.name} may have no properties but those named, any more"
            what = f"{place.subject}-additional-properties-forbidden"
            self.say(what, now.node, ("additionalProperties",), message, "remove additionalProperties")

    def _received(self, was: Shape, now: Shape, place: Place) -> None:
        for name in sorted(was.required & now.properties.keys() - now.required):
            here = now.properties[name]
            if not self.present.of(here).write_only:
                message = f"{place.within(name).name} may be left out now"
                self.say(f"{place.inner}-became-optional", here, (), message, f"add {name} to required")

    def _required(self, name: str, was: Shape, now: Shape, place: Place) -> None:
        """A property that a client must send from now on."""
        here = now.properties.get(name)
        shape = self.present.of(here) if here else None
        if shape and shape.read_only:
            return
        end = "-with-default" if shape and shape.default is not None else ""
        if name in was.properties:
            what = f"{place.inner}-became-required{end}"
            message = f"{place.within(name).name} is required now"
        else:
            what = f"new-required-{place.inner}{end}"
            message = f"{place.name} has a new required property {name}"
        self.say(
            what, here or now.node, () if here else ("required",), message, f"remove {name} from required"
        )

    def _parts(self, was: Shape, now: Shape, place: Place) -> None:
        """What a list or a map holds."""
        for step, word in (("items", "items"), ("*", "additionalProperties")):
            old, new = (was.items, now.items) if step == "items" else (was.more, now.more)
            if old and new:
                self.of(old, new, place.within(step))
            elif (new if place.sent else old) and not (was.closed or now.closed):
                what = f"{place.subject}-{step.replace('*', 'additional-properties')}-changed"
                message = f"{place.name} has another {word}, with nothing to compare it with"
                self.hint(what, now.node, (word,), message, "look whom it breaks")

    def _union(self, was: Shape, now: Shape, place: Place) -> None:
        """Pair the branches of two unions; a schema that is none is its own only branch."""
        if not (was.branches or now.branches):
            return
        old, new = list(was.branches) or [was.node], list(now.branches) or [now.node]
        for one, other in self._paired(old, new):
            if one is not was.node or other is not now.node:
                self.of(one, other, place.within(_called(other)))
        union = now.union or was.union
        for node in old if place.sent else new:
            change = f"{place.subject}-{_UNIONS[union]}-{'removed' if place.sent else 'added'}"
            if place.sent:
                message, fix = f"may not be {_called(node)} any more", f"add {_called(node)}"
            else:
                message = f"may be {_called(node)} now, which no client knows"
                fix = f"leave out {_called(node)}"
            self.say(change, now.node, (union,), f"{place.name} {message}", fix)

    def _paired(self, old: list[Node], new: list[Node]) -> list[tuple[Node, Node]]:
        """The branches that belong together; they are taken out of both lists."""
        pairs: list[tuple[Node, Node]] = []
        for mark in (_definition, _text, _title, _kind):
            known = _marked(old, mark, self.earlier)
            for name, others in _marked(new, mark, self.present).items():
                ones = known.get(name, [])
                if name and len(ones) == len(others):
                    pairs += zip(ones, others, strict=True)
                    taken = {each.key for each in ones}, {each.key for each in others}
                    old[:] = [each for each in old if each.key not in taken[0]]
                    new[:] = [each for each in new if each.key not in taken[1]]
        if len(old) == len(new) == 1:
            pairs.append((old.pop(), new.pop()))
        return pairs


def _marked(nodes: list[Node], mark: Callable[[Node, Shapes], str], shapes: Shapes) -> dict[str, list[Node]]:
    """The nodes by their marks."""
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(mark(node, shapes), []).append(node)
    return found


def compare(earlier: Library, old: Document, present: Library, new: Document) -> list[Change]:
    """The changes of a JSON Schema, from the side of whoever sends what it describes."""
    found = Comparison(earlier, present)
    found.of(root_of(old), root_of(new), Place(True, "schema", "the schema", "property"))
    return found.changes


def _home(node: Node, library: Library) -> object:
    """What tells a schema from every other: where its reference leads, if it is nothing but one."""
    if isinstance(node.data, dict) and node.data.keys() == {"$ref"}:
        node = library.target(node) or node
    return node.key


def _definition(node: Node, shapes: Shapes) -> str:
    """The name under which a branch is defined for all, if it is."""
    there = shapes.library.target(node)
    if there is None:
        return ""
    if not there.steps:
        return there.path
    return str(there.steps[-1]) if there.steps[-2:-1] in _DEFINED else ""


def _text(node: Node, _: Shapes) -> str:
    return json.dumps(node.data, sort_keys=True, default=str)


def _title(node: Node, shapes: Shapes) -> str:
    return str(shapes.of(node).words.get("title", ""))


def _kind(node: Node, shapes: Shapes) -> str:
    return " ".join(sorted(shapes.of(node).types or ()))


def _called(node: Node) -> str:
    """What a person calls a branch of a union."""
    data = node.data if isinstance(node.data, dict) else {}
    if isinstance(data.get("$ref"), str):
        return str(data["$ref"].rpartition("/")[2])
    for word in ("title", "type"):
        if isinstance(data.get(word), str):
            return str(data[word])
    return str(node.steps[-1]) if node.steps else "this"
