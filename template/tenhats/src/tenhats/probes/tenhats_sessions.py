"""Types the sessions of one page and writes down what came: `python tenhats_sessions.py REPORT < PAGE`.

PAGE is `[{"line": …, "text": …}, …]`, the blocks of the page in their order; they share one namespace, as the
reader's session does. It runs in the project's environment and knows only the standard library. The network
is out of reach.
"""

import contextlib
import doctest
import io
import json
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def main(report: str, page: "list[dict[str, Any]]") -> None:
    """Type every statement of every block; what one says is written to the report as a line of JSON."""
    # As for whoever types: the folder at hand comes first, and this file's own not at all.
    sys.path[0] = ""
    _stay_at_home()
    names: dict[str, Any] = {"__name__": "__main__"}
    with Path(report).open("w", encoding="utf-8") as written:
        for block in page:
            with contextlib.suppress(ValueError):  # A session that is none is said elsewhere.
                for example in doctest.DocTestParser().get_examples(block["text"]):
                    said = _typed(example, names)
                    said |= {"line": block["line"] + example.lineno, "source": example.source}
                    written.write(json.dumps(said) + "\n")
                    written.flush()


def _typed(example: doctest.Example, names: "dict[str, Any]") -> "dict[str, Any]":
    """What a statement printed and raised, and whether the page says so."""
    flags = _FLAGS
    for flag, is_set in example.options.items():
        flags = flags | flag if is_set else flags & ~flag
    if flags & doctest.SKIP:
        return {"came": "skipped"}
    try:
        code = compile(example.source, "<page>", "single")
    except (SyntaxError, ValueError):
        return {"came": "skipped"}
    printed, error = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        try:
            exec(code, names)  # nosec B102  # noqa: S102  this is what the page tells the reader to do
        except (Exception, SystemExit, KeyboardInterrupt) as raised:
            error = raised
    if error is not None:
        words = traceback.format_exception_only(type(error), error)[-1].strip()
        kinds = [each.__name__ for each in type(error).__mro__]
        came = "as told" if _agree(example.exc_msg or "", words, flags) else "raised"
        return {"came": came, "got": words, "kinds": kinds, "module": getattr(error, "name", None) or ""}
    got = printed.getvalue()
    if example.exc_msg is not None:
        return {"came": "differs", "want": example.exc_msg.strip(), "got": got.strip() or "nothing is raised"}
    if (
        not example.want
        or _agree(example.want, got, flags)
        or _agree(example.want, _begun(example, got), flags)
    ):
        return {"came": "as told"}
    return {"came": "differs", "want": example.want.strip(), "got": got.strip()}


def _agree(want: str, got: str, flags: int) -> bool:
    got = got if got.endswith("\n") or not got else f"{got}\n"
    want = want if want.endswith("\n") else f"{want}\n"
    # The whole name of an exception is shown where its module is not builtins.
    bare = got.partition(":")[0].rpartition(".")[2] + "".join(got.partition(":")[1:])
    return any(doctest.OutputChecker().check_output(want, each, flags) for each in (got, bare))


def _begun(example: doctest.Example, got: str) -> str:
    """What was printed, as far as a page shows it whose author does not write <BLANKLINE>."""
    lines = got.split("\n")
    until = lines.index("") if "" in lines else len(lines)
    return "\n".join(lines[: max(until, example.want.count("\n"))])


def _stay_at_home() -> None:
    """Let nothing connect: a page is read, and its example typed, without a network."""

    def refused(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError("examples are typed without a network")

    for owner, name in ((socket.socket, "connect"), (socket.socket, "connect_ex"), (socket, "getaddrinfo")):
        setattr(owner, name, refused)


if __name__ == "__main__":
    main(sys.argv[1], json.load(sys.stdin))
