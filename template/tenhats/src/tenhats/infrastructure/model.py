"""What is found in a file of the infrastructure, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Value:
    """A variable that a file sets to a value written in it; `of` is what sets it, such as `ENV`."""

    path: str
    line: int
    name: str
    value: str
    of: str


@dataclass(frozen=True)
class Image:
    """An image that a service or a container is made from."""

    path: str
    line: int
    name: str

    @property
    def is_settled(self) -> bool:
        """Whether it names one version, by a digest or a tag other than `latest`, or by a variable."""
        if "@sha256:" in self.name or "$" in self.name:
            return True
        tag = self.name.rpartition("/")[2].partition(":")[2]
        return bool(tag) and tag != "latest"


@dataclass(frozen=True)
class Check:
    """The path that a health check asks a running program for; "" if it asks something else.

    `of` is what is asked: the Dockerfile that it is built by, or the name of its image.
    """

    path: str
    line: int
    route: str
    of: str = ""


@dataclass(frozen=True)
class Unchecked:
    """A service or a container that nothing asks whether it works."""

    path: str
    line: int
    name: str


@dataclass(frozen=True)
class Parts:
    """What was read from one or more files."""

    values: tuple[Value, ...] = ()
    images: tuple[Image, ...] = ()
    checks: tuple[Check, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    python: tuple[str, ...] = ()
    """The Dockerfiles whose image runs Python."""

    def __add__(self, other: Parts) -> Parts:
        return Parts(
            self.values + other.values,
            self.images + other.images,
            self.checks + other.checks,
            self.unchecked + other.unchecked,
            self.python + other.python,
        )
