"""A plain `pytest` of a developer ends before the first test if a mark names what does not exist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import tenhats
from tests.unit.made_up import folder

pytestmark = pytest.mark.req("004-proof/FR-002")


SPEC = "# Greeting\n\n## Requirements\n\n- **FR-001**: It MUST greet\n- **FR-002**: It MUST stop\n"
CONFTEST = (
    f"import sys\nsys.path.append({str(Path(tenhats.__file__).parents[1])!r})\n"
    'pytest_plugins = ["tenhats.probes.known_names"]\n'
)
CONFIG = (
    '[tool.pytest.ini_options]\nfilterwarnings = ["error"]\naddopts = "--strict-markers"\n'
    'markers = ["req(name): x"]\n'
)


def run(tmp_path: Path, test: str, *, config: str = CONFIG, **env: str) -> subprocess.CompletedProcess[str]:
    folder(
        tmp_path,
        {
            "pyproject.toml": config,
            "specs/001-greeting/spec.md": SPEC,
            "tests/conftest.py": CONFTEST,
            "tests/test_a.py": f"import pytest\n\n{test}",
        },
    )
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**{name: os.environ[name] for name in os.environ.keys() - {"TENHATS_RECORD"}}, **env},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )


UNKNOWN = (
    '@pytest.mark.req("001-greeting/FR-001")\n@pytest.mark.req(\n    "001-greeting/FR-003",\n)\n'
    "def test_it(): ...\n"
)


def test_an_unknown_name_ends_the_run(tmp_path: Path) -> None:
    """With the place of the name, and the nearest that there are."""
    done = run(tmp_path, UNKNOWN)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (told,) = [line for line in (done.stdout + done.stderr).splitlines() if "FR-003" in line]
    expected = "tests/test_a.py:5: there is no 001-greeting/FR-003. Did you mean "
    assert told.removeprefix("ERROR: ").startswith(expected)
    assert "001-greeting/FR-001" in told
    assert "001-greeting/FR-002" in told


def test_known_names_run(tmp_path: Path) -> None:
    """Whole or bare, and with warnings as errors; but not if there is an unknown one among them."""
    known = '@pytest.mark.req("001-greeting/FR-001", "FR-002")\ndef test_it(): ...\n'
    done = run(tmp_path, known)
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
    assert run(tmp_path, known.replace("2", "3")).returncode == pytest.ExitCode.USAGE_ERROR


def test_the_gates_run_goes_on(tmp_path: Path) -> None:
    """There the rules tell, and the other verdicts are worth having; any other run ends."""
    done = run(tmp_path, UNKNOWN, TENHATS_RECORD=str(tmp_path / "record.json"))
    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
    assert run(tmp_path, UNKNOWN).returncode == pytest.ExitCode.USAGE_ERROR


def test_settings_that_are_wrong_end_the_run(tmp_path: Path) -> None:
    """Where the specifications are cannot be known then."""
    done = run(tmp_path, UNKNOWN, config=f"{CONFIG}[tool.tenhats]\nspec = 1\n")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "has no setting spec" in done.stdout + done.stderr
