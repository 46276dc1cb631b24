"""What the performance engineer promises of a change: it makes nothing slower without saying so."""

from __future__ import annotations

from tenhats.fact import Project
from tenhats.facts.slowed import Paired, Slowed
from tenhats.facts.suite import TestSuite
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule
from tenhats.rules.performance_engineer import said

_SLOWER = 1.25


@rule("PRF005", gate=Gate.PERFORMANCE, practice="Identifies performance bottlenecks")
def nothing_became_slower(project: Project, suite: TestSuite, slowed: Slowed) -> Findings:
    """No benchmark takes clearly longer than it did before the change.

    A limit in a criterion is met until one day it is not, and then nobody knows which of a hundred changes
    it was. So where sources have changed since the base, the benchmarks as they are now are run over both,
    today's sources and those of the base: on this machine, now, alone, and by turns. No time that was taken
    earlier counts.

    Each turn is two processes, and of each the least time is taken: what disturbs a measurement makes it
    longer. What is not slower by a tenth in every turn is let go. After five turns a finding is what takes
    more than a quarter longer, least against least, and was slower in its fastest turn than the base in its
    slowest: of equal sources chance does that once in 252 times. A benchmark that was not there at the base,
    or does not run on its sources, is not compared.

    Where that is worth it, say so above the test. The waiver holds for this change only:

        # tenhats: ignore[PRF005] the name is now checked against the register
        def test_speed(benchmark: BenchmarkFixture) -> None:
            benchmark(greet, "Ada")

    After J. Chen and J. Revels, “Robust benchmarking in noisy environments”, 2016, and L. Bulej et al., “Duet
    benchmarking”, ICPE 2020.
    """
    findings = Findings()
    if slowed.trouble:
        findings.could_not_see(f"the benchmarks could not be run over both sources: {slowed.trouble}")
    lines = {test.id: test.line for test in suite.tests}
    for pair in findings.over(slowed.pairs, nothing=slowed.reason or "no benchmark was compared"):
        before, now = min(pair.before), min(pair.now)
        if not pair.is_slower or now <= max(_SLOWER * before, *pair.before):
            continue
        path, _, name = pair.id.partition("::")
        findings.add(
            Place(path, lines.get(pair.id.partition("[")[0], 1)),
            f"{name} takes {said(now)}, and {said(before)} on the sources of {slowed.base[:10]}: "
            f"{now / before:.2g} times as long, {_turns(pair)}",
            f"see what changed: git diff {slowed.base[:10]} -- {project.settings.source}; or say above "
            "the test why it is worth it",
            stale=slowed.waivers.get(path, frozenset()),
        )
    return findings


def _turns(pair: Paired) -> str:
    ratios = [now / before for before, now in zip(pair.before, pair.now, strict=True)]
    return f"in {len(ratios)} turns between {min(ratios):.2g} and {max(ratios):.2g}"
