"""What the test engineer promises of a change: what is new is tested, however well the rest is."""

from __future__ import annotations

from tenhats.fact import Project
from tenhats.facts.changed_lines import ChangedLines
from tenhats.facts.reach import numbers
from tenhats.facts.testrun import TestRun
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule


@rule("TST016", gate=Gate.TESTS, practice="Maintains >80% code coverage")
def changed_lines_are_covered(project: Project, changed: ChangedLines, run: TestRun) -> Findings:
    """Coverage of the changed lines reaches the threshold.

    In a large project a hundred new lines without a test hardly move the percentage of the whole. So the
    statements on the lines that are new or different since the base are held against the same threshold,
    `coverage` in `[tool.tenhats]`. Test them:

        @pytest.mark.req("001-greeting/FR-006")
        def test_refuses_a_line_break() -> None:
            with pytest.raises(ValueError, match="line"):
                greet("A" + chr(10) + "da")

    Each file with such a line is named at the first. Nothing is said while the coverage of the whole is
    below the threshold: that is TST005's. The base is where the branch left the one it will be merged into;
    `base` in `[tool.tenhats]` names another.
    """
    findings = Findings()
    wanted = project.settings.coverage
    executed = unexecuted = 0
    gaps: list[tuple[str, list[int]]] = []
    is_low = bool(run.files) and run.coverage < wanted
    files = () if is_low else [each for each in run.files if each.path in changed.files]
    nothing = changed.reason or "no changed line is a statement"
    for file in files:
        lines = int(changed.files[file.path], 16)
        missing = numbers(lines & int(file.unexecuted, 16))
        executed += (lines & int(file.executed, 16)).bit_count()
        unexecuted += len(missing)
        if missing:
            gaps.append((file.path, missing))
    total = executed + unexecuted
    for _ in findings.over(range(total), nothing="nothing but TST005 is asked first" if is_low else nothing):
        pass
    if changed.files and not run.files:
        findings.could_not_see("no test run was measured by coverage.py")
    if total and 100.0 * executed / total < wanted:
        for path, missing in gaps:
            findings.add(
                Place(path, missing[0]),
                f"{100.0 * executed / total:.1f} % of the lines changed since {changed.base[:10]} are run, "
                f"wanted {wanted:g} %; {len(missing)} in {path} are not, the first is this",
                "test it, or delete it",
            )
    return findings
