"""What the test engineer promises of warnings: somebody reads them, because the run fails."""

from __future__ import annotations

from tenhats.facts.testrun import TestRun
from tenhats.facts.warned import Warned
from tenhats.gates import Gate
from tenhats.rule import Findings, rule


@rule("TST018", gate=Gate.TESTS, practice="Creates comprehensive test suites")
def warnings_are_errors(warned: Warned, run: TestRun) -> Findings:
    """No warning is shown in the tests that nobody has to read.

    A warning tells of a file that is never closed, a coroutine that nobody awaited, a call that the next
    release will refuse. In the output of a run that passes nobody reads it. Make it an error, and let
    through by name, with the reason, what comes from elsewhere:

        [tool.pytest.ini_options]
        filterwarnings = [
            "error",
            "ignore:pkg_resources is deprecated:DeprecationWarning",  # of the plugin, mended in its 3.0
        ]

    Looked at are the warnings that the run shows, and `filterwarnings` and `-W` of `addopts` in the file that
    pytest takes its configuration from. Where none is an error, each line of the sources and the tests that a
    warning comes from is a finding. As long as none is shown, and of those that come from a library, the rule
    only advises. Some kinds of warning as errors, such as `error::ResourceWarning`, will do.
    https://docs.pytest.org/en/stable/how-to/capture-warnings.html
    """
    findings = Findings()
    for _ in findings.over(run.results, nothing="no test was run"):
        pass
    if not run.results or any(each == "error" or each.startswith("error:") for each in warned.filters):
        return findings
    fix = 'filterwarnings = ["error"] in the configuration of pytest'
    for each in run.warnings:
        findings.add(each, f"{each.kind}: {each.message}; nobody has to read it", f"mend it, then: {fix}")
    if not run.warnings:
        findings.advise(warned, "no warning makes a test fail, so nobody will read it", fix)
    return findings
