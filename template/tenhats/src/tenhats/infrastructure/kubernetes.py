"""Reading manifests of Kubernetes: images, what `env` and Secrets hold, probes.

https://kubernetes.io/docs/reference/kubernetes-api/
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any

from tenhats.contracts.documents import Document
from tenhats.infrastructure.dockerfile import asked
from tenhats.infrastructure.model import Check, Image, Parts, Unchecked, Value

Steps = tuple[str | int, ...]

_LOOKS_SO = re.compile(r"^(?:apiVersion|kind):[ \t]", re.MULTILINE)
_PROBES = ("readinessProbe", "livenessProbe", "startupProbe")
_SERVES = {"Deployment", "StatefulSet", "DaemonSet"}


def looks_like_a_manifest(text: str) -> bool:
    """Whether a YAML text says, at its margin, of which API and kind it is."""
    return len(_LOOKS_SO.findall(text)) >= 2


def is_manifest(document: Document) -> bool:
    """Whether a document is one that a cluster takes."""
    return isinstance(document.data.get("kind"), str) and isinstance(document.data.get("apiVersion"), str)


def read(document: Document) -> Parts:
    """What a manifest's containers are made from, get and are asked, and what a Secret holds."""
    kind = document.data["kind"]
    parts = Parts(values=tuple(_secret(document))) if kind == "Secret" else Parts()
    for steps, container in _containers(document.data):
        parts += _container(document, steps, container, serves=kind in _SERVES)
    return parts


def _secret(document: Document) -> Iterator[Value]:
    for table in ("stringData", "data"):
        held = document.data.get(table)
        for name, value in held.items() if isinstance(held, dict) else ():
            line = document.line((table, name))
            yield Value(document.path, line, name, _plain(value, coded=table == "data"), "Secret")


def _plain(value: Any, *, coded: bool) -> str:
    if coded:
        try:
            return base64.b64decode(str(value), validate=True).decode()
        except (binascii.Error, ValueError):
            pass
    return "" if value is None else str(value)


def _containers(data: dict[str, Any]) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Every container that serves, with the way to it; those that only prepare are left out."""
    pending: list[tuple[Steps, Any]] = [((), data)]
    while pending:
        steps, value = pending.pop()
        if isinstance(value, list):
            pending += [((*steps, at), each) for at, each in enumerate(value)]
        elif isinstance(value, dict):
            if steps[-2:-1] == ("containers",) and isinstance(value.get("image"), str):
                yield steps, value
            pending += [((*steps, key), each) for key, each in value.items()]


def _container(document: Document, steps: Steps, container: dict[str, Any], *, serves: bool) -> Parts:
    path = document.path
    values = []
    env = container.get("env")
    for place, each in enumerate(env if isinstance(env, list) else ()):
        if isinstance(each, dict) and isinstance(each.get("value"), str | int | float):
            line = document.line((*steps, "env", place, "value"))
            values.append(Value(path, line, str(each.get("name")), str(each["value"]), "env"))
    checks: list[Check] = []
    for probe in _PROBES:
        asks = container.get(probe)
        if isinstance(asks, dict):
            checks += _probe(document, (*steps, probe), asks, container["image"])
    image = Image(path, document.line((*steps, "image")), container["image"])
    probed = any(container.get(probe) for probe in _PROBES)
    unchecked = [] if probed or not serves else [Unchecked(path, image.line, str(container.get("name")))]
    return Parts(tuple(values), (image,), tuple(checks), tuple(unchecked))


def _probe(document: Document, steps: Steps, asks: dict[str, Any], image: str) -> list[Check]:
    get, runs = asks.get("httpGet"), asks.get("exec")
    if isinstance(get, dict):
        line = document.line((*steps, "httpGet", "path"))
        return [Check(document.path, line, str(get.get("path") or "/"), image)]
    command = runs.get("command") if isinstance(runs, dict) else None
    words = " ".join(map(str, command)) if isinstance(command, list) else ""
    return asked(document.path, document.line(steps), words, image)
