"""The rules and the configuration of Prometheus: their form, and where promtool is, what it says of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from tenhats import processes
from tenhats.contracts.documents import Document, Faulty, parse_all, text_of
from tenhats.fact import Project, fact
from tenhats.facts.infrastructure import ours_of
from tenhats.facts.toolrun import Complaint, ToolRun
from tenhats.facts.tree import Tree
from tenhats.infrastructure import prometheus

_SAID = re.compile(
    r"(?P<path>[^:\n]{1,500}): (?:(?P<line>[0-9]{1,7}):[0-9]{1,7}: )?"
    r'group "(?P<group>[^"\n]{1,200})", rule (?P<rule>[0-9]{1,5}), "[^"\n]{0,200}": (?P<message>.{1,2000})'
)
_OF_AN_EXPRESSION = ("could not parse expression", "template:")
# An older promtool lacks the newest functions.
_PERHAPS_NEWER = "unknown function"


@dataclass(frozen=True)
class Monitoring(ToolRun):
    """What is wrong with the files; `unread` are those whose expressions nobody parsed.

    `mild` is what an older promtool may only not know.
    """

    mild: tuple[Complaint, ...] = ()
    unread: tuple[str, ...] = ()


@fact()
def read_monitoring(project: Project, tree: Tree) -> Monitoring:
    """Look at each file's form, then ask promtool, if it is on the PATH, about the expressions.

    This is not kept: promtool may be here tomorrow.
    """
    files: list[str] = []
    complaints: list[Complaint] = []
    sound: dict[str, Document] = {}
    unread: list[str] = []
    for path in ours_of(project, tree, "*.yml", "*.yaml"):
        try:
            text = text_of((project.root / path).read_bytes())
        except (Faulty, OSError):
            continue
        try:
            documents = _documents(path, text) if prometheus.may_be(text) else []
        except Faulty as fault:
            if "expr:" in text and not prometheus.is_template(text):
                files.append(path)
                complaints.append(Complaint(path, fault.line, "syntax", fault.message))
            continue
        if not documents:
            continue
        files.append(path)
        found = [complaint for each in documents for complaint in prometheus.complaints(each)]
        complaints += found
        if prometheus.is_rules(documents[0]) and not found:
            sound[path] = documents[0]
        elif not prometheus.is_configuration(documents[0]):
            unread.append(path)
    promtool = shutil.which("promtool")
    if promtool is None or not sound:
        return Monitoring(tuple(files), tuple(complaints), unread=(*sound, *unread))
    said = list(_ask(project, promtool, sound))
    complaints += [each for each in said if _PERHAPS_NEWER not in each.message]
    mild = tuple(each for each in said if _PERHAPS_NEWER in each.message)
    return Monitoring(tuple(files), tuple(complaints), mild, tuple(unread))


def _documents(path: str, text: str) -> list[Document]:
    kinds = (prometheus.is_rules, prometheus.is_rules_for_a_cluster, prometheus.is_configuration)
    return [each for each in parse_all(path, text) if any(is_one(each) for is_one in kinds)]


def _ask(project: Project, promtool: str, sound: dict[str, Document]) -> Iterator[Complaint]:
    """What promtool says of expressions and templates; keys that an older one does not know are left out."""
    done = processes.run([promtool, "check", "rules", "--lint=none", *sound], cwd=project.root, timeout=120)
    for line in f"{done.err}\n{done.out}".splitlines():
        said = _SAID.match(line.strip())
        if said and said["path"] in sound and any(each in said["message"] for each in _OF_AN_EXPRESSION):
            here = sound[said["path"]]
            number = said["line"] or prometheus.line_of_rule(here, said["group"], int(said["rule"]))
            yield Complaint(said["path"], int(number), "promtool", said["message"][:300])
