"""What an HTTP operation asked of a client and gave it, earlier and now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tenhats.contracts.references import Library, Node
from tenhats.contracts.schemas import Comparison, Place

_TEMPLATE = re.compile(r"\{([^{}/]{0,200})\}")
_IGNORED_HEADERS = {"accept", "content-type", "authorization"}
Side = tuple[Node, Node, Node]
"""A description, a path item in it, and an operation of that."""


class Operation:
    """One operation, earlier and now."""

    def __init__(self, found: Comparison, words: str, was: Side, now: Side) -> None:
        self._found, self._words = found, words
        self._old_root, self._old_item, self._old = was
        self._new_root, self._new_item, self._new = now

    def compare(self) -> None:
        """Ask every question."""
        self._parameters()
        self._body()
        self._answers()
        self._security()
        was, now = self._old.says("operationId"), self._new.says("operationId")
        if was and was != now:
            message = f"{self._words}: is called {now or 'nothing'} now; its operationId was {was}"
            fix = f"operationId: {was}"
            self._found.hint("api-operation-id-removed", self._new, ("operationId",), message, fix)

    def called_back(self) -> None:
        """Ask only what the body is, which the client receives."""
        was, now = self._under(self._old, "requestBody", old=True), self._under(self._new, "requestBody")
        if was and now:
            self._contents(was, now, Place(False, "request-body", f"{self._words}: body", "request-property"))

    def _say(self, name: str, at: Node, steps: tuple[str, ...], message: str, fix: str) -> None:
        self._found.say(name, at, steps, f"{self._words}: {message}", fix)

    def _under(self, node: Node, step: str, *, old: bool = False) -> Node | None:
        there = node.at(step)
        library = (self._found.earlier if old else self._found.present).library
        return there and (library.target(there) or there)

    def _parameters(self) -> None:
        was = parameters_of(self._old_item, self._old, self._found.earlier.library)
        now = parameters_of(self._new_item, self._new, self._found.present.library)
        for key, old in was.items():
            what = f"{key[0]} parameter {old.data.get('name')}"
            if key in now:
                self._parameter(old, now[key], what)
            elif key[0] != "path":
                message = f"the {what} is gone"
                self._say("request-parameter-removed", self._new, ("parameters",), message, "keep it")
        for key, new in now.items():
            if key not in was and key[0] != "path" and new.says("required") is True:
                message = f"the {key[0]} parameter {new.data.get('name')} is new and required"
                self._say("new-required-request-parameter", new, (), message, "required: false")

    def _parameter(self, old: Node, new: Node, what: str) -> None:
        if new.says("required") is True and old.says("required") is not True:
            message = f"the {what} is required now"
            self._say("request-parameter-became-required", new, ("required",), message, "required: false")
        for word in ("style", "explode", "allowReserved"):
            if old.says(word) != new.says(word):
                message = f"{self._words}: the {what} is written otherwise: {word} has changed"
                name = f"request-parameter-{word}-changed"
                self._found.hint(name, new, (word,), message, "look whom it breaks")
        was, now = schema_of(old), schema_of(new)
        if not (was and now):
            return
        place = Place(True, "request-parameter", f"{self._words}: {what}", "request-parameter-property")
        self._found.of(was, now, place)
        before = self._found.earlier.of(was).default
        after = self._found.present.of(now).default
        if before != after:
            ending = "added" if before is None else "removed" if after is None else "changed"
            message = f"the {what} has the default {after or 'none'}; it had {before or 'none'}"
            fix = f"default: {before}" if before else "remove the default"
            self._say(f"request-parameter-default-value-{ending}", now, ("default",), message, fix)

    def _body(self) -> None:
        was, now = self._under(self._old, "requestBody", old=True), self._under(self._new, "requestBody")
        if was and not now:
            self._say("request-body-removed", self._new, (), "takes no body any more", "keep requestBody")
        needed = bool(now and now.says("required") is True)
        if now and needed and not was:
            message = "needs a body now"
            self._say("request-body-added-required", now, (), message, "required: false")
        if not (was and now):
            return
        if needed and was.says("required") is not True:
            message = "needs its body now"
            self._say("request-body-became-required", now, ("required",), message, "required: false")
        self._contents(was, now, Place(True, "request-body", f"{self._words}: body", "request-property"))

    def _contents(self, was: Node, now: Node, place: Place) -> None:
        """Compare what stands under `content`, by its media types."""
        present = {media_of(name): node for name, node in now.each("content").items()}
        for name, old in was.each("content").items():
            new = next((present[each] for each in _ranges(media_of(name)) if each in present), None)
            if new is None:
                kind = "request-body" if place.sent else "response"
                message = f"{place.words} is not {name} any more"
                self._found.say(f"{kind}-media-type-removed", now, ("content",), message, f"keep {name}")
                continue
            before, after = old.at("schema"), new.at("schema")
            if before and after:
                self._found.of(before, after, place)
            elif after and place.sent:
                message = f"{place.words} had no schema, and has one now"
                self._found.say("request-body-media-type-schema-added", after, (), message, "remove schema")
            elif before and not place.sent:
                message = f"{place.words} has no schema any more"
                self._found.hint("response-body-media-type-schema-removed", new, (), message, "keep schema")

    def _answers(self) -> None:
        present = self._new.each("responses")
        for code, node in self._old.each("responses").items():
            old = self._found.earlier.library.target(node) or node
            good = code[:1] in {"1", "2", "3"}
            names = (code, f"{code[:1]}XX") if good else (code, f"{code[:1]}XX", "default")
            known = [each for each in names if each in present]
            if not known:
                self._never(code, good=good)
                continue
            new = self._found.present.library.target(present[known[0]]) or present[known[0]]
            place = Place(False, "response-body", f"{self._words}: {code} answer", "response-property")
            self._contents(old, new, place)
            self._headers(old, new, code)

    def _never(self, code: str, *, good: bool) -> None:
        message = f"{self._words}: never answers with {code} any more"
        write = self._found.say if good else self._found.hint
        kind = "success" if good else "non-success"
        write(f"response-{kind}-status-removed", self._new, ("responses",), message, f"keep {code}")

    def _headers(self, was: Node, now: Node, code: str) -> None:
        present = {name.lower(): node for name, node in now.each("headers").items()}
        for name, node in was.each("headers").items():
            old = self._found.earlier.library.target(node) or node
            needed = old.says("required") is True
            what = f"{code} answer has the header {name}"
            if name.lower() not in present:
                kind = "required" if needed else "optional"
                message = f"the {what} no more"
                self._say(f"{kind}-response-header-removed", now, ("headers",), message, f"keep {name}")
                continue
            new = self._found.present.library.target(present[name.lower()]) or present[name.lower()]
            if needed and new.says("required") is not True:
                message = f"the {what}, which may be left out now"
                self._say("response-header-became-optional", new, (), message, "required: true")
            before, after = schema_of(old), schema_of(new)
            if before and after:
                words = f"{self._words}: {code} answer, header {name}"
                self._found.of(
                    before, after, Place(False, "response-header", words, "response-header-property")
                )

    def _security(self) -> None:
        """Whoever was let in before must be let in still, with what they had."""
        was, now = _ways(self._old_root, self._old), _ways(self._new_root, self._new)
        for way in was:
            if any(_suffices(way, each) for each in now):
                continue
            more = any(way.keys() >= each.keys() for each in now)
            what = "added" if not way else "scope-added" if more else "changed"
            had = " and ".join(sorted(way)) or "nothing"
            message = f"asks for other credentials; {had} was enough"
            at = self._new if self._new.at("security") else self._new_root
            self._say(f"api-security-{what}", at, ("security",), message, f"let in with {had}")


def without_names(path: str) -> str:
    """A path without the names of its parameters, which no client sees."""
    return _TEMPLATE.sub("{}", path)


def parameters_of(item: Node, operation: Node, library: Library) -> dict[tuple[str, str], Node]:
    """The parameters by place and name; those of a path by their order in it, for their names are private."""
    found: dict[tuple[str, str], Node] = {}
    path = str(item.steps[-1]) if item.steps else ""
    order = {name: str(at) for at, name in enumerate(_TEMPLATE.findall(path))}
    for node in (*item.items("parameters"), *operation.items("parameters")):
        there = library.target(node)
        if there is None or not isinstance(there.data, dict):
            continue
        name, place = str(there.says("name")), str(there.says("in"))
        if place == "header":
            name = name.lower()
            if name in _IGNORED_HEADERS:
                continue
        found[place, order.get(name, name) if place == "path" else name] = there
    return found


def schema_of(node: Node) -> Node | None:
    """The schema of a parameter or a header, which may stand under its one media type."""
    return node.at("schema") or next(
        (schema for each in node.each("content").values() if (schema := each.at("schema"))), None
    )


def media_of(name: str) -> str:
    """A media type without its parameters."""
    return name.partition(";")[0].strip().lower()


def _ranges(media: str) -> tuple[str, ...]:
    return media, f"{media.partition('/')[0]}/*", "*/*"


def _ways(root: Node, operation: Node) -> list[dict[str, set[str]]]:
    """The ways to be let in: each names its schemes, and their scopes. One without any lets in everybody."""
    node = operation if operation.at("security") else root
    ways = [each.data for each in node.items("security") if isinstance(each.data, Mapping)]
    return [{name: _scopes(scopes) for name, scopes in way.items()} for way in ways] or [{}]


def _scopes(listed: Any) -> set[str]:
    return {str(each) for each in listed} if isinstance(listed, list) else set()


def _suffices(way: Mapping[str, set[str]], for_: Mapping[str, set[str]]) -> bool:
    return all(name in way and scopes <= way[name] for name, scopes in for_.items())
