"""The specifications and the tests as they were at the base, so that a change of either can be seen.

Read by the same readers, out of a copy that git gives; only the files that have changed.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from tenhats import formats
from tenhats.fact import Project, fact
from tenhats.facts.base import Base, copy_of, files_at
from tenhats.facts.specs import read_features
from tenhats.facts.suite import TestSuite, is_test_file, tests_of
from tenhats.formats.model import Feature


@dataclass(frozen=True)
class EarlierSpecs:
    """The features at the base of which a file has changed since, by their names.

    Where there is no base, `reason` says why, and there are none.
    """

    features: dict[str, Feature]
    reason: str = ""


@fact()
def read_earlier_specs(project: Project, base: Base) -> EarlierSpecs:
    """Read the changed features as they were."""
    if base.commit is None:
        return EarlierSpecs({}, base.reason)
    found = formats.sort_out(files_at(project, base), project.settings.specs)
    touched = {each.feature for each in found if each.path in base.changed}
    # BMAD's files tell each other's stories: what one of them means is seen from all of them.
    together = any(each.feature in touched and each.reader.format == "bmad" for each in found)
    wanted = [
        each for each in found if each.feature in touched or (together and each.reader.format == "bmad")
    ]
    if not wanted:
        return EarlierSpecs({}, "")
    root = copy_of(project, base, (each.path for each in wanted), "specs")
    features, _ = read_features(root, wanted)
    return EarlierSpecs({each.name: each for each in features if each.name in touched})


@dataclass(frozen=True)
class ChangedTests:
    """The ids of the tests that are new since the base, or whose source has changed since."""

    ids: frozenset[str] = frozenset()


@fact()
def find_changed_tests(project: Project, base: Base, suite: TestSuite) -> ChangedTests:
    """Compare each test with what its function was; comments inside it count, its module does not."""
    folder = project.settings.tests
    touched = sorted(path for path in base.changed if is_test_file(path, folder))
    if not touched:
        return ChangedTests()
    root = copy_of(project, base, touched, "tests")
    before: dict[str, str] = {}
    for path in touched:
        with contextlib.suppress(OSError, SyntaxError, ValueError):
            before |= {test.id: test.digest for test in tests_of((root / path).read_bytes(), path)}
    now = (test for test in suite.tests if test.path in base.changed)
    return ChangedTests(frozenset(test.id for test in now if before.get(test.id) != test.digest))
