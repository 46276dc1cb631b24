"""What the performance engineer promises of a measurement: it is of the project's own work."""

from __future__ import annotations

from tenhats.facts.profiled import Frame, Profile
from tenhats.facts.suite import TestSuite
from tenhats.facts.testrun import Benchmarks
from tenhats.gates import Gate
from tenhats.rule import Findings, Place, rule

_HALF = 0.5
_FIX = "make the input in a fixture, and give benchmark the function of the sources: nox -s profile -- {}"


@rule("PRF006", gate=Gate.PERFORMANCE, practice="Identifies performance bottlenecks")
def benchmarks_measure_the_sources(suite: TestSuite, benchmarks: Benchmarks) -> Findings:
    """Every benchmark of a requirement spends its time on the project's own work.

    A benchmark that makes its input anew each time, or calls a stand-in, measures that; and whoever looks
    for the bottleneck looks in the wrong place. Give `benchmark` the function itself, and prepare what it
    needs outside:

        @pytest.mark.req("001-greeting/SC-001")
        def test_speed(benchmark: BenchmarkFixture, names: list[str]) -> None:
            benchmark(greet_all, names)

    Each bound benchmark is profiled with cProfile after its last round. A finding is one in which more than
    half of the time is spent in what the test calls beside the sources, or in which the test's own functions
    and mocks take the time and nothing of the sources is called. Where nothing of the sources was seen, and
    the time is spent in a library, that is advice: the work may be the project's all the same, as with a
    query or a model that is declared. Time in other processes and threads is not seen; a benchmark that
    spends half of its time there, or is `pedantic`, is not looked at.

    `nox -s profile` names the function that takes most of the time of each, and draws a flame graph.
    """
    findings = Findings()
    bound = {each.id for each in benchmarks.results if each.names}
    lines = {test.id: test.line for test in suite.tests}
    seen = [each for each in benchmarks.profiles if each.id in bound and each.unseen <= _HALF]
    for profile in findings.over(seen, nothing="no benchmark of a requirement was profiled in this process"):
        path, _, name = profile.id.partition("::")
        place = Place(path, lines.get(profile.id.partition("[")[0], 1))
        beside = profile.beside / (1.0 - profile.unseen)
        if profile.reached and beside > _HALF:
            findings.add(
                place,
                f"{name} spends {beside:.0%} of its time beside the sources{_mostly(profile)}",
                _FIX.format(name),
            )
        elif not profile.reached and profile.idle > _HALF:
            findings.add(
                place,
                f"{name} calls no function of the sources: it measures its own{_mostly(profile)}",
                _FIX.format(name),
            )
        elif not profile.reached and not profile.unseen:
            findings.advise(
                place, f"no function of the sources is seen in {name}{_mostly(profile)}", _FIX.format(name)
            )
    return findings


def _mostly(profile: Profile) -> str:
    """The widest frame of what is not the project's, next to the test itself."""
    others = [each for each in profile.frames if each.kind == "other"]
    widest = max(others, key=_rank, default=None)
    return f", most of it in {widest.name}" if widest else ""


def _rank(frame: Frame) -> tuple[float, int]:
    return frame.width, -frame.depth
