"""`nox -s docs`: the site, with the interface, the last verdicts, the trace and the trends in it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console

from tenhats.commands import FOUND, PASSED, history
from tenhats.fact import Project
from tenhats.facts.api import PublicApi
from tenhats.facts.site import api_page, build_site, texts_of
from tenhats.facts.testrun import Benchmarks
from tenhats.facts.tree import Tree
from tenhats.gathering import facts_of, traces_of
from tenhats.profiling import slowest_first
from tenhats.reports import flame, trace_matrix, trace_source, web
from tenhats.reports.trace_pages import Pages


def build_docs(project: Project, asked: argparse.Namespace, console: Console) -> int:
    """Build the site; whatever mkdocs warns of is a finding."""
    facts = facts_of(project, [PublicApi, Tree, Benchmarks])
    report = project.workshop / "report.json"
    traces = traces_of(project)
    matrix = Pages(traces)
    sources = texts_of(project, matrix.sources)
    pages = {
        "reference/api.md": api_page(facts[PublicApi]),
        "quality/verdicts.md": web.verdict_page(
            json.loads(report.read_text("utf-8")) if report.exists() else None
        ),
        "quality/trace.md": trace_matrix.entry_page(matrix),
        "quality/profile.md": flame.profile_page(slowest_first(facts[Benchmarks])),
        "quality/trends.md": web.trend_page(history(project)),
        **{f"quality/matrix/{name}": text for name, text in trace_matrix.pages(matrix)},
        **{f"quality/matrix/{name}": text for name, text in trace_source.pages(matrix, sources)},
    }
    site = build_site(project, facts[Tree], pages, "site")
    for each in site.complaints:
        console.print(f"{each.path}:{each.line}: {each.message}", highlight=False, markup=False)
    place = Path(site.folder) / "index.html"
    console.print(f"the site is in {place.relative_to(project.root)}", highlight=False)
    return FOUND if site.complaints else PASSED
