"""What makes a red test green without mending the code: two states of a project, compared.

The principle: proof is weaker when something that could have failed at the base can no longer fail. So
assertions are compared, not lines. Each assertion has a rank, from “is there at all” to “equals exactly
this”. What a test lost is first sought elsewhere: under another name, in another file, in a helper, as
a case of a parametrised test, in one comparison of the whole instead of several of its parts. Only what
is found nowhere is a weakening. It is certain when strength clearly fell, and otherwise only possible.
An expected value that changed is no weakening: the requirement may have changed.

Nothing here reads a file: sources come in as text, by their paths.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Weakening:
    """Proof that is weaker than it was: where, what became of it, how to mend it.

    `names` are the requirements that the test was bound to at the base; `kind` is one of `deleted`,
    `fewer`, `loosened`, `expected`, `unbound`, `skipped`, `comment`, `waiver`, `setting`, `patched`. A
    weakening without a `path` left no file to be told at.
    """

    kind: str
    path: str
    line: int
    message: str
    fix: str
    certain: bool = True
    names: tuple[str, ...] = ()
    test: str = ""
