"""Reading a Compose file: images, what is set in `environment` and `args`, health checks.

https://docs.docker.com/reference/compose-file/services/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from tenhats.contracts.documents import Document
from tenhats.infrastructure.dockerfile import asked
from tenhats.infrastructure.model import Check, Image, Parts, Unchecked, Value

_NAME = re.compile(r"(?:docker-)?compose[\w.\-]{0,60}\.ya?ml\Z")


def is_compose(path: str) -> bool:
    """Whether a file is a Compose file, by its name."""
    return bool(_NAME.match(path.rpartition("/")[2]))


def read(document: Document) -> Parts:
    """What the services of a Compose file set, are made from, and are asked."""
    services = document.data.get("services")
    parts = Parts()
    for name, service in services.items() if isinstance(services, dict) else ():
        if isinstance(service, dict):
            parts += _service(document, str(name), service)
    return parts


def _service(document: Document, name: str, service: dict[str, Any]) -> Parts:
    path, here = document.path, ("services", name)
    build = service.get("build")
    args = build.get("args") if isinstance(build, dict) else None
    values = [*_set(document, (*here, "environment"), service.get("environment"), "environment")]
    values += _set(document, (*here, "build", "args"), args, "args")
    image = service.get("image")
    images = []
    if isinstance(image, str) and not build:
        images = [Image(path, document.line((*here, "image")), image)]
    health = service.get("healthcheck")
    checks: list[Check] = []
    unchecked = []
    if isinstance(health, dict):
        test = health.get("test")
        words = " ".join(map(str, test)) if isinstance(test, list) else str(test or "")
        # Another image has routes of its own; only what is built here can be held against the sources.
        if build:
            line = document.line((*here, "healthcheck", "test"))
            checks += asked(path, line, words, _dockerfile(path, build)) if words else []
    elif build:
        unchecked = [Unchecked(path, document.line(here), name)]
    return Parts(tuple(values), tuple(images), tuple(checks), tuple(unchecked))


def _dockerfile(path: str, build: Any) -> str:
    """The Dockerfile that a service is built by, from the root."""
    about = build if isinstance(build, dict) else {"context": build}
    file = str(about.get("dockerfile") or "Dockerfile")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), str(about.get("context") or "."), file))


def _set(document: Document, here: tuple[str, ...], given: Any, of: str) -> Iterator[Value]:
    """Variables, written as a mapping or as a list of `NAME=value`."""
    if isinstance(given, dict):
        for name, value in given.items():
            if isinstance(value, str | int | float):
                yield Value(document.path, document.line((*here, name)), str(name), str(value), of)
    for place, each in enumerate(given if isinstance(given, list) else ()):
        name, equals, value = str(each).partition("=")
        if equals:
            yield Value(document.path, document.line((*here, place)), name, value, of)
