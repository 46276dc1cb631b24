"""Two states of a suite and of its checks, compared: what is weaker, and what only looks so."""

from __future__ import annotations

import pytest

from tenhats.tampering import Weakening, collecting, comments, compared, configs
from tenhats.tampering.suites import read_module

pytestmark = pytest.mark.req("004-proof/FR-006")


PATH = "tests/test_a.py"
HEAD = "import pytest\n"


def compare(old: str, new: str, gone: frozenset[str] = frozenset()) -> list[Weakening]:
    """What is weaker in one test module."""
    return compared.compare(
        {PATH: read_module(HEAD + old, PATH)}, {PATH: read_module(HEAD + new, PATH)}, gone
    )


def body(*lines: str, name: str = "test_it") -> str:
    """A test with this body."""
    return f"def {name}():\n" + "".join(f"    {line}\n" for line in lines)


def sure(old: str, new: str) -> list[tuple[str, int]]:
    """The kind and the line of what is surely weaker."""
    return [(each.kind, each.line) for each in compare(old, new) if each.certain]


@pytest.mark.req("004-proof/US2.2")
@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("assert f(1) == 2", "assert f(1) != 3", "loosened"),
        ("assert f(1) == 2", "assert f(1) in (1, 2)", "loosened"),
        ("assert f(1) == 2", "assert f(1) is not None", "loosened"),
        ("assert f(1) == 2", "assert isinstance(f(1), int)", "loosened"),
        ("assert f(1) == 2", "assert f(1)", "loosened"),
        ("assert 2 == f(1)", "assert f(1) > 0", "loosened"),
        ("assert f(1) == 2", "assert f(1) == 2 or True", "fewer"),
        ("assert x == approx(1)", "assert x == approx(1, abs=0.5)", "loosened"),
        ("assert x < 1", "assert x < 5", "loosened"),
        ("assert x >= 10", "assert x >= 5", "loosened"),
        ("pytest.raises(ValueError, f, match='no')", "pytest.raises(ValueError, f)", "loosened"),
        ("pytest.raises(ValueError, f)", "pytest.raises(Exception, f)", "loosened"),
        ("pytest.raises(KeyError, f)", "pytest.raises((KeyError, ValueError), f)", "loosened"),
        ("self.assertEqual(f(1), 2)", "self.assertTrue(f(1))", "loosened"),
        ("assert f(1) == 2; assert g(1) == 2", "assert f(1) == 2", "fewer"),
        ("assert f(1) == 2", "return\n    assert f(1) == 2", "fewer"),
        ("assert f(1) == 2", "if False: assert f(1) == 2", "fewer"),
        ("assert f(1) == 2", "try:\n        assert f(1) == 2\n    except Exception: pass", "fewer"),
        ("assert f(1) == 2", "with suppress(AssertionError):\n        assert f(1) == 2", "fewer"),
        ("assert f(1) == 2", "assert True", "fewer"),
        ("assert f(1) == 2", "pytest.skip('later')\n    assert f(1) == 2", "skipped"),
    ],
)
def test_weaker_assertions_are_told(old: str, new: str, kind: str) -> None:
    """Whatever notices less than it did, at the base, is weaker."""
    assert [kind] == [each for each, _ in sure(body(old), body(new))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("assert f(1) == 2", "assert f(1) == 3"),
        ("assert f(1) == 2; assert g(1) == 3", "assert (f(1), g(1)) == (2, 3)"),
        ("assert x.a == 1; assert x.b == 2", "assert x == X(1, b=2)"),
        ("assert x == [1, 2]", "assert x[0] == 1; assert x[1] == 2"),
        ("assert x is not None; assert x.a == 1", "assert x.a == 1"),
        ("assert f(1) == True", "assert f(1)"),
        ("assert f(1) == []", "assert not f(1)"),
        ("assert f(1)", "assert f(1) == 2"),
        ("with pytest.raises(E) as e: f()\n    assert str(e.value) == 'x'", "pytest.raises(E, f, match='x')"),
        ("pytest.raises(Exception, f)", "pytest.raises(ValueError, f)"),
        ("assert x < 5", "assert x < 1"),
        ("assert not f(1)", "assert f(1)"),
        ("assert 1 in x", "assert 1 not in x"),
    ],
)
def test_other_words_for_the_same_are_not(old: str, new: str) -> None:
    """A new expected value, a comparison of the whole, a stronger one: nothing is surely weaker."""
    assert sure(body(old), body(new)) == []


def test_a_helper_that_asserts_is_followed() -> None:
    """Assertions that move into a function of the module are still there."""
    helper = "def same(r):\n    assert r.status == 200\n    assert r.text == 'x'\n"
    old = body("assert r.status == 200", "assert r.text == 'x'")
    assert sure(old, helper + body("same(r)")) == []
    assert sure(helper + body("same(r)"), helper.replace("    assert r.text == 'x'\n", "") + body("same(r)"))


def test_tests_may_be_moved_renamed_split_and_parametrised() -> None:
    """What is lost in one place is first sought in the others."""
    two = body("assert f(1) == 2", name="test_a") + body("assert f(2) == 3", name="test_b")
    cases = '@pytest.mark.parametrize("a, b", [(1, 2), (2, 3)])\ndef test_both(a, b):\n    assert f(a) == b\n'
    inside = "class TestF:\n    def test_a(self):\n        assert f(1) == 2\n"
    assert sure(two, cases) == []
    assert sure(two, body("assert f(1) == 2", "assert f(2) == 3")) == []
    assert sure(body("assert f(1) == 2", "assert f(2) == 3"), two) == []
    assert sure(body("assert f(1) == 2", name="test_a"), inside) == []
    assert sure(body("assert f(1) == 2"), body("assert f(1) == 2", name="test_other")) == []


def test_a_test_may_be_renamed_and_changed_at_once() -> None:
    """A similar name in the same file is the same test, and is still asked to notice as much."""
    old = body("assert run() == 'enabled'", name="test_verbose_prints_enabled")
    assert sure(old, body("assert shown() == 'a header'", name="test_verbose_prints_header")) == []
    found = sure(old, body("assert run()", name="test_verbose_prints_header"))
    assert [kind for kind, _ in found] == ["loosened"]


def test_a_case_that_is_gone_is_told() -> None:
    """Written twice it proves nothing twice."""
    old = '@pytest.mark.parametrize("a", [1, 2, 2])\ndef test_it(a):\n    assert f(a) == 1\n'
    assert sure(old, old.replace("[1, 2, 2]", "[1, 2]")) == []
    (found,) = compare(old, old.replace("[1, 2, 2]", "[1]"))
    assert (found.kind, found.message) == ("fewer", "test_it runs 1 cases; it ran 2")


def test_a_deleted_test_is_told_where_it_stood() -> None:
    """That is the test which came next, so that a comment above it is the place for a waiver."""
    old = body("assert f(1) == 2", name="test_a") + "@mark\n" + body("assert g(1) == 2", name="test_b")
    (found,) = compare(old, "\n@mark\n" + body("assert g(1) == 2", name="test_b"))
    assert (found.kind, found.line, found.message) == ("deleted", 3, "the test test_a is deleted")


def test_a_test_of_deleted_code_may_be_rightly_gone() -> None:
    """Then it is only told of."""
    (found,) = compare(body("assert f(1) == 2"), "", frozenset({"f"}))
    assert (found.kind, found.certain) == ("deleted", False)


def test_a_test_that_is_no_longer_collected_is_told_at_its_new_name() -> None:
    """The same body under a name that pytest passes over."""
    (found,) = compare(body("assert f(1) == 2"), "\n" + body("assert f(1) == 2", name="it"))
    assert (found.kind, found.line) == ("deleted", 3)
    assert "which pytest does not collect" in found.message


@pytest.mark.parametrize(
    ("mark", "certain"),
    [
        ("@pytest.mark.skip\n", True),
        ("@pytest.mark.xfail(reason='x')\n", True),
        ("@pytest.mark.skipif('CI' in os.environ)\n", True),
        ("@pytest.mark.skipif(sys.platform == 'win32')\n", False),
        ("@unittest.skip('x')\n", True),
    ],
)
def test_a_new_skip_is_told_at_its_line(mark: str, certain: bool) -> None:
    """One for a platform only is worth a look; a test that is new may be skipped from its start."""
    test = body("assert f(1) == 2")
    (found,) = compare(test, mark + test)
    assert (found.kind, found.line, found.certain) == ("skipped", 2, certain)
    assert compare(mark + test, mark + test) == []
    assert compare("", mark + test) == []


def test_a_skipped_module_is_told_once() -> None:
    """Not once for each of its tests."""
    test = body("assert f(1) == 2") + body("assert f(1) == 3", name="test_b")
    (found,) = compare(test, "pytestmark = pytest.mark.skip\n" + test)
    assert (found.line, found.message) == (2, "all 2 tests of this file ran, and now: pytest.mark.skip")


def test_a_lost_binding_is_told_unless_another_test_has_it() -> None:
    """A binding may move."""
    one, two = body("assert f(1)", name="test_a"), body("assert f(2)", name="test_b")
    mark = '@pytest.mark.req("FR-001")\n'
    assert sure(mark + one + two, one + two) == [("unbound", 2)]
    assert sure(mark + one + two, one + mark + two) == []


def new(old: str, text: str) -> list[tuple[str, int, bool]]:
    """The suppressions that one source has gained."""
    found = comments.new_suppressions({"src/a.py": old}, {"src/a.py": text})
    return [(each.kind, each.line, each.certain) for each in found]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: E501", True),
        ("x = 1  # noqa: E501, F401  the address must stand in one piece", False),
        ("x = 1  # type: ignore", True),
        ("x = 1  # type: ignore[arg-type]", True),
        ("x = 1  # type: ignore[arg-type]  # the stubs are wrong", False),
        ("# the stubs are wrong\nx = 1  # type: ignore[arg-type]", False),
        ("x = 1  # pragma: no cover", True),
        ("x = 1  # pragma: no cover  only on Windows", False),
        ("x = 1  # nosec B602", True),
        ("x = '# noqa'", False),
    ],
)
def test_a_new_suppression_must_say_what_and_why(line: str, told: bool) -> None:
    """A string is no comment."""
    assert bool(new("", line + "\n")) == told
    assert new(line + "\n", "\n" + line + "\n") == []


def test_a_moved_suppression_is_not_new() -> None:
    """Even when the code on its line has changed; and one reason is enough for lines that follow."""
    assert new("import a  # noqa: F401\n", "\nimport b  # noqa: F401\n") == []
    assert new("", "import a  # noqa: F401  registers them\nimport b  # noqa: F401\n") == []
    assert new("import a\n", "\nimport b  # noqa: F401\n") == [("comment", 2, True)]


def test_a_new_waiver_is_worth_a_look() -> None:
    """Its reason is for a reader to judge."""
    assert new("", "x = 1  # tenhats: ignore[SEC001] a constant\n") == [("waiver", 1, False)]


def changed(old: str, text: str, path: str = "pyproject.toml") -> list[tuple[int, str]]:
    """What is surely weaker in one file of settings."""
    return [(each.line, each.message) for each in configs.compare({path: old}, {path: text}) if each.certain]


@pytest.mark.parametrize(
    ("table", "old", "text"),
    [
        ("tool.tenhats", "coverage = 80", "coverage = 70"),
        ("tool.tenhats", "test-timeout = 60", "test-timeout = 600"),
        ("tool.tenhats.prose", 'vague = "block"', 'vague = "off"'),
        ("tool.pytest.ini_options", "addopts = []", 'addopts = ["--deselect=tests/test_a.py::test_it"]'),
        ("tool.pytest.ini_options", 'addopts = "-q"', 'addopts = "-q -k fast"'),
        ("tool.pytest.ini_options", "addopts = ['--strict-markers']", "addopts = []"),
        ("tool.pytest.ini_options", "xfail_strict = true", "xfail_strict = false"),
        ("tool.pytest.ini_options", 'filterwarnings = ["error"]', "filterwarnings = []"),
        ("tool.coverage.run", "omit = []", 'omit = ["src/a.py"]'),
        ("tool.coverage.report", "fail_under = 90", "fail_under = 80"),
        ("tool.mypy", "strict = true", "strict = false"),
        ("tool.mypy", "disallow_any_generics = true", "disallow_any_generics = false"),
        ("tool.ruff.lint", "ignore = []", 'ignore = ["E711"]'),
        ("tool.ruff.lint", 'select = ["E7", "B"]', 'select = ["E7"]'),
        ("tool.ruff.lint.mccabe", "max-complexity = 8", "max-complexity = 20"),
    ],
)
def test_a_weaker_setting_is_told_at_its_line(table: str, old: str, text: str) -> None:
    """Turned round, it is stronger, and nothing is said."""
    base, head = f"[{table}]\n{old}\n", f"[{table}]\n{text}\n"
    assert [line for line, _ in changed(base, head)] == [2]
    assert changed(head, base) == []


def test_a_setting_that_is_gone_is_told_at_its_table() -> None:
    """There is no line left that says it."""
    found = changed("[tool.mypy]\nfiles = []\nstrict = true\n", "[tool.mypy]\nfiles = []\n")
    assert found == [(1, "mypy.strict was on, and is gone")]


def test_settings_may_move_to_another_file() -> None:
    """What counts is what they say; what is lost on the way is told of."""
    one = {"pyproject.toml": "[tool.ruff.lint]\nselect = ['B']\n", "ruff.toml": ""}
    other = {"pyproject.toml": "", "ruff.toml": "[lint]\nselect = ['B']\n"}
    assert list(configs.compare(one, other)) == []
    assert list(configs.compare(one, {**other, "ruff.toml": ""})) != []
    ini = {"pyproject.toml": "", "pytest.ini": "[pytest]\nxfail_strict = true\n"}
    assert (
        list(configs.compare(ini, {"pyproject.toml": "[tool.pytest.ini_options]\nxfail_strict = true\n"}))
        == []
    )


def test_what_ruff_never_looked_for_may_be_ignored() -> None:
    """New rules may come with their exceptions; so may ruff itself. What it looked for may not."""
    old = "[tool.ruff.lint]\nselect = ['E7']\n"
    assert changed(old, "[tool.ruff.lint]\nselect = ['E7', 'D']\nignore = ['D100']\n") == []
    assert changed("", "[tool.ruff.lint]\nselect = ['E7']\nignore = ['E711']\n") == []
    assert [line for line, _ in changed(old, old + "ignore = ['E711']\n")] == [3]


def test_a_rule_that_is_switched_off_is_worth_a_look() -> None:
    """It has a reason, which a reader judges."""
    new_off = {"pyproject.toml": '[tool.tenhats.off]\nOPS004 = "elsewhere"\n'}
    (found,) = configs.compare({"pyproject.toml": ""}, new_off)
    assert (found.line, found.certain) == (2, False)


def test_what_conftest_leaves_out_is_told() -> None:
    """A file is left out for sure; what a hook does is worth a look."""
    text = 'collect_ignore = ["test_a.py"]\n\n\ndef pytest_collection_modifyitems(items): ...\n'
    found = collecting.left_out({}, {"tests/conftest.py": text})
    assert [(each.line, each.certain) for each in found] == [(1, True), (4, False)]
