"""Whether a contract's schema and the one that the code makes of its own model say the same.

Unlike a comparison with an earlier state, this looks both ways: what only one side has is told, and every
disagreement names both sides. Who sends what decides how much a difference weighs: code that is sent
something must take what the contract allows, code that gives something must keep to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tenhats.contracts import sides
from tenhats.contracts.annotations import annotated, spoken, written
from tenhats.contracts.references import Library, Node
from tenhats.contracts.shapes import Shape, Shapes
from tenhats.contracts.sides import Differing, Pair, is_within
from tenhats.contracts.uses import Use


@dataclass(frozen=True)
class Disagreement:
    """What a contract says otherwise than the code, at both places; one that is not `sure` may be meant."""

    said: Node
    done: Node
    message: str
    fix: str
    sure: bool = True


class Agreement:
    """The disagreements of pairs of schemas, each pair looked at once for each use."""

    def __init__(
        self,
        contracts: Library,
        code: Library,
        settled: Callable[[Node, Node], bool] = lambda said, done: False,
        checked: Callable[[Node], bool] = lambda done: False,
    ) -> None:
        """Compare schemas of contracts with those of the code.

        What is `settled` elsewhere is left out. What the code has `checked` by a function may be bounded
        more than its schema tells.
        """
        self._said, self._done = Shapes(contracts), Shapes(code)
        self._settled, self._checked = settled, checked
        self._found: list[Disagreement] = []
        self._seen: set[object] = set()
        self._left: deque[Pair] = deque()

    @property
    def found(self) -> list[Disagreement]:
        """What was found, once everything that is to be compared has been: what holds before what is held."""
        while self._left:
            self._compare(self._left.popleft())
        return self._found

    def shape(self, said: Node) -> Shape:
        """What a schema of a contract allows."""
        return self._said.of(said)

    def of(
        self,
        said: Node,
        done: Node,
        use: Use,
        where: str,
        *,
        name: str = "",
        needed: bool = True,
        checked: bool = False,
    ) -> None:
        """Compare two schemas and all that they hold; `where` is what a person calls the place.

        What is `checked` is refused in another way if it breaks a bound.
        """
        if self._settled(_only(said), _only(done)):
            return
        name = name or where.rpartition(".")[2]
        checked = checked or self._checked(self._done.of(done).node)
        pair = Pair(self._said.of(said), self._done.of(done), use, where, name, needed, checked)
        key = (pair.said.node.key, pair.done.node.key, use)
        if key not in self._seen and not (pair.said.unseen or pair.done.unseen):
            self._seen.add(key)
            self._left.append(pair)

    def _tell(self, pair: Pair, differences: Iterable[Differing]) -> None:
        for each in differences:
            self._say(pair, each.message, sure=each.sure, fix=each.fix)

    def _say(self, pair: Pair, message: str, *, sure: bool = True, fix: str = "") -> None:
        written_anew = annotated(pair.name, pair.said, needed=pair.needed)
        fix = fix or f"write: {written_anew}; or change the contract"
        self._found.append(Disagreement(pair.said.node, pair.done.node, f"{pair.where} {message}", fix, sure))

    def _compare(self, pair: Pair) -> None:
        if pair.said.branches or pair.done.branches:
            pair = self._chosen(pair)
        if pair.said.branches and pair.done.branches:
            self._branches(pair)
            return
        differing = sides.types(pair)
        self._tell(pair, sides.null(pair))
        if differing:
            self._tell(pair, [differing])
            return
        for ask in (sides.values, sides.bounds, sides.words):
            self._tell(pair, ask(pair))
        self._properties(pair)
        for step, said, done in (
            ("[]", pair.said.items, pair.done.items),
            ("{}", pair.said.more, pair.done.more),
        ):
            if said and done:
                self.of(said, done, pair.use, f"{pair.where}{step}", name=f"{pair.name}{step}")

    def _chosen(self, pair: Pair) -> Pair:
        """Where one side only has alternatives, the one that is meant: a decimal is a number or a text."""
        if bool(pair.said.branches) == bool(pair.done.branches):
            return pair
        many, one = (pair.said, pair.done) if pair.said.branches else (pair.done, pair.said)
        shapes = self._said if pair.said.branches else self._done
        parts = [shapes.of(each) for each in many.branches]
        alike = [each for each in parts if each.types == one.types]
        alike = alike or [each for each in parts if is_within(one.types, each.types)]
        if not alike:
            return pair
        chosen = replace(alike[0], nullable=many.nullable)
        others = [each for each in parts if each is not alike[0]]
        if not (_is_decimal(parts) and pair.done.branches):
            kinds = " or ".join(spoken(each) for each in others)
            if pair.said.branches and pair.use is not Use.GIVEN:
                self._say(pair, f"may also be {kinds} by the contract; the code takes only {spoken(one)}")
            elif pair.done.branches:
                self._say(
                    pair, f"may also be {kinds} in the code; the contract says {spoken(one)}", sure=False
                )
        return replace(pair, said=chosen) if pair.said.branches else replace(pair, done=chosen)

    def _branches(self, pair: Pair) -> None:
        """Compare alternatives of one name or one kind; those without a counterpart are worth a look."""
        left = {_called(self._done.of(each), each): each for each in pair.done.branches}
        for each in pair.said.branches:
            name = _called(self._said.of(each), each)
            if name in left:
                self.of(each, left.pop(name), pair.use, pair.where, name=pair.name)
            else:
                self._say(pair, f"may be {name} by the contract, and not in the code", sure=False)
        for name in left:
            self._say(pair, f"may be {name} in the code, and not by the contract", sure=False)

    def _properties(self, pair: Pair) -> None:
        said, done = pair.said, pair.done
        if not said.properties or not done.properties:
            if said.properties and not done.closed and done.types == frozenset({"object"}):
                self._say(pair, "takes any fields; the contract names them", sure=False)
            return
        for name, node in said.properties.items():
            where = f"{pair.where}.{name}"
            shape = self._said.of(node)
            if (shape.read_only and pair.use is Use.TAKEN) or (shape.write_only and pair.use is Use.GIVEN):
                continue
            if name not in done.properties:
                self._lacks(pair, name, shape)
                continue
            needed = name in said.required
            self.of(node, done.properties[name], pair.use, where, name=name, needed=needed)
            self._required(pair, name, needed=needed)
        for name in sorted(done.properties.keys() - said.properties.keys()):
            self._has_more(pair, name)
        if said.closed and not done.closed and pair.use is not Use.GIVEN:
            message = "takes unknown fields and drops them; the contract forbids them"
            self._say(pair, message, sure=False, fix='write: model_config = ConfigDict(extra="forbid")')

    def _lacks(self, pair: Pair, name: str, shape: Shape) -> None:
        """A property that only the contract has."""
        needed = name in pair.said.required
        self._found.append(
            Disagreement(
                shape.node,
                pair.done.node,
                f"{pair.where} has no {name}; the contract has it",
                f"write: {annotated(name, shape, needed=needed)}; or change the contract",
            )
        )

    def _has_more(self, pair: Pair, name: str) -> None:
        """A property that only the code has: a contract that is open on purpose allows it."""
        node = pair.done.properties[name]
        message = f"{pair.where}.{name} is in the code, and not in the contract"
        fix = f"add it to the contract: {written(name, node.data)}"
        sure = pair.said.node.says("additionalProperties") in (None, False) and pair.said.more is None
        self._found.append(Disagreement(pair.said.node, node, message, fix, sure))

    def _required(self, pair: Pair, name: str, *, needed: bool) -> None:
        has = name in pair.done.required
        if has == needed or pair.use is Use.GIVEN:
            # What has a default is given all the same.
            return
        said, done = self._said.of(pair.said.properties[name]), self._done.of(pair.done.properties[name])
        done = replace(done, node=pair.done.properties[name])
        inner = Pair(said, done, pair.use, f"{pair.where}.{name}", name, needed)
        if needed:
            message = "may be left out in the code; the contract requires it"
            self._say(inner, message, sure=pair.use is Use.TAKEN)
        else:
            self._say(inner, "is required in the code; the contract lets it be left out")


def _only(node: Node) -> Node:
    """What a schema is that is nothing but another, or null."""
    for word in ("anyOf", "oneOf", "allOf"):
        kept = [each for each in node.items(word) if each.says("type") != "null"]
        if len(kept) == 1:
            return kept[0]
    return node


def _is_decimal(parts: list[Shape]) -> bool:
    kinds: Iterator[str] = (kind for each in parts for kind in sorted(each.types or ()))
    return sorted(kinds) == ["number", "string"]


def _called(shape: Shape, node: Node) -> str:
    """What tells an alternative from the others: the name that it is defined by, or its kind."""
    ref = node.says("$ref")
    name = ref.rpartition("/")[2] if isinstance(ref, str) else shape.words.get("title")
    if name and "object" in (shape.types or ()):
        return str(name).removesuffix("-Input").removesuffix("-Output").removesuffix(".schema.json")
    return spoken(shape)
