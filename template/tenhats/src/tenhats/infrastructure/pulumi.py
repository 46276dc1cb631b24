"""Reading a project file of Pulumi, and what its stacks are configured with.

https://www.pulumi.com/docs/iac/concepts/projects/project-file/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenhats.contracts.documents import Document
from tenhats.facts.toolrun import Complaint
from tenhats.infrastructure.model import Value

_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,100}\Z")
_RUNTIMES = {"bun", "dotnet", "go", "java", "nodejs", "python", "yaml"}


def is_stack(path: str) -> bool:
    """Whether a file configures one stack, such as `Pulumi.dev.yaml`."""
    return path.rpartition("/")[2].count(".") > 1


def complaints(document: Document) -> Iterator[Complaint]:
    """What a project file lacks: its name and its runtime, one that Pulumi has."""
    name, runtime = document.data.get("name"), document.data.get("runtime")
    if not isinstance(name, str) or not _NAME.match(name):
        line = document.line(("name",))
        message = "a project has a name of letters, digits, hyphens, underscores and dots"
        yield Complaint(document.path, line, "project", message, "name: greeter")
    language = runtime.get("name") if isinstance(runtime, dict) else runtime
    if language not in _RUNTIMES:
        line = document.line(("runtime",))
        message = f"the runtime is one of {', '.join(sorted(_RUNTIMES))}; this is {language or 'missing'}"
        yield Complaint(document.path, line, "project", message, "runtime: python")


def values(document: Document) -> Iterator[Value]:
    """What the configuration of a stack sets in plain text; what is `secure` is encrypted."""
    config = document.data.get("config")
    for key, value in config.items() if isinstance(config, dict) else ():
        if isinstance(value, str | int | float):
            name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key.rpartition(":")[2])
            yield Value(document.path, document.line(("config", key)), name, str(value), "the stack")
