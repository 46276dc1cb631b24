"""What the sources import from elsewhere, on the ways that somebody takes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tenhats.facts.doors import find_doors
from tenhats.facts.imported import Borrowed, Imported, find_imported
from tenhats.facts.sbom import Sbom
from tenhats.facts.shipped import Shipped
from tenhats.sources.imports import imports_in
from tests.unit.made_up import ask, folder, is_not_applicable, is_silent, told, tree_of

pytestmark = pytest.mark.req("008-deployment-and-security/FR-012")


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("import yaml, a.b as c", [("yaml", False), ("a.b", False)]),
        ("from .. import a", [("", False)]),
        ("def f():\n    import yaml", [("yaml", True)]),
        ("class A:\n    import yaml", [("yaml", False)]),
        ("try:\n    import yaml\nexcept ImportError:\n    import json", []),
        ("try:\n    import yaml\nexcept (KeyError, ModuleNotFoundError): pass", []),
        ("try:\n    import yaml\nexcept: pass", []),
        ("try:\n    import yaml\nexcept KeyError: pass\nfinally:\n    import json",
         [("yaml", False), ("json", False)]),
        ("with suppress(ImportError):\n    import yaml", []),
        ("with open(path):\n    import yaml", [("yaml", False)]),
        ("if TYPE_CHECKING:\n    import yaml", []),
        ("if sys.version_info < (3, 11):\n    import tomli\nelse:\n    import tomllib", []),
    ],
)  # fmt: skip
def test_an_import_is_needed_or_a_choice(source: str, imported: list[tuple[str, bool]]) -> None:
    """What a module can do without is left out; what waits in a function is later."""
    assert imported == [(each.module, each.later) for each in imports_in(ast.parse(source))]


def found_in(root: Path, files: dict[str, str], source: str = "src") -> Imported:
    """What these files import from elsewhere."""
    here = folder(root, {"pyproject.toml": "", **files}, source=source)
    tree = tree_of(here)
    return find_imported(here, tree, find_doors(here, tree))


def test_the_ways_in_are_followed(tmp_path: Path) -> None:
    """From the package, through its modules; what nobody reaches is not looked at."""
    files = {
        "src/greeter/__init__.py": "from greeter.polite import greet\nimport json, numpy.linalg\n",
        "src/greeter/polite.py": "from . import names\nfrom .wire import send\nimport numpy\n",
        "src/greeter/names.py": "\nimport yaml\n",
        "src/greeter/wire/__init__.py": "from .. import __version__\ndef send():\n    import trio\n",
        "src/greeter/plugin.py": "import pytest\n",
    }
    found = found_in(tmp_path, files)
    assert {
        Borrowed("src/greeter/__init__.py", 2, "numpy"),
        Borrowed("src/greeter/names.py", 2, "yaml"),
    } == set(found.borrowed)
    assert set(files) - {"src/greeter/plugin.py"} == set(found.files)


def test_a_web_application_is_a_way_in(tmp_path: Path) -> None:
    """Nothing imports its module, but a server will."""
    files = {"src/shop/__init__.py": "", "src/shop/web.py": "from flask import Flask\napp = Flask('shop')\n"}
    assert (Borrowed("src/shop/web.py", 1, "flask"),) == found_in(tmp_path, files).borrowed


def test_a_package_may_stand_at_the_root(tmp_path: Path) -> None:
    """Where the setting names the package itself; others may stand beside it."""
    files = {
        "shop/__init__.py": "from shop import names\nimport stall\n",
        "shop/names.py": "import yaml\n",
        "stall/__init__.py": "",
    }
    assert (Borrowed("shop/names.py", 1, "yaml"),) == found_in(tmp_path, files, "shop").borrowed


def test_what_is_brought_along_is_not_borrowed(tmp_path: Path) -> None:
    """A folder of copies is put on the path; a file that Python cannot parse is for others."""
    files = {
        "src/shop/__init__.py": "import tidy\nfrom . import broken\n",
        "src/shop/_vendor/tidy/__init__.py": "",
        "src/shop/broken.py": "def",
    }
    assert () == found_in(tmp_path, files).borrowed


def bill(**more: object) -> Sbom:
    """A bill on which httpx stands."""
    provided, declared = frozenset({"httpx"}), frozenset({"httpx", "python-yaml"})
    return Sbom(".tenhats/sbom.json", Shipped("a", "1", "MIT", provided=provided, declared=declared, **more))  # type: ignore[arg-type]


def reached(*modules: str) -> Imported:
    """A file that imports these modules."""
    return Imported(("src/a.py",), tuple(Borrowed("src/a.py", 3, each) for each in modules))


def test_what_is_declared_may_be_imported() -> None:
    """Also by the name of a distribution that is not installed here, such as an extra."""
    assert is_silent(ask("SEC011", reached("httpx", "python_yaml"), bill()))
    assert is_silent(ask("SEC011", reached(), bill()))
    assert is_not_applicable(ask("SEC011", Imported(), bill()))


def test_what_nothing_provides_is_told_of() -> None:
    """At the import; what is not installed is unchecked."""
    message = "yaml is imported, and nothing that is shipped provides it"
    assert told(ask("SEC011", reached("yaml"), bill())) == [("src/a.py", 3, message)]
    torn = ask("SEC011", reached(), bill(absent=("anyio",)))
    assert (torn.unseen or "").startswith("required, but not installed: anyio")
