"""The documentation site, built strictly from a copy of `docs/` with the generated pages beside it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from tenhats import processes
from tenhats.errors import Unavailable
from tenhats.fact import Project, fact
from tenhats.facts.api import PublicApi, PublicObject
from tenhats.facts.toolrun import Complaint, ToolRun, answer
from tenhats.facts.tree import Tree

_NAMED = re.compile(r"(?:Doc file|file|page) '(?P<path>[^'\n]+\.md)'")
_QUOTED = re.compile(r"'([^'\n]+)'")


@dataclass(frozen=True)
class Site(ToolRun):
    """What mkdocs warns of when it builds the site; its files are the pages."""

    folder: str = ""


@fact(reads=("docs/*", "mkdocs.yml", "*.md", "*.py"))
def build_gate_site(project: Project, tree: Tree, api: PublicApi) -> Site:
    """Build the site with the interface's page, and nothing that depends on verdicts."""
    return build_site(project, tree, {"reference/api.md": api_page(api)}, "gate-site")


def build_site(project: Project, tree: Tree, pages: Mapping[str, str], name: str) -> Site:
    """Build the site into `.tenhats/NAME` from the project's pages and the generated `pages`.

    Raises:
        Unavailable: if there is no mkdocs.yml or mkdocs could not run.
    """
    if "mkdocs.yml" not in tree.files:
        raise Unavailable("there is no mkdocs.yml to build a site from")
    stage = project.workshop / f"{name}-pages"
    shutil.rmtree(stage, ignore_errors=True)
    written = tree.matching("docs/*")
    for path in written:
        target = stage / path.removeprefix("docs/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project.root / path, target)
    for page, text in pages.items():
        (stage / page).parent.mkdir(parents=True, exist_ok=True)
        (stage / page).write_text(text, encoding="utf-8")
    folder = project.workshop / name
    asked = {
        "config": str(project.root / "mkdocs.yml"),
        "docs": str(stage),
        "site": str(folder),
        "added": list(pages),
    }
    done = processes.tool("tenhats.probes.site", cwd=project.root, given=json.dumps(asked))
    said = answer(done, "mkdocs")
    complaints = [_complaint(project.root, each) for each in said["warnings"]]
    if said["error"]:
        complaints.append(Complaint("mkdocs.yml", 1, "mkdocs", said["error"]))
    return Site(tuple(written), tuple(complaints), str(folder))


def texts_of(project: Project, paths: Iterable[str]) -> dict[str, str]:
    """The texts of these files; what is no UTF-8 in them is replaced, and what cannot be read is empty."""
    texts = {}
    for path in paths:
        try:
            texts[path] = (project.root / path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            texts[path] = ""
    return texts


def api_page(api: PublicApi) -> str:
    """The page of the public interface, as Markdown, made from the docstrings."""
    parts = ["# Interface", "", "Made from the docstrings of the sources."]
    for path, group in groupby(api.objects, key=lambda each: each.path):
        for each in group:
            parts += ["", *_api_entry(each, path)]
    return "\n".join(parts) + "\n"


def _api_entry(each: PublicObject, path: str) -> Iterable[str]:
    level = {"module": "##", "class": "###"}.get(each.kind, "####")
    yield f"{level} `{each.name}`"
    if each.signature:
        yield from ["", "```python", each.signature, "```"]
    if each.docstring:
        yield from ["", *_as_markdown(each.docstring)]
    yield from ["", f"*{each.kind} in `{path}`*"]


def _as_markdown(docstring: str) -> Iterable[str]:
    """A Google-style docstring as Markdown: its sections become bold, their entries a list."""
    inside = False
    for line in docstring.expandtabs(4).splitlines():
        if re.fullmatch(r"(Args|Arguments|Raises|Returns|Yields|Attributes|Examples?|Notes?):", line.strip()):
            inside = not line.strip().startswith(("Example", "Note"))
            yield from ["", f"**{line.strip()}**", ""]
        elif inside and re.match(r" {4}\S", line):
            name, colon, rest = line.strip().partition(": ")
            yield f"- `{name}`: {rest}" if colon else f"- {line.strip()}"
        else:
            inside = inside and (not line.strip() or line.startswith(" "))
            yield f"  {line.strip()}" if inside else line


def _complaint(root: Path, warning: str) -> Complaint:
    found = _NAMED.search(warning)
    if not found:
        return Complaint("mkdocs.yml", 1, "mkdocs", warning)
    path = f"docs/{found['path']}"
    others = [word for word in _QUOTED.findall(warning) if word != found["path"]]
    line = 1
    if (root / path).is_file():
        for number, text in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
            if any(word in text for word in others):
                line = number
                break
    else:
        path = "mkdocs.yml"
    return Complaint(path, line, "mkdocs", warning)
