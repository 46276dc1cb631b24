"""What must hold of any files at all: they are read or told of, judged, and every place is within them."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from tenhats.fact import Project
from tenhats.facts.prose import Prose, read_prose
from tenhats.facts.specs import Specs, read_specs
from tenhats.formats import sort_out
from tenhats.rule import RULES, Finding, Placed
from tests.unit.made_up import folder, tree_of

_ENOUGH = {Specs, Prose, Project}


@contextlib.contextmanager
def no_hang(seconds: int = 60) -> Iterator[None]:
    """Fail what hangs; generous, so that a slow machine is no failure."""

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def ask_all(specs: Specs, prose: Prose, project: Project) -> Iterator[tuple[str, Finding]]:
    """Every finding and advice of the rules that need nothing but specifications."""
    facts = {Specs: specs, Prose: prose, Project: project}
    for code, rule in RULES.items():
        if code.startswith("SPC") and set(rule.needs.values()) <= _ENOUGH:
            findings = rule.ask(**{word: facts[kind] for word, kind in rule.needs.items()})
            yield from ((code, each) for each in (*findings.found, *findings.advised))


def hold(root: Path, files: Mapping[str, bytes]) -> None:
    """Assert of the files of a project that they are read or told of, and all places are within them."""
    here = folder(root, files)
    with no_hang():
        specs = read_specs(here, tree_of(here))
        findings = list(ask_all(specs, read_prose(specs), here))
    lines = {path: content.count(b"\n") + 1 for path, content in files.items()} | {"specs/": 1}
    placed: list[Placed] = [*specs.problems, *specs.promises, *specs.stories, *specs.questions]
    placed += [finding for _, finding in findings]
    for one in specs.features:
        placed += [*one.sections, *one.tasks, *one.terms, *one.withdrawn]
    assert [each for each in placed if not 1 <= each.line <= lines[each.path]] == []
    told = {each.path for each in placed} | {one.path for one in specs.features}
    found = [each for each in sort_out(files, "specs") if each.reader.part in {"specification", "tasks"}]
    unread = {each.feature for each in found if each.reader.part == "specification" and each.path in told}
    assert [each.path for each in found if each.path not in told and each.feature not in unread] == []
