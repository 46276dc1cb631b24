"""The eight quality gates, by number and by name."""

from __future__ import annotations

from enum import IntEnum


class Gate(IntEnum):
    """One of the eight quality gates; its value is its number."""

    SPECIFICATIONS = 1
    TESTS = 2
    IMPLEMENTATION = 3
    DOCUMENTATION = 4
    SECURITY = 5
    PERFORMANCE = 6
    STYLE = 7
    DEPLOYMENT = 8

    @property
    def label(self) -> str:
        """The gate's name as reports write it."""
        return self.name.lower()

    @property
    def promise(self) -> str:
        """What holds when the gate is passed."""
        return _PROMISES[self]


_PROMISES = {
    Gate.SPECIFICATIONS: "Specifications are complete and unambiguous",
    Gate.TESTS: "Tests cover all specifications",
    Gate.IMPLEMENTATION: "Implementation passes all tests",
    Gate.DOCUMENTATION: "Documentation is comprehensive",
    Gate.SECURITY: "Security requirements are met",
    Gate.PERFORMANCE: "Performance targets are achieved",
    Gate.STYLE: "Code follows style guidelines",
    Gate.DEPLOYMENT: "Deployment is automated and reliable",
}
