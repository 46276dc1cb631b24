"""What one OpenAPI description promises and another does not: operations, parameters, bodies, answers.

The questions are those of oasdiff (https://github.com/oasdiff/oasdiff, `checker/rules.go`), and the changes
bear its names. It warns where something that a client could name is gone; here that breaks, for a client
did name it.
"""

from __future__ import annotations

import datetime

from tenhats.contracts import Change
from tenhats.contracts.documents import Document
from tenhats.contracts.operations import Operation, without_names
from tenhats.contracts.references import Library, Node, root_of
from tenhats.contracts.schemas import Comparison

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def compare(
    earlier: Library, old: Document, present: Library, new: Document, today: datetime.date
) -> list[Change]:
    """The changes from one description to the other; a removal counts by the sunset that was announced."""
    made = _Descriptions(earlier, old, present, new, today)
    made.paths()
    made.webhooks()
    made.servers()
    return made.found.changes


class _Descriptions:
    """Two descriptions, and what was found between them."""

    def __init__(
        self, earlier: Library, old: Document, present: Library, new: Document, today: datetime.date
    ) -> None:
        self.found = Comparison(earlier, present)
        self._old, self._new, self._today = root_of(old), root_of(new), today

    def paths(self) -> None:
        """Compare every path that there was; a parameter of a path may be called otherwise."""
        present = {without_names(path): node for path, node in self._new.each("paths").items()}
        for path, old in self._old.each("paths").items():
            new = present.get(without_names(path))
            was = self._operations(old, self.found.earlier.library)
            now = self._operations(new, self.found.present.library) if new else {}
            for method, (item, operation) in was.items():
                words = f"{method.upper()} {path}"
                if method in now:
                    before, after = (self._old, item, operation), (self._new, *now[method])
                    Operation(self.found, words, before, after).compare()
                else:
                    self._removed(words, operation, new)

    def _operations(self, item: Node, library: Library) -> dict[str, tuple[Node, Node]]:
        there = library.target(item) or item
        return {method: (there, node) for method in METHODS if (node := there.at(method))}

    def _removed(self, words: str, operation: Node, item: Node | None) -> None:
        """A removal is announced by `deprecated`, and by a date in `x-sunset` if it is to last until then."""
        kind = "api" if item else "api-path"
        at, steps = (item, ()) if item else (self._new, ("paths",))
        if operation.says("deprecated") is not True:
            message = f"{words} is gone, and was not deprecated"
            self.found.say(f"{kind}-removed-without-deprecation", at, steps, message, f"keep {words}")
            return
        sunset = operation.says("x-sunset")
        if sunset is None:
            return
        try:
            until = datetime.date.fromisoformat(str(sunset)[:10])
        except ValueError:
            message = f"{words} is gone, and its x-sunset {sunset} is no date"
            self.found.say(f"{kind}-removed-before-sunset", at, steps, message, f"keep {words}")
            return
        if self._today < until:
            message = f"{words} is gone; it was promised until {until}"
            self.found.say(f"{kind}-removed-before-sunset", at, steps, message, f"keep {words} until then")

    def webhooks(self) -> None:
        """Compare what a client is called with: there it receives the body."""
        present = self._new.each("webhooks")
        for name, old in self._old.each("webhooks").items():
            if name not in present:
                message = f"the webhook {name} is gone"
                self.found.say("webhook-removed", self._new, ("webhooks",), message, f"keep {name}")
                continue
            was = self._operations(old, self.found.earlier.library)
            now = self._operations(present[name], self.found.present.library)
            for method in sorted(was.keys() & now.keys()):
                before, after = (self._old, *was[method]), (self._new, *now[method])
                Operation(self.found, f"webhook {name}", before, after).called_back()

    def servers(self) -> None:
        """A server that is gone may have been renamed for good reason: worth a look."""
        was, now = (
            {str(node.says("url")) for node in root.items("servers")} for root in (self._old, self._new)
        )
        for url in sorted(was - now) if now else ():
            message = f"the server {url} is not named any more"
            self.found.hint("server-removed", self._new, ("servers",), message, f"keep {url}")
