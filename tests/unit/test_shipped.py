"""What is shipped: the runtime dependencies as they are installed, whatever else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tenhats.errors import Unavailable
from tenhats.facts.environment import ProjectEnvironment
from tenhats.facts.shipped import Part, Shipped, find_shipped
from tests.unit.made_up import ask, folder, is_not_applicable, is_silent, told

pytestmark = pytest.mark.req("008-deployment-and-security/FR-012")

PYPROJECT = """[project]
name = "Greeter"
version = "2.0"
license = "MIT"
dependencies = [
  "web[fast]>=1",
  "tables",
]
"""


def installed(
    root: Path, name: str, *needs: str, said: str = "License-Expression: MIT\n", files: str = ""
) -> None:
    """Lay down the metadata of a distribution, as an installer does."""
    place = root / "env/lib/python3.13/site-packages" / f"{name}-1.0.dist-info"
    place.mkdir(parents=True)
    requires = "".join(f"Requires-Dist: {each}\n" for each in needs)
    (place / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{said}{requires}\n")
    (place / "RECORD").write_text(files or f"{name}/__init__.py,,\n")


def shipped(root: Path, pyproject: str = PYPROJECT) -> Shipped:
    """What the project ships, whose environment stands in `env`."""
    here = folder(root, {"pyproject.toml": pyproject}, name="Greeter")
    return find_shipped(here, ProjectEnvironment(str(root / "env"), "python", "stamp"))


def test_requirements_are_followed_with_their_extras(tmp_path: Path) -> None:
    """What markers leave out, or nobody has asked for, is not shipped; the lines are of what brings it."""
    needs = ("web[fast]>=1", "tables", 'old; python_version < "3"', 'pretty; extra == "colour"')
    installed(tmp_path, "greeter", *needs)
    installed(tmp_path, "web", "wire", 'loop; extra == "fast"', 'slow; extra == "slow"')
    for name in ("wire", "loop", "slow", "pytest"):
        installed(tmp_path, name)
    installed(tmp_path, "tables", "wire", said="License: BSD\n", files="panels/__init__.py,,\n_speed.so,,\n")

    found = shipped(tmp_path)

    assert found.parts == (
        Part("loop", "1.0", "MIT", (), "web", 6),
        Part("tables", "1.0", "LicenseRef-BSD", ("wire",), "tables", 7),
        Part("web", "1.0", "MIT", ("loop", "wire"), "web", 6),
        Part("wire", "1.0", "MIT", (), "web", 6),
    )
    assert ("greeter", "2.0", "MIT", ("tables", "web"), ()) == (
        found.name, found.version, found.licence, found.needs, found.absent,
    )  # fmt: skip
    assert {"loop", "tables", "panels", "_speed", "web", "wire"} == found.provided
    assert {"web", "tables", "old", "pretty"} == found.declared


def test_what_is_asked_for_and_not_installed_is_told_of(tmp_path: Path) -> None:
    """An environment that is not whole is no proof."""
    installed(tmp_path, "greeter", "web", "tables")
    installed(tmp_path, "tables")
    assert ("web",) == shipped(tmp_path).absent


def test_a_licence_may_stand_in_the_text_beside(tmp_path: Path) -> None:
    """Where the metadata only names the file."""
    installed(tmp_path, "greeter", "tables")
    installed(tmp_path, "tables", said="License-File: LICENSE\n")
    place = tmp_path / "env/lib/python3.13/site-packages/tables-1.0.dist-info/licenses"
    place.mkdir()
    (place / "LICENSE").write_text("ISC License\n")
    assert "ISC" == shipped(tmp_path).parts[0].licence


def test_the_own_licence_is_that_of_the_file(tmp_path: Path) -> None:
    """The environment may be older; an old table is read, too; and where nothing is said, None."""
    installed(tmp_path, "greeter", said="License-Expression: Apache-2.0\n")
    table = PYPROJECT.replace('"MIT"', '{ text = "GPLv3+" }')
    assert "GPL-3.0-or-later" == shipped(tmp_path, table).licence
    assert "Apache-2.0" == shipped(tmp_path, '[project]\nname = "greeter"\n').licence


def test_without_the_project_nothing_is_known(tmp_path: Path) -> None:
    """An environment without it, or one that could not be made, is not looked at."""
    installed(tmp_path, "tables")
    with pytest.raises(Unavailable, match="greeter is not in its environment"):
        shipped(tmp_path)
    here = folder(tmp_path, {}, name="greeter")
    with pytest.raises(Unavailable, match="see OPS007"):
        find_shipped(here, ProjectEnvironment("env", "", "", "no solution"))


def ships(licence: str | None, own: str | None = "MIT", via: str = "web") -> Shipped:
    """A project that ships one part under a licence."""
    return Shipped("greeter", "1.0", own, parts=(Part("web", "1.0", licence, (), via, 6),))


def test_licences_that_fit_are_accepted() -> None:
    """Nothing shipped is not applicable."""
    assert is_silent(ask("SEC010", ships("BSD-3-Clause")))
    assert is_not_applicable(ask("SEC010", Shipped("greeter", "1.0", "MIT")))


def test_a_licence_that_nobody_names_is_told_of() -> None:
    """At the requirement that brings it."""
    message = "nothing in web 1.0, which portal brings, says under which licence it is"
    assert told(ask("SEC010", ships(None, via="portal"))) == [("pyproject.toml", 6, message)]


def test_a_licence_that_asks_for_the_whole_is_told_of() -> None:
    """With both licences; where the project names none, it cannot be seen."""
    message = "web 1.0 is under GPL-3.0-only, and cannot be shipped under MIT alone"
    assert told(ask("SEC010", ships("GPL-3.0-only"))) == [("pyproject.toml", 6, message)]
    unsaid = ask("SEC010", ships("GPL-3.0-only", None))
    assert unsaid.found == []
    assert (unsaid.unseen or "").startswith("web 1.0 is under GPL-3.0-only; name your own licence")


def test_terms_that_somebody_must_read_are_advice() -> None:
    """They fail nobody."""
    findings = ask("SEC010", ships("LicenseRef-Vendor"))
    assert findings.found == []
    assert ["web 1.0 is under LicenseRef-Vendor"] == [each.message for each in findings.advised]
