"""Every form in which a test says what it proves: read from the source as pytest collects it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tenhats.facts import suite
from tests.unit.made_up import folder, recorded, tree_of

pytestmark = pytest.mark.req("004-proof/FR-001")


FORMS = {
    "pyproject.toml": """
[tool.pytest.ini_options]
testpaths = ["tests", "more/*"]
python_files = "test_*.py check_*.py"
python_classes = ["Test", "*Suite"]
python_functions = ["test", "should_*"]
pythonpath = ["shared"]
strict_markers = true
markers = ["slow: takes long"]
addopts = "--ignore=tests/test_ignored.py --import-mode=prepend"
""",
    "conftest.py": "",
    "shared/names.py": """
import pytest
FR1 = "001-a/FR-001"
FEATURE = "001-a"
class Req:
    GREET = "001-a/FR-002"
    class Deep:
        WAVE = f"{FEATURE}/FR-003"
req = pytest.mark.req
PROVES = pytest.mark.req("001-a/FR-004")
BOTH = [PROVES, pytest.mark.req(FR1)]
""",
    "tests/__init__.py": "",
    "tests/base.py": """
import pytest
from names import Req
@pytest.mark.req("base-class")
class Base:
    @pytest.mark.req(Req.GREET)
    def test_inherited(self): ...
    def test_overridden(self): ...
    class TestWithin:
        @pytest.mark.req("within")
        def test_it(self): ...
class Mixin:
    pytestmark = pytest.mark.req("mixin")
    @pytest.mark.req("mixed")
    def test_mixed(self): ...
class TestShared:
    @pytest.mark.req("shared")
    def test_shared(self): ...
@pytest.mark.req("function")
def test_imported(): ...
""",
    "tests/test_plain.py": """
import pytest
from pytest import mark
import pytest as pt

pytestmark = [pytest.mark.req("module"), pytest.mark.slow]

@pytest.mark.req("one")
def test_one(): ...

@mark.req("from-import", "two-names")
@pt.mark.req(
    "as-import",
)
def test_stacked(): ...

req = pytest.mark.req
REQ = pytest.mark.req("variable")
LIST = [REQ, mark.req("in-list")]
NAMES = ("first", "second")
PART = "part"
JOINED = PART + "/FR-001"

@req("alias")
@REQ
async def test_alias(): ...

@req(*NAMES)
@req(JOINED, f"{PART}/FR-{2}", PART + "/" + "FR-003")
def test_constants(): ...

@pytest.mark.skipif(True, reason="no")
@mark.xfail
class TestClass:
    NAME = "class-constant"
    pytestmark = LIST

    @pytest.mark.req(NAME)
    def test_method(self): ...

    @staticmethod
    @pytest.mark.req("static")
    def test_static(): ...

    class TestInner:
        pytestmark = [pytest.mark.req("inner")]
        def test_deep(self): ...

@pytest.mark.req(TestClass.NAME)
def test_constant_of_a_class(): ...

if True:
    @req("conditional")
    def test_conditional(): ...
try:
    @req("tried")
    def test_tried(): ...
except ImportError:
    pass

@req("earlier")
def test_twice(): ...
@req("later")
def test_twice(): ...

@pytest.fixture
def test_data(): ...

class TestMade:
    def __init__(self): ...
    @req("never")
    def test_never(self): ...

class TestUnwanted:
    __test__ = False
    @req("never")
    def test_never(self): ...

class Wanted:
    __test__ = True
    @req("wanted")
    def test_wanted(self): ...

class GoodSuite:
    @req("pattern")
    def should_hold(self): ...

@req("nested")
def should_hold():
    def test_inside(): ...

class Plain:
    @req("never")
    def test_never(self): ...
""",
    "tests/test_cases.py": """
import pytest
from names import PROVES
MORE = [pytest.param(3, marks=pytest.mark.req("case-3")), 4]

@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.req("case-2")), *MORE])
def test_single(x): ...

@pytest.mark.parametrize(
    ("x", "y"),
    [
        pytest.param("a", None, marks=[pytest.mark.req("a-None"), pytest.mark.slow]),
        pytest.param(-1, 2.5, marks=(pytest.mark.req("minus"),)),
        pytest.param("é", True, id="named", marks=PROVES),
        pytest.param(object(), b"x", marks=pytest.mark.req("object")),
    ],
)
def test_pairs(x, y): ...

@pytest.mark.parametrize("z", [pytest.param(0, marks=pytest.mark.req("zero"))], ids=["nought"])
class TestCases:
    def test_it(self, z): ...
""",
    "tests/test_others.py": """
import names
import pytest
from . import base
from .base import Base, TestShared, test_imported
from names import BOTH, FR1, Req, req, PROVES as proves

@pytest.mark.req(FR1)
@req("imported-alias")
def test_imported_constant(): ...

@proves
@names.req(names.Req.Deep.WAVE)
def test_imported_marks(): ...

class TestSub(Base):
    pytestmark = BOTH
    @pytest.mark.req("own")
    def test_overridden(self): ...

class TestMixed(base.Mixin):
    @names.PROVES
    def test_more(self): ...

class TestBoth(TestMixed, Base): ...
""",
    "tests/test_star.py": "from .base import *\n",
    "tests/test_old.py": """
from unittest import IsolatedAsyncioTestCase, TestCase
import pytest

class Old(TestCase):
    pytestmark = pytest.mark.req("old-class")
    @pytest.mark.req("old")
    def test_old(self): ...
    def should_not(self): ...

@pytest.mark.req("new-class")
class Newer(Old):
    def test_newer(self): ...

class Asynchronous(IsolatedAsyncioTestCase):
    @pytest.mark.req("async")
    async def test_async(self): ...
""",
    "tests/test_properties.py": """
import pytest
from hypothesis import given, settings, strategies as st
calm = settings(deadline=None)

@pytest.mark.req("property")
@calm
@given(x=st.integers())
def test_property(x): ...

@given(st.integers())
@pytest.mark.req("inside")
def test_inside_out(x): ...

@pytest.mark.req("timed")
def test_timed(benchmark):
    benchmark(int)
""",
    "tests/deep/conftest.py": 'collect_ignore = ["test_left.py"]\ncollect_ignore_glob = ["old_*"]\n',
    "tests/deep/__init__.py": "",
    "tests/deep/check_this.py": """
from ..base import Base as Ground
from tests.base import Mixin
import tests.base
class TestDeep(Ground): ...
class TestDotted(tests.base.Mixin): ...
""",
    "tests/deep/test_left.py": "def test_left(): ...\n",
    "tests/deep/old_things/test_left.py": "def test_left(): ...\n",
    "tests/build/test_built.py": "def test_built(): ...\n",
    "tests/test_ignored.py": "def test_ignored(): ...\n",
    "tests/plain_test.py": "def test_not_our_pattern(): ...\n",
    "more/one/test_more.py": "import pytest\n@pytest.mark.req('more')\ndef test_more(): ...\n",
}


def collect(root: Path, *arguments: str) -> dict[str, Any]:
    """What pytest collects, written down by the plugin of the gates."""
    done, record = recorded(root, "--collect-only", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return record


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[suite.TestSuite, list[dict[str, Any]]]:
    """The suite as it is written, and what pytest collects of it."""
    here = folder(tmp_path_factory.mktemp("forms"), FORMS)
    read = suite.read_suite(here, tree_of(here))
    return read, collect(here.root, *read.folders)["tests"]


def test_the_source_and_the_collection_agree(
    both: tuple[suite.TestSuite, list[dict[str, Any]]],
) -> None:
    """Each test, and each name that it is bound to, is found in both and nowhere else."""
    read, collected = both
    ran = {(each["id"].partition("[")[0], name) for each in collected for name in [None, *each["names"]]}
    written = {(test.id, None) for test in read.tests}
    assert written | {(each.test, each.name) for each in read.bindings} == ran


def test_the_bound_cases_are_those_that_pytest_shows(
    both: tuple[suite.TestSuite, list[dict[str, Any]]],
) -> None:
    """A mark in `pytest.param` binds that case alone, which is called as pytest calls it."""
    read, collected = both
    cases = {(f"{each.test}[{each.case}]", each.name) for each in read.bindings if each.case}
    ran = {(each["id"], name) for each in collected if "test_cases" in each["id"] for name in each["names"]}
    assert cases == ran


def test_a_helper_of_another_module_may_assert(tmp_path: Path) -> None:
    """A function of the tests, through another one, or a method of a base class; not what is tested."""
    files = {
        "src/greeter.py": "def greet():\n    assert True is not False\n",
        "tests/checks.py": "def check(x):\n    _deep(x)\ndef _deep(x):\n    assert x\n"
        "class Base:\n    def hold(self, x):\n        self.firmly(x)\n"
        "    def firmly(self, x):\n        assert x\n",
        "tests/test_a.py": "import pytest\nimport checks\n"
        "from checks import Base, check\nfrom greeter import greet\n"
        "pytestmark = pytest.mark.req('FR-001')\n"
        "def test_imported():\n    check(1)\n"
        "def test_dotted():\n    checks.check(1)\n"
        "def _own(x):\n    check(x)\n"
        "def test_through_own():\n    _own(1)\n"
        "class TestA(Base):\n    def test_inherited(self):\n        self.hold(1)\n"
        "def test_nothing():\n    greet()\n",
    }
    here = folder(tmp_path, files)
    tests = suite.read_suite(here, tree_of(here)).tests
    assert {test.id.rpartition("::")[2]: test.asserts for test in tests} == {
        "test_imported": True,
        "test_dotted": True,
        "test_through_own": True,
        "test_inherited": True,
        "test_nothing": False,
    }
