"""How a mistake is made in any project that has the feature of `benchmarks/feature.py`.

A mistake is the same change of the same file everywhere. What a project has in a form of its own, its
specification and its pages, is found by what is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.defects.planted import Change, append, both, replace, write
from tests.world import RealProject

from benchmarks.feature import CODE, OPENSPEC, REQCOV, SPEC, TESTS

BODY = '    return f"o/ {name}"\n'
FIRST_TEST = '\n\n@pytest.mark.req("002-wave/FR-001")\ndef test_waves_again() -> None:\n'


class NoPlaceError(Exception):
    """A project has nothing that this mistake could be made in."""


@dataclass(frozen=True)
class Mistake:
    """A mistake in words, how it is made, and the rules of ours that are meant to see it.

    Where it is one `of_specifications`, or of which test names which requirement, the tools that look at
    nothing else are asked too.
    """

    what: str
    change: Change
    rules: tuple[str, ...] = ()
    of_specifications: bool = False


def in_spec(*words: tuple[str, str]) -> Change:
    """Replace words of the specification, whatever its form; the first pair whose old words are there."""

    def change(project: RealProject) -> None:
        path = next(path for path in (SPEC, OPENSPEC, REQCOV) if (project.root / path).exists())
        text = project.read(path)
        for old, new in words:
            if old in text:
                return project.write(path, text.replace(old, new))
        raise NoPlaceError

    return change


def in_code(old: str, new: str, imports: str = "") -> Change:
    """Replace words of the feature's code; the imports go to its head."""
    first = "from __future__ import annotations\n"
    changed = replace(CODE, old, new)
    return both(changed, replace(CODE, first, f"{first}\n{imports}")) if imports else changed


def before_wave(text: str, call: str = "", imports: str = "") -> Change:
    """Write a function, or what else stands at the margin, before `wave`, which may call it first."""
    added = in_code("\n\ndef wave(", f"\n\n{text}\n\ndef wave(", imports)
    return both(added, in_code(BODY, f"    {call}\n{BODY}")) if call else added


def helper(signature: str, *lines: str, imports: str = "") -> Change:
    """Add a private function to the code, called for each wave."""
    name = signature.partition("(")[0].rpartition(" ")[2]
    text = "".join(f"    {line}\n" for line in lines)
    return before_wave(
        f'{signature}\n    """Do something for a wave."""\n{text}', f"{name}(name)", imports=imports
    )


def new_test(body: str, imports: str = "") -> Change:
    """Add a good-looking test of the first requirement."""
    added = append(TESTS, f'{FIRST_TEST}    """It waves once more."""\n{body}')
    return both(replace(TESTS, "import pytest\n", f"{imports}import pytest\n"), added) if imports else added


def on_a_page(text: str) -> Change:
    """Add to a page of the documentation."""

    def change(project: RealProject) -> None:
        pages = ("docs/index.md", "docs/development.md")
        append(next(page for page in pages if (project.root / page).exists()), text)(project)

    return change


def with_table(name: str, line: str) -> Change:
    """Add a line to a table of `pyproject.toml`, which is made if it is not there."""

    def change(project: RealProject) -> None:
        text = project.read("pyproject.toml")
        head = f"\n[{name}]\n"
        made = text.replace(head, f"{head}{line}\n", 1) if head in text else f"{text}{head}{line}\n"
        project.write("pyproject.toml", made)

    return change


def workflow(steps: str, job: str = "") -> Change:
    """Write a workflow, good but for what is given."""
    text = (
        "name: Extra\n\non: issues\n\npermissions: {}\n\nconcurrency:\n  group: extra\n"
        "  cancel-in-progress: true\n\njobs:\n  extra:\n    name: Extra\n    runs-on: ubuntu-latest\n"
        f"    timeout-minutes: 5\n{job}    steps:\n{steps}"
    )
    return write(".github/workflows/extra.yml", text)
