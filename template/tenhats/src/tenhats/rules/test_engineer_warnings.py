"""What the test engineer promises of warnings: somebody reads them, because the run fails."""

from __future__ import annotations

from tenhats.facts.suite import TestSuite
from tenhats.facts.warned import Warned
from tenhats.gates import Gate
from tenhats.rule import Findings, rule


@rule("TST018", gate=Gate.TESTS, practice="Creates comprehensive test suites")
def warnings_are_errors(warned: Warned, suite: TestSuite) -> Findings:
    """Warnings are errors in the tests.

    A warning tells of a file that is never closed, a coroutine that nobody awaited, a call that the next
    release will refuse. In the output of a run that passes nobody reads it. Make it an error, and let
    through by name, with the reason, what comes from elsewhere:

        [tool.pytest.ini_options]
        filterwarnings = [
            "error",
            "ignore:pkg_resources is deprecated:DeprecationWarning",  # of the plugin, mended in its 3.0
        ]

    Looked at are `filterwarnings` and `-W` of `addopts` in the file that pytest takes its configuration from.
    Some kinds of warning as errors, such as `error::ResourceWarning`, will do.
    https://docs.pytest.org/en/stable/how-to/capture-warnings.html
    """
    findings = Findings()
    for _ in findings.over(suite.tests, nothing="there is no test"):
        pass
    if suite.tests and not any(each == "error" or each.startswith("error:") for each in warned.filters):
        findings.add(
            warned,
            "no warning makes a test fail, so nobody will read it",
            'filterwarnings = ["error"] in the configuration of pytest',
        )
    return findings
