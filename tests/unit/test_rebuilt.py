"""Two builds of one package: what differs between them, and what is said of it."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from tenhats.archives import (
    CONTAINER,
    CONTENT,
    FIRST_ONLY,
    GENERATOR,
    ORDER,
    PERMISSIONS,
    SECOND_ONLY,
    TIME,
    Difference,
    differences,
)
from tenhats.facts.epoch import read_epoch
from tenhats.facts.rebuilt import Pair, Rebuilt
from tests.unit.made_up import ask, folder, hinted, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-009")

A, B = "greeter/a.py", "greeter/b.py"
WHEEL = "greeter-1.dist-info/WHEEL"
Member = tuple[str, str, int, int]
GOOD: list[Member] = [(A, "a", 2020, 0o644), (B, "b", 2020, 0o644)]


def wheel(file: Path, members: list[Member], packed: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", packed) as archive:
        for name, text, year, mode in members:
            about = zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0))
            about.external_attr = mode << 16
            about.compress_type = packed
            archive.writestr(about, text)
    return file


def compared(tmp_path: Path, other: list[Member]) -> tuple[Difference, ...]:
    return differences(wheel(tmp_path / "1.whl", GOOD), wheel(tmp_path / "2.whl", other))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (GOOD, []),
        ([GOOD[0], (B, "c", 2021, 0o600)], [Difference(CONTENT, B)]),
        ([GOOD[0], (B, "b", 2021, 0o600)], [Difference(TIME, B)]),
        ([GOOD[0], (B, "b", 2020, 0o600)], [Difference(PERMISSIONS, B)]),
        (GOOD[::-1], [Difference(ORDER)]),
        (GOOD[:1], [Difference(FIRST_ONLY, B)]),
        ([*GOOD, ("c", "", 2020, 0o644)], [Difference(SECOND_ONLY, "c")]),
    ],
)
def test_what_differs_in_a_member_is_named(
    tmp_path: Path, other: list[Member], expected: list[Difference]
) -> None:
    """The gravest of content, time stamp and permissions; else the order of the members."""
    assert tuple(expected) == compared(tmp_path, other)


def test_the_record_only_follows(tmp_path: Path) -> None:
    """It has the digest of each member, and differs once one does."""
    first, second = (
        wheel(tmp_path / f"{said}.whl", [(A, said, 2020, 0o644), ("g-1.dist-info/RECORD", said, 2020, 0o644)])
        for said in ("1", "2")
    )
    assert (Difference(CONTENT, A),) == differences(first, second)


def test_the_build_systems_version_is_told_apart(tmp_path: Path) -> None:
    """It may have come out between the two builds."""
    first, second = (
        wheel(tmp_path / f"{at}.whl", [(WHEEL, f"Wheel-Version: 1.0\nGenerator: h {at}\n", 2020, 0o644)])
        for at in "12"
    )
    assert (Difference(GENERATOR, WHEEL),) == differences(first, second)


def test_an_archive_may_differ_in_itself_alone(tmp_path: Path) -> None:
    """Members that are the same, packed otherwise."""
    first, second = (
        wheel(tmp_path / f"{packed}.whl", GOOD, packed)
        for packed in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
    )
    assert (Difference(CONTAINER),) == differences(first, second)


def sdist(file: Path, content: bytes, mtime: int) -> Path:
    with tarfile.open(file, "w:gz") as archive:
        about = tarfile.TarInfo("g-1/a.py")
        about.size, about.mtime = len(content), mtime
        archive.addfile(about, io.BytesIO(content))
        link = tarfile.TarInfo("g-1/b.py")
        link.type, link.linkname = tarfile.SYMTYPE, "a.py"
        archive.addfile(link)
    return file


def test_an_sdist_is_looked_into_as_well(tmp_path: Path) -> None:
    """Files and links."""
    first = sdist(tmp_path / "1.tar.gz", b"a", 1)
    assert (Difference(CONTENT, "g-1/a.py"),) == differences(first, sdist(tmp_path / "2.tar.gz", b"b", 1))
    assert (Difference(TIME, "g-1/a.py"),) == differences(first, sdist(tmp_path / "3.tar.gz", b"a", 2))


def test_what_is_no_archive_cannot_be_compared(tmp_path: Path) -> None:
    """It is said so."""
    (tmp_path / "1.whl").write_bytes(b"x")
    with pytest.raises(ValueError, match="zip"):
        differences(tmp_path / "1.whl", wheel(tmp_path / "2.whl", GOOD))


def test_the_same_twice_is_accepted() -> None:
    """A wheel and an sdist are two things to look at."""
    findings = ask("OPS014", Rebuilt((Pair("wheel", "g.whl"), Pair("sdist", "g.tar.gz"))))
    assert is_silent(findings)
    assert findings.looked_at == 2
    assert is_not_applicable(ask("OPS014", Rebuilt()))


def test_each_kind_of_difference_is_one_finding() -> None:
    """At the build system, with the first members that it is seen in."""
    several = tuple(Difference(CONTENT, name) for name in "abcde")
    findings = ask("OPS014", Rebuilt((Pair("wheel", "g.whl", (*several, Difference(TIME, "f"))),), line=4))
    differs = "the wheel differs when it is built again"
    assert told(findings) == [
        ("pyproject.toml", 4, f"{differs}: other content: a, b, c and 2 more"),
        ("pyproject.toml", 4, f"{differs}: other time stamps: f"),
    ]


def test_what_the_project_can_hardly_mend_is_advice() -> None:
    """Permissions, and the time stamps of an sdist."""
    pairs = (
        Pair("wheel", "g.whl", (Difference(PERMISSIONS, "a"), Difference(GENERATOR, "b"))),
        Pair("sdist", "g.tar.gz", (Difference(TIME, "c"),)),
    )
    findings = ask("OPS014", Rebuilt(pairs))
    assert ([], 3) == (findings.found, len(hinted(findings)))


def test_what_was_not_built_twice_is_unchecked() -> None:
    """It is never said to be reproducible."""
    findings = ask("OPS014", Rebuilt(unseen="there is no wheel to compare with; see OPS001"))
    assert (0, "there is no wheel to compare with; see OPS001") == (findings.looked_at, findings.unseen)


def test_a_recipe_may_settle_the_time(tmp_path: Path) -> None:
    """If one sets the variable, it is set here, too."""
    here = folder(tmp_path / "a", {".github/workflows/a.yml": "env: {SOURCE_DATE_EPOCH: 1}"})
    bare = folder(tmp_path / "b", {"README.md": "SOURCE_DATE_EPOCH"})
    settled, open_ = read_epoch(here, tree_of(here)), read_epoch(bare, tree_of(bare))
    assert ({"SOURCE_DATE_EPOCH"}, {}) == (set(settled.variables), open_.variables)
    assert settled.stamp != open_.stamp
