"""What a Gherkin scenario is bound to: by its tags, and by its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenhats.facts.collecting import Binding, Test
from tenhats.formats.gherkin import Acted, name_in_tag


def as_test(scenario: Acted, path: str) -> Test:
    """A scenario of the file at `path`, as the test that it is."""
    id_ = f"{path}::{scenario.name}"
    bindings = [
        *_by_tags(scenario.tags, path, id_),
        *_by_words(scenario.wordings, path, scenario.line, id_),
    ]
    for row in scenario.rows:
        case = "-".join(row.values)
        bindings += _by_tags(row.tags, path, id_, case)
        bindings += _by_words(row.wordings, path, row.line, id_, case)
    return Test(path, scenario.line, id_, tuple(bindings), scenario.asserts)


def bound_places(scenario: Acted, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where the scenario stands when it runs, and the names that it has there; each row is one more place."""
    names_of: dict[str, list[str]] = {}
    for binding in as_test(scenario, path).bindings:
        names_of.setdefault(binding.case, []).append(binding.name)
    place = f"{path}:{scenario.line}"
    own = tuple(names_of.get("", ()))
    yield place, own
    for row in scenario.rows:
        case = "-".join(row.values)
        names = (*own, *names_of.get(case, ()))
        yield f"{path}:{row.line}", names
        yield f"{place}[{case}]", names


def _by_tags(tags: Iterable[tuple[int, str]], path: str, test: str, case: str = "") -> Iterator[Binding]:
    for line, tag in tags:
        if named := name_in_tag(tag):
            name, is_sure = named
            yield Binding(path, line, name, test, case, "mark" if is_sure else "tag")


def _by_words(wordings: Iterable[str], path: str, line: int, test: str, case: str = "") -> Iterator[Binding]:
    yield from (Binding(path, line, words, test, case, "words") for words in wordings)
