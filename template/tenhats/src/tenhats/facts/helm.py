"""The charts of Helm: their `Chart.yaml`, their values, and what their templates take from those."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenhats import processes
from tenhats.contracts.documents import Document, Faulty, parse_all, text_of
from tenhats.fact import Project, fact
from tenhats.facts.infrastructure import Infrastructure
from tenhats.facts.toolrun import Complaint, ToolRun
from tenhats.facts.tree import Tree
from tenhats.infrastructure import helm

_TEMPLATES = (".yaml", ".yml", ".tpl", ".txt")
_COMMENT = re.compile(r"^[^#\n]{0,300}#(.*)", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z_]\w*")
_SAID = re.compile(r"\[ERROR\] (?P<path>[\w./-]{1,200})?:? ?(?P<message>.{1,1000})")
_AT = re.compile(r"(?P<path>templates/[\w./-]{1,200}):(?P<line>[0-9]{1,7})")


@dataclass(frozen=True)
class Charts(ToolRun):
    """What is wrong with the charts, by their `Chart.yaml`; `mild` are values that may well be missing."""

    mild: tuple[Complaint, ...] = ()


@fact()
def read_charts(project: Project, tree: Tree, infrastructure: Infrastructure) -> Charts:
    """Look at each chart, then ask Helm, if it is on the PATH. This is not kept: it may be here tomorrow."""
    homes = {posixpath.dirname(path): path for path in infrastructure.charts}
    complaints: list[Complaint] = []
    mild: list[Complaint] = []
    looked_at = []
    program = shutil.which("helm")
    for home, path in homes.items():
        files = [each for each in tree.files if each.startswith(f"{home}/")] if home else list(tree.files)
        inner = tuple(
            f"{each}/" for each in homes if each != home and each.startswith(f"{home}/" if home else "")
        )
        chart = _Chart(project.root, path, [each for each in files if not each.startswith(inner)])
        try:
            document = chart.document(path)
        except Faulty as fault:
            if "{{" not in chart.text(path):
                complaints.append(Complaint(path, fault.line, "syntax", fault.message))
                looked_at.append(path)
            continue
        looked_at.append(path)
        beside = {each.removeprefix(f"{home}/charts/").strip("/") for each in inner}
        found = list(helm.missing(document, beside))
        depends_on = helm.names_of_dependencies(document.data)
        try:
            unknown = list(chart.unknown_values(document, depends_on | beside))
        except Faulty as fault:
            found.append(Complaint(f"{chart.home}values.yaml", fault.line, "syntax", fault.message))
            unknown = []
        complaints += [*found, *(each for each in unknown if each.code == helm.MISSING)]
        mild += [each for each in unknown if each.code != helm.MISSING]
        if program and not found and not depends_on:
            complaints += _lint(project, program, home)
    return Charts(tuple(looked_at), tuple(complaints), tuple(mild))


class _Chart:
    """The files of one chart, those of charts inside it left out."""

    def __init__(self, root: Path, path: str, files: list[str]) -> None:
        self.home = path.removesuffix("Chart.yaml")
        self._root = root
        self._files = files

    def text(self, path: str) -> str:
        return (self._root / path).read_text(encoding="utf-8", errors="replace")

    def document(self, path: str) -> Document:
        made = parse_all(path, text_of((self._root / path).read_bytes()))
        return made[0] if made else Document(path, {})

    def unknown_values(self, chart: Document, depends_on: set[str]) -> Iterator[Complaint]:
        """The values that the templates take, and that nothing tells of."""
        if chart.data.get("type") == "library":
            return
        held = [each for each in self._files if _holds_values(each.removeprefix(self.home))]
        values = [self.document(each).data for each in held]
        noted = {
            word
            for each in held
            for line in _COMMENT.findall(self.text(each))
            for word in _WORD.findall(line)
        }
        schema = self._schema()
        inside = f"{self.home}templates/"
        read = [
            helm.uses_of(each, self.text(each))
            for each in self._files
            if each.startswith(inside) and each.endswith(_TEMPLATES)
        ]
        guarded = frozenset[helm.Path]().union(*(each.guarded for each in read))
        told: set[helm.Path] = set()
        for use in (use for each in read for use in each.uses):
            value = use.value
            if value in told or value[0] in {*depends_on, "global"} or value[-1] in noted:
                continue
            if any(value[:length] in guarded for length in range(1, len(value) + 1)):
                continue
            if any(helm.is_known(value, each) for each in values) or helm.is_in_schema(value, schema):
                continue
            told.add(value)
            yield helm.unknown(use, values)

    def _schema(self) -> Any:
        path = f"{self.home}values.schema.json"
        try:
            return json.loads(self.text(path)) if path in self._files else None
        except ValueError:
            return None


def _holds_values(name: str) -> bool:
    return "/" not in name and "values" in name and name.endswith((".yaml", ".yml"))


def _lint(project: Project, program: str, home: str) -> Iterator[Complaint]:
    done = processes.run([program, "lint", "--quiet", home or "."], cwd=project.root, timeout=60)
    prefix = f"{home}/" if home else ""
    for line in f"{done.out}\n{done.err}".splitlines() if done.code else ():
        said = _SAID.match(line.strip())
        if said:
            at = _AT.search(said["message"])
            path = f"{prefix}{at['path']}" if at else f"{prefix}Chart.yaml"
            yield Complaint(path, int(at["line"]) if at else 1, "helm", said["message"][:300])
