"""Mistakes in code and in the tests of it, in how it looks and in how it grows."""

from __future__ import annotations

from tests.defects.planted import append, both, replace, write

from benchmarks.feature import CODE, HEAD, TESTS
from benchmarks.planting import BODY, Mistake, before_wave, helper, in_code, in_spec, new_test

_BACK = "The library MUST wave back."
_MOCKED = '    waving = mock.Mock(side_effect=wave)\n    waving("Ada")\n    waving.assert_called_once()\n'
_UNREACHED = '    if name == "nobody":\n' + "".join(
    f'        name = name.replace("{letter}", "-")\n' for letter in "abcdefghijkl"
)
_CIRCLE = both(
    write(
        "src/trial/limits.py",
        f'{HEAD}"""Limits."""\n\nfrom __future__ import annotations\n\nfrom trial import wave\n\n\n'
        'def _longest() -> int:\n    """Return how long a wave may be."""\n    return len(wave.__name__)\n',
    ),
    in_code(
        "    name = name.strip()\n",
        "    name = name.strip()[: limits._longest() * 99]\n",
        "from trial import limits\n",
    ),
)

TESTING = (
    Mistake(
        "a requirement without a test",
        in_spec(
            ("- **FR-003**", f"- **FR-004**: {_BACK}\n- **FR-003**"),
            ("## FR-003", f"## FR-004 — Wave\n\n{_BACK}\n\nVerification: test\n\n## FR-003"),
            (
                "### Requirement: FR-003",
                f"### Requirement: FR-004\n\n{_BACK}\n\n#### Scenario: Back\n\n- **WHEN** somebody waves\n"
                "- **THEN** it waves back\n\n### Requirement: FR-003",
            ),
        ),
        ("TST001",),
        of_specifications=True,
    ),
    Mistake(
        "a test bound to a requirement that does not exist",
        replace(TESTS, 'FR-003")', 'FR-013")'),
        ("TST002",),
        of_specifications=True,
    ),
    Mistake("a test that asserts nothing", new_test('    wave("Ada")\n'), ("TST003",)),
    Mistake(
        "a test that passes whatever the code does",
        new_test('    assert repr(wave("Ada")) == repr(wave("Ada"))\n'),
        ("TST007",),
    ),
    Mistake(
        "a test that is skipped now",
        replace(TESTS, "def test_leaves_out", '@pytest.mark.skip(reason="later")\ndef test_leaves_out'),
        ("TST010", "DEV002"),
        of_specifications=True,
    ),
    Mistake(
        "an assertion that notices less",
        replace(TESTS, 'assert wave(" Ada ") == "o/ Ada"', 'assert "Ada" in wave(" Ada ")'),
        ("TST010",),
    ),
    Mistake(
        "a test that asserts only that a mock was called",
        new_test(_MOCKED, "from unittest import mock\n\n"),
        ("TST012",),
    ),
    Mistake("new code that no test runs", in_code(BODY, _UNREACHED + BODY), ("TST005", "TST016")),
    Mistake(
        "a line that coverage no longer looks at",
        in_code("    if not name:\n", "    if not name:  # pragma: no cover\n"),
        ("TST011",),
    ),
    Mistake(
        "a deprecation that the tests run into",
        helper(
            "def _warn(name: str) -> None:",
            'warnings.warn(f"{name} waves", DeprecationWarning, stacklevel=2)',
            imports="import warnings\n",
        ),
        ("DEV001", "TST018"),
    ),
)

IMPLEMENTATION = (
    Mistake(
        "code that does not do what was specified",
        in_code("name = name.strip()", "name = name.lstrip()"),
        ("DEV001",),
        of_specifications=True,
    ),
    Mistake("a wrong type", in_code("(name: str) -> str:", "(name: str) -> int:"), ("DEV005",)),
    Mistake("an argument without a type", in_code("wave(name: str)", "wave(name)"), ("DEV003", "DEV005")),
    Mistake("an unused import", in_code("\n\ndef wave(", "\n\ndef wave(", "import json\n"), ("DEV003",)),
    Mistake("two modules that import each other", _CIRCLE, ("ARC003",)),
    Mistake(
        "a mutable default",
        helper("def _seen(name: str, names: list[str] = []) -> None:", "names.append(name)"),
        ("DEV003",),
    ),
    Mistake(
        "an error that is swallowed",
        helper("def _try(name: str) -> None:", "try:", "    name.encode()", "except Exception:", "    pass"),
        ("DEV003",),
    ),
    Mistake(
        "a function that holds up the event loop",
        before_wave(
            'async def _rest() -> None:\n    """Wait."""\n    time.sleep(0)\n',
            "asyncio.run(_rest())",
            "import asyncio\nimport time\n",
        ),
        ("DEV007",),
    ),
    Mistake(
        "a public function that no requirement asks for",
        both(
            append(CODE, '\n\ndef wink() -> str:\n    """Return a wink."""\n    return ";-)"\n'),
            replace(TESTS, "import wave\n", "import wave, wink\n"),
            append(TESTS, '\n\ndef test_winks() -> None:\n    """It winks."""\n    assert wink() == ";-)"\n'),
        ),
        ("DEV006",),
    ),
)

PERFORMANCE = (
    Mistake(
        "a cache that grows for ever",
        in_code("\n\ndef wave(", "\n\n@functools.cache\ndef wave(", "import functools\n"),
        ("PRF003",),
    ),
    Mistake(
        "a promised time that nobody measures",
        in_spec(("names is waved to in 1 line.", "names is waved to within 5 seconds.")),
        ("PRF001",),
    ),
    Mistake(
        "a promised order that nothing measures",
        in_spec(("in one line of text.", "in one line of text, in O(n).")),
        ("PRF004",),
        of_specifications=True,
    ),
)

STYLE = (
    Mistake(
        "spaces that a formatter would not leave",
        in_code("name = name.strip()", "name  =  name.strip( )"),
        ("DEV004",),
    ),
)
